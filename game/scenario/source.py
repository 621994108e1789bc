"""Guarded reading of an author's YAML: text → plain data with the place of every value.

PyYAML's events are read one by one, so that a hostile file is refused before it costs memory or stack; its loaders are
never called (they crash on nested dashes and hang on merge keys). What is not wanted in a scenario — anchors, aliases,
tags, several documents — is refused with a word on what to do instead.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from game.printable import UNPRINTABLE
from game.scenario.broken import sentence_for, wrong_in
from game.scenario.problems import MOST, Place, Problem, TextKey
from game.scenario.typo import Typo
from game.scenario.typos import typos_in

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_DIGITS = 15
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DataPath = tuple[str | int, ...]
WHOLE = re.compile(r"[-+]?[0-9][0-9_]*")
DECIMAL = re.compile(r"[-+]?[0-9][0-9_]*\.[0-9]+")
CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
LONGEST_LINE = 200
"""Characters of a line that a message shows; of a longer one it shows nothing."""
BEGINS = "－【［｛"
SILENT = ("W102", "W103", "E125", "E111", "E128")
"""Slips that leave a file readable, and change what it says: they are told even where nothing fails; E111 only of such marks."""


@dataclass
class Budget:
    """What may still be read: one budget for all the files of a scenario."""

    bytes: int = 4_000_000
    nodes: int = 100_000
    spent: bool = False
    """Nothing more is read; the author has been told."""


@dataclass
class Source:
    """What was read: plain data, the place of each value and of each key, the lines of each file, and what was wrong."""

    data: Any = None
    places: dict[DataPath, Place] = field(default_factory=dict)
    keys: dict[DataPath, Place] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _typos: dict[str, dict[int, Typo]] = field(default_factory=dict)

    def place(self, path: DataPath) -> Place:
        """The place of a value, or of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(next(iter(self.lines), "?")))

    def dotted(self, where: str) -> DataPath:
        """The path that is written "like.this", or that of the nearest thing around it."""
        paths = {".".join(map(str, path)): path for path in self.places}
        while where not in paths and where:
            where = where.rpartition(".")[0]
        return paths.get(where, ())

    def key_place(self, path: DataPath) -> Place:
        return self.keys.get(path) or self.place(path)

    def problem(self, code: str, place: Place, **values: Any) -> Problem:
        """A problem with the line it stands on."""
        lines = self.lines.get(place.file, [])
        text = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        return Problem(code, place, values, text if len(text) <= LONGEST_LINE else "")

    def suspect(self, file: str, number: int) -> Problem | None:
        """What was mistyped on this line, as far as the line itself shows it."""
        if file not in self._typos:
            self._typos[file] = {typo.line: typo for typo in typos_in(self.lines.get(file, []))}
        typo = self._typos[file].get(number)
        return self.of_typo(file, typo) if typo else None

    def of_typo(self, file: str, typo: Typo) -> Problem:
        return self.problem(typo.code, Place(file, typo.line, typo.column, typo.length), **typo.values)

    def silent(self, file: str) -> list[Problem]:
        """What was mistyped in a file that can be read all the same."""
        found = [typo for typo in typos_in(self.lines.get(file, [])) if typo.code in SILENT]
        return [self.of_typo(file, t) for t in found if t.code != "E111" or str(t.values["found"]) in BEGINS]


class _Refused(Exception):
    """Reading stops here: the file is hostile or no YAML, or enough is wrong with it."""

    def __init__(self, problem: Problem | None = None) -> None:
        self.problem = problem


