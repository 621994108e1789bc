"""What a trainee puts on record beside decisions: forecasts, go or no-go, plans, sorted evidence, names, lessons.

A statement changes no quantity. Each kind reads itself from JSON and gives itself back as the very same JSON; `at` is the number
of decisions that had been taken when it was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

from game.errors import RecordError

MODES = ("practice", "workshop", "exam")
"""Practice can take decisions back and asks for hints; an exam shows words instead of numbers."""
QUADRANTS = ("strength", "weakness", "opportunity", "threat")
MAX_PLAN = 5
MOST_AT_TABLE = 12
"""People at one deal."""
LONGEST_NAME = 60
LONGEST_LESSON = 1_000
LONGEST = 5_000
"""Characters of a statement as it is written."""

Data = dict[str, Any]
OneKind = TypeVar("OneKind", bound="Statement")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Of any kind. In JSON `from_` is written "from": a word that Python keeps."""

    kind: ClassVar[str] = ""

    at: int = 0

    def as_json(self) -> Data:
        """As a record writes it."""
        return {"kind": self.kind, **{f.name.rstrip("_"): _plain(getattr(self, f.name)) for f in fields(self)}}

    def sound(self) -> bool:
        """Whether what it says can be meant, given that every field is of its type."""
        return True


@dataclass(frozen=True, kw_only=True)
class ForecastSaid(Statement):
    """Stated at a gate: the chance to win in percent, the value in money, the week of signature."""

    kind = "forecast"
    stage: str
    win: int
    value: int
    week: int

    def sound(self) -> bool:
        return 0 <= self.win <= 100


@dataclass(frozen=True, kw_only=True)
class GoSaid(Statement):
    kind = "go"
    stage: str
    go: bool


@dataclass(frozen=True, kw_only=True)
class PlannedTask:
    """By names: an action, who does it, by which week; perhaps on whom, and the acceptance point ("stage.point") that will show
    that it worked. None where it was not written at all."""

    action: str
    owner: str
    week: int
    on: str | None = None
    proof: str | None = None

    def as_json(self) -> Data:
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}


@dataclass(frozen=True, kw_only=True)
class PlanSaid(Statement):
    """What is planned for the next stage, whose name it gives."""

    kind = "plan"
    stage: str
    tasks: tuple[PlannedTask, ...]

    def sound(self) -> bool:
        return len(self.tasks) <= MAX_PLAN


@dataclass(frozen=True, kw_only=True)
class SortingSaid(Statement):
    """Evidence by quadrant: fact → quadrant."""

    kind = "swot"
    stage: str
    sorted: Mapping[str, str]

    def sound(self) -> bool:
        return all(quadrant in QUADRANTS for quadrant in self.sorted.values())


@dataclass(frozen=True, kw_only=True)
class LessonSaid(Statement):
    kind = "lesson"
    text: str


@dataclass(frozen=True, kw_only=True)
class ModeSaid(Statement):
    kind = "mode"
    mode: str

    def sound(self) -> bool:
        return self.mode in MODES


@dataclass(frozen=True, kw_only=True)
class NameSaid(Statement):
    """Who plays: a person or a team."""

    kind = "name"
    text: str

    def sound(self) -> bool:
        return len(self.text) <= LONGEST_NAME


@dataclass(frozen=True, kw_only=True)
class ProposalsSaid(Statement):
    """What others at the table proposed before the captain decided: who → the decision, in a record's words."""

    kind = "proposals"
    by: Mapping[str, str]

    def sound(self) -> bool:
        return len(self.by) <= MOST_AT_TABLE


@dataclass(frozen=True, kw_only=True)
class AfterSaid(Statement):
    """The deal goes on from how another ended; `seal` is the last link of that deal's record."""

    kind = "after"
    from_: str
    seal: str


KINDS: dict[str, type[Statement]] = {
    one.kind: one
    for one in (ForecastSaid, GoSaid, PlanSaid, SortingSaid, LessonSaid, ModeSaid, NameSaid, ProposalsSaid, AfterSaid)
}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [task.as_json() for task in value]
    return dict(value) if isinstance(value, Mapping) else value


# ---- reading
def read_statement(raw: Any) -> Statement:
    """A statement of exactly the fields of its kind; RecordError for anything else, whatever it is."""
    kind = raw.get("kind") if isinstance(raw, dict) else None
    found = KINDS.get(kind) if isinstance(kind, str) else None
    if found is None or len(str(raw)) > LONGEST:
        raise RecordError("error.record.statement")
    names = {f.name.rstrip("_"): f for f in fields(found)}
    if set(raw) != {"kind", *names}:
        raise RecordError("error.record.statement")
    statement = found(**{f.name: READERS[str(f.type)](raw[name]) for name, f in names.items()})
    if not statement.sound():
        raise RecordError("error.record.statement")
    return statement


def _of_type(wanted: type) -> Callable[[Any], Any]:
    """Takes a value of exactly this type: no bool for a number."""

    def read(value: Any) -> Any:
        if type(value) is not wanted:
            raise RecordError("error.record.statement")
        return value

    return read


def _words(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(type(word) is str for pair in value.items() for word in pair):
        raise RecordError("error.record.statement")
    return dict(value)


def _tasks(value: Any) -> tuple[PlannedTask, ...]:
    if type(value) is not list:
        raise RecordError("error.record.statement")
    return tuple(map(_task, value))


def _task(raw: Any) -> PlannedTask:
    must = {"action", "owner", "week"}
    if not isinstance(raw, dict) or not must <= set(raw) <= must | {"on", "proof"}:
        raise RecordError("error.record.statement")
    return PlannedTask(**{name: _of_type(int if name == "week" else str)(value) for name, value in raw.items()})


READERS: dict[str, Callable[[Any], Any]] = {
    "int": _of_type(int),
    "str": _of_type(str),
    "bool": _of_type(bool),
    "Mapping[str, str]": _words,
    "tuple[PlannedTask, ...]": _tasks,
}
"""By the type of a field as it is written above."""


# ---- asking
def all_of(statements: Iterable[Statement], kind: type[OneKind]) -> list[OneKind]:
    """Those of one kind, in the order in which they were made."""
    return [one for one in statements if isinstance(one, kind)]


def last_of(statements: Sequence[Statement], kind: type[OneKind]) -> OneKind | None:
    """The latest of a kind; None where there is none."""
    return next((one for one in reversed(statements) if isinstance(one, kind)), None)
