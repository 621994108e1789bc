"""What the models find wrong with a file's data, as problems an author can act on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from game.scenario.problems import Problem, TextKey, enough, nearest
from game.scenario.shape import fields_at
from game.scenario.source import DataPath, Source
from game.scenario.spoken import number_meant
from game.scenario.typo import WIDE

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
MOST_RENAMED = 20
"""Things of which it is asked whether they were meant to be another."""
EXAMPLES = {"list": "[…, …]", "whole": "3", "number": "0.3", "yes_no": "true", "expression": "45 + 0.4 * need", "pair": "[…, …]"}
EXAMPLES |= {"distribution": "{-1: 30%, 0: 50%, 1: 20%}", "seen": "always", "lapse": "lapse: {…: …}"}
"""How a value of each kind is written."""
MOST_SHOWN = 5
"""Keys that an example of a mapping shows."""
MOST_NAMED = 40
"""Keys that a message lists."""
BOUNDS = ("greater_than_equal", "less_than_equal", "too_short", "too_long")


def of_validation(error: ValidationError, source: Source) -> list[Problem]:
    """The models' errors in the order of the file. Where an odd character stands on the line of one, that is told instead."""
    details = error.errors(include_url=False)
    if unused := _library_unused(details, source):
        return [unused]
    found: dict[object, Problem] = {}
    for problem in enough(_problems(details, source)):
        suspect = source.suspect(problem.place.file, problem.place.line)
        found[suspect.place if suspect else problem] = suspect or problem
    return sorted(found.values(), key=lambda p: p.place)


def _library_unused(details: list[ErrorDetails], source: Source) -> Problem | None:
    """Without any `use` nothing of the library is there, and whatever builds on it is wrong: that alone is told."""
    lacks = {str(d["loc"][0]) for d in details if d["type"] == "missing" and len(d["loc"]) == 1}
    if "stages" not in lacks or not isinstance(source.data, dict) or source.data.get("use"):
        return None
    first = min((place for path, place in source.keys.items() if len(path) == 1), default=source.place(()))
    return source.problem("E247", first)


def _problems(details: list[ErrorDetails], source: Source) -> Iterator[Problem]:
    """A problem for each error in the order of the file, made only when it is asked for. A key missing and an unknown one
    beside it that resembles it become one; what lacks most of its keys and is called like a thing of the library was meant to
    change that."""
    details.sort(key=lambda d: source.place(tuple(d["loc"])))
    meant, changed = _misspelt(details), _renamed(details, source)
    explained = {(*written[:-1], name) for written, name in meant.items()}
    told, numbers = set[DataPath](), set[DataPath]()
    for d in details:
        loc = tuple(d["loc"])
        if d["type"] == "extra_forbidden" and d["input"] is None and str(loc[-1]).isdigit():
            if loc not in numbers:  # a number written with commas is one slip, however many parts it has
                numbers.update(_thousands(loc, source)[0])
                yield _of_detail(d, loc, source)
        elif loc in meant:
            yield source.problem("E203", source.key_place(loc), name=str(loc[-1]), near=meant[loc], known=_known(loc))
        elif d["type"] != "missing":
            yield _of_detail(d, loc, source)
        elif loc[:-1] in changed:
            if loc[:-1] not in told:
                told.add(loc[:-1])
                yield source.problem("E246", source.key_place(loc[:-1]), name=str(loc[-2]), near=changed[loc[:-1]])
        elif loc not in explained:
            yield _of_detail(d, loc, source)


def _renamed(details: list[ErrorDetails], source: Source) -> dict[DataPath, str]:
    """Things that lack two keys or more and are called almost like another of their kind: where → what that one is called."""
    lacking = Counter(tuple(d["loc"][:-1]) for d in details if d["type"] == "missing" and len(d["loc"]) == 3)
    found: dict[DataPath, str] = {}
    for path, many in list(lacking.items())[:MOST_RENAMED]:
        group = source.data.get(path[0]) if isinstance(source.data, dict) else None
        others = [str(name) for name in group if name != path[1]] if isinstance(group, dict) else []
        if many >= 2 and (near := nearest(str(path[1]), others)):
            found[path] = near
    return found


