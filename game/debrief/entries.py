"""What a class report is made of: plays that count, and files that do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.judging.judgement import Judgement
from game.play.playing import Playing


@dataclass(frozen=True)
class Entry:
    """A trainee's play: by which name, verified and judged. `when` is ISO 8601 with its zone."""

    name: str
    playing: Playing
    judged: Judgement
    when: str


@dataclass(frozen=True)
class RefusedFile:
    """A file left out, and the text that says why."""

    file: str
    key: str
    values: dict[str, Any]
