"""The customer's people come, go and are drawn off; what a rival's net is worth."""

from __future__ import annotations

import pytest

from game.engine.award import award_odds
from game.engine.chance import DROPPED, TRACE_WIDTH, Dice
from game.engine.effects import apply
from game.engine.rivals import widest_hole
from game.engine.state import new_dice, new_state
from game.engine.step import begin, is_legal, step
from game.engine.week import week
from game.scenario.load import Ready
from game.scenario.tables import PHASE, STARTS, State


@pytest.fixture
def morning(factory: Ready) -> tuple[State, Dice]:
    t = factory.compiled.tables
    s, d = new_state(t), new_dice(4, tracing=True)
    begin(t, s, d)
    return s, d


def people(factory: Ready, *names: str) -> list[int]:
    return [factory.compiled.ids.people.index(name) for name in names]


def transfer(factory: Ready, s: State, d: Dice) -> None:
    branch = factory.compiled.ids.branches.index("events.transfer.branches.gone")
    apply(factory.compiled.tables, s, d, branch, 0, 0)


def visits(factory: Ready, person: int) -> list[int]:
    t, ids = factory.compiled.tables, factory.compiled.ids
    visit = ids.actions.index("visit")
    pairs = range(t.action_pair[visit], t.action_pair[visit + 1])
    return [STARTS + arm for p in pairs if t.pair_person[p] == person for arm in range(t.pair_arm[p], t.pair_arm[p + 1])]


def test_who_leaves_takes_everything_along(factory: Ready, morning: tuple[State, Dice]) -> None:
    t, (s, d) = factory.compiled.tables, morning
    (tang,) = people(factory, "tang")
    for first in (t.met0, t.wins0):
        s.x[first + tang] = 1
    for first in (t.rapport0, t.knot0, t.cover0, t.net0):
        s.x[first + tang] = 4_000
    assert any(is_legal(t, s, k) for k in visits(factory, tang))
    transfer(factory, s, d)
    assert not any(s.x[first + tang] for first in (t.met0, t.wins0, t.rapport0, t.knot0, t.cover0, t.net0, t.stance0))
    assert not any(is_legal(t, s, k) for k in visits(factory, tang))


def test_who_arrives_is_known_and_thinks_what_they_came_with(factory: Ready, morning: tuple[State, Dice]) -> None:
    t, (s, d) = factory.compiled.tables, morning
    (hou,) = people(factory, "hou")
    s.x[t.conviction0 + hou] = -100
    before = s.x[t.stance0 + hou], s.x[t.found0 + hou]
    transfer(factory, s, d)
    assert before == (0, 0)
    assert (s.x[t.stance0 + hou], s.x[t.found0 + hou], s.x[t.here0 + hou]) == (-100, 1, 1)


def test_work_on_somebody_who_leaves_is_dropped_and_frees_the_hand(factory: Ready, morning: tuple[State, Dice]) -> None:
    t, (s, d) = factory.compiled.tables, morning
    (tang,) = people(factory, "tang")
    s.x[t.met0 + tang] = 1
    visit = next(k for k in visits(factory, tang) if is_legal(t, s, k))
    step(t, s, d, visit)
    member = t.arm_member[visit - STARTS]
    assert s.x[t.busy0 + member] > 0 and visit - STARTS in s.front_arm
    transfer(factory, s, d)
    rows = [d.trace[k : k + TRACE_WIDTH] for k in range(0, d.n, TRACE_WIDTH)]
    assert s.x[t.busy0 + member] == 0 and visit - STARTS not in s.front_arm
    assert [(row[0], row[2], row[3]) for row in rows][-1] == (DROPPED, tang, member)


def test_rivals_aim_at_nobody_who_is_not_here(factory: Ready, morning: tuple[State, Dice]) -> None:
    t, (s, d) = factory.compiled.tables, morning
    transfer(factory, s, d)
    (tang,) = people(factory, "tang")
    for p in range(t.n_person):
        s.x[t.cover0 + p] = 0 if p == tang else 10_000
    assert tang not in {widest_hole(t, s, m) for m in range(t.move_off[t.n_rival])}


def test_a_rival_that_holds_the_people_has_better_odds_at_the_award(factory: Ready, morning: tuple[State, Dice]) -> None:
    t, (s, _) = factory.compiled.tables, morning
    s.x[PHASE] = t.award_phase
    award_odds(t, s, 0)
    before = s.scratch[1]
    for p in range(t.n_person):
        s.x[t.net0 + p] = 10_000
    award_odds(t, s, 0)
    assert s.scratch[1] > before


def test_a_rivals_knots_are_its_own_and_fade(factory: Ready, morning: tuple[State, Dice]) -> None:
    t, (s, d), ids = factory.compiled.tables, morning, factory.compiled.ids
    (ding,) = people(factory, "ding")
    ours = s.x[t.knot0 : t.knot0 + t.n_member * t.n_person]
    jietong = t.net0 + ids.rivals.index("jietong") * t.n_person + ding
    before, believed = s.x[jietong], s.x[jietong + t.shift]
    apply(t, s, d, ids.branches.index("rivals.jietong.moves.free_pilot.outcomes.success"), ding, 0)
    tied = s.x[jietong]
    assert tied == before + 2_000 and s.x[jietong + t.shift] == believed + 2_000, "what is told moves the estimate too"
    assert s.x[t.knot0 : t.knot0 + t.n_member * t.n_person] == ours
    week(t, s, d)
    assert s.x[jietong] < tied
