"""Moments: what a deal is remembered by, told in the week it first comes true."""

from __future__ import annotations

from game.engine.odds import holds
from game.scenario.tables import State, Tables


def standing(t: Tables, s: State) -> frozenset[int]:
    """The moments whose condition holds, by number."""
    return frozenset(k for k, condition in enumerate(t.moment_cond) if holds(t, s, condition, 0, 0))
