"""Writes what a finished deal leaves behind: its record, its report and the debrief's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from game.debrief.cohort import tell_cohort
from game.debrief.entries import Entry, RefusedFile
from game.debrief.records import Review
from game.debrief.review import other_ways, tell_review
from game.debrief.story import Seen, Story, tell_story
from game.errors import StorageError
from game.i18n import LANGUAGES, Say
from game.judging.judgement import Judgement
from game.judging.workers import Case
from game.play.playing import Playing
from game.report.formats import CLASS_FORMATS, DEAL_FORMATS, ClassReport, DealReport, Format, json_bytes
from game.report.signing import HostKey
from game.report.tables import clean, csv_text
from game.scenario.load import Ready

Source = TypeVar("Source")
Judging = tuple[Case, Judgement]
"""What a play was judged by, and the judgement."""


def told(
    ready: Ready, watched: Seen, judged: Judging, languages: Sequence[str] = LANGUAGES
) -> tuple[dict[str, Story], dict[str, Review]]:
    """Record and debrief in each language."""
    others = other_ways(judged[0], watched.playing, judged[1])
    stories = {k: tell_story(ready, watched, Say(k)) for k in languages}
    reviews = {k: tell_review(ready, watched, judged[1], stories[k], others, Say(k)) for k in languages}
    return stories, reviews


def write_record(playing: Playing, folder: Path, stem: str, host: HostKey | None = None) -> Path:
    """Write the record beside others of its kind, with the host's signature where there is a host; whole or not at all.
    StorageError where the disk will not have it."""
    record = playing.record()
    return put_bytes(json_bytes(host.sign(record) if host else record), folder / f"{stem}.play.json")


def put_page(text: str, path: Path) -> Path:
    """A text file, whole or not at all. StorageError where it cannot be written."""
    return put_bytes(text.encode("utf-8", "replace"), path)


def put_bytes(data: bytes, path: Path) -> Path:
    """A file, whole or not at all. StorageError where it cannot be written."""
    draft = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(data)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError("error.storage", why=str(error)) from error
    return path


def put_all(formats: Sequence[Format[Source]], source: Source, folder: Path, stem: str) -> list[Path]:
    """A report in every format that has something to write: the files. StorageError where they cannot be written."""
    made = ((one.ending, one.make(source)) for one in formats)
    return [put_bytes(data, folder / f"{stem}{ending}") for ending, data in made if data is not None]


def put_report(
    ready: Ready,
    watched: Seen,
    folder: Path,
    stem: str,
    language: str,
    judged: Judging | None = None,
    who: str = "",
    when: str = "",
) -> list[Path]:
    """The report of a deal that is over, opening in `language`; judged, with the debrief and its numbers.

    StorageError where it cannot be written.
    """
    order = [language, *(k for k in LANGUAGES if k != language)]
    if judged is None:
        stories, reviews = {k: tell_story(ready, watched, Say(k)) for k in order}, None
    else:
        stories, reviews = told(ready, watched, judged, order)
    report = DealReport(
        ready=ready,
        playing=watched.playing,
        stories=stories,
        reviews=reviews,
        judged=judged[1] if judged else None,
        who=who,
        when=when,
    )
    return put_all(DEAL_FORMATS, report, folder, stem)


def put_deal(
    ready: Ready,
    watched: Seen,
    folder: Path,
    language: str,
    judged: Judging | None = None,
    who: str = "",
) -> list[Path]:
    """Record and report side by side, named after who played; the report only for a deal that is over."""
    stem = stem_of(who, ready.name, watched.playing.seed)
    record = write_record(watched.playing, folder, stem)
    if not watched.playing.over:
        return [record]
    return [record, *put_report(ready, watched, folder, stem, language, judged, who)]


def stem_of(who: str, scenario: str, seed: int) -> str:
    """A file's name that every system takes: letters and digits of any script, and what stands between them."""
    plain = "".join(c if c.isalnum() or c in " -_" else " " for c in clean(who))
    return "-".join(part for part in ("_".join(plain.split())[:40], scenario, str(seed)) if part)


def put_class(
    ready: Ready,
    entries: Sequence[Entry],
    refused: Sequence[RefusedFile],
    folder: Path,
    language: str,
    generated: str,
    group: str = "",
    seed: int | None = None,
) -> list[Path]:
    """A class's files, named after the group: HTML, CSV, XLSX, JSON and xAPI statements. StorageError where they cannot be
    written."""
    order = [language, *(k for k in LANGUAGES if k != language)]
    cohorts = {k: tell_cohort(ready, entries, refused, Say(k), seed) for k in order}
    report = ClassReport(ready=ready, entries=entries, cohorts=cohorts, generated=generated)
    return put_all(CLASS_FORMATS, report, folder, f"class-{group or ready.name}")


def put_names(names: Sequence[tuple[str, str]], path: Path) -> Path:
    """Which pseudonym is whose, in a file of its own."""
    return put_page(csv_text([list(row) for row in names]), path)
