"""What others of a team proposed before a decision, told beside it."""

from __future__ import annotations

from collections.abc import Callable

from game.errors import RecordError
from game.i18n import Say
from game.play.decisions import decision_number
from game.play.playing import Playing
from game.play.statements import ProposalsSaid, all_of
from game.words.log import Line

Words = Callable[[int, int], tuple[str, str]]
"""What a decision was, and who with whom, given the stage."""


def proposed_lines(playing: Playing, number: int, week: int, stage: int, words: Words, say: Say) -> list[Line]:
    """A line for each who proposed something before decision `number` (from 1); what means nothing in this deal is left out."""
    found = []
    for said in all_of(playing.statements, ProposalsSaid):
        for who, written in said.by.items() if said.at == number - 1 else ():
            try:
                what, with_whom = words(decision_number(playing.compiled, written.split(" ")), stage)
            except RecordError:
                continue
            what = say("table.with", what=what, who=with_whom) if with_whom else what
            found.append(Line(week, say("step.proposed", who=who, what=what)))
    return found
