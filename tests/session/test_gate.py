"""The gate is one protocol: both doors are asked the same, offered the same, and put the same on record."""

from __future__ import annotations

import pytest

from game.i18n import Say
from game.play.playing import start_playing
from game.play.statements import ForecastSaid, all_of
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.screens.gate import GateScreen
from game.screens.messages import GatePassing, Message, PassGate, StateForecast, TurnForecast
from game.screens.screen import Pop
from game.session.gate import offered_forecast
from game.session.session import Session
from game.terminal.gate import GateTalk
from game.terminal.printer import Printer


def begun(ready: Ready) -> Session:
    """A deal led to a gate that asks for a forecast and can be passed."""
    session = Session(ready, start_playing(ready.compiled, 3), belief=False)
    while not ((asks := session.gate()) and asks.forecast and asks.may_pass):
        session.playing.decide(POLICIES["greedy"](ready.compiled.tables, session.playing.state, 3))
    return session


def at_the_terminal(session: Session, *typed: str) -> list[str]:
    """The gate passed with these answers, then nothing but Enter; what was shown."""
    shown: list[str] = []
    given = iter(("y", *typed))

    def read(prompt: str) -> str:
        shown.append(prompt)
        return next(given, "")

    assert GateTalk(session, Say("en"), Printer(read, shown.append)).talk()
    return shown


def in_the_window(session: Session, *pressed: Message) -> None:
    screen = GateScreen(session)
    for message in pressed:
        screen.on(message)
    answer = screen.on(PassGate())
    assert isinstance(answer, Pop) and isinstance(answer.message, GatePassing)


@pytest.mark.parametrize("scenario", ["office", "factory"])
def test_whoever_takes_what_is_offered_says_the_same_at_both_doors(scenario: str, request: pytest.FixtureRequest) -> None:
    ready: Ready = request.getfixturevalue(scenario)
    one, other = begun(ready), begun(ready)
    at_the_terminal(one, "50")
    in_the_window(other, StateForecast())
    assert one.playing.statements == other.playing.statements and one.playing.decisions == other.playing.decisions
    assert all_of(one.playing.statements, ForecastSaid)


def test_a_forecast_that_nobody_stated_is_none(office: Ready) -> None:
    """Neither Enter at the terminal nor the figures offered in the window are anybody's forecast."""
    one, other, third = begun(office), begun(office), begun(office)
    at_the_terminal(one)
    in_the_window(other)
    assert not all_of(one.playing.statements, ForecastSaid) and not all_of(other.playing.statements, ForecastSaid)
    in_the_window(third, TurnForecast("win", 5))
    assert [f.win for f in all_of(third.playing.statements, ForecastSaid)] == [55], "who changes a figure has stated it"


def test_a_forecast_begins_even_and_goes_on_from_the_last(office: Ready) -> None:
    session = begun(office)
    first = session.gate()
    assert first is not None and first.forecast is not None
    deal = office.scenario.deal
    assert (first.forecast.win, first.forecast.value, first.forecast.week) == (50, deal.value, deal.weeks * 3 // 4)
    last = deal.weeks - 1
    shown = at_the_terminal(session, "35", "7", str(last))
    assert any(str(deal.value) in line for line in shown)
    again = offered_forecast(session.ready, session.playing)
    assert (again.win, again.value, again.week) == (35, 7, last)
