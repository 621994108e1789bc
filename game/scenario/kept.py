"""Files of scenarios as they were read last, in today's words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from game.scenario.formats import renamed
from game.scenario.source import Budget, Source, read_file


class Files:
    """Reads files, and keeps what was read as long as a file stays as it is: for whoever looks at a scenario again and again."""

    def __init__(self) -> None:
        self.kept: dict[Path, tuple[tuple[int, int], Source, Budget]] = {}

    def read(self, path: Path, name: str, budget: Budget) -> Source:
        """As `read_file`, in today's words."""
        try:
            about = path.stat()
        except (OSError, ValueError):
            return read_file(path, name, budget)  # which says why
        state = about.st_mtime_ns, about.st_size
        known = self.kept.get(path)
        if known is not None and known[0] == state and known[2].bytes <= budget.bytes and known[2].nodes <= budget.nodes:
            budget.bytes, budget.nodes = budget.bytes - known[2].bytes, budget.nodes - known[2].nodes
            return replace(known[1], lines=dict(known[1].lines), problems=list(known[1].problems))
        before = Budget(budget.bytes, budget.nodes)
        found = read_file(path, name, budget)
        renamed(found)
        used = Budget(before.bytes - budget.bytes, before.nodes - budget.nodes)
        self.kept[path] = state, replace(found, lines=dict(found.lines), problems=list(found.problems)), used
        return found
