"""A scenario folder → checked model, texts, tables. The only place of the language that touches files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from game.errors import ScenarioError, UsageError
from game.scenario import source as reading
from game.scenario.bounds import Bounds
from game.scenario.check import check
from game.scenario.compile import compile_scenario
from game.scenario.dominance import needless
from game.scenario.expand import aliases, expand
from game.scenario.linear import Condition
from game.scenario.problems import Place, Problem, errors, nearest
from game.scenario.schema import Outcome, Scenario
from game.scenario.source import DataPath, Source
from game.scenario.tables import Compiled
from game.scenario.textids import first_of, numbered, texts_of

MAX_FILES = 64
FILE = "scenario.yaml"
USE = re.compile(r"[\w\-]+(?:/[\w\-]+)*")
LANGUAGES = ("zh", "en")


@dataclass
class Texts:
    """A scenario's texts by id and language. A text that is missing in a language falls back to the author's."""

    language: str
    by_language: dict[str, dict[str, str]] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)

    def get(self, text_id: str, language: str) -> str:
        """The text of an id; '' where the scenario has none."""
        text_id = self.alias.get(text_id, text_id)
        own = self.by_language.get(self.language, {})
        return self.by_language.get(language, {}).get(text_id) or own.get(text_id) or ""

    def in_turn(self, text_id: str, language: str) -> list[str]:
        """The texts that take turns under an id, as many as the language has of them; at least one, '' where there is none."""
        text_id = self.alias.get(text_id, text_id)
        for texts in (self.by_language.get(language, {}), self.by_language.get(self.language, {})):
            found = [texts[text_id]] if texts.get(text_id) else []
            while found and (more := texts.get(f"{text_id}.{len(found) + 1}")):
                found.append(more)
            if found:
                return found
        return [""]

    def missing(self, language: str) -> list[str]:
        """Ids that have no text of their own in a language. Of texts that take turns one is enough."""
        have = self.by_language.get(language, {})
        return [i for i in self.by_language.get(self.language, {}) if first_of(i) not in have]


@dataclass
class Loaded:
    """What a folder holds: problems always, the rest where there are no errors."""

    name: str
    source: Source
    problems: list[Problem]
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


def find(name: str, scenarios: Path) -> Path:
    """The folder of a scenario given by name or by path; UsageError with the nearest name where there is none."""
    for path in (scenarios / name, Path(name)):
        if (path / FILE).is_file():
            return path
        if path.name == FILE and path.is_file():
            return path.parent
    known = names(scenarios)
    near = nearest(name, known)
    raise UsageError(
        "error.no_scenario_near" if near else "error.no_scenario", name=name, near=near, known=", ".join(known) or "—"
    )


def names(scenarios: Path) -> list[str]:
    """The scenarios there are, by folder name."""
    return sorted(p.parent.name for p in scenarios.glob(f"*/{FILE}")) if scenarios.is_dir() else []


def load_ready(folder: Path, scenarios: Path) -> Ready:
    """A scenario that can be played; ScenarioError with its problems otherwise."""
    found = load(folder, scenarios)
    if not (found.scenario and found.texts and found.compiled):
        raise ScenarioError(found.problems)
    return Ready(found.name, found.scenario, found.texts, found.compiled, found.conditions)


def load(folder: Path, scenarios: Path) -> Loaded:
    """Read, merge what it uses, validate, check, compile. Never raises for what stands in the files."""
    folder = folder.resolve()
    reader = _Reader(folder, scenarios.resolve())
    source = reader.whole()
    found = Loaded(folder.name, source, source.problems)
    if errors(found.problems):
        return found
    try:
        sc = Scenario.model_validate(source.data)
    except ValidationError as error:
        found.problems += _of_validation(error, source)
        return found
    found.problems += check(sc, source)
    found.problems += _of_after(sc, source, folder, scenarios.resolve())
    if errors(found.problems):
        return found
    found.texts = reader.texts(sc, source, found.problems)
    found.scenario = expand(sc)
    found.compiled, found.conditions = compile_scenario(sc, folder.name)
    bounds = Bounds(found.compiled, sc)
    for n in (*bounds.never(), *needless(bounds)):
        found.problems.append(source.problem(n.code, source.key_place(n.path), **n.values))
    return found


def _of_after(sc: Scenario, source: Source, folder: Path, scenarios: Path) -> Iterator[Problem]:
    """The deals this one goes on from must be there, and have those endings."""
    for name, endings in sc.start.after.items() if sc.start else ():
        other = folder if name == folder.name else scenarios / name
        if not USE.fullmatch(name) or not (other / FILE).is_file():
            known = names(scenarios)
            place = source.key_place(("start", "after", name))
            yield source.problem("E201", place, name=name, kind="@kind.scenario", near=nearest(name, known))
            continue
        data = _Reader(other, scenarios).whole().data
        there = data.get("endings") if isinstance(data, dict) else None
        for ending in endings:
            if not isinstance(there, dict) or ending not in there:
                place = source.key_place(("start", "after", name, ending))
                near = nearest(ending, list(map(str, there or [])))
                yield source.problem("E201", place, name=ending, kind="@kind.ending", near=near)


class _Reader:
    """Reads a scenario's files and what they `use`, each once; later files go over earlier ones, key by key."""

    def __init__(self, folder: Path, scenarios: Path) -> None:
        self.folder, self.scenarios = folder, scenarios
        self.files: list[Path] = []

    def name(self, path: Path) -> str:
        """How messages call a file: relative to where the user is, where that is shorter."""
        try:
            return str(path.relative_to(Path.cwd()))
        except ValueError:
            return str(path)

    def whole(self) -> Source:
        whole = Source()
        self.read(self.folder / FILE, whole, ())
        if not errors(whole.problems) and not isinstance(whole.data, dict):
            whole.problems.append(whole.problem("E115", whole.place(())))
        return whole

    def read(self, path: Path, whole: Source, chain: tuple[Path, ...]) -> None:
        """Read one file after everything it uses, and lay it over what is there."""
        if path in self.files:
            return
        self.files.append(path)
        part = reading.read_file(path, self.name(path))
        whole.lines.update(part.lines)
        whole.suspects += part.suspects
        whole.problems += part.problems
        if part.problems:
            return
        if not isinstance(part.data, dict):
            whole.problems.append(part.problem("E115", part.place(())))
            return
        uses = part.data.get("use") or []
        for k, use in enumerate(uses if isinstance(uses, list) else [uses]):
            place = part.places.get(("use", k)) or part.place(("use",))
            problem = self.use(use, path, place, whole, (*chain, path))
            if problem:
                code, values = problem
                whole.problems.append(part.problem(code, place, **values))
        overlay(whole, part)

    def use(
        self, use: Any, user: Path, place: Place, whole: Source, chain: tuple[Path, ...]
    ) -> tuple[str, dict[str, Any]] | None:
        """Follow one `use`; the problem with it, if any."""
        if not isinstance(use, str) or not USE.fullmatch(use):
            return "E116", {"found": str(use)}
        candidates = [base / f"{use}.yaml" for base in (self.scenarios, self.folder)]
        path = next((p for p in candidates if p.is_file()), None)
        if path is None:
            known = [str(p.relative_to(self.scenarios).with_suffix("")) for p in (self.scenarios / "library").glob("*.yaml")]
            known = [k for k in known if not k.endswith(LANGUAGES)]
            return "E117", {"found": use, "near": nearest(use, known), "known": ", ".join(sorted(known)) or "—"}
        if path in chain:
            return "E118", {"chain": " → ".join(self.name(p) for p in (*chain, path))}
        if len(self.files) >= MAX_FILES:
            return "E119", {"most": MAX_FILES}
        self.read(path, whole, chain)
        return None

    # ---- texts
    def texts(self, sc: Scenario, source: Source, problems: list[Problem]) -> Texts:
        """Texts in the author's language, and in the other from the `en.yaml` beside each file.

        A text that a file writes anew needs a translation of its own: that of the library's text says something else.
        """
        written = {".".join(map(str, path)): source.place(path).file for path, _ in texts_of(sc)}
        own = {".".join(map(str, path)): text for path, text in texts_of(sc)}
        texts = Texts(sc.language, {sc.language: own}, dict(aliases(sc)))
        for language in LANGUAGES:
            if language == sc.language:
                continue
            texts.by_language[language] = {}
            for path in reversed(self.files):  # the scenario's own texts go over the library's
                beside = path.parent / (f"{language}.yaml" if path.name == FILE else f"{path.stem}.{language}.yaml")
                into = texts.by_language[language]
                for text_id in [k for k in into if written.get(first_of(k)) == self.name(path)]:
                    del into[text_id]
                if beside.is_file():
                    self.translation(beside, own, into, problems)
            absent = texts.missing(language)
            if absent:
                place = Place(self.name(self.folder / FILE))
                problems.append(
                    Problem("W301", place, {"count": len(absent), "of": len(own), "language": language, "first": absent[0]})
                )
        return texts

    def translation(self, path: Path, own: dict[str, str], into: dict[str, str], problems: list[Problem]) -> None:
        part = reading.read_file(path, self.name(path))
        problems += part.problems
        data = part.data if isinstance(part.data, dict) else {}
        mine = path.stem in LANGUAGES
        for text_id, text in data.items():
            turns = text if isinstance(text, list) and text and str(text_id).endswith(".say") else [text]
            if any(isinstance(one, (dict, list)) or one is None for one in turns):
                problems.append(part.problem("E204", part.place((text_id,)), want="@want.text"))
            elif text_id not in own and mine:
                problems.append(part.problem("W302", part.key_place((text_id,)), name=text_id, near=nearest(text_id, own)))
            else:
                into |= {".".join(numbered((text_id,), k)): str(one) for k, one in enumerate(turns)}


