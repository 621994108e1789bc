"""A scenario as what is in it and what leads to what: who writes a quantity and who reads it, what opens a scene."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from game.scenario.compile_actions import selects
from game.scenario.expand import inject_name, made
from game.scenario.outcome import Outcome
from game.scenario.schema import Scenario
from game.scenario.source import DataPath
from game.scenario.walk import walk_branches, walk_expressions

NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
GROUPS = (
    "actions",
    "strategies",
    "bones",
    "people",
    "facts",
    "scenes",
    "events",
    "injects",
    "says",
    "promises",
    "moves",
    "phases",
    "steps",
    "points",
    "criteria",
    "negotiation",
    "routes",
    "endings",
    "moments",
    "epilogue",
    "coaching",
    "meters",
    "words",
)
"""Kinds of things, in the order of the page."""
OF_FACT = ("knows", "heard", "denied", "refuted", "truth")
OF_THING = {"said": "words", "bone": "bones", "promised": "promises", "criterion": "criteria", "held": "strategies"}
OF_SCENE = ("scene", "answered")


class Node(NamedTuple):
    """A thing of a scenario: its kind, and its name there."""

    group: str
    name: str


class Edge(NamedTuple):
    """One thing bears on another. `how`: the field or the branch by which it does."""

    start: Node
    end: Node
    how: str


@dataclass(frozen=True)
class Graph:
    """Everything there is, where it is written, and what bears on what."""

    places: dict[Node, DataPath]
    edges: list[Edge]

    def into(self, node: Node) -> dict[Node, list[str]]:
        """What bears on a thing, and how."""
        return _grouped((e.start, e.how) for e in self.edges if e.end == node)

    def out_of(self, node: Node) -> dict[Node, list[str]]:
        """What a thing bears on, and how."""
        return _grouped((e.end, e.how) for e in self.edges if e.start == node)


def _grouped(pairs: Iterator[tuple[Node, str]]) -> dict[Node, list[str]]:
    found: dict[Node, list[str]] = {}
    for node, how in pairs:
        if how not in found.setdefault(node, []):
            found[node].append(how)
    return found


def graph_of(sc: Scenario) -> Graph:
    """The graph of a scenario in which everything is written out."""
    builder = _Builder(sc)
    edges = [edge for edge in dict.fromkeys(builder.edges()) if edge.start != edge.end]
    for edge in edges:
        for node in (edge.start, edge.end):
            builder.places.setdefault(node, ())
    ranked = sorted(builder.places.items(), key=lambda item: GROUPS.index(item[0].group))
    return Graph(dict(ranked), edges)


class _Builder:
    def __init__(self, sc: Scenario) -> None:
        self.sc = sc
        self.made = made(sc)
        self.made |= {f"{word}_{name}" for name in sc.scenes for word in ("scene", "lapse")} | set(map(inject_name, sc.injects))
        self.places = dict(self.declared())

    def declared(self) -> Iterator[tuple[Node, DataPath]]:
        sc = self.sc
        for group in GROUPS:
            if group in ("phases", "steps"):
                yield from ((Node(group, name), ("buyer", group, name)) for name in getattr(sc.buyer, group))
            elif group == "moves":
                pairs = ((r, m) for r, rival in sc.rivals.items() for m in rival.moves)
                yield from ((Node(group, f"{r}.{m}"), ("rivals", r, "moves", m)) for r, m in pairs)
            elif group == "points":
                each = ((s, k, point.id) for s, points in sc.gates.items() for k, point in enumerate(points))
                yield from ((Node(group, f"{s}.{name}"), ("gates", s, k)) for s, k, name in each)
            elif group == "criteria":
                yield from ((Node(group, c), ("award", group, c)) for c in (sc.award.criteria if sc.award else ()))
            elif group == "negotiation":
                yield from [(Node(group, group), (group,))] if sc.negotiation else []
            elif group != "words":
                yield from ((Node(group, n), (group, n)) for n in getattr(sc, group) if n not in self.made)

    def owner(self, path: DataPath) -> Node | None:
        """The thing that a branch or an expression belongs to; None for what belongs to no thing of the page."""
        head, *rest = (str(step) for step in path)
        if head == "rivals" and len(rest) > 2:
            return Node("moves", f"{rest[0]}.{rest[2]}")
        if head == "rivals" and rest:
            return None
        if head == "buyer":
            return Node(rest[0], rest[1])
        if head == "gates":
            point = self.sc.gates[rest[0]][int(rest[1])]
            return Node("points", f"{rest[0]}.{point.id}")
        if head == "award":
            return Node("criteria", rest[1]) if rest[0] == "criteria" else None
        if head == "negotiation":
            return Node(head, head)
        node = Node(head, rest[0]) if rest else None
        return node if node in self.places else None

    def edges(self) -> Iterator[Edge]:
        for branch in walk_branches(self.sc):
            owner = self.owner(branch.path)
            if owner is not None:
                how = str(branch.path[-1])
                yield from (Edge(owner, node, how) for node in self.brought(branch.outcome))
                for amount in branch.outcome.effects.values():
                    yield from (Edge(node, owner, how) for node in self.read_in(amount))
        for e in walk_expressions(self.sc):
            owner = self.owner(e.path)
            if owner is not None:
                how = next(str(step) for step in reversed(e.path) if isinstance(step, str))
                yield from (Edge(node, owner, how) for node in self.read_in(e.text))
        yield from self.by_name()

    def brought(self, o: Outcome) -> Iterator[Node]:
        """What a branch sets, by its name."""
        yield from (Node("words", word) for word in o.said)
        yield from (Node("facts", name) for name in (*o.verifies, *o.claims))
        yield from (Node("people", name) for name in (*o.finds, *o.arrives, *o.leaves))
        yield from (Node("promises", name) for name in o.promises)
        yield from (Node("scenes", name) for name in o.opens)
        for name in o.effects:
            yield from self.read_in(name)

    def read_in(self, text: str) -> Iterator[Node]:
        return nodes_in(text, self.places)

    def by_name(self) -> Iterator[Edge]:
        """What names another thing outright: whom an action is for, who tells a fact, what a strategy rests on."""
        sc = self.sc
        for name, action in sc.actions.items():
            if action.on is not None and name not in self.made:
                for person in sc.people:
                    if selects(sc, action, person):
                        yield Edge(Node("actions", name), Node("people", person), "with")
        for name, fact in sc.facts.items():
            yield from (Edge(Node("people", p), Node("facts", name), "claimed_by") for p in fact.claimed_by if p in sc.people)
        for name, strategy in sc.strategies.items():
            yield from (Edge(Node("facts", f), Node("strategies", name), "pair") for f in strategy.pair)
        for name, somebody in sc.people.items():
            yield from (Edge(Node("people", heard), Node("people", name), "hears") for heard in somebody.hears)
        for group in ("scenes", "moments", "epilogue"):
            for name, told in getattr(sc, group).items():
                if told.who in sc.people:
                    yield Edge(Node("people", told.who), Node(group, name), "who")
        for name, route in sc.routes.items():
            for stage, steps in route.order.items():
                each = (Node("actions", step.partition(".")[0]) for step in steps)
                yield from (Edge(Node("routes", name), node, stage) for node in each if node in self.places)
            yield from (Edge(Node("routes", name), Node("endings", ending), "endings") for ending in route.endings)
        for name, say in sc.says.items():
            yield Edge(Node("people", say.by), Node("says", name), "by")
            yield Edge(Node("phases", say.at), Node("says", name), "at")


def nodes_in(text: str, known: Container[Node]) -> Iterator[Node]:
    """The things whose quantities stand in an expression, or in a quantity's name."""
    for name in NAME.findall(text):
        head, _, rest = name.partition(".")
        if head in OF_FACT:
            node = Node("facts", rest)
        elif head in OF_SCENE:
            node = Node("scenes", rest)
        elif head in OF_THING:
            node = Node(OF_THING[head], rest)
        else:
            groups = ("meters", "people", "phases", "steps")
            node = next((Node(group, head) for group in groups if Node(group, head) in known), Node("", ""))
        if node.group == "words" or node in known:
            yield node
