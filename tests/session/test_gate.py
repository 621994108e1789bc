"""The gate is one protocol: both doors are asked the same, offered the same, and put the same on record."""

from __future__ import annotations

import pytest

from game.i18n import Say
from game.play.playing import start_playing
from game.play.statements import ForecastSaid, all_of
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.screens.gate import GateScreen
from game.screens.messages import GatePassing, PassGate
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


def in_the_window(session: Session) -> None:
    screen = GateScreen(session)
    answer = screen.on(PassGate())
    assert isinstance(answer, Pop) and isinstance(answer.message, GatePassing)


@pytest.mark.parametrize("scenario", ["office", "factory"])
def test_whoever_takes_what_is_offered_says_the_same_at_both_doors(scenario: str, request: pytest.FixtureRequest) -> None:
    ready: Ready = request.getfixturevalue(scenario)
    one, other = begun(ready), begun(ready)
    at_the_terminal(one)
    in_the_window(other)
    assert one.playing.statements == other.playing.statements and one.playing.decisions == other.playing.decisions
    assert all_of(one.playing.statements, ForecastSaid)


def test_a_forecast_begins_even_and_goes_on_from_the_last(office: Ready) -> None:
    session = begun(office)
    first = session.gate()
    assert first is not None and first.forecast is not None
    deal = office.scenario.deal
    assert (first.forecast.win, first.forecast.value, first.forecast.week) == (50, deal.value, deal.weeks * 3 // 4)
    last = deal.weeks - 1
    shown = at_the_terminal(session, "35", "7", str(last))
    assert any("50" in line for line in shown) and any(str(deal.value) in line for line in shown)
    again = offered_forecast(session.ready, session.playing)
    assert (again.win, again.value, again.week) == (35, 7, last)
