"""Writes what a finished deal leaves behind: its record and its report."""

from __future__ import annotations

from pathlib import Path

from game.analysis.watched import Watched
from game.debrief.story import tell_story
from game.errors import StorageError
from game.i18n import LANGUAGES, Say
from game.report.html import write_report
from game.scenario.load import Ready
from game.storage.saves import write_record


def put_report(ready: Ready, watched: Watched, path: Path, language: str) -> Path:
    """The HTML report of a deal that is over, opening in `language`. StorageError where it cannot be written."""
    order = [language, *(k for k in LANGUAGES if k != language)]
    stories = {k: tell_story(ready, watched, Say(k)) for k in order}
    try:
        return write_report(stories, path)
    except OSError as error:
        raise StorageError("error.storage", why=str(error)) from error


def put_deal(ready: Ready, watched: Watched, folder: Path, stem: str, language: str) -> list[Path]:
    """Record and report side by side; the report only for a deal that is over."""
    record = write_record(watched.playing, folder, stem)
    if not watched.playing.over:
        return [record]
    return [record, put_report(ready, watched, folder / f"{stem}.html", language)]
