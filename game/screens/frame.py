"""The frames in which screens stand: a dialog before the desk, a page of its own."""

from __future__ import annotations

from collections.abc import Sequence

from game.i18n import Say
from game.screens.layout import Area, Box, Free, Node, Ruler, Scroll
from game.screens.messages import Back
from game.screens.screen import Look
from game.screens.widgets import LARGE, Icon, Rule, Text, button, column, row

WIDTH, MARGIN = 820, 24


def dialog(
    look: Look,
    title: str,
    body: Node,
    foot: Node | None,
    *,
    icon: str = "",
    scroll: str = "dialog",
    width: float = WIDTH,
    still: bool = False,
) -> Free:
    """A box in the middle of the screen, as tall as it must be; its body scrolls where there is no room. A `still` one has
    all the height there is, so that nothing moves when its body grows."""
    head = row(Icon(icon, 20, "accent") if icon else None, Text(title, LARGE, bold=True, grow=1), gap=8)
    window = Scroll(scroll, body, grow=1)
    box = column(head, Rule(), window, foot, gap=10, pad=(18, 14), fill="panel", edge="accent", radius=10)

    def placer(ruler: Ruler, area: Area, children: Sequence[Node]) -> Sequence[Area]:
        w = min(ruler.px(width), area.w - 2 * ruler.px(min(MARGIN, look.room[0] / 40)))
        room = area.h - 2 * ruler.px(min(MARGIN, look.room[1] / 40))
        h = room if still else min(box.size(ruler, w)[1], room)
        return [Area(area.x + (area.w - w) // 2, area.y + (area.h - h) // 2, w, h)]

    return Free([box], placer)


def page(
    look: Look,
    title: str,
    body: Node,
    foot: Node | None,
    *,
    icon: str = "",
    scroll: str = "page",
    width: float = 1100,
    bar: Node | None = None,
) -> Box:
    """A screen of its own: a heading, a body that scrolls, and what one can do at the foot."""
    head = row(Icon(icon, 24, "accent") if icon else None, Text(title, 22, bold=True, grow=1), gap=10)
    inner = column(head if title else None, bar, Scroll(scroll, body, grow=1), foot, gap=12, grow=1, pad=(0, 0))
    side = max(12.0, (look.room[0] - width) / 2)
    return Box("column", inner, pad=(side, 16 if look.wide else 8))


def back_button(say: Say, *more: str) -> Box:
    """Closes a dialog; Esc does, and so do the keys in `more`."""
    return button(say("do.back"), Back(), keys=("escape", *more), shown="Esc", id="back")
