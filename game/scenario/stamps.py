"""Which wording of the original a translation was made of.

Beside the translations lies `texts.json`: of each translated text the hash of the original that its translator saw. Where the
original reads otherwise by now, the translation is stale.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

STAMPS = "texts.json"
MOST_STAMPS = 2_000_000
"""Bytes of that file that are read."""


def stamp(text: str) -> str:
    """What tells one wording from another."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def read_stamps(folder: Path, language: str) -> dict[str, str]:
    """Text id → stamp of the original that was translated into this language; of a file that cannot be read, nothing."""
    try:
        with (folder / STAMPS).open("rb") as file:
            raw = json.loads(file.read(MOST_STAMPS))
    except (OSError, ValueError, RecursionError):
        return {}
    found = raw.get(language) if isinstance(raw, dict) else None
    return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}


def stale_in(own: Mapping[str, str], into: Mapping[str, str], stamps: Mapping[str, str]) -> list[str]:
    """Ids whose translation is older than the original."""
    return [i for i, seen in stamps.items() if i in own and i in into and stamp(own[i]) != seen]
