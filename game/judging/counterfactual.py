"""The same dice, the other way: a play up to a decision, then another decision, then par play to the end."""

from __future__ import annotations

from game.judging.workers import Case
from game.play.playing import Playing, decision_number, start_playing
from game.policies.policies import choose


def other_way(case: Case, playing: Playing, at: int, decision: int) -> Playing:
    """The play's first `at` decisions, then this one, then par. The world and its dice are the play's own."""
    other = branch(case, playing, at)
    other.decide(decision)
    while not other.over:
        other.decide(choose(case.deal.tables, other.state, case.player, other.seed))
    return other


def branch(case: Case, playing: Playing, at: int) -> Playing:
    """The play as it stood before decision `at` (from 0)."""
    other = start_playing(case.compiled, playing.seed)
    for words in playing.decisions[:at]:
        other.decide(decision_number(case.compiled, words))
    return other
