"""Reads records: one, or a folder of any number. Each is verified by playing it again; what does not hold is named, not fatal."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from game.debrief.entries import RefusedFile
from game.errors import GameError, RecordError, StorageError, UsageError
from game.paths import SCENARIOS
from game.play.playing import Playing
from game.play.record import replay
from game.report.signing import check, split
from game.report.tables import clean
from game.scenario.files import is_file
from game.scenario.load import Ready, load_ready, names

MOST = 5_000
"""Records of a folder that are read."""
PATTERN = "*.play.json"


@dataclass(frozen=True)
class FoundRecord:
    """A verified record: under which name, and when its file was last written (ISO 8601, UTC)."""

    path: Path
    name: str
    playing: Playing
    when: str


@dataclass
class Gathered:
    """A folder's records by scenario, and the files left out with the reason."""

    ready: dict[str, Ready] = field(default_factory=dict)
    found: dict[str, list[FoundRecord]] = field(default_factory=dict)
    """By scenario; deals that went on from another's ending stand by themselves."""
    groups: dict[str, Ready] = field(default_factory=dict)
    """How each group's deals started."""
    refused: list[RefusedFile] = field(default_factory=list)


MAX_RECORD = 5_000_000


def read_record(path: Path) -> Any:
    """A record file as plain data; RecordError where it is no JSON, StorageError where it cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_RECORD + 1)
    except OSError as error:
        raise StorageError("error.storage", why=str(error)) from error
    if len(raw) > MAX_RECORD:
        raise RecordError("error.record.form")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise RecordError("error.record.form") from None


def read_play(path: Path, known: dict[str, Ready], host: str = "") -> tuple[Ready, Playing]:
    """A record file, checked by playing it again. `known` keeps scenarios that were read; with a `host` (a public key) it must
    carry that host's signature.

    UsageError where there is no such file; RecordError or ReplayMismatch where it does not hold.
    """
    if not is_file(path):
        raise UsageError("error.no_file", name=str(path)[:200])
    raw, signed = split(read_record(path))
    if host:
        check(raw, signed, host)
    name = raw.get("scenario") if isinstance(raw, dict) else None
    if not isinstance(name, str):
        raise RecordError("error.record.form", scenario=str(name)[:80])
    if name not in known:
        if name not in names(SCENARIOS):
            raise RecordError("error.record.unknown_scenario", scenario=name[:80])
        known[name] = load_ready(SCENARIOS / name, SCENARIOS)
    playing = replay(known[name].compiled, raw)
    return replace(known[name], compiled=playing.compiled), playing


def name_of(playing: Playing, path: Path) -> str:
    """The trainee's name: the last one on record, else as the file has it."""
    return clean(playing.who).strip() or clean(path.name.removesuffix(".json").removesuffix(".play"))[:80] or "?"


LAST_SECOND = 253_402_300_799
"""Of the year 9999: what no date can say is told as this."""


def when_of(path: Path) -> str:
    """When the file was last written."""
    seconds = min(max(path.stat().st_mtime, 0), LAST_SECOND)
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def record_files(folder: Path) -> tuple[list[Path], list[Path]]:
    """The record files of a folder and those below it, the oldest first; and what has such a name but is no plain file. Links are
    not followed: they may lead anywhere, or round in a circle."""
    found: list[tuple[float, Path]] = []
    other: list[Path] = []
    for parent, _, names_ in os.walk(folder):
        for path in (Path(parent, name) for name in names_ if fnmatch(name, PATTERN)):
            try:
                about = path.lstat()
            except OSError:
                other.append(path)
                continue
            if stat.S_ISREG(about.st_mode):
                found.append((about.st_mtime, path))
            else:
                other.append(path)
    return [path for _, path in sorted(found)], sorted(other)


def gather(folder: Path, progress: Callable[[int, int], None] | None = None, host: str = "") -> Gathered:
    """All records of a folder and those below it; with a `host`, only those it signed. The same record twice counts once;
    whatever is wrong with a file, the others count."""
    found = Gathered()
    seen: dict[str, str] = {}
    # Of the same record twice the older file counts: the other one is a copy.
    paths, other = record_files(folder)
    found.refused += [RefusedFile(label_of(path, folder), "class.no_file", {}) for path in other]
    if len(paths) > MOST:
        found.refused.append(RefusedFile(f"{folder.name}/{PATTERN}", "class.too_many", {"n": len(paths) - MOST, "most": MOST}))
    for k, path in enumerate(paths[:MOST], 1):
        try:
            take(found, path, label_of(path, folder), seen, host)
        except GameError as error:
            found.refused.append(RefusedFile(label_of(path, folder), error.key, error.values))
        except Exception as error:
            # Records come from anywhere: what nobody thought of is wrong with this file, not with the class.
            found.refused.append(RefusedFile(label_of(path, folder), "class.unreadable", {"why": type(error).__name__}))
        if progress:
            progress(k, min(len(paths), MOST))
    return found


def label_of(path: Path, folder: Path) -> str:
    """How a file is called in what is told of it."""
    return clean(str(path.relative_to(folder)))


def take(found: Gathered, path: Path, label: str, seen: dict[str, str], host: str = "") -> None:
    """Verify one record and put it where it belongs."""
    ready, playing = read_play(path, found.ready, host)
    print_ = fingerprint(playing)
    if not playing.over:
        found.refused.append(RefusedFile(label, "class.unfinished", {}))
    elif print_ in seen:
        found.refused.append(RefusedFile(label, "class.same", {"other": seen[print_]}))
    else:
        seen[print_] = label
        group = ready.name + (f"-after-{ready.compiled.opened_by}" if ready.compiled.opened_by else "")
        found.groups.setdefault(group, ready)
        found.found.setdefault(group, []).append(FoundRecord(path, name_of(playing, path), playing, when_of(path)))


def fingerprint(playing: Playing) -> str:
    """What makes two records the same: every byte of them but their form."""
    return hashlib.sha256(json.dumps(playing.record(), sort_keys=True).encode()).hexdigest()
