"""Names and numbers in the reader's words. No rules: it only reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from game.belief.belief import Term
from game.i18n import Say
from game.scenario.load import Ready
from game.scenario.tables import ONE, TARGET, State

FELT_HOLD = 10
"""A rival's hold on somebody below this is not worth a word."""
FLAGS_OF_PERSON = (".met", ".found", ".here", ".wins")


@dataclass(frozen=True)
class Item:
    """A line of an itemised chance: what, and how many points it adds. `believed` where it rests on an estimate."""

    label: str
    points: float
    believed: bool = False


def short(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return re.split(r"\s*[（(]", name)[0]


HE = re.compile("(?<![其])他(?!们|人)")
"""He, as it stands for whom an action is on; not they, nor others."""


def _merged(items: list[Item]) -> list[Item]:
    """Lines of one name as one: what nobody has heard of is one unknown, however many things it is made of."""
    found: dict[tuple[str, bool], Item] = {}
    for item in items:
        had = found.get((item.label, item.believed))
        found[item.label, item.believed] = Item(item.label, item.points + (had.points if had else 0.0), item.believed)
    return list(found.values())


class Teller:
    """A scenario's things by name in one language."""

    def __init__(self, ready: Ready, say: Say) -> None:
        self.ready, self.say = ready, say
        self.sc, self.t, self.ids = ready.scenario, ready.compiled.tables, ready.compiled.ids

    def text(self, *path: str) -> str:
        return self.ready.texts.get(".".join(path), self.say.language)

    def person(self, p: int) -> str:
        return self.text("people", self.ids.people[p], "name") if p >= 0 else ""

    def member(self, m: int) -> str:
        return self.text("team", self.ids.members[m], "name")

    def member_short(self, m: int) -> str:
        """The name without what stands in brackets behind it."""
        return short(self.member(m))

    def action(self, a: int) -> str:
        return self.text("actions", self.ids.actions[a], "name")

    def choice(self, a: int) -> str:
        """What the team decided at once — a strategy, a bone of the premortem — in words; '' for any other action."""
        name = self.ids.actions[a]
        family = self.sc.actions[name].family if self.t.action_free[a] else ""
        key = f"choice.{family}"
        return self.say(key, what=self.text("actions", name, "name")) if family and self.say.has(key) else ""

    def speaker(self, who: str) -> str:
        """Somebody by their name in the file: one of the customer's, one of ours, or a rival."""
        if who in self.sc.people:
            return self.text("people", who, "name")
        return short(self.text("team" if who in self.sc.team else "rivals", who, "name"))

    def rival(self, r: int) -> str:
        return self.text("rivals", self.ids.rivals[r], "name")

    def rival_short(self, r: int) -> str:
        """The name without what stands in brackets behind it."""
        return short(self.rival(r))

    def move(self, m: int) -> str:
        rival, move = self.ids.moves[m].split(".")
        return self.text("rivals", rival, "moves", move, "name")

    def fact(self, f: int) -> str:
        return self.text("facts", self.ids.facts[f], "text")

    def stage(self, g: int) -> str:
        name = self.ids.stages[min(g, self.t.n_stage - 1)]
        return f"{name} {self.text('stages', name, 'name')}"

    def point(self, name: str) -> str:
        """An acceptance point, named "stage.point"."""
        return self.text("gates", *name.split("."), "text")

    def phase(self, k: int) -> str:
        return self.text("buyer", "phases", self.ids.phases[k], "name")

    def step(self, k: int) -> str:
        return self.text("buyer", "steps", self.ids.steps[k], "name") if self.ids.steps else ""

    def event(self, e: int) -> str:
        name = self.ids.events[e]
        return self.text(*name.split("."), "text") if "." in name else self.text("events", name, "text")

    def bidder(self, b: int) -> str:
        if b == 0:
            return self.say("we")
        return self.rival(b - 1) if b <= self.t.n_rival else self.text("award", "none_name")

    def spoken(self, branch: int, before: int = 0, person: int = -1) -> str:
        """What the scenario says when a branch comes, or ''; texts take turns, `before` is how often it came already.

        Texts that fit several people are written as of a man; of a woman they are said as of a woman. In Chinese only: the
        English ones name nobody's sex.
        """
        path = self.ids.branches[branch]
        if not path:
            return ""
        turns = self.ready.texts.in_turn(f"{path}.say", self.say.language)
        told = turns[before % len(turns)]
        she = person >= 0 and self.sc.people[self.ids.people[person]].looks.she
        return HE.sub("她", told) if she and self.say.language == "zh" else told

    def across(self, a: int) -> int:
        """Who hears what is said at the negotiation table, -1 where the action is no such thing or nobody is named."""
        talks = self.sc.negotiation
        sits = talks is not None and talks.who is not None and self.sc.actions[self.ids.actions[a]].family == "negotiation"
        return self.ids.people.index(talks.who) if sits and talks and talks.who else -1

    def money(self, amount: int) -> str:
        return self.say("money", amount=f"{amount:,}".replace("-", "−"), unit=self.text("deal", "unit"))

    # ---- quantities
    def quantity(self, name: str, person: int = -1) -> str:
        """A quantity in words: 'need' → its name; 'li.rapport' → whose what; 'said.x' → the flag."""
        if name.startswith("target."):
            name = f"{self.ids.people[person]}.{name[7:]}" if person >= 0 else name
        head, _, tail = name.partition(".")
        if name in self.sc.meters:
            return self.text("meters", name, "name")
        if head in self.sc.people:
            return self.say("of_person", person=self.text("people", head, "name"), what=self.say(f"field.{tail}"))
        if head == "target":
            return self.say("of_person", person=self.say("the_person"), what=self.say(f"field.{tail}"))
        if tail and head in self.sc.rivals:
            return self.say(
                "of_person", person=short(self.text("rivals", head, "name")), what=self.text("award", "criteria", tail, "name")
            )
        return self._block(head, tail) if tail else self.say(f"quantity.{name}")

    def _block(self, head: str, tail: str) -> str:
        if head in ("knows", "heard", "denied", "refuted", "truth"):
            return self.say(f"flag.{head}", what=self.text("facts", tail, "question") or self.text("facts", tail, "text"))
        if head == "promised":
            return self.say("flag.promised", what=self.text("promises", tail, "text"))
        if head in ("held", "bone"):
            return self.say(f"flag.{head}", what=self.text("strategies" if head == "held" else "bones", tail, "name"))
        if head == "bend":
            return self.say("flag.bend")
        if head == "criterion":
            return self.say("flag.criterion", what=self.text("award", "criteria", tail, "name"))
        if head in ("issue", "worth"):
            return self.say(f"flag.{head}", what=self.text("negotiation", "issues", tail, "name"))
        if head == "intel":
            return self.say("flag.intel", what=self.text("rivals", tail, "name"))
        if head in ("uses", "busy", "away", "tired"):
            return self.say(f"flag.{head}", what=self.text("team", tail, "name"))
        if head == "net":
            rival, _, person = tail.partition(".")
            return self.say(
                "flag.net", rival=short(self.text("rivals", rival, "name")), person=self.text("people", person, "name")
            )
        if head == "knot":
            member, _, person = tail.partition(".")
            return self.say("flag.knot", member=self.text("team", member, "name"), person=self.text("people", person, "name"))
        return self.said(tail)

    def said(self, name: str) -> str:
        """What a `said` means in words: the acceptance point that asks for it, else the action that brings it."""
        for stage, points in self.sc.gates.items():
            for point in points:
                if point.when.split(" or ")[0].strip() == f"said.{name}":
                    return self.text("gates", stage, point.id, "text")
        for key, action in self.sc.actions.items():
            if any(name in o.said for o in action.outcomes.values()):
                return self.text("actions", key, "name")
        return name

    def said_of(self, name: str, value: int) -> str:
        """That a person has been met or found, came or left, as a sentence of its own."""
        head, _, field = name.partition(".")
        return self.say(f"now.{field}" if value else f"now.not_{field}", person=self.text("people", head, "name"))

    def slot_name(self, slot: int) -> str:
        return self.ids.slots[slot]

    # ---- chances
    def items(self, s: State, terms: list[Term], constant: int, cut: int) -> list[Item]:
        """A believed chance as an itemised sum, in points; a last line where it is cut."""
        found = [Item(self.say("odds.base"), constant / ONE)]
        stances = [term for term in terms if self.t.stance0 <= term.slot < self.t.stance0 + self.t.n_person]
        if len(stances) > 2:
            terms = [term for term in terms if term not in stances]
            found.append(Item(self.say("odds.support"), sum(term.points for term in stances), True))
        found += _merged([Item(self.term(s, term.slot), term.points, term.believed) for term in terms])
        return [*found, Item(self.say("odds.cut"), cut / 100)] if round(cut / 100) else found

    def term(self, s: State, slot: int) -> str:
        """A term of a chance by name; a fact nobody has heard of is named by its question only."""
        t, fact = self.t, slot - self.t.truth0
        if 0 <= fact < t.n_fact and not any(s.x[b + fact] for b in (t.heard0, t.denied0, t.knows0, t.refuted0)):
            question = self.text("facts", self.ids.facts[fact], "question")
            return question or self.say("odds.unknown")
        return self.quantity(self.slot_name(slot))

    def all_visible(self, roll: int) -> bool:
        """Whether every term of a roll's odds can be seen: only then may the roll be shown during play."""
        t = self.t
        f = t.roll_odds[roll]
        terms = t.term_slot[t.form_off[f] : t.form_off[f + 1]]
        return all((slot if slot < TARGET else slot - TARGET) < t.hidden for slot in terms)
