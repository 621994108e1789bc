"""Every quantity of a scenario by the name an author uses: what it starts at, its range, whether the trainee sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, replace
from decimal import Decimal

from game.scenario.kinds import MANY
from game.scenario.linear import Linear, Slip
from game.scenario.problems import TextKey, nearest
from game.scenario.reach import reaches
from game.scenario.schema import Scenario
from game.scenario.tables import CERTAIN, FIRST_SLOT
from game.scenario.walk import walk_branches

NEVER_USED_UP = 1_000_000
SCRATCH_NAMES = ("phase_gap", "-repeat", "-tired", "-fit", "weeks_left", "freed", "oversold", "-7")
"""Names with a dash are the rules' own: no author can write them."""
HEADER_NAMES = (
    "stage",
    "week",
    "phase",
    "step",
    "money",
    "spent",
    "debt",
    "false_claims",
    "won",
    "lost",
    "withdrawn",
    "winner",
    "ended",
    "decisions",
    "news",
    "running",
    "undecided",
    "phase_weeks",
    "tender.closes",
    "tender.open",
    "tender.left",
    "award_week",
    "award_stage",
)
PERSON_HIDDEN = ("stance", "conviction")
PERSON_BLOCKS = frozenset(
    ("here", "found", "met", "wins", "rapport", "power", "coverage", "level", "read_week", "read_sure", "honest", *PERSON_HIDDEN)
)
"""Fields of a person that have a block of slots, one for each person."""
THEIRS = "theirs."
"""Stands before a rival's name for that rival's hold on the person a move is aimed at."""
NOTHING = {Decimal(0): CERTAIN}
BENT_MOST = 60
"""Points that all strategies together bend a family of actions by, at most."""
TARGET_FIELDS = ("found", "met", "wins", "rapport", "power", "coverage", "level", "stance")
SETTABLE_OF_PERSON = ("found", "met", "wins", "rapport", "stance")
UNNAMED = frozenset({"winner", "ended", "decisions", "news", "running", "-repeat", "-tired", "-fit", "-7"})
WORDS = frozenset({"and", "or", "not", "target", "support", "coverage", "claims", "knot"})


@dataclass(frozen=True)
class Quantity:
    """A slot to be: `start` in the author's units, `one` integers to the unit."""

    name: str
    lo: int = 0
    hi: int = 1
    start: Decimal = Decimal(0)
    one: int = 1
    _: KW_ONLY
    hidden: bool = False
    settable: bool = False
    far: int | None = None
    """How far it really gets from 0, in the author's units, where that is known better than by its range."""

    @property
    def reach(self) -> int:
        """No value of the slot is farther from 0."""
        return (max(abs(self.lo), abs(self.hi)) if self.far is None else self.far) * self.one


def hundredths(
    name: str, lo: int, hi: int, start: Decimal = Decimal(0), *, hidden: bool = False, settable: bool = False
) -> Quantity:
    return Quantity(name, lo, hi, start, 100, hidden=hidden, settable=settable)


def mean(distribution: dict[Decimal, int]) -> Decimal:
    """Expectation of a prior."""
    return sum((value * share for value, share in distribution.items()), Decimal(0)) / CERTAIN


def quantities(sc: Scenario) -> list[Quantity]:
    """All quantities in slot order: scratch and header, what is seen, what is hidden."""
    seen = [*_header(sc), *_members(sc), *_people(sc), *_evidence(sc), *(m for m in _meters(sc) if not m.hidden)]
    far = reaches(sc)
    return [replace(q, far=far[q.name]) if q.name in far else q for q in (*seen, *_hidden(sc))]


def _header(sc: Scenario) -> Iterator[Quantity]:
    freed = sc.deal.weeks * sc.deal.alternative
    starts = {"week": 1, "money": sc.deal.budget, "weeks_left": sc.deal.weeks, "freed": freed}
    for name in (*SCRATCH_NAMES, *HEADER_NAMES):
        big = name not in ("won", "lost", "withdrawn", "news", "undecided", "tender.open")
        start = Decimal(starts.get(name, 0))
        one = 100 if name in ("debt", "-repeat", "-tired", "-fit") else 1
        low = -MANY if name == "money" else 0
        most = {"weeks_left": sc.deal.weeks, "week": sc.deal.weeks + 1, "freed": freed}
        yield Quantity(name, low, most.get(name, MANY if big else 1), start, one, settable=name in ("money", "debt"))
    assert len(SCRATCH_NAMES) + len(HEADER_NAMES) == FIRST_SLOT


def _members(sc: Scenario) -> Iterator[Quantity]:
    for name in sc.team:
        yield Quantity(f"busy.{name}", 0, 99)
    for name in sc.team:
        yield hundredths(f"tired.{name}", 0, 100)
    for name, member in sc.team.items():
        uses = NEVER_USED_UP if member.uses is None else member.uses
        yield Quantity(f"uses.{name}", 0, NEVER_USED_UP, Decimal(uses), settable=True)
    for name, member in sc.team.items():
        yield Quantity(f"away.{name}", start=Decimal(any(a <= 1 <= b for a, b in member.away)))


