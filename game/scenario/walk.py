"""Every branch and every expression of a scenario with its path and what it may read: one list for check and compile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.scenario.outcome import Outcome
from game.scenario.schema import Scenario
from game.scenario.source import DataPath


@dataclass(frozen=True)
class Branch:
    """A branch: where it stands, whether it is about a person, whether the trainee is told that it happened."""

    path: DataPath
    outcome: Outcome
    target: bool = False
    told: bool = True


@dataclass(frozen=True)
class Expression:
    """A condition or a form: where it stands and what it may read."""

    path: DataPath
    text: str
    condition: bool
    seen_only: bool
    target: bool = False
    action: bool = False


PACES = ("work", "speeds", "holds")
"""What a phase says of its pace: work to be done, what makes it shorter, what makes it longer."""


def walk_branches(sc: Scenario) -> Iterator[Branch]:
    """All branches, in the order of the models."""
    for name, action in sc.actions.items():
        for key, outcome in action.outcomes.items():
            yield Branch(("actions", name, "outcomes", key), outcome, action.on is not None)
    for name, rival in sc.rivals.items():
        for key, move in rival.moves.items():
            for word, outcome in move.outcomes.items():
                yield Branch(("rivals", name, "moves", key, "outcomes", word), outcome, bool(sc.people), not move.hidden)
    for name, event in sc.events.items():
        for key, outcome in event.branches.items():
            yield Branch(("events", name, "branches", key), outcome, told=not event.hidden)
    for name, inject in sc.injects.items():
        for key, outcome in inject.branches.items():
            yield Branch(("injects", name, "branches", key), outcome)
    for name, scene in sc.scenes.items():
        for key, answer in scene.answers.items():
            for word, outcome in answer.outcomes.items():
                yield Branch(("scenes", name, "answers", key, "outcomes", word), outcome)
        if scene.lapse:
            yield Branch(("scenes", name, "lapse"), scene.lapse)
    for name, say in sc.says.items():
        for key, outcome in say.outcomes.items():
            yield Branch(("says", name, "outcomes", key), outcome)
    for name, phase in sc.buyer.phases.items():
        if phase.enter:
            yield Branch(("buyer", "phases", name, "enter"), phase.enter)
    for name, step in sc.buyer.steps.items():
        if step.enter:
            yield Branch(("buyer", "steps", name, "enter"), step.enter)
    if sc.start:
        for path, opening in sc.start.openings():
            yield Branch((*path, "then"), opening.then)
    for name, outcome in sc.false_claims.items():
        yield Branch(("false_claims", name), outcome)
    if sc.negotiation:
        for key in ("give", "traded", "refused"):
            yield Branch(("negotiation", key), getattr(sc.negotiation, key))
    for name, promise in sc.promises.items():
        yield Branch(("promises", name, "kept"), promise.kept)
        yield Branch(("promises", name, "broken"), promise.broken)


def movers(sc: Scenario) -> frozenset[str]:
    """The people who come or go in the course of the deal."""
    found = {name for name, p in sc.people.items() if not p.here}
    for branch in walk_branches(sc):
        found.update(branch.outcome.arrives, branch.outcome.leaves)
    return frozenset(found)


def walk_expressions(sc: Scenario) -> Iterator[Expression]:
    """All conditions and forms but the amounts of effects."""
    yield Expression(("rules", "withdraw"), sc.rules.withdraw, True, True)
    for element, gauge in sc.gauges.items():
        yield Expression(("gauges", element, "value"), gauge.value, False, True)
    yield from _of_actions(sc)
    for name, s in sc.strategies.items():
        if s.when is not None:
            yield Expression(("strategies", name, "when"), s.when, True, True)
    yield from _of_scenes(sc)
    yield from _of_rivals(sc)
    yield from _of_world(sc)
    yield from _of_closing(sc)
    for name, note in sc.coaching.items():
        yield Expression(("coaching", name, "when"), note.when, True, True)


def _of_actions(sc: Scenario) -> Iterator[Expression]:
    for name, a in sc.actions.items():
        target = a.on is not None
        if a.when is not None:
            yield Expression(("actions", name, "when"), a.when, True, True, target)
        if a.chance is not None:
            yield Expression(("actions", name, "chance"), a.chance, False, False, target, action=True)


def _of_scenes(sc: Scenario) -> Iterator[Expression]:
    for name, scene in sc.scenes.items():
        if scene.when is not None:
            yield Expression(("scenes", name, "when"), scene.when, True, False)
        if scene.chance is not None:
            yield Expression(("scenes", name, "chance"), scene.chance, False, False)
        for key, answer in scene.answers.items():
            at = ("scenes", name, "answers", key)
            if answer.when is not None:
                yield Expression((*at, "when"), answer.when, True, True)
            if answer.chance is not None:
                yield Expression((*at, "chance"), answer.chance, False, False, action=True)


def _of_rivals(sc: Scenario) -> Iterator[Expression]:
    for name, rival in sc.rivals.items():
        if rival.bid is not None:
            yield Expression(("rivals", name, "bid"), rival.bid, True, False)
        for key, move in rival.moves.items():
            at = ("rivals", name, "moves", key)
            yield Expression((*at, "appeal"), move.like, False, False)
            yield Expression((*at, "chance"), move.chance, False, False, bool(sc.people))
            if move.when is not None:
                yield Expression((*at, "when"), move.when, True, False)
            if move.aim is not None:
                yield Expression((*at, "aim"), move.aim, False, False, True)


def _of_world(sc: Scenario) -> Iterator[Expression]:
    for name, event in sc.events.items():
        yield Expression(("events", name, "chance"), event.chance, False, False)
        if event.when is not None:
            yield Expression(("events", name, "when"), event.when, True, False)
        for k, guard in enumerate(event.prevented_by):
            yield Expression(("events", name, "prevented_by", k), guard, True, True)
    for name, inject in sc.injects.items():
        if inject.when is not None:
            yield Expression(("injects", name, "when"), inject.when, True, False)
    for name, phase in sc.buyer.phases.items():
        yield Expression(("buyer", "phases", name, "chance"), phase.chance, False, False)
        if phase.when is not None:
            yield Expression(("buyer", "phases", name, "when"), phase.when, True, True)
        for group in PACES:
            for key, pace in getattr(phase, group).items():
                yield Expression(("buyer", "phases", name, group, key, "when"), pace.when, True, True)
    for name, say in sc.says.items():
        if say.chance is not None:
            yield Expression(("says", name, "chance"), say.chance, False, False)
    for name, step in sc.buyer.steps.items():
        yield Expression(("buyer", "steps", name, "when"), step.when, True, True)
    for stage, points in sc.gates.items():
        for k, point in enumerate(points):
            yield Expression(("gates", stage, k, "when"), point.when, True, True)


def _of_closing(sc: Scenario) -> Iterator[Expression]:
    if sc.award:
        yield Expression(("award", "bid"), sc.award.bid, True, True)
        yield Expression(("award", "extra"), sc.award.bias, False, False)
        yield Expression(("award", "none"), sc.award.none, False, False)
        for name, criterion in sc.award.criteria.items():
            yield Expression(("award", "criteria", name, "us"), criterion.us, False, False)
            yield Expression(("award", "criteria", name, "none"), criterion.none, False, False)
    if sc.negotiation:
        yield Expression(("negotiation", "when"), sc.negotiation.when, True, True)
        yield Expression(("negotiation", "trade_chance"), sc.negotiation.trade_chance, False, False, action=True)
    for name, promise in sc.promises.items():
        yield Expression(("promises", name, "test"), promise.test, True, True)
        yield Expression(("promises", name, "chance"), promise.chance, False, False)
    for name, highlight in sc.moments.items():
        yield Expression(("moments", name, "when"), highlight.when, True, True)
    for name, after in sc.epilogue.items():
        yield Expression(("epilogue", name, "when"), after.when, True, False)
    for name, ending in sc.endings.items():
        if ending.when is not None:
            yield Expression(("endings", name, "when"), ending.when, True, True)
        yield Expression(("endings", name, "payoff"), ending.payoff, False, False)
