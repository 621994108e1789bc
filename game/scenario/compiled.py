"""A compiled scenario with the names to read its tables by, and how it starts after another's ending."""

from __future__ import annotations

import copy
import hashlib
from dataclasses import dataclass, field, replace

from game.scenario.tables import Tables


@dataclass(frozen=True, kw_only=True)
class Ids:
    """The authors' names of what the tables number; each list in the tables' order."""

    actions: list[str]
    people: list[str]
    members: list[str]
    rivals: list[str]
    moves: list[str]
    events: list[str]
    injects: list[str]
    facts: list[str]
    stages: list[str]
    phases: list[str]
    steps: list[str]
    criteria: list[str]
    endings: list[str]
    points: list[str]
    branches: list[str]
    slots: list[str]


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """Tables with the names to read them by. `hash` changes when a rule or a name does, not when a text does."""

    name: str
    hash: str
    tables: Tables
    ids: Ids
    best: int
    """The payoff that is worth 100 points."""
    words: list[str]
    """Where the words of each branch are written, '' where it has none; branches that say the same share them."""
    course: dict[str, list[str]] = field(default_factory=dict)
    """The deal by the book: each stage's actions, what to do first first."""
    course_answers: dict[str, int] = field(default_factory=dict)
    """By the book: the answer to a scene, by its number among the scene's from 0."""
    scenes: list[str] = field(default_factory=list)
    """The scenes by name, in the tables' order."""
    after: dict[str, list[int]] = field(default_factory=dict)
    """By another deal's ending ("scenario.ending"): how this deal starts after it, as `x0`."""
    opened_by: str = ""
    """The ending that this deal goes on from; `seal` is the last link of that deal's record."""
    seal: str = ""


def opened(compiled: Compiled, ending: str, seal: str) -> Compiled:
    """The deal as it starts after another's ending. KeyError for an ending it does not go on from."""
    tables = copy.copy(compiled.tables)
    tables.x0 = list(compiled.after[ending])
    mark = hashlib.sha256(f"{compiled.hash} {ending} {seal}".encode()).hexdigest()[:32]
    return replace(compiled, hash=mark, tables=tables, opened_by=ending, seal=seal)
