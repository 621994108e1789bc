"""Par found by search: the cross-entropy method (Rubinstein 1999) over par's table, with common random numbers.

Every number of the table is drawn from a normal distribution of its own; the tables that earn most under the same dice move
the distributions, and so on. The dice are new in each round, so that no table is fitted to them. The same seed finds the same
table on any number of processes: only integer sums are compared.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from game.engine.chance import seed_of
from game.judging.workers import Case, worth_of
from game.policies.par import NUMBERS, Par, player_of
from game.policies.simulation import simulation_of
from game.scenario.compiled import Compiled
from game.scenario.load import Ready
from game.scenario.tables import Tables
from game.weighing import climb
from game.weighing.batches import Answer, Block, workers
from game.weighing.climb import HEED, by_course, climbed, with_steps
from game.weighing.reads import moved_by, slots_of

ROUNDS = 52
TABLES = 160
"""Tables tried a round; the best `ELITE` of them count."""
ELITE = 24
PLAYS = 56
"""Plays of each table in the first round; four times as many in the last."""
FINAL = 4_096
"""Fresh plays by which the last candidates are compared."""
LAST = 16_384
"""Fresh plays by which it is found when to withdraw: few plays differ by it."""
FINALISTS = 6
AFTER = 30
"""In half of the plays par takes over after so many decisions of others, at most: it is asked to play on from whatever a trainee
has come to, not only from where it would have come itself."""
FREE = 5
"""Free actions that may be added at the end."""
MEMORY = 0.35
"""How much of the last round's distribution is kept."""
USUAL, HELPFUL, TAUGHT = 0.3, 1.5, 2.5
"""First mean rank of an action; of one that may meet a required point of its stage's gate; of the first that the course does in
its stage, the later ones less."""
TIMES = (2.2, 1.2)
"""First mean and spread of how often an action is started in all; from `ALWAYS` on as often as it can be."""
ALWAYS = 5.5
LATE = (0.4, 0.6)
"""First mean and spread of how many phases the customer may be ahead."""
LIMITS = {"least": (0, 9_000, 3_000, 1_500), "spread": (0, 300, 30, 30), "heed": (HEED, 3, HEED, 1)}
"""Lowest, highest, first mean and spread of the thresholds, in 1/10000."""
WITHDRAW = (0, 400, 700, 1_000, 1_300, 1_600, 2_000, 2_500)
"""Chances of the award below which par may withdraw, in 1/10000. Tried last, with the best table: whoever plays badly does best
to leave at once, and a search that starts there learns nothing else."""

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Progress = Callable[[int, int], None]


@dataclass
class FoundPar:
    """A table and what it earns on average in fresh plays, in whole units of money."""

    par: Par
    payoff: float


def bid_work(compiled: Compiled) -> list[tuple[str, str]]:
    """(stage, action) where a way for the action to end moves what the award asks of a bidder."""
    t, ids = compiled.tables, compiled.ids
    asked = slots_of(t, t.award_cond)
    return [
        (stage, ids.actions[a])
        for g, stage in enumerate(ids.stages)
        for a in t.stage_action[t.stage_off[g] : t.stage_off[g + 1]]
        if asked & moved_by(t, t.action_roll[a]) and not t.action_breach[a]
    ]


def gate_work(t: Tables) -> set[tuple[int, int]]:
    """(stage, action) where a way for the action to end moves what a required point of the stage's gate asks for."""
    found = set()
    for g in range(t.n_stage):
        must = [t.point_cond[k] for k in range(t.point_off[g], t.point_off[g + 1]) if t.point_must[k] == 1]
        asked = {slot for atom in must for slot in slots_of(t, atom)}
        for k in range(t.stage_off[g], t.stage_off[g + 1]):
            a = t.stage_action[k]
            if asked & moved_by(t, t.action_roll[a]):
                found.add((g, a))
    return found


def taught_ranks(compiled: Compiled) -> dict[tuple[int, int], float]:
    """(stage, action) → its first mean rank, of what the course does: the first of a stage highest."""
    t, ids = compiled.tables, compiled.ids
    found = {}
    for g, stage in enumerate(ids.stages):
        offered = {ids.actions[a]: a for a in t.stage_action[t.stage_off[g] : t.stage_off[g + 1]]}
        order = [offered[name] for name in compiled.course.get(stage, []) if name in offered]
        for k, a in enumerate(order):
            found[g, a] = TAUGHT - (TAUGHT - USUAL) * k / len(order)
    return found


