"""What luck is worth: how much more a deal pays, and how much oftener it is won, when a roll comes to its first branch.

Under par, payoff and win are fitted to what chance did in whole playthroughs (`Dice.swings`), by least squares. A value that is
a mean of playthroughs becomes less uncertain when each playthrough is first relieved of the luck it is known to have had
(control variates, Glasserman 2003, section 4.1): swings have the mean 0 whatever is decided, so no value becomes different by
it, however rough the fit. It is kept in par.json beside par.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from game.belief.kernels import SWINGS
from game.belief.particles import Particles
from game.engine.chance import seed_of
from game.policies.simulation import Simulation
from game.policies.table import Player
from game.policies.worth import Worth, places, with_worth
from game.scenario.compiled import Compiled
from game.scenario.tables import ONE

PLAYS, PLAIN_PLAYS = 16_384, 1_024
"""Playthroughs to fit to; without compiled code."""
ROOT = 0x7A11BACC
RIDGE = 0.003
"""Share of a play's variance that a roll's worth must explain to be believed."""


def fitted(swings: np.ndarray[Any, np.dtype[np.float64]], values: np.ndarray[Any, np.dtype[np.float64]]) -> list[int]:
    """Ridge regression of values (plays) on swings (rolls, plays; in 1/10000). What never swung is worth 0."""
    rolls = swings / 10_000
    rolls = rolls - rolls.mean(axis=1, keepdims=True)
    gram = rolls @ rolls.T
    moved = np.diag(gram) > 0
    gram[~moved, ~moved] = 1.0
    ridge = np.diag(np.where(moved, RIDGE * swings.shape[1], 0.0))
    worth = np.linalg.solve(gram + ridge, rolls @ (values - values.mean()))
    return [round(float(w)) for w in worth]


def fit(compiled: Compiled, deal: Simulation, player: Player, entry: Any = None) -> Worth:
    """The worth of every roll under this player. `entry`: compiled jobs, or None for plain Python."""
    t, plays = deal.tables, PLAYS if entry else PLAIN_PLAYS
    many = len(t.roll_odds) + 1
    blank = with_worth(compiled, player, {})
    cloud = Particles(t, 1, blank, deal.won, deal.size, entry)
    cloud.make_room(many, plays)
    cloud.work(SWINGS, number=plays, root=seed_of(ROOT, 0))
    swings = np.array([row[:plays] for row in cloud.weights[:many]], dtype=float)
    worth = fitted(swings, np.array(cloud.money[0][:plays], dtype=float))
    chance = fitted(swings, np.array(cloud.won[0][:plays], dtype=float) * ONE)
    found: Worth = {"award": [worth[-1], chance[-1]], "actions": {}, "moves": {}, "events": {}, "phases": {}}
    for (kind, name), roll in places(compiled).items():
        if worth[roll] or chance[roll]:
            found[kind][name] = [worth[roll], chance[roll]]
    return found
