"""A slip of the hand in a file, and the marks that a Chinese keyboard makes in place of others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

KEY = r"[\w.\-]+"
WIDE = {
    **dict(zip("：，、；（）＃％－【】［］｛｝＋＝＞＜．／＊", ":,,;()#%-[][]{}+=><./*", strict=True)),
    **dict(zip("“”‘’＂　", '""\'\'" ', strict=True)),
    **{chr(0xFF10 + n): str(n) for n in range(10)},
}
"""A mark or digit of a Chinese keyboard → what YAML, sums and conditions want in its place."""
REFERENCE = re.compile(r"[*&][A-Za-z0-9_\-]+(?=[\s,\]}]|$)|!\S*[!/:]\S*|![A-Za-z0-9_\-]+(?=[\s,\]}]|$)")
BRACKETED = re.compile(r"[【［]\s*[A-Za-z0-9_.%+\-]+\s*(?:[,，、】］]|\Z)|｛\s*[\w.\-]+\s*[:：]")
"""Full-width brackets that stand for a list or a mapping, and are none of a text: 【违规】 is one."""
NARROW = str.maketrans(WIDE)


@dataclass(frozen=True)
class Typo:
    """One slip: what it is called, where (line and column from 1), and what should stand in the marked characters' place where
    there is one right answer."""

    code: str
    line: int
    column: int
    length: int = 1
    values: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)
    instead: str | None = None


def opens_wide(text: str) -> bool:
    """Whether a full-width bracket at the beginning of this stands for one of YAML's: what it holds, or what closes it, tells."""
    if text[0] not in "【［｛":
        return False
    closing = re.search(r"[】］｝\]}]", text)
    return bool(BRACKETED.match(text)) or (closing is not None and closing[0] in "]}")


def is_reference(text: str) -> bool:
    """Whether this begins with what YAML uses to refer to something: `*name`, `&name`, `!kind`; not with *emphasis*."""
    return bool(REFERENCE.match(text)) and not (text[0] == "*" and "*" in text[1:].partition(",")[0])


def quoted_until(line: str, at: int, quote: str) -> int:
    """Where a quoted text ends that goes on at `at`; -1 where it does not end on this line."""
    while at < len(line):
        if line[at] == "\\" and quote == '"':
            at += 2
        elif line[at] == quote:
            if quote == "'" and line[at + 1 : at + 2] == "'":
                at += 2
                continue
            return at
        else:
            at += 1
    return -1
