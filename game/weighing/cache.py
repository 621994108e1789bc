"""Blocks that were played before: a long run that was broken off goes on where it was, and the same is not played twice.

A block's sums depend on nothing but tables, player, seeds and the code that plays; that is its name here. They are kept in one
SQLite file in the user's cache folder, which may be deleted at any time. What is read is checked; what does not hold is played
again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from game.engine import jit
from game.paths import user_cache
from game.policies import modules, route
from game.policies.simulation import Simulation
from game.scenario import records, tables
from game.scenario.tables import Tables, fields
from game.weighing import kernels
from game.weighing.batches import Answer, Block
from game.weighing.kernels import GIVEN, Tally, new_tally

FILE = "blocks.db"
MODULES = (records, tables, *jit.MODULES, *modules.MODULES, route, kernels)
MOST = 40_000
"""Blocks kept; the oldest go first."""
PATIENCE = 2.0
"""Seconds to wait for another program that writes."""
BIGGEST = 4_000_000
"""Bytes of a block's sums."""
TOGETHER = 64
"""Blocks written at a time."""
TABLE = "CREATE TABLE IF NOT EXISTS block (name TEXT PRIMARY KEY, sums BLOB)"
SUMS = [(name, capacity) for name, capacity in fields(Tally) if name not in GIVEN]


def mark_of(t: Tables) -> bytes:
    """Changes with anything in the tables: systems may be switched off in a copy."""
    return hashlib.sha256(json.dumps(vars(t), sort_keys=True).encode()).digest()


def packed(tally: Tally) -> bytes:
    """The sums as bytes."""
    return zlib.compress(json.dumps([getattr(tally, name) for name, _ in SUMS]).encode(), 1)


def unpacked(data: bytes, blank: Tally, block: Block) -> Tally | None:
    """The sums of a block; None where these are none."""
    try:
        values = json.loads(zlib.decompressobj().decompress(data, BIGGEST))
    except (zlib.error, ValueError, RecursionError):
        return None
    if not isinstance(values, list) or len(values) != len(SUMS):
        return None
    for (name, capacity), value in zip(SUMS, values, strict=True):
        row = value if capacity else [value]
        if not isinstance(row, list) or len(row) != (len(getattr(blank, name)) if capacity else 1):
            return None
        if not all(type(n) is int and abs(n) < 1 << 63 for n in row):
            return None
        setattr(blank, name, value)
    sound = blank.plays == block.end - block.start == sum(blank.ended) == sum(blank.length)
    return blank if sound else None


def opened(path: Path, anew: bool = True) -> sqlite3.Connection | None:
    """The file, made where there is none; a spoiled one is begun `anew`. None where that is not possible."""
    store = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        store = sqlite3.connect(path, timeout=PATIENCE)
        for words in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", TABLE):
            store.execute(words)
    except (OSError, sqlite3.Error) as error:
        if store:
            store.close()
        if not anew or isinstance(error, (OSError, sqlite3.OperationalError)):
            return None  # no room, no right, somebody else at it: nothing is wrong with the file
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        return opened(path, anew=False)
    return store


@dataclass
class Ledger:
    """What is kept for one deal."""

    deal: Simulation
    path: Path
    waiting: list[tuple[str, bytes]] = field(default_factory=list)
    differing: int = 0
    """Blocks that were played again and came to something else than what was kept."""

    def __post_init__(self) -> None:
        self.mark = mark_of(self.deal.tables) + bytes(self.deal.won) + jit.sources_digest(MODULES)
        self.store = opened(self.path)

    def name_of(self, block: Block) -> str:
        """A block's name."""
        facts = [vars(block.player), block.first, block.start, block.end, block.watch]
        return hashlib.sha256(self.mark + json.dumps(facts, sort_keys=True).encode()).hexdigest()[:40]

    def read(self, block: Block) -> Tally | None:
        """The sums of a block, if they are here and hold."""
        row = None
        if self.store:
            with contextlib.suppress(sqlite3.Error):
                row = self.store.execute("SELECT sums FROM block WHERE name = ?", (self.name_of(block),)).fetchone()
        if not row or not isinstance(row[0], bytes):
            return None
        return unpacked(row[0], new_tally(self.deal.tables, list(self.deal.won), block.watch), block)

    def keep(self, block: Block, tally: Tally) -> None:
        """Keep a block's sums, some together."""
        self.waiting.append((self.name_of(block), packed(tally)))
        if len(self.waiting) >= TOGETHER:
            self.write()

    def write(self) -> None:
        """Everything that waits goes into the file, if that is possible."""
        rows, self.waiting = self.waiting, []
        if self.store and rows:
            with contextlib.suppress(sqlite3.Error), self.store:
                self.store.executemany("INSERT OR REPLACE INTO block VALUES (?, ?)", rows)

    def close(self) -> None:
        """Write what waits and let the oldest go."""
        self.write()
        if self.store:
            with contextlib.suppress(sqlite3.Error), self.store:
                newest = "SELECT rowid FROM block ORDER BY rowid DESC LIMIT 1 OFFSET ?"
                self.store.execute(f"DELETE FROM block WHERE rowid <= ({newest})", (MOST,))
            self.store.close()


def ledger_of(deal: Simulation, folder: Path | None = None) -> Ledger:
    """The user's ledger, for this deal."""
    return Ledger(deal, (folder or user_cache()) / FILE)


@contextmanager
def keeping(ledger: Ledger, others: AbstractContextManager[Answer], again: bool = False) -> Iterator[Answer]:
    """Gives a function blocks → their sums. `others` is asked, and entered, only for what the ledger does not have; with `again`
    for everything, and what had been kept otherwise is counted in `differing`."""
    with ExitStack() as stack:
        stack.callback(ledger.close)
        entered: list[Answer] = []

        def answer(wanted: Sequence[Block]) -> Iterator[Tally]:
            kept = [ledger.read(block) for block in wanted]
            missing = [block for block, tally in zip(wanted, kept, strict=True) if again or tally is None]
            if missing and not entered:
                entered.append(stack.enter_context(others))
            fresh = iter(entered[0](missing)) if missing else iter(())
            for block, before in zip(wanted, kept, strict=True):
                if before is not None and not again:
                    yield before
                    continue
                tally = next(fresh)
                ledger.differing += before is not None and packed(before) != packed(tally)
                ledger.keep(block, tally)
                yield tally

        yield answer
