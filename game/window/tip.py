"""The words that explain a box, beside it."""

from __future__ import annotations

from game.screens.layout import Area, Box
from game.window.pen import Pen

SIZE = 13
WIDEST = 320
"""Points; longer words are wrapped."""


def paint_tip(pen: Pen, box: Box) -> None:
    """Below the box where there is room, else above it."""
    lines = pen.lines(box.tip, SIZE, False, pen.px(WIDEST))
    tall = pen.text_size("国", SIZE, False)[1]
    w = max(pen.text_size(line, SIZE, False)[0] for line in lines) + pen.px(20)
    h = tall * len(lines) + pen.px(12)
    wide, high = pen.surface.get_size()
    x = max(pen.px(4), min(box.area.x, wide - w - pen.px(4)))
    below = box.area.bottom + pen.px(6)
    y = below if below + h < high else max(pen.px(4), box.area.y - h - pen.px(6))
    pen.rect("raised", Area(x, y, w, h), 6)
    pen.rect("accent", Area(x, y, w, h), 6, 1)
    for k, line in enumerate(lines):
        pen.say(line, x + pen.px(10), y + pen.px(6) + k * tall, SIZE, "text")
