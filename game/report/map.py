"""A scenario as one HTML page to click through: everything in it, and of each thing what bears on it and what it bears on.

It needs no network and no script: a thing that is clicked is the page's target, and the style shows that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape
from wcwidth import wcwidth

from game.i18n import Say
from game.printable import printable
from game.report.html import TEMPLATES, environment
from game.scenario.graph import GROUPS, Graph, Node, graph_of
from game.scenario.load import Loaded, Ready
from game.scenario.problems import Problem

TITLES = {
    "phases": "buyer.phases.{0}.name",
    "steps": "buyer.steps.{0}.name",
    "points": "gates.{0}.{1}.text",
    "criteria": "award.criteria.{0}.name",
    "endings": "endings.{0}.reason",
    "scenes": "scenes.{0}.title",
    "moments": "moments.{0}.title",
}
"""Where a thing's words stand, where it is not its `name`, nor its `text`."""
TEXTS = ("facts", "events", "injects", "says", "promises", "routes", "epilogue", "coaching")
COLUMN, GAP, ROW, BOX = 218, 62, 44, 36
MIDDLE = 120
"""How far down the thing itself stands at most: where very much bears on it, it stays in sight."""
CELLS = 27
"""Width of a box's words, in cells of a terminal; a Chinese character takes two."""
MOST_LINES = 16
"""Lines of the file shown of a thing."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A thing as the page shows it."""

    id: str
    group: str
    name: str
    title: str
    place: str
    lines: list[tuple[int, str]]
    problems: list[str]
    values: list[str]
    draw: str
    picture: Markup


@dataclass(frozen=True, kw_only=True)
class Now:
    """A deal at one place of it: the desk in words, every quantity by its thing, the last draw of what was drawn."""

    title: str
    desk: str
    values: dict[Node, list[str]]
    draws: dict[Node, str]


class _Chip(NamedTuple):
    """A thing to click on."""

    id: str
    group: str
    title: str
    bad: bool


class Column(NamedTuple):
    """A stage of the overview: what can be done in it, and what its gate asks."""

    name: str
    title: str
    actions: list[_Chip]
    points: list[_Chip]


