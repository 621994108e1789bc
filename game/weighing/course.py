"""Whether a deal pays for the method: the deal by the book, the course's steps tried one by one, how the reference wins."""

from __future__ import annotations

import copy

from game.policies.table import Player
from game.scenario.load import Ready
from game.statistics import Data, wilson
from game.weighing.batches import Block, cut
from game.weighing.compare import PAIRS, difference, measures
from game.weighing.kernels import Tally

COACH = "said.coach"


def place_of(ready: Ready, step: str) -> tuple[int, int]:
    """(action, person or -1) of a step of the course: "action" or "action.person"."""
    action, _, person = step.partition(".")
    ids = ready.compiled.ids
    return ids.actions.index(action), ids.people.index(person) if person else -1


def step_player(ready: Ready, player: Player, step: str) -> Player:
    """The player who takes a step of the course once: where the player's own table has it; in other stages where the course has
    it, after those of the player's own pieces of work that come before it there."""
    ids, t = ready.compiled.ids, ready.compiled.tables
    found = copy.copy(player)
    found.once, found.once_person = place_of(ready, step)
    found.once_at = list(player.once_at)
    for g, stage in enumerate(ids.stages):
        order = ready.compiled.course.get(stage, [])
        own = range(t.stage_off[g], player.order_end[g])
        mine = [k for k in own if player.order[k] == found.once]
        if mine:
            found.once_at[g] = mine[0]
        elif ids.actions[found.once] in order:
            before = {ids.actions.index(name) for name in order[: order.index(ids.actions[found.once])]}
            found.once_at[g] = max((k + 1 for k in own if player.order[k] in before), default=t.stage_off[g])
    return found


def stepless_player(ready: Ready, player: Player, step: str) -> Player:
    """The player who never takes this step."""
    found = copy.copy(player)
    found.never, found.never_person = place_of(ready, step)
    return found


def step_blocks(ready: Ready, player: Player, first: int, plays: int) -> list[Block]:
    """The blocks of the player alone, then those with each step of the course, then those without each, in its order."""
    steps = ready.scenario.course.steps
    players = [player, *(step_player(ready, player, step) for step in steps)]
    players += [stepless_player(ready, player, step) for step in steps]
    return [block for one in players for block in cut(one, first, plays, size=PAIRS)]


def steps_data(ready: Ready, tallies: list[Tally]) -> list[Data]:
    """Of each step: what it brings when it is put once into the play, and what a play with it has over one without (`worth`), in
    points, paired play by play; from the answers to `step_blocks`."""
    steps, best = ready.scenario.course.steps, ready.compiled.best
    each = len(tallies) // (2 * len(steps) + 1)
    rows = [[measures(tally, best)["points"] for tally in tallies[k : k + each]] for k in range(0, len(tallies), each)]
    found = []
    for k, step in enumerate(steps, 1):
        put, left = rows[k], rows[k + len(steps)]
        worth = difference({"points": left}, {"points": put})["points"]
        found.append({"step": step, **difference({"points": rows[0]}, {"points": put})["points"], "worth": worth})
    return found


def habits(ready: Ready, tally: Tally) -> Data:
    """How this player wins: met everybody with a say, found a coach, facts settled on average, our stage at the award."""
    ids, t, n = ready.compiled.ids, ready.compiled.tables, tally.wins
    late = ids.stages.index("P5") if "P5" in ids.stages else max(0, t.n_stage - 3)
    coach = tally.won_slot[ids.slots.index(COACH)] if COACH in ids.slots else 0
    settled = sum(tally.won_slot[t.knows0 + f] + tally.won_slot[t.refuted0 + f] for f in range(t.n_fact))
    met = {ids.people[p]: tally.won_slot[t.met0 + p] / n if n else None for p in sorted(set(t.say_person))}
    return {
        "wins": n,
        "met_all": wilson(tally.won_knowing, n),
        "met": met,
        "coach": wilson(coach, n),
        "settled": settled / n if n else None,
        "facts": t.n_fact,
        "in_step": wilson(sum(tally.won_at[late:]), n),
        "stages": {stage: wilson(k, n) for stage, k in zip(ids.stages, tally.won_at, strict=False)},
    }
