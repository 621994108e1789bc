"""How much is spent on judging a decision."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Level:
    """How much is spent on a decision."""

    many: int
    """Particles, and the decisions gone through again after a resampling."""
    effort: int
    rounds: tuple[tuple[int, int], ...]
    """Sequential halving: (replicates, arms kept before them)."""
    fresh: tuple[int, int, int]
    """Fresh replicates: at first; of the best and the chosen alone at most, and at least so many at a time."""
    aim: float
    """No more than at first once the error of the regret, in points, is below this."""
    parts: int
    """Replicates for the parts of luck."""
    worst: float = 1e9
    """An error above this is brought down though no grade hangs on it."""


FINE = Level(
    many=600,
    effort=30_000,
    rounds=((16, 1 << 20), (32, 14), (128, 7), (384, 4)),
    fresh=(256, 6144, 64),
    aim=0.2,
    parts=128,
    worst=1.8,
)
COARSE = Level(many=80, effort=1_000, rounds=((3, 6), (5, 3)), fresh=(16, 16, 16), aim=3.0, parts=8)
"""Without compiled code."""
