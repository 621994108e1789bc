"""Conditions in the reader's words: what is still missing, with the present values. Over what can be seen only."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from game.scenario.linear import Atom, Both, Condition, Linear, Not
from game.scenario.tables import State
from game.words.names import FLAGS_OF_PERSON, Teller

FLAG_BLOCKS = ("said", "knows", "heard", "denied", "refuted", "promised", "intel", "truth", "held", "bone")


class Conditions:
    """Tells conditions of a scenario in one language."""

    def __init__(self, tell: Teller) -> None:
        self.tell, self.say = tell, tell.say

    def unmet(self, s: State, condition: Condition, person: int = -1) -> list[str]:
        """What of a condition does not hold, in words with the present values; alternatives in one line."""
        return list(self._unmet(s, condition, person))

    def _unmet(self, s: State, condition: Condition, person: int) -> Iterator[str]:
        if self.true(s, condition, person):
            return
        if isinstance(condition, Both):
            for part in condition.parts:
                yield from self._unmet(s, part, person)
        else:
            yield self.words(s, condition, person)

    def words(self, s: State, condition: Condition, person: int, negated: bool = False) -> str:
        """A condition in words."""
        if isinstance(condition, Not):
            return self.words(s, condition.part, person, not negated)
        if isinstance(condition, Atom):
            return self._atom(s, condition, person, negated)
        either = isinstance(condition, Both) == negated
        if either and len(condition.parts) > 2 and all(self._is_fact(part) for part in condition.parts):
            return self.say("cond.some_fact", n=len(condition.parts))
        joiner = self.say("cond.or" if either else "cond.and")
        return joiner.join(self.words(s, part, person, negated) for part in condition.parts)

    def _atom(self, s: State, atom: Atom, person: int, negated: bool) -> str:
        """One inequality: flags as have / have not, one quantity with its bound and present value, else as a sum."""
        terms, constant = atom.form.terms, atom.form.constant
        if len(terms) == 1:
            name, weight = terms[0]
            bound, low = -constant / weight + 0, (weight > 0) != negated
            if name == "won" and low:
                return self.say("cond.won")
            if name.startswith("tender."):
                return self.say(f"cond.{name}.{'yes' if low else 'no'}")
            if self._is_flag(name):
                return self.say("cond.yes" if low else "cond.no", what=self.tell.quantity(name, person))
            by_name = self._pointer(name, bound, low) or self._attitude(s, name, bound, low, person)
            if by_name:
                return by_name
            value = self.value(s, name, person)
            strict = atom.strict != negated
            key = ("cond.above" if strict else "cond.least") if low else ("cond.below" if strict else "cond.most")
            return self.say(key, what=self.tell.quantity(name, person), bound=f"{bound.normalize():f}", now=f"{int(value)}")
        if all(n.startswith(("heard.", "denied.")) for n, _ in terms):
            return self.say("cond.claims")
        total = " + ".join(self.tell.quantity(n, person) for n, _ in terms)
        return self.say("cond.least", what=total, bound=f"{-constant:f}", now="…")

    def _is_fact(self, condition: Condition) -> bool:
        """Whether a condition asks for one proved fact."""
        return isinstance(condition, Atom) and all(n.startswith("knows.") for n, _ in condition.form.terms)

    def _is_flag(self, name: str) -> bool:
        head = name.partition(".")[0]
        return head in FLAG_BLOCKS or name.endswith(FLAGS_OF_PERSON) or name in ("won", "lost", "withdrawn", "undecided")

    def _pointer(self, name: str, bound: Decimal, low: bool) -> str:
        """The three pointers are told by the names of their positions."""
        tellers = {"stage": self.tell.stage, "phase": self.tell.phase, "step": self.tell.step}
        if name not in tellers:
            return ""
        last = {"stage": self.tell.t.n_stage, "phase": self.tell.t.n_phase, "step": self.tell.t.n_step}[name] - 1
        at = min(max(int(bound), 0), last)
        return self.say("cond.from" if low else "cond.until", what=self.say(f"quantity.{name}"), at=tellers[name](at))

    def _attitude(self, s: State, name: str, bound: Decimal, low: bool, person: int) -> str:
        """What must have been read of somebody is told by the attitudes' names."""
        head, _, tail = name.partition(".")
        if tail != "level":
            return ""
        p = self.tell.ids.people.index(head) if head in self.tell.sc.people else person
        if p < 0:
            return ""
        read = s.x[self.tell.t.read_sure0 + p] > 0
        now = f"stance.{s.x[self.tell.t.level0 + p] // 100}" if read else "stance.unread"
        at = min(max(int(bound), -2), 2)
        return self.say(
            "cond.attitude_from" if low else "cond.attitude_until",
            person=self.tell.person(p),
            at=self.say(f"stance.{at}"),
            now=self.say(now),
        )

    def value(self, s: State, name: str, person: int) -> Decimal:
        """The present value of a visible quantity in the author's units."""
        if name.startswith("target."):
            name = f"{self.tell.ids.people[person]}.{name[7:]}"
        slot = self.tell.ids.slots.index(name)
        return Decimal(s.x[slot]) / self.tell.t.one[slot]

    def total(self, s: State, linear: Linear, person: int) -> Decimal:
        return sum((w * self.value(s, n, person) for n, w in linear.terms), linear.constant)

    def true(self, s: State, condition: Condition, person: int) -> bool:
        """Whether a condition over visible quantities holds."""
        if isinstance(condition, Atom):
            total = self.total(s, condition.form, person)
            return total > 0 if condition.strict else total >= 0
        if isinstance(condition, Not):
            return not self.true(s, condition.part, person)
        parts = [self.true(s, part, person) for part in condition.parts]
        return all(parts) if isinstance(condition, Both) else any(parts)
