"""Why one decision was worse than another: only what differs between the two is said, and what is said is so."""

from __future__ import annotations

import random

import pytest

from game.debrief.reasons import Reasons
from game.engine.step import legal
from game.i18n import Say
from game.judging.judgement import Judged
from game.play.decisions import action_of
from game.play.playing import start_playing
from game.play.walk import walk
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.scenario.tables import RUNNING, STARTS, WAIT, State
from game.words.names import Teller

SAY = Say("en")


def judged(decision: int, best: int) -> Judged:
    return Judged(
        number=1, decision=decision, par=best, best=best, value=0.0, value_se=0.1, chosen=-6.0, regret=6.0, measured=6.0, se=0.1,
        win=0.5, chosen_win=0.4, win_regret=0.1, candidates=(),
    )  # fmt: skip


def moments(ready: Ready, seed: int) -> list[State]:
    playing = start_playing(ready.compiled, seed)
    while not playing.over:
        playing.decide(POLICIES["random"](ready.compiled.tables, playing.state, seed))
    return [m.before for m in walk(playing)]


def pairs(ready: Ready, s: State) -> list[tuple[int, int]]:
    """Two things that could be decided there, drawn evenly."""
    open_ = [k for k, may in enumerate(legal(ready.compiled.tables, s)) if may]
    rng = random.Random(s.x[1])
    return [(rng.choice(open_), rng.choice(open_)) for _ in range(12)] + [(a, WAIT) for a in open_[:3] if a != WAIT]


@pytest.mark.parametrize("seed", range(3))
def test_what_stands_in_both_ways_is_no_reason(factory: Ready, seed: int) -> None:
    t, found = factory.compiled.tables, Reasons(factory, Teller(factory, SAY), SAY)
    for s in moments(factory, seed)[::4]:
        for a, b in pairs(factory, s):
            if a < STARTS:
                continue
            against, beside = found.by_slot(a, s), found.by_slot(b, s)
            for term in found.worse_terms(judged(a, b), s):
                assert against[term.slot] <= beside.get(term.slot, 0.0) - 3, "it weighs on both alike"
            same = [m for m in found.price(judged(a, b), s) if "weeks" in m]
            if same and b >= STARTS:
                assert t.action_weeks[action_of(t, a)] > t.action_weeks[action_of(t, b)]
        for a, _ in pairs(factory, s):
            if a >= STARTS:
                itself = judged(a, a)
                assert not found.worse_terms(itself, s) and not found.likelier(itself, s)


def test_one_waits_only_for_what_is_under_way(factory: Ready) -> None:
    found, told = Reasons(factory, Teller(factory, SAY), SAY), set()
    for s in moments(factory, 5):
        starts = [k for k, may in enumerate(legal(factory.compiled.tables, s)) if may and k >= STARTS]
        if starts:
            words = found.of(judged(starts[0], WAIT), s)
            assert (SAY("why.wait") in words) == (s.x[RUNNING] > 0)
            assert (SAY("why.wait_idle") in words) == (s.x[RUNNING] == 0)
            told.add(s.x[RUNNING] > 0)
    assert told == {True, False}


def test_hands_are_idle_only_where_work_was_the_better_choice(factory: Ready) -> None:
    t, found = factory.compiled.tables, Reasons(factory, Teller(factory, SAY), SAY)
    for s in moments(factory, 7)[::3]:
        for k, may in enumerate(legal(t, s)):
            if may and k >= STARTS:
                words = found.of(judged(WAIT, k), s)
                assert (SAY("why.waited") in words) == (not t.action_free[action_of(t, k)])
