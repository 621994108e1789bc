"""The window: one loop that waits for events, gives them to the screen on top and paints when something has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pygame

from game.fonts import Type
from game.screens.layout import Area, Box, Node, Scroll, walk
from game.screens.places import box_at, box_of, page_of, pressables, toward
from game.screens.screen import NOWHERE, Answer, Look
from game.screens.settings import Settings, setting_of_key
from game.screens.stack import Navigate, Stack
from game.window.behind import Behind, patiently
from game.window.pen import Pen
from game.window.sounds import Player, Silence
from game.window.tip import paint_tip

REPEATED = frozenset({"tab", "left", "right", "up", "down", "page up", "page down", "backspace"})
"""Keys that go on while they are held."""
ARROWS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


POLL_MS = 150
"""How often a screen that waits for something is asked whether it has come."""


class App(Stack):
    """The screens on top of each other, and what the user sees of them."""

    def __init__(
        self,
        surface: pygame.Surface,
        settings: Settings,
        navigate: Navigate,
        folder: Path | None = None,
        type_: Type | None = None,
        sounds: Player | None = None,
    ) -> None:
        super().__init__(settings, navigate)
        self.folder = folder
        self.sounds = sounds or Silence()
        self.pen = Pen(surface, settings.theme, settings.text_scale, type_)
        self.roots: list[Node] = []
        self.offsets: dict[str, int] = {}
        self.text_on = False
        self.composed = ""
        self.down: set[int] = set()
        self.behind = Behind()
        self.given = ""
        """The focus as it was given when nothing had it."""
        self.moved = False
        """Whether the last key moved the focus: then its tip is shown."""
        self.mouse = (-1, -1)
        self.build()

    # ---- building and painting
    @property
    def root(self) -> Node:
        return self.roots[-1]

    def look(self) -> Look:
        return self.look_in(self.pen.room)

    def build(self) -> None:
        """Make the nodes of every screen that can be seen, and place them."""
        look = self.look()
        self.roots = [screen.build(look) for screen in self.seen()]
        w, h = self.pen.surface.get_size()
        for root in self.roots:
            for node in walk(root):
                if isinstance(node, Scroll):
                    node.offset = self.offsets.get(node.id, 0)
            root.place(self.pen, Area(0, 0, w, h))
        self._mend_focus()
        self._text_input()

    def _mend_focus(self) -> None:
        ids = [b.id for b in self.pressables()]
        if not self.pen.focus_seen and self.top.first_focus in ids and self.pen.focus == self.given:
            self.pen.focus = self.top.first_focus
        if self.pen.focus not in ids:
            first = self.top.first_focus
            self.pen.focus = self.given = first if first in ids else ids[0] if ids and first != NOWHERE else ""
        self._point_at(self.mouse)

    def _text_input(self) -> None:
        if self.top.typing() != self.text_on:
            self.text_on = self.top.typing()
            (pygame.key.start_text_input if self.text_on else pygame.key.stop_text_input)()

    def paint(self) -> None:
        """Everything anew; the surface is not flipped."""
        pen = self.pen
        pen.surface.fill(pen.color("back"))
        focus, hover = pen.focus, pen.hover
        if len(self.roots) > 1:
            self.behind.paint(pen, self.roots[:-1])
        pen.focus, pen.hover = focus, hover
        pen.paint(self.root)
        self._tip()

    def _tip(self) -> None:
        """The words about what the mouse points at, else about what has the focus."""
        found = self.find(self.pen.hover) or (self.find(self.pen.focus) if self.moved else None)
        if found is not None and found.tip:
            paint_tip(self.pen, found)

    # ---- what can be pressed
    def pressables(self) -> list[Box]:
        """Everything on the top screen that can have the focus, in reading order."""
        return pressables(self.root)

    def find(self, id: str) -> Box | None:
        return box_of(self.root, id)

    def at(self, x: int, y: int) -> Box | None:
        """The innermost thing under the mouse that can be pressed or explains itself."""
        return box_at(self.root, x, y)

    def _point_at(self, at: tuple[int, int]) -> bool:
        """Take note of the mouse; whether what it points at has changed."""
        self.mouse = at
        found = self.at(*at)
        before, self.pen.hover = self.pen.hover, found.id if found else ""
        return before != self.pen.hover

    # ---- acting
    def act(self, answer: Answer) -> None:
        self.behind.forget()
        super().act(answer)

    def came(self, anew: bool) -> None:
        if anew:
            self.offsets.clear()
        self.pen.focus = self.top.first_focus

    def adjust(self, setting: str, value: Any) -> None:
        """Change a setting and keep it."""
        self.behind.forget()
        super().adjust(setting, value)
        self.pen.fit(self.pen.surface, self.settings.theme, self.settings.text_scale)
        if self.folder:
            self.settings.write(self.folder)

    def press(self, box: Box) -> None:
        self.pen.focus = box.id
        self.act(self.told(box.message))
        self.build()
        self.sound("press")

    def told(self, message: Any) -> Answer:
        """What the screen on top answers; a sign is shown where it takes its time."""
        return patiently(self.pen, self.look().say("busy"), lambda: self.top.on(message))

    def sound(self, otherwise: str = "") -> None:
        """Play what goes with the screen on top, once."""
        cue = self.top.cue or otherwise
        for screen in self.screens:
            screen.cue = ""
        if cue and self.settings.sound:
            self.sounds.play(cue)

    def resized(self, surface: pygame.Surface) -> None:
        self.pen.fit(surface, self.settings.theme, self.settings.text_scale)
        self.behind.forget()
        self.build()

    # ---- events
    def handle(self, event: pygame.event.Event) -> bool:
        """Take an event; whether to paint anew."""
        handler = HANDLERS.get(event.type)
        return bool(handler and handler(self, event))

    def _quit(self, event: pygame.event.Event) -> bool:
        self.running = False
        return False

    def _window(self, event: pygame.event.Event) -> bool:
        surface = pygame.display.get_surface()
        if surface is not None:
            self.resized(surface)
        return True

    def _moved(self, event: pygame.event.Event) -> bool:
        return self._point_at(event.pos)

    def _clicked(self, event: pygame.event.Event) -> bool:
        if event.button != 1:
            return False
        self.pen.focus_seen = self.moved = False
        found = self.at(*event.pos)
        if found and found.pressable:
            self.press(found)
        elif (
            self.top.modal and self.top.leaves_outside and self.root.children and not self.root.children[0].area.holds(*event.pos)
        ):
            self._answer(self.top.key("escape"))
            self.build()
        return True

    def _wheel(self, event: pygame.event.Event) -> bool:
        for node in reversed(walk(self.root)):
            if isinstance(node, Scroll) and node.area.holds(*self.mouse) and node.full > node.area.h:
                self.scroll(node, -event.y * self.pen.px(48))
                return True
        return False

    def scroll(self, node: Scroll, by: int) -> None:
        self.offsets[node.id] = max(0, min(node.offset + by, node.full - node.area.h))
        self.build()

    def _typed(self, event: pygame.event.Event) -> bool:
        self.top.typed(event.text)
        self.build()
        return True

    def _composing(self, event: pygame.event.Event) -> bool:
        self.composed = event.text
        self.top.composing(event.text)
        self.build()
        return True

    def _released(self, event: pygame.event.Event) -> bool:
        self.down.discard(event.key)
        return False

    def _key(self, event: pygame.event.Event) -> bool:
        name = pygame.key.name(event.key)
        if event.key in self.down and name not in REPEATED:
            return False  # a key held down must not play on by itself
        self.down.add(event.key)
        name = {"keypad enter": "return", "=": "+"}.get(name, name)
        self.moved = name == "tab" or name in ARROWS
        control = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META))
        self.pen.focus_seen = True
        if control or name in ("f2", "f3"):
            return self._global_key(name)
        if self.top.typing():
            return self._typing_key(name)
        return self._plain_key(name, bool(event.mod & pygame.KMOD_SHIFT))

    def _global_key(self, name: str) -> bool:
        wanted = setting_of_key(name, self.settings)
        if wanted is None:
            return False
        self.adjust(*wanted)
        self.build()
        return True

    def _typing_key(self, name: str) -> bool:
        if self.composed and name in ("return", "backspace"):
            return False
        answer = self.top.key(name)
        if answer is False and name == "tab":
            return self._plain_key(name, False)
        self._answer(answer)
        self.build()
        return True

    def _answer(self, answer: Answer | bool) -> None:
        if not isinstance(answer, bool):
            self.act(answer)
            self.sound()

    def _plain_key(self, name: str, shift: bool) -> bool:
        claimed = next((b for b in self.pressables() if name in b.keys), None)
        if claimed:
            self.press(claimed)
        elif name == "tab":
            self._step(-1 if shift else 1)
        elif name in ("return", "space") and self.find(self.pen.focus):
            box = self.find(self.pen.focus)
            if box and box.pressable:
                self.press(box)
        elif name in ARROWS:
            self._toward(*ARROWS[name])
        elif name in ("page down", "page up"):
            return self._page(1 if name == "page down" else -1)
        else:
            answer = self.top.key(name)
            if answer is False:
                return True
            self._answer(answer)
            self.build()
        return True

    def _page(self, way: int) -> bool:
        """Scroll the window that holds the focus, else the largest."""
        node = page_of(self.root, self.pen.focus)
        if node is None:
            return False
        self.scroll(node, way * node.area.h * 3 // 4)
        return True

    def _step(self, way: int) -> None:
        boxes = self.pressables()
        if boxes:
            ids = [b.id for b in boxes]
            at = ids.index(self.pen.focus) if self.pen.focus in ids else -1 if way > 0 else 0
            self._focus(boxes[(at + way) % len(boxes)])

    def _toward(self, dx: int, dy: int) -> None:
        """Move the focus to the nearest thing in that direction."""
        here = self.find(self.pen.focus)
        if here is None:
            self._step(1)
            return
        best = toward(self.pressables(), here, dx, dy)
        if best:
            self._focus(best)

    def _focus(self, box: Box) -> None:
        """Give the focus and scroll to where it can be seen."""
        self.pen.focus = box.id
        for node in walk(self.root):
            if isinstance(node, Scroll) and any(n is box for n in walk(node)):
                over = box.area.bottom - node.area.bottom
                under = node.area.y - box.area.y
                if over > 0 or under > 0:
                    self.scroll(node, over + self.pen.px(6) if over > 0 else -under - self.pen.px(6))

    # ---- the loop
    def run(self, idle: Callable[[], bool] | None = None) -> None:
        """Until the window is closed. `idle` does a piece of work while nothing happens; False when there is none left."""
        self.paint()
        pygame.display.flip()
        while self.running:
            changed = False
            for event in self._events(bool(idle)):
                changed |= self.handle(event)
                if not self.running:
                    return
            if not changed and idle:
                if not idle():
                    idle = None
                self.build()
                changed = True
            if not changed and self.top.waiting() and self.top.arrived():
                self.build()
                changed = True
            if changed:
                self.paint()
                pygame.display.flip()

    def _events(self, busy: bool) -> Iterable[pygame.event.Event]:
        """What has come in; waits for it where there is nothing else to do. Of a run of mouse moves only the last matters."""
        first = pygame.event.wait(1) if busy else pygame.event.wait(POLL_MS) if self.top.waiting() else pygame.event.wait()
        found = [e for e in (first, *pygame.event.get()) if e.type]
        moves = [k for k, e in enumerate(found) if e.type == pygame.MOUSEMOTION]
        return [e for k, e in enumerate(found) if k not in moves[:-1]]


HANDLERS: dict[int, Callable[[App, pygame.event.Event], bool]] = {
    pygame.QUIT: App._quit,
    pygame.WINDOWSIZECHANGED: App._window,
    pygame.WINDOWEXPOSED: App._window,
    pygame.MOUSEMOTION: App._moved,
    pygame.MOUSEBUTTONDOWN: App._clicked,
    pygame.MOUSEWHEEL: App._wheel,
    pygame.TEXTINPUT: App._typed,
    pygame.TEXTEDITING: App._composing,
    pygame.KEYDOWN: App._key,
    pygame.KEYUP: App._released,
}
