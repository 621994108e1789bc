"""What stands in a scenario and can never matter: whom nobody meets, what nobody says, reads, changes or may do.

Each finding is a proof from the file alone. Only what the scenario's own file says is blamed: a library offers more than one
deal uses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from game.scenario.bounds import Bounds, Never
from game.scenario.compile_actions import selects
from game.scenario.implied import implies
from game.scenario.linear import Atom, Both, Condition, Either, Not
from game.scenario.schema import Action, Scenario
from game.scenario.source import DataPath
from game.scenario.walk import walk_branches, walk_expressions

NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
FULL = 100
"""What the weights of an award come to."""


class Uses:
    """Which names are read, and what branches bring."""

    def __init__(self, sc: Scenario) -> None:
        self.read: set[str] = set()
        self.changed: set[str] = set()
        self.brings: dict[str, set[str]] = defaultdict(set)
        """What branches set by its name: said, verified or claimed, promised, found, opened."""
        self.asks = False
        for e in walk_expressions(sc):
            self.read |= set(NAME.findall(e.text))
        for branch in walk_branches(sc):
            outcome = branch.outcome
            for name, amount in outcome.effects.items():
                self.changed.add(name)
                self.read |= set(NAME.findall(amount))
            for kind in ("said", "verifies", "claims", "finds", "arrives", "promises", "opens"):
                self.brings[kind] |= set(getattr(outcome, kind))
            self.asks = self.asks or outcome.asks

    def reads(self, *names: str) -> bool:
        return any(name in self.read for name in names)


class Dead:
    """All rules over one scenario that could be compiled."""

    def __init__(self, sc: Scenario, bounds: Bounds, conditions: dict[DataPath, Condition]) -> None:
        self.sc, self.bounds, self.conditions = sc, bounds, conditions
        self.uses = Uses(sc)
        self.slots = {name: k for k, name in enumerate(bounds.ids.slots)}
        self.most = {
            "stage": len(sc.stages),
            "phase": len(sc.buyer.phases),
            "step": len(sc.buyer.steps),
            "week": sc.deal.weeks + 1,
        }
        """How far what only counts up comes at most."""

    def all(self) -> Iterator[Never]:
        for rules in (self.of_people, self.of_facts, self.of_words, self.of_actions, self.of_team, self.of_order, self.of_sums):
            yield from rules()
        yield from self.of_conditions()

    # ---- who and what
    def of_people(self) -> Iterator[Never]:
        """Whom nobody can meet, and lines of command that lead nowhere."""
        for name, person in self.sc.people.items():
            if not person.met and not self.can_be_met(name):
                yield Never("W411", ("people", name), {"name": person.name})
            arrives = name in self.uses.brings["arrives"]
            if not (person.here or arrives):
                yield Never("W412", ("people", name), {"name": person.name})
            elif not (person.found or arrives or name in self.uses.brings["finds"] or f"{name}.found" in self.uses.changed):
                yield Never("W413", ("people", name), {"name": person.name})
            if name in self.above(name):
                yield Never("W414", ("people", name, "reports_to"), {"name": person.name})
        yield from self.alike("people", {name: p.name for name, p in self.sc.people.items()})

    def can_be_met(self, name: str) -> bool:
        """Whether some branch makes this person known to us."""
        if f"{name}.met" in self.uses.changed:
            return True
        for action in self.sc.actions.values():
            brings = any("target.met" in outcome.effects for outcome in action.outcomes.values())
            if brings and action.on is not None and self.selects(action, name, unmet=True):
                return True
        return False

    def selects(self, action: Action, name: str, unmet: bool = False) -> bool:
        """Whether an action may be on this person."""
        return selects(self.sc, action, name) and not (unmet and action.on and action.on.met)

    def above(self, name: str) -> list[str]:
        """Who stands above somebody, as far as it goes without repeating."""
        found: list[str] = []
        at = self.sc.people[name].reports_to
        while at is not None and at in self.sc.people and at not in found:
            found.append(at)
            at = self.sc.people[at].reports_to
        return found

    def of_facts(self) -> Iterator[Never]:
        """What nobody can learn, and what changes nothing for who has learnt it."""
        named = self.uses.brings["verifies"] | self.uses.brings["claims"]
        for name, fact in self.sc.facts.items():
            told = self.uses.asks and any(person in self.sc.people for person in fact.claimed_by)
            if name not in named and not told:
                yield Never("W415", ("facts", name), {"name": name})
            if fact.prior in (0, 10_000):
                yield Never("W416", ("facts", name, "prior"), {"name": name})
        yield from self.alike("facts", {name: fact.text for name, fact in self.sc.facts.items()})

    def of_words(self) -> Iterator[Never]:
        """What is kept, and what nobody asks for: words said, promises, bones, meters."""
        for branch in walk_branches(self.sc):
            for word in branch.outcome.said:
                if not self.uses.reads(f"said.{word}"):
                    yield Never("W417", (*branch.path, "said"), {"name": word})
        for name in self.sc.promises:
            if name not in self.uses.brings["promises"]:
                yield Never("W418", ("promises", name), {"name": name})
        for name in self.sc.bones:
            if not self.uses.reads(f"bone.{name}"):
                yield Never("W419", ("bones", name), {"name": name})
        for name, meter in self.sc.meters.items():
            if not self.uses.reads(name):
                yield Never("W420", ("meters", name), {"name": name})
            elif name not in self.uses.changed and len(meter.start) == 1:
                yield Never("W421", ("meters", name), {"name": name})

    # ---- what is done
    def of_actions(self) -> Iterator[Never]:
        """Who could do it, to whom, and what would come of it."""
        roles = {member.role for member in self.sc.team.values()}
        for name, action in self.sc.actions.items():
            path = ("actions", name)
            if not any(by in self.sc.team or by in roles for by in action.by):
                yield Never("W423", (*path, "by"), {"name": action.name})
            if action.on is not None and not any(self.selects(action, person) for person in self.sc.people):
                yield Never("W424", (*path, "with"), {"name": action.name})
            if all(
                outcome.model_fields_set <= {"share", "say", "effects"} and not outcome.effects
                for outcome in action.outcomes.values()
            ):
                yield Never("W425", path, {"name": action.name})
            if action.cost.weeks > self.sc.deal.weeks:
                yield Never("W426", (*path, "cost"), {"name": action.name})
            for key, outcome in action.outcomes.items():
                if outcome.share == 0:
                    yield Never("W427", (*path, "outcomes", key, "share"), {"name": key})
        yield from self.alike("actions", {name: action.name for name, action in self.sc.actions.items()})

    def of_team(self) -> Iterator[Never]:
        """Somebody who may do nothing, and what is said of somebody that never comes to bear."""
        for name, member in self.sc.team.items():
            if not any(name in a.by or member.role in a.by for a in self.sc.actions.values()):
                yield Never("W428", ("team", name), {"name": member.name})
            if member.uses == 0 and f"uses.{name}" not in self.uses.changed:
                yield Never("W429", ("team", name, "uses"), {"name": member.name})
            for k, (first, last) in enumerate(member.away):
                if first > last or first > self.sc.deal.weeks:
                    yield Never("W430", ("team", name, "away", k), {"name": member.name})
            for key in member.fit:
                action = self.sc.actions.get(key)
                if action is not None and name not in action.by and member.role not in action.by:
                    yield Never("W431", ("team", name, "good_at", key), {"name": member.name, "what": action.name})

    def of_order(self) -> Iterator[Never]:
        """An ending that another one above it always comes before; points of a gate that ask the same."""
        before: list[tuple[str, Condition]] = []
        for name in self.sc.endings:
            condition = self.conditions.get(("endings", name, "when"))
            if condition is None:
                continue
            hidden_by = next((other for other, there in before if implies(condition, there)), None)
            if hidden_by is not None:
                yield Never("W432", ("endings", name), {"name": name, "other": hidden_by})
            before.append((name, condition))
        for stage, points in self.sc.gates.items():
            seen: list[tuple[str, Condition]] = []
            for k, point in enumerate(points):
                asked = self.conditions["gates", stage, k, "when"]
                same = next((other for other, there in seen if implies(asked, there) and implies(there, asked)), None)
                if same is not None:
                    yield Never("W433", ("gates", stage, k), {"name": point.id, "other": same})
                seen.append((point.id, asked))
                if not point.must and not point.weight:
                    yield Never("W434", ("gates", stage, k), {"name": point.id})

    def of_sums(self) -> Iterator[Never]:
        """Weights that make no whole, and a rival who does nothing."""
        if self.sc.award:
            total = sum(criterion.weight for criterion in self.sc.award.criteria.values())
            if total != FULL:
                yield Never("W435", ("award", "criteria"), {"found": total})
        for name, rival in self.sc.rivals.items():
            if rival.moves and all(not self.holds(("rivals", name, "moves", move, "when")) for move in rival.moves):
                yield Never("W436", ("rivals", name, "moves"), {"name": rival.name})

    def alike(self, group: str, names: dict[str, str]) -> Iterator[Never]:
        """Two of a kind that the trainee cannot tell apart."""
        seen: dict[str, str] = {}
        for name, shown in names.items():
            if shown in seen:
                yield Never("W437", (group, name), {"name": shown, "other": seen[shown]})
            seen.setdefault(shown, name)

    # ---- conditions
    def of_conditions(self) -> Iterator[Never]:
        """Conditions that never hold, where no other rule says it, and parts of conditions that never do."""
        for path, condition in self.conditions.items():
            kind = kind_of(path)
            if not self.can(condition):
                if kind:
                    yield Never(kind, path, {"name": str(path[-2])})
            else:
                for part in self.dead_parts(condition):
                    yield Never("W438", path, {"part": part})

    def holds(self, path: DataPath) -> bool:
        """Whether a condition may hold; one that is not there does."""
        condition = self.conditions.get(path)
        return condition is None or self.can(condition)

    def can(self, condition: Condition, want: bool = True) -> bool:
        """Whether a condition could ever come out like this."""
        match condition:
            case Atom(form, strict):
                low, high = self.span(form.terms)
                constant = float(form.constant)
                top, bottom = high + constant, low + constant
                return (top > 0 if strict else top >= 0) if want else (bottom <= 0 if strict else bottom < 0)
            case Not(part):
                return self.can(part, not want)
            case Both(parts):
                return (all if want else any)(self.can(part, want) for part in parts)
            case Either(parts):
                return (any if want else all)(self.can(part, want) for part in parts)

    def span(self, terms: Iterable[tuple[str, object]]) -> tuple[float, float]:
        """The values that a sum could come to; anything for what has no slot of its own."""
        low = high = 0.0
        for name, coefficient in terms:
            slot, factor = self.slots.get(name), float(str(coefficient))
            if slot is None:
                return float("-inf"), float("inf")
            one = self.bounds.t.one[slot]
            least, most = self.bounds.lo[slot] / one, min(self.bounds.hi[slot] / one, self.most.get(name, float("inf")))
            low += factor * (least if factor > 0 else most)
            high += factor * (most if factor > 0 else least)
        return low, high

    def dead_parts(self, condition: Condition) -> Iterator[str]:
        """Alternatives that can never hold in a condition that can."""
        if isinstance(condition, Either):
            for k, part in enumerate(condition.parts):
                if not self.can(part):
                    yield str(k + 1)
        elif isinstance(condition, Both):
            for part in condition.parts:
                yield from self.dead_parts(part)


KINDS: tuple[tuple[str, Callable[[DataPath], bool]], ...] = (
    ("W441", lambda p: p[0] == "scenes" and "answers" in p),
    ("W442", lambda p: p[0] == "scenes"),
    ("W443", lambda p: p[0] == "moments"),
    ("W444", lambda p: p[0] == "epilogue"),
    ("W445", lambda p: p[0] == "coaching"),
    ("W446", lambda p: p[0] == "injects"),
    ("W447", lambda p: p[0] == "rivals" and p[-1] == "when"),
    ("W448", lambda p: p[0] == "buyer"),
    ("W449", lambda p: p[0] == "strategies"),
    ("W450", lambda p: p[0] == "promises"),
)
"""Which finding a condition's never holding is, by where it stands; other places have rules of their own."""


def kind_of(path: DataPath) -> str:
    return next((code for code, fits in KINDS if fits(path)), "")
