"""Judgements that were made before: a deal is judged once on a computer, however often its report is wanted.

A judgement is kept under a name made of all it depends on: rules, par, the play, the sources of engine and judging, compiled or
not. It is signed with a key that only this user can read, so that nobody else's figures are taken for ours; what does not hold is
judged again. With it the odds are kept that were shown for each decision. These files may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import stat
import zlib
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from game.belief import belief, kernels, particles
from game.engine import jit
from game.errors import StorageError
from game.judging import cuts, estimates, judge, judgement, level
from game.judging.judgement import Judgement
from game.judging.workers import Case, Progress, judge_each, judge_play, numbers_of
from game.paths import private, user_cache
from game.play.playing import Playing
from game.policies import modules
from game.scenario import records, tables

MODULES = (records, tables, *jit.MODULES, *modules.MODULES, kernels, particles, belief, level, cuts, judge, estimates, judgement)
MOST = 10_000
"""Judgements kept; the oldest go first."""
SPARE = 500
"""So many more are let in before the oldest go."""
BIGGEST = 8_000_000
KEY = "key"
KEY_BYTES = 32
SIGN_BYTES = 32


@dataclass(frozen=True)
class Kept:
    """A judgement, and the odds shown for each decision (None where there were none); `shown` is None where nobody knows."""

    judgement: Judgement
    shown: tuple[int | None, ...] | None = None


FORM: TypeAdapter[Kept] = TypeAdapter(Kept)


def folder_of(cache_folder: Path | None = None) -> Path:
    """Where they are."""
    return (cache_folder or user_cache()) / "judgements"


def key_of(folder: Path) -> bytes | None:
    """This user's key, made where there is none; None where it cannot be kept, or where others could have read or changed it."""
    path = folder / KEY
    try:
        private(folder, holds_code=False)
        with contextlib.suppress(FileExistsError):
            made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
            os.write(made, secrets.token_bytes(KEY_BYTES))
            os.close(made)
        about = path.lstat()
        ours = not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & 0o077)
        key = path.read_bytes() if stat.S_ISREG(about.st_mode) and ours else b""
    except (OSError, StorageError):
        return None
    return key if len(key) == KEY_BYTES else None


def name_of(case: Case, playing: Playing) -> str:
    """The name of this play's judgement."""
    player = json.dumps(vars(case.player), sort_keys=True)
    play = [playing.seed, *numbers_of(playing)]
    facts = json.dumps([case.compiled.hash, player, play, jit.available(), case.deal.won])
    return hashlib.sha256(facts.encode() + jit.sources_digest(MODULES)).hexdigest()[:40] + ".z"


def signed(key: bytes, path: Path, packed: bytes) -> bytes:
    """The mark of these bytes under this name."""
    return hmac.new(key, path.name.encode() + packed, hashlib.sha256).digest()


def read(path: Path, playing: Playing) -> Kept | None:
    """What was kept of this play; None where there is nothing that holds."""
    key = key_of(path.parent) if path.exists() else None
    if key is None:
        return None
    try:
        data = path.read_bytes()
        mark, packed = data[:SIGN_BYTES], data[SIGN_BYTES:]
        if not hmac.compare_digest(mark, signed(key, path, packed)):
            return None
        found = FORM.validate_json(zlib.decompressobj().decompress(packed, BIGGEST), strict=True)
    except (OSError, zlib.error, ValidationError, ValueError):
        return None
    return found if holds(found, playing) else None


def holds(found: Kept, playing: Playing) -> bool:
    """Whether the figures belong to this play and come to its result."""
    j, many = found.judgement, len(playing.decisions)
    gap = abs(j.start_value + j.advantage + j.luck - playing.result()["payoff"] * 100 / playing.compiled.best)
    return gap < 1e-6 and len(j.decisions) == many and (found.shown is None or len(found.shown) == many)


def keep(path: Path, found: Kept) -> None:
    """Keep a judgement, if that is possible."""
    key = key_of(path.parent)
    if key is None:
        return
    with contextlib.suppress(OSError):
        packed = zlib.compress(FORM.dump_json(found), 6)
        new = path.with_suffix(f".{os.getpid()}")
        new.write_bytes(signed(key, path, packed) + packed)
        new.replace(path)
        thin_out(path.parent)


def thin_out(folder: Path) -> None:
    """Let the oldest go."""
    files = list(folder.glob("*.z"))
    if len(files) <= MOST + SPARE:
        return
    files.sort(key=lambda path: path.stat().st_mtime)
    for path in files[:-MOST]:
        path.unlink(missing_ok=True)


def keep_play(case: Case, playing: Playing, found: Judgement, shown: Sequence[int | None]) -> None:
    """Keep a judgement that was made beside the play."""
    keep(folder_of() / name_of(case, playing), Kept(found, tuple(shown)))


def kept_play(case: Case, playing: Playing, cache_folder: Path | None = None) -> Kept | None:
    """What was kept of a play."""
    return read(folder_of(cache_folder) / name_of(case, playing), playing)


def judged_play(
    case: Case,
    playing: Playing,
    progress: Progress | None = None,
    cache_folder: Path | None = None,
    while_judging: AbstractContextManager[None] | None = None,
) -> Kept:
    """As `judge_play`, unless it was kept. `while_judging` is entered where something has to be judged: it may take a while."""
    path = folder_of(cache_folder) / name_of(case, playing)
    found = read(path, playing)
    if found is None:
        with while_judging or nullcontext():
            found = Kept(judge_play(case, playing, progress=progress))
        keep(path, found)
    return found


def judged_all(
    case: Case,
    playings: Sequence[Playing],
    progress: Progress | None = None,
    cache_folder: Path | None = None,
    while_judging: AbstractContextManager[None] | None = None,
) -> list[Judgement]:
    """Judgements of many plays, those that were kept as they are; each new one is kept at once. `while_judging` as above."""
    paths = [folder_of(cache_folder) / name_of(case, playing) for playing in playings]
    found: list[Any] = [read(path, playing) for path, playing in zip(paths, playings, strict=True)]
    missing = [k for k, one in enumerate(found) if one is None]
    with (while_judging or nullcontext()) if missing else nullcontext():
        for k, one in zip(missing, judge_each(case, [playings[k] for k in missing], progress) if missing else (), strict=True):
            found[k] = Kept(one)
            keep(paths[k], found[k])
    return [one.judgement for one in found]
