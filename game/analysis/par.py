"""Par play: a table of priorities by stage and action, read from the scenario's par.json and fixed.

What is not in the table is left alone. Between starts of equal priority the better odds decide. Where a scenario has no
table, par plays greedily; `par_name` says which it is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from game.analysis.policies import greedy_policy, honest_starts, may_pass_honestly
from game.engine.gates import debt_of
from game.engine.odds import odds
from game.engine.rollout import Policy
from game.errors import RecordError
from game.scenario.tables import PASS, PHASE, STAGE, STARTS, WAIT, Compiled, State, Tables

MAX_BYTES = 1_000_000


def read_table(path: Path) -> dict[str, dict[str, int]] | None:
    """{stage: {action or "pass": priority}}; None where there is no file. RecordError for one that is no table."""
    if not path.is_file():
        return None
    try:
        raw = json.loads(path.read_bytes()[:MAX_BYTES])
        table = raw["priority"]
        sound = all(type(v) is int for row in table.values() for v in row.values())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound, table = False, {}
    if not sound:
        raise RecordError("error.par", path=str(path))
    return dict(table)


def par_policy(compiled: Compiled, path: Path) -> Policy:
    """The scenario's par policy."""
    table = read_table(path)
    if table is None:
        return greedy_policy
    return _TablePolicy(compiled, table)


class _TablePolicy:
    """Highest priority first; "pass" is how much debt a gate may leave, in points."""

    def __init__(self, compiled: Compiled, table: dict[str, dict[str, Any]]) -> None:
        ids = compiled.ids
        self.rows = [{ids.actions.index(a): v for a, v in table.get(s, {}).items() if a in ids.actions} for s in ids.stages]
        self.debt = [100 * table.get(s, {}).get("pass", 0) for s in ids.stages]

    def __call__(self, t: Tables, s: State, seed: int) -> int:
        stage = s.x[STAGE]
        if stage >= len(self.rows):
            return WAIT
        passable = may_pass_honestly(t, s)
        if passable and (debt_of(t, s) <= self.debt[stage] or s.x[PHASE] > stage):
            return PASS
        best, top = WAIT, 0
        for arm in honest_starts(t, s):
            priority = self.rows[stage].get(t.pair_action[t.arm_pair[arm]], 0)
            worth = priority + odds(t, s, arm, t.shift) // 100 if priority > 0 else 0
            if worth > top:
                best, top = STARTS + arm, worth
        return PASS if best == WAIT and passable else best