def _people(sc: Scenario) -> Iterator[Quantity]:
    for name, p in sc.people.items():
        yield Quantity(f"{name}.here", start=Decimal(p.here))
    for name, p in sc.people.items():
        yield Quantity(f"{name}.found", start=Decimal(p.found), settable=True)
    for name, p in sc.people.items():
        yield Quantity(f"{name}.met", start=Decimal(p.met), settable=True)
    for name in sc.people:
        yield Quantity(f"{name}.wins", settable=True)
    for name, p in sc.people.items():
        yield hundredths(f"{name}.rapport", 0, 100, Decimal(p.rapport), settable=True)
    for name, p in sc.people.items():
        yield Quantity(f"{name}.power", 0, 10, Decimal(p.power))
    for field, lo, hi, one in (
        ("coverage", 0, 100, 100),
        ("level", -2, 2, 100),
        ("read_week", 0, 999, 1),
        ("read_sure", 0, CERTAIN, 1),
    ):
        for name in sc.people:
            yield Quantity(f"{name}.{field}", lo, hi, Decimal(0), one)
    for member in sc.team:
        for name in sc.people:
            yield hundredths(f"knot.{member}.{name}", 0, 100)


def _evidence(sc: Scenario) -> Iterator[Quantity]:
    for field in ("heard", "denied", "knows", "refuted"):
        for name in sc.facts:
            yield Quantity(f"{field}.{name}")
    for name in said_names(sc):
        yield Quantity(f"said.{name}")
    for name in sc.promises:
        yield Quantity(f"promised.{name}")
    for name in sc.strategies:
        yield Quantity(f"held.{name}", settable=True)
    for family in bent_families(sc):
        yield hundredths(f"bend.{family}", -BENT_MOST, BENT_MOST, settable=True)
    if sc.strategies:
        yield Quantity("carried", 0, 9, settable=True)
        yield Quantity("positions", 0, 9, settable=True)
    for name in sc.bones:
        yield Quantity(f"bone.{name}", settable=True)
    for name, scene in sc.scenes.items():
        yield Quantity(f"scene.{name}", 0, scene.limit + 2)
    for name in sc.scenes:
        yield Quantity(f"answered.{name}")
    for name in sc.injects:
        yield Quantity(f"inject.{name}")
    if sc.bones:
        yield Quantity("foreseen", 0, 9, settable=True)
    for name in sc.rivals:
        yield Quantity(f"intel.{name}")
    if sc.award:
        for name, c in sc.award.criteria.items():
            yield hundredths(f"criterion.{name}", 0, 100, Decimal(c.weight), settable=True)
    if sc.negotiation:
        for name, issue in sc.negotiation.issues.items():
            yield Quantity(f"issue.{name}", 0, issue.levels)
        yield Quantity("patience", 0, 99, Decimal(sc.negotiation.patience), settable=True)
        yield Quantity("conceded", 0, MANY, settable=True)


def _meters(sc: Scenario) -> Iterator[Quantity]:
    for name, m in sc.meters.items():
        yield Quantity(name, m.range[0], m.range[1], mean(m.start), 1 if m.whole else 100, hidden=m.hidden, settable=True)


def _hidden(sc: Scenario) -> Iterator[Quantity]:
    for field in PERSON_HIDDEN:
        for name, p in sc.people.items():
            start = mean(p.stance) if p.here or field == "conviction" else Decimal(0)
            yield hundredths(f"{name}.{field}", -2, 2, start, hidden=True, settable=field == "stance")
    for name, p in sc.people.items():
        yield hundredths(f"{name}.honest", 0, 1, Decimal(p.honest) / CERTAIN, hidden=True)
    for name, fact in sc.facts.items():
        yield hundredths(f"truth.{name}", 0, 1, Decimal(fact.prior) / CERTAIN, hidden=True)
    for rival, r in sc.rivals.items():
        for criterion, score in r.scores.items():
            yield hundredths(f"{rival}.{criterion}", 0, 100, mean(score), hidden=True, settable=True)
    for rival, r in sc.rivals.items():
        for person in sc.people:
            yield hundredths(f"net.{rival}.{person}", 0, 100, mean(r.net.get(person, NOTHING)), hidden=True, settable=True)
    if sc.negotiation:
        for name, issue in sc.negotiation.issues.items():
            yield hundredths(f"worth.{name}", 0, 1000, mean(issue.worth), hidden=True)
        yield hundredths("their_gain", 0, 10_000, hidden=True, settable=True)
    yield from (m for m in _meters(sc) if m.hidden)


def bent_families(sc: Scenario) -> list[str]:
    """The families of actions that some strategy bends, in the order of the file."""
    return list(dict.fromkeys(family for s in sc.strategies.values() for family in s.bends))


