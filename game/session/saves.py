"""Saved deals: SQLite in the user's data folder, written through after every decision.

What `sync` returned from is on the disk (WAL, synchronous=FULL): a process killed at any moment loses nothing it was told
is saved. A save is a record without its result, and is trusted only as far as its replay goes. Several threads and several
programs may use one file: a deal that was played on elsewhere is never overwritten, and whoever comes second is told.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.errors import IllegalAction, RecordError, StorageError
from game.play.decisions import decision_number
from game.play.playing import RULES_VERSION, Playing, as_opened
from game.play.record import play_again
from game.play.statements import read_statement
from game.scenario.compiled import Compiled

VERSION = 1
"""Of the tables below; kept in the file. Files from before it was kept have 0 and the same tables."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS deals(id INTEGER PRIMARY KEY, scenario TEXT NOT NULL, hash TEXT NOT NULL, rules INTEGER NOT NULL,
    seed INTEGER NOT NULL, open INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS decisions(deal INTEGER NOT NULL, k INTEGER NOT NULL, words TEXT NOT NULL, chain TEXT NOT NULL,
    PRIMARY KEY(deal, k));
CREATE TABLE IF NOT EXISTS statements(deal INTEGER NOT NULL, k INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(deal, k));
CREATE TABLE IF NOT EXISTS results(deal INTEGER PRIMARY KEY, scenario TEXT NOT NULL, points INTEGER NOT NULL);
"""
COLUMNS = {
    "deals": {"id", "scenario", "hash", "rules", "seed", "open"},
    "decisions": {"deal", "k", "words", "chain"},
    "statements": {"deal", "k", "body"},
    "results": {"deal", "scenario", "points"},
}
OPEN_DEALS = """
SELECT id, scenario, hash, rules, (SELECT COUNT(*) FROM decisions WHERE deal=deals.id) FROM deals WHERE open=1 ORDER BY id DESC
"""
FINISHED = """
SELECT id, deals.scenario, hash, rules, points FROM deals JOIN results ON results.deal=deals.id WHERE open=0
ORDER BY id DESC LIMIT ?
"""
BEST = "SELECT MAX(points) FROM results WHERE scenario=? AND typeof(points)='integer'"
FILE = "saves.sqlite3"
GUARD = "saves.guard"
"""An empty database that is locked while a file is put aside."""
BESIDE = ("", "-wal", "-shm")
"""What SQLite calls the parts of a database."""
PATIENCE = 10
"""Seconds to wait for another program that writes."""


@dataclass(frozen=True)
class Saved:
    """A deal in the store: an unfinished one with the number of its decisions, or a finished one with its points."""

    id: int
    scenario: str
    hash: str
    rules: int
    decisions: int = 0
    points: int | None = None


class PlayedElsewhere(StorageError):
    """The deal was played on by another window or program: what is on the disk stays as it is."""

    def __init__(self) -> None:
        super().__init__("error.elsewhere", why="")


@contextmanager
def _told() -> Iterator[None]:
    """SQLite's and the system's failures as StorageError."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StorageError("error.storage", why=str(error)) from error


