"""Par's table made better step by step: small changes tried side by side under the same dice, kept where fresh dice confirm them.

What the cross-entropy search cannot see, a piece of work that only pays in its right place among the others, is found here. It
goes on from the table that earned most, the search's or the course's own order.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Collection, Sequence

from game.engine.chance import seed_of
from game.policies.par import BOOK_HEED, BOOK_LEAST, BOOK_SPREAD, Par, counted
from game.scenario.compiled import Compiled

CLIMBS = 110
"""Rounds of the climb."""
WAYS = 14
"""Changed tables tried in a round."""
HEED = 1
"""The reference plays the course: who has a say in this phase or the next is never left a stranger where that can be helped. It
is not for the search to find out that a stranger did no harm this time."""
OPENING = 30
"""Rounds that each beginning gets before the best of them goes on."""
CLIMB_PLAYS = 1_536
"""Plays of each under the same dice; twice as many fresh ones have to confirm the best."""
Earned = Callable[[Sequence[Par], int, int], Sequence[float]]
"""(tables, first seed, plays) → what each earned in all."""


class Climb:
    """A table and the changes that can be made to it."""

    def __init__(self, compiled: Compiled, seed: int, kept: Collection[str] = ()) -> None:
        t, ids = compiled.tables, compiled.ids
        self.kept = frozenset(kept)
        """What is never left out of a stage that has it: a trainee may come there where the reference hardly does."""
        self.rng = random.Random(seed)
        self.answers = {name: t.scene_off[k + 1] - t.scene_off[k] for k, name in enumerate(compiled.scenes)}
        self.ways = [self._order] * 4 + [self._most, self._gate, self._limits] + ([self._answer] * 2 if self.answers else [])
        self.stages = ids.stages
        points = {stage: t.point_debt[t.point_off[g] : t.point_off[g + 1]] for g, stage in enumerate(ids.stages)}
        self.debts = {stage: sorted({0, sum(row), *row}) for stage, row in points.items()}
        self.offered = {
            stage: [ids.actions[a] for a in t.stage_action[t.stage_off[g] : t.stage_off[g + 1]] if not t.action_breach[a]]
            for g, stage in enumerate(ids.stages)
        }

    def changed(self, par: Par) -> Par:
        """The table with one or two small changes."""
        found = copy.deepcopy({key: value for key, value in par.items() if key != "worth"})
        for _ in range(self.rng.choice((1, 1, 2))):
            stage = self.rng.choice(self.stages)
            self.rng.choice(self.ways)(found, stage)
        return found

    def _order(self, par: Par, stage: str) -> None:
        """An action moved, taken in or left out."""
        ranks = par["priority"][stage]
        row = sorted(ranks, key=lambda a: -ranks[a])
        way = self.rng.random()
        loose = [a for a in row if a not in self.kept]
        if way < 0.2 and loose:
            row.remove(self.rng.choice(loose))
        elif self.offered[stage]:
            chosen = self.rng.choice(row if way < 0.6 and row else self.offered[stage])
            row = [a for a in row if a != chosen]
            row.insert(self.rng.randint(0, len(row)), chosen)
        par["priority"][stage] = {a: len(row) - k for k, a in enumerate(row)}

    def _answer(self, par: Par, _: str) -> None:
        """Another answer to a scene."""
        name = self.rng.choice(sorted(self.answers))
        par["answers"][name] = self.rng.randrange(self.answers[name])

    def _most(self, par: Par, stage: str) -> None:
        """How often one of the stage's actions is started in all."""
        if par["priority"][stage]:
            chosen, most = self.rng.choice(sorted(par["priority"][stage])), par["most"].setdefault(stage, {})
            most[chosen] = max(1, most.get(chosen, 2) + self.rng.choice((-1, 1)))

    def _gate(self, par: Par, stage: str) -> None:
        """When the stage's gate is passed."""
        way = self.rng.random()
        if way < 0.35:
            par["debt"][stage] = self.rng.choice(self.debts[stage])
        elif way < 0.7:
            par["gate"][stage] = self.rng.randint(0, len(par["priority"][stage]))
        else:
            par["late"][stage] = self.rng.randint(0, 2)

    def _limits(self, par: Par, _: str) -> None:
        """From which odds on, how much who is covered counts, who is met first."""
        rows = (("least", 700, 0, 9_000), ("spread", 25, 0, 300), ("heed", 1, HEED, 3))
        name, size, least, most = self.rng.choice(rows)
        par[name] = min(most, max(least, par.get(name, 0) + self.rng.randint(-size, size)))


def by_course(compiled: Compiled, par: Par) -> Par:
    """The table with the course's own order, as often as the course has it; what the course does not do is left out."""
    found, counts = copy.deepcopy(par), counted(compiled)
    found |= {"least": BOOK_LEAST, "spread": BOOK_SPREAD, "heed": BOOK_HEED}
    found["debt"] = dict.fromkeys(compiled.ids.stages, 0)
    found["late"] = dict.fromkeys(compiled.ids.stages, 0)
    found["gate"] = dict.fromkeys(compiled.ids.stages, 0)
    for stage in compiled.ids.stages:
        row = list(dict.fromkeys(compiled.course.get(stage, [])))
        found["priority"][stage] = {a: len(row) - k for k, a in enumerate(row)}
        found["most"][stage] = dict(counts[stage])
    return found


def with_steps(compiled: Compiled, par: Par, steps: Collection[str]) -> Par:
    """The table with the course's steps that no stage of it has, last in the stages where the course has them: where a step
    belongs is found by the climb, that it belongs to the deal is not for it to say."""
    found, counts = copy.deepcopy(par), counted(compiled)
    for step in steps:
        if any(step in row for row in found["priority"].values()):
            continue
        for stage, order in compiled.course.items():
            if step in order:
                found["priority"][stage] = {a: n + 1 for a, n in found["priority"][stage].items()} | {step: 1}
                found["most"].setdefault(stage, {})[step] = counts[stage][step]
    return found


def climbed(
    compiled: Compiled,
    earned: Earned,
    par: Par,
    seed: int,
    kept: Collection[str] = (),
    told: Callable[[int], None] = lambda _: None,
    rounds: int = 0,
) -> Par:
    """The table after so many rounds, `CLIMBS` where nothing is said. The same seed makes the same table on any number of
    processes."""
    climb, best = Climb(compiled, seed, kept), par
    for n in range(rounds or CLIMBS):
        tables = [best, *(climb.changed(best) for _ in range(WAYS))]
        points = earned(tables, seed_of(seed, 2 * n), CLIMB_PLAYS)
        k = max(range(len(tables)), key=lambda i: (points[i], -i))
        if k:
            again = earned([best, tables[k]], seed_of(seed, 2 * n + 1), 2 * CLIMB_PLAYS)
            best = tables[k] if again[1] > again[0] else best
        told(n + 1)
    return best
