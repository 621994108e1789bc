"""What is wrong in a scenario whose types are right: names, references, sums, expressions, what a condition may read.

One function a rule. It imports no engine: what it says, it can prove from the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from game.scenario.build import LIMIT, SCORE_LIMIT, Refused, Rows, Slots
from game.scenario.check_numbers import NumberRules, SizeRules
from game.scenario.check_ways import WayRules
from game.scenario.checking import MOST_LISTED, CheckBase, called
from game.scenario.kinds import MANY
from game.scenario.linear import (
    Atom,
    Both,
    Condition,
    Either,
    Linear,
    Not,
    Slip,
    read_condition,
    read_form,
)
from game.scenario.names import WORDS, Quantity, Symbols, quantities
from game.scenario.operations import read_amount
from game.scenario.outcome import Outcome
from game.scenario.problems import Problem, TextKey, enough, errors, nearest
from game.scenario.schema import Scenario
from game.scenario.source import DataPath, Source
from game.scenario.topics import TOPICS
from game.scenario.walk import Branch, Expression, walk_branches, walk_expressions

ID = re.compile(r"[^\W\d]\w{0,79}")
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
    "injects",
    "scenes",
    "moments",
    "promises",
    "says",
    "routes",
    "endings",
    "epilogue",
    "coaching",
)
FAMILIES = frozenset({"strategy", "premortem", "negotiation", "scene"})
BLOCKS = frozenset({"intel", "net", "theirs"})
"""Words that stand before the names of people and rivals in those of quantities: none of these may have one for a name."""


def check(sc: Scenario, source: Source) -> list[Problem]:
    """The problems of the first layer that fails: sizes, names, references and sums, then expressions. Of very many only the
    first ones are looked for."""
    checker, found = _Checker(sc, source), list[Problem]()
    for layer in (SizeRules(sc, source).all, checker.names, checker.references, checker.expressions):
        found += enough(layer())
        if errors(found):
            break
    return found


class _Checker(CheckBase):
    # ---- names
    def names(self) -> Iterator[Problem]:
        """Ids must be words, and no two quantities may share a name."""
        for path in self.declared():
            name = str(path[-1])
            if not ID.fullmatch(name) or name in WORDS:
                yield self.at_key("E220", path, name=name)
        for branch in walk_branches(self.sc):
            if branch.path[-1] == "":
                yield self.at_key("E220", branch.path, name="")
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
                if name in taken or (name in BLOCKS and group in ("people", "rivals")):
                    yield self.at_key("E219", (group, name), name=name, other=TextKey("kind.rules"))
        for name, times in Counter(q.name for q in quantities(self.sc)).items():
            if times > 1:
                yield self.at_key("E219", ("rivals", name.partition(".")[0]), name=name, other=TextKey("kind.rules"))

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
            self.of_customer,
            self.of_branches,
            self.of_scenes,
            self.of_told,
            self.structure,
        ):
            yield from rule()
        yield from WayRules(self.sc, self.source).all()
        yield from NumberRules(self.sc, self.source).all()

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
                path = (*at, "with", "people") if (*at, "with", "people") in self.source.places else (*at, "with")
                yield from self.unknown(self.each(path, a.on.people), "person", self.sc.people)
        families = {a.family for a in self.sc.actions.values() if a.family}
        for name, m in self.sc.team.items():
            found = [(("team", name, "good_at", key), key) for key in m.fit]
            yield from self.unknown(found, "fit", self.sc.actions, self.sc.people, families, key=True)

    def of_strategies(self) -> Iterator[Problem]:
        families = {a.family for a in self.sc.actions.values() if a.family}
        for name, s in self.sc.strategies.items():
            at = ("strategies", name)
            yield from self.unknown(self.each((*at, "pair"), s.pair), "fact", self.sc.facts)
            yield from self.unknown([((*at, "chances", f), f) for f in s.bends], "family", families | FAMILIES, key=True)
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

    def of_customer(self) -> Iterator[Problem]:
        """Phases that the papers go out in, and who has a say when."""
        sc, phases = self.sc, self.sc.buyer.phases
        if sc.procurement:
            yield from self.unknown([(("procurement", "issue"), sc.procurement.issue)], "phase", phases)
        for name, say in sc.says.items():
            yield from self.unknown([(("says", name, "by"), say.by)], "person", sc.people)
            yield from self.unknown([(("says", name, "at"), say.at)], "phase", phases)

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
        for name, written in o.effects.items():
            if read_amount(written) is None:
                yield self.at("E230", (*at, name), name=written)

    def of_scenes(self) -> Iterator[Problem]:
        """Who speaks, what opens them, and that each can come."""
        sc, opened = self.sc, set[str]()
        for branch in walk_branches(sc):
            yield from self.unknown(self.each((*branch.path, "opens"), branch.outcome.opens), "scene", sc.scenes)
            opened.update(branch.outcome.opens)
        for name, scene in sc.scenes.items():
            at = ("scenes", name)
            yield from self.unknown([((*at, "who"), scene.who)], "speaker", sc.people, sc.team, sc.rivals)
            yield from self.unknown(self.each((*at, "tags"), scene.tags), "topic", TOPICS)
            if name not in opened and scene.when is None and scene.chance is None:
                yield self.at_key("E241", at, name=name)
            for key in scene.answers:
                if not ID.fullmatch(key):
                    yield self.at_key("E220", (*at, "answers", key), name=key)
            if all(a.when or a.breach for a in scene.answers.values()):
                yield self.at_key("E242", (*at, "answers"), name=name)

    def of_told(self) -> Iterator[Problem]:
        """Whom moments and epilogue are about, and who sits across the table."""
        for group in ("moments", "epilogue"):
            for name, told in getattr(self.sc, group).items():
                at = (group, name, "who")
                yield from self.unknown([(at, told.who)], "speaker", self.sc.people, self.sc.team, self.sc.rivals)
        if self.sc.negotiation and self.sc.negotiation.who is not None:
            yield from self.unknown([(("negotiation", "who"), self.sc.negotiation.who)], "person", self.sc.people)

    def structure(self) -> Iterator[Problem]:
        """There is exactly one last ending, and only that one may do without a condition."""
        last = [n for n, e in self.sc.endings.items() if e.last]
        bare = [n for n, e in self.sc.endings.items() if e.when is None and not e.last]
        if len(last) != 1:
            meant = bare[:1] if not last else last[1:2]
            yield self.at_key("E224", ("endings", *meant), found=len(last))
        for name in bare:
            if last:
                yield self.at_key("E202", ("endings", name), name="when", near="")

    # ---- expressions and effects
    def expressions(self) -> Iterator[Problem]:
        self.symbols = Symbols(self.sc)
        self.rows = Rows(Slots(self.symbols, list(self.sc.people), list(self.sc.team)))
        for e in walk_expressions(self.sc):
            yield from self.expression(e)
        for branch in walk_branches(self.sc):
            for name, written in branch.outcome.effects.items():
                yield from self.effect(branch, name, written)

    def expression(self, e: Expression) -> Iterator[Problem]:
        def look_up(name: str, at: int) -> Linear:
            form = self.symbols.look_up(name, at, target=e.target, action=e.action)
            if e.seen_only and (hidden := self.symbols.hidden_in(form)):
                raise Slip("E208", at, len(name), (("name", name), ("quantity", hidden)))
            return form

        scored = e.path[0] == "award" and not e.condition
        yield from self.parse(e.path, e.text, e.condition, look_up, SCORE_LIMIT if scored else LIMIT)

    def parse(
        self, path: DataPath, text: str, condition: bool, look_up: Callable[[str, int], Linear], limit: int
    ) -> Iterator[Problem]:
        """A slip becomes a problem at its own column; a form that could come to the limit one at the expression."""
        place = self.source.place(path)
        try:
            self.holds(read_condition(text, look_up) if condition else read_form(text, look_up), limit)
        except Slip as slip:
            lines = self.source.lines.get(place.file, [""])
            quoted = place.line <= len(lines) and lines[place.line - 1][place.column - 1 : place.column] in ("'", '"')
            exact = place.length >= len(text)
            at = type(place)(place.file, place.line, place.column + quoted + slip.at, slip.length) if exact else place
            yield self.source.problem(slip.code, at, **dict(slip.values))
        except Refused as refused:
            yield self.source.problem(refused.code, place, **refused.values)

    def holds(self, read: Condition | Linear, limit: int) -> None:
        """Write the forms down for nobody, so that what cannot be held is found here, where the place is known."""
        if isinstance(read, Linear):
            self.rows.terms(read, limit)
        elif isinstance(read, Atom):
            self.rows.terms(read.form, limit)
        elif isinstance(read, Not):
            self.holds(read.part, limit)
        elif isinstance(read, (Both, Either)):
            for part in read.parts:
                self.holds(part, limit)

    def effect(self, branch: Branch, name: str, written: str) -> Iterator[Problem]:
        """An effect changes what can be changed, by an amount that fits; a hidden branch changes hidden quantities only."""
        path = (*branch.path, name)
        quantity = self.target_of(branch, name)
        if quantity is None:
            known = [n for n in self.symbols.quantities if self.symbols.quantities[n].settable]
            known += [*OUTCOME_WORDS, *(n for n in self.symbols.targets if branch.target)]
            near = nearest(name, known) or called(name, dict.fromkeys(self.sc.meters, self.sc.meters))
            listed = ", ".join(
                [*self.sc.meters, *(n for n in self.symbols.targets if branch.target), *OUTCOME_WORDS][: MOST_LISTED * 2]
            )
            yield self.at_key("E225", path, name=name, near=near, known=listed)
            return
        if not branch.told and not quantity.hidden:
            yield self.at_key("E218", path, name=name)
        number = read_amount(written)
        if "%" in written:
            yield self.at("E244", path, found=written)
        elif number is None:
            yield from self.amount(branch, path, written, quantity)
        elif (value := number[1] * quantity.one) != int(value):
            yield self.at("E221", path, name=name, value=written)
        elif abs(value) > MANY * 100:
            yield self.at("E213", path)

    def amount(self, branch: Branch, path: DataPath, written: str, quantity: Quantity) -> Iterator[Problem]:
        def look_up(name: str, at: int) -> Linear:
            form = self.symbols.look_up(name, at, target=branch.target, action=False)
            if not quantity.hidden and (hidden := self.symbols.hidden_in(form)):
                raise Slip("E208", at, len(name), (("name", name), ("quantity", hidden)))
            return form

        yield from self.parse(path, written, False, look_up, LIMIT // quantity.one)

    def target_of(self, branch: Branch, name: str) -> Quantity | None:
        if name == "knot" and branch.target:
            return Quantity("knot", 0, 100, Decimal(0), 100, hidden=branch.path[0] == "rivals", settable=True)
        if name.startswith("target.") and not branch.target:
            return None
        found = self.symbols.targets.get(name) or self.symbols.quantities.get(name)
        return found if found and found.settable else None


ROLES = {"account", "solution", "delivery", "sponsor", "commercial"}
OUTCOME_WORDS = tuple(name for name in Outcome.model_fields if name != "effects")
