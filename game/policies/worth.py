"""What luck is worth to a player, by the names of a scenario: read from par.json, found by `judging.luck`."""

from __future__ import annotations

from typing import Any

from game.policies.table import Player
from game.scenario.compiled import Compiled

Worth = dict[str, Any]
"""{"award": [worth, chance], "actions": {id: [worth, chance]}, "moves", "events", "phases" alike}: whole units of money, and
millionths of a win."""


def places(compiled: Compiled) -> dict[tuple[str, str], int]:
    """Where each thing that is rolled for has its number: (kind, id) → roll."""
    t, ids = compiled.tables, compiled.ids
    found = {("actions", name): t.action_roll[a] for a, name in enumerate(ids.actions)}
    found |= {("moves", name): t.move_roll[m] for m, name in enumerate(ids.moves)}
    found |= {("events", name): t.event_roll[e] for e, name in enumerate(ids.events)}
    found |= {("phases", name): t.phase_roll[k] for k, name in enumerate(ids.phases[:-1])}
    return found


def with_worth(compiled: Compiled, player: Player, worth: Worth) -> Player:
    """The player with this put in. Names that the scenario no longer has are passed over."""
    player.n_worth = len(compiled.tables.roll_odds) + 1
    player.worth, player.chance = [0] * player.n_worth, [0] * player.n_worth
    rolls = places(compiled)
    for kind, row in worth.items():
        for name, pair in [("", row)] if kind == "award" else row.items():
            at = player.n_worth - 1 if kind == "award" else rolls.get((kind, name), -1)
            if at >= 0:
                player.worth[at], player.chance[at] = pair
    return player
