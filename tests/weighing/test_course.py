"""By the book, the course's steps, how a player wins, what knowing a fact is worth: what these figures are made of."""

from __future__ import annotations

import pytest

from game.engine.state import new_dice, new_state
from game.engine.step import begin, run_on, step
from game.paths import SCENARIOS
from game.policies.par import book_player, player_named
from game.policies.policies import choose
from game.policies.simulation import simulation_of
from game.policies.table import started
from game.scenario.load import Ready
from game.scenario.tables import STAGE, STARTS
from game.weighing.batches import Block, Runner
from game.weighing.course import habits, step_blocks, step_player, steps_data
from game.weighing.knowing import knowing


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")


def test_the_book_does_a_stages_work_in_the_courses_order_and_as_often(office: Ready) -> None:
    t, ids, player = office.compiled.tables, office.compiled.ids, book_player(office.compiled)
    for g, stage in enumerate(ids.stages):
        row = [ids.actions[player.order[k]] for k in range(t.stage_off[g], player.order_end[g])]
        assert row == list(dict.fromkeys(office.compiled.course[stage]))
    for seed in range(4):
        s, d = new_state(t), new_dice(seed)
        begin(t, s, d)
        over, first = run_on(t, s, d, 0), True
        while not over:
            decision = choose(t, s, player, seed)
            if first:
                assert ids.actions[t.pair_action[t.arm_pair[decision - STARTS]]] == office.compiled.course["P0"][0]
            first = False
            over = step(t, s, d, decision)
        assert s.x[STAGE] >= 1 and started(t, s, ids.actions.index("account_plan")) <= 1


def test_a_step_comes_after_what_the_course_has_before_it(office: Ready) -> None:
    ids, t = office.compiled.ids, office.compiled.tables
    assert len(office.scenario.course.steps) == 12
    player = player_named(office.compiled, "par", SCENARIOS / "office-supplies")
    for written in office.scenario.course.steps:
        found = step_player(office, player, written)
        action, _, person = written.partition(".")
        assert ids.actions[found.once] == action and (
            ids.people[found.once_person] == person if person else found.once_person < 0
        )
        assert any(at >= 0 for at in found.once_at)
        for g, stage in enumerate(ids.stages):
            if found.once_at[g] >= 0:
                own = range(t.stage_off[g], player.order_end[g])
                mine = [k for k in own if player.order[k] == found.once]
                if mine:
                    assert found.once_at[g] == mine[0]
                    continue
                order = office.compiled.course[stage]
                earlier = order[: order.index(action)]
                later = [ids.actions[player.order[k]] for k in range(found.once_at[g], player.order_end[g])]
                assert t.stage_off[g] <= found.once_at[g] <= player.order_end[g]
                assert not set(earlier) & set(later)


def test_steps_are_weighed_pair_by_pair_and_habits_are_those_of_the_wins(office: Ready) -> None:
    runner = Runner(simulation_of(office))
    player = player_named(office.compiled, "par", SCENARIOS / "office-supplies")
    blocks = step_blocks(office, player, 7, 6)
    tallies = [runner.play(block) for block in blocks]
    rows = steps_data(office, tallies)
    assert [row["step"] for row in rows] == office.scenario.course.steps and all(
        row["lo"] is None or row["lo"] <= row["hi"] for row in rows
    )
    tally = runner.play(Block(player, 7, 0, 16, watch=True))
    found = habits(office, tally)
    assert found["wins"] == tally.wins and sum(tally.won_at) == tally.wins and tally.won_knowing <= tally.wins
    assert found["settled"] is None or 0 <= found["settled"] <= found["facts"]


def test_a_fact_told_in_the_first_week_is_known_from_then_on(office: Ready) -> None:
    t = office.compiled.tables
    for fact in range(t.n_fact):
        told = knowing(t, fact)
        s, d = new_state(told), new_dice(3)
        begin(told, s, d)
        assert not s.x[t.knows0 + fact] and not s.x[t.refuted0 + fact]
        run_on(told, s, d, 1)
        truth = s.x[t.truth0 + fact] > 0
        assert (s.x[t.knows0 + fact], s.x[t.refuted0 + fact]) == (int(truth), int(not truth))
    assert t.n_event + 1 == told.n_event and len(t.event_cond) + 1 == len(told.event_cond)
