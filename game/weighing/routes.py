"""Routes: ways of winning that an author wrote down, played as they say; how often each ends as it should, and where it stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from game.policies.par import answered
from game.policies.policies import new_player
from game.policies.route import ROUTE
from game.policies.table import Player
from game.scenario.load import Ready
from game.scenario.schema import Route
from game.statistics import Data, wilson
from game.weighing.batches import FIRST, Answer, Block, add, cut
from game.weighing.kernels import Tally

PLAYS = 256
"""Plays of a route: a share of 30 % is then known to within 6 points."""


def steps_of(ready: Ready, route: Route) -> dict[str, list[str]]:
    """Each stage's work: the route's own, the course's where the route says nothing of a stage."""
    return {stage: route.order.get(stage, ready.compiled.course.get(stage, [])) for stage in ready.compiled.ids.stages}


def route_player(ready: Ready, name: str) -> Player:
    """Who plays a route."""
    compiled, route = ready.compiled, ready.scenario.routes[name]
    ids, scenes = compiled.ids, ready.scenario.scenes
    p = new_player(compiled.tables, "par")
    p.policy, p.order, p.order_person, p.most = ROUTE, [], [], []
    done: Counter[str] = Counter()
    for g, stage in enumerate(ids.stages):
        p.order_first[g] = len(p.order)
        for step in steps_of(ready, route)[stage]:
            action, _, person = step.partition(".")
            done.update({action, step})  # a step with somebody counts among those with anybody
            p.order.append(ids.actions.index(action))
            p.order_person.append(ids.people.index(person) if person else -1)
            p.most.append(done[step])
        p.order_end[g] = len(p.order)
    p.order_first[-1] = p.order_end[-1] = len(p.order)
    answers = {scene: list(scenes[scene].answers).index(answer) for scene, answer in route.answers.items()}
    answered(compiled, p, compiled.course_answers | answers)
    return p


def route_blocks(ready: Ready, plays: int = PLAYS) -> list[list[Block]]:
    """The blocks of each route, in the scenario's order."""
    return [cut(route_player(ready, name), FIRST, plays, watch=True, size=plays) for name in ready.scenario.routes]


def counting(ready: Ready, route: Route) -> list[bool]:
    """Of each ending, whether a route that comes to it ended as it should: the endings it names, else all that are won."""
    return [name in route.endings if route.endings else end.kind == "won" for name, end in ready.scenario.endings.items()]


def route_data(ready: Ready, name: str, tally: Tally) -> Data:
    """How often a route ends as it should, how its plays end, and how many of them reach each stage."""
    route, ids = ready.scenario.routes[name], ready.compiled.ids
    good = sum(many for many, right in zip(tally.ended, counting(ready, route), strict=True) if right)
    return {
        "name": name,
        "wins": wilson(good, tally.plays),
        "wanted": route.wins / 10_000,
        "points": 100 * tally.pay / tally.plays / ready.compiled.best,
        "endings": {e: wilson(n, tally.plays) for e, n in zip(ids.endings, tally.ended, strict=True) if n},
        "starts": {a: many for a, many in zip(ids.actions, tally.starts, strict=True) if many},
        "reached": {stage: many / tally.plays for stage, many in zip(ids.stages, tally.reached, strict=False)},
    }


def routes_played(ready: Ready, answer: Answer, plays: int = PLAYS) -> list[Data]:
    """All routes of a scenario, played."""
    blocks = route_blocks(ready, plays)
    tallies: Sequence[Tally] = list(answer([block for each in blocks for block in each]))
    found, k = [], 0
    for name, each in zip(ready.scenario.routes, blocks, strict=True):
        found.append(route_data(ready, name, add(tallies[k : k + len(each)])))
        k += len(each)
    return found
