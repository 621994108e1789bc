"""Ways to play: what practice allows and what an exam keeps back."""

from __future__ import annotations

from dataclasses import dataclass

from game.play.statements import ModeSaid, Statement, last_of


@dataclass(frozen=True, kw_only=True)
class Mode:
    """`takes_back`: the last decision may be undone; `hints`: a plain player's choice is shown; `numbers`: odds are told in
    numbers, not only in words."""

    key: str
    takes_back: bool = False
    hints: bool = False
    numbers: bool = True


MODES = {
    mode.key: mode
    for mode in (Mode(key="practice", takes_back=True, hints=True), Mode(key="workshop"), Mode(key="exam", numbers=False))
}
USUAL = "workshop"


def mode_of(statements: list[Statement]) -> Mode:
    """The mode on record; the usual one where there is none."""
    said = last_of(statements, ModeSaid)
    return MODES[said.mode if said else USUAL]
