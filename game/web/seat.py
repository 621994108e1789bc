"""A seat of a room: a name, a deal, and what its browser shows."""

from __future__ import annotations

import secrets
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.fonts import Type
from game.play.statements import ForecastSaid, last_of
from game.scenario.tables import STAGE, WEEK
from game.screens.briefing import BriefingScreen
from game.screens.desk import DeskScreen
from game.screens.ending import EndingScreen
from game.screens.lobby import LobbyScreen
from game.screens.messages import AgainOf, BranchOf
from game.screens.screen import Screen
from game.screens.settings import Settings
from game.session.session import Session
from game.session.table import CAPTAIN, Mate, Table
from game.web.store import MateRow, SeatRow
from game.web.view import View

Put = Callable[[Session], tuple[list[Path], str]]


class Place(ABC):
    """A browser at a deal: a seat's own, or that of somebody else in its team."""

    @property
    @abstractmethod
    def seat(self) -> Seat:
        """The seat that this place belongs to."""

    @property
    @abstractmethod
    def number(self) -> int:
        """Of this place at its table."""

    @property
    @abstractmethod
    def voter(self) -> int:
        """Who votes from here: everybody once."""

    def __init__(
        self, name: str, member: int, language: str, guide: Callable[[str, Any], Screen], type_: Type, first: Screen
    ) -> None:
        self.name, self.member = name, member
        self.since = 0
        """The last note said before they came."""
        self.lines = 0
        """Open lines to this browser."""
        self.seen_at = 0.0
        """When it was last heard of (monotonic seconds)."""
        self.done: deque[int] = deque(maxlen=RECENT)
        """The numbers of the latest acts, of all its tabs: one that comes twice is done once."""
        settings = Settings(language=language, led=False, name=name, sound=False)
        self.view = View(settings, guide, type_, first)

    def here(self, now: float) -> bool:
        """Whether the browser is open."""
        return now - self.seen_at < PRESENT


class Seat(Place):
    """Whoever sits here. `session` is the deal that counts; what is practised afterwards is in the view alone."""

    def __init__(self, row: SeatRow, session: Session, language: str, type_: Type, put: Put) -> None:
        self.id, self.session, self.put, self.type = row.id, session, put, type_
        self.title = row.name
        """What the deal is called: the trainee's name, or the team's."""
        self.out = row.out
        self.decided_at = time.monotonic()
        self.mates: dict[int, TeamMate] = {}
        super().__init__(row.captain or row.name, 0, language, self.guide, type_, self.first())
        self.since = row.since
        if row.captain:
            session.table = Table(session.ready.compiled, {CAPTAIN: Mate(CAPTAIN, row.captain, 0)})
            session.play_as_team(True)

    @property
    def seat(self) -> Seat:
        return self

    @property
    def number(self) -> int:
        return CAPTAIN

    @property
    def voter(self) -> int:
        return self.id

    def add(self, row: MateRow) -> TeamMate:
        """Somebody more in this team."""
        table = self.session.table
        assert table is not None
        mate = TeamMate(self, row)
        self.mates = {**self.mates, row.id: mate}
        table.mates = {**table.mates, row.id: Mate(row.id, row.name, row.member)}
        return mate

    def remove(self, mate: int) -> None:
        """Somebody is no longer in this team."""
        table = self.session.table
        assert table is not None
        self.mates = {k: one for k, one in self.mates.items() if k != mate}
        table.mates = {k: one for k, one in table.mates.items() if k != mate}
        table.proposed = {k: decision for k, decision in table.proposed.items() if k != mate}

    def first(self) -> Screen:
        """What somebody sees who comes in."""
        return LobbyScreen(self.session)

    def guide(self, name: str, thing: Any) -> Screen:
        """Makes screens by their names. A deal played again is for practice: it is not kept and does not count."""
        play = self._deal(thing)
        if play is None or name == "title":
            return self.first()
        if name == "briefing":
            return BriefingScreen(play, named=True)
        return EndingScreen(play, self.put) if play.playing.over else DeskScreen(play)

    def _deal(self, thing: Any) -> Session | None:
        match thing:
            case AgainOf(play, same):
                return _for_practice(play.again(play.playing.seed if same else secrets.randbelow(1 << 31)))
            case BranchOf(play, at):
                return _for_practice(play.branch(at))
        return thing if isinstance(thing, Session) else None

    # ---- what the trainer sees
    def state(self, now: float) -> dict[str, Any]:
        """Where they are, as plain data."""
        playing = self.session.playing
        s = playing.state
        return {
            "id": self.id,
            "name": self.title,
            "mates": [[k, mate.name] for k, mate in self.mates.items()],
            "captain": self.name if self.session.table else "",
            "stage": min(s.x[STAGE], self.session.ready.compiled.tables.n_stage),
            "week": s.x[WEEK],
            "decisions": playing.result()["decisions"],
            "over": playing.over,
            "points": playing.result()["points"] if playing.over else None,
            "kind": self.kind() if playing.over else "",
            "idle": round(now - self.decided_at),
            "here": any(place.here(now) for place in (self, *self.mates.values())),
            "out": self.out,
            "forecast": self.forecast(),
        }

    def kind(self) -> str:
        ending = self.session.playing.result()["ending"]
        return str(self.session.ready.scenario.endings[ending].kind)

    def forecast(self) -> int | None:
        """The chance they stated last, in percent."""
        said = last_of(self.session.playing.statements, ForecastSaid)
        return said.win if said else None


class TeamMate(Place):
    """Somebody else's browser at a team's deal: sees it through the eyes of their part, and proposes."""

    def __init__(self, seat: Seat, row: MateRow) -> None:
        self._seat, self._number = seat, row.id
        settings = seat.view.settings
        super().__init__(row.name, row.member, settings.language, seat.guide, seat.type, seat.first())
        self.since = row.since
        self.view.lock = seat.view.lock

    @property
    def seat(self) -> Seat:
        return self._seat

    @property
    def number(self) -> int:
        return self._number

    @property
    def voter(self) -> int:
        return -self._number


RECENT = 200
PRESENT = 12.0
"""Seconds without a word after which a browser counts as gone: it says something every few seconds."""


def _for_practice(play: Session) -> Session:
    """A deal that does not count, and that nobody is kept waiting for by judging it."""
    play.companion = None
    return play
