"""The one way through a play: decision by decision, with how things stood before each and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from game.engine.state import copy_state
from game.play.decisions import decision_number
from game.play.happenings import Happening
from game.play.playing import Playing, start_playing
from game.play.record import number_or_mismatch, play_again
from game.scenario.tables import State


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A decision: its number from 1, what it was, the state before it, and what happened until the next."""

    number: int
    decision: int
    before: State
    happened: list[Happening]


def walk(playing: Playing) -> Iterator[Moment]:
    """All decisions of a play, by playing them again."""
    again = start_playing(playing.compiled, playing.seed)
    for number, words in enumerate(playing.decisions, 1):
        decision = decision_number(playing.compiled, words)
        before = copy_state(again.state)
        yield Moment(number=number, decision=decision, before=before, happened=again.go_on(decision))


def up_to(playing: Playing, many: int) -> Playing:
    """The play as it stood before decision `many` (from 0), with all that had been stated by then."""
    said = [s for s in playing.statements if s.at <= many]
    return play_again(playing.compiled, playing.seed, playing.decisions[:many], said, number_or_mismatch)


def by_decision(happenings: list[Happening]) -> dict[int, list[Happening]]:
    """What happened, by the number of the decision after which it did."""
    found: dict[int, list[Happening]] = defaultdict(list)
    for h in happenings:
        found[h.after].append(h)
    return found
