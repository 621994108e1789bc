"""Every file that a report comes in, on hostile words, in both languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from game.belief.watched import Watched
from game.debrief.story import Story, tell_story
from game.i18n import Say
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.report.formats import DEAL_FORMATS, DealReport
from game.scenario.load import Ready

EVIL = "<img src=x onerror=alert(1)>\u202e=cmd|' /C calc'!A0\x1b[2J\ud800"
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def report(ready: Ready, first: str) -> DealReport:
    playing = start_playing(ready.compiled, 7)
    while not playing.over:
        playing.decide(POLICIES["greedy"](ready.compiled.tables, playing.state, 7))
    watched = Watched(playing)
    stories: dict[str, Story] = {
        lang: replace(tell_story(ready, watched, Say(lang)), lesson=EVIL)
        for lang in sorted(("zh", "en"), key=lambda x: x != first)
    }
    return DealReport(ready=ready, playing=playing, stories=stories, reviews=None, judged=None, who=EVIL, when="2026-01-01")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_holds_hostile_words_as_text(office: Ready, lang: str) -> None:
    made = report(office, lang)
    assert made.say.language == lang and made.story.lesson == EVIL
    for form in DEAL_FORMATS:
        data = form.make(made)
        if data is None:
            continue
        words = data.decode("utf-8")
        assert words.endswith("\n") or form.ending == ".html"
        if form.ending.endswith(".json"):
            json.loads(words)
        elif form.ending == ".html":
            assert "<img" not in words
        else:
            assert not COMMANDS.search(words)


def test_no_two_formats_end_alike() -> None:
    endings = [form.ending for form in DEAL_FORMATS]
    assert len(endings) == len(set(endings)) and all(ending.startswith((".", "-")) for ending in endings)
