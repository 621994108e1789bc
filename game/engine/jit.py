"""The one place that knows numba: the rule functions, compiled together from the very source that plain Python runs.

Every function of the given modules is copied into one namespace in which every name is its compiled form, so that calls
between modules stay inside the compiled code. Nothing is written twice. Without numba `available()` is False and everything
still works, slower.
"""

from __future__ import annotations

import hashlib
import os
import types
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from game.engine import award, chance, effects, ending, gates, odds, rollout, state, step, week

MODULES = (chance, odds, award, effects, gates, ending, week, state, step, rollout)
PLAIN_ONLY = frozenset({"legal", "checked_step", "new_state", "copy_state", "new_dice", "digest", "rollout", "play_blocks"})
"""Functions that make Python objects; the compiled code never calls them."""


def available() -> bool:
    """Whether compiled play is possible here."""
    return find_spec("numba") is not None and os.environ.get("BIG_ACCOUNT_PLAIN") != "1"


def sources_hash(modules: Iterable[types.ModuleType]) -> str:
    """Changes with any of the sources: numba's own cache does not see an edit in another file."""
    found = hashlib.sha256()
    for module in modules:
        found.update(Path(str(module.__file__)).read_bytes())
    return found.hexdigest()[:16]


def compiled(*more: types.ModuleType, cache_folder: Path | None = None) -> types.SimpleNamespace:
    """All rule functions, and those of the modules given, in compiled form.

    `cache_folder`: where machine code is kept, in a folder of its own for each state of the sources.
    """
    modules = (*MODULES, *more)
    if cache_folder is not None:
        os.environ["NUMBA_CACHE_DIR"] = str(cache_folder / sources_hash(modules))
    import numba

    numba.config.reload_config()  # type: ignore[no-untyped-call]
    names: dict[str, Any] = {"__name__": "game.engine.compiled"}
    own = {m.__name__ for m in modules}
    functions: dict[str, types.FunctionType] = {}
    for module in modules:
        for name, thing in vars(module).items():
            if isinstance(thing, types.FunctionType):
                if thing.__module__ in own and name not in PLAIN_ONLY:
                    functions[name] = thing
            elif not name.startswith("__"):
                names[name] = thing
    for name, function in functions.items():
        copy = types.FunctionType(function.__code__, names, name, function.__defaults__)
        names[name] = numba.njit(copy, nogil=True, cache=cache_folder is not None, error_model="numpy", boundscheck=False)
    return types.SimpleNamespace(**{name: names[name] for name in functions})
