"""Places where scenes are set, drawn flat behind whoever speaks."""

from __future__ import annotations

from collections.abc import Callable

from game.desk.views import Face
from game.screens.layout import Area, Free
from game.screens.painter import Painter
from game.screens.pictures.face import paint_face


class _Canvas:
    """Strokes in hundredths of the picture's width and height."""

    def __init__(self, pen: Painter, area: Area) -> None:
        self.pen, self.area = pen, area

    def at(self, x: float, y: float) -> tuple[int, int]:
        return self.area.x + round(x * self.area.w / 100), self.area.y + round(y * self.area.h / 100)

    def box(self, color: str, x: float, y: float, w: float, h: float, round_: float = 0) -> None:
        left, top = self.at(x, y)
        right, bottom = self.at(x + w, y + h)
        self.pen.rect(color, Area(left, top, right - left, bottom - top), round_)

    def shape(self, color: str, *points: tuple[float, float]) -> None:
        self.pen.shape(color, [self.at(x, y) for x, y in points])

    def line(self, color: str, x: float, y: float, x2: float, y2: float, width: float = 2) -> None:
        self.pen.line(color, self.at(x, y), self.at(x2, y2), width)

    def dot(self, color: str, x: float, y: float, radius: float, hollow: bool = False) -> None:
        self.pen.dot(color, *self.at(x, y), radius, hollow)


def scenery(place: str, face: Face, height: float) -> Free:
    """The place with who speaks before it."""

    def paint(pen: Painter, node: Free) -> None:
        a = node.area
        canvas = _Canvas(pen, a)
        canvas.box("wall", 0, 0, 100, 72, 8)
        canvas.box("ground", 0, 70, 100, 30, 8)
        canvas.box("ground", 0, 70, 100, 10)
        PLACES.get(place, _office)(canvas)
        side = round(min(a.h * 0.94, a.w * 0.5))
        paint_face(pen, Area(a.x + (a.w - side) // 2, a.bottom - side, side, side), face)

    return Free([], lambda ruler, area, children: [], paint, height=height, grow=1)


def _window(c: _Canvas, x: float, y: float, w: float, h: float) -> None:
    c.box("glass", x, y, w, h, 3)
    c.line("wall", x + w / 2, y, x + w / 2, y + h, 2)
    c.line("wall", x, y + h / 2, x + w, y + h / 2, 2)


def _plant(c: _Canvas, x: float) -> None:
    c.shape("wood", (x - 3, 74), (x + 3, 74), (x + 2, 88), (x - 2, 88))
    for lean in (-7, -3, 1, 5):
        c.shape("leaf", (x - 1, 74), (x + 1, 74), (x + lean, 48))


def _office(c: _Canvas) -> None:
    _window(c, 6, 12, 22, 40)
    c.box("wood", 70, 20, 24, 34, 3)
    for k in range(3):
        c.line("wall", 70, 31 + 9 * k, 94, 31 + 9 * k, 2)
        c.box("tie" if k % 2 else "glass", 73 + 4 * k, 24 + 9 * k, 3, 6)
        c.box("leaf", 81, 24 + 9 * k, 4, 6)
    _plant(c, 90)


def _meeting(c: _Canvas) -> None:
    c.box("shirt", 8, 10, 34, 36, 3)
    for k, high in enumerate((8, 14, 11, 20)):
        c.box("accent", 13 + 7 * k, 42 - high, 4, high)
    c.shape("wood", (0, 92), (100, 92), (86, 74), (14, 74))
    _window(c, 68, 12, 26, 34)


def _floor(c: _Canvas) -> None:
    for k in range(3):
        x = 3 + 33 * k
        c.box("suit", x, 32, 24, 40, 3)
        c.box("glass", x + 4, 38, 10, 10, 2)
        c.dot("lamp" if k == 1 else "leaf", x + 19, 40, 4)
        c.line("silver", x + 12, 32, x + 12, 8, 3)
    c.line("silver", 0, 8, 100, 8, 4)
    c.line("lamp", 0, 88, 100, 88, 3)


def _corridor(c: _Canvas) -> None:
    c.shape("ground", (0, 100), (34, 62), (66, 62), (100, 100))
    c.shape("soft", (0, 0), (34, 18), (34, 62), (0, 100))
    c.shape("soft", (100, 0), (66, 18), (66, 62), (100, 100))
    for x, w in ((9, 10), (81, 10)):
        c.box("wood", x, 26, w, 50, 2)
    c.box("lamp", 44, 6, 12, 3, 2)


def _restaurant(c: _Canvas) -> None:
    c.line("silver", 50, 0, 50, 10, 2)
    c.shape("lamp", (42, 20), (58, 20), (54, 10), (46, 10))
    c.box("tie", 6, 14, 12, 34, 2)
    c.box("tie", 82, 14, 12, 34, 2)
    c.shape("wood", (4, 96), (96, 96), (84, 80), (16, 80))
    for x in (22, 34, 66, 78):
        c.dot("shirt", x, 87, 7)


def _phone(c: _Canvas) -> None:
    c.box("soft", 8, 12, 30, 64, 8)
    c.box("glass", 11, 18, 24, 46, 4)
    for k in range(3):
        c.dot("accent", 66, 40, 22 + 14 * k, hollow=True)


def _street(c: _Canvas) -> None:
    c.box("suit", 4, 22, 26, 50)
    for k in range(6):
        c.box("lamp" if k in (1, 4) else "glass", 8 + 10 * (k % 2), 27 + 14 * (k // 2), 7, 9)
    c.box("wood", 84, 46, 4, 30)
    c.dot("leaf", 86, 38, 26)
    c.line("silver", 36, 40, 36, 76, 3)
    c.line("silver", 64, 40, 64, 76, 3)


def _home(c: _Canvas) -> None:
    c.box("shirt", 8, 12, 26, 30, 3)
    c.line("accent", 12, 36, 18, 28, 3)
    c.line("accent", 18, 28, 23, 31, 3)
    c.line("accent", 23, 31, 30, 18, 3)
    _window(c, 66, 12, 28, 34)
    c.shape("wood", (0, 96), (100, 96), (90, 80), (10, 80))
    c.box("ink", 14, 68, 16, 12, 2)


def _paper(c: _Canvas) -> None:
    c.box("shirt", 12, 8, 34, 84, 2)
    for k in range(7):
        c.line("silver", 17, 20 + 9 * k, 41 if k % 3 else 33, 20 + 9 * k, 2)
    c.box("tie", 35, 78, 7, 10, 6)
    _window(c, 68, 12, 26, 34)


PLACES: dict[str, Callable[[_Canvas], None]] = {
    "office": _office,
    "meeting": _meeting,
    "floor": _floor,
    "corridor": _corridor,
    "restaurant": _restaurant,
    "phone": _phone,
    "street": _street,
    "home": _home,
    "paper": _paper,
}
