"""What in a class's records deserves a second look. Nothing here proves anything; it says where to ask."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from game.debrief.entries import Entry
from game.i18n import Say

SAME_SEED = 0.5
"""From this share of the records on, their common seed is taken for the class's."""


def marks(entries: Sequence[Entry], say: Say, seed: int | None = None) -> list[str]:
    """The very same decisions under different names, and records outside the class's seed: the one given, else the one that half
    of the class has."""
    return [*same_decisions(entries, say), *other_seeds(entries, say, seed)]


def same_decisions(entries: Sequence[Entry], say: Say) -> list[str]:
    """Names that share seed and decisions."""
    alike: dict[tuple[int, tuple[tuple[str, ...], ...]], list[str]] = defaultdict(list)
    for e in entries:
        alike[e.playing.seed, tuple(map(tuple, e.playing.decisions))].append(e.name)
    return [say("class.mark.same", names=say("list.comma").join(names)) for names in alike.values() if len(names) > 1]


def other_seeds(entries: Sequence[Entry], say: Say, seed: int | None) -> list[str]:
    """Who did not play the class's deal."""
    if seed is None:
        most, many = Counter(e.playing.seed for e in entries).most_common(1)[0]
        if many < 2 or many < SAME_SEED * len(entries):
            return []
        seed = most
    return [say("class.mark.seed", name=e.name, own=e.playing.seed, seed=seed) for e in entries if e.playing.seed != seed]
