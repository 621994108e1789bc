"""The customer's pace as a picture: how long the phase still takes and why, the dates, who has a say."""

from __future__ import annotations

from game.desk.pace import pace_head, pace_line, pace_say, pace_ways
from game.desk.pace_view import PaceLine, PaceView, SayView
from game.desk.views import Desk
from game.i18n import Say
from game.screens.layout import Box
from game.screens.widgets import BODY, SMALL, Icon, Text, column, row


def pace_box(view: PaceView, say: Say) -> Box:
    """How long the customer's phase still takes."""
    return row(
        Icon("calendar", 16, "accent"),
        Text(pace_head(view, say), BODY, bold=True, grow=1),
        gap=6,
        fill="raised",
        pad=(8, 6),
        radius=4,
    )


PACE_ICONS = {
    ("work", True): ("check", "good"),
    ("work", False): ("wait", "warn"),
    ("speeds", True): ("up", "good"),
    ("speeds", False): ("up", "muted"),
    ("holds", True): ("down", "bad"),
    ("holds", False): ("down", "muted"),
}


def pace(desk: Desk, say: Say) -> Box:
    """The customer's pace: how long and why, what can be done, the dates, who has a say."""
    view = desk.pace
    dates = [row(Icon("criteria", 14, "muted"), Text(text, SMALL + 0.5, grow=1), gap=6) for text in view.dates]
    says = [_say(one, say) for one in view.says]
    return column(
        pace_box(view, say),
        *(_pace_line(line, say) for line in view.lines),
        *([Text(say("pace.dates"), BODY, bold=True), *dates] if dates else []),
        *([Text(say("pace.says"), BODY, bold=True), *says] if says else []),
        gap=5,
    )


def _pace_line(line: PaceLine, say: Say) -> Box:
    icon, color = PACE_ICONS[line.kind, line.so]
    ways = pace_ways(line, say)
    words = column(
        Text(pace_line(line, say), SMALL + 0.5, "text" if color != "muted" else "muted"),
        Text(ways, SMALL, "muted") if ways else None,
        gap=1,
        grow=1,
    )
    return row(Icon(icon, 14, color), words, gap=6, align="start")


def _say(view: SayView, say: Say) -> Box:
    color = "good" if view.met else "bad" if view.ahead <= 1 else "warn"
    return row(Icon("person", 14, color), Text(pace_say(view, say), SMALL + 0.5, color, grow=1), gap=6)
