"""The language as a JSON Schema, for editors that complete and explain while one writes.

Nothing in it is required: what a file leaves out may stand in the library that it uses. Everything may be null, which removes
what the library has. What editors cannot know (names, sums, conditions) is left to `check`.
"""

from __future__ import annotations

import json
import types
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from game.i18n import Say
from game.scenario import kinds, schema
from game.scenario.entities import wins_written
from game.scenario.outcome import Outcome
from game.scenario.reference import field_key, models

Schema = dict[str, Any]
PERCENT: Schema = {"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,2})?\s*%$"}
WORDS: Schema = {"type": ["string", "number"]}
WHOLE: Schema = {"type": ["integer", "string"], "pattern": "^[-+]?[0-9][0-9_]*$"}
"""To an editor, 380_000 is text."""
SUM: Schema = {"type": ["string", "number", "boolean"]}
WRITTEN: dict[Any, Schema] = {
    kinds.text_written: WORDS,
    kinds.texts_written: {"anyOf": [WORDS, {"type": "array", "items": WORDS, "minItems": 1}]},
    kinds.expression_written: SUM,
    kinds.percent_written: PERCENT,
    kinds.amount_written: WORDS,
    kinds.distribution_written: {"anyOf": [{"type": "number"}, {"type": "object", "additionalProperties": PERCENT}]},
    kinds.sources_written: {"anyOf": [PERCENT, {"type": "object", "additionalProperties": PERCENT}]},
}
"""How values are written that are read in a way of their own, by what reads them."""


def scenario_schema() -> Schema:
    """The whole: one definition for each model."""
    says = (Say("zh"), Say("en"))
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Scenario",
        "$ref": "#/definitions/Scenario",
        "definitions": {model.__name__: _of_model(model, says) for model in models()},
    }


def written_schema() -> str:
    """As it stands in assets/scenario.schema.json."""
    return json.dumps(scenario_schema(), ensure_ascii=False, indent=1) + "\n"


def _of_model(model: type[BaseModel], says: tuple[Say, Say]) -> Schema:
    fields = {}
    for name, info in model.model_fields.items():
        if model is Outcome and name == "effects":
            continue
        key = info.alias or name
        told = " / ".join(say(field_key(model.__name__, key)) for say in says)
        fields[key] = {"description": told, **_nullable(_of_field(info))}
    more: Any = _nullable(WORDS) if model is Outcome else False
    return {"type": "object", "properties": fields, "additionalProperties": more}


def _of_field(info: FieldInfo) -> Schema:
    return _of(info.annotation, tuple(info.metadata))


def _nullable(found: Schema) -> Schema:
    return {"anyOf": [*found["anyOf"], {"type": "null"}]} if "anyOf" in found else {"anyOf": [found, {"type": "null"}]}


def _of(annotation: Any, metadata: tuple[Any, ...] = ()) -> Schema:
    """The schema of an annotation, by how it is read."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _of(inner, (*more, *metadata))
    reads = [m.func for m in metadata if isinstance(m, BeforeValidator)]
    known = next((WRITTEN[read] for read in reads if read in WRITTEN), None)
    if known is not None:
        return known
    plain = _plain(annotation)
    if kinds.one_or_many in reads:
        return {"anyOf": [plain["items"], plain]} if "items" in plain else plain
    if schema.selector_written in reads:
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}, plain]}
    if wins_written in reads:
        return {"anyOf": [WORDS, plain]}
    return plain


def _plain(annotation: Any) -> Schema:
    """The schema of an annotation that is read as it stands."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return {"enum": list(args)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(arg) for arg in args if arg is not type(None)]}
    if origin is list:
        return {"type": "array", "items": _of(args[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _nullable(_of(args[1]))}
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {"$ref": f"#/definitions/{annotation.__name__}"}
    names: dict[Any, Schema] = {bool: {"type": "boolean"}, int: WHOLE, str: {"type": "string"}, Decimal: {"type": "number"}}
    return names.get(annotation, {})
