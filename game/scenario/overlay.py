"""One file laid over another: mappings merge key by key, anything else is replaced, null removes. Places move along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from game.scenario.source import DataPath, Source


def overlay(whole: Source, part: Source) -> None:
    """Lay a file over what was read before."""
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
