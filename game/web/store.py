"""What a room must not forget: who sits where, and how it is run. SQLite beside the saved deals, written through."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.errors import StorageError

SCHEMA = """
CREATE TABLE IF NOT EXISTS seats(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, token TEXT NOT NULL UNIQUE,
    scenario TEXT NOT NULL, deal INTEGER NOT NULL DEFAULT 0, out INTEGER NOT NULL DEFAULT 0, since INTEGER NOT NULL DEFAULT 0,
    captain TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS mates(id INTEGER PRIMARY KEY, seat INTEGER NOT NULL, name TEXT NOT NULL, token TEXT NOT NULL UNIQUE,
    member INTEGER NOT NULL, since INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS facts(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS notes(id INTEGER PRIMARY KEY, seat INTEGER NOT NULL, text TEXT NOT NULL);
"""
FILE, GUARD = "room.sqlite3", "room.guard"
LATER = {
    "since": "ALTER TABLE seats ADD COLUMN since INTEGER NOT NULL DEFAULT 0",
    "captain": "ALTER TABLE seats ADD COLUMN captain TEXT NOT NULL DEFAULT ''",
}
"""Columns of seats that rooms opened before lack."""


@dataclass(frozen=True, kw_only=True)
class SeatRow:
    """A seat as it is kept. `token` is the hash of what the browser holds; `since`: the last note said before they came;
    `captain`: who founded the team that sits here, '' for somebody alone."""

    id: int
    name: str
    token: str
    scenario: str
    deal: int
    out: bool
    since: int = 0
    captain: str = ""


@dataclass(frozen=True)
class MateRow:
    """Somebody else in a team: whose part they play, by number."""

    id: int
    seat: int
    name: str
    token: str
    member: int
    since: int


class RoomStore:
    """The room's file. Safe for several threads; every call is one transaction on the disk when it returns."""

    def __init__(self, folder: Path) -> None:
        self.lock = threading.RLock()
        with _told():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.guard = _alone_at(folder / GUARD)
            self.db = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False, timeout=10)
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=FULL")
            self.db.executescript(SCHEMA)
            had = {row[1] for row in self.db.execute("PRAGMA table_info(seats)")}
            for column, words in LATER.items():
                if column not in had:
                    self.db.execute(words)

    def close(self) -> None:
        with self.lock:
            self.db.close()
            self.guard.close()

    def _do(self, words: str, *values: Any) -> int:
        with self.lock, _told():
            return int(self.db.execute(words, values).lastrowid or 0)

    def _rows(self, words: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.lock, _told():
            return self.db.execute(words, values).fetchall()

    # ---- seats
    def seats(self) -> list[SeatRow]:
        """Everybody who ever joined, in that order."""
        rows = self._rows("SELECT id, name, token, scenario, deal, out, since, captain FROM seats ORDER BY id")
        names = ("id", "name", "token", "scenario", "deal", "out", "since", "captain")
        return [SeatRow(**{**dict(zip(names, row, strict=True)), "out": bool(row[5])}) for row in rows]

    def join(self, name: str, token: str, scenario: str, captain: str = "") -> SeatRow:
        """A new seat. StorageError where the name is taken."""
        since = self._last_note()
        words = "INSERT INTO seats(name, token, scenario, since, captain) VALUES(?,?,?,?,?)"
        id_ = self._do(words, name, token, scenario, since, captain)
        return SeatRow(id=id_, name=name, token=token, scenario=scenario, deal=0, out=False, since=since, captain=captain)

    def mates(self) -> list[MateRow]:
        """Everybody who joined a team that was there already, in that order."""
        return [MateRow(*row) for row in self._rows("SELECT id, seat, name, token, member, since FROM mates ORDER BY id")]

    def join_team(self, seat: int, name: str, token: str, member: int) -> MateRow:
        """Somebody more at a seat."""
        since = self._last_note()
        words = "INSERT INTO mates(seat, name, token, member, since) VALUES(?,?,?,?,?)"
        return MateRow(self._do(words, seat, name, token, member, since), seat, name, token, member, since)

    def _last_note(self) -> int:
        return int(self._rows("SELECT COALESCE(MAX(id), 0) FROM notes")[0][0])

    def sit_down(self, seat: int, deal: int) -> None:
        """Which saved deal is played at a seat."""
        self._do("UPDATE seats SET deal=? WHERE id=?", deal, seat)

    def take_out(self, seat: int, out: bool, name: str) -> None:
        """A seat that is out or in again, under this name."""
        self._do("UPDATE seats SET out=?, name=? WHERE id=?", int(out), name, seat)

    def drop(self, seat: int) -> None:
        """A seat that was never taken."""
        self._do("DELETE FROM seats WHERE id=?", seat)

    def drop_mate(self, mate: int) -> None:
        self._do("DELETE FROM mates WHERE id=?", mate)

    def new_token(self, seat: int, mate: int, token: str) -> None:
        """From now on a place belongs to another browser: a seat's own, or that of somebody in its team."""
        if mate:
            self._do("UPDATE mates SET token=? WHERE id=? AND seat=?", token, mate, seat)
        else:
            self._do("UPDATE seats SET token=? WHERE id=?", token, seat)

    # ---- how it is run
    def fact(self, key: str, otherwise: str = "") -> str:
        rows = self._rows("SELECT value FROM facts WHERE key=?", key)
        return str(rows[0][0]) if rows else otherwise

    def put(self, key: str, value: str) -> None:
        self._do("INSERT INTO facts VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", key, value)

    # ---- what the trainer said
    def note(self, seat: int, text: str) -> int:
        """Something said to a seat, or to all (0)."""
        return self._do("INSERT INTO notes(seat, text) VALUES(?,?)", seat, text)

    def notes(self, seat: int, after: int = 0) -> list[tuple[int, str]]:
        """What was said to a seat or to all since the note of that number."""
        rows = self._rows("SELECT id, text FROM notes WHERE id>? AND seat IN (0, ?) ORDER BY id", after, seat)
        return [(int(row[0]), str(row[1])) for row in rows]


def _alone_at(path: Path) -> sqlite3.Connection:
    """A lock that the system lets go when this program ends, however it ends. StorageError where another one has it."""
    guard = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0)
    try:
        guard.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        guard.close()
        raise StorageError("error.room_open", why=str(error)) from error
    return guard


@contextmanager
def _told() -> Iterator[None]:
    """SQLite's and the system's failures as StorageError."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StorageError("error.storage", why=str(error)) from error
