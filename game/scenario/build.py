"""The lower half of the compiler: forms, conditions, rolls and branches as rows of the tables."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from game.scenario.linear import Atom, Both, Condition, Either, Linear, Not
from game.scenario.names import PERSON_BLOCKS, THEIRS, Quantity, Symbols
from game.scenario.operations import ADD, ADD_FORM, SET, read_amount
from game.scenario.outcome import Outcome
from game.scenario.tables import (
    ASK,
    CENT,
    CERTAIN,
    CHECK,
    CLAIM,
    FALSE,
    FIT,
    INTEL,
    ONE,
    PAIR,
    READ_PERSON,
    READ_TARGET,
    TARGET,
    TIRED,
    TRUE,
    VERIFY,
    Row,
)

LIMIT = 1 << 62
"""No form comes to this, in millionths: what is added to it stays below 2**63."""
SCORE_LIMIT = CENT << 38
"""No score comes to this: weighed and summed up over all criteria it stays below 2**63, and above `engine.award.LOWEST`."""
EXP_STEPS = 1024


class Refused(Exception):
    """The tables cannot hold this; a problem code with its values, and where it is written ("actions.visit.chance")."""

    def __init__(self, code: str, where: str = "", **values: object) -> None:
        super().__init__(code, where, values)
        self.code, self.where = code, where
        self.values = values


class Slots:
    """Gives every quantity its slot, hidden ones and their estimates last."""

    def __init__(self, symbols: Symbols, people: list[str], members: list[str]) -> None:
        self.list = list(symbols.quantities.values())
        self.number = {q.name: k for k, q in enumerate(self.list)}
        self.hidden = next((k for k, q in enumerate(self.list) if q.hidden), len(self.list))
        self.shift = len(self.list) - self.hidden
        self.people, self.members = people, members
        self.symbols = symbols

    def of(self, name: str) -> int:
        """The slot of a name, relative for `target.…` and `knot`."""
        if name == "knot":
            return PAIR + self.first("knot")
        if name.startswith(THEIRS):
            return TARGET + self.number[f"net.{name.removeprefix(THEIRS)}.{self.people[0]}"]
        if name.startswith("target."):
            return TARGET + self.number[f"{self.people[0]}.{name[7:]}"] if self.people else 0
        return self.number[name]

    def first(self, block: str) -> int:
        """First slot of a block: of a person's field, of `knot`, `heard`, `busy` …; where it would be if it is empty."""
        if block in PERSON_BLOCKS:
            return self.number[f"{self.people[0]}.{block}"] if self.people else 0
        if block == "knot":
            return self.number[f"knot.{self.members[0]}.{self.people[0]}"] if self.people else 0
        return next((k for k, q in enumerate(self.list) if q.name.startswith(block + ".")), 0)

    def quantity(self, name: str) -> Quantity:
        if name == "knot" or name.startswith(THEIRS):
            return Quantity(name, 0, 100, Decimal(0), 100, hidden=name != "knot")
        return self.symbols.quantity(name)

    def integer(self, name: str, value: Decimal, where: str) -> int:
        """A value in the author's units as the slot's integer; `where` is where it is written."""
        exact = value * self.quantity(name).one
        if exact != exact.to_integral_value():
            raise Refused("E221", where, name=name, value=f"{value:f}")
        return int(exact)


