"""Where in the models of the language a path leads: what is expected there, and what keys may stand there."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game.scenario.outcome import Outcome
from game.scenario.schema import Scenario
from game.scenario.source import DataPath


def bare(annotation: Any) -> Any:
    """What is expected, without what is said about it and without that it may be missing."""
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        first, *others = [arg for arg in get_args(annotation) if arg is not type(None)]
        if get_origin(annotation) is Annotated:
            annotation = first
        else:
            annotation = next((a for a in (first, *others) if is_model(bare(a)) or get_origin(bare(a)) in (dict, list)), first)
    return annotation


def is_model(expected: Any) -> bool:
    return isinstance(expected, type) and issubclass(expected, BaseModel)


def fields_of(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """The keys that authors write in a model, each with its field."""
    for name, info in model.model_fields.items():
        if not (model is Outcome and name == "effects"):
            yield info.alias or name, info


def expected_at(path: DataPath) -> Any:
    """What is expected at a path; None where nothing of the language is."""
    expected: Any = Scenario
    for step in path:
        if is_model(expected):
            info = dict(fields_of(expected)).get(str(step))
            expected = bare(info.annotation) if info else None
        elif get_origin(expected) in (dict, list):
            expected = bare(get_args(expected)[-1])
        else:
            return None
    return expected


def fields_at(path: DataPath) -> list[str]:
    """The keys that may stand in the mapping at a path."""
    expected = expected_at(path)
    return [name for name, _ in fields_of(expected)] if is_model(expected) else []


def field_at(path: DataPath) -> tuple[str, str] | None:
    """(model, field) of a key; None for a key that is a name of the author's."""
    around: Any = expected_at(path[:-1]) if path else None
    if not is_model(around) or str(path[-1]) not in dict(fields_of(around)):
        return None
    return str(around.__name__), str(path[-1])
