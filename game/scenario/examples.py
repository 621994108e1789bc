"""An example of every word of the language, as it stands in a scenario that is shipped: the shortest line that has it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from game.scenario.shape import field_at
from game.scenario.source import DataPath, Source

LONGEST = 76
OPENING = {"{": "}", "[": "]"}
QUOTES = "\"'"
Word = tuple[str, str]
"""(model, field)."""


def examples(sources: Iterable[Source]) -> dict[Word, str]:
    """Of each word the shortest example; of a word that only stands before lines further in, the word with the first of them."""
    found: dict[Word, str] = {}
    for source in sources:
        for path in source.keys:
            word = field_at(path)
            text = written(source, path) if word else ""
            if word and text and (word not in found or len(text) < len(found[word])):
                found[word] = text
    return found


def written(source: Source, path: DataPath) -> str:
    """A key with its value as they stand in the file, on one line, cut where that is long."""
    key, value = source.keys[path], source.place(path)
    lines = source.lines.get(key.file, [])
    if not 0 < key.line <= len(lines) or value.file != key.file:
        return ""
    line = lines[key.line - 1]
    if value.line != key.line:
        return _nested(lines, key.line - 1, key.column - 1)
    end = _end(line, value.column - 1, value.length)
    return shortened(line[key.column - 1 : end].rstrip(" ,") if end else line[key.column - 1 :])


def shortened(text: str) -> str:
    """A long value is cut, with a mark."""
    return text if len(text) <= LONGEST else text[: LONGEST - 2] + " …"


def _nested(lines: list[str], at: int, column: int) -> str:
    """A key before lines further in: with the first of them."""
    first = lines[at + 1].strip() if at + 1 < len(lines) else ""
    head = lines[at][column:].rstrip()
    return shortened(f"{head} … {first}") if head.endswith(":") else ""


def _end(line: str, at: int, length: int) -> int:
    """Where a value that begins there ends on its line; 0 where it goes on below."""
    if line[at : at + 1] not in OPENING:
        closing = line[at : at + 1] in QUOTES and line.find(line[at], at + 1)
        return closing + 1 if closing and closing > 0 else min(len(line), at + length)
    depth, quote = 0, ""
    for k, (char, after) in enumerate(zip_longest(line[at:], line[at + 1 :], fillvalue="")):
        if quote:
            quote = "" if char == quote else quote
        elif char in QUOTES and not (char == "'" and after.isalnum() and k and line[at + k - 1].isalnum()):
            quote = char
        elif char in OPENING:
            depth += 1
        elif char in OPENING.values():
            depth -= 1
            if depth == 0:
                return at + k + 1
    return 0
