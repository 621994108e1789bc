"""What the wall shows while the class talks about its deals: one thing at a time, opened from the console."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from game.debrief.cohort import Cohort
from game.debrief.figures import whole, whole_signed
from game.i18n import Say
from game.report import class_charts
from game.web.pages import render
from game.web.seat import Seat

SLIDES = ("gates", "award", "verdicts", "keys", "points", "forecasts", "questions", "board", "lessons")
GATES = 8
"""Questions to ask, one at each gate."""
QUADRANTS = (("well", True), ("well", False), ("poor", True), ("poor", False))
"""How it was played, and whether it was won."""


@dataclass(frozen=True)
class Line:
    """A deal at its award: who, what they forecast last, how it ended ('' while the envelope is closed)."""

    name: str
    forecast: int | None
    kind: str
    points: int | None


def label(seat: Seat, k: int, named: bool, say: Say) -> str:
    """Who a seat is on the wall: without a name until somebody wants them."""
    return seat.title if named else say("room.team", n=k + 1)


def awards(seats: Sequence[Seat], opened: int, named: bool, say: Say) -> list[Line]:
    """The finished deals of these seats, the surest forecast first; the first `opened` show how they ended."""
    at_play = [(seat, label(seat, k, named, say)) for k, seat in enumerate(seats)]
    over = [(seat, name) for seat, name in at_play if seat.session.playing.over]
    over.sort(key=lambda row: (-(row[0].forecast() or 0), row[0].id))
    lines = []
    for k, (seat, name) in enumerate(over):
        shown = k < opened
        lines.append(
            Line(
                name,
                seat.forecast(),
                say(f"kind.{seat.kind()}") if shown else "",
                seat.session.playing.result()["points"] if shown else None,
            )
        )
    return lines


def quadrants(rows: Sequence[tuple[str, str, bool]]) -> list[dict[str, Any]]:
    """The judged deals by how they were played and whether they were won: (who, verdict, won)."""
    found = []
    for well, won in QUADRANTS:
        here = [(who, verdict.partition(".")) for who, verdict, won_it in rows if won_it == won]
        names = [(who, fortune) for who, (played, _, fortune) in here if played == well]
        found.append({"key": f"{well}.{'won' if won else 'not'}", "names": names})
    return found


def steps_of(slide: str, cohort: Cohort | None, over: int) -> int:
    """The last step of a slide, from 0."""
    if slide == "award":
        return over
    if slide == "gates":
        return GATES - 1
    if cohort is None:
        return 0
    return {"keys": len(cohort.key_points) - 1, "questions": len(cohort.questions) - 1}.get(slide, 0)


def slide_page(say: Say, slide: str, step: int, values: dict[str, Any]) -> str:
    """A slide as a piece of a page."""
    return render("slide.html", say, slide=slide, step=step, signed=whole_signed, whole=whole, charts=class_charts, **values)
