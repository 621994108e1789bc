"""Room for particles: states, their truths and seeds, and the history they follow; compiled or in plain Python.

The numbers are the same either way. What `kernels.do_job` wants is kept here, so that a call names only what it is about.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from game.belief import kernels
from game.engine import jit
from game.engine.state import copy_state, new_follower, new_state
from game.policies import policies
from game.policies.modules import MODULES
from game.policies.table import Player
from game.scenario import tables
from game.scenario.records import code_size
from game.scenario.tables import State, Tables, dtype, room, to_record

STEPS_MORE = 64
"""Room is made for so many more decisions at a time."""


FOLLOWED = ("states", "genes", "logs", "seeds", "steps", "decisions", "script", "off")


def _copied(value: Any) -> Any:
    """A copy that shares nothing that changes."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list):
        return [_copied(v) for v in value]
    return copy_state(value) if isinstance(value, State) else value


class Particles:
    """`many` particles and a spare one. `entry` is the compiled `kernels.do_job` for tables of this size; None: plain Python."""

    def __init__(
        self, t: Tables, many: int, player: Player | None = None, won: Sequence[int] = (), size: str = "L", entry: Any = None
    ) -> None:
        self.t, self.many, self.entry = t, many, entry
        player = player or policies.new_player(t, "wait")
        wins = list(won) or [0] * t.n_ending
        self.steps = 0
        self.money: Any = []
        self.won: Any = []
        self.decisions: Any = self._row([])
        self.script: Any = self._row([])
        self.off: Any = self._row([0])
        if entry:
            self.tables, self.player = to_record(t, size), to_record(player, size)
            self.states: Any = np.zeros(many + 1, dtype(State, size))
            follower = new_follower(t)
            self.dice: Any = to_record(follower, size)
            self.genes: Any = np.zeros((many + 1, t.n_start), np.int64)
            self.logs: Any = np.zeros(many + 1)
            self.wins: Any = np.array(wins, np.int64)
        else:
            self.tables, self.player = [t], [player]  # type: ignore[assignment]
            self.states = [new_state(t) for _ in range(many + 1)]
            self.dice = [new_follower(t)]
            self.genes = [[0] * t.n_start for _ in range(many + 1)]
            self.logs, self.wins = [0.0] * (many + 1), wins
        self.seeds: Any = self._table(many + 1, 0)
        self.weights: Any = self._table(1, many, float)
        self.make_room(1, 1)

    def _table(self, rows: int, columns: int, kind: type = int) -> Any:
        """Zeros in rows and columns."""
        if self.entry:
            return np.zeros((rows, columns), np.int64 if kind is int else np.float64)
        return [[kind(0)] * columns for _ in range(rows)]

    def _row(self, numbers: Sequence[int]) -> Any:
        return np.array(numbers, np.int64) if self.entry else [int(n) for n in numbers]

    def make_room(self, rows: int, columns: int) -> None:
        """Answers of so many rows and columns; nothing of earlier answers is kept."""
        if len(self.money) < rows or len(self.money[0]) < columns:
            self.money, self.won = self._table(rows, columns), self._table(rows, columns)
        if len(self.weights) < rows or len(self.weights[0]) < columns:
            self.weights = self._table(max(rows, len(self.weights)), max(columns, len(self.weights[0])), float)

    def put_seeds(self, step: int, seeds: Sequence[int]) -> None:
        """The particles' seeds for a step of the history."""
        if step >= self.steps:
            wider = self._table(self.many + 1, step + STEPS_MORE)
            for old, new in zip(self.seeds, wider, strict=True):
                new[: self.steps] = old
            self.seeds, self.steps = wider, step + STEPS_MORE
            if self.entry:
                self.seeds = np.ascontiguousarray(self.seeds)
        for i, seed in enumerate(seeds):
            self.seeds[i][step] = seed

    def add_history(self, decision: int, script: Sequence[int]) -> None:
        """A decision more. ValueError where more was announced than fits."""
        if len(script) > room("trace", "M"):
            raise ValueError(f"script of {len(script)} numbers")
        self.decisions = self._row([*self.decisions, decision])
        self.script = self._row([*self.script, *script])
        self.off = self._row([*self.off, len(self.script)])

    def choose(self, chosen: Sequence[int]) -> None:
        """Particle i becomes a copy of what particle chosen[i] was."""
        if self.entry:
            for table in (self.states, self.genes, self.logs, self.seeds):
                table[: self.many] = table[list(chosen)]
            return
        self.states[: self.many] = [copy_state(self.states[k]) for k in chosen]
        self.genes[: self.many] = [list(self.genes[k]) for k in chosen]
        self.seeds[: self.many] = [list(self.seeds[k]) for k in chosen]
        self.logs[: self.many] = [self.logs[k] for k in chosen]

    def kept(self) -> tuple[Any, ...]:
        """All that following a play changes, to go back to."""
        return tuple(_copied(getattr(self, name)) for name in FOLLOWED)

    def back_to(self, kept: tuple[Any, ...]) -> None:
        """Stand where `kept` was taken."""
        for name, value in zip(FOLLOWED, kept, strict=True):
            setattr(self, name, _copied(value))

    def slots(self, first: int, end: int) -> np.ndarray[Any, np.dtype[np.float64]]:
        """These slots of every particle. Shape (particles, end - first)."""
        if self.entry:
            return np.array(self.states["x"][: self.many, first:end], dtype=float)
        return np.array([s.x[first:end] for s in self.states[: self.many]], dtype=float).reshape(self.many, end - first)

    def work(
        self, job: int, picks: Sequence[int] = (), row: Sequence[int] = (), number: int = 0, root: int = 0,
        script: Sequence[int] | None = None, first: int = 0, then: int = -1,
    ) -> None:  # fmt: skip
        """One job over the particles (see `kernels.do_job`). A script of its own stands for the history's."""
        args: tuple[Any, ...] = (
            job, self.tables, self.states, self.dice, self.player, self.genes, self.seeds, self.logs, self.decisions,
            self.script if script is None else self._row(script), self.off, self._row(picks), self._row(row), number, root,
            first, then, self.money, self.won, self.weights, self.wins,
        )  # fmt: skip
        if not self.entry:
            kernels.do_job(*args)
            return
        with jit.one_pass("do_job"):
            self.entry(*args)


def mark_of(folder: Path, size: str) -> Path:
    """The file that says that machine code for this size class was kept."""
    return folder / jit.sources_hash((tables, *jit.MODULES, *MODULES, kernels)) / f"jobs-{code_size(size)}"


def is_kept(folder: Path, size: str) -> bool:
    """Whether compiled jobs can be had at once, without compiling."""
    return jit.available() and mark_of(folder, size).is_file()


def keep_mark(folder: Path, size: str) -> None:
    """Machine code for this size class is kept now."""
    with contextlib.suppress(OSError):
        mark_of(folder, size).parent.mkdir(parents=True, exist_ok=True)
        mark_of(folder, size).touch()


_kept: dict[Path | None, Any] = {}


def compiled_jobs(cache_folder: Path | None) -> Any:
    """`kernels.do_job` compiled, once a process."""
    if cache_folder not in _kept:
        _kept[cache_folder] = jit.compiled(*MODULES, kernels, entries=["do_job"], cache_folder=cache_folder).do_job
    return _kept[cache_folder]
