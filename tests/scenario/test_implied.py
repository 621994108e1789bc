"""What is said to follow from a condition does, whatever the quantities are."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario.implied import implies
from game.scenario.linear import Atom, Both, Condition, Either, Linear, Not, read_condition

RANGE = (-1, 0, 1, 2)


def atoms() -> st.SearchStrategy[Condition]:
    def atom(name: str, sign: int, constant: int, strict: bool) -> Condition:
        return Atom(Linear(((name, Decimal(sign)),), Decimal(constant)), strict)

    return st.builds(atom, st.sampled_from("ab"), st.sampled_from((-1, 1)), st.integers(-2, 2), st.booleans())


def grown(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    some = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(some.map(Both), some.map(Either), parts.map(Not))


CONDITIONS = st.recursive(atoms(), grown, max_leaves=6)


def true(condition: Condition, values: dict[str, int]) -> bool:
    match condition:
        case Atom(form, strict):
            total = form.constant + sum(factor * values[name] for name, factor in form.terms)
            return total > 0 if strict else total >= 0
        case Not(part):
            return not true(part, values)
        case Both(parts):
            return all(true(part, values) for part in parts)
        case Either(parts):
            return any(true(part, values) for part in parts)


@given(CONDITIONS, CONDITIONS)
def test_what_follows_holds_wherever_the_first_does(one: Condition, other: Condition) -> None:
    if implies(one, other):
        assert all(true(other, v) for a, b in product(RANGE, RANGE) if true(one, v := {"a": a, "b": b}))


def read(text: str) -> Condition:
    return read_condition(text, lambda name, at: Linear(((name, Decimal(1)),), Decimal(0)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a >= 8 and b > 0", "a >= 8 or b >= 3 and a >= 2"),
        ("a >= 9", "a >= 8"),
        ("not (a < 9 or b < 2)", "b >= 1"),
        ("a >= 1 and b >= 1", "b >= 1 and a >= 1"),
        ("(a >= 3 or b >= 3) and a >= 0", "b >= 2 or a >= 1"),
    ],
)
def test_what_plainly_follows_is_seen(one: str, other: str) -> None:
    assert implies(read(one), read(other))
