"""The smallest things on a screen: text, icons, bars, and the boxes one presses."""

from __future__ import annotations

from collections.abc import Sequence

from game.screens.layout import Box, Node, Pressed, Ruler

SMALL, BODY, LARGE, TITLE, HUGE = 12.0, 14.0, 17.0, 22.0, 34.0


class Text(Node):
    """Words, broken into lines where the room asks for it; never cut."""

    def __init__(
        self,
        text: str,
        size: float = BODY,
        color: str = "text",
        bold: bool = False,
        align: str = "start",
        grow: float = 0,
        width: float = 0,
    ) -> None:
        super().__init__(grow=grow, width=width)
        self.text, self.font, self.color, self.bold, self.align = text, size, color, bold, align

    def natural(self, ruler: Ruler, room: int) -> tuple[int, int]:
        lines = ruler.lines(self.text, self.font, self.bold, max(1, room))
        sizes = [ruler.text_size(line, self.font, self.bold) for line in lines]
        return max((w for w, _ in sizes), default=0), sum(h for _, h in sizes)


class Icon(Node):
    """A picture from assets/icons in a colour."""

    def __init__(self, icon: str, size: float = 16, color: str = "text") -> None:
        super().__init__(width=size, height=size)
        self.icon, self.color = icon, color


class Bar(Node):
    """A share of a whole: 0 … 1; `tick` marks a point on it."""

    def __init__(
        self, share: float, color: str = "accent", *, height: float = 8, grow: float = 0, width: float = 0, tick: float = -1
    ) -> None:
        super().__init__(grow=grow, width=width, height=height)
        self.share, self.color, self.tick = max(0.0, min(1.0, share)), color, tick


class Pips(Node):
    """`full` of `many` small squares."""

    def __init__(self, full: int, many: int, color: str = "text", size: float = 6) -> None:
        super().__init__(width=many * (size + 3) - 3 if many else 1, height=size + 4)
        self.full, self.many, self.color = full, many, color


class Rule(Node):
    """A thin line across."""

    def __init__(self) -> None:
        super().__init__(height=1)


class Spacer(Node):
    """Room that is left empty."""


class Field(Node):
    """A line of text that is being typed; it shows the cursor and what an input method composes."""

    def __init__(self, text: str, composing: str, focused: bool, *, placeholder: str = "", grow: float = 0) -> None:
        super().__init__(grow=grow, height=34)
        self.text, self.composing, self.focused, self.placeholder = text, composing, focused, placeholder


def row(*children: Node | None, gap: float = 6, **style: object) -> Box:
    return Box("row", *children, gap=gap, **style)  # type: ignore[arg-type]


def column(*children: Node | None, gap: float = 4, **style: object) -> Box:
    return Box("column", *children, gap=gap, **style)  # type: ignore[arg-type]


def grid(columns: int, *children: Node | None, gap: float = 6, **style: object) -> Box:
    return Box("grid", *children, columns=columns, gap=gap, **style)  # type: ignore[arg-type]


def flow(*children: Node | None, gap: float = 6, **style: object) -> Box:
    return Box("flow", *children, gap=gap, **style)  # type: ignore[arg-type]


def panel(title: str, *children: Node | None, icon: str = "", side: Node | None = None, **style: object) -> Box:
    """A framed board with its heading. A `side` that grows has all the room beside the title, else the title has."""
    shares = side is not None and side.grow > 0
    head = row(Icon(icon, 16, "accent") if icon else None, Text(title, BODY, bold=True, grow=0 if shares else 1), side, gap=6)
    defaults: dict[str, object] = {"fill": "panel", "edge": "line", "pad": (10, 8), "gap": 6}
    return Box("column", head, *children, **{**defaults, **style})  # type: ignore[arg-type]


def key_cap(key: str) -> Box:
    """The key that does the same."""
    return row(Text(key, SMALL - 1, "muted", bold=True), pad=(4, 0), edge="line", radius=3)


def button(
    label: str,
    message: Pressed,
    *,
    icon: str = "",
    keys: Sequence[str] = (),
    shown: str = "",
    strong: bool = False,
    enabled: bool = True,
    tip: str = "",
    id: str = "",
    grow: float = 0,
) -> Box:
    """Something to press. `shown` is the key as printed on it."""
    color = "on_accent" if strong and enabled else "text" if enabled else "muted"
    return row(
        Icon(icon, 16, color) if icon else None,
        Text(label, BODY, color, bold=strong),
        key_cap(shown) if shown and not strong else None,
        Text(shown, SMALL, color) if shown and strong else None,
        pad=(12, 6),
        gap=7,
        justify="center",
        fill="accent" if strong and enabled else "raised",
        edge="accent" if strong and enabled else "line",
        message=message,
        keys=keys,
        id=id or f"button:{message}",
        name=label,
        enabled=enabled,
        tip=tip,
        grow=grow,
    )


def chip(
    label: str, message: Pressed, *, on: bool = False, icon: str = "", id: str = "", tip: str = "", keys: Sequence[str] = ()
) -> Box:
    """A small choice among several."""
    color = "accent" if on else "text"
    return row(
        Icon(icon, 14, color) if icon else None,
        Text(label, SMALL + 1, color, bold=on) if label else None,
        pad=(8, 4) if label else (6, 4),
        gap=5,
        fill="chosen" if on else "raised",
        edge="accent" if on else "line",
        radius=5,
        message=message,
        id=id or f"chip:{message}",
        name=label or tip,
        tip=tip,
        keys=keys,
    )
