"""The words that explain a box, beside it."""

from __future__ import annotations

from game.screens.layout import Area, Box
from game.window.pen import Pen

SIZE = 13
WIDEST, NARROWEST = 320, 170
"""Points; longer words are wrapped."""
LONG = 380
"""A box from so many points across on, as an answer, has its tip beside it: below it would lie on the next one."""


def paint_tip(pen: Pen, box: Box) -> None:
    """Below the box where there is room, else above it; beside a long one where there is room."""
    wide, high = pen.surface.get_size()
    margin, gap = pen.px(4), pen.px(6)
    beside = wide - box.area.right - gap - margin
    aside = box.area.w >= pen.px(LONG) and beside >= pen.px(NARROWEST)
    lines = pen.lines(box.tip, SIZE, False, (min(beside, pen.px(WIDEST)) - pen.px(20)) if aside else pen.px(WIDEST))
    tall = pen.text_size("国", SIZE, False)[1]
    w = max(pen.text_size(line, SIZE, False)[0] for line in lines) + pen.px(20)
    h = tall * len(lines) + pen.px(12)
    if aside:
        x, y = box.area.right + gap, max(margin, min(box.area.y, high - h - margin))
    else:
        x = max(margin, min(box.area.x, wide - w - margin))
        below = box.area.bottom + gap
        y = below if below + h < high else max(margin, box.area.y - h - gap)
    pen.rect("raised", Area(x, y, w, h), 6)
    pen.rect("accent", Area(x, y, w, h), 6, 1)
    for k, line in enumerate(lines):
        pen.say(line, x + pen.px(10), y + pen.px(6) + k * tall, SIZE, "text")
