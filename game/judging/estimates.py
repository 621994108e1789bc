"""Means and their errors over replicates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
"""One number for each replicate."""


def mean_of(rows: list[Numbers]) -> float:
    """Mean over all rounds; 0 before the first."""
    return float(np.concatenate(rows).mean()) if rows else 0.0


def chance_of(row: Numbers) -> float:
    """A chance as a mean that luck was taken out of: it may come out slightly beyond 0 or 1."""
    return min(max(float(row.mean()), 0.0), 1.0)


def error_of(row: Numbers) -> float:
    """Standard error of the mean."""
    return float(row.std(ddof=1) / np.sqrt(len(row))) if len(row) > 1 else 0.0


def weighted(row: Numbers, weight: Numbers) -> tuple[float, Numbers]:
    """Weighted mean, and what each replicate has to do with its error (linearised ratio)."""
    mean = float(weight @ row) / float(weight.sum())
    return mean, weight * (row - mean) / float(weight.mean())
