"""Many playthroughs under a policy, without records."""

from __future__ import annotations

from collections.abc import Callable

from game.engine.chance import Dice
from game.engine.state import new_dice, new_state
from game.engine.step import begin, run_on, step
from game.scenario.tables import State, Tables

Policy = Callable[[Tables, State, int], int]
"""(tables, state, seed) → a legal decision. The seed is for the policy's own draws."""


def play_out(t: Tables, s: State, d: Dice, policy: Policy) -> None:
    """Play a begun deal to its end."""
    over = run_on(t, s, d, 0)
    while not over:
        over = step(t, s, d, policy(t, s, d.seed))


def rollout(t: Tables, seed: int, policy: Policy) -> State:
    """The final state of one playthrough."""
    s, d = new_state(t), new_dice(seed)
    begin(t, s, d)
    play_out(t, s, d, policy)
    return s
