"""What stands behind a dialog, darkened; and the sign that something takes its time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

import pygame

from game.screens.layout import Area, Node
from game.window.pen import Pen

PATIENCE = 0.3
"""Seconds that anybody waits without being told."""
PUMP = 0.05
Found = TypeVar("Found")


class Behind:
    """The screens behind a dialog, kept as a picture until something is pressed or the window changes."""

    def __init__(self) -> None:
        self.picture: pygame.Surface | None = None

    def forget(self) -> None:
        self.picture = None

    def paint(self, pen: Pen, roots: Sequence[Node]) -> None:
        """Onto the pen's surface, all of it."""
        if self.picture is not None:
            pen.surface.blit(self.picture, (0, 0))
            return
        pen.focus = pen.hover = ""
        for root in roots:
            pen.paint(root)
        pen.surface.fill(pen.color("veil"), special_flags=pygame.BLEND_RGB_MULT)
        self.picture = pen.surface.copy()


def patiently(pen: Pen, words: str, work: Callable[[], Found]) -> Found:
    """What `work` finds. Where it takes longer than `PATIENCE`, a sign says so, and what is pressed meanwhile does not count."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        if wait([future], PATIENCE).done:
            return future.result()
        _sign(pen, words)
        shown = pygame.display.get_surface() is pen.surface
        if shown:
            pygame.display.flip()
        while not wait([future], PUMP).done:
            if shown:
                pygame.event.pump()
        if shown:
            pygame.event.clear((pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN, pygame.TEXTINPUT))
        return future.result()


def _sign(pen: Pen, words: str) -> None:
    """A line in the middle of the window."""
    width, height = pen.text_size(words, 15, True)
    wide, high = pen.surface.get_size()
    w, h = width + pen.px(48), height + pen.px(28)
    area = Area((wide - w) // 2, (high - h) // 2, w, h)
    pen.rect("raised", area, 8)
    pen.rect("accent", area, 8, 2)
    pen.say(words, area.x + pen.px(24), area.y + pen.px(14), 15, "text", True)
