"""What people write in sums, conditions and numbers who have not read how they are written, and what they mean."""

from __future__ import annotations

import re
from decimal import Decimal

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


TIMES = {"千": 1_000, "万": 10_000, "亿": 100_000_000, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
NUMBER = re.compile(
    r"[^0-9.\-\s]?\s*(?P<number>-?[0-9][0-9,_]*(?:\.[0-9]+)?)\s*"
    r"(?P<times>[千万亿]|(?:k|m|thousand|million)(?![a-z]))?\s*[^0-9]{0,12}",
    re.IGNORECASE,
)
"""A number with a currency before it, thousands, tens of thousands or a unit behind it."""
ONES = "零一二三四五六七八九"


def number_meant(text: str) -> Decimal | None:
    """The number that somebody probably meant: 38万, 15,000, $2.6m, 14 weeks, 四十; None where none can be made out."""
    match = NUMBER.fullmatch(text.strip())
    if match:
        return Decimal(re.sub("[,_]", "", match["number"])) * TIMES.get((match["times"] or "").casefold(), 1)
    tens = re.fullmatch(f"(?:([{ONES[1:]}]?)(十))?([{ONES}]?)", text.strip())
    if not text.strip() or not tens:
        return None
    return Decimal(10 * (ONES.index(tens[1]) if tens[1] else 1) * bool(tens[2]) + ONES.index(tens[3] or "零"))
