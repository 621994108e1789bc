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
from game.play.statements import LONGEST_NAME, MOST_AT_TABLE
from game.printable import printable
from game.scenario.load import Ready
from game.scenario.tables import STAGE
from game.session.injects import let_happen
from game.session.saves import Saves
from game.session.session import Session
from game.session.table import NotDecided
from game.web.poll import Poll
from game.web.seat import Place, Seat, TeamMate
from game.web.store import RoomStore, SeatRow
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
        self.trainers = set(self.store.fact("trainers").split())
        """Hashes of the tokens of browsers that may run the room: a console goes on when the room was closed and opened again."""
        self.poll = Poll.kept(self.store.fact("poll"))
        self.slide, self.step = self.store.fact("slide", LIVE), int(self.store.fact("step", "0"))
        """What the wall shows, and how far it is opened."""
        self.until = float(self.store.fact("until", "0"))
        """When time runs out for all (seconds of the clock); 0 for never."""
        self.timed = self.store.fact("timed") == "1"
        """Whether all stand still because time ran out."""
        self.last_step = 0
        """How far the slide on the wall goes."""
        self.seats: dict[int, Seat] = {}
        self.by_token: dict[str, Place] = {}
        self.changed = threading.Condition(self.lock)
        self.version = 0
        for row in self.store.seats():
            self._seat(row)
        for mate in self.store.mates():
            self.by_token[mate.token] = self.seats[mate.seat].add(mate)

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
    def join(self, name: str, team: str = "") -> tuple[Place, str]:
        """A place for somebody new, alone or in a team, and the token for their browser. NotJoined where that cannot be."""
        name, team = (" ".join(printable(text).split())[:LONGEST_NAME] for text in (name, team))
        if not name:
            raise NotJoined("join.no_name")
        with self.lock:
            if len(self.by_token) >= MOST_SEATS:
                raise NotJoined("join.full")
            token = secrets.token_urlsafe(24)
            known = next((s for s in self.seats.values() if s.title.casefold() == (team or name).casefold()), None)
            if known is None:
                place: Place = self._seat(self.store.join(team or name, hashed(token), self.ready.name, name if team else ""))
            else:
                place = self._with_them(known, name, team, token)
            self.touch()
            return place, token

    def _with_them(self, seat: Seat, name: str, team: str, token: str) -> TeamMate:
        """Somebody more in a team that is here already, with the part that has nobody yet."""
        if not team or seat.session.table is None:
            raise NotJoined("join.taken", name=team or name)
        there = [seat, *seat.mates.values()]
        if any(place.name.casefold() == name.casefold() for place in there):
            raise NotJoined("join.taken", name=name)
        if len(there) >= MOST_AT_TABLE:
            raise NotJoined("join.team_full", name=team)
        members = self.ready.compiled.tables.n_member
        taken = [place.member for place in there]
        member = min(range(members), key=lambda m: (taken.count(m), m))
        with seat.view.lock:
            mate = seat.add(self.store.join_team(seat.id, name, hashed(token), member))
        self.by_token[hashed(token)] = mate
        return mate

    def _seat(self, row: SeatRow) -> Seat:
        """A seat with its deal: the saved one, else a new one, which is kept at once."""
        session = self._session(row)
        if session.deal != row.deal:
            self.store.sit_down(row.id, session.deal)
        seat = self.seats[row.id] = Seat(row, session, self.plan.language, self.type, self._no_files)
        self.by_token[row.token] = seat
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

    def place_of(self, token: str) -> Place | None:
        """Whose browser this is; None for a stranger's, and for somebody who was taken out."""
        place = self.by_token.get(hashed(token))
        return None if place is None or place.seat.out else place

    def new_browser(self, seat: int, mate: int = 0) -> str | None:
        """A new token for a place whose browser is lost; the old one no longer counts. None where nobody has that place."""
        with self.lock:
            place: Place | None = self.seats[seat].mates.get(mate) if mate else self.seats[seat]
            if place is None:
                return None
            token = secrets.token_urlsafe(24)
            self.store.new_token(seat, mate, hashed(token))
            self.by_token = {t: p for t, p in self.by_token.items() if p is not place}
            self.by_token[hashed(token)] = place
            return token

    # ---- running it
    def let_run(self, token: str) -> None:
        """A browser that may run the room from now on."""
        with self.lock:
            self.trainers.add(hashed(token))
            self.store.put("trainers", " ".join(sorted(self.trainers)))

    def is_trainer(self, token: str) -> bool:
        """Whether a browser with this token may run the room."""
        return hashed(token) in self.trainers

    def pause(self, on: bool, timed: bool = False) -> None:
        """Everybody's time stands still, or runs again. `timed`: because it ran out."""
        with self.lock:
            for key, value in (("paused", on), ("timed", timed), ("until", 0)):
                self.store.put(key, str(int(value)))
            self.paused, self.timed, self.until = on, timed, 0.0
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
            self.store.put("slide", slide)
            self.store.put("step", str(step))
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

    def clear_poll(self) -> bool:
        """The question is off the wall."""
        with self.lock:
            if self.poll is None:
                return False
            self.store.put("poll", replace(self.poll, open=False, shown=False).written())
            self.poll = replace(self.poll, open=False, shown=False)
            self.touch()
            return True

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

    def take_out(self, id_: int, out: bool) -> None:
        with self.lock:
            self.store.take_out(id_, out)
            self.seats[id_].out = out
            self.touch()

    def held(self, seat: Seat) -> str:
        """Why this seat cannot do anything now; '' where it can. The reason's text id."""
        if self.until and time.time() >= self.until:
            self.pause(True, timed=True)
        if seat.out:
            return "room.out"
        return ("room.time_up" if self.timed else "room.paused") if self.paused else ""

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
            number = message["n"]
            if number and number == place.done:
                return {**place.view.patch(-1), **self.signs(place)}
            before, told = len(seat.session.playing.decisions), ""
            desks = desks_of(place)
            if not self.held(seat):
                told = self._done(place, message)
                place.done = number
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