def read_file(path: Path, name: str, budget: Budget | None = None) -> Source:
    """Read a file; `name` is how messages call it. Never raises for what stands in the file, nor for what kind of file it is."""
    budget = budget or Budget()
    try:
        raw = _bytes_of(path, min(MAX_BYTES, budget.bytes) + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or str(error)
        return Source(lines={name: []}, problems=[Problem("E113", Place(name), {"why": why})])
    if raw is None:
        return Source(lines={name: []}, problems=[Problem("E113", Place(name), {"why": TextKey("why.no_file")})])
    if budget.bytes < len(raw) <= MAX_BYTES:
        budget.spent = True
        return Source(lines={name: []}, problems=[Problem("E121", Place(name), {"most": Budget.bytes // 1000})])
    budget.bytes -= len(raw)
    return read_bytes(raw, name, budget)


def _bytes_of(path: Path, most: int) -> bytes | None:
    """The first bytes of a file; None where it is a device or a pipe, which might never come to an end."""

    def at_once(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))  # a pipe is not waited for

    with open(path, "rb", opener=at_once) as file:
        return file.read(most) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None


def read_bytes(raw: bytes, name: str, budget: Budget | None = None) -> Source:
    """Read a file's bytes."""
    if len(raw) > MAX_BYTES:
        return Source(lines={name: []}, problems=[Problem("E102", Place(name), {"most": MAX_BYTES // 1000})])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Source(lines={name: []}, problems=[Problem("E101", Place(name, line), {"guess": _guess(raw)})])
    return read_text(text, name, budget)


def _guess(raw: bytes) -> TextKey:
    """A word on the encoding that was probably used."""
    try:
        raw.decode("gbk")
    except UnicodeDecodeError:
        return TextKey("encoding.unknown")
    return TextKey("encoding.gbk")


def read_text(text: str, name: str, budget: Budget | None = None) -> Source:
    """Read YAML text into data with places."""
    source = Source(lines={name: text.splitlines()})
    try:
        _all_printable(source, text, name)
        _Builder(source, name).build(_events(source, text, name, budget or Budget()))
    except _Refused as refused:
        source.problems += _causes(source, name, refused.problem) if refused.problem else []
    except RecursionError:
        source.problems.append(source.problem("E103", Place(name), most=MAX_DEPTH))
    return source


def _all_printable(source: Source, text: str, name: str) -> None:
    """Refuses a character that cannot be seen, wherever it is, comments too; what escapes make is looked for in the scalars."""
    odd = UNPRINTABLE.search(text.replace("\r", "\n"))  # which ends lines, and nothing else
    if odd:
        before = f"{text[: odd.start()]}.".splitlines()
        place = Place(name, len(before), len(before[-1]))
        raise _Refused(source.problem("E120", place, char=_code_of(odd[0])))


def _code_of(char: str) -> str:
    return f"U+{ord(char):04X}"


BROKEN = ("E105", "E106", "E107", "E114")
"""Where a file stops being YAML, or what we take for it."""


def _causes(source: Source, name: str, problem: Problem) -> list[Problem]:
    """Why the YAML is broken: what was mistyped in each part of the file that cannot be read."""
    if problem.code not in BROKEN:
        return [problem]
    lines = source.lines[name]
    found = []
    for typo, said in wrong_in(lines, LOADER):
        told = source.of_typo(name, typo)
        found.append(replace(told, values={"what": TextKey(sentence_for(said))}) if said else told)
    if problem.code != "E105":
        found = [source.suspect(name, problem.place.line) or problem, *(p for p in found if p.place.line != problem.place.line)]
    return sorted(found, key=lambda p: p.place) or [
        replace(problem, values={"what": TextKey(sentence_for(str(problem.values["what"])))})
    ]


def _events(source: Source, text: str, name: str, budget: Budget) -> Iterator[Any]:
    """PyYAML's events with the limits held; a syntax error becomes a problem."""
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            if isinstance(event, yaml.NodeEvent):
                budget.nodes -= 1
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            code = _refusal(event, depth, budget.nodes, documents)
            if code:
                budget.spent |= code == "E104"
                raise _Refused(source.problem(code, _at(event, name), most=MAX_DEPTH if code == "E103" else Budget.nodes))
            yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        raise _Refused(source.problem("E105", place, what=error.problem or "")) from None
    except yaml.YAMLError as error:
        raise _Refused(source.problem("E105", Place(name), what=str(error).partition("\n")[0])) from None


def _refusal(event: Any, depth: int, left: int, documents: int) -> str:
    """The code of the first limit that this event breaks, or ''."""
    if depth > MAX_DEPTH:
        return "E103"
    if left < 0:
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

    def wrong(self, code: str, place: Place, **values: Any) -> None:
        """Something is wrong here, and reading goes on until it is enough."""
        self.source.problems.append(self.source.problem(code, place, **values))
        if len(self.source.problems) > MOST:
            raise _Refused

    def seen(self, event: Any, place: Place) -> None:
        """A scalar in which escapes made what cannot be seen is wrong."""
        if odd := UNPRINTABLE.search(event.value):
            self.wrong("E120", place, char=_code_of(odd[0]))

    def value(self, event: Any, events: Iterator[Any], path: DataPath) -> Any:
        place = self.source.places[path] = _at(event, self.name)
        if isinstance(event, yaml.ScalarEvent):
            self.seen(event, place)
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
                self.wrong("E109", place, name=key, line=self.source.keys[inner].line)
            self.source.keys[inner] = place
            found[key] = self.value(next(events), events, inner)
        return found

    def key(self, event: Any) -> tuple[str, Place]:
        place = _at(event, self.name)
        if not isinstance(event, yaml.ScalarEvent):
            raise _Refused(self.source.problem("E114", place))
        self.seen(event, place)
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
