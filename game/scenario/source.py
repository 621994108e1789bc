"""Guarded reading of an author's YAML: text → plain data with the place of every value.

PyYAML's events are read one by one, so that a hostile file is refused before it costs memory or stack; its loaders are
never called (they crash on nested dashes and hang on merge keys). What is not wanted in a scenario — anchors, aliases,
tags, several documents — is refused with a word on what to do instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from game.scenario.problems import Place, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_NODES = 100_000
MAX_DIGITS = 15
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DataPath = tuple[str | int, ...]
WHOLE = re.compile(r"[-+]?[0-9][0-9_]*")
DECIMAL = re.compile(r"[-+]?[0-9][0-9_]*\.[0-9]+")
CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
FULL_WIDTH = {"：": ":", "，": ",", "（": "(", "）": ")", "＃": "#", "％": "%", "－": "-", "【": "[", "】": "]"}
WIDE_KEY = re.compile(r"^\s*(?:- +)?[\w.\-]+(：)")
WIDE_DASH = re.compile(r"^\s*(－)\s")
ODD_SPACE = re.compile(r"^[ ]*([\u3000\u00a0\t])")


@dataclass
class Source:
    """What was read: plain data, the place of each value and of each key, the lines of each file, and what was wrong."""

    data: Any = None
    places: dict[DataPath, Place] = field(default_factory=dict)
    keys: dict[DataPath, Place] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    suspects: list[Problem] = field(default_factory=list)
    """Odd characters that are fine in a text and wrong elsewhere: told only where something fails on their line."""

    def place(self, path: DataPath) -> Place:
        """The place of a value, or of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(next(iter(self.lines), "?")))

    def key_place(self, path: DataPath) -> Place:
        return self.keys.get(path) or self.place(path)

    def problem(self, code: str, place: Place, **values: Any) -> Problem:
        """A problem with the line it stands on."""
        lines = self.lines.get(place.file, [])
        text = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        return Problem(code, place, values, text if len(text) <= 200 else "")


class _Refused(Exception):
    """Reading stops here: the file is hostile or no YAML."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def read_file(path: Path, name: str) -> Source:
    """Read a file; `name` is how messages call it. Never raises for what stands in the file."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        return Source(lines={name: []}, problems=[Problem("E113", Place(name), {"why": error.strerror or str(error)})])
    return read_bytes(raw, name)


def read_bytes(raw: bytes, name: str) -> Source:
    """Read a file's bytes."""
    if len(raw) > MAX_BYTES:
        return Source(lines={name: []}, problems=[Problem("E102", Place(name), {"most": MAX_BYTES // 1000})])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Source(lines={name: []}, problems=[Problem("E101", Place(name, line), {"guess": _guess(raw)})])
    return read_text(text, name)


def _guess(raw: bytes) -> str:
    """A word on the encoding that was probably used, by text key."""
    try:
        raw.decode("gbk")
    except UnicodeDecodeError:
        return "@encoding.unknown"
    return "@encoding.gbk"


def read_text(text: str, name: str) -> Source:
    """Read YAML text into data with places."""
    source = Source(lines={name: text.splitlines()})
    source.suspects = list(_characters(source, name))
    try:
        _Builder(source, name).build(_events(source, text, name))
    except _Refused as refused:
        line = refused.problem.place.line
        likely = [p for p in source.suspects if p.place.line <= line] if refused.problem.code == "E105" else []
        source.problems += likely[-1:] or [refused.problem]
    except RecursionError:
        source.problems.append(source.problem("E103", Place(name), most=MAX_DEPTH))
    return source


def _characters(source: Source, name: str) -> Iterator[Problem]:
    """What typing Chinese does to YAML: full-width punctuation where YAML wants its own, spaces that are none."""
    for number, line in enumerate(source.lines[name], 1):
        if odd := ODD_SPACE.match(line):
            kind = {"\t": "@space.tab", "\u3000": "@space.wide", "\u00a0": "@space.nbsp"}[odd[1]]
            yield source.problem("E112", Place(name, number, odd.start(1) + 1), kind=kind)
        elif (wide := WIDE_KEY.match(line) or WIDE_DASH.match(line)) and ": " not in line[: wide.start(1)]:
            found = wide[1]
            yield source.problem("E111", Place(name, number, wide.start(1) + 1), found=found, want=FULL_WIDTH[found])


def _events(source: Source, text: str, name: str) -> Iterator[Any]:
    """PyYAML's events with the limits held; a syntax error becomes a problem."""
    depth = nodes = documents = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            if isinstance(event, yaml.NodeEvent):
                nodes += 1
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            code = _refusal(event, depth, nodes, documents)
            if code:
                raise _Refused(source.problem(code, _at(event, name), most=MAX_DEPTH if code == "E103" else MAX_NODES))
            yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        raise _Refused(source.problem("E105", place, what=error.problem or "")) from None
    except yaml.YAMLError as error:
        raise _Refused(source.problem("E105", Place(name), what=str(error).splitlines()[0])) from None


def _refusal(event: Any, depth: int, nodes: int, documents: int) -> str:
    """The code of the first limit that this event breaks, or ''."""
    if depth > MAX_DEPTH:
        return "E103"
    if nodes > MAX_NODES:
        return "E104"
    if documents > 1:
        return "E108"
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "E106"
    return "E107" if getattr(event, "tag", None) else ""


def _at(event: Any, name: str) -> Place:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Place(name, start.line + 1, start.column + 1, max(1, length))


class _Builder:
    """Turns events into data. Depth is limited before it gets here, so recursion is safe."""

    def __init__(self, source: Source, name: str) -> None:
        self.source = source
        self.name = name

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
                self.source.data = self.value(event, events, ())
        if not self.source.places:
            self.source.places[()] = Place(self.name)

    def value(self, event: Any, events: Iterator[Any], path: DataPath) -> Any:
        self.source.places[path] = _at(event, self.name)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event) if event.implicit[0] else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        return self.mapping(events, path)

    def sequence(self, events: Iterator[Any], path: DataPath) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.value(event, events, (*path, len(found))))
        return found

    def mapping(self, events: Iterator[Any], path: DataPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key, place = self.key(event)
            inner = (*path, key)
            if key in found:
                self.source.problems.append(self.source.problem("E109", place, name=key, line=self.source.keys[inner].line))
            self.source.keys[inner] = place
            found[key] = self.value(next(events), events, inner)
        return found

    def key(self, event: Any) -> tuple[str, Place]:
        place = _at(event, self.name)
        if not isinstance(event, yaml.ScalarEvent):
            raise _Refused(self.source.problem("E114", place))
        return event.value, place

    def scalar(self, event: Any) -> Any:
        """YAML 1.2's booleans and numbers only: `NO`, `on`, `yes`, `12:30` stay text."""
        text: str = event.value
        if text in CONSTANTS:
            return CONSTANTS[text]
        whole = WHOLE.fullmatch(text)
        if not whole and not DECIMAL.fullmatch(text):
            return text
        if sum(c.isdigit() for c in text) > MAX_DIGITS:
            raise _Refused(self.source.problem("E110", _at(event, self.name), most=MAX_DIGITS))
        plain = text.replace("_", "")
        return int(plain) if whole else Decimal(plain)
