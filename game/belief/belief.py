"""What the trainee believes of what is hidden: weighted particles.

A particle is a whole state with hidden truths of its own. It goes through the same decisions as the real play; whatever was
announced there is made to happen in it, and its weight is multiplied by how likely that was with its truths (the rules do
both, see `Dice.following`). Few particles with most of the weight are resampled. Nothing here ever reads a hidden slot of
the real play, nor its seed: two plays with the same announcements have the same belief.

A rival's timing is taken as no evidence: only what its moves brought, given that they came, is weighed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.belief.kernels import AGAIN, AWARDS, BEGIN, BEGINNING, FOLLOW, KEEP, METROPOLIS, NEVER
from game.belief.particles import Particles
from game.engine.chance import (
    OUTCOME,
    READ,
    START,
    TRACE_WIDTH,
    bits,
    seed_of,
    uniform,
)
from game.engine.odds import aim, place
from game.play.decisions import decision_number
from game.play.happenings import Awarded, Came, EventCame, Happening, PhaseTurned, Reading, RivalMoved, announced_row
from game.play.playing import Playing
from game.scenario.tables import CENT, CERTAIN, SCRATCH, VERIFY, State, Tables

Numbers = np.ndarray[Any, np.dtype[np.float64]]

MANY = 240
"""Particles."""
ROOT = 0x5EED_BE11EF
"""First seed of the particles: the same for every play, so that belief is a function of what was announced."""
FEW = 0.5
"""Below this share of effective particles they are resampled."""
RESCUE = 0.4
"""Below this share, after a proof, the particles it contradicts are turned over."""
TOO_SURE = 1e6
MOST_SWEEPS = 10
EFFORT = 10_000
"""Decisions gone through again, at most, in the Metropolis steps after a resampling."""


@dataclass(frozen=True)
class Term:
    """A term of an itemised chance: which slot (as if true), its mean in points, whether it rests on belief."""

    slot: int
    points: float
    believed: bool


ANNOUNCED = (Came, Reading, PhaseTurned, Awarded, RivalMoved, EventCame)
"""What the trainee is told of, where it is told at all; the rest follows from it."""


FEW_AT_FIRST = 8
"""Particles of a belief that hears nothing."""


class Belief:
    """The belief of one play. `follow` brings it up to date.

    A particle's dice for its hidden draws have a seed for each decision; with its genes they make its whole way again.
    """

    def __init__(
        self, t: Tables, many: int = MANY, root: int = ROOT, effort: int = EFFORT, cloud: Particles | None = None
    ) -> None:
        self.t, self.many, self.root, self.effort = t, many, root, effort
        self.history: list[tuple[int, list[int]]] = []
        self.used = 0
        self.cloud = cloud or Particles(t, many)
        self.seeds = [self._seed() for _ in range(many)]
        self._draw_priors()
        self.weights: Numbers = np.full(many, 1 / many)
        self.effective = self.least_effective = float(many)
        self.surprises = 0
        self._hidden: Numbers | None = None

    def _seed(self) -> int:
        """A seed that no particle has had."""
        self.used += 1
        return seed_of(self.root, self.used)

    def _draw_priors(self) -> None:
        """Particles from the scenario's priors, every truth spread evenly over them (Latin hypercube; McKay et al. 1979)."""
        for k in range(self.t.n_start):
            order = sorted(range(self.many), key=lambda i: bits(self.seeds[i], START, k))
            for rank, i in enumerate(order):
                self.cloud.genes[i][k] = (rank * CERTAIN + uniform(self.seeds[i], OUTCOME, k)) // self.many
        self.cloud.put_seeds(0, self.seeds)
        self.cloud.work(BEGIN)

    # ---- following a play
    def begin(self, playing: Playing) -> None:
        """What was announced before the first decision."""
        self.advance(BEGINNING, self.script([h for h in playing.happenings if h.after == 0]))

    def follow(self, playing: Playing) -> Belief:
        """Go through the decisions that were taken since the last call."""
        if not self.history:
            self.begin(playing)
        while len(self.history) <= len(playing.decisions):
            done = len(self.history)
            decision = decision_number(playing.compiled, playing.decisions[done - 1])
            self.advance(decision, self.script([h for h in playing.happenings if h.after == done]))
        return self

    def kept(self) -> tuple[Any, ...]:
        """All that following changes, to go back to."""
        own = (list(self.history), self.used, list(self.seeds), self.weights.copy())
        return (*own, self.effective, self.least_effective, self.surprises, self.cloud.kept())

    def back_to(self, kept: tuple[Any, ...]) -> None:
        """Believe what was believed when `kept` was taken."""
        history, self.used, seeds, weights, self.effective, self.least_effective, self.surprises, cloud = kept
        self.history, self.seeds, self.weights = list(history), list(seeds), weights.copy()
        self.cloud.back_to(cloud)
        self._hidden = None

    def advance(self, decision: int, script: list[int]) -> None:
        """A decision more, and what was announced after it."""
        self.history.append((decision, script))
        cloud = self.cloud
        cloud.put_seeds(len(self.history) - 1, self.seeds)
        cloud.add_history(decision, script)
        before = list(zip([float(log) for log in cloud.logs], self.weights, strict=False))
        cloud.work(FOLLOW)
        weights = self.weights * np.array(cloud.weights[0][: self.many], dtype=float)
        if self._share(weights) < RESCUE:
            weights = self._rescued(weights, before)
        total = weights.sum()
        if total <= 0:
            # Nothing that was thought possible fits; go on with what was believed before.
            self.surprises += 1
            weights, total = self.weights, 1.0
            for i, (log, _) in enumerate(before[: self.many]):
                cloud.logs[i] = log
        self.weights = weights / total
        self._hidden = None
        self.effective = self._share(self.weights) * self.many
        self.least_effective = min(self.least_effective, self.effective)
        if self.effective < FEW * self.many:
            self._rejuvenate(self._resample())

    def _share(self, weights: Numbers) -> float:
        """Effective particles as a share of all (Kish): 1 / sum of squared weights."""
        total = float(weights.sum())
        return total**2 / float((weights**2).sum()) / self.many if total > 0 else 0.0

    def script(self, rows: Sequence[Happening]) -> list[int]:
        """What was announced, as the rules want it."""
        script: list[int] = []
        for h in rows:
            if not isinstance(h, (RivalMoved, EventCame)) or self.t.branch_told[h.branch] == 1:
                script += announced_row(h) if isinstance(h, ANNOUNCED) else []
        return script

    # ---- keeping the particles alive
    def _rescued(self, weights: Numbers, before: list[tuple[float, float]]) -> Numbers:
        """Particles that a proof contradicts, with that one truth turned over.

        Turned over, a particle of weight w stands for w * L' * prior' / (L * prior), L and L' the likelihoods of the history
        up to now without the proof: the same measure as the particles that had it right, so both kinds are kept.
        """
        rows, cloud = self.history[-1][1], self.cloud
        told = [rows[k : k + TRACE_WIDTH] for k in range(0, len(rows), TRACE_WIDTH)]
        proofs = [row for row in told if row[0] == READ and row[1] == VERIFY]
        if not proofs:
            return weights
        weights, hidden = weights.copy(), self._read_hidden()
        for k in range(self.many):
            old, weight = before[k]
            if weights[k] > 0 or weight <= 0 or old == NEVER:
                continue
            genes, odds = [int(g) for g in cloud.genes[k]], 1.0
            for row in proofs:
                if (hidden[k, self.t.truth0 + row[2] - self.t.hidden] > 0) != (row[6] > 0):
                    odds *= self._turn(genes, self.t.truth0 + row[2], row[6])
            log = self.again(genes, k)
            if log > NEVER:
                weights[k] = weight * min(odds * math.exp(min(50.0, log - old)), TOO_SURE)
                cloud.work(KEEP, picks=[k])
        return weights

    def again(self, genes: Sequence[int], particle: int) -> float:
        """Log likelihood of the whole history with these truths and the particle's dice; it stands in the spare state then."""
        self.cloud.genes[self.many][:] = list(genes)
        self.cloud.work(AGAIN, picks=[particle])
        return float(self.cloud.weights[0][0])

    def _turn(self, genes: list[int], slot: int, value: int) -> float:
        """Give a fact this truth; the ratio of the priors."""
        t = self.t
        k = next((k for k in range(t.n_start) if t.start_slot[k] == slot), -1)
        if k < 0:
            return 0.0
        below = prior = 0
        for i in range(t.start_off[k], t.start_off[k + 1]):
            share = t.start_share[i] if i < t.start_off[k + 1] - 1 else CERTAIN - below
            if (t.start_value[i] > 0) == (value > 0):
                genes[k] = below + share // 2
                prior += share
            below += share
        return prior / max(1, CERTAIN - prior)

    def _resample(self) -> list[int]:
        """Particles by their weights, evenly (systematic resampling); copies go on with dice of their own. The copies."""
        points = (np.arange(self.many) + 0.5) / self.many
        chosen = np.minimum(np.searchsorted(np.cumsum(self.weights), points), self.many - 1)
        twins = [n for n in range(1, self.many) if chosen[n - 1] == chosen[n]]
        self.seeds = [self.seeds[k] for k in chosen]
        self.cloud.choose([int(k) for k in chosen])
        for n in twins:
            self.seeds[n] = self._seed()
        self.weights = np.full(self.many, 1 / self.many)
        self.effective = float(self.many)
        self._hidden = None
        return twins

    def _rejuvenate(self, twins: list[int]) -> None:
        """Metropolis steps, twins first: a truth or a few drawn anew, kept as often as the history supports it."""
        if not self.t.n_start:
            return
        order = twins + sorted(set(range(self.many)) - set(twins))
        steps = min(MOST_SWEEPS * self.many, max(8, self.effort // len(self.history)))
        if steps < len(twins):
            order = twins[:: len(twins) // steps]
        self.cloud.make_room(1, self.t.n_start)
        self.cloud.work(METROPOLIS, picks=order, number=min(steps, MOST_SWEEPS * len(order)), root=self._seed())
        self._hidden = None

    # ---- asking
    def _read_hidden(self) -> Numbers:
        return self.cloud.slots(self.t.hidden, self.t.hidden + self.t.shift)

    @property
    def hidden(self) -> Numbers:
        """Hidden slots of every particle, in the slots' integers. Shape (particles, hidden slots)."""
        if self._hidden is None:
            self._hidden = self._read_hidden()
        return self._hidden

    def mean(self, slot: int) -> float:
        """What is believed of a hidden slot on average, in the slot's integers."""
        return float(self.weights @ self.hidden[:, slot - self.t.hidden])

    def levels(self, person: int) -> list[float]:
        """How likely each level of a person's stance is, from -2 to 2; they sum to 1."""
        stance = self.hidden[:, self.t.stance0 + person - self.t.hidden]
        # Half away from zero, as the rules round (engine.odds.rounded); numpy's own rounding goes to the even one.
        values = np.clip(np.sign(stance) * np.floor((np.abs(stance) + 50) / 100), -2, 2)
        return [float(self.weights[values == level].sum()) for level in range(-2, 3)]

    def fact(self, fact: int) -> float:
        """How likely a fact is true."""
        return float(self.weights[self.hidden[:, self.t.truth0 + fact - self.t.hidden] > 0].sum())

    def chances(self, s: State, f: int, low: int, high: int, person: int, member: int) -> tuple[list[Term], Numbers, Numbers]:
        """A form as a chance: its terms by their means, and the chance before and after the cut in each particle, in 1/10000.

        `s` gives what is visible, scratch included.
        """
        t = self.t
        total: Numbers = np.full(self.many, float(t.form_c[f]))
        terms = []
        for k in range(t.form_off[f], t.form_off[f + 1]):
            slot, weight = place(t, t.term_slot[k], person, member, 0), t.term_coef[k]
            believed = slot >= t.hidden
            value = self.hidden[:, slot - t.hidden] if believed else np.full(self.many, float(s.x[slot]))
            total = total + weight * value
            points = float(self.weights @ (weight * value)) / (CENT * 100)
            if points:
                terms.append(Term(slot, points, believed))
        whole = np.floor(total / CENT + 0.5)
        return terms, whole, np.clip(whole, low, high)

    def odds(self, s: State, arm: int) -> tuple[int, int, list[Term], int]:
        """Of a start: mean and standard deviation of the cut chance, its terms, what cutting adds; in 1/10000.

        The form's constant, the terms' points and the cut add up to the mean.
        """
        t = self.t
        aim(t, s, arm)
        pair = t.arm_pair[arm]
        roll = t.action_roll[t.pair_action[pair]]
        f = t.roll_odds[roll]
        terms, whole, cut = self.chances(s, f, t.roll_lo[roll], t.roll_hi[roll], t.pair_person[pair], t.arm_member[arm])
        mean = float(self.weights @ cut)
        spread = math.sqrt(max(0.0, float(self.weights @ cut**2) - mean**2))
        return round(mean), round(spread), terms, round(mean - float(self.weights @ whole))

    def roll(self, s: State, roll: int) -> int:
        """Mean of a roll's cut chance where it concerns nobody in particular, in 1/10000."""
        t = self.t
        _, _, cut = self.chances(s, t.roll_odds[roll], t.roll_lo[roll], t.roll_hi[roll], 0, 0)
        return round(float(self.weights @ cut))

    def scores(self, s: State) -> list[list[tuple[float, float]]]:
        """Mean and standard deviation of each bidder's score by each of the buyer's criteria. Shape (criteria, bidders)."""
        t = self.t
        found = []
        for c in range(t.n_criterion):
            row = []
            for b in range(t.n_bidder):
                _, whole, _ = self.chances(s, t.score_form[b * t.n_criterion + c], 0, CERTAIN, 0, 0)
                mean = float(self.weights @ whole) / 100
                variance = float(self.weights @ whole**2) / 10_000 - mean**2
                row.append((mean, math.sqrt(max(0.0, variance))))
            found.append(row)
        return found

    def award(self, branch: int = -1) -> list[int]:
        """Each bidder's chance, were the award drawn now, in 1/10000; they sum to 10000. `branch`: as if that had come first."""
        return self.award_spread(branch)[0]

    def award_spread(self, branch: int = -1) -> tuple[list[int], int]:
        """As `award`, and how far ours may be off by what we do not know: a standard deviation, in 1/10000."""
        self.cloud.make_room(self.many, self.t.n_bidder)
        self.cloud.work(AWARDS, first=branch)
        rows = np.array([row[: self.t.n_bidder] for row in self.cloud.money[: self.many]], dtype=float)
        total = self.weights @ rows
        found = [int(x) for x in total]
        found[int(np.argmax(total))] += CERTAIN - sum(found)
        spread = float(self.weights @ rows[:, 0] ** 2) - float(total[0]) ** 2
        return found, round(math.sqrt(max(0.0, spread)))

    def consistent(self, s: State) -> bool:
        """Whether every particle with weight stands where the play stands, as far as it can be seen. For tests."""
        seen = self.cloud.slots(SCRATCH, self.t.hidden)
        return bool((seen[self.weights > 0] == np.array(s.x[SCRATCH : self.t.hidden], dtype=float)).all())


class AtFirst(Belief):
    """What is believed before anything was heard, for plays in which belief is not the subject: it costs nothing to follow."""

    def __init__(self, t: Tables) -> None:
        super().__init__(t, FEW_AT_FIRST)

    def begin(self, playing: Playing) -> None:
        self.history.append((BEGINNING, []))

    def advance(self, decision: int, script: list[int]) -> None:
        self.history.append((decision, []))