class Rows:
    """Collects the rows; `emit` writes them out in compressed form."""

    def __init__(self, slots: Slots) -> None:
        self.slots = slots
        self.facts = [name[6:] for name in slots.number if name.startswith("truth.")]
        self.rivals = [name[6:] for name in slots.number if name.startswith("intel.")]
        self.forms: list[tuple[int, list[tuple[int, int]]]] = []
        self.form_index: dict[object, int] = {}
        self.atoms: list[tuple[int, list[tuple[int, int]], int, int]] = [(0, [], FALSE, FALSE), (0, [], TRUE, TRUE)]
        self.rolls: list[tuple[int, int, int, int, int]] = []
        self.branches: list[tuple[int, int, list[tuple[int, int, int]], list[tuple[int, int, int]], str]] = []
        self.where = ""
        """Where in the file that is written which is written down now: what is refused is told there."""

    # ---- forms
    def terms(self, form: Linear, limit: int = LIMIT) -> tuple[int, list[tuple[int, int]]]:
        """Constant and terms in integers; refuses what could come to the limit, whatever the quantities come to."""
        constant = self._whole(form.constant * ONE)
        terms = []
        reach = abs(constant)
        for name, weight in form.terms:
            quantity = self.slots.quantity(name)
            coefficient = self._whole(weight * ONE / quantity.one)
            reach += abs(coefficient) * max(1, quantity.reach)
            terms.append((self.slots.of(name), coefficient))
        if reach >= limit:
            raise Refused("E213", self.where)
        # What differs from member to member comes last: the rest is asked once for all who could do it.
        return constant, sorted(terms, key=lambda term: of_member(term[0]))

    @staticmethod
    def _whole(value: Decimal) -> int:
        """To the nearest millionth: exact for what an author writes, rounded for means by power (`support`)."""
        return int(value.to_integral_value())

    def form(self, form: Linear, limit: int = LIMIT) -> int:
        """Number of a form; equal forms share one."""
        constant, terms = self.terms(form, limit)
        key = (constant, tuple(terms))
        if key not in self.form_index:
            self.form_index[key] = len(self.forms)
            self.forms.append((constant, terms))
        return self.form_index[key]

    def number(self, value: int | Decimal) -> int:
        """A constant as a form."""
        return self.form(Linear((), Decimal(value)))

    # ---- conditions: jump code, the atom written last is asked first
    def condition(self, condition: Condition | None, yes: int = TRUE, no: int = FALSE) -> int:
        """Number of the first atom to ask."""
        if condition is None:
            return yes
        if isinstance(condition, Not):
            return self.condition(condition.part, no, yes)
        if isinstance(condition, Both):
            for part in reversed(condition.parts):
                yes = self.condition(part, yes, no)
            return yes
        if isinstance(condition, Either):
            for part in reversed(condition.parts):
                no = self.condition(part, yes, no)
            return no
        return self._atom(condition, yes, no)

    def _atom(self, atom: Atom, yes: int, no: int) -> int:
        constant, terms = self.terms(atom.form)
        constant -= 1 if atom.strict else 0
        if not terms:
            return yes if constant >= 0 else no
        self.atoms.append((constant, terms, yes, no))
        return len(self.atoms) - 1

    # ---- rolls and branches
    def branch(self, outcome: Outcome, told: int, path: str, amounts: dict[str, Linear] | None = None) -> int:
        """Write a branch down; `amounts` are the parsed amounts of its effects that are forms."""
        self.where = path
        effects = [self._effect(name, written, (amounts or {}).get(name)) for name, written in outcome.effects.items()]
        effects += [(self.slots.of(f"said.{name}"), SET, 1) for name in outcome.said]
        effects += [(self.slots.of(f"{name}.found"), SET, 1) for name in outcome.finds]
        effects += [(self.slots.of(f"promised.{name}"), SET, 1) for name in outcome.promises]
        effects += [(self.slots.of(f"{name}.here"), SET, 0) for name in outcome.leaves]
        effects += [(self.slots.of(f"scene.{name}"), SET, 1) for name in outcome.opens]
        effects += [effect for name in outcome.arrives for effect in self._arrival(name)]
        self.branches.append((outcome.share or 0, told, effects, list(self._readings(outcome)), path))
        return len(self.branches) - 1

    def _arrival(self, name: str) -> list[tuple[int, int, int]]:
        """Somebody new is here, known to be, and thinks what they came with."""
        own = self.form(Linear(((f"{name}.conviction", Decimal(1)),), Decimal(0)))
        known = [(self.slots.of(f"{name}.{field}"), SET, 1) for field in ("here", "found")]
        return [*known, (self.slots.of(f"{name}.stance"), ADD_FORM, own)]

    def _effect(self, name: str, written: str, form: Linear | None) -> tuple[int, int, int]:
        slot = self.slots.of(name)
        if form is not None:  # whose value is counted in the slot's integers before it is rounded
            return slot, ADD_FORM, self.form(form, LIMIT // self.slots.quantity(name).one)
        op, value = read_amount(written) or (ADD, Decimal(0))
        return slot, op, self.slots.integer(name, value, f"{self.where}.{name}")

    def _readings(self, outcome: Outcome) -> list[tuple[int, int, int]]:
        found = []
        if outcome.asks:
            found.append((ASK, 0, 0))
        if outcome.checks:
            found.append((CHECK, 0, 0))
        if isinstance(outcome.reads, int):
            found.append((READ_TARGET, 0, outcome.reads))
        elif outcome.reads:
            found += [(READ_PERSON, self.slots.people.index(p), sure) for p, sure in outcome.reads.items()]
        found += [(CLAIM, self.facts.index(f), sure) for f, sure in outcome.claims.items()]
        found += [(VERIFY, self.facts.index(f), CERTAIN) for f in outcome.verifies]
        reveals = dict.fromkeys(self.rivals, outcome.reveals) if isinstance(outcome.reveals, int) else outcome.reveals or {}
        return found + [(INTEL, self.rivals.index(r), sure) for r, sure in reveals.items()]

    def roll(self, odds: int, cut: tuple[int, int], branches: list[tuple[int, Outcome, int, str, dict[str, Linear]]]) -> int:
        """A roll: the form of the first branch's chance, its limits in 1/10000, and (share, outcome, told, path, amounts)."""
        first = len(self.branches)
        for share, outcome, told, path, amounts in branches:
            b = self.branch(outcome, told, path, amounts)
            self.branches[b] = (share, *self.branches[b][1:])
        self.rolls.append((odds, cut[0], cut[1], first, len(self.branches)))
        return len(self.rolls) - 1


def of_member(slot: int) -> bool:
    """Whether a term depends on who does it: a knot of the net, weariness, fit."""
    return slot >= PAIR or slot in (TIRED, FIT)


def offsets(rows: list[list[int]] | list[list[tuple[int, ...]]]) -> Row:
    """Where the rows of each owner begin, and the end of the last."""
    found = [0]
    for row in rows:
        found.append(found[-1] + len(row))
    return found


@cache
def exp_table() -> tuple[int, ...]:
    """round(2**20 * exp(-i / 64)), by decimal arithmetic: the same on every machine."""
    return tuple(int(((Decimal(-i) / 64).exp() * (1 << 20)).to_integral_value()) for i in range(EXP_STEPS))
