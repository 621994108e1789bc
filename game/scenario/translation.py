"""A scenario's texts as a table for whoever translates them, and back: nothing is lost, and what has aged is marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from game.scenario.problems import Place
from game.scenario.source import DataPath, Source
from game.scenario.stamps import stamp
from game.scenario.textids import first_of
from game.scenario.texts import Texts

MISSING, STALE, DONE = "missing", "stale", ""
WIDTH = 130


@dataclass(frozen=True)
class Row:
    """A text: its id, where it stands, how it reads, its translation, and the state of that."""

    id: str
    place: str
    original: str
    translation: str
    state: str


def rows_of(texts: Texts, source: Source, own_file: str, language: str, stamps: Mapping[str, str]) -> list[Row]:
    """The texts that the scenario's own file wrote, in its order, with what they are in the other language."""
    own, into = texts.by_language[texts.language], texts.by_language.get(language, {})
    paths, found = {".".join(map(str, path)): path for path in source.places}, []
    for text_id, original in own.items():
        place = place_of(text_id, source, paths)
        if place.file != own_file:
            continue
        translation = into.get(text_id, "")
        state = MISSING if not translation and first_of(text_id) == text_id else DONE
        if translation and text_id in stamps and stamps[text_id] != stamp(original):
            state = STALE
        found.append((place, Row(text_id, f"{place.file.rpartition('/')[2]}:{place.line}", original, translation, state)))
    return [row for _, row in sorted(found, key=lambda pair: (pair[0].line, pair[0].column))]


def place_of(text_id: str, source: Source, paths: Mapping[str, DataPath]) -> Place:
    """Where a text stands; the points of a gate go by their id in texts, and by their number in the file."""
    parts = text_id.split(".")
    if parts[0] == "gates" and len(parts) == 4:
        points = source.data["gates"].get(parts[1]) or []
        parts[2] = next((str(k) for k, point in enumerate(points) if point.get("id") == parts[2]), parts[2])
    while parts and ".".join(parts) not in paths:
        parts.pop()
    return source.place(paths.get(".".join(parts), ()))


def merged(before: str, order: Iterable[str], changed: Mapping[str, str]) -> str:
    """A translation file with these texts changed, added (in the order of the scenario) or, where they are '', taken out. All
    the rest stays as it was written, remarks too."""
    blocks = _blocks(before)
    where = {key: k for k, (key, _) in enumerate(blocks) if key}
    after: dict[int, list[str]] = {}
    last = -1
    for text_id in order:
        if text_id in where:
            last = where[text_id]
            if text_id in changed:
                blocks[last] = (text_id, _written(text_id, changed[text_id]))
        elif changed.get(text_id):
            after.setdefault(last, []).append(_written(text_id, changed[text_id]))
    out = after.get(-1, []) if not blocks or blocks[0][0] else []
    for k, (_, lines) in enumerate(blocks):
        out += [lines, *after.get(k, []), *(after.get(-1, []) if k == 0 and not blocks[0][0] else [])]
    return "".join(out)


def _blocks(text: str) -> list[tuple[str, str]]:
    """(text id, its lines) in order; what stands before the first has the id ''."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        key = re.match(r"([\w.\-]+):(?:\s|$)", line)
        if key:
            found.append((key[1], line))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + line)
        else:
            found.append(("", line))
    if found and not found[-1][1].endswith("\n"):
        found[-1] = (found[-1][0], found[-1][1] + "\n")
    return found


def _written(text_id: str, text: str) -> str:
    return str(yaml.safe_dump({text_id: text}, allow_unicode=True, width=WIDTH)) if text else ""


def stamps_with(stamps: Mapping[str, str], seen: Mapping[str, str]) -> dict[str, Any]:
    """The stamps after a table came back: text id → original that its translator saw."""
    return dict(sorted({**stamps, **{i: stamp(original) for i, original in seen.items()}}.items()))
