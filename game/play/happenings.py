"""What happened, as one reads it: the engine's trace in kinds, each with fields of its own.

People, members, facts and the like are the tables' numbers, -1 for nobody. Odds and rolls are in 1/10000.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from game.engine import chance
from game.engine.chance import TRACE_WIDTH
from game.scenario.tables import CLAIM, INTEL, READ_TARGET, VERIFY

COLUMNS = ("what", "person", "member", "odds", "drawn", "result")
"""Of a row of the trace, between its kind and its week."""
SECRET = ("odds", "drawn")
"""Columns that nobody is told while the deal runs."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened after the decision with this number (0: before the first)."""

    kind: ClassVar[int] = -1
    columns: ClassVar[Mapping[str, str]] = {}
    """The trace's columns by the fields they fill."""
    fixed: ClassVar[Mapping[str, int]] = {}
    """What other columns hold; those not named at all are -1 (who) or 0."""

    after: int
    week: int


@dataclass(frozen=True, kw_only=True)
class Told(Happening):
    """A branch with words of its own came. `before`: how often the same words were due already."""

    branch: int
    before: int = 0


@dataclass(frozen=True, kw_only=True)
class Started(Happening):
    """A member began an action."""

    kind = chance.DID
    columns = {"what": "arm", "person": "person", "member": "member", "odds": "odds"}
    arm: int
    person: int
    member: int
    odds: int


@dataclass(frozen=True, kw_only=True)
class Came(Told):
    """An action came to its end."""

    kind = chance.CAME
    columns = {**Started.columns, "drawn": "drawn", "result": "branch"}
    arm: int
    person: int
    member: int
    odds: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class WorkDropped(Happening):
    """Work on somebody who has left came to nothing."""

    kind = chance.DROPPED
    columns = {"what": "arm", "person": "person", "member": "member"}
    arm: int
    person: int
    member: int


@dataclass(frozen=True, kw_only=True)
class Reading(Happening):
    """We learnt something."""

    kind = chance.READ


@dataclass(frozen=True, kw_only=True)
class StanceRead(Reading):
    """How somebody seems to stand: a level from -2 to 2, with the reliability of the reading."""

    columns = {"person": "person", "odds": "sure", "result": "level"}
    fixed = {"what": READ_TARGET}
    person: int
    sure: int
    level: int


@dataclass(frozen=True, kw_only=True)
class ClaimHeard(Reading):
    """Somebody (`source`) says (1) or denies (0) that a fact is so."""

    columns = {"person": "fact", "member": "source", "odds": "sure", "result": "says"}
    fixed = {"what": CLAIM}
    fact: int
    source: int
    sure: int
    says: int


@dataclass(frozen=True, kw_only=True)
class FactProved(Reading):
    """A fact was proved (1) or refuted (0)."""

    columns = {"person": "fact", "result": "true"}
    fixed = {"what": VERIFY}
    fact: int
    true: int


@dataclass(frozen=True, kw_only=True)
class IntelHeard(Reading):
    """What a rival prepares, as far as we heard, and on whom."""

    columns = {"person": "rival", "member": "person", "odds": "sure", "result": "move"}
    fixed = {"what": INTEL}
    rival: int
    person: int
    sure: int
    move: int


@dataclass(frozen=True, kw_only=True)
class EventCame(Told):
    kind = chance.HAPPENED
    columns = {"what": "event", "odds": "odds", "drawn": "drawn", "result": "branch"}
    event: int
    odds: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class EventPrevented(Happening):
    """An event would have come, but we were guarded against it."""

    kind = chance.PREVENTED
    columns = {"what": "event", "result": "branch"}
    event: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class RivalMoved(Told):
    kind = chance.MOVED
    columns = {"what": "move", "person": "person", "member": "rival", "odds": "odds", "drawn": "drawn", "result": "branch"}
    move: int
    person: int
    rival: int
    odds: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class PhaseTurned(Happening):
    """The customer went on to this phase."""

    kind = chance.TURNED
    columns = {"what": "phase", "result": "branch"}
    phase: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class StepTaken(Happening):
    """The procurement went on to this step."""

    kind = chance.STEPPED
    columns = {"what": "step", "result": "branch"}
    step: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class Awarded(Happening):
    """The customer decided for this bidder; `odds` were ours."""

    kind = chance.AWARDED
    columns = {"result": "winner", "odds": "odds"}
    winner: int
    odds: int


@dataclass(frozen=True, kw_only=True)
class GatePassed(Happening):
    """We passed the gate of this stage; `debt` in hundredths."""

    kind = chance.PASSED
    columns = {"what": "stage", "odds": "debt"}
    stage: int
    debt: int


@dataclass(frozen=True, kw_only=True)
class GateClaimed(Happening):
    """We passed it by claiming what is not so."""

    kind = chance.CLAIMED
    columns = {"what": "stage", "odds": "debt", "result": "branch"}
    stage: int
    debt: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class DealEnded(Happening):
    kind = chance.OVER
    columns = {"what": "ending"}
    ending: int


PLAIN_KINDS: tuple[type[Happening], ...] = (
    Started,
    Came,
    WorkDropped,
    EventCame,
    EventPrevented,
    RivalMoved,
    PhaseTurned,
    StepTaken,
    Awarded,
    GatePassed,
    GateClaimed,
    DealEnded,
)
BY_KIND: dict[int, type[Happening]] = {one.kind: one for one in PLAIN_KINDS}
READINGS: dict[int, type[Reading]] = {one.fixed["what"]: one for one in (StanceRead, ClaimHeard, FactProved, IntelHeard)}


def of_row(after: int, row: Sequence[int]) -> Happening:
    """A row of the trace, read."""
    found = READINGS[row[1]] if row[0] == chance.READ else BY_KIND[row[0]]
    values = {name: row[1 + COLUMNS.index(column)] for column, name in found.columns.items()}
    return found(after=after, week=row[-1], **values)


def of_trace(after: int, trace: Sequence[int]) -> list[Happening]:
    """All rows of a trace, in the order in which things happened."""
    return [of_row(after, trace[k : k + TRACE_WIDTH]) for k in range(0, len(trace), TRACE_WIDTH)]


def announced_row(happening: Happening) -> list[int]:
    """The row again, with what everybody was told of it: odds and rolls are 0."""
    row = {"what": 0, "person": -1, "member": -1, "odds": 0, "drawn": 0, "result": 0, **happening.fixed}
    row |= {column: getattr(happening, name) for column, name in happening.columns.items() if column not in SECRET}
    return [happening.kind, *(row[column] for column in COLUMNS), happening.week]
