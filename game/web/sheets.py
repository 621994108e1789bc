"""Worksheets for a scenario, to be printed on A3: what a team draws by hand before it plays, and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from game.i18n import Say
from game.scenario.kinds import Level
from game.scenario.load import Ready
from game.scenario.topics import LINES
from game.web.pages import render, stages_of
from game.words.names import Teller, short

ROWS = 8
"""Empty lines of a plan."""
QUADRANTS = ("strength", "weakness", "opportunity", "threat")


@dataclass(frozen=True)
class Box:
    """Somebody of the customer's, to be placed: name and office."""

    name: str
    title: str


def sheets_page(say: Say, ready: Ready) -> str:
    """All worksheets of a scenario, a page each."""
    tell, sc = Teller(ready, say), ready.scenario
    known = [name for name, person in sc.people.items() if person.here and person.found]
    rows = [[_box(tell, name) for name in known if sc.people[name].level == level] for level in get_args(Level)]
    chart = [row for row in rows if row]
    return render(
        "sheets.html",
        say,
        title=tell.text("title"),
        chart=chart,
        people=[_box(tell, name) for name in known],
        members=[short(tell.text("team", name, "name")) for name in sc.team],
        stages=stages_of(ready, say),
        lines=[say(f"line.{line}") for line in LINES],
        quadrants=[say(f"swot.{q}") for q in QUADRANTS],
        bones=[tell.text("bones", name, "name") for name in sc.bones],
        rows=ROWS,
    )


def _box(tell: Teller, name: str) -> Box:
    return Box(tell.text("people", name, "name"), tell.text("people", name, "title"))
