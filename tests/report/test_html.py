"""The HTML report: offline, escaped, under a strict policy, in both languages, and clean on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from game.belief.watched import Watched
from game.debrief.cohort import tell_cohort
from game.debrief.entries import Entry, RefusedFile
from game.debrief.review import other_ways, tell_review
from game.debrief.story import Story, Unseen, tell_story
from game.i18n import LANGUAGES, Say
from game.judging.workers import case_of
from game.paths import SCENARIOS
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.report.html import class_html, report_html
from game.scenario.load import Ready
from tests.debrief.test_review import played as with_forecasts
from tests.judgements import made_up

EVIL = "<img src=x onerror=alert(1)>\"&'{{7*7}}"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def played(ready: Ready, seed: int) -> Playing:
    playing = start_playing(ready.compiled, seed)
    while not playing.over:
        playing.decide(POLICIES["greedy"](ready.compiled.tables, playing.state, seed))
    return playing


SEEN: dict[tuple[str, int], dict[str, Story]] = {}


def stories(ready: Ready, seed: int) -> dict[str, Story]:
    """A deal's story in both languages, gone through once."""
    key = ready.compiled.hash, seed
    if key not in SEEN:
        watched = Watched(played(ready, seed))
        SEEN[key] = {k: tell_story(ready, watched, Say(k)) for k in LANGUAGES}
    return SEEN[key]


class Reader(HTMLParser):
    """Collects tags, attributes and words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_the_report_needs_nothing_from_elsewhere_and_runs_nothing(office: Ready) -> None:
    page = report_html(stories(office, 7))
    reader = read(page)
    assert "://" not in page
    assert not {"script", "link", "iframe", "object", "img"} & {tag for tag, _ in reader.tags}
    assert not any(name.startswith("on") or name == "src" for _, attributes in reader.tags for name in attributes)
    policy = next(a["content"] for t, a in reader.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy and policy.startswith("default-src 'none'") and "script" not in policy


def test_names_from_outside_cannot_become_markup(office: Ready) -> None:
    good = stories(office, 7)
    bad = {
        k: replace(
            s,
            title=EVIL,
            lesson=EVIL,
            text=EVIL,
            stages=[EVIL] * len(s.stages),
            steps=[replace(x, what=EVIL, who=EVIL) for x in s.steps],
            award=[(EVIL, 50, True)],
        )
        for k, s in good.items()
    }
    reader = read(report_html(bad))
    assert not any(tag == "img" for tag, _ in reader.tags)
    assert EVIL in "".join(reader.words)


def test_both_languages_tell_every_decision_with_its_odds_and_roll(office: Ready) -> None:
    told = stories(office, 7)
    words = "".join(read(report_html(told)).words)
    for language, story in told.items():
        assert story.steps and story.reason in words
        for step in story.steps:
            assert step.what in words
            if step.true is not None:
                assert Say(language)("end.odds", believed=step.believed, true=step.true) in words
                assert step.roll is not None and (step.came == "success") == (step.roll <= step.true)


def test_what_was_hidden_is_told(office: Ready) -> None:
    story = tell_story(office, Watched(played(office, 7)), Say("zh"))
    assert [p.name for p in story.people] == [p.name for p in office.scenario.people.values()]
    assert len(story.facts) == len(office.scenario.facts)
    assert sum(odds for _, odds, _ in story.award) in range(98, 103) or not story.award
    assert any(m.rival for m in story.moves)


@pytest.mark.skipif(CHROMIUM is None, reason="not installed: chromium")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["record", "debrief", "class"])
def test_it_prints_on_a4_without_blank_pages_or_cut_text(office: Ready, what: str, language: str, tmp_path: Path) -> None:
    page = tmp_path / "r.html"
    page.write_text(page_of(office, what, language), encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    flags += ["--no-pdf-header-footer", f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'r.pdf'}"]
    subprocess.run([str(CHROMIUM), *flags, page.as_uri()], check=True, capture_output=True, timeout=120)
    pdf = (tmp_path / "r.pdf").read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert 2 <= pages <= 16
    assert re.search(rb"/MediaBox\s*\[\s*0 0 59[45][.\d]* 84[12]", pdf), "not A4"
    # A page with nothing on it has a content stream of a few bytes.
    streams = [len(m) for m in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)]
    assert sum(size > 500 for size in streams) >= pages


def page_of(office: Ready, what: str, language: str) -> str:
    """A report with everything in it, opening in this language."""
    case, playing = case_of(office, SCENARIOS / "office-supplies"), with_forecasts(office, 7)
    judged, seen, order = made_up(case, playing), Unseen(playing), [language, *(k for k in LANGUAGES if k != language)]
    told = {k: tell_story(office, seen, Say(k)) for k in order}
    if what == "record":
        return report_html(told)
    if what == "class":
        entries = [Entry(f"学员 {k}", playing, made_up(case, playing, k), "2026-11-23T10:00:00Z") for k in range(30)]
        return class_html(
            {k: tell_cohort(office, entries, [RefusedFile("x", "class.same", {"other": "y"})], Say(k)) for k in order},
            "2026-11-23",
        )
    others = other_ways(case, playing, judged)
    return report_html(told, {k: tell_review(office, seen, judged, told[k], others, Say(k)) for k in order})
