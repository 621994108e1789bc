"""Pictures of the debrief: decisions against luck, the chance to win step by step, bars to the left and right."""

from __future__ import annotations

import itertools

from game.debrief.records import Review
from game.i18n import Say
from game.screens.layout import Area, Box, Free
from game.screens.painter import Painter
from game.screens.widgets import SMALL, Pips, Text, column, row

GRADE_LOOK = {
    "best": ("star", "good"),
    "inaccuracy": ("question", "warn"),
    "mistake": ("alert", "warn"),
    "blunder": ("cross", "bad"),
    "world": ("news", "muted"),
}
"""Icon and colour of every grade."""
DECISION, DICE = "accent", "warn"


def quadrant(review: Review, say: Say) -> Box:
    """Decisions (up) against luck (right), in points."""
    reach = max(20.0, abs(review.luck), abs(review.advantage)) * 1.15

    def paint(pen: Painter, node: Free) -> None:
        a = node.area
        x, y = a.x + a.w // 2, a.y + a.h // 2
        pen.rect("soft", a, 6)
        pen.line("muted", (x, a.y + pen.px(6)), (x, a.bottom - pen.px(6)), 1)
        pen.line("muted", (a.x + pen.px(6), y), (a.right - pen.px(6), y), 1)
        at = (
            x + round((a.w / 2 - pen.px(12)) * review.luck / reach),
            y - round((a.h / 2 - pen.px(12)) * review.advantage / reach),
        )
        pen.line(DECISION, (x, y), at, 2)
        pen.dot(DECISION, *at, 8)

    def corner(key: str, align: str) -> Text:
        return Text(say(f"debrief.corner.{key}"), SMALL, "muted", align=align, grow=1)

    return column(
        row(corner("well.unlucky", "start"), corner("well.lucky", "end"), gap=6),
        Free([], lambda ruler, area, children: [], paint, height=150),
        row(corner("poor.unlucky", "start"), corner("poor.lucky", "end"), gap=6),
        gap=3,
    )


def curve(review: Review, say: Say, at: int = 0, height: float = 150) -> Box:
    """The chance to win before each decision; bars show what decision and luck changed. `at` marks a decision (from 1)."""
    keys = row(
        Text("— " + say("debrief.curve.win"), SMALL + 0.5, "text", bold=True),
        row(Pips(1, 1, DECISION, 8), Text(say("debrief.legend.decision"), SMALL + 0.5, DECISION, bold=True), gap=4),
        row(Pips(1, 1, DICE, 8), Text(say("debrief.legend.dice"), SMALL + 0.5, DICE, bold=True), gap=4),
        Text("- - " + say("debrief.curve.stage"), SMALL + 0.5, "muted"),
        row(Pips(1, 1, "rival", 8), Text(say("debrief.curve.stated"), SMALL + 0.5, "rival"), gap=4) if review.forecasts else None,
        gap=16,
    )
    picture = Free([], lambda ruler, area, children: [], lambda pen, node: _curve(pen, node.area, review, at), height=height)
    return column(picture, keys, gap=4)


def _curve(pen: Painter, area: Area, review: Review, at: int) -> None:
    inner = Area(area.x + pen.px(38), area.y + pen.px(6), area.w - pen.px(48), area.h - pen.px(24))
    moves = review.moves
    many = max(1, len(moves))

    def across(k: float) -> int:
        return inner.x + round(inner.w * k / many)

    def up(percent: float) -> int:
        return inner.bottom - round(inner.h * percent / 100)

    for percent in (0, 50, 100):
        pen.line("soft", (inner.x, up(percent)), (inner.right, up(percent)), 1)
        pen.say(f"{percent}%", area.x, up(percent) - pen.px(8), 11, "muted")
    if at:
        pen.line("muted", (across(at - 0.5), inner.y), (across(at - 0.5), inner.bottom), 3)
    x, y = inner.x, up(0)
    for k, percent in [*review.milestones, (many, review.milestones[-1][1] if review.milestones else 0)]:
        pen.dashes("muted", (x, y), (across(k), y), 1)
        pen.dashes("muted", (across(k), y), (across(k), up(percent)), 1)
        x, y = across(k), up(percent)
    for k, m in enumerate(moves):
        if abs(m.win_chosen - m.win) >= 2:
            pen.line(DECISION, (across(k + 0.35), up(m.win)), (across(k + 0.35), up(m.win_chosen)), 4)
        if abs(m.win_after - m.win_chosen) >= 2:
            pen.line(DICE, (across(k + 0.65), up(m.win_chosen)), (across(k + 0.65), up(m.win_after)), 4)
    points = [(across(k), up(m.win)) for k, m in enumerate(moves)]
    points += [(across(many), up(moves[-1].win_after))] if moves else []
    for one, other in itertools.pairwise(points):
        pen.line("text", one, other, 2)
    for f in review.forecasts:
        fx, fy, r = across(f.at), up(f.stated), pen.px(6)
        pen.shape("rival", [(fx, fy - r), (fx + r, fy), (fx, fy + r), (fx - r, fy)])
    week = 0
    for k, m in enumerate(moves):
        if m.week >= week:
            pen.say(str(m.week), across(k) - pen.px(4), inner.bottom + pen.px(3), 11, "muted")
            week = m.week + max(1, moves[-1].week // 10)


def signed(value: float, reach: float) -> Free:
    """A bar to the left (taken) or to the right (given) of the middle."""

    def paint(pen: Painter, node: Free) -> None:
        a = node.area
        pen.rect("soft", a, 3)
        middle = a.x + a.w // 2
        long = round(a.w / 2 * min(1.0, abs(value) / max(0.1, reach)))
        left = middle if value >= 0 else middle - long
        pen.rect("good" if value >= 0 else "bad", Area(left, a.y, max(1, long), a.h))
        pen.line("muted", (middle, a.y), (middle, a.bottom - 1), 1)

    return Free([], lambda ruler, area, children: [], paint, height=10, grow=1)
