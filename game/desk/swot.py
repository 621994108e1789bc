"""The SWOT board: the evidence we hold, and the strategies that a pair of it opens."""

from __future__ import annotations

from dataclasses import dataclass

from game.belief.watched import Observation
from game.desk.boards import Boards
from game.desk.views import StrategyView


@dataclass(frozen=True)
class Evidence:
    """A fact that is held, for sorting: heard or proved."""

    fact: str
    text: str
    proved: bool


@dataclass(frozen=True)
class SwotView:
    """What the board shows."""

    evidence: list[Evidence]
    strategies: list[StrategyView]


def swot_view(boards: Boards, playing: Observation) -> SwotView:
    """As this viewer sees it."""
    held = [fact for fact in boards.ids.facts if boards.held(playing, fact)]
    evidence = [Evidence(f, boards.tell.text("facts", f, "text"), bool(boards.slot(playing, f"knows.{f}"))) for f in held]
    return SwotView(evidence, boards.strategies(playing, "tows"))
