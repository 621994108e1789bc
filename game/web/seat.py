"""A seat of a room: a name, a deal, and what its browser shows."""

from __future__ import annotations

import secrets
import time
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
from game.web.view import View

Put = Callable[[Session], tuple[list[Path], str]]


class Seat:
    """Whoever sits here. `session` is the deal that counts; what is practised afterwards is in the view alone."""

    def __init__(self, id: int, name: str, session: Session, language: str, type_: Type, put: Put) -> None:
        self.id, self.name, self.session, self.put = id, name, session, put
        self.out = False
        self.since = 0
        """The last note said before they came."""
        self.lines = 0
        """Open lines to its browser."""
        self.seen_at = 0.0
        """When its browser was last heard of (monotonic seconds)."""
        self.decided_at = time.monotonic()
        self.done = 0
        """The number of the last act, and what was answered to it: one that comes twice is done once."""
        self.answered: dict[str, Any] = {}
        settings = Settings(language=language, led=False, name=name, sound=False)
        self.view = View(settings, self.guide, type_, self.first())

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
            "name": self.name,
            "stage": min(s.x[STAGE], self.session.ready.compiled.tables.n_stage),
            "week": s.x[WEEK],
            "decisions": playing.result()["decisions"],
            "over": playing.over,
            "points": playing.result()["points"] if playing.over else None,
            "kind": self.kind() if playing.over else "",
            "idle": round(now - self.decided_at),
            "here": now - self.seen_at < PRESENT,
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


PRESENT = 12.0
"""Seconds without a word after which a browser counts as gone: it says something every few seconds."""


def _for_practice(play: Session) -> Session:
    """A deal that does not count, and that nobody is kept waiting for by judging it."""
    play.companion = None
    return play
