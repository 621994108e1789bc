"""What one viewer may see of a deal that a team plays: what all knew at the last meeting, and what they learnt themselves since.

What may be done and what is under way is everybody's; only readings — stances, facts, a rival's plans — belong at first to the
role that made them. A viewer stands in for the play where the boards are made, so nothing has to be taken away afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from game.belief.belief import Belief
from game.belief.watched import Watched
from game.engine.state import copy_state
from game.play.happenings import Came, ClaimHeard, FactProved, Happening, IntelHeard, Reading, StanceRead
from game.play.playing import Playing
from game.scenario.tables import State, Tables


@dataclass(frozen=True)
class Meeting:
    """What all of the team knew when the boards were last brought up to date."""

    many: int
    """Happenings by then."""
    state: State
    facts: list[float]
    levels: list[list[float]]
    holds: list[list[float]]
    """By rival and person."""

    @classmethod
    def of(cls, watched: Watched) -> Meeting:
        """As things stand now."""
        t = watched.playing.compiled.tables
        return cls(
            len(watched.happenings),
            copy_state(watched.state),
            [watched.fact(f) for f in range(t.n_fact)],
            [watched.levels(p) for p in range(t.n_person)],
            [[watched.hold(r, p) for p in range(t.n_person)] for r in range(t.n_rival)],
        )


def readings_of(happenings: Sequence[Happening], since: int) -> Iterable[tuple[int, Reading]]:
    """(member, reading) for all that somebody learnt on their own since a meeting; what the world told is nobody's secret."""
    by = -1
    for h in happenings[since:]:
        if isinstance(h, Came):
            by = h.member
        elif not isinstance(h, Reading):
            by = -1
        elif by >= 0:
            yield by, h


def private(happenings: Sequence[Happening], since: int, member: int) -> list[Happening]:
    """What this member learnt on their own since then."""
    return [h for by, h in readings_of(happenings, since) if by == member]


def public(happenings: Sequence[Happening], new: Sequence[Happening], since: int, member: int | None) -> list[Happening]:
    """Of some happenings those that this viewer knows of."""
    secret = {id(h) for by, h in readings_of(happenings, since) if by != member}
    return [h for h in new if id(h) not in secret]


@dataclass(frozen=True)
class Secrets:
    """By number: facts, people and rivals that somebody else has read since the meeting."""

    facts: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    rivals: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Secrets:
        found = cls()
        for h in readings:
            group, column = ABOUT[type(h)]
            getattr(found, group).add(getattr(h, column))
        return found

    def without(self, other: Secrets) -> Secrets:
        """Less those."""
        return Secrets(self.facts - other.facts, self.people - other.people, self.rivals - other.rivals)


class Viewer:
    """A play as this viewer sees it: stands where a `Watched` stands. `member` None is the whole table, who know only what all
    know."""

    def __init__(self, watched: Watched, meeting: Meeting, member: int | None) -> None:
        self.watched, self.meeting, self.member = watched, meeting, member
        readings = list(readings_of(watched.happenings, meeting.many))
        own = [h for by, h in readings if by == member]
        secrets = Secrets.of(h for by, h in readings if by != member)
        self.seen = remembered(watched.playing.compiled.tables, watched.state, meeting.state, secrets, own)
        self.secrets = secrets.without(Secrets.of(own))
        """Of what is only believed, what they looked into themselves is theirs too."""

    @property
    def playing(self) -> Playing:
        return self.watched.playing

    @property
    def state(self) -> State:
        return self.watched.state

    @property
    def happenings(self) -> list[Happening]:
        """What came about, without what somebody else learnt on their own since the meeting."""
        happened = self.watched.happenings
        return public(happened, happened, self.meeting.many, self.member)

    @property
    def belief(self) -> Belief:
        return self.watched.belief

    def fact(self, fact: int) -> float:
        return self.meeting.facts[fact] if fact in self.secrets.facts else self.watched.fact(fact)

    def levels(self, person: int) -> list[float]:
        return self.meeting.levels[person] if person in self.secrets.people else self.watched.levels(person)

    def hold(self, rival: int, person: int) -> float:
        return self.meeting.holds[rival][person] if person in self.secrets.people else self.watched.hold(rival, person)


def remembered(t: Tables, now: State, then: State, secrets: Secrets, own: Iterable[Reading]) -> State:
    """The state with what is secret as it was known at the meeting, and what one learnt oneself since."""
    found = copy_state(now)
    blocks = [(f, block) for f in secrets.facts for block in (t.heard0, t.denied0, t.knows0, t.refuted0)]
    blocks += [(p, block) for p in secrets.people for block in (t.level0, t.read_week0, t.read_sure0, t.wins0)]
    blocks += [(r, t.intel0) for r in secrets.rivals]
    for one, block in blocks:
        found.x[block + one] = then.x[block + one]
    for r in secrets.rivals:
        found.intel_move[r], found.intel_person[r], found.intel_week[r] = (
            then.intel_move[r],
            then.intel_person[r],
            then.intel_week[r],
        )
    for h in own:
        learn(t, found, h)
    return found


def learn(t: Tables, s: State, h: Reading) -> None:
    """Put into a state what somebody learnt, as the rules did when it was read."""
    LEARNT[type(h)](t, s, h)


def _stance(t: Tables, s: State, h: StanceRead) -> None:
    s.x[t.level0 + h.person], s.x[t.read_week0 + h.person], s.x[t.read_sure0 + h.person] = h.level * 100, h.week, h.sure


def _claim(t: Tables, s: State, h: ClaimHeard) -> None:
    s.x[t.heard0 + h.fact], s.x[t.denied0 + h.fact] = h.says, 1 - h.says


def _proof(t: Tables, s: State, h: FactProved) -> None:
    s.x[t.heard0 + h.fact] = s.x[t.denied0 + h.fact] = 0
    s.x[t.knows0 + h.fact], s.x[t.refuted0 + h.fact] = h.true, 1 - h.true


def _intel(t: Tables, s: State, h: IntelHeard) -> None:
    s.intel_move[h.rival], s.intel_person[h.rival], s.intel_week[h.rival] = h.move, h.person, h.week
    s.x[t.intel0 + h.rival] = 1


LEARNT: dict[type[Reading], Callable[[Tables, State, Any], None]] = {
    StanceRead: _stance,
    ClaimHeard: _claim,
    FactProved: _proof,
    IntelHeard: _intel,
}
"""What each kind of reading puts into the state of who learnt it."""
ABOUT: dict[type[Reading], tuple[str, str]] = {
    StanceRead: ("people", "person"),
    ClaimHeard: ("facts", "fact"),
    FactProved: ("facts", "fact"),
    IntelHeard: ("rivals", "rival"),
}
"""What each kind is about: the group of `Secrets`, and where its number stands in the reading."""
