"""A deal entered in its midst."""

from __future__ import annotations

import pytest

from game.errors import UsageError
from game.paths import SCENARIOS
from game.play.record import replay
from game.policies.par import par_policy
from game.policies.policies import POLICIES
from game.scenario.load import Ready, load_ready
from game.scenario.tables import WAIT
from game.session.entry import led_to
from game.session.session import Session


@pytest.fixture(scope="module")
def office() -> Ready:
    return load_ready(SCENARIOS / "office-supplies", SCENARIOS)


@pytest.mark.parametrize(("where", "stage", "week"), [("P3", "P3", 1), ("5", "P0", 5)])
def test_it_begins_where_it_was_asked_to(office: Ready, where: str, stage: str, week: int) -> None:
    playing = led_to(office, 3, where, par_policy(office.compiled, SCENARIOS / "office-supplies" / "par.json"))
    assert playing.result()["stage"] >= stage and playing.week >= week and not playing.over
    session = Session(office, playing)
    assert session.mode.key == "practice" and session.desk("zh").week == playing.week
    again = replay(office.compiled, playing.record())
    assert again.result() == playing.result()


@pytest.mark.parametrize(
    ("where", "why"), [("P9", "error.from"), ("0", "error.from"), ("99", "error.from"), ("², ", "error.from")]
)
def test_a_place_that_is_none_is_refused_with_those_there_are(office: Ready, where: str, why: str) -> None:
    with pytest.raises(UsageError) as refused:
        led_to(office, 3, where, POLICIES["greedy"])
    assert refused.value.key == why and "P3" in refused.value.values["stages"]


def test_a_deal_that_is_over_before_is_told_with_its_week(office: Ready) -> None:
    with pytest.raises(UsageError) as refused:
        led_to(office, 3, "P7", lambda t, s, seed: WAIT)
    assert refused.value.key == "error.from_over" and refused.value.values["week"] > 1
