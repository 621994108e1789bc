"""A line of the log."""

from __future__ import annotations

from game.i18n import Say
from game.screens.layout import Node
from game.screens.widgets import SMALL, Icon, Text, column, row
from game.words.log import Line


def news_line(line: Line, say: Say) -> Node:
    """What happened in which week; its mood by icon and colour, what moved below."""
    color, icon = {"good": ("good", "up"), "bad": ("bad", "down"), "plain": ("muted", "right")}[line.mood]
    return row(
        Icon(icon, 13, color),
        column(
            Text(say("now.line", week=line.week, text=line.text), SMALL + 0.5),
            Text(line.detail, SMALL - 0.5, "muted") if line.detail else None,
            gap=0,
            grow=1,
        ),
        gap=6,
        align="start",
    )
