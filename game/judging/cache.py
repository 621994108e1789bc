"""Judgements that were made before: a deal is judged once on a computer, however often its report is wanted.

A judgement is kept under a name made of all it depends on: rules, par, the play, the sources of engine and analysis, compiled or
not. What is read is checked; what does not hold is judged again. These files may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from game.belief import belief, kernels, particles
from game.engine import jit
from game.judging import judge, judgement
from game.judging.judgement import Judgement
from game.judging.workers import Case, Progress, judge_each, judge_play, numbers_of
from game.paths import user_cache
from game.play.playing import Playing
from game.policies import policies
from game.scenario import tables

MODULES = (tables, *jit.MODULES, policies, kernels, particles, belief, judge, judgement)
MOST = 10_000
"""Judgements kept; the oldest go first."""
SPARE = 500
"""So many more are let in before the oldest go."""
BIGGEST = 8_000_000
FORM: TypeAdapter[Judgement] = TypeAdapter(Judgement)


def folder_of(cache_folder: Path | None = None) -> Path:
    """Where they are."""
    return (cache_folder or user_cache()) / "judgements"


def name_of(case: Case, playing: Playing) -> str:
    """The name of this play's judgement."""
    player = json.dumps(vars(case.player), sort_keys=True)
    play = [playing.seed, *numbers_of(playing)]
    facts = json.dumps([case.compiled.hash, player, play, jit.available(), case.deal.won])
    return hashlib.sha256(facts.encode() + jit.sources_digest(MODULES)).hexdigest()[:40] + ".z"


def read(path: Path, playing: Playing) -> Judgement | None:
    """A kept judgement of this play; None where there is none that holds."""
    try:
        packed = path.read_bytes()
        text = zlib.decompressobj().decompress(packed, BIGGEST)
        found = FORM.validate_json(text, strict=True)
    except (OSError, zlib.error, ValidationError, ValueError):
        return None
    result = playing.result()["payoff"] * 100 / playing.compiled.best
    gap = abs(found.start_value + found.advantage + found.luck - result)
    return found if gap < 1e-6 and len(found.decisions) == len(playing.decisions) else None


def keep(path: Path, found: Judgement) -> None:
    """Keep a judgement, if that is possible."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}")
        new.write_bytes(zlib.compress(FORM.dump_json(found), 6))
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


def keep_play(case: Case, playing: Playing, found: Judgement) -> None:
    """Keep a judgement that was made beside the play."""
    keep(folder_of() / name_of(case, playing), found)


def judged_play(case: Case, playing: Playing, progress: Progress | None = None, cache_folder: Path | None = None) -> Judgement:
    """As `judge_play`, unless it was kept."""
    path = folder_of(cache_folder) / name_of(case, playing)
    found = read(path, playing)
    if found is None:
        found = judge_play(case, playing, progress=progress)
        keep(path, found)
    return found


def judged_all(
    case: Case, playings: Sequence[Playing], progress: Progress | None = None, cache_folder: Path | None = None
) -> list[Judgement]:
    """Judgements of many plays, those that were kept as they are; each new one is kept at once."""
    paths = [folder_of(cache_folder) / name_of(case, playing) for playing in playings]
    found = [read(path, playing) for path, playing in zip(paths, playings, strict=True)]
    missing = [k for k, one in enumerate(found) if one is None]
    if missing:
        for k, one in zip(missing, judge_each(case, [playings[k] for k in missing], progress), strict=True):
            found[k] = one
            keep(paths[k], one)
    return [one for one in found if one is not None]
