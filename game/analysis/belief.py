"""What the trainee believes of what is hidden. The one place for it.

It is simple still: every hidden quantity has one estimate, kept by the engine in the slot `shift` further on. It starts at
the mean of the prior, follows what is announced, moves toward each reading as far as its source is reliable, and is exact
where a fact is proved. It knows nothing of what happens unannounced, and it has no spread. A belief of weighted particles
takes its place behind the same two questions: the mean of a slot, and the odds of a start.
"""

from __future__ import annotations

from game.engine.award import award_odds
from game.engine.odds import odds
from game.scenario.tables import State, Tables


def estimate(t: Tables, s: State, slot: int) -> int:
    """What is believed of a slot: the thing itself where it is visible. In the slot's integers."""
    return s.x[slot + t.shift] if slot >= t.hidden else s.x[slot]


def believed_odds(t: Tables, s: State, arm: int) -> int:
    """Odds of a start as far as the trainee can know them, in 1/10000."""
    return odds(t, s, arm, t.shift)


def believed_award(t: Tables, s: State) -> list[int]:
    """Each bidder's chance at the award, were it drawn now, in 1/10000."""
    award_odds(t, s, t.shift)
    return s.scratch[: t.n_bidder]
