"""The same dice, the other way: a play up to a decision, then another decision, then par play to the end."""

from __future__ import annotations

from game.judging.workers import Case
from game.play.playing import Playing
from game.play.walk import up_to
from game.policies.policies import choose


def other_way(case: Case, playing: Playing, at: int, decision: int) -> Playing:
    """The play's first `at` decisions, then this one, then par. The world and its dice are the play's own."""
    other = up_to(playing, at)
    other.decide(decision)
    while not other.over:
        other.decide(choose(case.deal.tables, other.state, case.player, other.seed))
    return other
