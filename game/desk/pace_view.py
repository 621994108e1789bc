"""How fast the customer moves, as a screen shows it: plain records in one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PaceLine:
    """What a phase waits for (`work`), what speeds or what holds it, by so many weeks; whether it is so, what may bring it."""

    kind: str
    text: str
    weeks: int
    so: bool
    ways: list[str]


@dataclass(frozen=True, kw_only=True)
class SayView:
    """Somebody with a say: `person` is -1 while we do not know who it is; `ahead` counts phases from now."""

    person: int
    name: str
    text: str
    phase: str
    ahead: int
    met: bool
    coverage: int


@dataclass(frozen=True, kw_only=True)
class PaceView:
    """The customer's phase: how many weeks it still takes (or, where that is left to chance, the chance this week in percent),
    why, the dates, who has a say."""

    phase: str
    following: str
    stayed: int
    weeks: tuple[int, int] | None
    chance: int | None
    lines: list[PaceLine]
    dates: list[str]
    says: list[SayView]
