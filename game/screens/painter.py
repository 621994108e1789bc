"""What paints: the dozen strokes that pictures are made of. A window implements them with pixels, a page with elements.

Places are whole pixels; sizes, widths and radii are logical units; colours are names of the theme.
"""

from __future__ import annotations

from typing import Protocol

from game.screens.layout import Area, Ruler
from game.screens.widgets import Bar, Pips

Spot = tuple[int, int]


class Painter(Ruler, Protocol):
    """Paints and measures. `hover` and `focus` are the ids of what the pointer is on and of what has the keyboard; the latter is
    shown only while `focus_seen`."""

    hover: str
    focus: str
    focus_seen: bool

    def line(self, color: str, start: Spot, end: Spot, width: float = 1) -> None: ...

    def dashes(self, color: str, start: Spot, end: Spot, width: float = 1) -> None: ...

    def rect(self, color: str, area: Area, radius: float = 0, edge: float = 0) -> None: ...

    def shape(self, color: str, points: list[Spot], edge: bool = False) -> None: ...

    def dot(self, color: str, x: int, y: int, radius: float, hollow: bool = False) -> None: ...

    def icon(self, name: str, x: int, y: int, size: float, color: str) -> None: ...

    def say(self, text: str, x: int, y: int, size: float, color: str, bold: bool = False) -> int:
        """A line of text with its box's corner at (x, y); its width."""
        ...


def lit(painter: Painter) -> str:
    """What is looked at: under the pointer, else what visibly has the keyboard; '' for nothing."""
    return painter.hover or (painter.focus if painter.focus_seen else "")


def paint_bar(painter: Painter, node: Bar) -> None:
    """A share of a whole, with its tick."""
    a = node.area
    painter.rect("soft", a, node.height / 2)
    if node.share > 0:
        painter.rect(node.color, Area(a.x, a.y, max(a.h, round(a.w * node.share)), a.h), node.height / 2)
    if node.tick >= 0:
        x = a.x + round(a.w * node.tick)
        painter.rect("text", Area(x, a.y - painter.px(2), painter.px(2), a.h + painter.px(4)))


def paint_pips(painter: Painter, node: Pips) -> None:
    """Full squares, then empty ones."""
    size, step = painter.px(node.height - 4), painter.px(node.height - 1)
    for k in range(node.many):
        at = Area(node.area.x + k * step, node.area.y + painter.px(2), size, size)
        painter.rect(node.color, at, 1, 0 if k < node.full else 1)
