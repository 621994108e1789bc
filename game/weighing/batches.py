"""Thousands of playthroughs: blocks of seeds handed to processes, each block answered by integer sums.

A block is (player, first seed, from, to); its answer depends on nothing else, so blocks may be done anywhere, in any order,
again, and added up. Compiled code is made in the workers, never in the process that asks; without numba they play in plain
Python.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.engine import jit
from game.engine.state import new_dice, new_state
from game.paths import code_folder
from game.policies import policies, route
from game.policies.modules import MODULES
from game.policies.processes import Progress, heed_only_the_asker, processors
from game.policies.simulation import Simulation
from game.policies.table import Player
from game.scenario import records, tables
from game.scenario.records import code_size
from game.scenario.tables import fields, from_record, to_record
from game.weighing import kernels
from game.weighing.kernels import BIG_HASH, GIVEN, Tally, new_tally, play_block

FIRST = 20_260_000
"""First seed of the batch: the same for every policy, so that all meet the same worlds."""
BLOCK = 2_048
"""Plays in a block. Sums of that many stay far below 2**63."""


@dataclass(frozen=True)
class Block:
    """Plays start … end - 1 of the batch whose first seed is given."""

    player: Player
    first: int
    start: int
    end: int
    watch: bool = False


Answer = Callable[[Sequence[Block]], Iterator[Tally]]


class Runner:
    """Plays blocks in this process, compiled where that is possible."""

    def __init__(self, deal: Simulation, cache_folder: Path | None = None, plain: bool = False) -> None:
        self.deal, self.folder = deal, cache_folder
        self.entry = compiled_block(cache_folder) if jit.available() and not plain else None
        t, tally = deal.tables, new_tally(deal.tables, list(deal.won))
        self.rooms: list[Any] = [t, new_state(t), new_dice(0)]
        self.blank = tally
        if self.entry:
            self.rooms = [to_record(room, deal.size) for room in self.rooms]
        else:
            self.rooms = [[room] for room in self.rooms]

    def play(self, block: Block) -> Tally:
        """The sums of a block."""
        tally = new_tally(self.deal.tables, list(self.deal.won), block.watch)
        if not self.entry:
            t, s, d = self.rooms
            play_block(t, s, d, [block.player], [tally], block.first, block.start, block.end)
            return tally
        record = to_record(tally, self.deal.size)
        player = to_record(block.player, self.deal.size)
        with jit.one_pass("play_block"):
            self.entry(*self.rooms, player, record, block.first, block.start, block.end)
        if self.folder:
            keep_mark(self.folder, self.deal.size)
        return from_record(record, self.blank)  # type: ignore[no-any-return]


def mark_of(folder: Path, size: str) -> Path:
    """The file that says that the machine code of a size class is there."""
    return folder / jit.sources_hash((records, tables, *jit.MODULES, *MODULES, route, kernels)) / f"blocks-{code_size(size)}"


def is_kept(folder: Path, size: str) -> bool:
    """Whether blocks can be played at once, without compiling."""
    return jit.available() and mark_of(folder, size).is_file()


def keep_mark(folder: Path, size: str) -> None:
    """Machine code for this size class is kept now."""
    mark = mark_of(folder, size)
    if not mark.is_file():
        with contextlib.suppress(OSError):
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()


@contextmanager
def at_once(deal: Simulation, cache_folder: Path | None = None) -> Iterator[Answer]:
    """For a few blocks: in this process, and in plain Python where there is no machine code yet: that takes half a minute."""
    folder = cache_folder or code_folder()
    runner = Runner(deal, folder, plain=not is_kept(folder, deal.size))
    yield lambda wanted: map(runner.play, wanted)


_kept: dict[Path | None, Any] = {}


def compiled_block(cache_folder: Path | None) -> Any:
    """`play_block` compiled, once a process."""
    if cache_folder not in _kept:
        found = jit.compiled(*MODULES, route, kernels, entries=["play_block"], cache_folder=cache_folder)
        _kept[cache_folder] = found.play_block
    return _kept[cache_folder]


_runner: list[Runner | Exception] = []


def _begin_worker(deal: Simulation, cache_folder: Path | None, lock: Any) -> None:
    """A worker's first act. One compiles at a time: the others then find the machine code that it kept.

    What goes wrong here is told when the first block is asked for: a pool would start a worker that fails anew for ever.
    """
    heed_only_the_asker()
    try:
        runner = Runner(deal, cache_folder)
        with lock:
            runner.play(Block(policies.new_player(deal.tables, "wait"), 0, 0, 0))
        _runner[:] = [runner]
    except Exception as error:
        _runner[:] = [error]


def _play(block: Block) -> Tally:
    if isinstance(_runner[0], Exception):
        raise _runner[0]
    return _runner[0].play(block)


@contextmanager
def workers(deal: Simulation, processes: int | None = None, cache_folder: Path | None = None) -> Iterator[Answer]:
    """Gives a function blocks → their sums, in the order of the blocks. 0 processes: in this one."""
    processes = processors() if processes is None else processes
    folder = cache_folder or code_folder()
    if processes == 0:
        runner = Runner(deal, folder)
        yield lambda wanted: map(runner.play, wanted)
        return
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(processes, _begin_worker, (deal, folder, spawn.Lock())) as pool:
        yield lambda wanted: pool.imap(_play, wanted)


def cut(player: Player, first: int, plays: int, watch: bool = False, size: int = BLOCK) -> list[Block]:
    """A batch as blocks."""
    return [Block(player, first, k, min(k + size, plays), watch) for k in range(0, plays, size)]


def add(tallies: Iterable[Tally], progress: Progress | None = None, many: int = 0) -> Tally:
    """All sums together; at least one is needed."""
    total: Tally | None = None
    for done, tally in enumerate(tallies, 1):
        total = tally if total is None else _both(total, tally)
        if progress:
            progress(done, many)
    if total is None:
        raise ValueError("nothing to add")
    return total


def _both(one: Tally, other: Tally) -> Tally:
    for name, capacity in fields(Tally):
        if name in GIVEN:
            continue
        a, b = getattr(one, name), getattr(other, name)
        setattr(one, name, [x + y for x, y in zip(a, b, strict=True)] if capacity else a + b)
    one.hash &= BIG_HASH
    return one
