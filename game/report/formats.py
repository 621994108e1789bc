"""The files that reports come in: a line each. A new format is a module that makes its bytes, and its line here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from game.debrief.cohort import Cohort
from game.debrief.entries import Entry
from game.debrief.records import Review
from game.debrief.story import Story
from game.i18n import Say
from game.judging.judgement import Judgement
from game.play.playing import Playing
from game.report.data import class_json, debrief_json
from game.report.html import class_html, report_html
from game.report.tables import choice_rows, csv_text, people_rows, xlsx_bytes
from game.report.xapi import jsonl
from game.scenario.load import Ready


@dataclass(frozen=True, kw_only=True)
class DealReport:
    """All that a report of one deal is made of. The first language is the one it opens in; without judgement it is the record
    alone."""

    ready: Ready
    playing: Playing
    stories: Mapping[str, Story]
    reviews: Mapping[str, Review] | None
    judged: Judgement | None
    who: str
    when: str

    @property
    def story(self) -> Story:
        """In the first language."""
        return next(iter(self.stories.values()))

    @property
    def say(self) -> Say:
        return Say(next(iter(self.stories)))


@dataclass(frozen=True, kw_only=True)
class ClassReport:
    """All that the report of a class is made of; the first language is the one it opens in."""

    ready: Ready
    entries: Sequence[Entry]
    cohorts: Mapping[str, Cohort]
    generated: str

    @property
    def cohort(self) -> Cohort:
        """In the first language."""
        return next(iter(self.cohorts.values()))

    @property
    def say(self) -> Say:
        return Say(next(iter(self.cohorts)))


Source = TypeVar("Source")


@dataclass(frozen=True, kw_only=True)
class Format(Generic[Source]):
    """A file: how its name ends, and what makes its bytes; None where there is nothing to write."""

    ending: str
    make: Callable[[Source], bytes | None]


def text(words: str) -> bytes:
    """A text as a file holds it; halves of characters, which no file may hold, become question marks."""
    return words.encode("utf-8", "replace")


def json_bytes(data: Any) -> bytes:
    """Data as JSON, the same every time."""
    return text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _deal_page(report: DealReport) -> bytes:
    reviews = dict(report.reviews) if report.reviews else None
    return text(report_html(dict(report.stories), reviews, report.who, report.when))


def _deal_data(report: DealReport) -> bytes | None:
    return json_bytes(debrief_json(report.ready, report.playing, report.judged)) if report.judged else None


def _sheets(report: ClassReport) -> bytes:
    say = report.say
    sheets = [
        (say("class.sheet.people"), people_rows(report.cohort, say)),
        (say("class.sheet.choices"), choice_rows(report.cohort, say)),
    ]
    return xlsx_bytes(sheets)


def _table(rows: Callable[[Cohort, Say], list[Any]], report: ClassReport) -> bytes:
    return text(csv_text(rows(report.cohort, report.say)))


DEAL_FORMATS: tuple[Format[DealReport], ...] = (
    Format(ending=".html", make=_deal_page),
    Format(ending=".debrief.json", make=_deal_data),
)
CLASS_FORMATS: tuple[Format[ClassReport], ...] = (
    Format(ending=".html", make=lambda report: text(class_html(dict(report.cohorts), report.generated))),
    Format(ending=".csv", make=partial(_table, people_rows)),
    Format(ending="-choices.csv", make=partial(_table, choice_rows)),
    Format(ending=".xlsx", make=_sheets),
    Format(ending=".json", make=lambda report: json_bytes(class_json(report.ready, report.cohort, report.entries))),
    Format(ending=".xapi.jsonl", make=lambda report: text(jsonl(report.ready, report.entries))),
)
