"""A room: one scenario, many seats, one trainer. Everything that must not be lost is on the disk before anybody is told so."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from game.errors import GameError, RecordError, StorageError, UsageError
from game.fonts import Type
from game.i18n import Say
from game.play.statements import LONGEST_NAME
from game.printable import printable
from game.scenario.load import Ready
from game.scenario.tables import STAGE
from game.session.injects import let_happen
from game.session.saves import Saves
from game.session.session import Session
from game.web.poll import Poll
from game.web.seat import Seat
from game.web.store import RoomStore, SeatRow

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of codes: nothing that is read as something else."""
CODE_LONG = 6
MOST_SEATS = 400
LONGEST_NOTE = 400
LIVE = "live"
"""On the wall: where everybody is now, and no slide."""
FREE = -1
"""As the last stage: nobody is held at a gate."""


@dataclass(frozen=True, kw_only=True)
class RoomPlan:
    """How a room is run: the scenario, the mode, a seed for all or one for each (None), in which language it opens."""

    scenario: str
    mode: str
    seed: int | None
    language: str


class NotJoined(GameError):
    """Why somebody cannot come in."""


def hashed(token: str) -> str:
    """What is kept of a browser's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def fresh_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LONG))


class Room:
    """The room as it stands. Safe for several threads."""

    def __init__(self, folder: Path, ready: Ready, plan: RoomPlan, type_: Type) -> None:
        """A new room in an empty folder, or one that goes on where its folder says it stood. StorageError where the folder
        cannot be used."""
        self.folder, self.ready, self.plan, self.type = folder, ready, plan, type_
        self.store, self.saves = RoomStore(folder), Saves(folder)
        self.lock = threading.RLock()
        self.code = self._kept("code", fresh_code)
        self.own_seed = int(self._kept("seed", lambda: str(plan.seed if plan.seed is not None else -1)))
        self.paused = self.store.fact("paused") == "1"
        self.last_stage = int(self.store.fact("last_stage", str(FREE)))
        self.poll = Poll.kept(self.store.fact("poll"))
        self.slide, self.step = self.store.fact("slide", LIVE), int(self.store.fact("step", "0"))
        """What the wall shows, and how far it is opened."""
        self.until = 0.0
        """When time runs out for all (monotonic seconds); 0 for never."""
        self.seats: dict[int, Seat] = {}
        self.by_token: dict[str, int] = {}
        self.changed = threading.Condition(self.lock)
        self.version = 0
        for row in self.store.seats():
            self._seat(row)

    def close(self) -> None:
        self.store.close()
        self.saves.close()

    def _kept(self, key: str, make: Callable[[], str]) -> str:
        """A fact of the room, made once."""
        found = self.store.fact(key)
        if not found:
            found = make()
            self.store.put(key, found)
        return found

    # ---- joining
    def join(self, name: str, again: bool = False) -> tuple[Seat, str]:
        """A seat for somebody new, and the token for their browser. NotJoined where that cannot be."""
        name = " ".join(printable(name).split())[:LONGEST_NAME]
        if not name:
            raise NotJoined("join.no_name")
        with self.lock:
            if len(self.seats) >= MOST_SEATS:
                raise NotJoined("join.full")
            if any(seat.name.casefold() == name.casefold() for seat in self.seats.values()):
                raise NotJoined("join.taken", name=name)
            token = secrets.token_urlsafe(24)
            seat = self._seat(self.store.join(name, hashed(token), self.ready.name))
            self.touch()
            return seat, token

    def _seat(self, row: SeatRow) -> Seat:
        """A seat with its deal: the saved one, else a new one, which is kept at once."""
        session = self._session(row)
        if session.deal != row.deal:
            self.store.sit_down(row.id, session.deal)
        seat = Seat(row.id, row.name, session, self.plan.language, self.type, self._no_files)
        seat.out, seat.since = row.out, row.since
        self.seats[row.id] = seat
        self.by_token[row.token] = row.id
        return seat

    def _session(self, row: SeatRow) -> Session:
        if row.deal:
            try:
                return Session(self.ready, self.saves.load(row.deal, self.ready.compiled), self.saves, row.deal)
            except RecordError as error:
                raise UsageError("error.room_scenario", scenario=self.ready.name) from error
        seed = self.own_seed if self.own_seed >= 0 else secrets.randbelow(1 << 31)
        return Session.begin(self.ready, seed, self.saves, self.plan.mode, row.name)

    def _no_files(self, play: Session) -> tuple[list[Path], str]:
        """A trainee's browser writes no files here."""
        return [], Say(self.plan.language)("room.report_later")

    def seat_of(self, token: str) -> Seat | None:
        """Whose browser this is; None for a stranger's, and for somebody who was taken out."""
        seat = self.seats.get(self.by_token.get(hashed(token), 0))
        return None if seat is None or seat.out else seat

    def new_browser(self, id_: int) -> str:
        """A new token for a seat whose browser is lost; the old one no longer counts."""
        with self.lock:
            token = secrets.token_urlsafe(24)
            self.store.new_token(id_, hashed(token))
            self.by_token = {t: k for t, k in self.by_token.items() if k != id_}
            self.by_token[hashed(token)] = id_
            return token

    # ---- running it
    def pause(self, on: bool) -> None:
        """Everybody's time stands still, or runs again."""
        with self.lock:
            self.store.put("paused", "1" if on else "0")
            self.paused, self.until = on, 0.0
            self.touch()

    def hold_at(self, stage: int) -> None:
        """Nobody goes on beyond this stage; FREE: everybody may."""
        with self.lock:
            self.store.put("last_stage", str(stage))
            self.last_stage = stage
            self.touch()

    def show(self, slide: str, step: int) -> None:
        """Put a slide on the wall, opened up to this step."""
        with self.lock:
            self.store.put("slide", slide)
            self.store.put("step", str(step))
            self.slide, self.step = slide, step
            self.touch()

    def count_down(self, seconds: float) -> None:
        """A pause for all in so many seconds."""
        with self.lock:
            self.until = time.monotonic() + seconds
            self.touch()

    def say(self, text: str, seat: int = 0) -> None:
        """A word to all, or to one seat."""
        text = " ".join(printable(text).split())[:LONGEST_NOTE]
        if text:
            self.store.note(seat, text)
            self.touch()

    def let_happen(self, inject: str, only: int = 0) -> tuple[int, int]:
        """What this inject says happens at every seat, or at one alone: at how many it will, and of how many under way."""
        at_play = [s for s in list(self.seats.values()) if only in (0, s.id) and not s.out and not s.session.playing.over]
        landed = 0
        for seat in at_play:
            with seat.view.lock:
                landed += let_happen(seat.session, inject)
        self.touch()
        return landed, len(at_play)

    def ask(self, words: str) -> bool:
        """Put a question to the room: its first line, then an answer on each line. False where that is no question."""
        with self.lock:
            found = Poll.asked(self.poll.number + 1 if self.poll else 1, printable(words))
            return found is not None and self._keep(found)

    def close_poll(self) -> bool:
        """The answers are in, and may be seen."""
        with self.lock:
            return self.poll is not None and self._keep(replace(self.poll, open=False))

    def vote(self, seat: Seat, number: int, answer: int) -> bool:
        """A seat's answer to the question of this number; whether it counted."""
        with self.lock:
            poll = self.poll
            return poll is not None and poll.number == number and poll.vote(seat.id, answer) and self._keep(poll)

    def _keep(self, poll: Poll) -> bool:
        self.store.put("poll", poll.written())
        self.poll = poll
        self.touch()
        return True

    def take_out(self, id_: int, out: bool) -> None:
        with self.lock:
            self.store.take_out(id_, out)
            self.seats[id_].out = out
            self.touch()

    def held(self, seat: Seat) -> str:
        """Why this seat cannot act now; '' where it can. The reason's text id."""
        if self.until and time.monotonic() >= self.until:
            self.pause(True)
        if seat.out:
            return "room.out"
        if self.paused:
            return "room.paused"
        playing = seat.session.playing
        if 0 <= self.last_stage < playing.state.x[STAGE] and not playing.over:
            return "room.held"
        return ""

    def act(self, seat: Seat, message: dict[str, Any]) -> dict[str, Any]:
        """What a browser did, and what it shows now. An act that comes twice is done once."""
        with seat.view.lock:
            number = message["n"]
            if number and number == seat.done:
                return {**seat.view.patch(-1), **self.signs(seat)}
            before = len(seat.session.playing.decisions)
            if not self.held(seat):
                _done(seat, message)
                seat.done = number
            if len(seat.session.playing.decisions) != before:
                self.decided(seat)
            return {**seat.view.patch(message["have"]), **self.signs(seat)}

    def decided(self, seat: Seat) -> None:
        """A decision was taken at a seat; taking one back gives a deal another number."""
        seat.decided_at = time.monotonic()
        if seat.session.deal:
            self.store.sit_down(seat.id, seat.session.deal)
        self.touch()

    def signs(self, seat: Seat) -> dict[str, Any]:
        """What stands over a seat's page, beside the page itself."""
        held = self.held(seat)
        left = max(0, round(self.until - time.monotonic())) if self.until else None
        poll = self.poll.for_seat(seat.id) if self.poll else None
        return {"held": Say(seat.view.settings.language)(held) if held else "", "left": left, "poll": poll}

    # ---- telling
    def touch(self) -> None:
        """Something has changed that others look at."""
        with self.lock:
            self.version += 1
            self.changed.notify_all()

    def state(self) -> dict[str, Any]:
        """The room for its console and its wall."""
        now = time.monotonic()
        ids = self.ready.compiled.ids
        return {
            "code": self.code,
            "paused": self.paused,
            "last_stage": self.last_stage,
            "slide": self.slide,
            "step": self.step,
            "left": max(0, round(self.until - now)) if self.until else None,
            "stages": list(ids.stages),
            "weeks": self.ready.scenario.deal.weeks,
            "poll": self.poll.for_room() if self.poll else None,
            "seats": [seat.state(now) for seat in self.seats.values()],
        }


def _done(seat: Seat, message: dict[str, Any]) -> None:
    """Do what was asked for on the page."""
    view = seat.view
    view.fit(*message["size"])
    if message["press"]:
        view.press(message["press"])
    elif message["text"] is not None:
        view.write(message["text"], message["enter"])
    elif message["key"]:
        view.key(message["key"])
    elif message["outside"]:
        view.outside()


def open_rooms(folder: Path) -> list[Path]:
    """The rooms that were ever opened, the newest first."""
    try:
        found = [path for path in folder.iterdir() if (path / "room.sqlite3").exists()]
    except OSError as error:
        raise StorageError("error.storage", why=str(error)) from error
    return sorted(found, key=lambda path: -path.stat().st_mtime)
