"""What became of it: the only judge of what was kept, done, met and claimed. Desk, debrief, terminal and report ask here.

Everything is by number or by the scenario's names; words are for others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from game.engine.gates import required_met
from game.engine.odds import holds, rounded
from game.play.decisions import action_of, starts
from game.play.happenings import (
    Came,
    ClaimHeard,
    EventCame,
    GateClaimed,
    Happening,
    RivalMoved,
    Told,
    WorkDropped,
)
from game.play.playing import Playing
from game.play.statements import PlannedTask, PlanSaid, all_of
from game.play.walk import Moment, walk
from game.scenario.compiled import Ids
from game.scenario.tables import PASS, STAGE, STARTS, WEEK, WINNER, State, Tables

Grade = Literal["sure", "success", "partly", "failure"]
PromiseBecame = Literal["open", "kept", "broken"]
TaskBecame = Literal["done", "tried", "open"]
FactStatus = Literal["unknown", "heard", "denied", "true", "false"]
LEVELS = 2
"""Stances are told as levels from -2 to 2."""


# ---- actions
def grade_of(t: Tables, action: int, branch: int) -> Grade:
    """How an action's branch counts: the first is success, the last failure; the only one was sure."""
    roll = t.action_roll[action]
    k, n = branch - t.roll_branch[roll], branches_of(t, action)
    return "sure" if n == 1 else "success" if k == 0 else "failure" if k == n - 1 else "partly"


def branches_of(t: Tables, action: int) -> int:
    """How many ways an action may end."""
    roll = t.action_roll[action]
    return t.roll_end[roll] - t.roll_branch[roll]


def came_to(playing: Playing, number: int, decision: int) -> Came | None:
    """How the work that a decision started came to its end; None while it runs, and where it was dropped."""
    arm = decision - STARTS
    for h in playing.happenings:
        if h.after >= number and isinstance(h, (Came, WorkDropped)) and h.arm == arm:
            return h if isinstance(h, Came) else None
    return None


def grade_came(t: Tables, came: Came) -> Grade:
    """How it counts."""
    return grade_of(t, t.pair_action[t.arm_pair[came.arm]], came.branch)


def rival_succeeded(t: Tables, moved: RivalMoved) -> bool:
    """Whether a rival's move came to its first branch."""
    return moved.branch == t.roll_branch[t.move_roll[moved.move]]


# ---- people and facts
def stance_level(t: Tables, s: State, person: int) -> int:
    """How somebody truly stands, as a level: rounded as the rules do where they read it."""
    return max(-LEVELS, min(LEVELS, rounded(s.x[t.stance0 + person], 100)))


def read_level(t: Tables, s: State, person: int) -> int | None:
    """The level last read; None where nobody read it."""
    return s.x[t.level0 + person] // 100 if s.x[t.read_sure0 + person] else None


def fact_status(t: Tables, s: State, fact: int) -> FactStatus:
    """What we hold of a fact: the latest word counts."""
    blocks: tuple[tuple[FactStatus, int], ...] = (
        ("false", t.refuted0),
        ("true", t.knows0),
        ("denied", t.denied0),
        ("heard", t.heard0),
    )
    return next((status for status, block in blocks if s.x[block + fact]), "unknown")


def spoke(playing: Playing, person: int) -> bool:
    """Whether this person told us anything."""
    return any(isinstance(h, ClaimHeard) and h.source == person for h in playing.happenings)


# ---- promises
@dataclass(frozen=True, kw_only=True)
class PromiseOutcome:
    """A promise that was made, and what became of it; `week` when that was settled, 0 before."""

    name: str
    became: PromiseBecame
    week: int


def promises(ids: Ids, t: Tables, s: State, happenings: Sequence[Happening]) -> list[PromiseOutcome]:
    """The ledger, in the scenario's order. A promise is settled by its event, whose branch says whether it was kept."""
    found = []
    for k, name in enumerate(promise_names(ids)):
        if s.x[t.promised0 + k]:
            event = ids.events.index(f"promises.{name}")
            settled = [h for h in happenings if isinstance(h, EventCame) and h.event == event]
            became: PromiseBecame = "open"
            if settled:
                became = "kept" if branch_name(ids, settled[-1]) == "kept" else "broken"
            found.append(PromiseOutcome(name=name, became=became, week=settled[-1].week if settled else 0))
    return found


def promise_names(ids: Ids) -> list[str]:
    """The promises that can be made."""
    return [slot.removeprefix("promised.") for slot in ids.slots if slot.startswith("promised.")]


def branch_name(ids: Ids, told: Told) -> str:
    """The author's name of the branch that came."""
    return ids.branches[told.branch].rpartition(".")[2]


