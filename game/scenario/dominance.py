"""Options that another one makes needless, proved without playing.

One action stands over another when whoever may start the other may start it at that moment too, it asks no more (weeks, money,
favours), its chance is never smaller, and it brings at least as much whatever comes. More of a gauge, of a stance, of rapport, of
the net or of money is taken as better; anything else must be the same. It is about the first time: where an action wears off or
may be done only so often, the lesser one is still there afterwards. Nothing is claimed where the proof fails.
"""

from __future__ import annotations

from itertools import product

from game.scenario.bounds import Bounds, Never, path_of
from game.scenario.operations import ADD, by_form
from game.scenario.tables import FALSE, FIT, MONEY, PAIR, TARGET, TRUE

Sum = tuple[tuple[int, int], ...]
"""Slots with their coefficients."""
Facts = dict[Sum, tuple[int, int]]
"""The values that sums are known to have: from, to."""
MOST_WAYS = 32
"""Ways in which a condition can hold; with more of them nothing is proved."""
MOST_STEPS = 2_000
"""Atoms looked at to find them: there are conditions with as many ways that lead nowhere as 2 to the power of their atoms."""
MOST_ACTIONS = 400
"""Of more actions nothing is proved: each would be compared with every other."""
Effect = tuple[int, int]
"""What is done and how much."""


def dominated(bounds: Bounds) -> list[tuple[str, str]]:
    """(action, the one that stands over it), each action once. Of two that are the same the later one is needless."""
    proof, names = _Proof(bounds), bounds.ids.actions
    found: list[tuple[str, str]] = []
    if len(names) > MOST_ACTIONS:
        return found
    for a in range(len(names)):
        for b in range(len(names)):
            if a != b and proof.over(b, a) and not (a < b and proof.over(a, b)):
                found.append((names[a], names[b]))
                break
    return found


def needless(bounds: Bounds) -> list[Never]:
    """The same as what the author is told."""
    return [Never("W406", path_of(one, bounds.sc), {"name": one, "other": other}) for one, other in dominated(bounds)]


