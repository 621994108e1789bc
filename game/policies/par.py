"""Par play: a table of priorities by stage and action with a few thresholds, tuned once and read from the scenario's par.json.

What is not in the table is left alone. Where a scenario has no table, par plays greedily.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, Literal

from game.errors import RecordError
from game.policies.policies import GREEDY, choose, new_player
from game.policies.rollout import Policy
from game.policies.table import EVER, Player
from game.policies.worth import Worth, with_worth
from game.scenario.compiled import Compiled
from game.scenario.tables import State, Tables

MAX_BYTES = 1_000_000
BIGGEST = 1 << 40
NUMBERS = ("least", "withdraw", "spread")
BOOK_LEAST = 4_000
"""By the book, what will probably fail is left for later, in 1/10000."""
BOOK_HEED = 1
"""By the book, who has a say in this phase or the next is met first."""
BOOK_WITHDRAW = 700
"""By the book, a deal whose chance is smaller than that when the award comes is left to the others, in 1/10000."""
BOOK_SPREAD = 25
"""What a point of coverage takes from a person's odds by the book: who is not covered comes first."""
Reference = Literal["tuned", "old", "none"]
"""Whether par was tuned for these rules, for others, or is greedy for want of a table."""
Par = dict[str, Any]
"""{"rules": hash, "least", "withdraw", "spread": parts of 10000, "heed": phases, "debt": {stage: hundredths}, "late":
{stage: phases}, "gate": {stage: pieces of work before it}, "priority": {stage: {action: rank}}, "most": {stage: {action: tries}},
"answers": {scene: number among its answers}, "worth": what luck is worth (see
`policies.worth`; may be missing)}: see `Player`; a higher rank comes first."""


def read_par(path: Path) -> Par | None:
    """The table; None where there is no file. RecordError for one that is no table."""
    if not path.is_file():
        return None
    try:
        raw = json.loads(path.read_bytes()[:MAX_BYTES])
        values = (
            [raw[name] for name in NUMBERS]
            + [raw.get("heed", 0)]
            + list(raw["debt"].values())
            + [v for name in ("late", "gate", "answers") for v in raw.get(name, {}).values()]
        )
        values += [v for table in (raw["priority"], raw.get("most", {})) for row in table.values() for v in row.values()]
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
    p.heed = par.get("heed", 0)
    ordered(compiled, p, {stage: sorted(ranks, key=lambda a: -ranks[a]) for stage, ranks in par["priority"].items()})
    for g, stage in enumerate(ids.stages):
        p.debt[g], p.late[g] = par["debt"].get(stage, 0), par.get("late", {}).get(stage, 0)
        p.gate[g] = t.stage_off[g] + min(max(par.get("gate", {}).get(stage, 0), 0), p.order_end[g] - t.stage_off[g])
        most = par.get("most", {}).get(stage, {})
        for k in range(t.stage_off[g], p.order_end[g]):
            p.most[k] = most.get(ids.actions[p.order[k]], EVER)
    answered(compiled, p, par.get("answers", {}))
    return with_worth(compiled, p, par["worth"]) if "worth" in par else p


def answered(compiled: Compiled, p: Player, answers: dict[str, int]) -> None:
    """Give a player the answer to each scene, by its number among the scene's from 0."""
    t, scenes = compiled.tables, compiled.scenes
    for k, name in enumerate(scenes):
        place = t.scene_off[k] + answers.get(name, 0)
        p.answer[k] = t.scene_action[place] if t.scene_off[k] <= place < t.scene_off[k + 1] else -1


def ordered(compiled: Compiled, p: Player, order: dict[str, list[str]]) -> None:
    """Give a player each stage's actions, those first that stand first. What the stage does not offer is passed over."""
    t, names = compiled.tables, compiled.ids.actions
    for g, stage in enumerate(compiled.ids.stages):
        first = t.stage_off[g]
        offered = {names[a]: a for a in t.stage_action[first : t.stage_off[g + 1]]}
        wanted = [offered[name] for name in dict.fromkeys(order.get(stage, [])) if name in offered]
        p.order[first : first + len(wanted)] = wanted
        p.order_end[g] = first + len(wanted)


def book_player(compiled: Compiled) -> Player:
    """Who works the deal by the book."""
    p = new_player(compiled.tables, "par")
    p.least, p.withdraw, p.spread, p.heed = BOOK_LEAST, BOOK_WITHDRAW, BOOK_SPREAD, BOOK_HEED
    ordered(compiled, p, compiled.course)
    answered(compiled, p, compiled.course_answers)
    counts = counted(compiled)
    for g, stage in enumerate(compiled.ids.stages):
        for k in range(compiled.tables.stage_off[g], p.order_end[g]):
            p.most[k] = counts[stage][compiled.ids.actions[p.order[k]]]
    return p


def counted(compiled: Compiled) -> dict[str, dict[str, int]]:
    """By stage: how often the course has done each piece of work when that stage is over, the earlier stages' work included."""
    done: Counter[str] = Counter()
    found = {}
    for stage in compiled.ids.stages:
        done.update(compiled.course.get(stage, []))
        found[stage] = {name: done[name] for name in compiled.course.get(stage, [])}
    return found


def player_named(compiled: Compiled, name: str, folder: Path) -> Player:
    """A player by the policy's name; par by the table in the scenario's folder, greedy where there is none."""
    if name == "coursebook":
        return book_player(compiled)
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
