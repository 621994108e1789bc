"""Text that may be shown on a screen: nothing in it moves the cursor, changes colours or turns the reading direction round."""

from __future__ import annotations

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters but for newline and tab, halves of a character, marks of the reading direction, and what is no character."""


def printable(text: str) -> str:
    """The text without such characters."""
    return UNPRINTABLE.sub("", text)
