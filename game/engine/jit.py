"""The one place that knows numba: the rule functions, compiled together from the very source that plain Python runs.

Every function of the given modules is copied into one namespace in which every name is its compiled form, so that calls
between modules stay inside the compiled code. Nothing is written twice. Without numba `available()` is False and everything
still works, slower.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import types
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from game.engine import award, chance, effects, ending, gates, odds, rivals, state, step, week
from game.engine.machine_code import MachineCode
from game.paths import private
from game.scenario import operations, records, tables

MODULES = (operations, chance, odds, award, effects, gates, ending, rivals, week, state, step)
HOME = "game.engine.compiled"
PLAIN_ONLY = frozenset({"legal", "checked_step", "new_state", "copy_state", "new_dice", "new_follower", "digest", "read_amount"})
"""Functions that make Python objects; the compiled code never calls them."""
SMALL = frozenset(
    {
        "scramble",
        "bits",
        "uniform",
        "note",
        "rounded",
        "place",
        "worn",
        "lot",
        "form",
        "holds",
        "roll_odds",
        "change",
        "applied",
        "by_form",
        "branch_of",
        "running",
        "pause",
        "part",
        "swing",
        "aim_pair",
        "only_starts",
    }
)
"""Functions put into their callers' code: their work is less than the call."""


def available() -> bool:
    """Whether compiled play is possible here."""
    return find_spec("numba") is not None and os.environ.get("BIG_ACCOUNT_PLAIN") != "1"


@lru_cache
def sources_digest(modules: tuple[types.ModuleType, ...]) -> bytes:
    """Changes with any of the sources."""
    return hashlib.sha256(b"".join(Path(str(module.__file__)).read_bytes() for module in modules)).digest()


def sources_hash(modules: Iterable[types.ModuleType]) -> str:
    """Changes with any of the sources and with numba itself: its own cache does not see an edit in another file."""
    found = hashlib.sha256(version("numba").encode() + Path(__file__).read_bytes())
    for module in modules:
        found.update(Path(str(module.__file__)).read_bytes())
    return found.hexdigest()[:16]


@contextlib.contextmanager
def one_pass(entry: str) -> Iterator[None]:
    """While this holds, only the function named `entry` is optimised and made runnable. All those it calls end up in its own
    code anyhow; left as they are, they are optimised there once, and not again at every level of calls (half the time). And an
    index is taken as it is: the rules never count from the end of a row, and to ask each time costs a fifth of the speed.

    It leans on numba's inside (0.63 to 0.68); where that looks otherwise, nothing is done and compiling takes longer.
    """
    from numba.core import types as types_of_numba
    from numba.core.codegen import CPUCodeLibrary
    from numba.core.registry import cpu_target
    from numba.np import arrayobj as arrays

    context, library = cpu_target.target_context, CPUCodeLibrary
    kept = {name: getattr(library, name, None) for name in ("_optimize_final_module", "_finalize_final_module")}
    runnable = getattr(context, "get_executable", None)
    careful = getattr(arrays, "fix_integer_index", None)
    if None in (*kept.values(), runnable, careful) or not hasattr(library, "_finalize_dynamic_globals"):
        yield
        return

    def optimise(self: Any) -> None:
        if self.name == entry:
            kept["_optimize_final_module"](self)  # type: ignore[misc]

    def finish(self: Any) -> None:
        if self.name == entry:
            kept["_finalize_final_module"](self)  # type: ignore[misc]
        else:
            self._finalize_dynamic_globals()
            self._finalized = True

    def executable(made: Any, description: Any, environment: Any) -> Any:
        # Calls are told apart by this object, so each function needs one of its own; nobody calls it.
        return runnable(made, description, environment) if made.name == entry else [].append  # type: ignore[misc]

    def straight(context: Any, builder: Any, kind: Any, index: Any, size: Any) -> Any:
        return context.cast(builder, index, kind, types_of_numba.intp)

    library._optimize_final_module, library._finalize_final_module = optimise, finish  # type: ignore[method-assign]
    context.get_executable = executable
    arrays.fix_integer_index = straight
    try:
        yield
    finally:
        for name, method in kept.items():
            setattr(library, name, method)
        context.get_executable = runnable
        arrays.fix_integer_index = careful  # type: ignore[assignment]


