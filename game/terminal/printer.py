"""Lines for a terminal: broken where there is no room, and free of what a terminal would take for commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from game.printable import printable
from game.words.wrap import wrap

WIDTH = 78
LONGEST_NUMBER = 9
"""Digits of an answer that is taken for a number: nothing that is asked for has more."""


class Printer:
    """`read` asks a line (EOFError at the end of input), `write` prints one."""

    def __init__(self, read: Callable[[str], str], write: Callable[[str], None]) -> None:
        self.read, self.write = read, write

    def ask(self, text: str) -> str:
        """One answer, typed a space after the question."""
        return printable(self.read(printable(text).rstrip() + " ")).strip()

    def line(self, text: str) -> None:
        """A line as it is."""
        self.write(printable(text).rstrip())

    def out(self, text: str, indent: str = "") -> None:
        """A text, broken into lines; what it is indented by stands before each."""
        text = printable(text)
        own = text[: len(text) - len(text.lstrip(" "))] + indent
        for line in wrap(text.lstrip(" "), WIDTH - len(own)):
            self.write(own + line if line else "")

    def all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.out(line)

    def bullet(self, text: str) -> None:
        for k, line in enumerate(wrap(printable(text), WIDTH - 4)):
            self.write(("  · " if k == 0 else "    ") + line)


def number_in(answer: str) -> int | None:
    """A whole number that was answered; None for anything else."""
    answer = answer.strip()
    return int(answer) if answer.isdecimal() and len(answer) <= LONGEST_NUMBER else None
