"""Breaking lines in Chinese and English: no mark that may not begin a line begins one, words stay whole."""

from __future__ import annotations

from collections.abc import Callable

from wcwidth import wcswidth

NOT_FIRST = frozenset("，。、；：？！）》」』】”’…—·%）,.;:?!)]}～％℃/-")
NOT_LAST = frozenset("（《「『【“‘([{￥¥$")
Measure = Callable[[str], int]


def columns(text: str) -> int:
    """Width in terminal columns."""
    return max(0, wcswidth(text))


def _pieces(text: str) -> list[str]:
    """The parts between which a line may break: words with the space after them, single wide characters."""
    found: list[str] = []
    for c in text:
        glued = found and ((c in NOT_FIRST) or found[-1][-1] in NOT_LAST or c == " " or (_narrow(c) and _narrow(found[-1][-1])))
        if glued:
            found[-1] += c
        else:
            found.append(c)
    return found


def _narrow(c: str) -> bool:
    return c != " " and ord(c) < 0x2E80


def wrap(text: str, width: int, measure: Measure = columns) -> list[str]:
    """Lines of at most `width`; a single piece that is wider stands alone. Newlines in the text are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and measure((line + piece).rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return lines


def padded(text: str, width: int) -> str:
    """The text filled up with spaces to a number of columns."""
    return text + " " * max(0, width - columns(text))
