"""Scenes: what has to be answered is answered first, each comes once, what nobody answers lapses."""

from __future__ import annotations

import pytest

from game.engine.state import new_dice, new_state
from game.engine.step import asked, begin, is_legal, legal, run_on, step
from game.policies.policies import NUMBERS, POLICIES, choose, new_player
from game.scenario.load import Ready
from game.scenario.tables import STARTS, WAIT, WEEK, WITHDRAW, State, Tables
from tests import generate

ALL = sorted(NUMBERS)


def answers_of(t: Tables, k: int) -> set[int]:
    return {STARTS + t.pair_arm[t.action_pair[a]] for a in t.scene_action[t.scene_off[k] : t.scene_off[k + 1]]}


def watch(t: Tables, s: State, before: list[int]) -> list[int]:
    """The scenes' slots; an answered one never opens again."""
    now = [s.x[t.scene0 + k] for k in range(t.n_scene)]
    for k, (was, is_) in enumerate(zip(before, now, strict=True)):
        if s.x[t.answered0 + k]:
            assert not is_
        assert 0 <= is_ <= t.scene_limit[k] + 2
        assert was == 0 or is_ == 0 or is_ >= was
    return now


@pytest.mark.parametrize("seed", range(60))
def test_laws_of_scenes_hold_in_generated_deals(seed: int) -> None:
    t = generate.deal(seed)
    s, d = new_state(t.tables), new_dice(seed)
    t = t.tables
    begin(t, s, d)
    over, seen = run_on(t, s, d, 0), [0] * t.n_scene
    while not over:
        k = asked(t, s)
        if k >= 0:
            may = {i for i, yes in enumerate(legal(t, s)) if yes}
            assert WAIT in may and may <= answers_of(t, k) | {WAIT} and len(may) >= 2
        over = step(t, s, d, POLICIES["random"](t, s, seed))
        seen = watch(t, s, seen)


@pytest.mark.parametrize("policy", ALL)
def test_whoever_plays_answers(office: Ready, policy: str) -> None:
    t = office.compiled.tables
    player = new_player(t, policy)
    many = 0
    for seed in range(6):
        s, d = new_state(t), new_dice(seed)
        begin(t, s, d)
        over = run_on(t, s, d, 0)
        while not over:
            decision = choose(t, s, player, seed)
            assert is_legal(t, s, decision)
            many += asked(t, s) >= 0
            over = step(t, s, d, decision)
    assert many or policy in ("quit", "lone", "spam", "wait")


def test_who_lets_time_run_has_said_nothing_and_is_asked_no_more(office: Ready) -> None:
    t = office.compiled.tables
    silent = 0
    for seed in range(12):
        s, d = new_state(t), new_dice(seed)
        begin(t, s, d)
        over = run_on(t, s, d, 0)
        while not over:
            k = asked(t, s)
            week = s.x[WEEK]
            over = step(t, s, d, WAIT if k >= 0 else POLICIES["greedy"](t, s, seed))
            if k >= 0 and not over:
                assert s.x[WEEK] > week and s.x[t.answered0 + k] and not s.x[t.scene0 + k]
                silent += 1
    assert silent > 8


def test_a_scene_that_can_wait_lapses_after_its_weeks(office: Ready) -> None:
    """Chen's page: nobody writes it, and her stance falls."""
    t, ids = office.compiled.tables, office.compiled.ids
    k = office.compiled.scenes.index("papers")
    lapse, rapport = ids.events.index("lapse_papers"), ids.slots.index("chen.rapport")
    lapsed = 0
    for seed in range(40):
        s, d = new_state(t), new_dice(seed)
        begin(t, s, d)
        over, opened = run_on(t, s, d, 0), 0
        while not over:
            was = s.x[rapport]
            waits = s.x[t.scene0 + k] > 0
            opened = opened or (s.x[WEEK] if waits else 0)
            decision = WAIT if waits and asked(t, s) < 0 else POLICIES["greedy"](t, s, seed)
            over = step(t, s, d, decision)
            if s.event_count[lapse]:
                assert s.x[t.answered0 + k] and opened
                if not over and waits:
                    assert s.x[rapport] <= was
                lapsed += 1
                break
    assert lapsed > 5


def test_leaving_waits_for_the_answer(office: Ready) -> None:
    t = office.compiled.tables
    for seed in range(30):
        s, d = new_state(t), new_dice(seed)
        begin(t, s, d)
        over = run_on(t, s, d, 0)
        while not over:
            if asked(t, s) >= 0:
                assert not is_legal(t, s, WITHDRAW)
                return
            over = step(t, s, d, POLICIES["greedy"](t, s, seed))
    raise AssertionError("nobody was asked")
