"""Who sits in a room: coming in, alone or in a team; lost browsers; who is taken out. What others go through is never changed
in place: a new dict takes the place of the old one."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from game.errors import GameError, RecordError, StorageError, UsageError
from game.fonts import Type
from game.i18n import Say
from game.play.statements import LONGEST_NAME, MOST_AT_TABLE
from game.printable import printable
from game.scenario.load import Ready
from game.session.saves import Saves
from game.session.session import Session
from game.web.seat import Place, Seat, TeamMate
from game.web.store import RoomStore, SeatRow

MOST_SEATS = 400


class NotJoined(GameError):
    """Why somebody cannot come in."""


def hashed(token: str) -> str:
    """What is kept of a browser's token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Seating:
    """The seats of a room. Safe for several threads."""

    own_seed: int

    def __init__(self, folder: Path, ready: Ready, language: str, mode: str, type_: Type) -> None:
        """StorageError where the folder cannot be used, or another program serves this room."""
        self.ready, self.language, self.mode, self.type = ready, language, mode, type_
        self.store, self.saves = RoomStore(folder), Saves(folder)
        self.lock, self.counting = threading.RLock(), threading.Lock()
        self.seats: dict[int, Seat] = {}
        self.by_token: dict[str, Place] = {}
        self.version = 0
        self.lost: list[str] = []
        """Whose deal could not be read when the room was opened again: they have a new one."""
        self.closed = self.store.fact("closed") == "1"
        """Whether nobody more comes in."""

    def fill(self) -> None:
        """Everybody who sat here before. UsageError where the scenario is another one by now."""
        for row in self.store.seats():
            self._seat(row)
        for mate in self.store.mates():
            self.by_token[mate.token] = self.seats[mate.seat].add(mate)

    def close(self) -> None:
        self.store.close()
        self.saves.close()

    def touch(self) -> None:
        """Something has changed that others look at."""
        with self.counting:
            self.version += 1

    # ---- coming in
    def shut(self, closed: bool) -> None:
        """Let nobody more in, or let them in again."""
        with self.lock:
            self.store.put("closed", str(int(closed)))
            self.closed = closed
            self.touch()

    def join(self, name: str, team: str = "") -> tuple[Place, str]:
        """A place for somebody new, alone or in a team, and the token for their browser. NotJoined where that cannot be;
        StorageError where it cannot be kept, and nothing has changed."""
        name, team = (" ".join(printable(text).split())[:LONGEST_NAME] for text in (name, team))
        if not name:
            raise NotJoined("join.no_name")
        with self.lock:
            if self.closed or sum(not place.seat.out for place in self.by_token.values()) >= MOST_SEATS:
                raise NotJoined("join.closed" if self.closed else "join.full")
            token = secrets.token_urlsafe(24)
            known = next((s for s in self.seats.values() if s.title.casefold() == (team or name).casefold()), None)
            if known is not None:
                place: Place = self._with_them(known, name, team, token)
            else:
                row = self.store.join(team or name, hashed(token), self.ready.name, name if team else "")
                with self._undone(row.id):
                    place = self._seat(row)
            self.touch()
            return place, token

    @contextmanager
    def _undone(self, seat: int) -> Iterator[None]:
        """What was begun with a seat is undone where it fails: its name is free again."""
        try:
            yield
        except StorageError:
            self.store.drop(seat)
            raise

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
        mate = seat.add(self.store.join_team(seat.id, name, hashed(token), member))
        self.by_token = {**self.by_token, hashed(token): mate}
        return mate

    def _seat(self, row: SeatRow) -> Seat:
        """A seat with its deal: the saved one, else a new one, which is kept at once."""
        session = self._session(row)
        if session.deal != row.deal:
            self.store.sit_down(row.id, session.deal)
        seat = Seat(row, session, self.language, self.type, self._no_files)
        self.seats = {**self.seats, row.id: seat}
        self.by_token = {**self.by_token, row.token: seat}
        return seat

    def _session(self, row: SeatRow) -> Session:
        if row.deal:
            try:
                return self._saved(row)
            except RecordError as error:
                if error.key == "error.record.scenario":
                    raise UsageError("error.room_scenario", scenario=self.ready.name) from error
                self.lost.append(row.name)
        seed = self.own_seed if self.own_seed >= 0 else secrets.randbelow(1 << 31)
        return Session.begin(self.ready, seed, self.saves, self.mode, row.name)

    def _saved(self, row: SeatRow) -> Session:
        """The deal as it was saved. Where its last decision was taken back just before the room stopped, the seat still knows
        the deal before: the one that took its place is the next open one of the same seat and seed."""
        playing, deal = self.saves.load(row.deal, self.ready.compiled), row.deal
        open_deals = sorted(saved.id for saved in self.saves.open_deals())
        if not playing.over and deal not in open_deals:
            for later in (id_ for id_ in open_deals if id_ > deal):
                other = self.saves.load(later, self.ready.compiled)
                if (other.seed, other.who) == (playing.seed, playing.who):
                    playing, deal = other, later
        return Session(self.ready, playing, self.saves, deal)

    def _no_files(self, play: Session) -> tuple[list[Path], str]:
        """A trainee's browser writes no files here."""
        return [], Say(self.language)("room.report_later")

    # ---- who it is
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
            self.by_token = {**{t: p for t, p in self.by_token.items() if p is not place}, hashed(token): place}
            return token

    def take_out(self, id_: int, out: bool, mate: int = 0) -> bool:
        """Take somebody out, or let them in again; of a team one alone, for good. Whoever is out leaves their name to others.
        False where nobody has that place."""
        with self.lock:
            seat = self.seats[id_]
            if mate:
                place = seat.mates.get(mate)
                if place is None:
                    return False
                self.store.drop_mate(mate)
                seat.remove(mate)
                self.by_token = {t: p for t, p in self.by_token.items() if p is not place}
            else:
                free = f"{seat.title} (#{seat.id})"
                title = free if out and not seat.title.endswith(f"(#{seat.id})") else seat.title
                self.store.take_out(id_, out, title)
                seat.out, seat.title = out, title
            self.touch()
            return True
