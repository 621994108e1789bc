"""What can be proved without playing: options, endings, events and gates that can never be, by intervals.

Every quantity gets the interval of values it could ever have. It starts where the scenario starts it; what the rules move by
themselves may have its whole range; what only effects move grows by the effects of whatever is still thought possible, until
nothing grows any more. A condition that holds nowhere in these intervals can never hold: that is a proof. The other way round
nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from game.scenario.compiled import Compiled
from game.scenario.expand import answer_name
from game.scenario.operations import OPERATIONS, applied, by_form
from game.scenario.reach import most_money
from game.scenario.schema import Scenario
from game.scenario.tables import CERTAIN, FALSE, MONEY, PAIR, TARGET, TRUE

OURS = ("said.", "held.", "bend.", "bone.", "promised.", "issue.")
"""Quantities that only effects change, beside the author's meters."""
FAR = 1 << 60


@dataclass(frozen=True)
class Never:
    """Something that can never be: its code, where it stands in the scenario, and the values of its sentence."""

    code: str
    path: tuple[str | int, ...]
    values: dict[str, object]


class Bounds:
    """The interval of values that every quantity could ever have."""

    def __init__(self, compiled: Compiled, sc: Scenario) -> None:
        self.t, self.ids, self.sc = compiled.tables, compiled.ids, sc
        self.lo, self.hi = list(self.t.lo), list(self.t.hi)
        self.moved = {k for k, name in enumerate(self.ids.slots) if name in sc.meters or name.startswith(OURS)}
        for slot in self.moved:
            self.lo[slot] = self.hi[slot] = self.t.x0[slot]
        self.starts()
        self.lo[MONEY], self.hi[MONEY] = -FAR, self.t.x0[MONEY]
        self.money = most_money(sc)
        self.settle()

    def starts(self) -> None:
        """The hidden draws of the first morning."""
        t = self.t
        for k in range(t.n_start):
            for i in range(t.start_off[k], t.start_off[k + 1]):
                for slot in (t.start_slot[k], t.start_twin[k]):
                    if slot >= 0:
                        self.widen(slot, t.start_value[i], t.start_value[i])

    def widen(self, slot: int, low: int, high: int) -> bool:
        """Make room for these values; whether anything grew."""
        found = False
        for at in (slot, slot + self.t.shift) if self.t.hidden <= slot < self.t.hidden + self.t.shift else (slot,):
            least = low if at == MONEY else max(low, self.t.lo[at])
            most = high if at == MONEY else min(high, self.t.hi[at])
            found |= least < self.lo[at] or most > self.hi[at]
            self.lo[at], self.hi[at] = min(self.lo[at], least), max(self.hi[at], most)
        return found

    def settle(self) -> None:
        """Let everything possible happen until nothing grows. What has happened once brings nothing more a second time, so
        only what was not possible so far is looked at again."""
        t = self.t
        for b in (*t.phase_branch[: t.n_phase], *t.step_branch[: t.n_step], *t.gate_false[: t.n_stage]):
            self.happen(b)
        waiting, grew = list(self.rolls()), True
        while grew:
            grew, still = False, []
            for roll, possible in waiting:
                if not possible():
                    still.append((roll, possible))
                    continue
                for b in range(t.roll_branch[roll], t.roll_end[roll]):
                    grew |= self.happen(b)
            waiting = still

    def rolls(self) -> Iterator[tuple[int, Callable[[], bool]]]:
        """Every roll with the question whether it may come."""
        t = self.t
        for a in range(t.n_action):
            yield t.action_roll[a], partial(self.action, a)
        for m in range(t.move_off[t.n_rival]):
            yield t.move_roll[m], partial(self.holds, t.move_cond[m])
        for e in range(t.n_event):
            yield t.event_roll[e], partial(self.holds, t.event_cond[e])

    def happen(self, b: int) -> bool:
        """A branch's effects; whether anything grew."""
        t, found = self.t, False
        if b < 0:
            return False
        for k in range(t.branch_effect[b], t.branch_effect[b + 1]):
            for slot in self.slots(t.effect_slot[k]):
                if slot in self.moved or slot == MONEY:
                    found |= self.effect(slot, t.effect_op[k], t.effect_amount[k])
        return found

    def effect(self, slot: int, op: int, amount: int) -> bool:
        """Make room for what an effect may bring; whether anything grew."""
        if by_form(op):
            return self.widen(slot, -FAR, FAR)
        low, high = applied(op, self.lo[slot], amount), applied(op, self.hi[slot], amount)
        if OPERATIONS[op].adds:  # How often it may come is not counted: once is as good as always.
            low, high = -FAR if low < self.lo[slot] else low, FAR if high > self.hi[slot] else high
        return self.widen(slot, low, high)

    def slots(self, slot: int) -> range:
        """The slots a relative one may mean."""
        t = self.t
        if slot >= PAIR:
            return range(slot - PAIR, slot - PAIR + t.n_member * t.n_person)
        if slot >= TARGET:
            return range(slot - TARGET, slot - TARGET + t.n_person)
        return range(slot, slot + 1)

    # ---- conditions
    def holds(self, atom: int) -> bool:
        """Whether a condition could ever be true."""
        seen: set[int] = set()
        todo = [atom]
        while todo:
            at = todo.pop()
            if at == TRUE:
                return True
            if at == FALSE or at in seen:
                continue
            seen.add(at)
            low, high = self.range_of(at)
            if high >= 0:
                todo.append(self.t.atom_yes[at])
            if low < 0:
                todo.append(self.t.atom_no[at])
        return False

    def range_of(self, atom: int) -> tuple[int, int]:
        """The values an atom's form could have."""
        t = self.t
        low, high = self.span(self.terms_of(atom))
        return low + t.atom_c[atom], high + t.atom_c[atom]

    def terms_of(self, atom: int) -> list[tuple[int, int]]:
        """An atom's form without its constant: (slot, coefficient)."""
        t = self.t
        rest = range(t.atom_off[atom], t.atom_off[atom + 1])
        return [(t.atom_slot[atom], t.atom_coef[atom]), *((t.term_slot[k], t.term_coef[k]) for k in rest)]

    def span(self, terms: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """The values that a sum of (slot, coefficient) could have."""
        low = high = 0
        for slot, coef in terms:
            if not coef:
                continue
            places = self.slots(slot)
            least, most = min(self.lo[p] for p in places), max(self.hi[p] for p in places)
            low += coef * (least if coef > 0 else most)
            high += coef * (most if coef > 0 else least)
        return low, high

    def action(self, a: int) -> bool:
        t = self.t
        return t.action_money[a] <= self.hi[MONEY] and self.holds(t.action_own[a]) and self.somebody(a)

    def somebody(self, a: int) -> bool:
        """Whether there is anybody it may be started with."""
        t = self.t
        return any(self.holds(t.pair_cond[p]) for p in range(t.action_pair[a], t.action_pair[a + 1]))

    # ---- what is never
    def never(self) -> Iterator[Never]:
        """Everything that is proved never to happen."""
        t, ids = self.t, self.ids
        for a, name in enumerate(ids.actions):
            yield from self.of_action(a, name)
        for e, name in enumerate(ids.endings):
            if e != t.ending_last and not self.holds(t.ending_cond[e]):
                yield Never("W403", ("endings", name), {"name": name})
        for e, name in enumerate(ids.events):
            if "." not in name and not self.holds(t.event_cond[e]):
                yield Never("W404", ("events", name), {"name": name})
        for g, name in enumerate(self.ids.stages):
            for k in range(t.point_off[g], t.point_off[g + 1]):
                if t.point_must[k] == 1 and not self.holds(t.point_cond[k]):
                    yield Never("W405", ("gates", name), {"name": name, "point": ids.points[k]})

    def of_action(self, a: int, name: str) -> Iterator[Never]:
        t, path = self.t, path_of(name, self.sc)
        if t.action_money[a] > min(self.hi[MONEY], self.money):
            most = min(self.hi[MONEY], self.money)
            yield Never("W401", path, {"name": name, "cost": f"{t.action_money[a]:,}", "most": f"{most:,}"})
        elif not self.holds(t.action_own[a]) or not self.somebody(a):
            yield Never("W402", path, {"name": name})
        roll = t.action_roll[a]
        if t.roll_end[roll] - t.roll_branch[roll] == 1 and t.roll_lo[roll] < CERTAIN:
            yield Never("W407", path, {"name": name})
        if t.action_scene[a] >= 0 and self.idle(roll):
            yield Never("W408", path, {"name": path[-1], "scene": path[1]})

    def idle(self, roll: int) -> bool:
        """Whether nothing comes of an answer, whatever its branch, but that the scene is over."""
        t = self.t
        over = range(t.scene0, t.scene0 + t.n_scene), range(t.answered0, t.answered0 + t.n_scene)
        for b in range(t.roll_branch[roll], t.roll_end[roll]):
            if t.branch_read[b + 1] > t.branch_read[b]:
                return False
            for k in range(t.branch_effect[b], t.branch_effect[b + 1]):
                if not any(t.effect_slot[k] in block for block in over):
                    return False
        return True


MADE = {"adopt_": "strategies", "foresee_": "bones"}


def path_of(name: str, sc: Scenario) -> tuple[str, ...]:
    """Where an action stands, those the program made of something else too."""
    for scene in sc.scenes:
        if name.startswith(answer_name(scene, "")):
            return "scenes", scene, "answers", name.removeprefix(answer_name(scene, ""))
    start, _, rest = name.partition("_")
    group = MADE.get(f"{start}_")
    if group and rest in getattr(sc, group):
        return group, rest
    if start in ("give", "trade") and sc.negotiation and rest in sc.negotiation.issues:
        return "negotiation", "issues", rest
    return "actions", name