class Search:
    """The distributions: one for each (stage, action) that is no breach, each gate's debt, each threshold."""

    def __init__(self, compiled: Compiled, seed: int) -> None:
        t, self.compiled, self.seed = compiled.tables, compiled, seed
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.cells = [
            (g, t.stage_action[k])
            for g in range(t.n_stage)
            for k in range(t.stage_off[g], t.stage_off[g + 1])
            if not t.action_breach[t.stage_action[k]]
        ]
        open_debt = [sum(t.point_debt[t.point_off[g] : t.point_off[g + 1]]) for g in range(t.n_stage)]
        thresholds = list(LIMITS.values())
        needed = gate_work(t)
        taught = taught_ranks(compiled)
        ranks = [taught.get(cell, HELPFUL if cell in needed else USUAL) for cell in self.cells]
        n, g = len(self.cells), t.n_stage
        debts = [d / 2 for d in open_debt]
        self.mean = np.array(ranks + [TIMES[0]] * n + debts + [LATE[0]] * g + [limit[2] for limit in thresholds])
        self.spread = np.array([1.0] * n + [TIMES[1]] * n + debts + [LATE[1]] * g + [limit[3] for limit in thresholds])

    def draw(self) -> Numbers:
        """Tables as numbers. Shape (TABLES, numbers). The mean itself is always among them."""
        drawn = self.mean + self.spread * self.rng.standard_normal((TABLES, len(self.mean)))
        drawn[0] = self.mean
        return drawn

    def learn(self, best: Numbers) -> None:
        """Move toward the best tables of a round."""
        self.mean = MEMORY * self.mean + (1 - MEMORY) * best.mean(axis=0)
        self.spread = MEMORY * self.spread + (1 - MEMORY) * best.std(axis=0)

    def par(self, row: Numbers) -> Par:
        """A table as the file has it: actions below 0 are left out, the others ranked."""
        ids, n = self.compiled.ids, len(self.cells)
        priority: dict[str, dict[str, int]] = {stage: {} for stage in ids.stages}
        for rank, k in enumerate(sorted((k for k in range(n) if row[k] > 0), key=lambda k: (row[k], -k)), 1):
            g, a = self.cells[k]
            priority[ids.stages[g]][ids.actions[a]] = rank
        most: dict[str, dict[str, int]] = {stage: {} for stage in ids.stages}
        for k, (g, a) in enumerate(self.cells):
            if row[k] > 0 and row[n + k] < ALWAYS:
                most[ids.stages[g]][ids.actions[a]] = max(1, round(float(row[n + k])))
        many = len(ids.stages)
        debt = {stage: max(0, round(float(row[2 * n + g]))) for g, stage in enumerate(ids.stages)}
        late = {stage: max(0, round(float(row[2 * n + many + g]))) for g, stage in enumerate(ids.stages)}
        rest = row[2 * n + 2 * many :]
        thresholds = {m: min(max(round(float(v)), LIMITS[m][0]), LIMITS[m][1]) for m, v in zip(LIMITS, rest, strict=True)}
        found = dict.fromkeys(NUMBERS, 0) | thresholds
        table = {
            "debt": debt,
            "late": late,
            "gate": dict.fromkeys(ids.stages, 0),
            "answers": {},
            "priority": priority,
            "most": most,
        }
        return {"rules": self.compiled.hash, "seed": self.seed, **found, **table}


def payoffs(compiled: Compiled, play: Answer, pars: Sequence[Par], first: int, plays: int, after: int = AFTER) -> Numbers:
    """What each table earned in all, under the same dice; taking over from others in half of the plays."""
    players = [player_of(compiled, par) for par in pars]
    for player in players:
        player.after = after
    return np.array([tally.pay for tally in play([Block(p, first, 0, plays) for p in players])])


def search_par(
    ready: Ready,
    seed: int = 1,
    processes: int | None = None,
    progress: Progress | None = None,
    before: Par | None = None,
) -> FoundPar:
    """The best table found. `before`: a table to go on from instead of searching for one."""
    compiled, deal = ready.compiled, simulation_of(ready)
    with workers(deal, processes) as play:
        par = fitting(compiled, before) if before else first_table(compiled, play, seed, progress)
        par = improved(ready, play, par, seed, progress)
        finals = [par | {"withdraw": chance} for chance in WITHDRAW]
        par = finals[int(np.argmax(payoffs(compiled, play, finals, seed_of(seed, ROUNDS + 2), LAST)))]
        alone = payoffs(compiled, play, [par], seed_of(seed, ROUNDS + 3), LAST, after=0)
    par["worth"] = worth_of(Case(compiled, deal, player_of(compiled, par)), processes)
    if progress:
        progress(ROUNDS + climb.CLIMBS + 2, ROUNDS + climb.CLIMBS + 2)
    return FoundPar(par, float(alone[0]) / LAST)


