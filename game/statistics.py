"""Estimates with their 95 % intervals, as plain data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import mean, variance
from typing import Any

Z = 1.96
"""Half-width of a 95 % interval in standard errors."""
Data = dict[str, Any]


def wilson(hits: int, n: int) -> Data:
    """A share with its Wilson interval (Wilson 1927); 0 … 1 where nothing was tried."""
    if n == 0:
        return {"share": None, "lo": 0.0, "hi": 1.0, "n": 0}
    p, z2 = hits / n, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return {"share": p, "lo": max(0.0, middle - half), "hi": min(1.0, middle + half), "n": n}


def normal(mean: float, variance: float, n: int) -> Data:
    """A mean with its standard deviation and interval."""
    half = Z * math.sqrt(variance / max(1, n))
    return {"mean": mean, "sd": math.sqrt(variance), "lo": mean - half, "hi": mean + half}


def student(n: int) -> float:
    """Half-width of a 95 % interval in standard errors for a mean of n values: Student's quantile by its expansion in 1/n
    (Abramowitz & Stegun 26.7.5), within 0.01 from n = 5 on."""
    free = max(1, n - 1)
    if free < 4:
        return (12.706, 4.303, 3.182)[free - 1]
    z = 1.959964
    return z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)


def average(values: Sequence[float], least: float = -math.inf, most: float = math.inf) -> Data:
    """Mean, deviation and interval of a few values that lie between `least` and `most`; no interval for a single one."""
    n = len(values)
    if n == 0:
        return {"mean": None, "sd": None, "lo": None, "hi": None, "n": 0}
    middle = mean(values)
    spread = variance(values) if n > 1 else 0.0
    half = student(n) * math.sqrt(spread / n) if n > 1 else None
    low, high = (None, None) if half is None else (max(least, middle - half), min(most, middle + half))
    return {"mean": middle, "sd": math.sqrt(spread), "lo": low, "hi": high, "n": n}
