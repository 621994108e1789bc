"""Every file that a report comes in, of a deal and of a class, on hostile words, in both languages."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import openpyxl
import pytest

from game.debrief.cohort import tell_cohort
from game.debrief.entries import Entry
from game.debrief.review import other_ways, tell_review
from game.debrief.story import Unseen, tell_story
from game.i18n import LANGUAGES, Say
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.report.formats import CLASS_FORMATS, DEAL_FORMATS, ClassReport, DealReport, Format
from game.scenario.load import Ready
from tests.judgements import Settled, made_up

EVIL = "<img src=x onerror=alert(1)>\u202e=cmd|' /C calc'!A0\x1b[2J\ud800"
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def in_order(first: str) -> list[str]:
    return sorted(LANGUAGES, key=lambda x: x != first)


def played(ready: Ready) -> Playing:
    playing = start_playing(ready.compiled, 7)
    while not playing.over:
        playing.decide(POLICIES["greedy"](ready.compiled.tables, playing.state, 7))
    return playing


def deal_report(ready: Ready, first: str, judged: bool) -> DealReport:
    """With a judgement, or as the record alone."""
    playing = played(ready)
    stories = {lang: replace(tell_story(ready, Unseen(playing), Say(lang)), lesson=EVIL) for lang in in_order(first)}
    fixed = {"ready": ready, "playing": playing, "stories": stories, "who": EVIL, "when": "2026-01-01"}
    if not judged:
        return DealReport(**fixed, reviews=None, judged=None)
    settled = Settled(ready)
    found = made_up(settled.case, playing)
    others = other_ways(settled.case, playing, found)
    reviews = {k: tell_review(ready, Unseen(playing), found, stories[k], others, Say(k)) for k in stories}
    return DealReport(**fixed, reviews=reviews, judged=found)


def class_report(ready: Ready, first: str) -> ClassReport:
    playing, settled = played(ready), Settled(ready)
    entries = [Entry(name, playing, made_up(settled.case, playing), "2026-01-01T10:00:00Z") for name in (EVIL, "=1+1", "乙")]
    cohorts = {lang: tell_cohort(ready, entries, [], Say(lang)) for lang in in_order(first)}
    return ClassReport(ready=ready, entries=entries, cohorts=cohorts, generated="2026-01-01")


def checked(form: Format[DealReport] | Format[ClassReport], data: bytes) -> None:
    """Text with whole lines, that is nobody's markup, formula or command."""
    if form.ending == ".xlsx":
        sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        cells = [cell for sheet in sheets for line in sheet.iter_rows() for cell in line]
        assert cells and all(cell.data_type != "f" for cell in cells)
        return
    words = data.decode("utf-8").replace("\r\n", "\n")
    assert words.endswith("\n") or form.ending == ".html", form.ending
    if form.ending.endswith(".json"):
        json.loads(words)
    elif form.ending == ".html":
        assert "<img" not in words
    else:
        assert not COMMANDS.search(words), form.ending
        assert not any(cell.strip('"').startswith(("=", "@")) for cell in re.split("[,;\t\n]", words)), form.ending


@pytest.mark.parametrize("judged", [False, True])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_format_of_a_deal_holds_hostile_words_as_text(office: Ready, lang: str, judged: bool) -> None:
    made = deal_report(office, lang, judged)
    assert made.say.language == lang and made.story.lesson == EVIL
    written = [form for form in DEAL_FORMATS if (data := form.make(made)) is not None and not checked(form, data)]
    assert len(written) == len(DEAL_FORMATS) or not judged


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_format_of_a_class_holds_hostile_words_as_text(office: Ready, lang: str) -> None:
    made = class_report(office, lang)
    for form in CLASS_FORMATS:
        data = form.make(made)
        assert data is not None, form.ending
        checked(form, data)


@pytest.mark.parametrize("formats", [DEAL_FORMATS, CLASS_FORMATS])
def test_no_two_formats_end_alike(formats: tuple[Format[DealReport], ...]) -> None:
    endings = [form.ending for form in formats]
    assert len(endings) == len(set(endings)) and all(ending.startswith((".", "-")) for ending in endings)
