"""Model answers to the worksheets, for the trainer alone: who these people are, what is true how often, the deal by the book."""

from __future__ import annotations

from dataclasses import dataclass

from game.i18n import Say
from game.scenario.entities import Fact, Person
from game.scenario.load import Ready
from game.scenario.names import mean
from game.scenario.schema import Scenario
from game.web.pages import render
from game.web.sheets import QUADRANTS
from game.words.names import Teller, short
from game.words.ways import brought

WAYS = 3
"""Ways to learn a fact, or to meet a point, that are named."""


@dataclass(frozen=True, kw_only=True)
class PersonTold:
    """Somebody of the customer's, as the author knows them."""

    name: str
    title: str
    roles: str
    stance: str
    power: int
    reports: str
    hears: str
    business: str
    personal: str
    about: str
    ours: str
    """Who of our team suits them best."""


@dataclass(frozen=True)
class FactTold:
    """A fact: in how many deals of a hundred it is so, who says it, what proves it."""

    text: str
    share: int
    says: str
    proofs: str


@dataclass(frozen=True)
class StageTold:
    """A stage by the book: what is done first first, and what the gate wants to see."""

    name: str
    actions: list[str]
    points: list[str]


def answers_page(say: Say, ready: Ready) -> str:
    """All model answers of a scenario."""
    sc, tell = ready.scenario, Teller(ready, say)
    return render(
        "answers.html",
        say,
        title=tell.text("title"),
        people=[_person(name, person, sc, tell) for name, person in sc.people.items()],
        swot={q: [_fact(name, f, ready, tell) for name, f in sc.facts.items() if f.swot == q] for q in QUADRANTS},
        stages=[_stage(name, ready, tell) for name in sc.stages],
        bones=[(tell.text("bones", name, "name"), tell.text("bones", name, "about")) for name in sc.bones],
        injects=[(tell.text("injects", name, "text"), tell.text("injects", name, "about")) for name in sc.injects],
    )


def _names(tell: Teller, people: list[str]) -> str:
    return tell.say("list.comma").join(tell.text("people", name, "name") for name in people)


def _person(name: str, p: Person, sc: Scenario, tell: Teller) -> PersonTold:
    say = tell.say
    level = max(-2, min(2, round(mean(p.stance))))
    hears = sorted(p.hears, key=lambda other: -p.hears[other])
    fits = {member: m.fit.get(name, 0) for member, m in sc.team.items()}
    best = max(fits, key=lambda member: fits[member])
    return PersonTold(
        name=tell.text("people", name, "name"),
        title=tell.text("people", name, "title"),
        roles=say("list.comma").join(say(f"role.{role}") for role in p.roles),
        stance=say(f"stance.{level}"),
        power=p.power,
        reports=_names(tell, [p.reports_to] if p.reports_to else []),
        hears=_names(tell, hears[:WAYS]),
        business=tell.text("people", name, "wins", "business"),
        personal=tell.text("people", name, "wins", "personal"),
        about=tell.text("people", name, "about"),
        ours=short(tell.text("team", best, "name")) if fits[best] > 0 else "",
    )


def _fact(name: str, fact: Fact, ready: Ready, tell: Teller) -> FactTold:
    ways = [action for action in ready.scenario.actions if f"knows.{name}" in brought(ready, action)]
    proofs = [tell.text("actions", action, "name") for action in ways[:WAYS]]
    return FactTold(
        tell.text("facts", name, "text"),
        round(fact.prior / 100),
        _names(tell, list(fact.claimed_by)),
        tell.say("list.comma").join(proofs),
    )


def _stage(name: str, ready: Ready, tell: Teller) -> StageTold:
    sc = ready.scenario
    order = dict.fromkeys(sc.course.order.get(name, []))
    written = [action for action in order if action in sc.actions and not sc.actions[action].free]
    points = [tell.point(f"{name}.{point.id}") for point in sc.gates.get(name, [])]
    heading = f"{name} {tell.text('stages', name, 'name')}"
    return StageTold(heading, [tell.text("actions", action, "name") for action in written], points)
