"""What people write in sums and conditions who have not read how they are written, and what they mean."""

from __future__ import annotations

import re

SIGNS = {
    "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "·": "*", "&&": "and", "||": "or", "&": "and", "|": "or", "<>": "!=", "=<": "<=",
    "=>": ">=", "=": "==", "!": "not ",
}  # fmt: skip
WORDS = {
    **dict.fromkeys(("AND", "And", "且", "并且", "而且", "同时"), "and"),
    **dict.fromkeys(("OR", "Or", "或", "或者"), "or"),
    **dict.fromkeys(("NOT", "Not", "没有", "不是", "非", "不"), "not"),
    "大于": ">",
    "小于": "<",
    "等于": "==",
    "大于等于": ">=",
    "小于等于": "<=",
    "不等于": "!=",
    "乘": "*",
    "加": "+",
    "减": "-",
}
SPOKEN = re.compile(r"<>|=<|=>|&&|\|\||(?<![<>=!])=(?!=)|!(?!=)|[≥≤≠×·&|]")


def spoken(text: str) -> tuple[int, str, str] | None:
    """The first sign of that kind: where, what stands there, what is meant. An equals sign at the beginning sets an amount."""
    found = SPOKEN.search(text, 1 if text.startswith("=") else 0)
    return (found.start(), found[0], SIGNS[found[0]]) if found else None
