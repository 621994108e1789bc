"""Declared once, three times used: a class of tables as a Python object, as the numpy record that compiled code runs on, and
how long its rows may be.

A field is a scalar (`int`) or a row (`Annotated[Row, "the name of its capacity"]`).
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import numpy as np

Row = list[int]

# Capacities of the compiled tables by size class.
CAPACITY: dict[str, tuple[int, int, int]] = {
    "slot": (512, 1024, 2048),
    "form": (768, 2048, 8192),
    "term": (4096, 12288, 49152),
    "atom": (1024, 4096, 16384),
    "roll": (256, 768, 4096),
    "branch": (768, 2304, 12288),
    "effect": (3072, 9216, 49152),
    "reading": (512, 1024, 4096),
    "action": (96, 256, 1024),
    "pair": (512, 1536, 2048),
    "arm": (1024, 4096, 8192),
    "stage": (17, 33, 65),
    "stage_action": (384, 1024, 8192),
    "stage_arm": (2048, 8192, 32768),
    "person": (16, 24, 32),
    "member": (8, 10, 16),
    "pair_of_people": (256, 576, 1024),
    "fade": (32, 64, 128),
    "start": (96, 192, 384),
    "start_value": (384, 768, 1536),
    "rival": (6, 8, 10),
    "move": (32, 64, 96),
    "event": (48, 96, 192),
    "point": (64, 128, 256),
    "criterion": (8, 12, 16),
    "score": (64, 120, 192),
    "ending": (24, 32, 48),
    "fact": (32, 64, 128),
    "told": (96, 256, 512),
    "away": (16, 32, 64),
    "phase": (12, 12, 16),
    "step": (16, 16, 24),
    "pace": (48, 96, 128),
    "moment": (16, 32, 48),
    "epilogue": (24, 48, 64),
    "scene": (16, 32, 64),
    "answer": (64, 128, 256),
    "sync": (32, 64, 128),
    "front": (4, 6, 8),
    "gauge": (4, 4, 4),
    "length": (254, 254, 254),
    "trace": (16384, 16384, 16384),
    "exp": (1024, 1024, 1024),
}
SIZES = ("S", "M", "L")


@cache
def fields(cls: type) -> tuple[tuple[str, str], ...]:
    """(name, capacity's name) of every field in the order declared; '' for a scalar."""
    hints = get_type_hints(cls, include_extras=True)
    return tuple((name, get_args(hint)[1] if get_origin(hint) is Annotated else "") for name, hint in hints.items())


def room(capacity: str, size: str) -> int:
    """Capacity of a row in a size class. Offsets need one more than their owners: every row has two to spare."""
    return CAPACITY[capacity][SIZES.index(size)] + 2


def code_size(size: str) -> str:
    """The size class whose machine code a scenario of this one runs on: small ones run on the middle one's, at the same speed, so
    that it is made once for both."""
    return "M" if size == "S" else size


def dtype(cls: type, size: str) -> np.dtype[Any]:
    """The record that compiled code runs on: int64 throughout, rows at the capacity of its size class."""
    columns = [(n, "i8", (room(c, code_size(size)),)) if c else (n, "i8") for n, c in fields(cls)]
    return np.dtype(columns, align=True)


def to_record(thing: Any, size: str) -> np.ndarray[Any, Any]:
    """A one-element array with the same numbers. ValueError where a row is longer than its capacity."""
    record = np.zeros(1, dtype(type(thing), size))
    cls: type = type(thing)
    for name, capacity in fields(cls):
        value = getattr(thing, name)
        if not capacity:
            record[name][0] = value
        elif len(value) > room(capacity, code_size(size)):
            raise ValueError(f"{name}: {len(value)} rows, room for {room(capacity, code_size(size))}")
        else:
            record[name][0, : len(value)] = value
    return record


def from_record(record: np.ndarray[Any, Any], like: Any) -> Any:
    """The Python object of a record, each row as long as in `like`."""
    cls: type = type(like)
    thing = cls()
    for name, capacity in fields(cls):
        value = record[name][0]
        setattr(thing, name, [int(v) for v in value[: len(getattr(like, name))]] if capacity else int(value))
    return thing
