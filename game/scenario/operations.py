"""What an effect does to its quantity, told once: how it is written, what comes of it, and in which words it is told.

The language reads it from here, the rules apply it, checks and players foresee it, and every door tells it. A new operation is
a number, a case in `applied` and a row in `OPERATIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from game.scenario.linear import plain

ADD, SET, ADD_FORM = 0, 1, 2


def applied(op: int, value: int, amount: int) -> int:
    """A quantity after one effect on it, before it is kept within its range.

    It never falls as `value` or `amount` rises: what could come of a deal is bounded, and one way proved better than another,
    by looking at the ends alone.
    """
    if op == SET:
        return amount
    return value + amount


def by_form(op: int) -> bool:
    """Whether the amount is the value of a formula when the effect comes, and no number."""
    return op == ADD_FORM


@dataclass(frozen=True)
class Operation:
    """How an effect is written and told."""

    told: str
    """Text id of its line, with {what}, {number}, and {sign} and {size} of the number."""
    sign: str = ""
    """Stands before the plain number in a scenario."""
    adds: bool = False
    """The amount says by how much; coming twice does more than coming once."""


OPERATIONS: dict[int, Operation] = {
    ADD: Operation("effect.add", adds=True),
    SET: Operation("effect.set", sign="="),
    ADD_FORM: Operation("effect.moved", adds=True),
}
BY_SIGN = {o.sign: op for op, o in OPERATIONS.items() if not by_form(op)}


def read_amount(text: str) -> tuple[int, Decimal] | None:
    """An effect's amount that is a plain number, with its operation; None for a formula."""
    text = text.strip()
    for sign in sorted(BY_SIGN, key=len, reverse=True):
        if text.startswith(sign):
            value = plain(text.removeprefix(sign))
            return None if value is None else (BY_SIGN[sign], value)
    return None
