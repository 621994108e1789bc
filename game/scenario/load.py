"""A scenario folder → checked model, texts, tables: the order in which that is done, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path

from pydantic import ValidationError

from game.errors import ScenarioError
from game.scenario.bounds import Bounds
from game.scenario.build import Refused
from game.scenario.check import check
from game.scenario.compile import compile_scenario
from game.scenario.compiled import Compiled
from game.scenario.dead import Dead
from game.scenario.dominance import needless
from game.scenario.expand import expand
from game.scenario.files import FILE, find, home_of, is_file, names, shown
from game.scenario.kept import Files
from game.scenario.linear import Condition
from game.scenario.problems import Problem, TextKey, enough, errors, nearest, told
from game.scenario.reader import USE, Reader
from game.scenario.schema import Scenario
from game.scenario.source import Budget, DataPath, Source
from game.scenario.texts import Texts, read_texts
from game.scenario.validation import of_validation

IGNORE = re.compile(r"# lint: ignore (W\d{3}) \S")
TO_DO = ("TODO", "改：", "改:")
"""How a text begins that `new` left to its author."""
__all__ = ["Loaded", "Ready", "Texts", "find", "load", "load_ready", "names"]


@dataclass
class Loaded:
    """What a folder holds: problems always, the rest where there are no errors."""

    name: str
    source: Source
    problems: list[Problem]
    _: KW_ONLY
    scenario: Scenario | None = None
    texts: Texts | None = None
    compiled: Compiled | None = None
    conditions: dict[DataPath, Condition] = field(default_factory=dict)


@dataclass
class Ready:
    """A scenario that can be played."""

    name: str
    scenario: Scenario
    texts: Texts
    compiled: Compiled
    conditions: dict[DataPath, Condition]


def load_ready(folder: Path, scenarios: Path) -> Ready:
    """A scenario that can be played; ScenarioError with its problems otherwise."""
    found = load(folder, scenarios)
    if errors(found.problems) or not (found.scenario and found.texts and found.compiled):
        raise ScenarioError(found.problems)
    return Ready(found.name, found.scenario, found.texts, found.compiled, found.conditions)


def load(folder: Path, scenarios: Path, text: str | None = None, kept: Files | None = None) -> Loaded:
    """Read, merge what it uses, validate, check, compile. Never raises for what stands in the files. `text`: what stands in the
    scenario's own file, where that is not what is on the disk; `kept`: what was read before of files that stay as they are."""
    home = home_of(folder, scenarios)
    reader = Reader(home, Budget(), text, kept)
    source = reader.whole()
    found = Loaded(home.folder.name, source, source.problems)
    if not errors(found.problems):
        _understand(found, reader)
    quiet = ignored(source, shown(home.folder / FILE))
    found.problems = told([p for p in found.problems if p.code not in quiet])
    return found


def ignored(source: Source, file: str) -> set[str]:
    """The remarks that an author does not want to hear of, each with its reason: `# lint: ignore W301 for one class only`. Errors
    are always told."""
    return {match[1] for line in source.lines.get(file, []) if (match := IGNORE.match(line))}


def _understand(found: Loaded, reader: Reader) -> None:
    """What the files mean, as far as nothing is wrong."""
    source = found.source
    try:
        sc = Scenario.model_validate(source.data)
    except ValidationError as error:
        found.problems += of_validation(error, source)
        return
    found.problems += check(sc, source)
    found.problems += enough(_of_after(sc, source, reader))
    if errors(found.problems):
        return
    try:
        found.compiled, found.conditions = compile_scenario(sc, found.name)
    except Refused as refused:
        found.problems.append(source.problem(refused.code, source.place(source.dotted(refused.where)), **refused.values))
        return
    found.texts, problems = read_texts(sc, source, reader)
    found.problems += [*problems, *unwritten(found.texts, source, shown(reader.home.folder / FILE))]
    found.scenario = expand(sc)
    bounds = Bounds(found.compiled, sc)
    own = shown(reader.home.folder / FILE)
    for n in (*bounds.never(), *needless(bounds), *Dead(sc, bounds, found.conditions).all()):
        place = source.key_place(n.path)
        # A library offers more than one deal can use: only what is too dear in it is this deal's own fault.
        if place.file == own or n.code == "W401":
            found.problems.append(source.problem(n.code, place, **n.values))


def unwritten(texts: Texts, source: Source, file: str) -> list[Problem]:
    """The texts of the scenario's own file that only say that they are to be written: the first of them, with their number."""
    marked = [text_id for text_id, text in texts.by_language[texts.language].items() if text.lstrip('“"').startswith(TO_DO)]
    own = sorted(place for place in (source.place(tuple(text_id.split("."))) for text_id in marked) if place.file == file)
    return [source.problem("W304", own[0], count=len(own))] if own else []


def _of_after(sc: Scenario, source: Source, reader: Reader) -> Iterator[Problem]:
    """The deals this one goes on from must be there, and have those endings."""
    home, known = reader.home, names(reader.home.scenarios)
    for name, endings in sc.start.after.items() if sc.start else ():
        other = home.folder if name == home.folder.name else home.scenarios / name
        place = source.key_place(("start", "after", name))
        if not USE.fullmatch(name) or not is_file(other / FILE):
            yield source.problem("E201", place, name=name, kind=TextKey("kind.scenario"), near=nearest(name, known))
            continue
        there = Reader(home_of(other, home.scenarios), reader.budget).whole()
        if wrong := errors(there.problems):
            yield wrong[0]
            continue
        written = there.data.get("endings")
        for ending in endings:
            if not isinstance(written, dict) or ending not in written:
                place = source.key_place(("start", "after", name, ending))
                near = nearest(ending, list(map(str, written or [])))
                yield source.problem("E201", place, name=ending, kind=TextKey("kind.ending"), near=near)
