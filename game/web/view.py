"""What one browser shows: screens laid out for its size, drawn, and sent as far as they changed."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from html import escape
from typing import Any

from game.fonts import Type
from game.screens.layout import Area, Box, Node, walk
from game.screens.places import box_of, pressables
from game.screens.screen import NOWHERE, Screen
from game.screens.settings import Settings, setting_of_key
from game.screens.stack import Navigate, Stack
from game.screens.widgets import Text
from game.web.page import Page

SMALLEST, LARGEST = (320, 320), (4096, 2304)
USUAL = (1280, 720)


@dataclass(frozen=True)
class Drawn:
    """A page as a list of elements, and what goes with it."""

    elements: list[str]
    focus: str
    outside: bool
    """Whether a press beside the dialog closes it."""
    theme: str
    language: str


class View(Stack):
    """The screens of one seat. Calls come one at a time; `lock` sees to it."""

    def __init__(self, settings: Settings, navigate: Navigate, type_: Type, first: Screen | None = None) -> None:
        super().__init__(settings, navigate, first)
        self.type, self.size = type_, USUAL
        self.lock = threading.RLock()
        self.version = secrets.randbelow(1 << 40)
        """Of what is shown. It begins anywhere: a page that was open when the room was closed is behind, whatever it has."""
        self.sent: Drawn | None = None
        self.roots: list[Node] = []

    # ---- drawing
    def fit(self, width: int, height: int) -> None:
        """The browser's own size, within what is sensible."""
        self.size = (
            max(SMALLEST[0], min(LARGEST[0], width)),
            max(SMALLEST[1], min(LARGEST[1], height)),
        )

    def draw(self) -> Drawn:
        """The screens as they are now."""
        if self.top.waiting():
            self.top.arrived()
        page = Page(self.type, self.size, self.settings.text_scale)
        look = self.look_in(page.room)
        seen = self.seen()
        self.roots = [screen.build(look) for screen in seen]
        elements: list[str] = []
        for k, root in enumerate(self.roots):
            root.place(page, Area(0, 0, *self.size))
            front = k == len(self.roots) - 1
            page.out = []
            page.paint(root)
            page.flush()
            elements += page.out if front and not k else _layer(page.out, front, self.top.modal, _title(root))
        first = self.top.first_focus
        ids = [b.id for b in pressables(self.roots[-1])]
        focus = first if first in ids else ids[0] if ids and first != NOWHERE else ""
        return Drawn(elements, focus, self.top.leaves_outside, self.settings.theme, self.settings.language)

    def patch(self, have: int) -> dict[str, Any]:
        """What has changed since version `have`, as that browser was sent it; everything where it has another one."""
        before = self.sent if have == self.version else None
        now = self.draw()
        if now != self.sent:
            # A browser that is behind gets all of it under the number that others have: nobody is made to ask again by that.
            self.version += 1
        self.sent = now
        start, end, fresh = difference(before.elements if before else [], now.elements)
        return {
            "v": self.version,
            "whole": before is None,
            "from": start,
            "to": end,
            "html": fresh,
            "focus": now.focus,
            "outside": now.outside,
            "theme": now.theme,
            "lang": now.language,
        }

    def stir(self) -> None:
        """Something shown here has changed without it: its browser hears of it, and asks. Never amid drawing: what is sent then
        would pass for the change."""
        with self.lock:
            self.version += 1

    # ---- acting
    def home(self) -> None:
        """Back to the screen on which all others stand."""
        self.screens = self.screens[:1]

    def press(self, id: str) -> bool:
        """Press what stands on top under this name; False where it does not, or cannot be pressed now."""
        box = self.find(id)
        if box is None or not box.pressable:
            return False
        self.act(self.told(box.message))
        return True

    def find(self, id: str) -> Box | None:
        if not self.roots:
            self.draw()
        return box_of(self.roots[-1], id)

    def write(self, text: str, done: bool) -> None:
        """The text field of the screen on top has this text now; `done`: Enter was pressed in it."""
        line = self.top.line
        if line is None:
            return
        line.text = text.replace("\n", " ")[: line.longest]
        if done:
            self.top.written()

    def key(self, name: str) -> None:
        """A key that nothing on the page claims."""
        wanted = setting_of_key(name, self.settings) if name in ("f2", "f3") else None
        if wanted:
            self.adjust(*wanted)
            return
        answer = self.top.key(name)
        if not isinstance(answer, bool):
            self.act(answer)

    def outside(self) -> None:
        """Beside a dialog was pressed."""
        if self.top.modal and self.top.leaves_outside:
            self.key("escape")


def _title(root: Node) -> str:
    """The first words on a screen: what a dialog is called."""
    return next((node.text for node in walk(root) if isinstance(node, Text)), "")


def difference(before: list[str], now: list[str]) -> tuple[int, int, list[str]]:
    """Which run of elements is replaced by which: (from, to, new ones)."""
    start = 0
    while start < min(len(before), len(now)) and before[start] == now[start]:
        start += 1
    end = 0
    while end < min(len(before), len(now)) - start and before[-1 - end] == now[-1 - end]:
        end += 1
    return start, len(before) - end, now[start : len(now) - end]


def _layer(elements: list[str], front: bool, modal: bool, name: str) -> list[str]:
    """A screen before another: what lies behind is out of reach."""
    inside = "".join(elements)
    if not front:
        return [f'<div class="behind" inert aria-hidden="true">{inside}</div>']
    if not modal:
        return elements
    return [
        '<div class="veil" id="veil"></div>',
        f'<div class="dialog" role="dialog" aria-modal="true" aria-label="{escape(name)}">{inside}</div>',
    ]
