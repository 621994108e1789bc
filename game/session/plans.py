"""The plan made at a gate: tasks on five lines, each with whom it is for, who does it, by which week, and what will show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from game.play.statements import MAX_PLAN, PlannedTask, PlanSaid
from game.scenario import topics
from game.scenario.linear import Both, Not
from game.scenario.load import Ready
from game.scenario.tables import WEEK, State
from game.words.ways import asked, brought

Choice = TypeVar("Choice")
MOST = MAX_PLAN
"""Tasks of a plan."""
AFTER = 2
"""Weeks offered for each lot of tasks that can be done side by side, after the lot before."""


@dataclass(frozen=True)
class Task:
    """An action planned: by number, who of those that can does it, by which week, on whom (-1: whoever fits), and the acceptance
    point that will show that it worked, as "stage.point" ('' for none)."""

    action: int
    owner: int
    week: int
    person: int = -1
    proof: str = ""


def line_of(ready: Ready, action: int) -> str:
    """The sub-strategy it belongs to."""
    return topics.line_of(ready.scenario.actions[ready.compiled.ids.actions[action]].family)


def offered(ready: Ready, stage: int, s: State | None = None) -> list[int]:
    """The actions of this stage that one may plan: first those that the stage before did not have. What is decided at once needs
    no plan; nor does, as things stand in `s`, what was done for good."""
    t = ready.compiled.tables
    if stage >= t.n_stage:
        return []
    here = t.stage_action[t.stage_off[stage - 1] : t.stage_off[stage]] if stage else []
    there = t.stage_action[t.stage_off[stage] : t.stage_off[stage + 1]]
    new = [a for a in there if a not in here]
    planned = [a for a in new + [a for a in there if a in here] if not t.action_breach[a] and not t.action_free[a]]
    return [a for a in planned if s is None or not done(ready, s, a)]


def done(ready: Ready, s: State, action: int) -> bool:
    """Whether an action asks that something has not been said yet, and it has."""
    ids = ready.compiled.ids
    condition = ready.conditions.get(("actions", ids.actions[action], "when"))
    parts = condition.parts if isinstance(condition, Both) else [condition]
    barred = [name for part in parts if isinstance(part, Not) for name in asked(part.part)]
    return any(name.startswith("said.") and s.x[ids.slots.index(name)] for name in barred)


def after(choices: list[Choice], one: Choice) -> Choice:
    """The next of some choices, the first after the last."""
    return choices[(choices.index(one) + 1) % len(choices)]


def owners(ready: Ready, action: int) -> list[int]:
    """Who may do it, the one it suits best first."""
    t = ready.compiled.tables
    fit: dict[int, int] = {}
    for pair in range(t.action_pair[action], t.action_pair[action + 1]):
        for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1]):
            fit[t.arm_member[arm]] = max(fit.get(t.arm_member[arm], -(1 << 40)), t.arm_fit[arm])
    return sorted(fit, key=lambda m: -fit[m])


def targets(ready: Ready, s: State, action: int) -> list[int]:
    """On whom it may be planned: first -1 for whoever fits, then the people we know of."""
    t = ready.compiled.tables
    people = t.pair_person[t.action_pair[action] : t.action_pair[action + 1]]
    known = [p for p in people if p >= 0 and s.x[t.found0 + p] and s.x[t.here0 + p]]
    return known if len(known) == 1 else [-1, *known]


def proofs(ready: Ready, stage: int, action: int) -> list[str]:
    """The acceptance points from a stage's gate on that the action may bring, as "stage.point", then '' for none."""
    brings = brought(ready, ready.compiled.ids.actions[action])
    gates = [(name, k, p) for name in ready.compiled.ids.stages[stage:] for k, p in enumerate(ready.scenario.gates.get(name, []))]
    return [*(f"{name}.{p.id}" for name, k, p in gates if asked(ready.conditions["gates", name, k, "when"]) & brings), ""]


def new_task(ready: Ready, s: State, stage: int, action: int, before: int) -> Task:
    """A task as it is offered: the best owner, a week by what can be done side by side, and the first point that may show it."""
    week = min(s.x[WEEK] + AFTER * (1 + before // ready.compiled.tables.fronts), ready.scenario.deal.weeks)
    whom, proof = targets(ready, s, action)[0], proofs(ready, stage, action)[0]
    return Task(action, (owners(ready, action) or [0])[0], week, whom, proof)


def plan_said(ready: Ready, stage: int, tasks: Sequence[Task]) -> PlanSaid:
    """The plan for the record."""
    return PlanSaid(stage=ready.compiled.ids.stages[stage], tasks=tuple(_by_name(ready, task) for task in tasks))


def _by_name(ready: Ready, task: Task) -> PlannedTask:
    ids = ready.compiled.ids
    return PlannedTask(
        action=ids.actions[task.action],
        owner=ids.members[task.owner],
        week=task.week,
        on=ids.people[task.person] if task.person >= 0 else "",
        proof=task.proof,
    )
