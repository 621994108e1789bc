"""The three cycles over the weeks, on one axis."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from game.debrief.story import Story, WeekPoint
from game.i18n import Say
from game.screens.layout import Area, Box, Free
from game.screens.painter import Painter
from game.screens.widgets import SMALL, Text, column, row

LANES = (("stage", "accent", "lane.us"), ("phase", "warn", "lane.buyer"), ("step", "rival", "lane.steps"))


def cycles_chart(story: Story, say: Say) -> Box:
    """Where we, the customer and the procurement stood in each week, in stages of eight."""
    told = [Text("— " + say(label), SMALL + 0.5, color, bold=True) for _, color, label in LANES]
    keys = row(*told, Text("- - " + say("lane.plan"), SMALL + 0.5, "muted"), gap=18)
    return column(
        Free([], lambda ruler, area, children: [], lambda pen, node: _paint(pen, node.area, story), height=120), keys, gap=4
    )


def _paint(pen: Painter, area: Area, story: Story) -> None:
    left, top = pen.px(34), pen.px(6)
    inner = Area(area.x + left, area.y + top, area.w - left - pen.px(8), area.h - top - pen.px(20))
    rows = max(len(story.stages), len(story.phases)) - 1
    for k in range(rows + 1):
        y = inner.bottom - round(inner.h * k / max(1, rows))
        pen.line("soft", (inner.x, y), (inner.right, y), 1)
        if k % 2 == 0:
            pen.say(story.stages[k].split(" ")[0] if k < len(story.stages) else "", area.x, y - pen.px(9), 11, "muted")
    for week in range(0, story.last_week + 1, max(1, story.last_week // 8)):
        x = inner.x + round(inner.w * week / story.last_week)
        pen.say(str(week), x - pen.px(4), inner.bottom + pen.px(3), 11, "muted")
    for k, milestone in enumerate(story.milestones[:-1]):
        x = inner.x + round(inner.w * milestone / 100)
        y1, y2 = (inner.bottom - round(inner.h * (k + up) / max(1, rows)) for up in (0, 1))
        pen.dashes("muted", (x, y1), (x, y2), 1)
        after = inner.x + round(inner.w * story.milestones[k + 1] / 100)
        pen.dashes("muted", (x, y2), (after, y2), 1)
    for k, (name, color, _) in enumerate(LANES):
        _stairs(pen, inner, story, name, color, rows, k)


def _stairs(pen: Painter, inner: Area, story: Story, name: str, color: str, rows: int, lane: int) -> None:
    def at(p: WeekPoint) -> tuple[int, int]:
        x = inner.x + round(inner.w * p.week / story.last_week)
        return x, inner.bottom - round(inner.h * getattr(p, name) / max(1, rows)) + pen.px(2) * (lane - 1)

    points: Sequence[tuple[int, int]] = [at(p) for p in story.cycles]
    for one, other in itertools.pairwise(points):
        corner = (other[0], one[1])
        if corner != one:
            pen.line(color, one, corner, 2)
        if other != corner:
            pen.line(color, corner, other, 2)
