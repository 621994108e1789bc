"""Desk, terminal, debrief and report tell one deal alike."""

from __future__ import annotations

from html import unescape

import pytest

from game.debrief.review import tell_review
from game.debrief.story import Unseen, tell_story
from game.engine.chance import READING
from game.engine.effects import read_stance
from game.engine.state import copy_state, new_dice
from game.i18n import LANGUAGES, Say
from game.judging.workers import case_of
from game.paths import SCENARIOS
from game.play import outcomes
from game.play.happenings import EventCame
from game.play.playing import Playing, start_playing
from game.report.html import report_html
from game.scenario.load import Ready
from game.scenario.tables import CERTAIN, PASS, WAIT
from game.session.session import Session
from game.terminal.debrief import debrief_lines
from game.terminal.ending import ending_lines
from game.words.names import Teller
from tests import generate
from tests.judgements import made_up
from tests.records import NAMES, recorded


def page_of(ready: Ready, playing: Playing, language: str) -> str:
    """The report's words, without its tags' quoting."""
    say, judged = Say(language), made_up(case_of(ready, SCENARIOS / ready.name), playing)
    story = tell_story(ready, Unseen(playing), say)
    review = tell_review(ready, Unseen(playing), judged, story, {}, say)
    return unescape(report_html({language: story}, {language: review}))


def test_the_records_have_what_they_are_for() -> None:
    became, offences = set(), set()
    for name in NAMES:
        ready, playing = recorded(name)
        ids, t = ready.compiled.ids, ready.compiled.tables
        became |= {p.became for p in outcomes.promises(ids, t, playing.state, playing.happenings)}
        offences |= {o.action >= 0 for o in outcomes.offences(playing)}
    assert became == {"kept", "broken", "open"} and offences == {True}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_promise_is_kept_or_broken_alike_everywhere(name: str, language: str) -> None:
    ready, playing = recorded(name)
    say, ids = Say(language), ready.compiled.ids
    truth = {}
    for promise in ready.scenario.promises:
        event = ids.events.index(f"promises.{promise}")
        settled = [h for h in playing.happenings if isinstance(h, EventCame) and h.event == event]
        if playing.state.x[ids.slots.index(f"promised.{promise}")]:
            kept = [ids.branches[h.branch].endswith(".kept") for h in settled]
            truth[ready.texts.get(f"promises.{promise}.text", language)] = (
                "open" if not kept else "kept" if kept[-1] else "broken"
            )
    desk = Session(ready, playing, belief=False).desk(language)
    story = tell_story(ready, Unseen(playing), say)
    assert {p.text: p.status for p in desk.promises} == truth
    assert {p.text: p.became for p in story.promises} == truth
    terminal, page = "\n".join(ending_lines(story, say)), page_of(ready, playing, language)
    for text, became in truth.items():
        words = say(f"promise.{became}")
        assert f"{text}　{words}" in terminal or f"{text}  {words}" in terminal
        assert f"{text}{say('list.dot')}{words}" in page


@pytest.mark.parametrize("name", NAMES)
def test_how_somebody_truly_stood_is_what_the_rules_would_read(name: str) -> None:
    """A reading that cannot be wrong gives the level that the ending reveals; so do exact halves, up and down."""
    ready, playing = recorded(name)
    t = ready.compiled.tables
    for p in range(t.n_person):
        for stance in (playing.state.x[t.stance0 + p], -150, -50, 50, 150, 149, -149):
            s = copy_state(playing.state)
            s.x[t.stance0 + p] = stance
            read_stance(t, s, new_dice(READING), 0, p, CERTAIN)
            assert outcomes.stance_level(t, s, p) == s.x[t.level0 + p] // 100
    story, say = tell_story(ready, Unseen(playing), Say("zh")), Say("zh")
    terminal = list(ending_lines(story, say))
    for person in story.people:
        line = say("con.revealed_stance", person=person.name, level=say(f"stance.{person.true}"))
        assert not person.here or line in terminal


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_breach_and_every_false_claim_is_told(name: str, language: str) -> None:
    ready, playing = recorded(name)
    say, judged = Say(language), made_up(case_of(ready, SCENARIOS / ready.name), playing)
    story = tell_story(ready, Unseen(playing), say)
    review = tell_review(ready, Unseen(playing), judged, story, {}, say)
    found = outcomes.offences(playing)
    assert len(review.compliance) == len(found)
    assert sum(o.action < 0 for o in found) == len(outcomes.claimed_gates(playing.happenings))
    lines, page = "\n".join(debrief_lines(review, say)), page_of(ready, playing, language)
    for words in review.compliance:
        assert words in lines and words in page


@pytest.mark.parametrize("seed", range(12))
def test_a_gate_passed_by_a_claim_is_told_with_its_week(seed: int) -> None:
    made = generate.ready(seed, lambda written: written["gates"]["P0"][0].update(must=True, when="need >= 100"))
    playing = start_playing(made.compiled, seed)
    week = playing.week
    playing.decide(PASS)
    while not playing.over:
        playing.decide(WAIT)
    say, judged = Say("zh"), made_up(generate.case(made), playing)
    story = tell_story(made, Unseen(playing), say)
    review = tell_review(made, Unseen(playing), judged, story, {}, say)
    told = say("debrief.false_claim", week=week, stage=Teller(made, say).stage(0))
    assert told in review.compliance and len(outcomes.claimed_gates(playing.happenings)) == 1
    assert told in "\n".join(debrief_lines(review, say))


@pytest.mark.parametrize("name", NAMES)
def test_result_award_and_facts_are_told_alike(name: str) -> None:
    ready, playing = recorded(name)
    say, result = Say("en"), playing.result()
    story, page = tell_story(ready, Unseen(playing), say), page_of(ready, playing, "en")
    terminal = "\n".join(ending_lines(story, say))
    assert story.points == result["points"] and f"{story.points}" in terminal and f"{story.points}" in page
    for bidder, odds, _ in story.award:
        assert say("con.award_row", name=bidder, odds=odds) in terminal and bidder in page and f"{odds}%" in page
    desk = Session(ready, playing, belief=False).desk("en")
    status = {leaf.text: leaf.status for element in desk.tree for leaf in element.leaves}
    for fact in story.facts:
        assert status.get(fact.text, "unknown") == fact.status
