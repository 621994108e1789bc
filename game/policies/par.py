"""Par play: a table of priorities by stage and action with a few thresholds, tuned once and read from the scenario's par.json.

What is not in the table is left alone. Where a scenario has no table, par plays greedily.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from game.errors import RecordError
from game.policies.policies import GREEDY, Player, choose, new_player
from game.policies.rollout import Policy
from game.policies.worth import Worth, with_worth
from game.scenario.tables import Compiled, State, Tables

MAX_BYTES = 1_000_000
BIGGEST = 1 << 40
NUMBERS = ("least", "withdraw", "spread")
Reference = Literal["tuned", "old", "none"]
"""Whether par was tuned for these rules, for others, or is greedy for want of a table."""
Par = dict[str, Any]
"""{"rules": hash, "least", "withdraw", "spread": parts of 10000, "debt": {stage: hundredths}, "priority": {stage: {action:
rank}}, "worth": what luck is worth (see `analysis.worth`; may be missing)}: see `Player`; a higher rank comes first."""


def read_par(path: Path) -> Par | None:
    """The table; None where there is no file. RecordError for one that is no table."""
    if not path.is_file():
        return None
    try:
        raw = json.loads(path.read_bytes()[:MAX_BYTES])
        values = [raw[name] for name in NUMBERS] + list(raw["debt"].values())
        values += [v for row in raw["priority"].values() for v in row.values()]
        values += numbers_of(raw.get("worth", {}))
        sound = isinstance(raw["rules"], str) and all(type(v) is int and abs(v) <= BIGGEST for v in values)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound, raw = False, {}
    if not sound:
        raise RecordError("error.par", path=str(path))
    return dict(raw)


def numbers_of(worth: Worth) -> list[int]:
    """All numbers of this part of the table. Raises where it is none."""
    pairs = [pair for kind, row in worth.items() for pair in ([row] if kind == "award" else row.values())]
    return [number for worth_, chance in pairs for number in (worth_, chance)]


def player_of(compiled: Compiled, par: Par) -> Player:
    """The table as the compiled policy reads it. Names that the scenario no longer has are passed over."""
    t, ids = compiled.tables, compiled.ids
    p = new_player(t, "par")
    p.least, p.withdraw, p.spread = (par[name] for name in NUMBERS)
    for g, stage in enumerate(ids.stages):
        ranks = par["priority"].get(stage, {})
        first = t.stage_off[g]
        row = t.stage_action[first : t.stage_off[g + 1]]
        wanted = sorted((a for a in row if ids.actions[a] in ranks), key=lambda a: -ranks[ids.actions[a]])
        p.order[first : first + len(wanted)] = wanted
        p.order_end[g] = first + len(wanted)
        p.debt[g] = par["debt"].get(stage, 0)
    return with_worth(compiled, p, par["worth"]) if "worth" in par else p


def player_named(compiled: Compiled, name: str, folder: Path) -> Player:
    """A player by the policy's name; par by the table in the scenario's folder, greedy where there is none."""
    par = read_par(folder / "par.json") if name == "par" else None
    p = player_of(compiled, par) if par else new_player(compiled.tables, name)
    if name == "par" and not par:
        p.policy = GREEDY
    return p


def tuning(compiled: Compiled, folder: Path) -> Reference:
    """ "tuned" where the folder's par was searched for these very rules, "old" for others, "none" where there is no table."""
    par = read_par(folder / "par.json")
    return "none" if par is None else "tuned" if par["rules"] == compiled.hash else "old"


def par_policy(compiled: Compiled, path: Path) -> Policy:
    """The scenario's par policy."""
    player = player_named(compiled, "par", path.parent)

    def policy(t: Tables, s: State, seed: int) -> int:
        return choose(t, s, player, seed)

    return policy
