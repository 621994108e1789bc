"""What stands where in a tree that is laid out: what the mouse points at, what a key reaches."""

from __future__ import annotations

from collections.abc import Iterable

from game.screens.layout import Box, Node, Scroll, walk


def pressables(root: Node) -> list[Box]:
    """Everything that can have the focus, in reading order."""
    return [n for n in walk(root) if isinstance(n, Box) and n.pressable]


def box_of(root: Node, id: str) -> Box | None:
    """The box of that name; None for the empty name."""
    return next((n for n in walk(root) if isinstance(n, Box) and n.id == id), None) if id else None


def box_at(node: Node, x: int, y: int) -> Box | None:
    """The innermost thing at a point that can be pressed or explains itself."""
    if not node.area.holds(x, y):
        return None
    for c in reversed(node.children):
        found = box_at(c, x, y)
        if found:
            return found
    return node if isinstance(node, Box) and node.id and (node.pressable or node.tip) else None


def toward(boxes: Iterable[Box], here: Box, dx: int, dy: int) -> Box | None:
    """The nearest box in that direction; one to the side counts as three times as far."""
    x, y = here.area.x + here.area.w // 2, here.area.y + here.area.h // 2
    best, score = None, 1 << 40
    for b in boxes:
        bx, by = b.area.x + b.area.w // 2 - x, b.area.y + b.area.h // 2 - y
        along, across = bx * dx + by * dy, abs(bx * dy) + abs(by * dx)
        if b is not here and along > 0 and along + 3 * across < score:
            best, score = b, along + 3 * across
    return best


def page_of(root: Node, focus: str) -> Scroll | None:
    """What a page key scrolls: the window that holds the focus, else the largest; None where all is in view."""
    found = [n for n in walk(root) if isinstance(n, Scroll) and n.full > n.area.h]
    inner = [n for n in found if any(isinstance(b, Box) and b.id == focus for b in walk(n))]
    return next(iter(inner or sorted(found, key=lambda n: -n.area.w * n.area.h)), None)
