"""What of a session is about several people: what each knows on their own, and who decides."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from game.belief.watched import Watched
from game.engine.step import is_legal
from game.play.happenings import Happening
from game.play.playing import Playing
from game.session import observer
from game.session.observer import Meeting, Viewer
from game.session.table import NotDecided, Table

Method = TypeVar("Method", bound=Callable[..., Any])


def alone(method: Method) -> Method:
    """One call at a time on each session."""

    @functools.wraps(method)
    def locked(self: Together, *args: Any, **values: Any) -> Any:
        with self.lock:
            return method(self, *args, **values)

    return locked  # type: ignore[return-value]


class Together:
    """The part of a session that several people share; one mind where `team` is off and nobody else sits at the table."""

    playing: Playing
    watched: Watched
    lock: threading.RLock
    version: int
    team = False
    """Whether several roles play: what one of them learns is theirs alone until the next meeting."""
    meeting: Meeting | None = None
    halted = ""
    """Why nothing may be decided now, as the id of a text; '' where it may."""
    table: Table | None = None
    """Who sits here at devices of their own; None where one device is all."""

    def seen_by(self, member: int | None) -> Watched | Viewer:
        """The play as this viewer sees it."""
        return Viewer(self.watched, self.meeting, member) if self.meeting else self.watched

    def eyes(self, member: int | None) -> int | None:
        """Through whose eyes the deal is seen: the member asked for, else whoever acts at the table."""
        return self.table.eyes if self.table and member is None else member

    @alone
    def play_as_team(self, team: bool) -> None:
        """Several roles at one deal, or one mind; what was private becomes everybody's. At a table there are always several."""
        self.team = team or self.table is not None
        self.share()

    @alone
    def share(self) -> None:
        """The meeting is over: what was private is everybody's."""
        self.meeting = Meeting.of(self.watched) if self.team else None
        self.version += 1

    def private(self, member: int) -> list[Happening]:
        """What this member learnt on their own since the last meeting."""
        return observer.private(self.playing.happenings, self.meeting.many, member) if self.meeting else []

    def public(self, happenings: Sequence[Happening], member: int | None = None) -> list[Happening]:
        """Of some happenings those that this viewer knows of."""
        if not self.meeting:
            return list(happenings)
        return observer.public(self.playing.happenings, happenings, self.meeting.many, self.eyes(member))

    def agree(self, decision: int) -> None:
        """Put on record what others proposed, before a decision that is allowed. NotDecided where this is none yet, and where all
        have been told to wait."""
        if self.halted:
            raise NotDecided(self.halted)
        if self.table and is_legal(self.playing.compiled.tables, self.playing.state, decision):
            self.table.decides(decision)
            if said := self.table.said():
                self.playing.say(said)
            self.table.clear()
