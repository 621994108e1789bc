"""What the models find wrong with a file's data, as problems an author can act on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from game.scenario.outcome import Outcome
from game.scenario.problems import Problem, TextKey, enough, nearest
from game.scenario.schema import Scenario
from game.scenario.source import DataPath, Source

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
    "want_lapse": "lapse",
}
SIGNS = {"ge": "≥", "le": "≤", "min_length": "≥", "max_length": "≤"}
"""Limits of numbers, and of how many may stand in a list."""
BOUNDS = ("greater_than_equal", "less_than_equal", "too_short", "too_long")


def of_validation(error: ValidationError, source: Source) -> list[Problem]:
    """The models' errors in the order of the file. Where an odd character stands on the line of one, that is told instead."""
    found: dict[object, Problem] = {}
    for problem in enough(_problems(error.errors(include_url=False), source)):
        suspect = source.suspect(problem.place.file, problem.place.line)
        found[suspect.place if suspect else problem] = suspect or problem
    return sorted(found.values(), key=lambda p: p.place)


def _problems(details: list[ErrorDetails], source: Source) -> Iterator[Problem]:
    """A problem for each error in the order of the file, made only when it is asked for. A key missing and an unknown one
    beside it that resembles it become one."""
    details.sort(key=lambda d: source.place(tuple(d["loc"])))
    meant = _misspelt(details)
    explained = {(*written[:-1], name) for written, name in meant.items()}
    for d in details:
        loc = tuple(d["loc"])
        if loc in meant:
            yield source.problem("E203", source.key_place(loc), name=str(loc[-1]), near=meant[loc])
        elif d["type"] != "missing" or loc not in explained:
            yield _of_detail(d, loc, source)


def _misspelt(details: list[ErrorDetails]) -> dict[DataPath, str]:
    """Unknown keys that are probably a missing one beside them: where they stand → what they were meant to be."""
    unknown = defaultdict[DataPath, list[str]](list)
    for d in details:
        if d["type"] == "extra_forbidden":
            unknown[tuple(d["loc"][:-1])].append(str(d["loc"][-1]))
    found: dict[DataPath, str] = {}
    for d in details:
        at, name = tuple(d["loc"][:-1]), str(d["loc"][-1]) if d["loc"] else ""
        if d["type"] == "missing" and at in unknown and (near := nearest(name, unknown[at])):
            found[(*at, near)] = name
    return found


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
    if kind == "want_value":
        return source.problem("E232", source.place(loc), found=context["found"])
    if kind in ("want_percent", "percent_range"):
        return source.problem("E227", source.place(loc), found=context["found"])
    if kind in BOUNDS or kind == "range_order":
        bounds = ", ".join(f"{SIGNS[k]} {v}" for k, v in context.items() if k in SIGNS)
        return source.problem("E228", source.place(loc), bounds=bounds or "low ≤ high")
    return source.problem("E204", source.place(loc), want=TextKey(f"want.{WANT.get(kind, 'other')}"))


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
