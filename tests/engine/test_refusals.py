"""A decision is refused for a reason, and the reason is what legality is."""

from __future__ import annotations

import random

import pytest

from game.engine.step import (
    AT_WORK,
    DEAL_OVER,
    GATE_CLOSED,
    NO_SUCH,
    OPEN,
    OTHER_STAGE,
    UNDER_WAY,
    is_legal,
    legal,
    pair_refusal,
    refusal,
)
from game.errors import IllegalAction
from game.play.playing import start_playing
from game.scenario.load import Ready
from game.scenario.tables import PASS, RUNNING, STARTS
from tests.generate import deal


def test_what_is_open_is_legal_and_nothing_else_in_generated_deals() -> None:
    seen: set[int] = set()
    for seed in range(60):
        compiled = deal(seed)
        t, rng, playing = compiled.tables, random.Random(seed), start_playing(compiled, seed)
        for _ in range(8):
            reasons = [refusal(t, playing.state, k) for k in range(STARTS + t.n_arm)]
            assert [int(r == OPEN) for r in reasons] == legal(t, playing.state)
            seen |= set(reasons)
            if playing.over:
                break
            playing.decide(rng.choice([k for k, r in enumerate(reasons) if r == OPEN and k != 2] or [0]))
        if playing.over:
            assert {refusal(t, playing.state, k) for k in range(STARTS + t.n_arm)} == {DEAL_OVER}
    assert {OTHER_STAGE, GATE_CLOSED, AT_WORK, DEAL_OVER, OPEN} <= seen, seen


def test_work_under_way_is_named_before_how_often_it_may_be_tried(factory: Ready) -> None:
    t, playing = factory.compiled.tables, start_playing(factory.compiled, 1)
    start = next(k for k in range(STARTS, STARTS + t.n_arm) if is_legal(t, playing.state, k) and t.action_weeks[
        t.pair_action[t.arm_pair[k - STARTS]]] > 1)  # fmt: skip
    playing.decide(start)
    assert playing.state.x[RUNNING] and pair_refusal(t, playing.state, t.arm_pair[start - STARTS]) == UNDER_WAY


@pytest.mark.parametrize("decision", [-1, 10_000])
def test_what_is_no_decision_is_refused_as_such(office: Ready, decision: int) -> None:
    playing = start_playing(office.compiled, 1)
    assert refusal(office.compiled.tables, playing.state, decision) == NO_SUCH
    with pytest.raises(IllegalAction) as error:
        playing.decide(decision)
    assert error.value.values["reason"] == NO_SUCH


def test_a_closed_gate_says_so(office: Ready) -> None:
    playing = start_playing(office.compiled, 1)
    with pytest.raises(IllegalAction) as error:
        playing.decide(PASS)
    assert error.value.values["reason"] == GATE_CLOSED and not playing.decisions
