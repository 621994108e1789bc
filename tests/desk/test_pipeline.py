"""The pipeline adds up, and holds only what is under way."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.desk.pipeline import pipeline
from game.i18n import Say
from game.paths import SCENARIOS
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.scenario.tables import STAGE
from game.screens.messages import Back, OpenPipeline
from game.screens.pipeline import PipelineScreen
from game.screens.screen import Pop, Push
from game.screens.title import TitleScreen
from game.session.saves import Saves
from game.session.shelf import Shelf
from tests.said import said


def at_stage(ready: Ready, stage: int, seed: int = 4) -> Playing:
    playing = start_playing(ready.compiled, seed)
    while playing.state.x[STAGE] < stage:
        playing.decide(POLICIES["greedy"](ready.compiled.tables, playing.state, seed))
    return playing


def test_value_times_chance_and_its_spread(office: Ready, factory: Ready) -> None:
    stated, plain, big = at_stage(office, 2), at_stage(office, 1), at_stage(factory, 1)
    stated.say(said("forecast", stage="P1", win=30, value=200_000, week=9))
    over = start_playing(office.compiled, 1)
    while not over.over:
        over.decide(POLICIES["greedy"](office.compiled.tables, over.state, 1))
    found = pipeline([(office, plain), (office, stated), (office, over), (factory, big)], Say("en"))
    assert [d.stage for d in found.deals] == ["P2", "P1", "P1"] and found.deals[0].stated and not found.deals[1].stated
    assert found.deals[0].expected == pytest.approx(60_000) and found.deals[0].close == 9
    (total,) = found.totals
    value, mark = office.scenario.deal.value, office.scenario.stages["P1"].milestone / 10_000
    big_value = factory.scenario.deal.value
    assert total.weighted == pytest.approx(60_000 + mark * (value + big_value))
    assert total.spread**2 == pytest.approx(0.21 * 200_000**2 + mark * (1 - mark) * (value**2 + big_value**2))
    assert pipeline([(office, over)], Say("zh")).totals == []


def test_the_title_leads_to_it(office: Ready, tmp_path: Path) -> None:
    saves = Saves(tmp_path)
    saves.sync(saves.begin(at_stage(office, 1)), at_stage(office, 1))
    shelf = Shelf(SCENARIOS, saves)
    while shelf.read_one():
        pass
    answer = TitleScreen(shelf).on(OpenPipeline())
    assert isinstance(answer, Push) and isinstance(answer.screen, PipelineScreen)
    assert len(answer.screen.tell(Say("zh")).deals) == 1
    assert isinstance(answer.screen.on(Back()), Pop)
    saves.close()
