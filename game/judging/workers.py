"""Judging whole plays: in worker processes, many plays at a time, or one play while it is still played.

Compiled code is made and run in the workers, never in the process that asks; without numba they judge in plain Python,
coarser, and the judgement says so.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.belief.particles import compiled_jobs, is_kept
from game.engine import jit
from game.judging.judge import Judge
from game.judging.judgement import Judged, Judgement, assemble
from game.judging.level import Level
from game.judging.luck import fit
from game.judging.warming import in_turn
from game.paths import code_folder
from game.play.decisions import decision_numbers
from game.play.playing import Playing, start_playing
from game.policies.par import Reference, player_named, tuning
from game.policies.processes import heed_only_the_asker, processors
from game.policies.simulation import Simulation, simulation_of
from game.policies.table import Player
from game.policies.worth import Worth
from game.scenario.compiled import Compiled
from game.scenario.load import Ready

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Case:
    """What a judge has to know of a scenario."""

    compiled: Compiled
    deal: Simulation
    player: Player
    """Par."""
    reference: Reference = "tuned"


@dataclass(frozen=True)
class Play:
    """A play to be judged: its seed and decisions by number, and which of them."""

    seed: int
    decisions: tuple[int, ...]
    every: int = 1
    first: int = 0
    """Decisions first, first + every, …"""
    level: Level | None = None
    """How much is spent on a decision; None: as much as this computer can."""
    worlds: int = 0
    """In which worlds it is judged, see `Judge`."""


def case_of(ready: Ready, folder: Path) -> Case:
    """The scenario as a judge wants it; `folder` is where its par.json lies."""
    return Case(ready.compiled, simulation_of(ready), player_named(ready.compiled, "par", folder), tuning(ready.compiled, folder))


def judge_of(case: Case, seed: int, cache_folder: Path | None, level: Level | None = None, worlds: int = 0) -> Judge:
    """A judge at the beginning of a play, compiled where that is possible."""
    if jit.available() and cache_folder and not is_kept(cache_folder, case.deal.size):
        with in_turn(cache_folder, case.deal.size):
            return _judge_of(case, seed, cache_folder, level, worlds)
    return _judge_of(case, seed, cache_folder, level, worlds)


def _judge_of(case: Case, seed: int, cache_folder: Path | None, level: Level | None, worlds: int) -> Judge:
    entry = compiled_jobs(cache_folder) if jit.available() else None
    return Judge(
        case.deal, case.player, case.compiled.best, start_playing(case.compiled, seed), entry=entry, level=level, worlds=worlds
    )


def judge_some(case: Case, play: Play, cache_folder: Path | None) -> tuple[list[Judged], int]:
    """Go through a play and judge some of its decisions. Also the playthroughs that took."""
    judge, found = judge_of(case, play.seed, cache_folder, play.level, play.worlds), []
    for k, decision in enumerate(play.decisions):
        judged = judge.take(decision, k % play.every == play.first)
        if judged:
            found.append(judged)
    return found, judge.plays


def numbers_of(playing: Playing) -> tuple[int, ...]:
    """The decisions of a play by number."""
    return decision_numbers(playing.compiled, playing.decisions)


def judgement(case: Case, playing: Playing, judged: Sequence[Judged], plays: int) -> Judgement:
    """A whole play from its parts, in any order."""
    result = playing.result()
    t, ids = case.compiled.tables, case.compiled.ids
    won = bool(case.deal.won[ids.endings.index(result["ending"])])
    assert t.n_ending == len(case.deal.won)
    points = result["payoff"] * 100 / case.compiled.best
    return assemble(sorted(judged, key=lambda j: j.number), points, won, not jit.available(), plays, case.reference)


# ---- worker processes
_case: list[Any] = []


def begin_worker(case: Case, cache_folder: Path, lock: Any) -> None:
    """A worker's first act. One compiles at a time: the others then find the machine code that it kept.

    What goes wrong here is told when the first play is to be judged: a pool would start a worker that fails anew for ever.
    """
    heed_only_the_asker()
    try:
        with lock:
            judge_of(case, 0, cache_folder)
        _case[:] = [case, cache_folder]
    except Exception as error:
        _case[:] = [error]


def worker_case() -> tuple[Case, Path]:
    """What this worker was begun with; raises what went wrong then."""
    if isinstance(_case[0], Exception):
        raise _case[0]
    return _case[0], _case[1]


def _judge(play: Play) -> tuple[list[Judged], int]:
    case, folder = worker_case()
    return judge_some(case, play, folder)


def _fit(case: Case, cache_folder: Path) -> Worth:
    return fit(case.compiled, case.deal, case.player, compiled_jobs(cache_folder) if jit.available() else None)


def worth_of(case: Case, processes: int | None = None, cache_folder: Path | None = None) -> Worth:
    """What luck is worth under par; 0 processes: found in this one."""
    folder = cache_folder or code_folder()
    if processes == 0:
        return _fit(case, folder)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_fit, (case, folder))


@contextlib.contextmanager
def judges(
    case: Case, processes: int | None = None, cache_folder: Path | None = None
) -> Iterator[Callable[[Sequence[Play]], Iterator[tuple[list[Judged], int]]]]:
    """Gives a function plays → their judged decisions, in the plays' order. 0 processes: in this one."""
    folder = cache_folder or code_folder()
    processes = processors() if processes is None else processes
    if processes == 0:
        yield lambda wanted: (judge_some(case, play, folder) for play in wanted)
        return
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(processes, begin_worker, (case, folder, spawn.Lock())) as pool:
        yield lambda wanted: pool.imap(_judge, wanted)


def judge_play(case: Case, playing: Playing, processes: int | None = None, progress: Progress | None = None) -> Judgement:
    """One play that is over, its decisions shared out among the processes."""
    numbers = numbers_of(playing)
    shares = max(1, min(len(numbers), 2 if processes is None else max(1, processes)))
    found: list[Judged] = []
    many = 0
    with judges(case, shares if processes != 0 else 0) as answer:
        for k, (judged, plays) in enumerate(answer([Play(playing.seed, numbers, shares, first) for first in range(shares)])):
            found += judged
            many += plays
            if progress:
                progress(k + 1, shares)
    return judgement(case, playing, found, many)


def judge_each(
    case: Case, playings: Sequence[Playing], progress: Progress | None = None, level: Level | None = None
) -> Iterator[Judgement]:
    """Many plays of one scenario that are over, each as soon as it and those before it are judged."""
    with judges(case) as answer:
        plays_ = [Play(p.seed, numbers_of(p), level=level) for p in playings]
        for k, (playing, (judged, plays)) in enumerate(zip(playings, answer(plays_), strict=True), 1):
            yield judgement(case, playing, judged, plays)
            if progress:
                progress(k, len(playings))


def judge_all(
    case: Case, playings: Sequence[Playing], progress: Progress | None = None, level: Level | None = None
) -> list[Judgement]:
    """As `judge_each`, all at once."""
    return list(judge_each(case, playings, progress, level))
