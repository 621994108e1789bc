"""Two versions of a scenario under the same dice, and systems switched off: what changes beyond chance.

Plays are paired by blocks of seeds: the difference of a block's means is one observation, so that the dice both versions share
cancel out of the error.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from game.policies.par import player_named
from game.policies.processes import Progress
from game.policies.simulation import Simulation, simulation_of
from game.policies.table import Player
from game.scenario.load import Ready
from game.statistics import Data, average
from game.weighing.ablation import SYSTEMS, without
from game.weighing.batches import FIRST, Answer, Block, cut, workers
from game.weighing.kernels import Tally

PAIRS = 64
"""Plays in a block of the comparison."""
Numbers = dict[str, list[float]]
Players = Callable[[Simulation], AbstractContextManager[Answer]]


def measures(tally: Tally, best: int) -> dict[str, float]:
    """What a block says: points, wins, decisions, weeks."""
    n = tally.plays
    return {
        "points": 100 * tally.pay / n / best,
        "won": tally.wins / n,
        "decisions": tally.decisions / n,
        "weeks": tally.weeks / n,
    }


def block_numbers(
    deal: Simulation, best: int, player: Player, plays: int, progress: Progress | None = None, players: Players = workers
) -> Numbers:
    """Each block's measures, in the order of the blocks."""
    blocks: list[Block] = cut(player, FIRST, plays, size=PAIRS)
    found: Numbers = {}
    with players(deal) as play:
        for k, tally in enumerate(play(blocks), 1):
            for name, value in measures(tally, best).items():
                found.setdefault(name, []).append(value)
            if progress:
                progress(k, len(blocks))
    return found


def difference(one: Numbers, other: Numbers) -> dict[str, Data]:
    """other - one, paired block by block; `sure` where the interval leaves out 0."""
    found = {}
    for name in one:
        data = average([b - a for a, b in zip(one[name], other[name], strict=True)])
        sure = data["lo"] is not None and (data["lo"] > 0 or data["hi"] < 0)
        found[name] = {**data, "sure": sure, "before": average(one[name])["mean"], "after": average(other[name])["mean"]}
    return found


def compare(
    a: tuple[Ready, Path], b: tuple[Ready, Path], plays: int, names: tuple[str, ...], progress: Progress | None = None,
    players: Players = workers,
) -> dict[str, Any]:  # fmt: skip
    """The second version against the first, for every policy. `players` has the blocks of a deal played."""
    rows = {}
    for name in names:
        one, other = (
            block_numbers(
                simulation_of(ready), ready.compiled.best, player_named(ready.compiled, name, folder), plays, progress, players
            )
            for ready, folder in (a, b)
        )
        rows[name] = difference(one, other)
    return {"plays": plays, "policies": rows, "before": a[0].compiled.hash, "after": b[0].compiled.hash}


def systems(ready: Ready, folder: Path, plays: int, names: tuple[str, ...], progress: Progress | None = None) -> dict[str, Any]:
    """What a policy earns with each system of the method switched off, against all of them on."""
    deal, best = simulation_of(ready), ready.compiled.best
    players = {n: player_named(ready.compiled, n, folder) for n in names}
    base = {n: block_numbers(deal, best, p, plays) for n, p in players.items()}
    rows: dict[str, Any] = {}
    for k, system in enumerate(SYSTEMS, 1):
        off = replace(deal, tables=without(ready.compiled, system))
        rows[system] = {n: difference(base[n], block_numbers(off, best, p, plays))["points"] for n, p in players.items()}
        if progress:
            progress(k, len(SYSTEMS))
    return rows
