"""What an effect does is told in one place, and everybody who foresees, applies or tells it goes by that."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.i18n import Say
from game.scenario.load import Ready
from game.scenario.operations import ADD, ADD_FORM, OPERATIONS, SET, applied, by_form, read_amount
from game.words.names import FLAGS_OF_PERSON, Teller

NUMBERS = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize("op", OPERATIONS)
@given(value=NUMBERS, amount=NUMBERS, more=st.integers(0, 10**12))
def test_more_never_brings_less(op: int, value: int, amount: int, more: int) -> None:
    """The checks look at the ends only."""
    assert applied(op, value, amount) <= applied(op, value + more, amount)
    assert applied(op, value, amount) <= applied(op, value, amount + more)


@pytest.mark.parametrize("op", [op for op in OPERATIONS if not OPERATIONS[op].adds])
@given(value=NUMBERS, amount=NUMBERS)
def test_what_does_not_add_does_no_more_a_second_time(op: int, value: int, amount: int) -> None:
    once = applied(op, value, amount)
    assert applied(op, once, amount) == once


@pytest.mark.parametrize("op", [op for op in OPERATIONS if not by_form(op)])
def test_an_operation_is_read_as_it_is_written(op: int) -> None:
    assert read_amount(f" {OPERATIONS[op].sign}12.5 ") == (op, Decimal("12.5"))


def test_a_formula_is_no_number() -> None:
    assert read_amount("trust / 2") is None and read_amount("=trust") is None and read_amount("") is None
    assert by_form(ADD_FORM) and not by_form(ADD) and not by_form(SET)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("value", [0, 1])
@pytest.mark.parametrize("field", FLAGS_OF_PERSON)
def test_whatever_is_set_of_a_person_is_told(office: Ready, field: str, value: int, lang: str) -> None:
    person = next(iter(office.scenario.people))
    told = Teller(office, Say(lang)).said_of(f"{person}{field}", value)
    assert Teller(office, Say(lang)).text("people", person, "name") in told


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("op", OPERATIONS)
def test_every_operation_is_told(op: int, lang: str) -> None:
    told = Say(lang)(OPERATIONS[op].told, what="X", number="-3", sign="−", size="3")
    assert "X" in told and (by_form(op) or "3" in told)
