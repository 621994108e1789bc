"""Stage gates: what must have been seen, debt for what is left open, false claims."""

from __future__ import annotations

from game.engine.chance import CLAIMED, PASSED, Dice, note
from game.engine.effects import apply, change
from game.engine.odds import holds
from game.scenario.operations import ADD
from game.scenario.tables import DEBT, FALSE_CLAIMS, STAGE, WEEK, State, Tables


def required_met(t: Tables, s: State) -> bool:
    """Whether every required point of the present gate holds."""
    g = s.x[STAGE]
    for k in range(t.point_off[g], t.point_off[g + 1]):
        if t.point_must[k] == 1 and not holds(t, s, t.point_cond[k], 0, 0):
            return False
    return True


def may_pass(t: Tables, s: State) -> bool:
    """A gate may be passed when its required points hold, or where the scenario lets one claim that they do."""
    g = s.x[STAGE]
    if g >= t.n_stage:
        return False
    return required_met(t, s) or t.gate_false[g] >= 0


def debt_of(t: Tables, s: State) -> int:
    """The debt that passing now would leave, in hundredths."""
    g = s.x[STAGE]
    debt = 0
    for k in range(t.point_off[g], t.point_off[g + 1]):
        if t.point_must[k] == 0 and not holds(t, s, t.point_cond[k], 0, 0):
            debt += t.point_debt[k]
    return debt


def pass_gate(t: Tables, s: State, d: Dice) -> None:
    """Go on to the next stage; open points become debt, a missing required point a false claim."""
    g = s.x[STAGE]
    debt = debt_of(t, s)
    change(t, s, DEBT, ADD, debt)
    if required_met(t, s):
        note(d, PASSED, g, -1, -1, debt, 0, 0, s.x[WEEK])
    else:
        s.x[FALSE_CLAIMS] += 1
        note(d, CLAIMED, g, -1, -1, debt, 0, t.gate_false[g], s.x[WEEK])
        apply(t, s, d, t.gate_false[g], 0, 0)
    s.x[STAGE] = g + 1


def close_gates(t: Tables, s: State, d: Dice) -> None:
    """The customer has chosen us: the gates before the negotiation close, and every point still open becomes debt, the required
    ones too. Nobody is asked for them any more, and nothing is claimed."""
    while s.x[STAGE] < t.talks_stage:
        g = s.x[STAGE]
        debt = 0
        for k in range(t.point_off[g], t.point_off[g + 1]):
            if not holds(t, s, t.point_cond[k], 0, 0):
                debt += t.point_debt[k]
        change(t, s, DEBT, ADD, debt)
        note(d, PASSED, g, -1, -1, debt, 0, 0, s.x[WEEK])
        s.x[STAGE] = g + 1