class Saves:
    """The store of one user. Safe for several threads and processes: every call is one transaction."""

    def __init__(self, folder: Path) -> None:
        self.lock = threading.RLock()
        self.set_aside: Path | None = None
        """Where a file is now that could not be used as a store; a new one was begun in its place."""
        with _told():
            folder.mkdir(parents=True, exist_ok=True)
            self.db = self._opened(folder / FILE)

    def _opened(self, path: Path) -> sqlite3.Connection:
        """The database; one that is none, or of other tables than ours, is put aside."""
        try:
            return _connected(path)
        except sqlite3.OperationalError:
            raise  # no room, no right, somebody else at it: nothing is wrong with the file
        except sqlite3.DatabaseError:
            with _alone_at(path):
                return self._opened_anew(path)

    def _opened_anew(self, path: Path) -> sqlite3.Connection:
        """The same, while nobody else puts anything aside: another program may have done it meanwhile."""
        try:
            return _connected(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self.set_aside = put_aside(path)
            return _connected(path)

    def close(self) -> None:
        with self.lock:
            self.db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that sees nobody else's half of one; undone as a whole where it fails."""
        with self.lock, _told():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def _rows(self, words: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.lock, _told():
            return self.db.execute(words, values).fetchall()

    def begin(self, playing: Playing) -> int:
        """A new saved deal with all that was decided and stated so far; its number, from 1."""
        with self._writing() as db:
            return self._begun(db, playing)

    def begin_again(self, deal: int, before: Playing, playing: Playing) -> int:
        """A new saved deal in the place of one whose last decision was taken back: both happen or neither. The old one, which is
        `before`, stays in the file, closed. PlayedElsewhere where it has gone on elsewhere."""
        with self._writing() as db:
            self._is_ours(db, deal, before)
            db.execute("UPDATE deals SET open=0 WHERE id=?", (deal,))
            return self._begun(db, playing)

    def _begun(self, db: sqlite3.Connection, playing: Playing) -> int:
        c = playing.compiled
        words = "INSERT INTO deals(scenario, hash, rules, seed) VALUES(?,?,?,?)"
        deal = int(db.execute(words, (c.name, c.hash, RULES_VERSION, playing.seed)).lastrowid or 0)
        self._put(db, deal, playing)
        return deal

    def sync(self, deal: int, playing: Playing) -> None:
        """Put everything on the disk that is not there yet. May be called again after a failure: nothing is written twice.

        PlayedElsewhere where what is there is not the beginning of this play.
        """
        with self._writing() as db:
            self._is_ours(db, deal, playing)
            self._put(db, deal, playing)

    def _put(self, db: sqlite3.Connection, deal: int, playing: Playing) -> None:
        """What is not there yet of a play whose beginning is."""
        decided = self._matching(db, "SELECT chain FROM decisions WHERE deal=? ORDER BY k", deal, playing.chain)
        said = [_json(s.as_json()) for s in playing.statements]
        stated = self._matching(db, "SELECT body FROM statements WHERE deal=? ORDER BY k", deal, said)
        rows = [(deal, k, _json(w), playing.chain[k]) for k, w in enumerate(playing.decisions) if k >= decided]
        db.executemany("INSERT INTO decisions VALUES(?,?,?,?)", rows)
        db.executemany("INSERT INTO statements VALUES(?,?,?)", [(deal, k, body) for k, body in enumerate(said) if k >= stated])
        if playing.over:
            db.execute("UPDATE deals SET open=0 WHERE id=?", (deal,))
            result = (deal, playing.compiled.name, playing.result()["points"])
            db.execute("INSERT OR REPLACE INTO results VALUES(?,?,?)", result)

    def _is_ours(self, db: sqlite3.Connection, deal: int, playing: Playing) -> None:
        """PlayedElsewhere where a deal that is not over was closed elsewhere, or has gone on otherwise than this play."""
        closed = db.execute("SELECT open FROM deals WHERE id=?", (deal,)).fetchone() == (0,)
        if closed and not playing.over:
            raise PlayedElsewhere
        self._matching(db, "SELECT chain FROM decisions WHERE deal=? ORDER BY k", deal, playing.chain)

    @staticmethod
    def _matching(db: sqlite3.Connection, words: str, deal: int, ours: list[str]) -> int:
        """How many rows are there already, if they are the first of ours."""
        there = [row[0] for row in db.execute(words, (deal,))]
        if there != ours[: len(there)]:
            raise PlayedElsewhere
        return len(there)

    def open_deals(self) -> list[Saved]:
        """Unfinished deals, the newest first. Rows that make no sense are passed over."""
        rows = self._rows(OPEN_DEALS)
        return [Saved(*row) for row in rows if [type(value) for value in row] == [int, str, str, int, int]]

    def finished(self, most: int) -> list[Saved]:
        """The deals finished last, the newest first, with their points. Rows that make no sense are passed over."""
        rows = [row for row in self._rows(FINISHED, most) if [type(value) for value in row] == [int, str, str, int, int]]
        return [Saved(row[0], row[1], row[2], row[3], points=row[4]) for row in rows]

    def best(self, scenario: str) -> int | None:
        """The best result of this scenario here, in points; None when it was never finished."""
        return next((row[0] for row in self._rows(BEST, scenario) if row[0] is not None), None)

    def give_up(self, deal: int) -> None:
        """Offer this deal no more; it stays in the file."""
        with self._writing() as db:
            db.execute("UPDATE deals SET open=0 WHERE id=?", (deal,))

    def load(self, deal: int, compiled: Compiled) -> Playing:
        """The deal at its last decision. RecordError where it does not fit the scenario or its own chain."""
        with self.lock:
            head = self._rows("SELECT hash, rules, seed FROM deals WHERE id=?", deal)
            rows = self._rows("SELECT words, chain FROM decisions WHERE deal=? ORDER BY k", deal)
            said = self._rows("SELECT body FROM statements WHERE deal=? ORDER BY k", deal)
        try:
            statements = [read_statement(json.loads(row[0])) for row in said]
            decisions = [json.loads(words) for words, _ in rows]
            opened = as_opened(compiled, statements)
            if not head or head[0][:2] != (opened.hash, RULES_VERSION):
                raise RecordError("error.record.scenario", scenario=compiled.name)
            return play_again(opened, head[0][2], decisions, statements, _number, [chain for _, chain in rows])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, IllegalAction) as error:
            raise RecordError("error.record.form") from error


def _number(playing: Playing, words: Any, k: int) -> int:
    return decision_number(playing.compiled, words)


def _connected(path: Path) -> sqlite3.Connection:
    """The file as a store of this version; sqlite3.DatabaseError for what is none."""
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] > VERSION:
            raise sqlite3.DatabaseError("made by a newer version")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        for words in SCHEMA.split(";\n"):
            db.execute(words)
        for table, columns in COLUMNS.items():
            if {row[1] for row in db.execute(f"PRAGMA table_info({table})")} != columns:
                raise sqlite3.DatabaseError(f"other columns in {table}")
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged")
        db.execute(f"PRAGMA user_version={VERSION}")
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def _alone_at(path: Path) -> Iterator[None]:
    """Of several programs one at a time; the system lets the next in when this one ends, however it ends."""
    guard = sqlite3.connect(path.with_name(GUARD), timeout=PATIENCE, isolation_level=None)
    try:
        guard.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        guard.close()


def put_aside(path: Path) -> Path:
    """Give a file and what belongs to it a name that is free; that name."""
    number = next(n for n in range(1, 10_000) if not path.with_name(f"{path.name}.unreadable-{n}").exists())
    for part in BESIDE:
        old = path.with_name(path.name + part)
        if old.exists():
            old.replace(path.with_name(f"{path.name}.unreadable-{number}{part}"))
    return path.with_name(f"{path.name}.unreadable-{number}")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