class _Proof:
    def __init__(self, bounds: Bounds) -> None:
        t = self.t = bounds.t
        self.bounds, self.good = bounds, self._good(bounds)
        self.stages: list[set[int]] = [set() for _ in range(t.n_action)]
        for g in range(t.n_stage + 1):
            for a in t.stage_action[t.stage_off[g] : t.stage_off[g + 1]]:
                self.stages[a].add(g)

    def _good(self, bounds: Bounds) -> dict[int, int]:
        """Slots of which more is better (1) or worse (-1), relative ones too."""
        t, names = bounds.t, bounds.ids.slots
        found = {slot: 1 if gain > 0 else -1 for slot, gain in enumerate(t.gain) if gain}
        found[MONEY] = 1
        for p in range(t.n_person):
            found[t.stance0 + p] = 1
        for slot, name in enumerate(names):
            if name.endswith(".rapport") or name.startswith("knot."):
                found[slot] = 1
        return found

    def better(self, slot: int) -> int:
        """1 where more is better, -1 where less is, 0 where nobody knows."""
        if slot >= PAIR:
            return 1
        return self.good.get(slot - TARGET if slot >= TARGET else slot, 0)

    def over(self, b: int, a: int) -> bool:
        """Whether b stands over a: the cheap questions first."""
        t = self.t
        if t.action_money[b] > t.action_money[a] or t.action_weeks[b] > t.action_weeks[a]:
            return False
        if t.action_breach[b] > t.action_breach[a] or t.action_free[b] < t.action_free[a] or not self.stages[a] <= self.stages[b]:
            return False
        if t.action_from[b] > t.action_from[a] or t.action_to[b] < t.action_to[a]:
            return False
        return self.stages[a] != set() and self.brings(b, a) and self.likelier(b, a) and self.open_too(b, a)

    # ---- what it brings
    def brings(self, b: int, a: int) -> bool:
        """Whether b brings at least as much as a, under the same dice: where a fails, b may have succeeded."""
        one, other = self.roll(a), self.roll(b)
        if self.as_likely(b, a):
            return all(self.as_much(y, x) for x, y in zip(one, other, strict=True))
        rest = product(other[1:], one[1:] or one)
        return all(self.as_much(y, x) for y, x in [*((other[0], x) for x in one), *rest])

    def as_likely(self, b: int, a: int) -> bool:
        """Whether every branch of b is exactly as likely as that of a."""
        t, one, other = self.t, self.roll(a), self.roll(b)
        shares = [[t.branch_share[k] for k in roll[1:]] for roll in (one, other)]
        limits = [(t.roll_lo[r], t.roll_hi[r]) for r in (t.action_roll[a], t.action_roll[b])]
        windows = [(t.action_from[x], t.action_to[x]) for x in (a, b)]
        same = all(pair[0] == pair[1] for pair in (shares, limits, windows))
        return same and self.odds_gap(b, a) == (0, {}) and self.fits(a).items() <= self.fits(b).items()

    def fits(self, a: int) -> dict[tuple[int, int], int]:
        """How well each member fits this action on each person."""
        t = self.t
        arms = range(t.pair_arm[t.action_pair[a]], t.pair_arm[t.action_pair[a + 1]])
        return {(t.pair_person[t.arm_pair[arm]], t.arm_member[arm]): t.arm_fit[arm] for arm in arms}

    def roll(self, a: int) -> range:
        """The branches of an action."""
        t = self.t
        return range(t.roll_branch[t.action_roll[a]], t.roll_end[t.action_roll[a]])

    def as_much(self, b: int, a: int) -> bool:
        """Whether branch b is at least as good as branch a."""
        more, less = self.effects(b), self.effects(a)
        for slot in more.keys() | less.keys():
            one, other = more.get(slot, [(ADD, 0)]), less.get(slot, [(ADD, 0)])
            if one == other:
                continue
            if len(one) != 1 or len(other) != 1 or one[0][0] != other[0][0] or by_form(one[0][0]) or not self.better(slot):
                return False
            if self.better(slot) * (one[0][1] - other[0][1]) < 0:
                return False
        return all(any(x[:2] == y[:2] and y[2] >= x[2] for y in self.readings(b)) for x in self.readings(a))

    def effects(self, b: int) -> dict[int, list[Effect]]:
        t = self.t
        found: dict[int, list[Effect]] = {}
        for k in range(t.branch_effect[b], t.branch_effect[b + 1]):
            found.setdefault(t.effect_slot[k], []).append((t.effect_op[k], t.effect_amount[k]))
        return found

    def readings(self, b: int) -> list[tuple[int, int, int]]:
        t = self.t
        return [(t.read_kind[k], t.read_what[k], t.read_sure[k]) for k in range(t.branch_read[b], t.branch_read[b + 1])]

    # ---- how likely it is
    def odds_gap(self, b: int, a: int) -> tuple[int, dict[int, int]]:
        """The form of b's chance less that of a's: constant, coefficients."""
        t = self.t
        one, other = (t.roll_odds[t.action_roll[x]] for x in (b, a))
        gap: dict[int, int] = {}
        for form, sign in ((one, 1), (other, -1)):
            for k in range(t.form_off[form], t.form_off[form + 1]):
                gap[t.term_slot[k]] = gap.get(t.term_slot[k], 0) + sign * t.term_coef[k]
        return t.form_c[one] - t.form_c[other], {slot: coef for slot, coef in gap.items() if coef}

    def likelier(self, b: int, a: int) -> bool:
        """Whether b's chance is never smaller than a's, for a member who fits it as well."""
        t = self.t
        one, other = t.action_roll[b], t.action_roll[a]
        if t.roll_lo[one] < t.roll_lo[other] or t.roll_hi[one] < t.roll_hi[other]:
            return False
        least, gap = self.odds_gap(b, a)
        if FIT in gap:
            return False
        return least + self.bounds.span(list(gap.items()))[0] >= 0

    # ---- who may start it
    def open_too(self, b: int, a: int) -> bool:
        """Whether b may be started by whom and on whom a may be."""
        t = self.t
        people = {t.pair_person[p]: p for p in range(t.action_pair[b], t.action_pair[b + 1])}
        own = self.ways(t.action_own[a])
        for pair in range(t.action_pair[a], t.action_pair[a + 1]):
            other = people.get(t.pair_person[pair], -1)
            if other < 0 or not self.staffed(other, pair, b):
                return False
            ways = [one | two for one, two in product(own, self.ways(t.pair_cond[pair]))]
            if len(ways) > MOST_WAYS or not all(
                self.surely(t.action_own[b], facts) and self.surely(t.pair_cond[other], facts) for facts in ways
            ):
                return False
        return bool(own)

    def staffed(self, other: int, pair: int, b: int) -> bool:
        """Whether everybody who may do it here may do that there, and fits as well."""
        t = self.t
        fits = {t.arm_member[arm]: t.arm_fit[arm] for arm in range(t.pair_arm[other], t.pair_arm[other + 1])}
        arms = range(t.pair_arm[pair], t.pair_arm[pair + 1])
        if t.action_free[b]:
            return bool(fits) and all(t.arm_fit[arm] <= max(fits.values()) for arm in arms)
        return all(t.arm_fit[arm] <= fits.get(t.arm_member[arm], -(1 << 60)) for arm in arms)

    def range_of(self, atom: int, facts: Facts) -> tuple[Sum, int, int, int]:
        """An atom's form without its constant, turned so that its first coefficient is positive; its sign before; and what the
        form, constant included, may be where these facts hold."""
        t = self.t
        terms = sorted(term for term in self.bounds.terms_of(atom) if term[1])
        sign = -1 if terms and terms[0][1] < 0 else 1
        whole = tuple((slot, sign * coef) for slot, coef in terms)
        ends = [sign * end for end in facts.get(whole) or self.bounds.span(whole)]
        return whole, sign, min(ends) + t.atom_c[atom], max(ends) + t.atom_c[atom]

    def ways(self, atom: int) -> list[Facts]:
        """What is known in each way in which a condition holds; more than MOST_WAYS of them where it is too much."""
        t, found, steps = self.t, list[Facts](), 0
        todo: list[tuple[int, Facts]] = [(atom, {})]
        while todo and len(found) <= MOST_WAYS:
            steps += 1
            if steps > MOST_STEPS:
                return [{}] * (MOST_WAYS + 1)
            at, facts = todo.pop()
            if at == TRUE:
                found.append(facts)
            if at in (TRUE, FALSE):
                continue
            terms, sign, low, high = self.range_of(at, facts)
            for after, least, most in ((t.atom_yes[at], max(low, 0), high), (t.atom_no[at], low, min(high, -1))):
                if least <= most:
                    ends = [sign * (end - t.atom_c[at]) for end in (least, most)]
                    todo.append((after, facts | {terms: (min(ends), max(ends))}))
        return found

    def surely(self, atom: int, facts: Facts) -> bool:
        """Whether a condition must hold where these facts do."""
        while atom not in (TRUE, FALSE):
            _, _, low, high = self.range_of(atom, facts)
            if low < 0 <= high:
                return False
            atom = self.t.atom_yes[atom] if low >= 0 else self.t.atom_no[atom]
        return atom == TRUE