def _misspelt(details: list[ErrorDetails]) -> dict[DataPath, str]:
    """Unknown keys that are probably a missing one beside them: where they stand → what they were meant to be."""
    unknown = defaultdict[DataPath, list[str]](list)
    for d in details:
        if d["type"] == "extra_forbidden":
            unknown[tuple(d["loc"][:-1])].append(str(d["loc"][-1]))
    missing = defaultdict[DataPath, list[str]](list)
    for d in details:
        if d["type"] == "missing" and d["loc"]:
            missing[tuple(d["loc"][:-1])].append(str(d["loc"][-1]))
    found: dict[DataPath, str] = {}
    for at, names in missing.items():
        alone = len(names) == len(unknown[at]) == 1
        for name in names:
            near = unknown[at][0] if alone else nearest(name, unknown[at])
            if near:
                found[(*at, near)] = name
    return found


LISTS = frozenset(
    {"said", "verifies", "finds", "arrives", "leaves", "promises", "opens", "by", "stage", "phase", "tags", "roles", "level"}
)
"""Keys that take one name or several."""
NUMBERS = ("int_type", "decimal_type", "is_instance_of", "int_parsing", "decimal_parsing")
VALUES = (*NUMBERS, "want_percent", "percent_range", "want_value", "literal_error", "want_distribution")


def _of_detail(d: ErrorDetails, loc: DataPath, source: Source) -> Problem:
    kind, context, given = d["type"], d.get("ctx") or {}, d["input"]
    if (
        kind in VALUES
        and isinstance(given, str)
        and (wide := next((k for k, c in enumerate(given) if c in WIDE), None)) is not None
    ):
        at = source.place(loc)
        at = at._replace(column=at.column + wide, length=1) if at.length == len(given) else at
        return source.problem("E111", at, found=given[wide], want=WIDE[given[wide]])
    if kind in NUMBERS and isinstance(given, str) and (number := _as_written(number_meant(given))):
        return source.problem("E243", source.place(loc), found=given, want=number)
    if kind == "missing":
        return source.problem("E202", source.key_place(loc[:-1]), name=str(loc[-1]), near="")
    if kind == "extra_forbidden" and given is None and str(loc[-1]).replace("_", "").isdigit():
        keys, parts = _thousands(loc, source)
        return source.problem("E243", source.key_place(keys[0]), found=",".join(parts), want="_".join(parts))
    if kind in ("extra_forbidden", "want_amount") and given is None:
        loc = loc if loc in source.keys else tuple(step for step in loc if step != "effects")  # which no author writes
        before, value = _before(loc, source)
        listed = f"{before}: [{value}, {loc[-1]}]" if before in LISTS and isinstance(value, str) else ""
        return source.problem("E249" if listed else "E229", source.key_place(loc), name=str(loc[-1]), want=listed)
    if kind == "extra_forbidden":
        near = nearest(str(loc[-1]), fields_at(loc[:-1]))
        return source.problem("E203", source.key_place(loc), name=str(loc[-1]), near=near, known=_known(loc))
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
    want = WANT.get(kind, "other")
    return source.problem("E204", source.place(loc), want=TextKey(f"want.{want}"), like=_like(want, loc))


def _like(want: str, loc: DataPath) -> str:
    """How what is wanted looks, in the file's own signs."""
    keys = fields_at(loc)[:MOST_SHOWN]
    if want == "mapping":
        return "{" + ", ".join(f"{key}: …" for key in keys or ["…"]) + "}"
    return EXAMPLES.get(want, "…")


def _thousands(loc: DataPath, source: Source) -> tuple[list[DataPath], list[str]]:
    """The keys that are the rest of a number written with commas, the first of them first, and all parts of that number."""
    inside: Any = source.data
    for step in loc[:-1]:
        inside = inside[step]
    names = list(inside)
    at = names.index(loc[-1])
    while at > 1 and inside[names[at - 1]] is None:
        at -= 1
    keys, parts = list[DataPath](), [str(inside[names[at - 1]])] if at else []
    while at < len(names) and inside[names[at]] is None and str(names[at]).isdigit():
        keys.append((*loc[:-1], names[at]))
        parts.append(str(names[at]))
        at += 1
    return keys or [loc], parts


def _before(loc: DataPath, source: Source) -> tuple[str, Any]:
    """The key that stands before another one in its mapping, with its value; '' for none."""
    inside: Any = source.data
    for step in loc[:-1]:
        inside = inside[step]
    names = list(inside)
    at = names.index(loc[-1])
    return (str(names[at - 1]), inside[names[at - 1]]) if at else ("", "")


def _known(loc: DataPath) -> str:
    """What may stand where this key does."""
    return ", ".join(fields_at(loc[:-1])[:MOST_NAMED]) or "—"


def _as_written(number: Decimal | None) -> str:
    """A number as it is to be written; '' for none."""
    if number is None:
        return ""
    return f"{int(number):_}" if number == int(number) else f"{number:f}"
