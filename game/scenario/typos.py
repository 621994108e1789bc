"""What typing does to YAML, found line by line without a parser: punctuation of a Chinese keyboard, spaces too few or too many,
quotes and brackets that are not closed, marks that YAML takes for its own.

It knows texts from structure: what stands under `brief: |` may hold anything. It looks only at one line and where that line
stands among its neighbours, so a slip in one line never draws another one to itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from game.scenario.flow import Flow
from game.scenario.problems import TextKey
from game.scenario.typo import KEY, WIDE, Typo, is_reference, opens_wide, quoted_until

INDENT = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)")
ODD_SPACE = re.compile(r" *([\u3000\u00a0\t][\u3000\u00a0\t ]*)")
SPACES = {"\t": "space.tab", "\u3000": "space.wide", "\u00a0": "space.nbsp"}
KEYED = re.compile(rf"(?P<key>{KEY})(?P<gap> *)(?P<colon>[:：])(?P<after> *)")
NAMED = re.compile(rf"({KEY})(?: +|$)")
LOOKS_KEYED = re.compile(rf" *(?:- +)*{KEY}:(?: |$)")
OPENS = re.compile(r":\s*(?:#.*)?$")
BLOCK = re.compile(r"[|>][-+0-9]* *(?:#.*)?$")
BARE_DASH = re.compile(r"-[^\s\-0-9.]")
SHORT_VALUE = re.compile(r"[-+A-Za-z0-9_.,%\"'()\[\]{}]*")
AHEAD = 200
"""Lines that are looked at below one."""
IN_BRACKETS = ("E127", "E128", "E129", "E130", "E131")
MARKS = "*&!@%`"
TEXTS = {
    "title", "summary", "brief", "text", "about", "name", "say", "coach", "question", "reason", "stake", "give", "trade",
    "on_give", "on_trade", "on_refuse", "none_name", "unit", "business", "personal",
}  # fmt: skip
"""Keys behind which a text stands."""


@dataclass
class Level:
    """Lines of a mapping or list that stand equally far in, and whether the last of them has nothing behind its colon."""

    column: int
    opening: bool = False
    lines: list[int] = field(default_factory=list)
    unused: bool = False
    """Whether the line before the last one opened something that never came."""


class Scan:
    """Goes through a file once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.found: list[Typo] = []
        self.levels: list[Level] = []
        self.flow: Flow | None = None
        self.quote = ""
        self.text_in = -1
        """How far in the key stands whose text is being passed over; -1: none is."""
        self.text_at: int | None = None
        """How far in that text stands, once its first line was seen."""
        self.loose = False
        """Whether that text was not moved in at all: it ends where a key comes."""
        self.upset = False
        """Whether something inside brackets was mistyped since the last key at the left margin."""

    def run(self) -> list[Typo]:
        for number, line in enumerate(self.lines, 1):
            if not line.strip():
                continue
            if line[0] not in " #":
                self.upset = False
            if self.quote:
                self.in_quotes(line)
            elif not self.is_text(number, line) and not line.lstrip(" ").startswith("#"):
                self.structure(number, line)
        if self.flow:
            self.found.append(self.flow.unclosed())
        return self.found

    def told(self, code: str, number: int, column: int, length: int = 1, instead: str | None = None, **values: Any) -> None:
        """`column` from 0. Behind a slip inside brackets lines seem out of line that are not."""
        if code == "E126" and self.upset:
            return
        self.upset = self.upset or code in IN_BRACKETS
        self.found.append(Typo(code, number, column + 1, length, values, instead))

    # ---- texts
    def is_text(self, number: int, line: str) -> bool:
        """Whether this line belongs to the text under a `|`."""
        if self.text_in < 0:
            return False
        far = len(line) - len(line.lstrip(" "))
        if self.text_at is None:
            self.text_at = far
            self.loose = far <= self.text_in and not LOOKS_KEYED.match(line)
            if self.loose:
                self.told("E126", number, 0, max(1, far))
        if self.loose and not LOOKS_KEYED.match(line):
            return True
        if not self.loose and far > self.text_in:
            if far < self.text_at:
                self.told("E126", number, 0, far)
            return True
        self.text_in, self.text_at, self.loose = -1, None, False
        return False

    def in_quotes(self, line: str) -> None:
        if quoted_until(line, 0, self.quote) >= 0:
            self.quote = ""

    # ---- structure
    def structure(self, number: int, line: str) -> None:
        if self.flow:
            if not (LOOKS_KEYED.match(line) and len(line) - len(line.lstrip(" ")) <= self.flow.indent):
                self.in_flow(number, line, 0)
                return
            self.found.append(self.flow.unclosed())
            self.flow = None
        if line.lstrip(" ").startswith("＃"):
            self.told("E111", number, line.index("＃"), 1, "#", found="＃", want="#")
        elif odd := ODD_SPACE.match(line):
            self.told(
                "E112", number, odd.start(1), len(odd[1]), self.usual(number, odd.start(1)), kind=TextKey(SPACES[odd[1][0]])
            )
        else:
            self.block_line(number, line)

    def usual(self, number: int, before: int) -> str | None:
        """The spaces that probably belong where odd ones are: as many as bring the line under the one above or the one below,
        and further in where the one above opens something."""
        above, below = (self.indent_of(near) for near in (number - 2, number))
        opens = above >= 0 and OPENS.search(self.lines[number - 2])
        far = (below if below > above else above + 2) if opens else above if above >= 0 else below
        return " " * max(0, far - before) if far >= 0 else None

    def indent_of(self, index: int) -> int:
        """How far in the key of a line stands; -1 for a line that has none."""
        line = self.lines[index] if 0 <= index < len(self.lines) else ""
        return len(line) - len(line.lstrip(" ")) if LOOKS_KEYED.match(line) else -1

    def block_line(self, number: int, line: str) -> None:
        start = INDENT.match(line)
        assert start is not None
        indent, at = len(start["indent"]), start.end()
        rest = line[at:]
        if self.is_dashed(number, line, indent, at):
            return
        keyed = KEYED.match(rest)
        if start["dashes"]:
            self.stand(indent, number)
            self.levels[-1].opening = True
        if keyed and self.is_key(keyed, rest):
            self.stand(at, number)
            self.colon(number, at, keyed, rest)
            self.value(number, line, at + keyed.end(), at, keyed["key"])
        elif start["dashes"] or (rest[0] in "[{'\"" and self.levels and self.levels[-1].opening):
            self.levels[-1].opening = False
            self.value(number, line, at, self.levels[-1].column)
        elif (name := NAMED.match(rest)) and self.lacks_colon(number, at, rest, name.end()):
            self.stand(at, number)
            self.told("E132", number, at, len(name[1]), f"{name[1]}:", name=name[1])
            self.value(number, line, at + name.end(), at, name[1])

    def following(self, number: int) -> str:
        """The next line that is not empty, where it comes soon."""
        return next((line for line in self.lines[number : number + AHEAD] if line.strip()), "")

    def lacks_colon(self, number: int, at: int, rest: str, end: int) -> bool:
        """Whether this is a key without its colon: it stands where keys do (a text that goes on stands further in than its key),
        or what follows stands under it."""
        if re.search(r":(?: |$)", rest):
            return False
        if any(level.column == at for level in self.levels):
            return True
        following = self.following(number)
        opened = bool(self.levels) and self.levels[-1].opening
        far = len(following) - len(following.lstrip(" ")) if LOOKS_KEYED.match(following) else -1
        return opened and (far == at or (far > at and end == len(rest)) or rest[end : end + 1] in ("[", "{"))

    def is_dashed(self, number: int, line: str, indent: int, at: int) -> bool:
        """Whether a dash begins the line that YAML does not take for one."""
        opened = bool(self.levels) and self.levels[-1].opening
        if line.startswith("－", at):
            self.told("E111", number, at, 1, "- " if line[at + 1 : at + 2].strip() else "-", found="－", want="-")
            return True
        if indent == at and BARE_DASH.match(line, at) and opened and not LOOKS_KEYED.match(line):
            self.told("E125", number, at, 1, "- ")
            return True
        return False

    @staticmethod
    def is_key(keyed: re.Match[str], rest: str) -> bool:
        """Whether what stands before a colon is a key; a full-width colon later on the line may belong to a text."""
        if keyed["colon"] == ":":
            after = rest[keyed.end() : keyed.end() + 1]
            return (
                bool(keyed["after"]) or not after or (keyed["key"].isascii() and not keyed["key"][0].isdigit() and after != "/")
            )
        return True

    def colon(self, number: int, at: int, keyed: re.Match[str], rest: str) -> None:
        column, nothing_after = at + keyed.start("colon"), keyed.end() == len(rest)
        if keyed["colon"] == "：":
            self.told("E111", number, column, 1, ":" if keyed["after"] or nothing_after else ": ", found="：", want=":")
        elif not keyed["after"] and not nothing_after:
            self.told("E124", number, column, 1, ": ", name=keyed["key"])

    # ---- how far in
    def stand(self, column: int, number: int) -> None:
        """A key or a dash stands here: whether that fits the lines above."""
        gone: list[Level] = []
        while self.levels and self.levels[-1].column > column:
            gone.append(self.levels.pop())
        top = self.levels[-1] if self.levels else None
        if top is not None and top.column == column:
            top.unused = top.opening
        elif top is None or top.opening:
            if top is not None:
                top.opening = False
            top = Level(column)
            self.levels.append(top)
        elif gone:
            top = self.too_near(top, gone[-1], column, number)
        else:
            top = self.too_far(top, column, number)
        top.lines.append(number)
        top.opening = False

    def too_near(self, top: Level, first: Level, column: int, number: int) -> Level:
        """A line less far in than those that stand under the same one: it is out of line, or they are."""
        same, _ = self.ahead(number, column, top.column)
        odd = first.column % 2 > column % 2
        if top.column < column and len(first.lines) < same + 1 + odd:
            self.told("E126", first.lines[0], 0, max(1, first.column))
            first.column = column
        else:
            self.told("E126", number, 0, max(1, column))
        self.levels.append(first)
        return first

    def too_far(self, top: Level, column: int, number: int) -> Level:
        """A line further in than the one above, which does not open anything: it, or the one above, is out of line."""
        same, above = self.ahead(number, column, top.column)
        first = len(top.lines) == 1 and not above
        if top.lines and (first or (top.unused and same)):
            wrong = top.lines[-1]
            self.told("E126", wrong, 0, max(1, top.column))
            if first:
                top.column = column
                return top
            self.levels.append(Level(column))
            return self.levels[-1]
        self.told("E126", number, 0, max(1, column))
        return top

    def ahead(self, number: int, column: int, above: int) -> tuple[int, int]:
        """How many of the keys that follow stand as far in as this line, and how many as the line above."""
        same = others = 0
        for line in self.lines[number : number + AHEAD]:
            if not LOOKS_KEYED.match(line):
                continue
            far = len(line) - len(line.lstrip(" "))
            if far < above:
                break
            same, others = same + (far == column), others + (far == above)
        return same, others

    # ---- values
    def value(self, number: int, line: str, at: int, indent: int, key: str = "") -> None:
        """What stands behind a colon or a dash."""
        text = line[at:]
        if not text.strip() or text.lstrip().startswith("#"):
            self.levels[-1].opening = True
        elif BLOCK.match(text):
            self.text_in, self.text_at, self.loose = indent, None, False
        elif text[0] in "\"'":
            self.quoted(number, line, at)
        elif text[0] in "[{":
            self.flow = Flow(number, at, indent)
            self.in_flow(number, line, at)
        elif opens_wide(text):
            self.told("E111", number, at, 1, WIDE[text[0]], found=text[0], want=WIDE[text[0]])
        elif text[0] in "|>" or (text[0] in MARKS and not is_reference(text)):
            self.told("E127", number, at, 1, found=text[0])
        elif text[0] not in MARKS:
            self.plain(number, line, at, key in TEXTS)

    def quoted(self, number: int, line: str, at: int) -> None:
        end = quoted_until(line, at + 1, line[at])
        if end < 0:
            following = self.following(number)
            if not following or LOOKS_KEYED.match(following):
                self.told("E128", number, at, 1, found=line[at])
            else:
                self.quote = line[at]
            return
        behind = line[end + 1 :]
        if behind.strip() and not behind.startswith(" #"):
            self.told("E127", number, at, 1, found=line[at])

    def plain(self, number: int, line: str, at: int, is_text: bool) -> None:
        """A text without quotes: where it breaks off for YAML, and where full-width marks stand for others."""
        text = line[at:]
        cut = text.find(" #")
        if cut >= 0 and text[cut + 2 : cut + 3].strip() and (is_text or not SHORT_VALUE.fullmatch(text[:cut].strip())):
            self.told("W102", number, at + cut + 1, 1, kept=text[:cut].strip())
        wide = text.find(" ＃")
        if wide >= 0 and SHORT_VALUE.fullmatch(text[:wide].strip()):
            self.told("E111", number, at + wide + 1, 1, "#", found="＃", want="#")
        body = text if cut < 0 else text[:cut]
        if not is_text and body.rstrip()[-1:] in "]}" and body.count("[") + body.count("{") < body.count("]") + body.count("}"):
            self.told("E129", number, at + len(body.rstrip()) - 1, 1, found=body.rstrip()[-1])
        inner = re.search(r":(?: |$)", body.rstrip())
        if inner:
            chinese = body[: inner.start()][-1:] > "\u2e80" and inner.end() < len(body.rstrip())
            self.told("E130", number, at + inner.start(), 2 if chinese else 1, "：" if chinese else None)

    def in_flow(self, number: int, line: str, at: int) -> None:
        """On with what stands in brackets; once they are closed nothing but a remark may follow."""
        assert self.flow is not None
        end = self.flow.read(number, line, at)
        self.upset = self.upset or any(t.code in IN_BRACKETS for t in self.flow.found)
        self.found += self.flow.found
        self.flow.found = []
        if end < 0:
            return
        first, self.flow = self.flow, None
        behind = line[end:]
        if self.upset:
            return  # closed too early or too late: what follows is no fault of its own
        if behind.strip() and not behind.startswith(" #"):
            if behind.lstrip()[0] in "]}":
                self.told("E129", number, end + len(behind) - len(behind.lstrip()), 1, found=behind.lstrip()[0])
            else:
                self.told("E127", first.number, first.column, 1, found=first.opened)


def typos_in(lines: Sequence[str]) -> list[Typo]:
    """Everything that looks mistyped, in the order of the lines; of one line the first."""
    found: dict[int, Typo] = {}
    for typo in Scan(lines).run():
        found.setdefault(typo.line, typo)
    return [found[line] for line in sorted(found)]
