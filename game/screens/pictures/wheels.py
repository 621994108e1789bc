"""The picture of the title: three wheels of eight positions, each at a pace of its own."""

from __future__ import annotations

import itertools
from math import cos, pi, sin

from game.i18n import Say
from game.screens.layout import Box, Free
from game.screens.painter import Painter
from game.screens.widgets import SMALL, Text, column, grid

POSITIONS = 8
WHEELS = (("lane.us", "accent", 4), ("lane.buyer", "warn", 3), ("lane.steps", "rival", 3))
"""Name, colour, and how far each has turned."""


def wheels(say: Say) -> Box:
    """We, the customer, the purchasing."""
    shown = [
        column(_wheel(color, at), Text(say(name), SMALL + 1, color, bold=True, align="center"), gap=4)
        for name, color, at in WHEELS
    ]
    return column(grid(len(shown), *shown, gap=20), Text(say("title.wheels"), SMALL + 1, "muted", align="center"), gap=8)


def _wheel(color: str, at: int) -> Free:
    def paint(pen: Painter, node: Free) -> None:
        a = node.area
        x, y, r = a.x + a.w // 2, a.y + a.h // 2, min(a.w, a.h) / 2 - pen.px(12)
        points = [_point(x, y, r, k / 64) for k in range(65)]
        for one, other in itertools.pairwise(points):
            pen.line("line", one, other, 2)
        for k in range(at * 64 // POSITIONS):
            pen.line(color, points[k], points[k + 1], 4)
        for k in range(POSITIONS):
            px, py = _point(x, y, r, k / POSITIONS)
            pen.dot(color if k <= at else "soft", px, py, 9 if k == at else 6)
            if k == at:
                pen.say(f"P{k}", x - pen.px(10), y - pen.px(13), 19, color, bold=True)

    return Free([], lambda ruler, area, children: [], paint, height=150)


def _point(x: int, y: int, r: float, turn: float) -> tuple[int, int]:
    """A point on a circle, a share of a turn from the top, clockwise."""
    return round(x + r * sin(2 * pi * turn)), round(y - r * cos(2 * pi * turn))
