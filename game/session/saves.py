"""Saved deals: SQLite in the user's data folder, written through after every decision.

What `sync` returned from is on the disk (WAL, synchronous=FULL): a process killed at any moment loses nothing it was told
is saved. A save is a record without its result, and is trusted only as far as its replay goes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.errors import IllegalAction, RecordError, StorageError
from game.play.playing import (
    RULES_VERSION,
    Playing,
    Statement,
    as_opened,
    checked_statement,
    decision_number,
    start_playing,
)
from game.scenario.tables import Compiled

SCHEMA = """
CREATE TABLE IF NOT EXISTS deals(id INTEGER PRIMARY KEY, scenario TEXT NOT NULL, hash TEXT NOT NULL, rules INTEGER NOT NULL,
    seed INTEGER NOT NULL, open INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS decisions(deal INTEGER NOT NULL, k INTEGER NOT NULL, words TEXT NOT NULL, chain TEXT NOT NULL,
    PRIMARY KEY(deal, k));
CREATE TABLE IF NOT EXISTS statements(deal INTEGER NOT NULL, k INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(deal, k));
CREATE TABLE IF NOT EXISTS results(deal INTEGER PRIMARY KEY, scenario TEXT NOT NULL, points INTEGER NOT NULL);
"""
OPEN_DEALS = """
SELECT id, scenario, hash, rules, (SELECT COUNT(*) FROM decisions WHERE deal=deals.id) FROM deals WHERE open=1 ORDER BY id DESC
"""
FILE = "saves.sqlite3"


@dataclass(frozen=True)
class Saved:
    """An unfinished deal in the store."""

    id: int
    scenario: str
    hash: str
    rules: int
    decisions: int = 0


@contextmanager
def _told() -> Iterator[None]:
    """SQLite's and the system's failures as StorageError."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StorageError("error.storage", why=str(error)) from error


class Saves:
    """The store of one user. Safe for several processes: every call is one transaction."""

    def __init__(self, folder: Path) -> None:
        with _told():
            folder.mkdir(parents=True, exist_ok=True)
            self.db = sqlite3.connect(folder / FILE, timeout=10)
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=FULL")
            self.db.executescript(SCHEMA)

    def close(self) -> None:
        self.db.close()

    def begin(self, playing: Playing) -> int:
        """A new saved deal; its number."""
        c = playing.compiled
        with _told(), self.db:
            row = self.db.execute(
                "INSERT INTO deals(scenario, hash, rules, seed) VALUES(?,?,?,?)", (c.name, c.hash, RULES_VERSION, playing.seed)
            )
        return int(row.lastrowid or 0)

    def begin_again(self, deal: int, playing: Playing) -> int:
        """A new saved deal in the place of one whose last decision was taken back; the old one stays in the file, closed."""
        self.give_up(deal)
        return self.begin(playing)

    def sync(self, deal: int, playing: Playing) -> None:
        """Put everything on the disk that is not there yet. May be called again after a failure: nothing is written twice."""
        with _told(), self.db:
            decided = self._count("decisions", deal)
            rows = [(deal, k, _json(w), playing.chain[k]) for k, w in enumerate(playing.decisions) if k >= decided]
            self.db.executemany("INSERT INTO decisions VALUES(?,?,?,?)", rows)
            said = self._count("statements", deal)
            self.db.executemany(
                "INSERT INTO statements VALUES(?,?,?)",
                [(deal, k, _json(s)) for k, s in enumerate(playing.statements) if k >= said],
            )
            self.db.execute("UPDATE deals SET open=? WHERE id=?", (0 if playing.over else 1, deal))
            if playing.over:
                result = (deal, playing.compiled.name, playing.result()["points"])
                self.db.execute("INSERT OR REPLACE INTO results VALUES(?,?,?)", result)

    def open_deals(self) -> list[Saved]:
        """Unfinished deals, the newest first."""
        with (
            _told(),
            closing(self.db.execute(OPEN_DEALS)) as rows,
        ):
            return [Saved(*row) for row in rows]

    def best(self, scenario: str) -> int | None:
        """The best result of this scenario here, in points; None when it was never finished."""
        with _told():
            row = self.db.execute("SELECT MAX(points) FROM results WHERE scenario=?", (scenario,)).fetchone()
        return None if row[0] is None else int(row[0])

    def give_up(self, deal: int) -> None:
        """Offer this deal no more; it stays in the file."""
        with _told(), self.db:
            self.db.execute("UPDATE deals SET open=0 WHERE id=?", (deal,))

    def load(self, deal: int, compiled: Compiled) -> Playing:
        """The deal at its last decision. RecordError where it does not fit the scenario or its own chain."""
        with _told():
            head = self.db.execute("SELECT hash, rules, seed FROM deals WHERE id=?", (deal,)).fetchone()
            rows = self.db.execute("SELECT words, chain FROM decisions WHERE deal=? ORDER BY k", (deal,)).fetchall()
            said = self.db.execute("SELECT body FROM statements WHERE deal=? ORDER BY k", (deal,)).fetchall()
        statements = _statements([row[0] for row in said])
        compiled = as_opened(compiled, statements)
        if head is None or head[0] != compiled.hash or head[1] != RULES_VERSION:
            raise RecordError("error.record.scenario", scenario=compiled.name)
        return _replayed(compiled, head[2], rows, statements)

    def _count(self, table: str, deal: int) -> int:
        return int(self.db.execute(f"SELECT COUNT(*) FROM {table} WHERE deal=?", (deal,)).fetchone()[0])


def _statements(said: list[str]) -> list[Statement]:
    try:
        return [checked_statement(json.loads(body)) for body in said]
    except ValueError as error:
        raise RecordError("error.record.form") from error


def _replayed(compiled: Compiled, seed: int, rows: list[tuple[str, str]], statements: list[Statement]) -> Playing:
    playing = start_playing(compiled, seed)
    try:
        for k, (words, chain) in enumerate(rows):
            playing.statements = [s for s in statements if s["at"] <= k]
            playing.decide(decision_number(compiled, json.loads(words)))
            if playing.chain[-1] != chain:
                raise RecordError("error.replay.chain", at=k + 1)
        playing.statements = statements
    except (ValueError, KeyError, TypeError, IllegalAction) as error:
        raise RecordError("error.record.form") from error
    return playing


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
