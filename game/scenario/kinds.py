"""Kinds of values in a scenario file: how each is read, and the words that may stand where only some are known."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from game.scenario.linear import plain

MANY = 1_000_000_000
"""No quantity is larger: what a deal costs and has left, what a meter shows. Sums of products of such stay below 2**63 only where
`build.Rows.terms` finds that they do."""
MOST_WORTH = 1_000 * MANY
"""No deal is worth more."""


class TextMark:
    """Marks a field that people read: it gets a text id and can be translated."""


def fail(kind: str, **values: Any) -> PydanticCustomError:
    return PydanticCustomError(kind, kind, values)


def written(value: str | int | Decimal) -> str:
    """A value as the author wrote it; never as 1E-7."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def text_written(value: Any) -> Any:
    return written(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else value


def texts_written(value: Any) -> Any:
    return [text_written(v) for v in value] if isinstance(value, list) else [text_written(value)]


def expression_written(value: Any) -> Any:
    if isinstance(value, bool):
        return "1" if value else "0"
    if not isinstance(value, (str, int, Decimal)):
        raise fail("want_expression")
    return written(value)


PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*%")


def percent_written(value: Any) -> int:
    """'30%' → 3000, in 1/10000."""
    match = PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        raise fail("want_percent", found=str(value))
    parts = int(Decimal(match[1]) * 100)
    if parts > 10_000:
        raise fail("percent_range", found=str(value))
    return parts


def one_or_many(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


def amount_written(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise fail("want_amount")
    return written(value)


def distribution_written(value: Any) -> Any:
    """A number, or value → share; shares must make 100%."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return {Decimal(value): 10_000}
    if not isinstance(value, dict) or not value:
        raise fail("want_distribution")
    found = {}
    for key, share in value.items():
        number = plain(str(key))
        if number is None:
            raise fail("want_value", found=str(key))
        found[number] = percent_written(share)
    if sum(found.values()) != 10_000:
        raise fail("sum_of_shares", found=f"{Decimal(sum(found.values())) / 100:f}")
    return found


def sources_written(value: Any) -> Any:
    """A reliability, or name → reliability."""
    if isinstance(value, dict):
        return {str(name): percent_written(share) for name, share in value.items()}
    return value if value is None else percent_written(value)


Text = Annotated[str, BeforeValidator(text_written), TextMark()]
Texts = Annotated[list[str], BeforeValidator(texts_written), Field(min_length=1), TextMark()]
"""One text, or several that take turns."""
Expression = Annotated[str, BeforeValidator(expression_written)]
Percent = Annotated[int, BeforeValidator(percent_written)]
Amount = Annotated[str, BeforeValidator(amount_written)]
Distribution = Annotated[dict[Decimal, int], BeforeValidator(distribution_written)]
Sources = Annotated[Any, BeforeValidator(sources_written)]
Names = Annotated[list[str], BeforeValidator(one_or_many)]

Language = Literal["zh", "en"]
Market = Literal["fast", "consultative", "professional", "solution"]
Way = Literal[
    "open_tender", "invited_tender", "competitive_talks", "consultation", "inquiry", "single_source", "framework", "private"
]
"""How a customer buys."""
Level = Literal["top", "middle", "staff"]
MemberRole = Literal["account", "solution", "delivery", "sponsor", "commercial"]
BuyingRole = Literal["decider", "approver", "user", "gatekeeper", "influencer", "coach", "purchaser"]
Function = Literal[
    "general",
    "finance",
    "technical",
    "production",
    "purchasing",
    "office",
    "business",
    "clinical",
    "legal",
    "audit",
    "agency",
    "partner",
]
"""What somebody does. `agency` and `partner` are people from outside with a part in the deal: a tender agent, an integrator."""
Element = Literal["need", "decision", "rivals", "worth"]
Quadrant = Literal["strength", "weakness", "opportunity", "threat"]
Style = Literal["price", "relationship", "technical", "spoiler"]
EndKind = Literal["won", "lost", "undecided", "withdrawn", "excluded"]