def overlay(whole: Source, part: Source) -> None:
    """Lay a file over what was read before: mappings merge key by key, anything else is replaced, null removes."""
    whole.data = _merged(whole, whole.data if isinstance(whole.data, dict) else {}, part, part.data, ())
    whole.places[()] = part.place(())


def _merged(whole: Source, base: dict[str, Any], part: Source, over: dict[str, Any], path: DataPath) -> dict[str, Any]:
    found = dict(base)
    for key, value in over.items():
        inner = (*path, key)
        merges = isinstance(value, dict) and isinstance(found.get(key), dict) and not replaces(inner)
        if not merges:
            _forget(whole, found.get(key), inner)
        if value is None and key in found:
            del found[key]
            continue
        whole.keys[inner] = part.keys[inner]
        whole.places[inner] = part.places[inner]
        if merges:
            found[key] = _merged(whole, found[key], part, value, inner)
        else:
            found[key] = value
            _adopt(whole, part, value, inner)
    return found


def replaces(path: DataPath) -> bool:
    """Mappings that are one value and never merge: distributions, outcomes as a whole."""
    return path[-1] in ("stance", "worth", "start", "outcomes", "branches") or (len(path) >= 2 and path[-2] in ("scores", "net"))


def _forget(whole: Source, value: Any, path: DataPath) -> None:
    """Drop the places of a value and of everything in it."""
    whole.places.pop(path, None)
    whole.keys.pop(path, None)
    for step, inner in _inside(value):
        _forget(whole, inner, (*path, step))


