"""How a deal ends, and what it was worth."""

from __future__ import annotations

from game.engine.chance import OVER, Dice, note
from game.engine.odds import form, holds, rounded
from game.scenario.tables import ENDED, ONE, WEEK, State, Tables


def settle(t: Tables, s: State, d: Dice) -> bool:
    """True when the deal is over; ENDED then is the ending's number + 1. The first ending that fits counts."""
    if s.x[ENDED] > 0:
        return True
    for e in range(t.n_ending):
        if e != t.ending_last and holds(t, s, t.ending_cond[e], 0, 0):
            s.x[ENDED] = e + 1
            break
    if s.x[ENDED] == 0 and s.x[WEEK] > t.last_week:
        s.x[ENDED] = t.ending_last + 1
    if s.x[ENDED] == 0:
        return False
    note(d, OVER, s.x[ENDED] - 1, -1, -1, 0, 0, 0, s.x[WEEK])
    return True


def payoff(t: Tables, s: State) -> int:
    """What the finished deal was worth, in whole units of money. 0 while it runs."""
    if s.x[ENDED] == 0:
        return 0
    return rounded(form(t, s, t.ending_pay[s.x[ENDED] - 1], 0, 0, 0), ONE)
