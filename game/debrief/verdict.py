"""The verdict in two words: how well it was played, and what luck did."""

from __future__ import annotations

from game.judging.judgement import Judgement

CLOSE = 10.0
"""Points within which par's play counts as played well."""
FELT = 5.0
"""Points of luck from which it is named."""


def verdict(j: Judgement) -> str:
    """ "well" or "poor", then "lucky", "unlucky" or "even": "well.unlucky"."""
    well = "well" if j.advantage >= -CLOSE - 2 * j.advantage_se else "poor"
    felt = max(FELT, 2 * j.luck_se)
    fortune = "lucky" if j.luck >= felt else "unlucky" if j.luck <= -felt else "even"
    return f"{well}.{fortune}"
