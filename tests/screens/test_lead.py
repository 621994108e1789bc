"""The first week led: it follows what has been done, points at things that are there, and comes once."""

from __future__ import annotations

import pytest

from game.engine.step import legal
from game.i18n import LANGUAGES, Say
from game.play.playing import start_playing
from game.scenario.load import Ready
from game.scenario.tables import STARTS, WAIT, WEEK
from game.screens.desk import DeskScreen
from game.screens.layout import Box, walk
from game.screens.lead import STEPS, Lead, needed
from game.screens.messages import LeadOn, SkipLead
from game.screens.screen import Adjust, Look
from game.session.session import Session


def look(led: bool, language: str = "zh") -> Look:
    return Look(language=language, theme="dark", text_scale=1.0, room=(1280, 720), say=Say(language), led=led)


@pytest.fixture
def play(office: Ready) -> Session:
    return Session(office, start_playing(office.compiled, 3), belief=False)


def ids(screen: DeskScreen, language: str = "zh") -> dict[str, Box]:
    return {node.id: node for node in walk(screen.build(look(False, language))) if isinstance(node, Box) and node.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_points_at_what_is_there(play: Session, language: str) -> None:
    """Word for word in both languages; a frame round what is meant."""
    desk = DeskScreen(play)
    desk.build(look(False, language))
    assert desk.lead is not None
    for at, (_, begins) in enumerate(STEPS):
        desk.lead.at = at
        boxes = ids(desk, language)
        assert "lead" in boxes or "lead:skip" in boxes
        framed = [box for name, box in boxes.items() if begins and name.startswith(begins) and box.edge == "warn"]
        assert framed or not begins or any(box.edge == "warn" for box in boxes.values())


def test_what_is_done_by_oneself_is_passed_over(play: Session) -> None:
    lead = Lead(play)
    lead.read_on()
    lead.follow(person_chosen=False)
    assert STEPS[lead.at][0] == "person"
    lead.follow(person_chosen=True)
    assert STEPS[lead.at][0] == "card"
    mask = legal(play.playing.compiled.tables, play.playing.state)
    play.decide(next(k for k, ok in enumerate(mask) if ok and k >= STARTS))
    lead.follow(person_chosen=True)
    assert STEPS[lead.at][0] in ("wait", "gate")
    while play.playing.state.x[WEEK] == 1:
        play.decide(WAIT)
    lead.gate_seen = True
    lead.follow(person_chosen=True)
    assert STEPS[lead.at][0] == "end"


def test_it_may_be_skipped_and_does_not_come_again(play: Session) -> None:
    desk = DeskScreen(play)
    desk.build(look(False))
    answer = desk.on(SkipLead())
    assert isinstance(answer, Adjust) and (answer.setting, answer.value) == ("led", True) and desk.lead is None
    other = DeskScreen(play)
    other.build(look(True))
    assert other.lead is None and not needed(play, True) and needed(play, False)


def test_who_has_read_to_the_end_is_not_led_again(play: Session) -> None:
    desk = DeskScreen(play)
    desk.build(look(False))
    assert desk.lead is not None
    desk.lead.at = len(STEPS) - 1
    assert isinstance(desk.on(LeadOn()), Adjust)


def test_risks_foreseen_at_the_briefing_do_not_take_the_leading_away(play: Session) -> None:
    t = play.playing.compiled.tables
    for name in list(play.ready.scenario.bones)[:3]:
        arm = t.pair_arm[t.action_pair[play.playing.compiled.ids.actions.index(f"foresee_{name}")]]
        play.decide(STARTS + arm)
    assert needed(play, False)
