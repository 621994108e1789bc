"""Worker processes: how many there may be, and whom they heed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (pieces done, pieces in all)."""


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def heed_only_the_asker() -> None:
    """Ctrl-C reaches every process of a terminal; a worker leaves it to the one that asks, which then ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
