"""The painter: logical units to pixels, colours of the theme, and how each kind of node looks."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pygame

from game.fonts import RISE, Type
from game.paths import ICONS
from game.screens.layout import Area, Box, Free, Node, Scroll
from game.screens.painter import paint_bar, paint_pips
from game.screens.theme import THEMES, Color
from game.screens.widgets import Bar, Field, Icon, Pips, Rule, Text

BASE_WIDTH, BASE_HEIGHT = 1280, 720


class Pen:
    """Measures and paints on a surface. One for the life of a window; `fit` when its size or the text scale changes."""

    def __init__(self, surface: pygame.Surface, theme: str = "dark", text_scale: float = 1.0, type_: Type | None = None) -> None:
        self.type = type_ or Type()
        self._icons: dict[tuple[str, int, Color], pygame.Surface] = {}
        self.hover = ""
        self.focus = ""
        self.focus_seen = False
        self.fit(surface, theme, text_scale)

    def fit(self, surface: pygame.Surface, theme: str, text_scale: float) -> None:
        """A new surface, theme or text scale."""
        self.surface = surface
        self.theme = THEMES[theme]
        w, h = surface.get_size()
        self.unit = max(0.5, min(w / BASE_WIDTH, h / BASE_HEIGHT)) * text_scale
        self.room = (w / self.unit, h / self.unit)

    # ---- measures
    def px(self, units: float) -> int:
        return round(units * self.unit) if units <= 0 else max(1, round(units * self.unit))

    def text_size(self, text: str, size: float, bold: bool) -> tuple[int, int]:
        px = self.px(size)
        return self.type.width(text, px, bold), self.type.height(px)

    def lines(self, text: str, size: float, bold: bool, width: int) -> list[str]:
        return self.type.lines(text, self.px(size), bold, width)

    def color(self, name: str) -> Color:
        return self.theme[name]

    # ---- strokes for pictures
    def say(self, text: str, x: int, y: int, size: float, color: str, bold: bool = False) -> int:
        """A line of text with its box's corner at (x, y); its width."""
        px = self.px(size)
        made = self.type.made(text, px, bold, self.color(color))
        self.surface.blit(made, (x, y + self._lift(px, made)))
        return made.get_width()

    def _lift(self, px: int, made: pygame.Surface) -> int:
        """From the top of a line to the top of its surface, so that the glyphs stand in the middle."""
        return (self.type.height(px) - made.get_height()) // 2 - round(px * RISE)

    def line(self, color: str, start: tuple[int, int], end: tuple[int, int], width: float = 1) -> None:
        pygame.draw.aaline(self.surface, self.color(color), start, end, max(1, self.px(width)))

    def dashes(self, color: str, start: tuple[int, int], end: tuple[int, int], width: float = 1) -> None:
        """A broken line."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = max(1.0, (dx * dx + dy * dy) ** 0.5)
        step = self.px(10)
        for k in range(0, int(length), 2 * step):
            a, b = k / length, min(1.0, (k + step) / length)
            one = (round(start[0] + a * dx), round(start[1] + a * dy))
            other = (round(start[0] + b * dx), round(start[1] + b * dy))
            self.line(color, one, other, width)

    def rect(self, color: str, area: Area, radius: float = 0, edge: float = 0) -> None:
        """A filled rectangle, or its outline where `edge` is the width of the line."""
        width = max(1, self.px(edge)) if edge else 0
        box = pygame.Rect(area.x, area.y, area.w, area.h)
        pygame.draw.rect(self.surface, self.color(color), box, width, border_radius=self.px(radius) if radius else 0)

    def shape(self, color: str, points: list[tuple[int, int]], edge: bool = False) -> None:
        if edge:
            pygame.draw.aalines(self.surface, self.color(color), True, points)
        else:
            pygame.draw.polygon(self.surface, self.color(color), points)

    def dot(self, color: str, x: int, y: int, radius: float, hollow: bool = False) -> None:
        pygame.draw.aacircle(self.surface, self.color(color), (x, y), self.px(radius), max(1, self.px(1.5)) if hollow else 0)

    def icon(self, name: str, x: int, y: int, size: float, color: str) -> None:
        self.surface.blit(self._icon(name, self.px(size), self.color(color)), (x, y))

    def _icon(self, name: str, px: int, color: Color) -> pygame.Surface:
        key = (name, px, color)
        if key not in self._icons:
            svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("#000", "#{:02x}{:02x}{:02x}".format(*color))
            self._icons[key] = pygame.image.load_sized_svg(BytesIO(svg.encode()), (px, px)).convert_alpha()
        return self._icons[key]

    # ---- painting
    def paint(self, node: Node) -> None:
        """The node and all in it, as far as they show."""
        clip = self.surface.get_clip()
        if not node.area.meets(Area(clip.x, clip.y, clip.w, clip.h)):
            return
        painter = PAINTERS.get(type(node))
        if painter:
            painter(self, node)
        if isinstance(node, Scroll):
            self._scrolled(node, clip)
        else:
            for c in node.children:
                self.paint(c)
        if isinstance(node, Box) and node.id and node.id == self.focus and self.focus_seen:
            self._ring(node)

    def _ring(self, node: Box) -> None:
        self.rect("focus", node.area, node.radius, 2.5)

    def _scrolled(self, node: Scroll, clip: pygame.Rect) -> None:
        a = node.area
        self.surface.set_clip(pygame.Rect(a.x, a.y, a.w, a.h).clip(clip))
        for c in node.children:
            self.paint(c)
        if node.full > a.h > 0:
            tall = max(self.px(20), a.h * a.h // node.full)
            y = a.y + (a.h - tall) * node.offset // max(1, node.full - a.h)
            self.rect("line", Area(a.right - self.px(4), y, self.px(4), tall), 2)
        self.surface.set_clip(clip)

    def _box(self, node: Box) -> None:
        hot = node.pressable and node.id == self.hover
        if node.fill:
            self.rect("chosen" if hot and node.fill in ("raised", "panel") else node.fill, node.area, node.radius)
        if node.edge:
            self.rect("accent" if hot else node.edge, node.area, node.radius, 1)
        if node.mark:
            a = node.area
            self.rect(node.mark, Area(a.x, a.y, self.px(4), a.h), 2)

    def _free(self, node: Free) -> None:
        if node.paint:
            node.paint(self, node)

    def _text(self, node: Text) -> None:
        px = self.px(node.font)
        tall, y = self.type.height(px), node.area.y
        color = self.color(node.color)
        for line in self.lines(node.text, node.font, node.bold, max(1, node.area.w)):
            if line:
                made = self.type.made(line, px, node.bold, color)
                spare = node.area.w - made.get_width()
                x = node.area.x + {"start": 0, "center": spare // 2, "end": spare}[node.align]
                self.surface.blit(made, (x, y + self._lift(px, made)))
            y += tall

    def _icon_node(self, node: Icon) -> None:
        self.icon(node.icon, node.area.x, node.area.y, node.width, node.color)

    def _rule(self, node: Rule) -> None:
        self.rect("line", node.area)

    def _field(self, node: Field) -> None:
        a, pad = node.area, self.px(8)
        self.rect("back", a, 5)
        self.rect("accent" if node.focused else "line", a, 5, 1.5)
        tall = self.type.height(self.px(14))
        y = a.y + (a.h - tall) // 2
        clip = self.surface.get_clip()
        self.surface.set_clip(pygame.Rect(a.x + pad, a.y, max(0, a.w - 2 * pad), a.h).clip(clip))
        shown = node.text + node.composing
        over = max(0, self.type.width(shown, self.px(14), False) - (a.w - 2 * pad) + self.px(4))
        x = a.x + pad - over
        if shown:
            x += self.say(node.text, x, y, 14, "text") if node.text else 0
            if node.composing:
                wide = self.say(node.composing, x, y, 14, "accent")
                self.rect("accent", Area(x, y + tall - self.px(2), wide, self.px(1)))
                x += wide
        elif node.placeholder:
            self.say(node.placeholder, x, y, 14, "muted")
        if node.focused:
            self.rect("text", Area(x, y + self.px(2), self.px(1.5), tall - self.px(4)))
        self.surface.set_clip(clip)


PAINTERS: dict[type[Node], Callable[[Pen, Any], None]] = {
    Box: Pen._box,
    Free: Pen._free,
    Text: Pen._text,
    Icon: Pen._icon_node,
    Bar: paint_bar,
    Pips: paint_pips,
    Rule: Pen._rule,
    Field: Pen._field,
}