class ScenarioMap:
    """Makes the page in one language."""

    def __init__(self, found: Loaded, ready: Ready, say: Say, now: Now | None = None, beat: int = 0) -> None:
        """`now`: a deal to show beside the map; `beat`: seconds after which the page asks for itself again."""
        self.found, self.ready, self.say, self.now, self.beat = found, ready, say, now, beat
        self.graph: Graph = graph_of(ready.scenario)
        self.ids = {node: f"n{k}" for k, node in enumerate(self.graph.places)}
        self.troubles = self._troubles()

    def html(self, stale: Sequence[str] = ()) -> str:
        """The page. `stale`: what is wrong with the file by now, where this is the last version that could be played."""
        sc, say = self.ready.scenario, self.say
        style = (TEMPLATES / "report.css").read_text(encoding="utf-8") + (TEMPLATES / "map.css").read_text(encoding="utf-8")
        groups = [
            (g, [self.chip(n) for n in self.graph.places if n.group == g]) for g in GROUPS if g not in ("actions", "points")
        ]
        return (
            environment()
            .get_template("map.html")
            .render(
                say=say,
                style=style,
                title=self.ready.texts.get("title", say.language),
                columns=[self.column(stage) for stage in sc.stages],
                groups=[(name, chips) for name, chips in groups if chips],
                things=[self.shown(node) for node in self.graph.places],
                now=self.now,
                beat=self.beat,
                stale=stale,
                counts=(len(self.graph.places), len(self.graph.edges)),
            )
        )

    # ---- overview
    def column(self, stage: str) -> Column:
        sc = self.ready.scenario
        actions = [Node("actions", n) for n, a in sc.actions.items() if stage in a.stage]
        points = [Node("points", f"{stage}.{p.id}") for p in sc.gates.get(stage, [])]
        known = [self.chip(n) for n in actions if n in self.ids]
        return Column(
            stage, self.ready.texts.get(f"stages.{stage}.name", self.say.language), known, [self.chip(n) for n in points]
        )

    def chip(self, node: Node) -> _Chip:
        return _Chip(self.ids[node], node.group, cut(self.title(node), 2 * CELLS), node in self.troubles)

    # ---- a thing
    def title(self, node: Node) -> str:
        """A thing by the words people read, or by its id where it has none."""
        if node.group == "negotiation":
            return self.say("map.group.negotiation")
        if node.group == "words":
            return f"said.{node.name}"
        if node.group == "moves":
            rival, _, move = node.name.partition(".")
            of = [
                self.ready.texts.get(key, self.say.language)
                for key in (f"rivals.{rival}.name", f"rivals.{rival}.moves.{move}.name")
            ]
            return self.say("list.colon").join(of)
        text_id = TITLES.get(node.group, f"{node.group}.{{0}}.{'text' if node.group in TEXTS else 'name'}")
        return self.ready.texts.get(text_id.format(*node.name.split(".")), self.say.language) or node.name

    def shown(self, node: Node) -> Shown:
        path = self.graph.places[node]
        place = self.found.source.key_place(path) if path else None
        file = place.file if place else ""
        return Shown(
            id=self.ids[node],
            group=node.group,
            name=node.name,
            title=self.title(node),
            place=f"{file}:{place.line}" if place else "",
            lines=self.lines(file, place.line) if place else [],
            problems=self.troubles.get(node, []),
            values=self.now.values.get(node, []) if self.now else [],
            draw=self.now.draws.get(node, "") if self.now else "",
            picture=self.picture(node),
        )

    def lines(self, file: str, first: int) -> list[tuple[int, str]]:
        """What the file says of it: its line and those that are further in."""
        every = self.found.source.lines.get(file, [])
        start = every[first - 1] if first <= len(every) else ""
        depth = len(start) - len(start.lstrip(" -"))
        found = [(first, printable(start))]
        for number, line in enumerate(every[first:], first + 1):
            if line.strip() and len(line) - len(line.lstrip(" ")) <= depth:
                break
            if len(found) == MOST_LINES:
                found.append((number, "…"))
                break
            found.append((number, printable(line)))
        while len(found) > 1 and not found[-1][1].strip():
            found.pop()
        return found

    def _troubles(self) -> dict[Node, list[str]]:
        """What `check` says, by the thing in which it stands: the last one that begins at or above its line."""
        at = {n: self.found.source.key_place(path) for n, path in self.graph.places.items() if path}
        starts = sorted((place.file, place.line, node) for node, place in at.items())
        found: dict[Node, list[str]] = {}
        for problem in self.found.problems:
            before = [node for file, line, node in starts if file == problem.place.file and line <= problem.place.line]
            if before:
                found.setdefault(before[-1], []).append(self.told(problem))
        return found

    def told(self, problem: Problem) -> str:
        return f"{problem.code}  {problem.message(self.say)}"

    # ---- pictures
    def picture(self, node: Node) -> Markup:
        """What bears on a thing at the left, what it bears on at the right; each can be clicked."""
        before, after = self.graph.into(node), self.graph.out_of(node)
        rows = max(1, len(before), len(after))
        height, width = rows * ROW + 10, 3 * COLUMN + 2 * GAP
        middle = min(height / 2, MIDDLE)
        parts = []
        for side, things in ((0, before), (2, after)):
            top = max(5.0, middle - len(things) * ROW / 2)
            for k, (other, how) in enumerate(things.items()):
                y = top + k * ROW + ROW / 2
                parts.append(self._line(side, y, middle))
                parts.append(self._box(other, side * (COLUMN + GAP), y, how))
        parts.append(self._box(node, COLUMN + GAP, middle, []))
        told = self.say("map.picture", before=len(before), after=len(after))
        body = Markup("").join(parts)
        return Markup('<svg viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">{}</svg>').format(
            width, height, width, told, body
        )

    def _line(self, side: int, y: float, middle: float) -> Markup:
        left, right = (COLUMN, COLUMN + GAP) if side == 0 else (2 * COLUMN + GAP, 2 * COLUMN + 2 * GAP)
        y1, y2 = (y, middle) if side == 0 else (middle, y)
        half = (left + right) / 2
        return Markup('<path d="M{} {:.0f} C{} {:.0f} {} {:.0f} {} {:.0f}" class="edge"/>').format(
            left, y1, half, y1, half, y2, right, y2
        )

    def _box(self, node: Node, x: float, y: float, how: list[str]) -> Markup:
        kind = self.say(f"map.kind.{node.group}")
        below = f"{kind} · {', '.join(how)}" if how else kind
        inner = Markup(
            '<rect x="{}" y="{:.0f}" width="{}" height="{}" rx="6"/><text x="{}" y="{:.0f}">{}</text>'
            '<text x="{}" y="{:.0f}" class="how">{}</text>'
        ).format(x, y - BOX / 2, COLUMN, BOX, x + 9, y - 2, cut(self.title(node), CELLS), x + 9, y + 13, cut(below, CELLS + 6))
        mark = " bad" if node in self.troubles else ""
        return Markup('<a href="#{}" class="{}{}"><title>{}</title>{}</a>').format(
            self.ids[node], node.group, mark, escape(self.title(node)), inner
        )


def cut(text: str, cells: int) -> str:
    """A text of at most so many cells, with a mark where it was longer."""
    text = " ".join(printable(text).split())
    room = cells
    for k, char in enumerate(text):
        room -= max(0, wcwidth(char))
        if room < 0:
            return text[:k] + "…"
    return text
