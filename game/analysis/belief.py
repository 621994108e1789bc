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

from game.engine.award import award_odds
from game.engine.chance import (
    AWARDED,
    CAME,
    FULL_WEIGHT,
    HAPPENED,
    MOVED,
    OUTCOME,
    POLICY,
    READ,
    START,
    TRACE_WIDTH,
    TURNED,
    bits,
    seed_of,
    uniform,
)
from game.engine.odds import aim, place
from game.engine.playthrough import Happening, Playing, decision_number
from game.engine.state import copy_state, new_dice, new_state
from game.engine.step import begin, run_on, step
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
MOST_SWEEPS = 4
EFFORT = 10_000
"""Decisions gone through again, at most, in the Metropolis steps after a resampling."""


@dataclass(frozen=True)
class Term:
    """A term of an itemised chance: which slot (as if true), its mean in points, whether it rests on belief."""

    slot: int
    points: float
    believed: bool


@dataclass
class Particle:
    """A possible truth: what it was drawn with, and where it has come to.

    `seeds` are the dice of its hidden draws, each from a decision on; with `genes` they make its whole way again.
    """

    state: State
    genes: list[int]
    seeds: list[tuple[int, int]]
    log: float = 0.0
    """Log likelihood of everything announced so far."""


class Belief:
    """The belief of one play. `follow` brings it up to date."""

    def __init__(self, t: Tables, many: int = MANY, root: int = ROOT, effort: int = EFFORT) -> None:
        self.t, self.many, self.root, self.effort = t, many, root, effort
        self.history: list[tuple[int, list[int]]] = []
        self.used = 0
        self.dice = new_dice(0)
        self.particles = self._from_priors()
        self.weights: Numbers = np.full(many, 1 / many)
        self.effective = self.least_effective = float(many)
        self.surprises = 0
        self._hidden: Numbers | None = None

    def _seed(self) -> int:
        """A seed that no particle has had."""
        self.used += 1
        return seed_of(self.root, self.used)

    def _from_priors(self) -> list[Particle]:
        """Particles from the scenario's priors, every truth spread evenly over them (Latin hypercube; McKay et al. 1979)."""
        seeds = [self._seed() for _ in range(self.many)]
        columns = []
        for k in range(self.t.n_start):
            order = sorted(range(self.many), key=lambda i: bits(seeds[i], START, k))
            column = [0] * self.many
            for rank, i in enumerate(order):
                column[i] = (rank * CERTAIN + uniform(seeds[i], OUTCOME, k)) // self.many
            columns.append(column)
        found = []
        for i, seed in enumerate(seeds):
            found.append(Particle(new_state(self.t), [column[i] for column in columns], [(0, seed)]))
            self._begin(found[-1])
        return found

    def _begin(self, p: Particle) -> None:
        d = self.dice
        d.following, d.genes, d.seed, d.n_script = 1, p.genes, p.seeds[0][1], 0
        begin(self.t, p.state, d)

    # ---- following a play
    def follow(self, playing: Playing) -> Belief:
        """Go through the decisions that were taken since the last call."""
        while len(self.history) <= len(playing.decisions):
            done = len(self.history)
            rows = [h for h in playing.happenings if h.after == done]
            decision = decision_number(playing.compiled, playing.decisions[done - 1]) if done else -1
            self._advance(decision, self._script(rows))
        return self

    def _advance(self, decision: int, script: list[int]) -> None:
        self.history.append((decision, script))
        before = [(p.log, w) for p, w in zip(self.particles, self.weights, strict=True)]
        found = np.array([self._step(p, len(self.history) - 1) for p in self.particles], dtype=float)
        weights = self.weights * found
        if self._share(weights) < RESCUE:
            weights = self._rescued(weights, before)
        total = weights.sum()
        if total <= 0:
            # Nothing that was thought possible fits; go on with what was believed before.
            self.surprises += 1
            weights, total = self.weights, 1.0
        self.weights = weights / total
        self._hidden = None
        self.effective = self._share(self.weights) * self.many
        self.least_effective = min(self.least_effective, self.effective)
        if self.effective < FEW * self.many:
            self._resample()
            self._rejuvenate()

    def _share(self, weights: Numbers) -> float:
        """Effective particles as a share of all (Kish): 1 / sum of squared weights."""
        total = float(weights.sum())
        return total**2 / float((weights**2).sum()) / self.many if total > 0 else 0.0

    def _step(self, p: Particle, k: int) -> float:
        """A particle goes through the decision k of the history; the likelihood of what was announced, 0 … 1."""
        decision, script = self.history[k]
        d = self.dice
        d.following, d.weight, d.genes, d.script, d.n_script = 1, FULL_WEIGHT, p.genes, list(script), len(script)
        d.seed = next(seed for since, seed in reversed(p.seeds) if since <= k)
        if decision < 0:
            run_on(self.t, p.state, d, 0)
        else:
            step(self.t, p.state, d, decision)
        p.log = p.log + math.log(d.weight / FULL_WEIGHT) if d.weight > 0 else -math.inf
        return d.weight / FULL_WEIGHT

    def _again(self, genes: list[int], seeds: list[tuple[int, int]]) -> Particle:
        """A particle with these truths, gone through the whole history; its log is -inf where the history is impossible."""
        p = Particle(new_state(self.t), genes, seeds)
        self._begin(p)
        for k in range(len(self.history)):
            self._step(p, k)
            if p.log == -math.inf:
                break
        return p

    def _script(self, rows: Sequence[Happening]) -> list[int]:
        """What was announced, as the rules want it."""
        script: list[int] = []
        for h in rows:
            if h.kind in (CAME, READ, TURNED, AWARDED) or (h.kind in (MOVED, HAPPENED) and self.t.branch_told[h.result] == 1):
                script += [h.kind, h.what, h.person, h.member, 0, 0, h.result, h.week]
        assert len(script) % TRACE_WIDTH == 0
        return script

    # ---- keeping the particles alive
    def _rescued(self, weights: Numbers, before: list[tuple[float, float]]) -> Numbers:
        """Particles that a proof contradicts, with that one truth turned over.

        Turned over, a particle of weight w stands for w * L' * prior' / (L * prior), L and L' the likelihoods of the history
        up to now without the proof: the same measure as the particles that had it right, so both kinds are kept.
        """
        rows = self.history[-1][1]
        told = [rows[k : k + TRACE_WIDTH] for k in range(0, len(rows), TRACE_WIDTH)]
        proofs = [row for row in told if row[0] == READ and row[1] == VERIFY]
        if not proofs:
            return weights
        weights = weights.copy()
        for k, p in enumerate(self.particles):
            old, weight = before[k]
            if weights[k] > 0 or weight <= 0 or old == -math.inf:
                continue
            genes, odds = list(p.genes), 1.0
            for row in proofs:
                slot = self.t.truth0 + row[2]
                if (p.state.x[slot] > 0) != (row[6] > 0):
                    odds *= self._turn(genes, slot, row[6])
            other = self._again(genes, p.seeds)
            if other.log > -math.inf:
                weights[k] = weight * min(odds * math.exp(min(50.0, other.log - old)), TOO_SURE)
                self.particles[k] = other
        return weights

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

    def _resample(self) -> None:
        """Particles by their weights, evenly (systematic resampling); copies go on with dice of their own."""
        points = (np.arange(self.many) + 0.5) / self.many
        chosen = np.minimum(np.searchsorted(np.cumsum(self.weights), points), self.many - 1)
        old, self.particles = self.particles, []
        for n, k in enumerate(chosen):
            p = old[k]
            twin = n > 0 and chosen[n - 1] == k
            seeds = [*p.seeds, (len(self.history), self._seed())] if twin else p.seeds
            self.particles.append(Particle(copy_state(p.state) if twin else p.state, p.genes, seeds, p.log))
        self.weights = np.full(self.many, 1 / self.many)
        self.effective = float(self.many)
        self._hidden = None

    def _rejuvenate(self) -> None:
        """Metropolis steps, twins first: a truth or a few drawn anew, kept as often as the history supports it."""
        seed = self._seed()
        twins = [k for k in range(1, self.many) if self.particles[k].genes is self.particles[k - 1].genes]
        order = twins + [k for k in range(self.many) if k not in set(twins)]
        steps = min(MOST_SWEEPS * self.many, max(8, self.effort // len(self.history)))
        if steps < len(twins):
            order = twins[:: len(twins) // steps]
        for n in range(min(steps, MOST_SWEEPS * len(order))):
            self._metropolis(order[n % len(order)], seed, n)
        self._hidden = None

    def _metropolis(self, k: int, seed: int, n: int) -> None:
        p = self.particles[k]
        genes = list(p.genes)
        if not genes:
            return
        # Every other step turns to the people: their stances are the first genes, few among many, and wear thin first.
        among = max(1, self.t.n_person if n % 2 and self.t.n_person else len(genes))
        for lane in range(1 + uniform(seed, POLICY, n << 4) % 3):
            gene = uniform(seed, POLICY, n << 4 | lane + 1) % among
            genes[gene] = uniform(seed, START, n << 4 | lane)
        other = self._again(genes, p.seeds)
        if other.log > -math.inf and math.log((uniform(seed, OUTCOME, n) + 0.5) / CERTAIN) < other.log - p.log:
            self.particles[k] = other

    # ---- asking
    @property
    def hidden(self) -> Numbers:
        """Hidden slots of every particle, in the slots' integers. Shape (particles, hidden slots)."""
        if self._hidden is None:
            t = self.t
            self._hidden = np.array([p.state.x[t.hidden : t.hidden + t.shift] for p in self.particles], dtype=float)
        assert self._hidden is not None
        return self._hidden

    def mean(self, slot: int) -> float:
        """What is believed of a hidden slot on average, in the slot's integers."""
        return float(self.weights @ self.hidden[:, slot - self.t.hidden])

    def levels(self, person: int) -> list[float]:
        """How likely each level of a person's stance is, from -2 to 2; they sum to 1."""
        values = np.clip(np.rint(self.hidden[:, self.t.stance0 + person - self.t.hidden] / 100), -2, 2)
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

    def award(self) -> list[int]:
        """Each bidder's chance, were the award drawn now, in 1/10000; they sum to 10000."""
        total = np.zeros(self.t.n_bidder)
        for p, w in zip(self.particles, self.weights, strict=True):
            if w > 0:
                award_odds(self.t, p.state, 0)
                total += w * np.array(p.state.scratch[: self.t.n_bidder], dtype=float)
        found = [int(x) for x in total]
        found[int(np.argmax(total))] += CERTAIN - sum(found)
        return found

    def consistent(self, s: State) -> bool:
        """Whether every particle with weight stands where the play stands, as far as it can be seen. For tests."""
        t = self.t
        seen = slice(SCRATCH, t.hidden)
        return all(p.state.x[seen] == s.x[seen] for p, w in zip(self.particles, self.weights, strict=True) if w > 0)
