"""What a screen is: it builds its nodes and answers messages; the loop acts on the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.i18n import Say
from game.screens.layout import Node
from game.screens.line import TextLine
from game.screens.messages import Message

NOWHERE = "-"
"""The first focus of a screen on which no idle key may take anything: one chooses by number, or after moving to it."""
WIDE = 1080
"""From this many units across, the desk shows its boards side by side."""
SLIM = 560
"""With fewer units across than this, as on a phone, what stands side by side stands below each other."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """How the user wants to see things, and how much room there is, in units."""

    language: str
    theme: str
    text_scale: float
    room: tuple[float, float]
    say: Say
    name: str = ""
    """Who played last at this computer."""
    sound: bool = True
    led: bool = True
    """Whether this user has been led through a first week, or wanted none."""

    @property
    def wide(self) -> bool:
        return self.room[0] >= WIDE

    @property
    def slim(self) -> bool:
        return self.room[0] < SLIM


@dataclass(frozen=True)
class Push:
    """Show this screen on top."""

    screen: Screen


@dataclass(frozen=True)
class Pop:
    """Close the screen on top, and tell the one below."""

    message: Message | None = None


@dataclass(frozen=True)
class Goto:
    """Show a screen by its name instead of all others: title, briefing, desk or ending."""

    name: str
    thing: Any = None
    setting: tuple[str, Any] | None = None
    """Changed on the way, as by `Adjust`."""


@dataclass(frozen=True)
class Adjust:
    """Change a setting: language, theme, text or sound."""

    setting: str
    value: Any


@dataclass(frozen=True)
class Quit:
    """Close the window."""


Answer = Push | Pop | Goto | Adjust | Quit | None


class Screen:
    """A screen. `modal` ones stand before the screen below, dimmed."""

    modal = False
    leaves_outside = True
    """Whether a press beside a modal screen closes it; not where it would be closed unread."""
    first_focus = ""
    cue = ""
    """The sound that goes with what has just been shown; whoever plays it takes it away."""
    line: TextLine | None = None
    """The text field, on a screen that has one."""

    def build(self, look: Look) -> Node:
        raise NotImplementedError

    def on(self, message: Message) -> Answer:
        """Something was pressed, or a screen on top was closed with this message."""
        return None

    def key(self, name: str) -> Answer | bool:
        """A key that no node claimed; False when it means nothing here."""
        used = self.line.key(name) if self.line else None
        if used == "done":
            self.written()
        return False if used is None else None

    def written(self) -> None:
        """Enter was pressed in the text field."""

    def waiting(self) -> bool:
        """Whether something is on its way that will change the screen; `arrived` is asked a few times a second then."""
        return False

    def arrived(self) -> bool:
        """Whether the screen is to be built anew."""
        return False

    def typing(self) -> bool:
        """Whether a text field has the focus."""
        return self.line is not None and self.line.on

    def typed(self, text: str) -> None:
        """Text came from the keyboard or an input method."""
        if self.line:
            self.line.typed(text)

    def composing(self, text: str) -> None:
        """An input method is composing this."""
        if self.line:
            self.line.composing(text)
