"""What is wrong in a scenario whose types are right: names, references, sums, expressions, what a condition may read.

One function a rule. It imports no engine: what it says, it can prove from the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from game.scenario.build import Refused, Rows, Slots
from game.scenario.compile import compile_scenario
from game.scenario.linear import Atom, Both, Condition, Either, Linear, Not, Slip, is_number, read_condition, read_form
from game.scenario.names import MANY, WORDS, Quantity, Symbols
from game.scenario.problems import Problem, TextKey, nearest
from game.scenario.schema import Outcome, Scenario
from game.scenario.source import DataPath, Source
from game.scenario.tables import CERTAIN
from game.scenario.topics import TOPICS
from game.scenario.walk import Branch, Expression, walk_branches, walk_expressions

ID = re.compile(r"[^\W\d]\w*")
DECLARED = (
    "stages",
    "team",
    "people",
    "rivals",
    "meters",
    "facts",
    "actions",
    "strategies",
    "bones",
    "events",
    "promises",
    "endings",
    "coaching",
)
FAMILIES = frozenset({"strategy", "premortem", "negotiation"})


def check(sc: Scenario, source: Source) -> list[Problem]:
    """All problems of the first layer that fails: names, then references and sums, then expressions, then capacities."""
    checker = _Checker(sc, source)
    for layer in (checker.names, checker.references, checker.expressions, checker.capacities):
        found = list(layer())
        if found:
            return found
    return []


class _Checker:
    def __init__(self, sc: Scenario, source: Source) -> None:
        self.sc = sc
        self.source = source

    def at(self, code: str, path: DataPath, **values: object) -> Problem:
        return self.source.problem(code, self.source.place(path), **values)

    def at_key(self, code: str, path: DataPath, **values: object) -> Problem:
        return self.source.problem(code, self.source.key_place(path), **values)

    # ---- names
    def names(self) -> Iterator[Problem]:
        """Ids must be words, and no two quantities may share a name."""
        for path in self.declared():
            name = str(path[-1])
            if not ID.fullmatch(name) or name in WORDS:
                yield self.at_key("E220", path, name=name)
        seen: dict[str, str] = {}
        groups = (
            ("meters", self.sc.meters),
            ("people", self.sc.people),
            ("stages", self.sc.stages),
            ("phases", self.sc.buyer.phases),
            ("steps", self.sc.buyer.steps),
            ("rivals", self.sc.rivals),
        )
        for group, names in groups:
            for name in names:
                if name in seen:
                    path = ("buyer", group, name) if group in ("phases", "steps") else (group, name)
                    yield self.at_key("E219", path, name=name, other=seen[name])
                seen[name] = group
        yield from self.reserved()

    def reserved(self) -> Iterator[Problem]:
        """A meter, person, phase … may not take the name of a quantity that the rules provide."""
        bare = self.sc.model_copy(update={"meters": {}, "people": {}, "rivals": {}})
        taken = {q.split(".")[0] for q in Symbols(bare).quantities}
        for group in ("meters", "people", "rivals", "stages"):
            for name in getattr(self.sc, group):
                if name in taken:
                    yield self.at_key("E219", (group, name), name=name, other=TextKey("kind.rules"))

    def declared(self) -> Iterator[DataPath]:
        for group in DECLARED:
            for name in getattr(self.sc, group):
                yield group, name
        for group in ("phases", "steps"):
            for name in getattr(self.sc.buyer, group):
                yield "buyer", group, name
        for rival, r in self.sc.rivals.items():
            yield from (("rivals", rival, "moves", m) for m in r.moves)
        if self.sc.award:
            yield from (("award", "criteria", c) for c in self.sc.award.criteria)
        if self.sc.negotiation:
            yield from (("negotiation", "issues", i) for i in self.sc.negotiation.issues)

    # ---- references and sums
    def references(self) -> Iterator[Problem]:
        for rule in (
            self.of_people,
            self.of_actions,
            self.of_facts,
            self.of_strategies,
            self.of_rivals,
            self.of_stages,
            self.of_branches,
            self.sums,
            self.ranges,
            self.structure,
        ):
            yield from rule()

    def unknown(
        self, names: Iterable[tuple[DataPath, str]], kind: str, *known: Iterable[str], key: bool = False
    ) -> Iterator[Problem]:
        """A problem for each name that is none of the known ones."""
        every = [name for group in known for name in group]
        for path, name in names:
            if name not in every:
                make = self.at_key if key else self.at
                yield make("E201", path, name=name, kind=TextKey(f"kind.{kind}"), near=nearest(name, every))

    def each(self, path: DataPath, names: Iterable[str] | None) -> list[tuple[DataPath, str]]:
        """(path, name) of a list; a single name may stand for a list of one."""
        names = list(names or [])
        listed = (*path, 0) in self.source.places
        return [((*path, k) if listed else path, name) for k, name in enumerate(names)]

    def of_people(self) -> Iterator[Problem]:
        for name, p in self.sc.people.items():
            at = ("people", name)
            yield from self.unknown([((*at, "hears", q), q) for q in p.hears], "person", self.sc.people, key=True)
            if p.reports_to is not None:
                yield from self.unknown([((*at, "reports_to"), p.reports_to)], "person", self.sc.people)
            if sum(p.hears.values()) > 2:
                yield self.at("E205", (*at, "hears"), low=0, high=2)

    def of_actions(self) -> Iterator[Problem]:
        roles = {m.role for m in self.sc.team.values()}
        for name, a in self.sc.actions.items():
            yield from self.unknown(self.each(("actions", name, "tags"), a.tags), "topic", TOPICS)
            at = ("actions", name)
            yield from self.unknown(self.each((*at, "stage"), a.stage), "stage", self.sc.stages)
            yield from self.unknown(self.each((*at, "by"), a.by), "member", self.sc.team, roles | ROLES)
            yield from self.unknown(self.each((*at, "phase"), a.phase), "phase", self.sc.buyer.phases)
            if a.on is not None and a.on.people is not None:
                path = (*at, "on", "people") if (*at, "on", "people") in self.source.places else (*at, "on")
                yield from self.unknown(self.each(path, a.on.people), "person", self.sc.people)
        families = {a.family for a in self.sc.actions.values() if a.family}
        for name, m in self.sc.team.items():
            found = [(("team", name, "fit", key), key) for key in m.fit]
            yield from self.unknown(found, "fit", self.sc.actions, self.sc.people, families, key=True)

    def of_strategies(self) -> Iterator[Problem]:
        families = {a.family for a in self.sc.actions.values() if a.family}
        for name, s in self.sc.strategies.items():
            at = ("strategies", name)
            yield from self.unknown(self.each((*at, "pair"), s.pair), "fact", self.sc.facts)
            yield from self.unknown([((*at, "bends", f), f) for f in s.bends], "family", families | FAMILIES, key=True)
        for path, opening in self.sc.start.openings() if self.sc.start else ():
            if opening.stage:
                yield from self.unknown([((*path, "stage"), opening.stage)], "stage", self.sc.stages)
            if opening.phase:
                yield from self.unknown([((*path, "phase"), opening.phase)], "phase", self.sc.buyer.phases)

    def of_facts(self) -> Iterator[Problem]:
        for name, fact in self.sc.facts.items():
            yield from self.unknown(self.each(("facts", name, "claimed_by"), fact.claimed_by), "person", self.sc.people)
        for name, m in self.sc.meters.items():
            yield from self.unknown(self.each(("meters", name, "seen", "by"), m.shown_by), "fact", self.sc.facts)

    def of_rivals(self) -> Iterator[Problem]:
        criteria = self.sc.award.criteria if self.sc.award else {}
        for name, r in self.sc.rivals.items():
            at = ("rivals", name)
            yield from self.unknown([((*at, "scores", c), c) for c in r.scores], "criterion", criteria, key=True)
            yield from self.unknown([((*at, "net", p), p) for p in r.net], "person", self.sc.people, key=True)
            for c in criteria:
                if c not in r.scores:
                    yield self.at_key("E202", at, name=f"scores.{c}", near="")

    def of_stages(self) -> Iterator[Problem]:
        for group in ("gates", "false_claims"):
            yield from self.unknown([((group, s), s) for s in getattr(self.sc, group)], "stage", self.sc.stages, key=True)
        if self.sc.award:
            yield from self.unknown([(("award", "at"), self.sc.award.at)], "phase", self.sc.buyer.phases)
        if self.sc.negotiation:
            roles = {m.role for m in self.sc.team.values()}
            yield from self.unknown([(("negotiation", "stage"), self.sc.negotiation.stage)], "stage", self.sc.stages)
            yield from self.unknown(
                self.each(("negotiation", "by"), self.sc.negotiation.by), "member", self.sc.team, roles | ROLES
            )

    def of_branches(self) -> Iterator[Problem]:
        """What outcomes name: facts, people, rivals, promises; a target only where there is one."""
        sc = self.sc
        for branch in walk_branches(sc):
            o, at = branch.outcome, branch.path
            yield from self.unknown(self.each((*at, "verifies"), o.verifies), "fact", sc.facts)
            yield from self.unknown([((*at, "claims", f), f) for f in o.claims], "fact", sc.facts, key=True)
            for word in ("finds", "arrives", "leaves"):
                people = getattr(o, word)
                yield from self.unknown(self.each((*at, word), people), "person", sc.people)
                if people and not branch.told:
                    yield self.at_key("E218", (*at, word), name=word)
            if at[0] == "start":
                yield from self.of_opening(at, o)
            yield from self.unknown(self.each((*at, "promises"), o.promises), "promise", sc.promises)
            yield from self.unknown(
                [((*at, "reveals", r), r) for r in (o.reveals if isinstance(o.reveals, dict) else ())],
                "rival",
                sc.rivals,
                key=True,
            )
            if isinstance(o.reads, dict):
                yield from self.unknown([((*at, "reads", p), p) for p in o.reads], "person", sc.people, key=True)
            if (o.asks or isinstance(o.reads, int)) and not branch.target:
                yield self.at_key("E211", (*at, "asks" if o.asks else "reads"), name="asks" if o.asks else "reads")
            bad = [s for s in o.said if not ID.fullmatch(s)]
            yield from (self.at("E220", (*at, "said"), name=s) for s in bad)

    def of_opening(self, at: DataPath, o: Outcome) -> Iterator[Problem]:
        """What was done before the first morning: plain numbers, and nobody new."""
        if o.arrives:
            yield self.at_key("E230", (*at, "arrives"), name="arrives")
        for name, amount in o.effects.items():
            if not is_number(amount):
                yield self.at("E230", (*at, name), name=amount)

    def sums(self) -> Iterator[Problem]:
        """The shares of all branches but the first make 100%; one of them may leave its share out and gets the rest."""
        groups: list[tuple[DataPath, list[int | None], bool]] = []
        for name, a in self.sc.actions.items():
            groups.append((("actions", name, "outcomes"), [o.share for o in a.outcomes.values()], True))
        for name, rival in self.sc.rivals.items():
            for key, move in rival.moves.items():
                groups.append((("rivals", name, "moves", key, "outcomes"), [o.share for o in move.outcomes.values()], True))
        for name, event in self.sc.events.items():
            groups.append((("events", name, "branches"), [o.share for o in event.branches.values()], False))
        for path, shares, first_apart in groups:
            yield from self.sum_of(path, shares, first_apart)

    def sum_of(self, path: DataPath, shares: list[int | None], first_apart: bool) -> Iterator[Problem]:
        if first_apart and shares[0] is not None:
            yield self.at_key("E222", path)
        rest = shares[1:] if first_apart else shares
        given = sum(s or 0 for s in rest)
        open_ones = sum(s is None for s in rest)
        if rest and (open_ones > 1 or (open_ones == 0 and given != CERTAIN) or given > CERTAIN):
            yield self.at_key("E209", path, found=f"{Decimal(given) / 100:f}", open=open_ones)

    def ranges(self) -> Iterator[Problem]:
        """Numbers that the types allow and the rules do not."""
        for name, m in self.sc.meters.items():
            if max(abs(m.range[0]), abs(m.range[1])) > MANY:
                yield self.at("E205", ("meters", name, "range"), low=-MANY, high=MANY)
            outside = [v for v in m.start if not m.range[0] <= v <= m.range[1]]
            if outside or not m.range[0] <= m.to <= m.range[1]:
                yield self.at("E205", ("meters", name, "start" if outside else "to"), low=m.range[0], high=m.range[1])
            if m.whole and any(v != int(v) for v in m.start):
                yield self.at("E221", ("meters", name, "start"), name=name, value=str(next(iter(m.start))))
        for name, p in self.sc.people.items():
            if any(v not in (-2, -1, 0, 1, 2) for v in p.stance):
                yield self.at("E205", ("people", name, "stance"), low=-2, high=2)
        for name, a in self.sc.actions.items():
            if a.cut and not 0 <= a.cut[0] <= a.cut[1] <= 100:
                yield self.at("E205", ("actions", name, "cut"), low=0, high=100)
            if a.cost.weeks == 0 and a.times is None:
                yield self.at_key("E223", ("actions", name), name=name)
        if not 0 <= self.sc.rules.cut[0] <= self.sc.rules.cut[1] <= 100:
            yield self.at("E205", ("rules", "cut"), low=0, high=100)
        for name, r in self.sc.rivals.items():
            for c, score in r.scores.items():
                if any(not 0 <= v <= 100 for v in score):
                    yield self.at("E205", ("rivals", name, "scores", c), low=0, high=100)
            for person, hold in r.net.items():
                if any(not 0 <= v <= 100 for v in hold):
                    yield self.at("E205", ("rivals", name, "net", person), low=0, high=100)

    def structure(self) -> Iterator[Problem]:
        """There is exactly one last ending, and only that one may do without a condition."""
        last = [n for n, e in self.sc.endings.items() if e.last]
        if len(last) != 1:
            yield self.at_key("E224", ("endings",), found=len(last))
        for name, e in self.sc.endings.items():
            if e.when is None and not e.last:
                yield self.at_key("E202", ("endings", name), name="when", near="")

    # ---- expressions and effects
    def expressions(self) -> Iterator[Problem]:
        self.symbols = Symbols(self.sc)
        for e in walk_expressions(self.sc):
            yield from self.expression(e)
        for branch in walk_branches(self.sc):
            for name, amount in branch.outcome.effects.items():
                yield from self.effect(branch, name, amount)

    def expression(self, e: Expression) -> Iterator[Problem]:
        def look_up(name: str, at: int) -> Linear:
            form = self.symbols.look_up(name, at, target=e.target, action=e.action)
            if e.seen_only and (hidden := self.symbols.hidden_in(form)):
                raise Slip("E208", at, len(name), (("name", name), ("quantity", hidden)))
            return form

        read: Callable[..., Condition | Linear] = read_condition if e.condition else read_form
        yield from self.parse(e.path, e.text, read, look_up)

    def parse(
        self, path: DataPath, text: str, read: Callable[..., Condition | Linear], look_up: Callable[[str, int], Linear]
    ) -> Iterator[Problem]:
        """A slip becomes a problem at its own column; a form that overflows one at the expression."""
        place = self.source.place(path)
        try:
            self.holds(read(text, look_up))
        except Slip as slip:
            lines = self.source.lines.get(place.file, [""])
            quoted = place.line <= len(lines) and lines[place.line - 1][place.column - 1 : place.column] in ("'", '"')
            exact = place.length >= len(text)
            at = type(place)(place.file, place.line, place.column + quoted + slip.at, slip.length) if exact else place
            yield self.source.problem(slip.code, at, **dict(slip.values))
        except Refused as refused:
            yield self.source.problem(refused.code, place, **refused.values)

    def holds(self, read: Condition | Linear) -> None:
        """Write the forms down for nobody, so that what cannot be held is found here, where the place is known."""
        rows = Rows(Slots(self.symbols, list(self.sc.people), list(self.sc.team)))
        if isinstance(read, Linear):
            rows.terms(read)
        elif isinstance(read, Atom):
            rows.terms(read.form)
        elif isinstance(read, Not):
            self.holds(read.part)
        elif isinstance(read, (Both, Either)):
            for part in read.parts:
                self.holds(part)

    def effect(self, branch: Branch, name: str, amount: str) -> Iterator[Problem]:
        """An effect changes what can be changed, by an amount that fits; a hidden branch changes hidden quantities only."""
        path = (*branch.path, name)
        quantity = self.target_of(branch, name)
        if quantity is None:
            known = [n for n in self.symbols.quantities if self.symbols.quantities[n].settable]
            known += [*OUTCOME_WORDS, *(n for n in self.symbols.targets if branch.target)]
            yield self.at_key("E225", path, name=name, near=nearest(name, known))
            return
        if not branch.told and not quantity.hidden:
            yield self.at_key("E218", path, name=name)
        if is_number(amount):
            value = Decimal(amount.lstrip("=").strip().replace("_", "")) * quantity.one
            if value != int(value):
                yield self.at("E221", path, name=name, value=amount)
            elif abs(value) > MANY * 100:
                yield self.at("E213", path)
            return
        yield from self.amount(branch, path, amount, quantity)

    def amount(self, branch: Branch, path: DataPath, amount: str, quantity: Quantity) -> Iterator[Problem]:
        def look_up(name: str, at: int) -> Linear:
            form = self.symbols.look_up(name, at, target=branch.target, action=False)
            if not quantity.hidden and (hidden := self.symbols.hidden_in(form)):
                raise Slip("E208", at, len(name), (("name", name), ("quantity", hidden)))
            return form

        yield from self.parse(path, amount, read_form, look_up)

    def target_of(self, branch: Branch, name: str) -> Quantity | None:
        if name == "knot" and branch.target:
            return Quantity("knot", 0, 100, Decimal(0), 100, hidden=branch.path[0] == "rivals", settable=True)
        if name.startswith("target.") and not branch.target:
            return None
        found = self.symbols.targets.get(name) or self.symbols.quantities.get(name)
        return found if found and found.settable else None

    # ---- capacities
    def capacities(self) -> Iterator[Problem]:
        try:
            compile_scenario(self.sc, "")
        except Refused as refused:
            yield self.at("E213" if refused.code == "E213" else refused.code, (), **refused.values)


ROLES = {"account", "solution", "delivery", "sponsor", "commercial"}
OUTCOME_WORDS = tuple(name for name in Outcome.model_fields if name != "effects")
