"""A scenario as those who play it many times want it: tables, size class, and which endings count as won."""

from __future__ import annotations

from dataclasses import dataclass

from game.scenario.load import Ready
from game.scenario.tables import Tables


@dataclass(frozen=True)
class Simulation:
    """What a worker has to know of a scenario."""

    hash: str
    tables: Tables
    size: str
    won: tuple[int, ...]
    """1 for each ending that counts as won."""


def simulation_of(ready: Ready) -> Simulation:
    """The part of a scenario that mass play needs."""
    won = tuple(int(ending.kind == "won") for ending in ready.scenario.endings.values())
    return Simulation(ready.compiled.hash, ready.compiled.tables, ready.scenario.size, won)
