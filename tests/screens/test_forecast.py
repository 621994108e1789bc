"""The forecast meeting at a gate: the boss asks, answers to the number, and nothing moves while one plans."""

from __future__ import annotations

import pytest

from game.engine.step import is_legal
from game.i18n import LANGUAGES, Say
from game.play.statements import ForecastSaid
from game.scenario.tables import PASS, PHASE
from game.screens.forecast import boss_of, question, reply
from game.screens.gate import GateScreen
from game.screens.messages import StateForecast, TogglePlan
from game.session.session import Session
from tests.screens.gallery import Gallery, app_of


@pytest.fixture(scope="module")
def gallery() -> Gallery:
    return Gallery("office-supplies")


def at_a_gate(gallery: Gallery) -> Session:
    t = gallery.ready.compiled.tables
    return gallery.play(lambda p: p.playing.state.x[PHASE] >= 2 and is_legal(t, p.playing.state, PASS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_boss_answers_to_the_number_and_remembers_the_last(gallery: Gallery, language: str) -> None:
    play, say = at_a_gate(gallery), Say(language)
    stage = gallery.ready.compiled.ids.stages[0]
    assert boss_of(play) == "boss"
    assert question(play, None, say) == say("boss.first")
    one = ForecastSaid(at=0, stage=stage, win=40, value=1000, week=9)
    assert "40" in question(play, one, say) and "9" in question(play, one, say)
    told = {reply(ForecastSaid(at=0, stage=stage, win=win, value=1000, week=9), one, say) for win in (20, 41, 70)}
    assert len(told) == 3 and any("30" in text for text in told)
    assert len({reply(ForecastSaid(at=0, stage=stage, win=win, value=1, week=9), None, say) for win in (5, 50, 95)}) == 3


def test_nothing_moves_while_one_states_and_plans(gallery: Gallery) -> None:
    play = at_a_gate(gallery)
    gate = GateScreen(play)
    app = app_of([gate], (1280, 720), "zh", paint=False)

    def button() -> tuple[float, float]:
        app.build()
        found = app.find("pass")
        assert found
        return found.area.x, found.area.y

    before = button()
    gate.on(StateForecast())
    assert button() == before
    assert gate.asks
    for action in gate.asks.choices[:3]:
        gate.on(TogglePlan(action))
        assert button() == before
