"""Writes what a finished deal leaves behind: its record, its report and the debrief's numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
from game.report.data import class_json, debrief_json
from game.report.html import class_html, report_html
from game.report.tables import choice_rows, clean, csv_text, people_rows, xlsx_bytes
from game.report.xapi import jsonl
from game.scenario.load import Ready

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


def write_record(playing: Playing, folder: Path, stem: str) -> Path:
    """Write the record beside others of its kind; whole or not at all. StorageError where the disk will not have it."""
    return put_json(playing.record(), folder / f"{stem}.play.json")


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


def put_json(data: Any, path: Path) -> Path:
    """Data as JSON."""
    return put_page(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n", path)


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
    """The HTML report of a deal that is over, opening in `language`; judged, also the debrief's numbers.

    StorageError where they cannot be written.
    """
    order = [language, *(k for k in LANGUAGES if k != language)]
    if judged is None:
        stories, reviews = {k: tell_story(ready, watched, Say(k)) for k in order}, None
    else:
        stories, reviews = told(ready, watched, judged, order)
    files = [put_page(report_html(stories, reviews, who, when), folder / f"{stem}.html")]
    if judged is not None:
        files.append(put_json(debrief_json(ready, watched.playing, judged[1]), folder / f"{stem}.debrief.json"))
    return files


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
    mine, say, stem = cohorts[language], Say(language), f"class-{group or ready.name}"
    people, choices = people_rows(mine, say), choice_rows(mine, say)
    sheets = [(say("class.sheet.people"), people), (say("class.sheet.choices"), choices)]
    return [
        put_page(class_html(cohorts, generated), folder / f"{stem}.html"),
        put_page(csv_text(people), folder / f"{stem}.csv"),
        put_page(csv_text(choices), folder / f"{stem}-choices.csv"),
        put_bytes(xlsx_bytes(sheets), folder / f"{stem}.xlsx"),
        put_json(class_json(ready, mine, entries), folder / f"{stem}.json"),
        put_page(jsonl(ready, entries), folder / f"{stem}.xapi.jsonl"),
    ]


def put_names(names: Sequence[tuple[str, str]], path: Path) -> Path:
    """Which pseudonym is whose, in a file of its own."""
    return put_page(csv_text([list(row) for row in names]), path)
