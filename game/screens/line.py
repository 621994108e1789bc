"""A line that is being typed: what the keyboard and input methods put into it."""

from __future__ import annotations

from game.screens.layout import Box
from game.screens.messages import Write
from game.screens.widgets import Field, row


class TextLine:
    """A text with a longest length; `on` while it has the keyboard."""

    def __init__(self, longest: int, text: str = "") -> None:
        self.longest, self.text, self.pending, self.on = longest, text, "", False

    def typed(self, text: str) -> None:
        self.text, self.pending = (self.text + text)[: self.longest], ""

    def composing(self, text: str) -> None:
        self.pending = text

    def key(self, name: str) -> str | None:
        """A key while the line has the keyboard: "done" for Enter, "left" for Esc, "" where it was used up; None: not meant."""
        if not self.on:
            return None
        if name == "backspace":
            self.text = self.text[:-1]
            return ""
        if name in ("return", "escape"):
            self.on = False
            return "done" if name == "return" else "left"
        return None

    def box(self, placeholder: str, id: str, name: str) -> Box:
        """The line to click into; pressing it sends ("write",)."""
        field = Field(self.text, self.pending, self.on, placeholder=placeholder, grow=1)
        return row(field, message=Write(), id=id, name=name, grow=1)