def _only_one(name: str, known: Any, thing: Any) -> None:
    """One namespace holds the names of all modules: none may mean two things."""
    if known is not thing and (type(known) is not type(thing) or known != thing):
        one, other = (getattr(x, "__module__", "?") for x in (known, thing))
        raise NameError(f"{name} is {known!r} in {one} and {thing!r} in {other}: compiled rules share one namespace")


def machine_code_of(cache_folder: Path, modules: Iterable[types.ModuleType], entries: Iterable[str]) -> MachineCode | None:
    """Where these entries' machine code is kept, in a folder of its own for each state of the sources. None where nothing can be
    kept; StorageError where others could put code into the folder."""
    found = MachineCode(cache_folder / sources_hash((records, tables, *modules)), tuple(sorted(entries)))
    with contextlib.suppress(OSError):
        private(cache_folder)
        with found.locked():
            return found if found.is_usable() else None
    return None


def _keep(function: Any, code: MachineCode) -> None:
    """Have numba look for the function's machine code there before it compiles, and put it there afterwards."""
    from numba.core.caching import FunctionCache

    class Checked(FunctionCache):
        """Reads only what is as it was written. What cannot be read or kept is no reason to stop."""

        def load_overload(self, sig: Any, target_context: Any) -> Any:
            with contextlib.suppress(OSError), code.locked():
                if code.is_usable():
                    try:
                        return super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]
                    except Exception:  # whatever unpickling may raise
                        code.discard()
            return None

        def save_overload(self, sig: Any, data: Any) -> None:
            with contextlib.suppress(OSError), code.locked():
                if code.is_usable():
                    super().save_overload(sig, data)  # type: ignore[no-untyped-call]
                    code.seal()

    # Where its folder cannot be written, numba would take another one.
    with contextlib.suppress(OSError, RuntimeError), code.locked():
        cache = Checked(function.py_func)  # type: ignore[no-untyped-call]
        if code.folder in Path(cache.cache_path).parents:
            function._cache = cache


def compiled(*more: types.ModuleType, entries: Iterable[str], cache_folder: Path | None = None) -> types.SimpleNamespace:
    """The functions named in `entries` in compiled form, made of all rule functions and those of the modules given.

    `cache_folder`: where machine code is kept. Only the entries are kept: their code has all the rest in it.
    """
    modules, entries = (*MODULES, *more), frozenset(entries)
    code = machine_code_of(cache_folder, modules, entries) if cache_folder else None
    if code:
        os.environ["NUMBA_CACHE_DIR"] = str(code.folder)
    import numba

    numba.config.reload_config()  # type: ignore[no-untyped-call]
    home = sys.modules[HOME] = types.ModuleType(HOME)  # numba looks the functions' module up when it loads what it kept
    names = vars(home)
    functions: dict[str, types.FunctionType] = {}
    for module in modules:
        for name, thing in vars(module).items():
            if not isinstance(thing, types.FunctionType):
                if not name.startswith("__"):
                    _only_one(name, names.setdefault(name, thing), thing)
            elif thing.__module__ == module.__name__ and name not in PLAIN_ONLY:
                _only_one(name, functions.setdefault(name, thing), thing)
    for name, function in functions.items():
        copy = types.FunctionType(function.__code__, names, name, function.__defaults__)
        entry = name in entries
        own: dict[str, Any] = {"forceinline": name in SMALL, "no_cpython_wrapper": not entry, "no_cfunc_wrapper": True}
        names[name] = numba.njit(copy, **own, nogil=True, error_model="numpy", boundscheck=False)
        if entry and code and hasattr(names[name], "_cache"):
            _keep(names[name], code)
    return types.SimpleNamespace(**{name: names[name] for name in entries})
