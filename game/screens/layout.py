"""Where things stand on a screen: rows, columns, grids, flows and layers of nodes, in whole pixels. No drawing, no pygame.

A node is asked for its natural size in a given width, then given a rectangle. Children with `grow` share what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Area:
    """A rectangle in pixels."""

    x: int = 0
    y: int = 0
    w: int = 0
    h: int = 0

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    def inside(self, pad: tuple[int, int]) -> Area:
        """Smaller by `pad` (across, down) on every side."""
        return Area(self.x + pad[0], self.y + pad[1], max(0, self.w - 2 * pad[0]), max(0, self.h - 2 * pad[1]))

    def holds(self, x: int, y: int) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def meets(self, other: Area) -> bool:
        """Whether the two share a pixel."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def covers(self, other: Area) -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


class Ruler(Protocol):
    """What measures: logical units to pixels, and text."""

    def px(self, units: float) -> int: ...

    def text_size(self, text: str, size: float, bold: bool) -> tuple[int, int]: ...

    def lines(self, text: str, size: float, bold: bool, width: int) -> list[str]: ...


class Node:
    """Anything with a place on the screen. `grow`: its share of spare room; `width`, `height`: fixed sizes in units."""

    def __init__(self, *, grow: float = 0, width: float = 0, height: float = 0) -> None:
        self.grow, self.width, self.height = grow, width, height
        self.area = Area()
        self.children: Sequence[Node] = ()
        self._sizes: dict[int, tuple[int, int]] = {}

    def size(self, ruler: Ruler, room: int) -> tuple[int, int]:
        """Natural (width, height) when `room` pixels are to be had across."""
        if self.width:
            room = min(room, ruler.px(self.width))
        if room not in self._sizes:
            w, h = self.natural(ruler, room)
            self._sizes[room] = (ruler.px(self.width) if self.width else w, ruler.px(self.height) if self.height else h)
        return self._sizes[room]

    def natural(self, ruler: Ruler, room: int) -> tuple[int, int]:
        return 0, 0

    def place(self, ruler: Ruler, area: Area) -> None:
        self.area = area


Pressed = Any
"""What a node sends when it is pressed: a message of the screens; here it is only handed on."""


