"""A room: one scenario, many seats, one trainer. Everything that must not be lost is on the disk before anybody is told so."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from game.errors import StorageError
from game.fonts import Type
from game.i18n import Say
from game.printable import printable
from game.scenario.load import Ready
from game.scenario.tables import STAGE
from game.session.injects import let_happen
from game.session.table import NotDecided
from game.web.poll import Poll
from game.web.seat import Place, Seat
from game.web.seating import Seating, hashed
from game.web.teams import at_table, desks_of, follow, table_signs
from game.web.view import View

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
    """How a room is run: the scenario, the mode, a seed for all or one for each (None), in which language it opens; and where it
    is found, so that it is found there when it is opened again."""

    scenario: str
    mode: str
    seed: int | None
    language: str
    port: int = 8000
    lan: bool = False
    address: str = ""


def fresh_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LONG))


class Room(Seating):
    """The room as it stands. Safe for several threads: who has a seat's lock may take the room's, never the other way round."""

    def __init__(self, folder: Path, ready: Ready, plan: RoomPlan, type_: Type) -> None:
        """A new room in an empty folder, or one that goes on where its folder says it stood. StorageError where the folder
        cannot be used."""
        self.folder, self.plan = folder, plan
        super().__init__(folder, ready, plan.language, plan.mode, type_)
        self.code = self._kept("code", fresh_code)
        self.own_seed = int(self._kept("seed", lambda: str(plan.seed if plan.seed is not None else -1)))
        self.paused = self.store.fact("paused") == "1"
        self.last_stage = int(self.store.fact("last_stage", str(FREE)))
        self.trainers = set(self.store.fact("trainers").split())
        """Hashes of the tokens of browsers that may run the room: a console goes on when the room was closed and opened again."""
        self.poll = Poll.kept(self.store.fact("poll"))
        self.slide, self.step = self.store.fact("slide", LIVE), int(self.store.fact("step", "0"))
        """What the wall shows, and how far it is opened."""
        self.until = float(self.store.fact("until", "0"))
        """When time runs out for all (seconds of the clock); 0 for never."""
        self.last_step = int(self.store.fact("last_step", "0"))
        """How far the slide on the wall goes."""
        self.fill()

    def _kept(self, key: str, make: Callable[[], str]) -> str:
        """A fact of the room, made once."""
        found = self.store.fact(key)
        if not found:
            found = make()
            self.store.put(key, found)
        return found

    # ---- running it
    def let_run(self, token: str) -> None:
        """A browser that may run the room from now on."""
        with self.lock:
            self.trainers.add(hashed(token))
            self.store.put("trainers", " ".join(sorted(self.trainers)))

    def is_trainer(self, token: str) -> bool:
        """Whether a browser with this token may run the room."""
        return hashed(token) in self.trainers

    def pause(self, on: bool) -> None:
        """Everybody's time stands still, or runs again."""
        with self.lock:
            self.store.put("paused", str(int(on)))
            self.store.put("until", "0")
            self.paused, self.until = on, 0.0
            self.touch()

    def hold_at(self, stage: int) -> None:
        """Nobody goes on beyond this stage; FREE: everybody may."""
        with self.lock:
            self.store.put("last_stage", str(stage))
            self.last_stage = stage
            self.touch()

    def show(self, slide: str, step: int, last: int) -> None:
        """Put a slide on the wall, opened up to this step of so many."""
        with self.lock:
            for key, value in (("slide", slide), ("step", step), ("last_step", last)):
                self.store.put(key, str(value))
            self.slide, self.step, self.last_step = slide, step, last
            self.touch()

    def count_down(self, seconds: float) -> None:
        """A pause for all in so many seconds; 0: none, after all."""
        with self.lock:
            self.until = time.time() + seconds if seconds else 0.0
            self.store.put("until", str(self.until))
            self.touch()

    def left(self) -> int | None:
        """Seconds until time runs out; None where it does not."""
        return max(0, round(self.until - time.time())) if self.until else None

    def say(self, text: str, seat: int = 0) -> None:
        """A word to all, or to one seat."""
        text = " ".join(printable(text).split())[:LONGEST_NOTE]
        if text:
            self.store.note(seat, text)
            self.touch()

    def let_happen(self, inject: str, only: int = 0) -> tuple[int, int]:
        """What this inject says happens at every seat, or at one alone: at how many it will, and of how many under way."""
        at_play = [s for s in self.seats.values() if only in (0, s.id) and not s.out and not s.session.playing.over]
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

    def clear_poll(self) -> bool:
        """The question is off the wall."""
        with self.lock:
            return self.poll is not None and self._keep(replace(self.poll, open=False, shown=False))

    def vote(self, place: Place, number: int, answer: int) -> bool:
        """Somebody's answer to the question of this number; whether it counted."""
        with self.lock:
            poll = self.poll
            return poll is not None and poll.number == number and poll.vote(place.voter, answer) and self._keep(poll)

    def _keep(self, poll: Poll) -> bool:
        self.store.put("poll", poll.written())
        self.poll = poll
        self.touch()
        return True

    def still(self) -> str:
        """Why nobody can do anything now; '' where they can. The reason's text id. A countdown that has run out is a pause."""
        if self.until and time.time() >= self.until:
            return "room.time_up"
        return "room.paused" if self.paused else ""

    def held(self, seat: Seat) -> str:
        """The same for this seat."""
        return "room.out" if seat.out else self.still()

    def waits(self, seat: Seat) -> bool:
        """Whether this seat has come to the gate at which all are to stop: it may look around, and decide nothing."""
        playing = seat.session.playing
        return 0 <= self.last_stage < playing.state.x[STAGE] and not playing.over

    def act(self, place: Place, message: dict[str, Any]) -> dict[str, Any]:
        """What a browser did, and what it shows now. An act that comes twice is done once."""
        seat = place.seat
        with place.view.lock:
            at_table(place)
            seat.session.halted = "room.held" if self.waits(seat) else ""
            number, seen = message["n"], message["have"]
            stale = bool(message["press"]) and seen not in (-1, place.view.version)
            if (number and number in place.done) or stale:
                # Done already, or meant for a page that is no longer there: what is there now is shown.
                return {**place.view.patch(-1), **self.signs(place), "told": ""}
            before, told = len(seat.session.playing.decisions), ""
            desks = desks_of(place)
            if not self.held(seat):
                told = self._done(place, message)
                place.done.append(number)
            if len(seat.session.playing.decisions) != before:
                self.decided(seat)
                follow(place, desks)
            return {**place.view.patch(message["have"]), **self.signs(place), "told": told}

    def _done(self, place: Place, message: dict[str, Any]) -> str:
        """Do what was asked for on the page; what is to be said of it, where nothing was decided."""
        try:
            _done(place.view, message)
        except NotDecided as said:
            place.view.home()
            self.touch()
            return Say(place.view.settings.language)(said.key, **said.values)
        return ""

    def decided(self, seat: Seat) -> None:
        """A decision was taken at a seat; taking one back gives a deal another number."""
        seat.decided_at = time.monotonic()
        if seat.session.deal:
            self.store.sit_down(seat.id, seat.session.deal)
        self.touch()

    def signs(self, place: Place) -> dict[str, Any]:
        """What stands over a place's page, beside the page itself."""
        held = self.held(place.seat)
        poll = self.poll.for_seat(place.voter) if self.poll else None
        say = Say(place.view.settings.language)
        waits = say("room.held") if self.waits(place.seat) else ""
        return {
            "held": say(held) if held else "",
            "waits": waits,
            "left": self.left(),
            "poll": poll,
            "team": table_signs(place, say),
        }

    # ---- telling
    def state(self) -> dict[str, Any]:
        """The room for its console and its wall."""
        now = time.monotonic()
        ids = self.ready.compiled.ids
        return {
            "code": self.code,
            "paused": bool(self.still()),
            "timed": self.still() == "room.time_up",
            "lost": self.lost,
            "closed": self.closed,
            "last_stage": self.last_stage,
            "slide": self.slide,
            "step": self.step,
            "left": self.left(),
            "stages": list(ids.stages),
            "weeks": self.ready.scenario.deal.weeks,
            "poll": self.poll.for_room() if self.poll and self.poll.shown else None,
            "last_step": self.last_step,
            "seats": [{**seat.state(now), "waits": self.waits(seat)} for seat in self.seats.values()],
        }


def _done(view: View, message: dict[str, Any]) -> None:
    """Do what was asked for on the page."""
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
