"""A plan has five lines, owners and weeks, and what became of it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.debrief.story import tell_story
from game.errors import RecordError
from game.i18n import Say
from game.play.decisions import decision_words
from game.play.playing import Playing, start_playing
from game.play.record import replay
from game.play.statements import PlanSaid, last_of
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.scenario.tables import PASS, STAGE, STARTS
from game.scenario.topics import LINES
from game.screens.gate import GateScreen
from game.screens.messages import HandOn, NextPerson, NextProof, PassGate, PutOff, TogglePlan
from game.session.plans import MOST, line_of, new_task, offered, owners, plan_said, proofs
from game.session.session import Session
from game.terminal.plan import PlanTable
from game.words.names import Teller
from tests.said import said


def at_a_gate(ready: Ready, seed: int = 3) -> Session:
    play = Session.begin(ready, seed, None, belief=False)
    while True:
        decision = POLICIES["greedy"](ready.compiled.tables, play.playing.state, seed)
        if decision == PASS:
            return play
        play.decide(decision)


def test_every_action_has_a_line_and_somebody_to_do_it(factory: Ready) -> None:
    t = factory.compiled.tables
    assert {line_of(factory, a) for a in range(t.n_action)} == set(LINES)
    for g in range(1, t.n_stage):
        assert offered(factory, g) and all(owners(factory, a) for a in offered(factory, g))
    assert offered(factory, t.n_stage) == []


def test_tasks_are_picked_handed_on_and_put_off(factory: Ready) -> None:
    play = at_a_gate(factory)
    screen = GateScreen(play)
    choices = offered(factory, screen.stage + 1)
    for a in choices[: MOST + 1]:
        screen.on(TogglePlan(a))
    assert [task.action for task in screen.plan] == choices[:MOST]
    screen.on(TogglePlan(choices[0]))
    assert [task.action for task in screen.plan] == choices[1:MOST]
    k = next(k for k, task in enumerate(screen.plan) if len(owners(factory, task.action)) > 1)
    before = screen.plan[k]
    screen.on(HandOn(k))
    screen.on(PutOff(k, 1))
    assert screen.plan[k].owner != before.owner and screen.plan[k].week == before.week + 1
    for _ in range(99):
        screen.on(PutOff(k, 1))
    assert screen.plan[k].week == factory.scenario.deal.weeks
    screen.on(PassGate())
    plan = last_of(play.playing.statements, PlanSaid)
    assert plan and len(plan.tasks) == MOST - 1 and plan.tasks[k].week == factory.scenario.deal.weeks


NO_TASK = {"action": "a", "owner": "b", "week": "3", "on": "", "proof": ""}


@pytest.mark.parametrize("tasks", [["visit"], [{"action": "visit"}], [NO_TASK], [NO_TASK | {"week": 3, "on": 4}], 7])
def test_what_is_no_task_is_refused(office: Ready, tasks: object) -> None:
    with pytest.raises(RecordError):
        said("plan", stage="P1", tasks=tasks)


def planned_play(ready: Ready, week: int, other: bool, on: str = "") -> tuple[Playing, int]:
    """A deal in which the first thing that is done was planned: for this week, by its owner or by another, on somebody."""
    t, playing = ready.compiled.tables, start_playing(ready.compiled, 4)
    first = POLICIES["greedy"](t, playing.state, 4)
    words = decision_words(ready.compiled, first)
    action = t.pair_action[t.arm_pair[first - STARTS]]
    task = new_task(ready, playing.state, 0, action, 0)
    plan = plan_said(ready, 0, [task])
    owner = words[2] if not other else next(m for m in ready.compiled.ids.members if m != words[2])
    planned = replace(plan.tasks[0], owner=owner, on=on, week=week)
    playing.say(replace(plan, tasks=(planned, replace(planned, action="gone", week=1))))
    while not playing.over:
        playing.decide(POLICIES["greedy"](t, playing.state, 4))
    return playing, action


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_became_of_a_task_is_told(office: Ready, language: str) -> None:
    say = Say(language)
    for week, other in ((99, False), (0, False), (99, True)):
        playing, action = planned_play(office, week, other)
        again = replay(office.compiled, playing.record())
        _, rows = tell_story(office, Session(office, again, belief=False).watched, say).plans[0]
        assert len(rows) == 1 and rows[0].line == say(f"line.{line_of(office, action)}")
        assert rows[0].became in ("done", "tried") and bool(rows[0].note) == (week == 0 or other)


def test_on_whom_and_by_what_evidence_is_planned_and_told(factory: Ready) -> None:
    """Done with somebody else is noted; the evidence is an acceptance point, seen or not when the gate was passed."""
    say = Say("en")
    playing, action = planned_play(factory, 99, False, on="qiao")
    _, rows = tell_story(factory, Session(factory, playing, belief=False).watched, say).plans[0]
    assert rows[0].action.endswith("Qiao Zhendong") and "instead" in rows[0].note
    point = proofs(factory, 0, action)[0]
    assert rows[0].proof == (factory.texts.get(f"gates.{point}.text", "en") if point else "")


def test_evidence_is_a_point_that_the_work_may_bring(factory: Ready) -> None:
    ids = factory.compiled.ids
    assert proofs(factory, 3, ids.actions.index("exchange")) == ["P3.middle", "P3.gate", ""]
    assert proofs(factory, 1, ids.actions.index("find_coach"))[0] == "P1.coach"
    assert proofs(factory, 3, ids.actions.index("consulting_fee")) == [""], "a breach is never advised"


def test_whom_and_evidence_are_chosen_by_pressing(factory: Ready) -> None:
    play = at_a_gate(factory)
    screen = GateScreen(play)
    for a in offered(factory, screen.stage + 1)[:MOST]:
        screen.on(TogglePlan(a))
    for k, task in enumerate(screen.plan):
        people, shows = screen.people(task), proofs(factory, screen.stage + 1, task.action)
        for _ in people:
            screen.on(NextPerson(k))
        for _ in shows:
            screen.on(NextProof(k))
        assert screen.plan[k] == task, "round once"
        screen.on(NextProof(k))
        assert screen.plan[k].proof == (shows[1] if len(shows) > 1 else task.proof)
    screen.on(PassGate())
    plan = last_of(play.playing.statements, PlanSaid)
    assert plan and [t.proof for t in plan.tasks] == [task.proof for task in screen.plan]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_plan_is_changed_at_the_terminal_by_a_few_words(factory: Ready, language: str) -> None:
    say, play, lines = Say(language), at_a_gate(factory), list[str]()
    s, stage = play.playing.state, play.playing.state.x[STAGE] + 1
    exchange = factory.compiled.ids.actions.index("exchange")
    task = new_task(factory, s, stage, exchange, 0)
    words = {key: say(f"con.plan.{key}") for key in ("week", "owner", "with", "evidence")}
    answers = iter(
        ["7 " + words["week"], "1 nonsense", f"1 {words['week']} 99", f"1 {words['with']}", f"1 {words['evidence']}", ""]
    )
    table = PlanTable(factory, Teller(factory, say), stage, s, lambda _: next(answers), lines.append)
    (changed,) = table.settled([task])
    assert changed.week == factory.scenario.deal.weeks
    assert changed.person != task.person and changed.proof != task.proof and changed.owner == task.owner
    assert lines.count(say("con.plan_how")) == 2


def test_what_was_done_for_good_or_costs_nothing_is_not_offered(factory: Ready) -> None:
    play = at_a_gate(factory)
    s, ids, t = play.playing.state, factory.compiled.ids, factory.compiled.tables
    coach = ids.actions.index("find_coach")
    assert coach in offered(factory, 2, s)
    s.x[ids.slots.index("said.coach")] = 1
    assert coach not in offered(factory, 2, s)
    assert not any(t.action_free[a] for a in offered(factory, 1))
