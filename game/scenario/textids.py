"""Which parts of a scenario people read, by the path under which they are written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from game.scenario.kinds import TextMark
from game.scenario.schema import Point


def _is_text(metadata: list[Any], annotation: Any) -> bool:
    if any(isinstance(m, TextMark) for m in metadata):
        return True
    return any(_is_text(list(get_args(a)[1:]), None) for a in get_args(annotation) if get_origin(a) is Annotated)


def numbered(path: tuple[str, ...], k: int) -> tuple[str, ...]:
    """Where the `k`th (from 0) of several texts that take turns stands: the first under the path itself, then .2, .3 …"""
    return (*path, str(k + 1)) if k else path


def first_of(text_id: str) -> str:
    """The id of the first of several texts that take turns; any other id is its own."""
    head, _, last = text_id.rpartition(".")
    return head if last.isdecimal() and head.endswith(".say") else text_id


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """(name, what authors write, whether people read it) of every field."""
    every = model.model_fields.items()
    return tuple((name, info.alias or name, _is_text(info.metadata, info.annotation)) for name, info in every)


def texts_of(part: BaseModel, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """(path, text) of everything people read; list items count under their id."""
    for name, word, is_text in _fields(type(part)):
        value = getattr(part, name)
        inner = (*path, word)
        if is_text:
            if isinstance(value, list):
                yield from ((numbered(inner, k), text) for k, text in enumerate(value))
            elif value is not None:
                yield inner, value
        elif isinstance(value, BaseModel):
            yield from texts_of(value, inner)
        elif isinstance(value, dict):
            yield from _texts_in(value.items(), inner)


def _texts_in(items: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in items:
        if isinstance(value, BaseModel):
            yield from texts_of(value, (*path, str(key)))
        elif isinstance(value, list):
            yield from _texts_in(((v.id, v) for v in value if isinstance(v, Point)), (*path, str(key)))