def said_names(sc: Scenario) -> list[str]:
    """What people of the customer have said: every `said` that some branch sets, in the order of the file."""
    found: dict[str, None] = {}
    for branch in walk_branches(sc):
        found.update(dict.fromkeys(branch.outcome.said))
    return list(found)


class Symbols:
    """What a name in an expression stands for."""

    def __init__(self, sc: Scenario) -> None:
        self.quantities = {q.name: q for q in quantities(sc)}
        self.constants = {name: k for names in (sc.stages, sc.buyer.phases, sc.buyer.steps) for k, name in enumerate(names)}
        self.levels = self._support(sc)
        self.people = list(sc.people)
        self.targets = {f"target.{f}": self._field(sc, f) for f in TARGET_FIELDS}

    @staticmethod
    def _field(sc: Scenario, field: str) -> Quantity:
        """The quantity a field of the target is like: what its hidden flag and unit are."""
        one = {"rapport": 100, "coverage": 100, "level": 100, "stance": 100}.get(field, 1)
        lo, hi = {"rapport": (0, 100), "coverage": (0, 100), "level": (-2, 2), "stance": (-2, 2), "power": (0, 10)}.get(
            field, (0, 1)
        )
        return Quantity(
            f"target.{field}", lo, hi, Decimal(0), one, hidden=field == "stance", settable=field in SETTABLE_OF_PERSON
        )

    @staticmethod
    def _support(sc: Scenario) -> dict[str, Linear]:
        """support, support.LEVEL: the power-weighted mean stance, of all and of a level; coverage: the same of our net;
        net.RIVAL: the same of a rival's; claims: how many claims stand unproved. Weights are shares of the power there is at the
        start, so that who arrives adds to it."""
        found = {}
        every = sum(p.power for p in sc.people.values() if p.here) or sum(p.power for p in sc.people.values())
        open_claims = tuple((f"{field}.{f}", Decimal(1)) for f in sc.facts for field in ("heard", "denied"))
        found["claims"] = Linear(open_claims, Decimal(0))
        shares = {n: (Decimal(p.power) / every).quantize(Decimal("0.0001")) for n, p in sc.people.items() if p.power}
        found["coverage"] = Linear(tuple((f"{n}.coverage", share) for n, share in shares.items()), Decimal(0))
        for rival in sc.rivals:
            found[f"net.{rival}"] = Linear(tuple((f"net.{rival}.{n}", share) for n, share in shares.items()), Decimal(0))
        for level in ("", "top", "middle", "staff"):
            power = {n: p.power for n, p in sc.people.items() if level in ("", p.level)}
            total = sum(w for n, w in power.items() if sc.people[n].here) or sum(power.values())
            terms = tuple((f"{n}.stance", (Decimal(w) / total).quantize(Decimal("0.0001"))) for n, w in power.items() if w)
            found[f"support.{level}" if level else "support"] = Linear(terms if total else (), Decimal(0))
        return found

    def quantity(self, name: str) -> Quantity:
        """The quantity of a canonical name (a term of a Linear, an effect's key)."""
        return self.targets.get(name) or self.quantities[name]

    def known(self, *, target: bool) -> list[str]:
        """All names that may be used, for suggestions."""
        names = [n for n in self.quantities if n not in UNNAMED and not n.startswith(("knot.", "net."))]
        more = [*self.constants, *self.levels, *(f"coverage.{p}" for p in self.people)]
        return [*names, *more, *(self.targets if target else ())]

    def look_up(self, name: str, at: int, *, target: bool, action: bool) -> Linear:
        """The linear form a name stands for. Slip E201 for an unknown one, E211 for a target where there is none."""
        if name in self.constants and name not in self.quantities:
            return Linear((), Decimal(self.constants[name]))
        if name in self.levels:
            return self.levels[name]
        if name.startswith("coverage.") and name[9:] in self.people:
            return Linear(((f"{name[9:]}.coverage", Decimal(1)),), Decimal(0))
        if name.startswith("target.") and not target:
            raise Slip("E211", at, len(name), (("name", name),))
        if name == "phase_gap" and not action:
            raise Slip("E212", at, len(name), (("name", name),))
        if (name in self.quantities and name not in UNNAMED) or name in self.targets:
            return Linear(((name, Decimal(1)),), Decimal(0))
        if name.startswith("said."):
            raise Slip("E214", at, len(name), (("name", name), ("near", nearest(name, self.known(target=target)))))
        raise Slip(
            "E201",
            at,
            len(name),
            (("name", name), ("kind", TextKey("kind.quantity")), ("near", nearest(name, self.known(target=target)))),
        )

    def hidden_in(self, form: Linear) -> str:
        """The first hidden quantity of a form, or ''."""
        return next((name for name, _ in form.terms if self.quantity(name).hidden), "")