# ---- gates
def points_met(ids: Ids, t: Tables, s: State) -> set[str]:
    """The acceptance points of all gates that hold now, as "stage.point"."""
    return {name for name, condition in zip(ids.points, t.point_cond, strict=False) if holds(t, s, condition, 0, 0)}


def met_at_gates(playing: Playing, moments: Sequence[Moment]) -> dict[str, set[str]]:
    """By stage: the points that held when its gate was passed; those of the stage under way hold as of now."""
    ids, t = playing.compiled.ids, playing.compiled.tables
    found = {ids.stages[m.before.x[STAGE]]: points_met(ids, t, m.before) for m in moments if m.decision == PASS}
    afterwards = [*(m.before for m in moments[1:]), playing.state][: len(moments)]
    for m, after in zip(moments, afterwards, strict=True):  # those that the award closed
        for g in range(m.before.x[STAGE] + (m.decision == PASS), after.x[STAGE]):
            found[ids.stages[g]] = points_met(ids, t, after)
    if playing.state.x[STAGE] < t.n_stage:
        found[ids.stages[playing.state.x[STAGE]]] = points_met(ids, t, playing.state)
    return found


@dataclass(frozen=True, kw_only=True)
class Offence:
    """Something against the rules of fair dealing: a breach (`action` is its number) or a false claim at a gate (-1)."""

    number: int
    week: int
    stage: int
    action: int


def offences(playing: Playing) -> list[Offence]:
    """Every breach and every false claim, in order."""
    t, found = playing.compiled.tables, []
    for m in walk(playing):
        claimed = m.decision == PASS and not required_met(t, m.before)
        breach = action_of(t, m.decision) if starts(t, m.decision) else -1
        if claimed or (breach >= 0 and t.action_breach[breach]):
            week, stage = m.before.x[WEEK], min(m.before.x[STAGE], t.n_stage - 1)
            found.append(Offence(number=m.number, week=week, stage=stage, action=breach))
    return found


# ---- plans
@dataclass(frozen=True, kw_only=True)
class TaskOutcome:
    """What became of a planned task until the next gate was passed. `came` is what counts: the first success, else the last
    end; `late` in weeks; `proven`: whether the evidence named for it was there at the gate."""

    task: PlannedTask
    became: TaskBecame
    came: Came | None
    late: int
    other_member: bool
    other_person: bool
    proven: bool


def plans(playing: Playing) -> list[tuple[str, list[TaskOutcome]]]:
    """(stage, what became of its tasks) of every plan on record. Tasks by names that the scenario does not have are left out."""
    said = all_of(playing.statements, PlanSaid)
    moments = list(walk(playing)) if said else []
    met = met_at_gates(playing, moments)
    ids = playing.compiled.ids
    found = []
    for plan in said:
        known = [task for task in plan.tasks if task.action in ids.actions and task.owner in ids.members]
        found.append((plan.stage, [_task_outcome(playing, plan, task, moments, met.get(plan.stage, set())) for task in known]))
    return found


def _task_outcome(playing: Playing, plan: PlanSaid, task: PlannedTask, moments: Sequence[Moment], met: set[str]) -> TaskOutcome:
    t, ids = playing.compiled.tables, playing.compiled.ids
    starts = list(_starts(playing, plan, task, moments))
    ends = [came for m in starts if (came := came_to(playing, m.number, m.decision)) is not None]
    good = next((came for came in ends if grade_came(t, came) in ("success", "sure")), None)
    came = good or (ends[-1] if ends else None)
    return TaskOutcome(
        task=task,
        became="done" if good else "tried" if starts else "open",
        came=came,
        late=max(0, came.week - task.week) if came else 0,
        other_member=came is not None and came.member != ids.members.index(task.owner),
        other_person=came is not None and task.on in ids.people and came.person != ids.people.index(task.on or ""),
        proven=task.proof in met,
    )


def _starts(playing: Playing, plan: PlanSaid, task: PlannedTask, moments: Sequence[Moment]) -> Iterator[Moment]:
    """Where the planned action was started: after the plan was made, before the gate of its stage was passed."""
    t, action = playing.compiled.tables, playing.compiled.ids.actions.index(task.action)
    for m in moments[plan.at :]:
        if m.decision == PASS and m.number > plan.at + 1:
            return
        if starts(t, m.decision) and action_of(t, m.decision) == action:
            yield m


# ---- the award
def award_odds(playing: Playing) -> list[int]:
    """Every bidder's true chance as it was drawn, in whole percent; empty before the award."""
    return [(odds + 50) // 100 for odds in playing.state.bid_odds] if playing.state.x[WINNER] else []


def winner(playing: Playing) -> int:
    """The bidder that won, by number; -1 before the award."""
    return playing.state.x[WINNER] - 1


def claimed_gates(happenings: Sequence[Happening]) -> list[GateClaimed]:
    """The gates passed by a false claim."""
    return [h for h in happenings if isinstance(h, GateClaimed)]
