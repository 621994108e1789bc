"""Portraits, drawn from how somebody looks: the same every time, no two alike."""

from __future__ import annotations

from zlib import crc32

from game.desk.views import Face
from game.screens.layout import Area, Free
from game.screens.painter import Painter

GREY = 55
"""From this age on hair is grey."""
LARGE = 44
"""From this size on glasses have frames; smaller ones would be blots."""
LINED = 48
"""From this age on a face has lines."""


def portrait(face: Face, size: float) -> Free:
    """A square of so many units with head and shoulders."""

    def paint(pen: Painter, node: Free) -> None:
        pen.rect("soft", node.area, 8)
        paint_face(pen, node.area, face)

    return Free([], lambda ruler, area, children: [], paint, width=size, height=size)


class _Sketch:
    """Strokes in hundredths of the square."""

    def __init__(self, pen: Painter, area: Area) -> None:
        self.pen, self.area = pen, area
        self.side = min(area.w, area.h)
        self.units = self.side / pen.px(1000) * 1000

    def at(self, x: float, y: float) -> tuple[int, int]:
        return self.area.x + round(x * self.side / 100), self.area.y + round(y * self.side / 100)

    def box(self, color: str, x: float, y: float, w: float, h: float, round_: float = 0) -> None:
        left, top = self.at(x, y)
        right, bottom = self.at(x + w, y + h)
        self.pen.rect(color, Area(left, top, right - left, bottom - top), round_ * self.units / 100)

    def shape(self, color: str, *points: tuple[float, float]) -> None:
        self.pen.shape(color, [self.at(x, y) for x, y in points])

    def dot(self, color: str, x: float, y: float, radius: float, hollow: bool = False) -> None:
        self.pen.dot(color, *self.at(x, y), radius * self.units / 100, hollow)

    def line(self, color: str, x: float, y: float, x2: float, y2: float, width: float = 1.6) -> None:
        self.pen.line(color, self.at(x, y), self.at(x2, y2), max(1.0, width * self.units / 100))


def paint_face(pen: Painter, area: Area, face: Face) -> None:
    """Shoulders, head, hair, features."""
    sketch, lot = _Sketch(pen, area), crc32(face.key.encode())
    _shoulders(sketch, face)
    wide = 19 + lot % 4
    hair = "silver" if face.age >= GREY + lot % 5 else "hair"
    skin = "skin" if lot >> 3 & 1 else "skin2"
    if face.she:
        _long_hair(sketch, hair, wide, lot)
    sketch.box(skin, 43, 62, 14, 14, 4)
    sketch.box("shade", 44, 68, 12, 4, 2)
    sketch.dot(skin, 50 - wide, 47, 4)
    sketch.dot(skin, 50 + wide, 47, 4)
    sketch.box(skin, 50 - wide, 24, 2 * wide, 47, 17)
    _hair(sketch, face, hair, wide, lot)
    _features(sketch, face, wide, lot)


def _shoulders(sketch: _Sketch, face: Face) -> None:
    color = {"suit": "suit", "shirt": "shirt", "work": "work"}[face.clothes]
    sketch.shape(color, (8, 100), (14, 83), (34, 73), (66, 73), (86, 83), (92, 100))
    if face.clothes == "suit":
        sketch.shape("shirt", (40, 73), (60, 73), (50, 97))
        if not face.she:
            sketch.shape("tie", (47.5, 76), (52.5, 76), (53.5, 92), (50, 97), (46.5, 92))
        sketch.shape("ink", (40, 73), (37, 73), (47, 100), (50, 97))
        sketch.shape("ink", (60, 73), (63, 73), (53, 100), (50, 97))
    elif face.clothes == "work":
        sketch.box("lamp", 16, 90, 68, 4)
        sketch.shape("ink", (40, 73), (50, 84), (60, 73), (57, 73), (50, 80), (43, 73))
    else:
        sketch.shape("skin2", (43, 73), (57, 73), (50, 84))


def _long_hair(sketch: _Sketch, hair: str, wide: int, lot: int) -> None:
    """What hangs behind a woman's head: to the shoulders, to the chin, or in a knot."""
    style = lot >> 5 & 3
    if style == 0:
        sketch.dot(hair, 50, 17, 8)
    else:
        sketch.box(hair, 50 - wide - 6, 26, 2 * wide + 12, 50 if style == 1 else 40, 14)


def _hair(sketch: _Sketch, face: Face, hair: str, wide: int, lot: int) -> None:
    """What lies over the forehead."""
    left, right = 50.0 - wide - 1.5, 50.0 + wide + 1.5
    if not face.she and face.age >= GREY and lot >> 7 & 1:  # thin on top
        sketch.box(hair, left, 34, 5, 14, 2)
        sketch.box(hair, right - 5, 34, 5, 14, 2)
        return
    part = 38 if lot >> 9 & 1 else 62
    sketch.box(hair, left, 19, right - left, 15, 11)
    sketch.shape(hair, (left, 28), (left, 44 if face.she else 39), (part, 31), (right, 44 if face.she else 39), (right, 28))


def _features(sketch: _Sketch, face: Face, wide: int, lot: int) -> None:
    """Eyes, brows, nose and mouth; brows and mouth by the mood."""
    gap, lift = wide * 0.46, face.mood * 0.9
    for side in (-1, 1):
        x = 50 + side * gap
        sketch.dot("ink", x, 48, 1.9)
        inner, outer = 42.5 + max(0.0, -lift) + (lot >> 11 & 1), 42 - max(0.0, lift) / 2
        sketch.line("ink", x - side * 3.6, inner, x + side * 3.8, outer, 1.9)
        if face.glasses and sketch.units >= LARGE:
            sketch.dot("ink", x, 48, 5.6, hollow=True)
        if face.age >= LINED:
            sketch.line("shade", x + side * 5.5, 51, x + side * 7.5, 53, 1.0)
            sketch.line("shade", 50 + side * 7, 58, 50 + side * 9, 63, 1.0)
    if face.glasses and sketch.units >= LARGE:
        sketch.line("ink", 50 - gap + 5.5, 48, 50 + gap - 5.5, 48, 1.2)
    elif face.glasses:
        sketch.line("ink", 50 - gap - 6, 47, 50 + gap + 6, 47, 1.6)
    sketch.line("shade", 50, 50, 48.6, 56, 1.4)
    sketch.line("shade", 48.6, 56, 51, 56.6, 1.4)
    curve = face.mood * 1.3
    color = "lips" if face.she else "shade"
    sketch.line(color, 44, 63 - curve / 2, 50, 63 + curve / 2, 1.8)
    sketch.line(color, 50, 63 + curve / 2, 56, 63 - curve / 2, 1.8)
