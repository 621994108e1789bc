"""A line of the log."""

from __future__ import annotations

from collections.abc import Callable

from game.desk.views import Face
from game.i18n import Say
from game.screens.layout import Node
from game.screens.pictures.face import portrait
from game.screens.widgets import SMALL, Icon, Text, column, row
from game.words.log import Line

FACE = 26


def news_line(line: Line, say: Say, face: Callable[[str], Face] | None = None) -> Node:
    """What happened in which week; its mood by icon and colour, what moved below; `face`: of whom it is about."""
    color, icon = {"good": ("good", "up"), "bad": ("bad", "down"), "plain": ("muted", "right")}[line.mood]
    shown = portrait(face(line.who), FACE) if face and line.who else None
    return row(
        column(shown, Icon(icon, 13, color), gap=2) if shown else Icon(icon, 13, color),
        column(
            Text(say("now.line", week=line.week, text=line.text), SMALL + 0.5),
            Text(line.detail, SMALL - 0.5, "muted") if line.detail else None,
            gap=0,
            grow=1,
        ),
        gap=6,
        align="start",
    )
