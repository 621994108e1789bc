"""Machine code for judging, made in the background from the first start on, so that nobody waits for it at the end of a deal.

It is made once for each size class and state of the sources. Whoever needs it meanwhile waits for who is at it, and makes only
what is missing.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from game.belief.particles import is_kept, keep_mark
from game.engine import jit
from game.engine.machine_code import wait_for
from game.paths import ROOT, code_folder
from game.scenario.records import code_size


@contextlib.contextmanager
def in_turn(folder: Path, size: str) -> Iterator[None]:
    """One process at a time makes the code of a size class; where there is no place for a lock, each for itself."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            guard = stack.enter_context(os.fdopen(os.open(folder / f"making-{code_size(size)}", flags, 0o600), "rb+"))
            wait_for(guard.fileno())
        yield
        keep_mark(folder, size)


class Warming:
    """The making of the code that scenarios of these size classes need, in a process of its own that outlives this one."""

    def __init__(self, sizes: Iterable[str], folder: Path | None = None) -> None:
        self.sizes = sorted(set(map(code_size, sizes))) if jit.available() else []
        self.folder = folder or code_folder()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def many(self) -> int:
        return len(self.sizes)

    @property
    def done(self) -> int:
        """How many are there."""
        return sum(is_kept(self.folder, size) for size in self.sizes)

    @property
    def under_way(self) -> bool:
        """Whether something is still to come."""
        return self.process is not None and self.process.poll() is None and self.done < self.many

    def begin(self) -> Warming:
        """Start the process, where anything is missing."""
        if self.process is None and self.done < self.many:
            command = [sys.executable, "-X", "utf8", "-P", "-m", "game.cli", "warm"]
            with contextlib.suppress(OSError):
                self.process = subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
        return self
