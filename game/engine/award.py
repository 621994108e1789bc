"""The award: scores by the buyer's criteria, an integer softmax over all bidders and "no decision"."""

from __future__ import annotations

from game.engine.chance import AWARD, AWARDED, Dice, announced, likely, note, swing, uniform
from game.engine.odds import form, holds, rounded
from game.scenario.tables import CENT, CERTAIN, LOST, NEWS, UNDECIDED, WEEK, WINNER, WON, State, Tables

LOWEST = -(1 << 40)


def score(t: Tables, s: State, bidder: int, shift: int) -> int:
    """Weighted mean of the bidder's scores plus what it has beside the criteria, in hundredths of a point."""
    total = 0
    weights = 0
    for c in range(t.n_criterion):
        weight = s.x[t.weight_slot[c]]
        total += weight * rounded(form(t, s, t.score_form[bidder * t.n_criterion + c], 0, 0, shift), CENT)
        weights += weight
    return rounded(total, max(weights, 1)) + rounded(form(t, s, t.bias_form[bidder], 0, 0, shift), CENT)


def compare(t: Tables, s: State) -> None:
    """Only the strongest rivals are compared; the others have no chance. Scores are in s.scratch."""
    left = 0
    for b in range(1, t.n_rival + 1):
        left += 1 if s.scratch[b] > LOWEST else 0
    while left > t.compared:
        weakest = 0
        for b in range(1, t.n_rival + 1):
            if s.scratch[b] > LOWEST and (weakest == 0 or s.scratch[b] < s.scratch[weakest]):
                weakest = b
        s.scratch[weakest] = LOWEST
        left -= 1


def award_odds(t: Tables, s: State, shift: int) -> None:
    """Put each bidder's chance into s.scratch, in 1/10000; they sum to 10000. Who has no bid has no chance.

    Softmax: exp((score - best) / temperature) over the sum, from the table `exp` of 64 steps an e-fold.
    """
    top = LOWEST
    for b in range(t.n_bidder):
        s.scratch[b] = score(t, s, b, shift) if holds(t, s, t.bid_cond[b], 0, 0) else LOWEST
        top = max(top, s.scratch[b])
    compare(t, s)
    total = 0
    for b in range(t.n_bidder):
        far = (top - s.scratch[b]) * 64 // t.temperature
        s.scratch[b] = t.exp[far] if far < 1024 else 0
        total += s.scratch[b]
    left = CERTAIN
    best = 0
    for b in range(t.n_bidder):
        if s.scratch[b] > s.scratch[best]:
            best = b
    for b in range(t.n_bidder):
        s.scratch[b] = s.scratch[b] * CERTAIN // total
        left -= s.scratch[b]
    s.scratch[best] += left


def award(t: Tables, s: State, d: Dice) -> None:
    """The customer decides. WINNER is the bidder's number + 1."""
    award_odds(t, s, 0)
    drawn = uniform(d.seed, AWARD, 0)
    winner = 0
    below = s.scratch[0]
    while drawn >= below and winner < t.n_bidder - 1:
        winner += 1
        below += s.scratch[winner]
    swing(d, d.n_swing - 1, s.scratch[0], winner == 0)
    if d.following == 1:
        row = announced(d, AWARDED, 0, -2, s.x[WEEK])
        winner = d.script[row + 6] if row >= 0 else winner
        likely(d, s.scratch[winner])
    for b in range(t.n_bidder):
        s.bid_odds[b] = s.scratch[b]
    s.x[WINNER] = winner + 1
    if winner == 0:
        s.x[WON] = 1
    else:
        s.x[LOST] = 1
        s.x[UNDECIDED] = 1 if winner == t.n_bidder - 1 else 0
    s.x[NEWS] = 1
    note(d, AWARDED, 0, -1, -1, s.bid_odds[0], drawn, winner, s.x[WEEK])