class Box(Node):
    """A node of nodes.

    `kind` is row, column, grid (of `columns`), flow (a row that breaks) or layers (all in the same place).
    `align` is across the direction: stretch, start, center or end. `justify` is along it: start, center or end.
    With a `message` it can be pressed: by mouse, by Enter when it has the focus, or by one of its `keys`.
    """

    def __init__(
        self,
        kind: str,
        *children: Node | None,
        gap: float = 0,
        pad: float | tuple[float, float] = 0,
        align: str = "",
        justify: str = "start",
        columns: int = 1,
        fill: str = "",
        edge: str = "",
        mark: str = "",
        radius: float = 6,
        id: str = "",
        message: Pressed = None,
        keys: Sequence[str] = (),
        tip: str = "",
        name: str = "",
        enabled: bool = True,
        grow: float = 0,
        width: float = 0,
        height: float = 0,
    ) -> None:
        super().__init__(grow=grow, width=width, height=height)
        self.kind, self.gap, self.justify, self.columns = kind, gap, justify, max(1, columns)
        self.pad = pad if isinstance(pad, tuple) else (pad, pad)
        self.align = align or ("center" if kind in ("row", "flow") else "stretch")
        self.children = [c for c in children if c is not None]
        self.fill, self.edge, self.mark, self.radius = fill, edge, mark, radius
        self.id, self.message, self.keys, self.tip, self.name, self.enabled = id, message, tuple(keys), tip, name, enabled

    @property
    def pressable(self) -> bool:
        return self.message is not None and self.enabled

    def natural(self, ruler: Ruler, room: int) -> tuple[int, int]:
        across, down = ruler.px(self.pad[0]), ruler.px(self.pad[1])
        w, h = getattr(self, f"_{self.kind}_size")(ruler, max(0, room - 2 * across))
        return w + 2 * across, h + 2 * down

    def place(self, ruler: Ruler, area: Area) -> None:
        self.area = area
        inner = area.inside((ruler.px(self.pad[0]), ruler.px(self.pad[1])))
        getattr(self, f"_{self.kind}_place")(ruler, inner)

    # ---- row
    def _row_widths(self, ruler: Ruler, room: int) -> list[int]:
        """Widths of the children: the natural ones first come, the growing ones share the rest."""
        gaps = ruler.px(self.gap) * (len(self.children) - 1)
        left = max(0, room - gaps)
        widths = [0] * len(self.children)
        for k, c in enumerate(self.children):
            if not c.grow:
                widths[k] = min(c.size(ruler, left)[0], left)
                left -= widths[k]
        total = sum(c.grow for c in self.children)
        spare = left
        for k, c in enumerate(self.children):
            if c.grow:
                widths[k] = min(left, round(spare * c.grow / total))
                left -= widths[k]
        return widths

    def _row_size(self, ruler: Ruler, room: int) -> tuple[int, int]:
        widths = self._row_widths(ruler, room)
        heights = [c.size(ruler, w)[1] for c, w in zip(self.children, widths, strict=True)]
        used = sum(widths) + ruler.px(self.gap) * max(0, len(widths) - 1)
        return (room if any(c.grow for c in self.children) else used), max(heights, default=0)

    def _row_place(self, ruler: Ruler, inner: Area) -> None:
        widths = self._row_widths(ruler, inner.w)
        gap = ruler.px(self.gap)
        x = inner.x + self._lead(inner.w - sum(widths) - gap * max(0, len(widths) - 1))
        for c, w in zip(self.children, widths, strict=True):
            h = c.size(ruler, w)[1] if self.align != "stretch" else inner.h
            h = min(h, inner.h)
            y = inner.y + {"start": 0, "stretch": 0, "center": (inner.h - h) // 2, "end": inner.h - h}[self.align]
            c.place(ruler, Area(x, y, w, h))
            x += w + gap

    def _lead(self, spare: int) -> int:
        return {"start": 0, "center": spare // 2, "end": spare}[self.justify] if spare > 0 else 0

    # ---- column
    def _column_size(self, ruler: Ruler, room: int) -> tuple[int, int]:
        sizes = [c.size(ruler, room) for c in self.children]
        gaps = ruler.px(self.gap) * max(0, len(sizes) - 1)
        return max((w for w, _ in sizes), default=0), sum(h for _, h in sizes) + gaps

    def _column_place(self, ruler: Ruler, inner: Area) -> None:
        sizes = [c.size(ruler, inner.w) for c in self.children]
        gap = ruler.px(self.gap)
        spare = (
            inner.h - gap * max(0, len(sizes) - 1) - sum(h for c, (_, h) in zip(self.children, sizes, strict=True) if not c.grow)
        )
        total = sum(c.grow for c in self.children)
        y = inner.y + (0 if total else self._lead(spare))
        for c, (w, h) in zip(self.children, sizes, strict=True):
            if c.grow:
                h = max(0, int(spare * c.grow / total))
            w = inner.w if self.align == "stretch" else min(w, inner.w)
            x = inner.x + {"start": 0, "stretch": 0, "center": (inner.w - w) // 2, "end": inner.w - w}[self.align]
            c.place(ruler, Area(x, y, w, h))
            y += h + gap

    # ---- grid
    def _cell(self, ruler: Ruler, room: int) -> int:
        return max(0, (room - ruler.px(self.gap) * (self.columns - 1)) // self.columns)

    def _grid_rows(self) -> list[Sequence[Node]]:
        return [self.children[k : k + self.columns] for k in range(0, len(self.children), self.columns)]

    def _grid_size(self, ruler: Ruler, room: int) -> tuple[int, int]:
        cell = self._cell(ruler, room)
        heights = [max(c.size(ruler, cell)[1] for c in row) for row in self._grid_rows()]
        return room, sum(heights) + ruler.px(self.gap) * max(0, len(heights) - 1)

    def _grid_place(self, ruler: Ruler, inner: Area) -> None:
        cell, gap, rows = self._cell(ruler, inner.w), ruler.px(self.gap), self._grid_rows()
        heights = [max(c.size(ruler, cell)[1] for c in row) for row in rows]
        spare = inner.h - sum(heights) - gap * max(0, len(rows) - 1)
        more = spare // len(rows) if rows and spare > 0 and self.justify == "stretch" else 0
        y = inner.y
        for row, h in zip(rows, heights, strict=True):
            for k, c in enumerate(row):
                c.place(ruler, Area(inner.x + k * (cell + gap), y, cell, h + more))
            y += h + more + gap

    # ---- flow
    def _flow_rows(self, ruler: Ruler, room: int) -> list[list[tuple[Node, int, int]]]:
        rows: list[list[tuple[Node, int, int]]] = [[]]
        used, gap = 0, ruler.px(self.gap)
        for c in self.children:
            w, h = c.size(ruler, room)
            w = min(w, room)
            if rows[-1] and used + gap + w > room:
                rows.append([])
                used = 0
            used += w + (gap if rows[-1] else 0)
            rows[-1].append((c, w, h))
        return rows

    def _flow_size(self, ruler: Ruler, room: int) -> tuple[int, int]:
        rows, gap = self._flow_rows(ruler, room), ruler.px(self.gap)
        widths = [sum(w for _, w, _ in row) + gap * max(0, len(row) - 1) for row in rows]
        heights = [max((h for _, _, h in row), default=0) for row in rows]
        return max(widths, default=0), sum(heights) + gap * max(0, len(rows) - 1)

    def _flow_place(self, ruler: Ruler, inner: Area) -> None:
        gap, y = ruler.px(self.gap), inner.y
        for row in self._flow_rows(ruler, inner.w):
            height = max((h for _, _, h in row), default=0)
            x = inner.x + self._lead(inner.w - sum(w for _, w, _ in row) - gap * max(0, len(row) - 1))
            for c, w, h in row:
                c.place(ruler, Area(x, y + (height - h) // 2, w, h))
                x += w + gap
            y += height + gap

    # ---- layers
    def _layers_size(self, ruler: Ruler, room: int) -> tuple[int, int]:
        sizes = [c.size(ruler, room) for c in self.children]
        return max((w for w, _ in sizes), default=0), max((h for _, h in sizes), default=0)

    def _layers_place(self, ruler: Ruler, inner: Area) -> None:
        for c in self.children:
            c.place(ruler, inner)


class Scroll(Node):
    """A window on a child that may be taller. `id` keeps how far it is scrolled."""

    def __init__(self, id: str, child: Node, *, grow: float = 0, width: float = 0, height: float = 0) -> None:
        super().__init__(grow=grow, width=width, height=height)
        self.id, self.children = id, [child]
        self.offset = 0
        self.full = 0

    def natural(self, ruler: Ruler, room: int) -> tuple[int, int]:
        return self.children[0].size(ruler, room)

    def place(self, ruler: Ruler, area: Area) -> None:
        self.area = area
        inner = area.w
        if self.children[0].size(ruler, inner)[1] > area.h:
            inner = max(0, area.w - ruler.px(10))
        self.full = self.children[0].size(ruler, inner)[1]
        self.offset = max(0, min(self.offset, self.full - area.h))
        self.children[0].place(ruler, Area(area.x, area.y - self.offset, inner, max(self.full, area.h)))


class Free(Node):
    """Children where a function puts them: `placer(ruler, area, children)` gives a rectangle for each."""

    def __init__(
        self,
        children: Sequence[Node],
        placer: Callable[[Ruler, Area, Sequence[Node]], Sequence[Area]],
        paint: Callable[[Any, Free], None] | None = None,
        *,
        grow: float = 0,
        width: float = 0,
        height: float = 0,
        needs: Callable[[Ruler, int], tuple[int, int]] | None = None,
    ) -> None:
        super().__init__(grow=grow, width=width, height=height)
        self.children, self.placer, self.paint, self.needs = list(children), placer, paint, needs

    def natural(self, ruler: Ruler, room: int) -> tuple[int, int]:
        return self.needs(ruler, room) if self.needs else (room, 0)

    def place(self, ruler: Ruler, area: Area) -> None:
        self.area = area
        for c, at in zip(self.children, self.placer(ruler, area, self.children), strict=True):
            c.place(ruler, at)


def walk(node: Node) -> list[Node]:
    """The node and everything in it, in drawing order."""
    found = [node]
    for c in node.children:
        found += walk(c)
    return found