def _adopt(whole: Source, part: Source, value: Any, path: DataPath) -> None:
    """Take over the places of a value and of everything in it."""
    whole.places[path] = part.places[path]
    if path in part.keys:
        whole.keys[path] = part.keys[path]
    for step, inner in _inside(value):
        _adopt(whole, part, inner, (*path, step))


def _inside(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


# ---- what pydantic found
WANT = {
    "int_type": "whole",
    "string_type": "text",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "list_type": "list",
    "bool_type": "yes_no",
    "want_expression": "expression",
    "want_amount": "expression",
    "decimal_type": "number",
    "is_instance_of": "number",
    "want_distribution": "distribution",
    "want_seen": "seen",
    "want_pair": "pair",
}
BOUNDS = ("greater_than_equal", "less_than_equal", "too_short", "too_long")


def _of_validation(error: ValidationError, source: Source) -> list[Problem]:
    """pydantic's errors as problems. A key missing and an unknown one beside it that resembles it become one message."""
    found: list[Problem] = []
    details = error.errors(include_url=False)
    unknown = [tuple(d["loc"]) for d in details if d["type"] == "extra_forbidden"]
    explained: set[DataPath] = set()
    for d in details:
        loc = tuple(d["loc"])
        if d["type"] == "missing":
            beside = {str(u[-1]): u for u in unknown if u[:-1] == loc[:-1]}
            near = nearest(str(loc[-1]), beside)
            if near:
                explained.add(beside[near])
                found.append(source.problem("E203", source.key_place(beside[near]), name=near, near=str(loc[-1])))
    for d in details:
        loc = tuple(d["loc"])
        paired = d["type"] == "missing" and any(
            u[:-1] == loc[:-1] and u in explained and nearest(str(loc[-1]), [str(u[-1])]) for u in unknown
        )
        if loc not in explained and not paired:
            found.append(_of_detail(d, loc, source))
    suspects = {(p.place.file, p.place.line): p for p in source.suspects}
    found = list(dict.fromkeys(suspects.get((p.place.file, p.place.line), p) for p in found))
    return sorted(found, key=lambda p: (p.place.file, p.place.line, p.place.column))


def _of_detail(d: ErrorDetails, loc: DataPath, source: Source) -> Problem:
    kind, context = d["type"], d.get("ctx") or {}
    if kind == "missing":
        return source.problem("E202", source.key_place(loc[:-1]), name=str(loc[-1]), near="")
    if kind == "extra_forbidden" and d["input"] is None:
        return source.problem("E229", source.key_place(loc), name=str(loc[-1]))
    if kind == "extra_forbidden":
        return source.problem("E203", source.key_place(loc), name=str(loc[-1]), near=nearest(str(loc[-1]), fields_at(loc[:-1])))
    if kind == "literal_error":
        expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        options = [o.strip() for o in expected.split(",")]
        return source.problem(
            "E210", source.place(loc), found=str(d["input"]), options=", ".join(options), near=nearest(str(d["input"]), options)
        )
    if kind == "sum_of_shares":
        return source.problem("E226", source.place(loc), found=context["found"])
    if kind in ("want_percent", "percent_range", "want_number"):
        return source.problem("E227", source.place(loc), found=context["found"])
    if kind in BOUNDS or kind == "range_order":
        bounds = ", ".join(f"{k} {v}" for k, v in context.items() if k in ("ge", "le", "min_length", "max_length"))
        return source.problem("E228", source.place(loc), bounds=bounds.replace("ge", "≥").replace("le ", "≤ ") or "low ≤ high")
    return source.problem("E204", source.place(loc), want=f"@want.{WANT.get(kind, 'other')}")


def fields_at(loc: DataPath) -> list[str]:
    """The keys that may stand in a mapping, by walking the models along a path."""
    model: Any = Scenario
    for step in loc:
        if isinstance(model, type) and issubclass(model, BaseModel):
            info = next((i for n, i in model.model_fields.items() if (i.alias or n) == step), None)
            if info is None:
                return []
            model = info.annotation
            continue
        model = _inner(model)
    model = _inner(model) if not isinstance(model, type) else model
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [i.alias or n for n, i in model.model_fields.items() if not (model is Outcome and n == "effects")]


def _inner(annotation: Any) -> Any:
    """The model inside dict[str, M], list[M], M | None, Annotated[M, …]."""
    for arg in reversed(getattr(annotation, "__args__", ())):
        if isinstance(arg, type) and issubclass(arg, BaseModel):
            return arg
        inner = _inner(arg)
        if inner is not None:
            return inner
    return None
