"""Laws of the rules, over random play of the shipped scenario."""

from __future__ import annotations

import random

import pytest

from game.engine import chance
from game.engine.award import award_odds
from game.engine.chance import Dice, bits, seed_of
from game.engine.odds import branch_odds, branch_of, rounded
from game.engine.state import copy_state, digest, new_dice, new_state
from game.engine.step import begin, checked_step, is_legal, legal, run_on, step
from game.engine.week import influence
from game.errors import IllegalAction
from game.play.happenings import Came, EventCame
from game.play.playing import start_playing
from game.policies.policies import POLICIES, PROBES
from game.policies.rollout import rollout
from game.scenario.load import Ready
from game.scenario.tables import ENDED, SCRATCH, STARTS, WAIT, WEEK, from_record, to_record


def test_rounding_is_half_away_from_zero_and_odd() -> None:
    assert [rounded(n, 10) for n in (4, 5, 14, 15, -5, -14, -15)] == [0, 1, 1, 2, -1, -1, -2]


def test_the_hash_spreads_over_every_bit() -> None:
    words = [bits(seed_of(3, i), chance.OUTCOME, i % 7) for i in range(20_000)]
    for bit in range(32):
        assert abs(sum(w >> bit & 1 for w in words) / len(words) - 0.5) < 0.02


@pytest.mark.parametrize("seed", range(40))
def test_random_play_stays_in_bounds_and_ends_in_time(office: Ready, seed: int) -> None:
    t = office.compiled.tables
    s, d, rng = new_state(t), new_dice(seed_of(1, seed)), random.Random(seed)
    begin(t, s, d)
    over = run_on(t, s, d, 0)
    while not over:
        mask = legal(t, s)
        over = checked_step(t, s, d, rng.choice([k for k, ok in enumerate(mask) if ok and k != 2]))
        assert all(t.lo[i] <= s.x[i] <= t.hi[i] for i in range(SCRATCH, t.n_slot))
    assert s.x[ENDED] and s.x[WEEK] <= t.last_week + 1


def test_the_same_seed_and_decisions_give_the_same_bits(office: Ready) -> None:
    t = office.compiled.tables
    for policy in {**POLICIES, **PROBES}.values():
        assert digest(rollout(t, 77, policy)) == digest(rollout(t, 77, policy))


def test_illegal_decisions_raise_and_change_nothing(office: Ready) -> None:
    playing = start_playing(office.compiled, 5)
    t, s = office.compiled.tables, playing.state
    before = digest(s)
    for decision in [-1, STARTS + t.n_arm + t.n_inject, *[k for k in range(STARTS + t.n_arm) if not is_legal(t, s, k)]]:
        with pytest.raises(IllegalAction):
            playing.decide(decision)
    assert digest(s) == before and not playing.decisions


def test_a_decision_never_shifts_the_dice_of_another(office: Ready) -> None:
    drawn: dict[tuple[int, int, int, int], int] = {}
    for policy in (*POLICIES.values(), PROBES["wait"]):
        playing = start_playing(office.compiled, 99)
        while not playing.over:
            playing.decide(policy(office.compiled.tables, playing.state, 99))
        attempts: dict[int, int] = {}
        for h in playing.happenings:
            if isinstance(h, EventCame):
                key = (h.kind, h.event, h.week, 0)
            elif isinstance(h, Came):
                pair = office.compiled.tables.arm_pair[h.arm]
                attempts[pair] = attempts.get(pair, 0) + 1
                key = (h.kind, pair, 0, attempts[pair])
            else:
                continue
            assert drawn.setdefault(key, h.drawn) == h.drawn


def test_negated_stances_negate_the_flow_of_influence(office: Ready) -> None:
    t, rng = office.compiled.tables, random.Random(4)
    for _ in range(200):
        s = new_state(t)
        stances = [rng.randrange(-200, 201) for _ in range(2 * t.n_person)]
        flows = []
        for sign in (1, -1):
            s.x[t.stance0 : t.stance0 + 2 * t.n_person] = [sign * v for v in stances]
            influence(t, s)
            flows.append([s.x[t.stance0 + p] - sign * stances[p] for p in range(t.n_person)])
        assert flows[0] == [-v for v in flows[1]]


def test_branch_odds_are_what_the_draw_does(office: Ready) -> None:
    t = office.compiled.tables
    for roll in range(len(t.roll_odds)):
        span = range(t.roll_branch[roll], t.roll_end[roll])
        for first in (500, 3_333, 9_500):
            if len(span) < 2:
                continue
            counts = dict.fromkeys(span, 0)
            for u in range(10_000):
                counts[branch_of(t, roll, first, u)] += 1
            assert counts == {b: branch_odds(t, roll, first, b) for b in span}


def test_the_award_is_a_distribution(office: Ready) -> None:
    t = office.compiled.tables
    for i in range(30):
        s = rollout(t, seed_of(8, i), POLICIES["random"])
        award_odds(t, s, 0)
        assert sum(s.scratch[: t.n_bidder]) == 10_000 and min(s.scratch[: t.n_bidder]) >= 0


def test_a_state_goes_into_a_record_and_back(office: Ready) -> None:
    t = office.compiled.tables
    s = rollout(t, 3, POLICIES["greedy"])
    assert digest(from_record(to_record(s, "S"), s)) == digest(s)
    assert vars(from_record(to_record(t, "S"), t)) == vars(t)


def test_copies_are_independent(office: Ready) -> None:
    t = office.compiled.tables
    s, d = new_state(t), Dice()
    d = new_dice(1)
    begin(t, s, d)
    other = copy_state(s)
    step(t, other, d, WAIT)
    assert digest(other) != digest(s)
