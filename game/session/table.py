"""Several people at one deal, each at a device of their own: everybody proposes, the captain decides, and both are on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from game.errors import GameError
from game.play.decisions import decision_words
from game.play.statements import ProposalsSaid
from game.scenario.compiled import Compiled

CAPTAIN = 0
"""The captain's number among those at a table."""


class NotDecided(GameError):
    """Nothing has happened: a proposal was noted, or others have not proposed yet. The key says which."""


@dataclass
class Mate:
    """Somebody at the table. `member`: whose part they play, by number; `here`: whether their device is open."""

    id: int
    name: str
    member: int
    here: bool = True


@dataclass
class Table:
    """Who sits at a deal. `acting` is whoever the present call comes from."""

    compiled: Compiled
    mates: dict[int, Mate] = field(default_factory=dict)
    acting: int = CAPTAIN
    proposed: dict[int, int] = field(default_factory=dict)
    """What each has proposed since the last decision, by number."""
    urged: tuple[int, frozenset[int]] | None = None
    """What the captain wanted to decide, and whose proposal was not there yet."""

    @property
    def eyes(self) -> int:
        """Through whose eyes whoever acts sees the deal."""
        return self.mates[self.acting].member

    @property
    def captain(self) -> bool:
        """Whether the captain acts."""
        return self.acting == CAPTAIN

    def missing(self) -> list[Mate]:
        """Who is here and has not proposed yet."""
        return [mate for mate in self.mates.values() if mate.id != CAPTAIN and mate.here and mate.id not in self.proposed]

    def decides(self, decision: int) -> None:
        """Whoever acts wants to decide this. NotDecided where that is a proposal, and where the captain does not know the others'
        yet; who presses the same again decides without them."""
        if not self.captain:
            self.proposed = {**self.proposed, self.acting: decision}
            self.urged = None
            raise NotDecided("table.proposed")
        open_ = self.missing()
        wanted = (decision, frozenset(mate.id for mate in open_))
        if open_ and self.urged != wanted:
            self.urged = wanted
            raise NotDecided("table.waits", names=names_of(open_))

    def refuse(self) -> None:
        """NotDecided where what is asked for is the captain's to do."""
        if not self.captain:
            raise NotDecided("table.captains")

    def said(self) -> ProposalsSaid | None:
        """What was proposed, to be put on record with the decision; None where nothing was."""
        by = {self.mates[k].name: " ".join(decision_words(self.compiled, d)) for k, d in self.proposed.items() if k in self.mates}
        return ProposalsSaid(by=by) if by else None

    def clear(self) -> None:
        """A decision was taken: what was proposed is over."""
        self.proposed, self.urged = {}, None


def names_of(mates: Iterable[Mate]) -> str:
    """Their names in a row, as a list that reads in any language."""
    return " · ".join(mate.name for mate in mates)