def improved(ready: Ready, play: Answer, par: Par, seed: int, progress: Progress | None) -> Par:
    """The table after the climb. It begins from the table and from the course's own order; the better goes on."""
    compiled, bids = ready.compiled, bid_work(ready.compiled)
    steps = list(dict.fromkeys(step.partition(".")[0] for step in ready.scenario.course.steps))
    kept = {action for _, action in bids} | set(steps)

    def earned(tables: Sequence[Par], first: int, plays: int) -> list[float]:
        return list(payoffs(compiled, play, tables, first, plays))

    def told(n: int) -> None:
        if progress:
            progress(ROUNDS + n, ROUNDS + climb.CLIMBS + 2)

    starts = []
    for k, one in enumerate([par, *([by_course(compiled, par)] if compiled.course else [])]):
        for stage, action in bids:
            if not any(other in one["priority"][stage] for at, other in bids if at == stage):
                one = with_first(one, stage, action)
        one = with_steps(compiled, one, steps)
        starts.append(climbed(compiled, earned, one, seed_of(seed, ROUNDS + 6 + k) >> 10, kept, rounds=climb.OPENING))
    par = starts[int(np.argmax(payoffs(compiled, play, starts, seed_of(seed, ROUNDS + 4), FINAL)))]
    return climbed(compiled, earned, par, seed_of(seed, ROUNDS + 5) >> 10, kept, told)


def first_table(compiled: Compiled, play: Answer, seed: int, progress: Progress | None) -> Par:
    """The cross-entropy search's table."""
    finals = searched(compiled, play, seed, progress)
    par = finals[int(np.argmax(payoffs(compiled, play, finals, seed_of(seed, ROUNDS), FINAL)))]
    for one in bid_work(compiled):  # without a bid nothing else counts, and few plays come so far without one
        par = with_first(par, *one)
    return with_free(compiled, play, par, seed_of(seed, ROUNDS + 1))


def fitting(compiled: Compiled, before: Par) -> Par:
    """A table of perhaps other rules as one of these: every part there, what the stages do not offer left out."""
    t, ids = compiled.tables, compiled.ids
    found = {name: before[name] for name in NUMBERS} | {"rules": compiled.hash, "seed": before.get("seed", 1), "withdraw": 0}
    found["heed"] = max(HEED, before.get("heed", 0))
    for name in ("debt", "late", "gate"):
        found[name] = {stage: before.get(name, {}).get(stage, 0) for stage in ids.stages}
    found["answers"] = {name: n for name, n in before.get("answers", {}).items() if name in compiled.scenes}
    for name in ("priority", "most"):
        found[name] = {}
        for g, stage in enumerate(ids.stages):
            offered = {ids.actions[a] for a in t.stage_action[t.stage_off[g] : t.stage_off[g + 1]]}
            found[name][stage] = {a: n for a, n in before.get(name, {}).get(stage, {}).items() if a in offered}
    return found


def searched(compiled: Compiled, play: Answer, seed: int, progress: Progress | None) -> list[Par]:
    """The tables that the rounds end with: the mean and the best of the last round."""
    search = Search(compiled, seed)
    best = search.draw()[:1]
    for n in range(ROUNDS):
        rows = search.draw()
        earned = payoffs(compiled, play, [search.par(row) for row in rows], seed_of(seed, n), PLAYS + 3 * PLAYS * n // ROUNDS)
        best = rows[np.argsort(-earned, kind="stable")[:ELITE]]
        search.learn(best)
        if progress:
            progress(n + 1, ROUNDS + climb.CLIMBS + 2)
    return [search.par(row) for row in np.concatenate([search.mean[None], best[: FINALISTS - 1]])]


def with_free(compiled: Compiled, play: Answer, par: Par, first: int) -> Par:
    """The table with the free actions that earn more first in their stages, as many as do. The search itself overlooks them: a
    point or two is lost among its few plays."""
    free = free_ones(compiled, par)
    tables = [par, *(with_first(par, *one) for one in free)]
    earned = payoffs(compiled, play, tables, first, FINAL)
    best = [free[k] for k in np.argsort(-earned[1:], kind="stable")[:FREE]]
    stacked = [par]
    for one in best:
        stacked.append(with_first(stacked[-1], *one))
    return stacked[int(np.argmax(payoffs(compiled, play, stacked, first, FINAL)))]


def free_ones(compiled: Compiled, par: Par) -> list[tuple[str, str]]:
    """(stage, action) for each action that takes nobody's time and is not in the table."""
    t, ids = compiled.tables, compiled.ids
    return [
        (stage, ids.actions[a])
        for g, stage in enumerate(ids.stages)
        for a in t.stage_action[t.stage_off[g] : t.stage_off[g + 1]]
        if t.action_free[a] and ids.actions[a] not in par["priority"][stage]
    ]


def with_first(par: Par, stage: str, action: str) -> Par:
    """The table with an action that comes before all others of the stage."""
    ranks = par["priority"][stage]
    ranks = ranks | {action: max(ranks.values(), default=0) + 1}
    return par | {"priority": par["priority"] | {stage: ranks}}


def write_par(par: Par, path: Path) -> None:
    """Put a table into the scenario's folder."""
    path.write_text(json.dumps(par, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
