"""The stage track: our stages with their gates, and below them where the customer and the procurement stand."""

from __future__ import annotations

from collections.abc import Sequence

from game.desk.views import Cycle, Desk, StageView
from game.i18n import Say
from game.screens.layout import Area, Box, Free, Node, Ruler
from game.screens.painter import Painter
from game.screens.widgets import SMALL, Icon, Pips, Text, column, row

SHOWN = 8
"""Stages beside each other at most."""


def window(at: int, many: int) -> range:
    """The positions to show around `at`."""
    first = max(0, min(at - SHOWN // 2 + 1, many - SHOWN))
    return range(first, min(many, first + SHOWN))


def track(desk: Desk, say: Say) -> Box:
    """Three lanes in the same columns."""
    shown = window(desk.stage_at, len(desk.stages))
    stages = [desk.stages[k] for k in shown]
    return column(
        row(_label(say("lane.us"), "flag"), _chevrons([_stage(s) for s in stages], stages), gap=6, align="stretch"),
        _lane(say("lane.buyer"), "person", desk.phases, shown),
        _lane(say("lane.steps"), "criteria", desk.steps, shown) if desk.steps.names and desk.steps.names[0] else None,
        gap=4,
    )


def _label(text: str, icon: str) -> Box:
    return row(Icon(icon, 14, "muted"), Text(text, SMALL, "muted", grow=1), width=92, gap=5)


def _stage(s: StageView) -> Node:
    color = f"on_{s.state}"
    dots = Pips(s.met, s.points, color, 6) if s.points and s.state == "now" else None
    done = Icon("check", 13, color) if s.state == "done" else None
    return column(
        row(Text(s.name, 15, color, bold=True, grow=1), done, dots, gap=4),
        Text(s.title, SMALL - 0.5, color),
        gap=0,
    )


def _chevrons(cells: Sequence[Node], stages: Sequence[StageView]) -> Free:
    def step(area: Area) -> float:
        return area.w / max(1, len(cells))

    def placer(ruler: Ruler, area: Area, children: Sequence[Node]) -> Sequence[Area]:
        nose, wide, top = ruler.px(10), step(area), ruler.px(4)
        found = []
        for k, c in enumerate(children):
            w = int(wide) - 2 * nose - ruler.px(4)
            h = min(c.size(ruler, w)[1], area.h - top)
            found.append(Area(area.x + round(k * wide) + nose + ruler.px(4), area.y + (area.h - h) // 2, w, h))
        return found

    def paint(pen: Painter, node: Free) -> None:
        a, nose, gap = node.area, pen.px(10), pen.px(3)
        for k, s in enumerate(stages):
            left, right = a.x + round(k * step(a)), a.x + round((k + 1) * step(a)) - gap
            middle = a.y + a.h // 2
            points = [(left, a.y), (right - nose, a.y), (right, middle), (right - nose, a.bottom - 1), (left, a.bottom - 1)]
            points += [(left + nose, middle)] if k else []
            pen.shape(s.state, points)
            pen.shape("accent" if s.state == "now" else "line", points, edge=True)

    def needs(ruler: Ruler, room: int) -> tuple[int, int]:
        cell = room // max(1, len(cells)) - 2 * ruler.px(10) - ruler.px(4)
        return room, max(c.size(ruler, cell)[1] for c in cells) + ruler.px(8)

    return Free(cells, placer, paint, grow=1, needs=needs)


def _lane(label: str, icon: str, cycle: Cycle, shown: range) -> Box:
    cells = [_position(cycle, k) for k in shown]
    return row(_label(label, icon), Box("grid", *cells, columns=len(cells), gap=3, grow=1), gap=6, align="stretch")


def _position(cycle: Cycle, k: int) -> Node:
    if k >= len(cycle.names):
        return row(Text("", SMALL))
    state = "done" if k < cycle.at else "now" if k == cycle.at else "ahead"
    return row(
        Icon("play", 10, "on_now") if state == "now" else None,
        Text(cycle.names[k], SMALL - 0.5, f"on_{state}", bold=state == "now", grow=1),
        fill=state,
        edge="accent" if state == "now" else "",
        pad=(7, 1),
        gap=4,
        radius=3,
    )


def short_track(desk: Desk, say: Say) -> Box:
    """The same in three lines, for little room."""
    phase = desk.phases.names[desk.phases.at]
    step = desk.steps.names[desk.steps.at] if desk.steps.at >= 0 and desk.steps.names else ""
    return column(
        row(
            _label(say("lane.us"), "flag"),
            Text(desk.stage, 13, bold=True, grow=1),
            Text(f"{desk.stage_at + 1}/{len(desk.stages)}", SMALL),
        ),
        row(
            _label(say("lane.buyer"), "person"),
            Text(phase, 13, grow=1),
            Text(f"{desk.phases.at + 1}/{len(desk.phases.names)}", SMALL),
        ),
        row(
            _label(say("lane.steps"), "criteria"),
            Text(step, 13, grow=1),
            Text(f"{desk.steps.at + 1}/{len(desk.steps.names)}", SMALL),
        )
        if step
        else None,
        gap=1,
        fill="panel",
        edge="line",
        pad=(8, 4),
    )
