"""The customer's pace and the procurement's dates: laws that hold in every play, and what an author's words come to."""

from __future__ import annotations

import pytest

from game.engine.odds import holds, odds, roll_odds
from game.engine.state import new_dice, new_state
from game.engine.step import begin, run_on, step
from game.engine.week import phase_length, turning_odds
from game.paths import SCENARIOS
from game.policies.policies import POLICIES
from game.scenario.load import Ready, load_ready, names
from game.scenario.tables import (
    AWARD_STAGE,
    AWARD_WEEK,
    BIDS_LEFT,
    BIDS_OPEN,
    CERTAIN,
    CLOSES,
    DEBT,
    PHASE,
    PHASE_WEEKS,
    STAGE,
    STARTS,
    WEEK,
    WINNER,
    WON,
    State,
    Tables,
)
from tests import generate

NOTICE = 3


def fresh(t: Tables, seed: int = 1) -> State:
    s, d = new_state(t), new_dice(seed)
    begin(t, s, d)
    return s


def put(ready: Ready, s: State, **values: int) -> None:
    for name, value in values.items():
        s.x[ready.compiled.ids.slots.index(name.replace("__", "."))] = value


def test_a_phase_waits_for_its_work_and_no_longer(factory: Ready) -> None:
    t, s = factory.compiled.tables, fresh(factory.compiled.tables)
    least = factory.scenario.buyer.phases["satisfied"].weeks[0]  # type: ignore[index]
    late = factory.scenario.buyer.phases["satisfied"].work["owner"].weeks
    assert phase_length(t, s, 0) == least + late
    put(factory, s, said__problem_owned=1)
    assert phase_length(t, s, 0) == least
    put(factory, s, said__fined=1)
    assert phase_length(t, s, 0) == max(1, least - 2), "what speeds it never makes it shorter than a week"


def test_each_week_in_which_a_phase_may_end_is_equally_likely(factory: Ready) -> None:
    t, s = factory.compiled.tables, fresh(factory.compiled.tables)
    put(factory, s, said__problem_owned=1)
    least, most = factory.scenario.buyer.phases["satisfied"].weeks  # type: ignore[misc]
    left, ends = 1.0, []
    for weeks in range(most + 2):
        s.x[PHASE_WEEKS] = weeks
        odds = turning_odds(t, s) / CERTAIN
        ends.append(left * odds)
        left *= 1 - odds
    assert ends[: least - 1] == [0] * (least - 1)
    assert ends[least - 1 : most] == pytest.approx([1 / (most - least + 1)] * (most - least + 1), abs=1e-3)
    assert left == 0


@pytest.mark.parametrize("name", list(names(SCENARIOS)))
def test_nobody_bids_outside_the_dates_and_nobody_is_surprised_by_the_award(name: str) -> None:
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    t, ids = ready.compiled.tables, ready.compiled.ids
    bid = ids.slots.index("said.bid")
    awards = bids = 0
    for policy in ("random", "greedy", "cautious"):
        for seed in range(12):
            s, d = new_state(t), new_dice(seed)
            begin(t, s, d)
            over, had, opened = run_on(t, s, d, 0), 0, 0
            while not over:
                decision = POLICIES[policy](t, s, seed)
                was_open = s.x[BIDS_OPEN]
                over = step(t, s, d, decision)
                opened = opened or s.x[CLOSES]
                if s.x[bid] and not had:
                    assert was_open, "a bid is only begun while bids are taken"
                    had, bids = 1, bids + 1
                if s.x[AWARD_WEEK] and opened:
                    issued = s.x[CLOSES] - t.bid_weeks
                    assert s.x[AWARD_WEEK] >= s.x[CLOSES] + t.judge_weeks and s.x[AWARD_WEEK] - issued >= NOTICE
                    assert s.x[AWARD_STAGE] <= s.x[STAGE] and s.x[WINNER] > 0
                    awards += 1
                    opened = 0
    assert awards and bids


@pytest.mark.parametrize("seed", range(40))
def test_bids_are_open_exactly_from_the_papers_to_the_closing(seed: int) -> None:
    sc, compiled = generate.scenario_and_deal(seed)
    t = compiled.tables
    s, d = new_state(t), new_dice(seed)
    begin(t, s, d)
    over = run_on(t, s, d, 0)
    while not over:
        open_now = bool(s.x[CLOSES]) and s.x[WEEK] <= s.x[CLOSES] and not s.x[WINNER]
        assert bool(s.x[BIDS_OPEN]) == open_now == (s.x[BIDS_LEFT] > 0)
        assert s.x[BIDS_LEFT] <= t.bid_weeks and (sc.procurement or not s.x[CLOSES])
        over = step(t, s, d, POLICIES["random"](t, s, seed))


def test_a_stranger_with_a_say_hardly_ever_speaks_for_us(factory: Ready) -> None:
    """The odds of the first branch, with everybody unmet and with everybody met and covered."""
    t, ids = factory.compiled.tables, factory.compiled.ids
    for k in range(t.n_say):
        s, p = fresh(t, seed=k), t.say_person[k]
        s.x[t.here0 + p], s.x[t.stance0 + p] = 1, 0
        roll = t.event_roll[t.say_event[k]]
        stranger = roll_odds(t, s, roll, 0, 0, 0)
        s.x[t.met0 + p], s.x[t.cover0 + p], s.x[t.stance0 + p] = 1, 5_000, 100
        friend = roll_odds(t, s, roll, 0, 0, 0)
        assert stranger <= 1_000 and friend >= 6_000, ids.events[t.say_event[k]]
        s.x[PHASE] = t.say_phase[k]
        assert holds(t, s, t.event_cond[t.say_event[k]], 0, 0) and t.event_times[t.say_event[k]] == 1


def test_a_bid_is_never_certain_to_be_taken_and_a_check_helps(factory: Ready) -> None:
    t, ids = factory.compiled.tables, factory.compiled.ids
    for name in ("submit_bid", "bid_lean", "bid_deep"):
        s, a = fresh(t), ids.actions.index(name)
        arm = t.pair_arm[t.action_pair[a]]
        before = odds(t, s, arm, 0)
        put(factory, s, said__bid_checked=1)
        assert before < odds(t, s, arm, 0) < CERTAIN and arm + STARTS > 0


def test_when_we_are_chosen_the_gates_before_the_talks_close_and_open_points_cost(office: Ready) -> None:
    t, seen = office.compiled.tables, 0
    for seed in range(30):
        s, d = new_state(t), new_dice(seed)
        begin(t, s, d)
        over = run_on(t, s, d, 0)
        while not over:
            stage, debt, won = s.x[STAGE], s.x[DEBT], s.x[WON]
            over = step(t, s, d, POLICIES["greedy"](t, s, seed))
            if s.x[WON] and not won:
                assert s.x[STAGE] >= t.talks_stage
                if stage < t.talks_stage:
                    points = range(t.point_off[stage], t.point_off[t.talks_stage])
                    open_now = sum(t.point_debt[k] for k in points if not holds(t, s, t.point_cond[k], 0, 0))
                    assert debt <= s.x[DEBT] <= debt + sum(t.point_debt[k] for k in points) and s.x[DEBT] - debt >= open_now
                    seen += 1
    assert seen
