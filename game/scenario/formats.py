"""Older ways of writing a scenario: what was renamed since, how an old file is read, and how it is brought up to date.

A file says in `format` how it is written. Old files are read for ever: their words are taken for today's before anything else
looks at them. `upgraded` changes the words where they stand, and nothing else in the file.
"""

from __future__ import annotations

from typing import Any

from game.scenario.problems import Problem
from game.scenario.source import DataPath, Source

LATEST = 2
Pattern = tuple[str | None, ...]
RENAMED: dict[int, dict[Pattern, str]] = {
    1: {
        ("actions", None, "on"): "with",
        ("team", None, "fit"): "good_at",
        ("strategies", None, "bends"): "chances",
        ("award", "bias"): "extra",
        ("rivals", None, "moves", None, "like"): "appeal",
    }
}
"""Of each format: the keys that are called otherwise in the next one. None stands for any name."""


OLD = frozenset(pattern[-1] for table in RENAMED.values() for pattern in table)
"""The keys that were renamed, wherever they stood."""


def format_of(data: Any) -> int | None:
    """The format that a file says it is written in; None where it says none, as parts of the library do."""
    found = data.get("format") if isinstance(data, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def new_word(path: DataPath, since: int = 1) -> str:
    """What the last key of a path is called today, if it was renamed since a format; else ''."""
    if not path or path[-1] not in OLD:
        return ""
    for number in range(since, LATEST):
        for pattern, word in RENAMED[number].items():
            if len(path) == len(pattern) and all(want in (None, step) for want, step in zip(pattern, path, strict=True)):
                return word
    return ""


def renamed(part: Source) -> None:
    """Take the words of an old file for today's. A file of today's format keeps its own: an old word in it is a slip."""
    if not isinstance(part.data, dict):
        return
    written = format_of(part.data)
    if written is not None and written >= LATEST:
        part.problems += [_old_word(part, path, word) for path in part.keys if (word := new_word(path))]
        return
    since = written or 1
    old = {path: word for path in part.keys if (word := new_word(path, since))}
    for path, word in old.items():
        _rename_key(part.data, path, word)
    if old:
        part.places = {_moved(path, old): place for path, place in part.places.items()}
        part.keys = {_moved(path, old): place for path, place in part.keys.items()}
    if written is not None and 1 <= written < LATEST:
        part.data["format"] = LATEST
        part.problems.append(part.problem("W104", part.places[("format",)], old=written, new=LATEST))


def _old_word(part: Source, path: DataPath, word: str) -> Problem:
    return part.problem("E203", part.keys[path], name=str(path[-1]), near=word, known=word)


def _rename_key(data: Any, path: DataPath, word: str) -> None:
    """Call a key otherwise, in its place among the others; one that is there already under its new name is left alone."""
    for step in path[:-1]:
        data = data[step]
    if word not in data:
        items = [(word if key == path[-1] else key, value) for key, value in data.items()]
        data.clear()
        data.update(items)


def _moved(path: DataPath, old: dict[DataPath, str]) -> DataPath:
    return tuple(old.get(path[: k + 1], step) for k, step in enumerate(path))


def upgraded(text: str, part: Source) -> str:
    """The text of a file with today's words, all else as it was. `part`: the same text, read."""
    written = format_of(part.data)
    if written is not None and written >= LATEST:
        return text
    lines = text.splitlines(keepends=True)
    spots = [(place.line, place.column, str(path[-1]), word) for path, place in part.keys.items() if (word := new_word(path))]
    if written is not None:
        place = part.places[("format",)]
        spots.append((place.line, place.column, str(written), str(LATEST)))
    for line, column, old, new in sorted(spots, reverse=True):
        before = lines[line - 1]
        at = column - 1 + (before[column - 1 : column] in ('"', "'"))
        if before[at : at + len(old)] == old:
            lines[line - 1] = before[:at] + new + before[at + len(old) :]
    return "".join(lines)
