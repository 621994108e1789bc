"""The painter of pages: a laid-out tree becomes positioned elements. Text is text, what is pressed is a button, pictures are SVG.

Everything stands flat in its window (the page or a part that scrolls), where the layout put it; a button lies under what is drawn
on it and is named by its words, so that readers hear each thing once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from typing import Any

from game.fonts import LATIN, RISE, Type, font_files, is_chinese
from game.paths import ICONS
from game.screens.layout import Area, Box, Free, Node, Scroll, walk
from game.screens.painter import Spot, paint_bar, paint_pips
from game.screens.screen import WIDE
from game.screens.widgets import LARGE, TITLE, Bar, Field, Icon, Pips, Rule, Text

WINDOW = (1280, 720)
LEAST = 0.8
"""A desk for a large screen is drawn no smaller than this; below, the narrow one is drawn at full size."""


def unit_of(size: tuple[int, int], text_scale: float) -> float:
    """Pixels of a logical unit on a page of this size: as in a window of it, but never so small that it cannot be read."""
    fitting = min(size[0] / WINDOW[0], size[1] / WINDOW[1])
    wide = fitting >= LEAST and size[0] / fitting >= WIDE
    return (fitting if wide else 1.0) * text_scale


@cache
def _advances(face: str) -> tuple[Callable[[str], str | None], Any, int]:
    """Of a face: a character's glyph, the glyphs' advances, and units in an em."""
    from fontTools.ttLib import TTFont

    font = TTFont(font_files()[face], lazy=True)
    chars = font.getBestCmap()
    return (lambda c: chars.get(ord(c))), font["hmtx"], int(font["head"].unitsPerEm)


@cache
def natural_width(text: str, face: str) -> float:
    """How wide a browser sets a line, in ems, without kerning."""
    glyph, advances, units = _advances(face)
    return sum(advances[name][0] if (name := glyph(c)) else units for c in text) / units


class Page:
    """Measures as the window does and paints elements. One for each drawing."""

    hover = focus = ""
    focus_seen = False

    def __init__(self, type_: Type, size: tuple[int, int], text_scale: float) -> None:
        self.type, self.unit = type_, unit_of(size, text_scale)
        self.size = size
        self.room = (size[0] / self.unit, size[1] / self.unit)
        self.out: list[str] = []
        self.strokes: list[str] = []
        self.base: Spot = (0, 0)
        self.in_button = False

    # ---- measures
    def px(self, units: float) -> int:
        return round(units * self.unit) if units <= 0 else max(1, round(units * self.unit))

    def text_size(self, text: str, size: float, bold: bool) -> tuple[int, int]:
        px = self.px(size)
        return self.type.width(text, px, bold), self.type.height(px)

    def lines(self, text: str, size: float, bold: bool, width: int) -> list[str]:
        return self.type.lines(text, self.px(size), bold, width)

    # ---- what is put down
    def put(self, element: str) -> None:
        """An element, after the strokes that lie under it."""
        self.flush()
        self.out.append(element)

    def flush(self) -> None:
        if self.strokes:
            x, y = self.base
            self.out.append(f'<svg aria-hidden="true"><g transform="translate({-x},{-y})">{"".join(self.strokes)}</g></svg>')
            self.strokes.clear()

    def at(self, a: Area) -> str:
        return f"left:{a.x - self.base[0]}px;top:{a.y - self.base[1]}px;width:{a.w}px;height:{a.h}px"

    # ---- strokes
    def line(self, color: str, start: Spot, end: Spot, width: float = 1) -> None:
        wide = max(1, self.px(width))
        self.strokes.append(
            f'<line x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" class="s-{color}" stroke-width="{wide}"/>'
        )

    def dashes(self, color: str, start: Spot, end: Spot, width: float = 1) -> None:
        wide = max(1, self.px(width))
        self.strokes.append(
            f'<line x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" class="s-{color}" stroke-width="{wide}"'
            f' stroke-dasharray="{self.px(10)}"/>'
        )

    def rect(self, color: str, area: Area, radius: float = 0, edge: float = 0) -> None:
        wide = max(1, self.px(edge)) if edge else 0
        r = min(self.px(radius) if radius else 0, area.w // 2, area.h // 2)
        inset = wide / 2
        look = f'class="s-{color}" fill="none" stroke-width="{wide}"' if edge else f'class="f-{color}"'
        w, h = max(0, area.w - wide), max(0, area.h - wide)
        place = f'x="{area.x + inset:g}" y="{area.y + inset:g}" width="{w}" height="{h}"'
        self.strokes.append(f'<rect {place} rx="{r}" {look}/>')

    def shape(self, color: str, points: list[Spot], edge: bool = False) -> None:
        look = f'class="s-{color}" fill="none"' if edge else f'class="f-{color}"'
        self.strokes.append(f'<polygon points="{" ".join(f"{x:g},{y:g}" for x, y in points)}" {look}/>')

    def dot(self, color: str, x: int, y: int, radius: float, hollow: bool = False) -> None:
        r = self.px(radius)
        look = f'class="s-{color}" fill="none" stroke-width="{max(1, self.px(1.5))}"' if hollow else f'class="f-{color}"'
        self.strokes.append(f'<circle cx="{x}" cy="{y}" r="{r}" {look}/>')

    def icon(self, name: str, x: int, y: int, size: float, color: str) -> None:
        px = self.px(size)
        self.put(f'<i aria-hidden="true" class="c-{color}" style="{self.at(Area(x, y, px, px))}">{icon_svg(name)}</i>')

    def say(self, text: str, x: int, y: int, size: float, color: str, bold: bool = False) -> int:
        """A line of text with its box's corner at (x, y); its width."""
        wide, _ = self.text_size(text, size, bold)
        self.words(text, Area(x, y, wide, 0), size, color, bold)
        return wide

    def words(self, text: str, at: Area, size: float, color: str, bold: bool, level: int = 0) -> None:
        """One line of text, set as wide as it was measured."""
        px = self.px(size)
        face = "zh" if is_chinese(text) else "latin_bold" if bold else "latin"
        body = px if face == "zh" else round(px * LATIN)
        spacing = (at.w - natural_width(text, face) * body) / max(1, len(text))
        look = f"c-{color}{' z' if face == 'zh' else ''}{' b' if bold else ''}"
        place = f"left:{at.x - self.base[0]}px;top:{at.y - self.base[1] - round(px * RISE)}px;font-size:{body}px;"
        tall = f"line-height:{self.type.height(px)}px;letter-spacing:{spacing:.2f}px"
        role = f' role="heading" aria-level="{level}"' if level and not self.in_button else ""
        hidden = ' aria-hidden="true"' if self.in_button else ""
        self.put(f'<span class="{look}"{role}{hidden} style="{place}{tall}">{escape(text)}</span>')

    # ---- nodes
    def paint(self, node: Node) -> None:
        """The node and all in it."""
        painter = PAINTERS.get(type(node))
        if painter:
            painter(self, node)
        elif isinstance(node, Free) and node.paint:
            node.paint(self, node)
        if isinstance(node, (Box, Scroll)):
            return
        for c in node.children:
            self.paint(c)

    def box(self, node: Box) -> None:
        field = next((n for n in walk(node) if isinstance(n, Field)), None) if node.message is not None else None
        if field is not None:
            self.put(self._input(node, field))
            return
        if node.message is not None:
            self.put(self._button(node))
        elif node.fill or node.edge:
            self.put(f'<div class="{_look(node)}" style="{self.at(node.area)};border-radius:{self.px(node.radius)}px"></div>')
        if node.mark:
            self.rect(node.mark, Area(node.area.x, node.area.y, self.px(4), node.area.h), 2)
        before, self.in_button = self.in_button, self.in_button or node.message is not None
        for c in node.children:
            self.paint(c)
        self.in_button = before

    def _button(self, node: Box) -> str:
        name = " ".join(dict.fromkeys([node.name, *_texts(node)])).strip()
        tip = f' title="{escape(node.tip)}"' if node.tip else ""
        keys = f' data-keys="{escape("|".join(node.keys))}"' if node.keys else ""
        off = "" if node.enabled else " disabled"
        style = f"{self.at(node.area)};border-radius:{self.px(node.radius)}px"
        return (
            f'<button type="button" id="{escape(node.id)}" class="{_look(node)}" aria-label="{escape(name)}"'
            f'{tip}{keys}{off} style="{style}"></button>'
        )

    def _input(self, node: Box, field: Field) -> str:
        a = field.area
        style = f"{self.at(a)};font-size:{self.px(14)}px;padding:0 {self.px(8)}px"
        return (
            f'<input id="{escape(node.id)}" value="{escape(field.text)}" placeholder="{escape(field.placeholder)}"'
            f' aria-label="{escape(node.name)}" autocomplete="off" maxlength="400" style="{style}">'
        )

    def scroll(self, node: Scroll) -> None:
        a = node.area
        if node.full <= a.h:
            for c in node.children:
                self.paint(c)
            return
        self.flush()
        before, self.base = (self.out, self.base), (a.x, a.y)
        self.out = []
        for c in node.children:
            self.paint(c)
        self.flush()
        inside, (self.out, self.base) = "".join(self.out), before
        room = f'<div style="left:0;top:0;width:1px;height:{node.full}px"></div>'
        self.put(
            f'<div class="sc" tabindex="0" role="group" data-id="{escape(node.id)}" style="{self.at(a)}">{room}{inside}</div>'
        )

    def text(self, node: Text) -> None:
        px, y, a = self.px(node.font), node.area.y, node.area
        level = 0 if not node.bold or node.font < LARGE else 1 if node.font >= TITLE else 2
        for line in self.lines(node.text, node.font, node.bold, max(1, a.w)):
            if line:
                wide = self.type.width(line, px, node.bold)
                x = a.x + {"start": 0, "center": (a.w - wide) // 2, "end": a.w - wide}[node.align]
                self.words(line, Area(x, y, wide, 0), node.font, node.color, node.bold, level)
            y += self.type.height(px)

    def icon_node(self, node: Icon) -> None:
        self.icon(node.icon, node.area.x, node.area.y, node.width, node.color)

    def rule(self, node: Rule) -> None:
        self.rect("line", node.area)

    def bar(self, node: Bar) -> None:
        paint_bar(self, node)

    def pips(self, node: Pips) -> None:
        paint_pips(self, node)


PAINTERS: dict[type[Node], Callable[[Page, Any], None]] = {
    Box: Page.box,
    Scroll: Page.scroll,
    Text: Page.text,
    Icon: Page.icon_node,
    Bar: Page.bar,
    Pips: Page.pips,
    Rule: Page.rule,
}


def _look(node: Box) -> str:
    fill = f"g-{node.fill}" if node.fill else ""
    edge = f"e-{node.edge}" if node.edge else ""
    return " ".join(name for name in ("x", fill, edge) if name)


def _texts(node: Node) -> Iterator[str]:
    """The words on a node, in order; not those of what can be pressed by itself inside it."""
    for c in node.children:
        if isinstance(c, Text):
            yield c.text
        if not (isinstance(c, Box) and c.message is not None):
            yield from _texts(c)


@cache
def icon_svg(name: str) -> str:
    """An icon in the colour of its surroundings."""
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("#000", "currentColor")
    return svg[svg.index("<svg") :].strip()
