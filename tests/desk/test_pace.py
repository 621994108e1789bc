"""The customer's pace and a bid as the desk says them."""

from __future__ import annotations

import shutil

import pytest

from game.belief.belief import AtFirst
from game.belief.watched import Watched
from game.desk.desk import Presenter
from game.desk.pace import pace_head, pace_line, pace_say, pace_ways
from game.desk.printed import pace
from game.engine.week import clock
from game.i18n import Say
from game.paths import SCENARIOS
from game.play.playing import start_playing
from game.scenario.load import Ready, load_ready
from game.scenario.tables import CLOSES, PHASE, PHASE_WEEKS, WEEK


def watched(ready: Ready, **values: int) -> Watched:
    found = Watched(start_playing(ready.compiled, 1), AtFirst(ready.compiled.tables))
    for name, value in values.items():
        found.state.x[ready.compiled.ids.slots.index(name.replace("__", "."))] = value
    clock(ready.compiled.tables, found.state)
    return found


def test_it_says_how_long_a_phase_still_takes_and_what_helps(factory: Ready) -> None:
    say = Say("zh")
    view = Presenter(factory, say).desk(watched(factory)).pace
    assert view.weeks == (6, 7) and pace_head(view, say) == "“凑合着能用”还要 6–7 周，然后“承认有问题”"
    owner = next(line for line in view.lines if line.kind == "work")
    assert not owner.so and "追溯演练" in owner.ways and "追溯演练" in pace_ways(owner, say)
    after = Presenter(factory, say).desk(watched(factory, said__problem_owned=1)).pace
    assert after.weeks == (1, 2) and all(line.so for line in after.lines if line.kind == "work")
    assert pace_line(next(line for line in after.lines if line.kind == "work"), say).startswith("办妥了")
    assert pace_ways(after.lines[0], say) == ""


def test_it_never_promises_what_the_dates_do_not_allow(factory: Ready) -> None:
    t, say = factory.compiled.tables, Say("en")
    playing = watched(factory)
    x = playing.state.x
    x[PHASE], x[PHASE_WEEKS], x[WEEK], x[CLOSES] = t.award_phase - 1, 9, 20, 24
    clock(t, playing.state)
    desk = Presenter(factory, say).desk(playing)
    assert desk.pace.weeks == (24 + t.judge_weeks - 20 + 1,) * 2
    assert any("until week 24" in line for line in desk.pace.dates)
    assert any("until week 24" in line for line in desk.attention)


def test_who_has_a_say_is_named_only_once_found_and_presses_when_near(factory: Ready) -> None:
    say, t, ids = Say("zh"), factory.compiled.tables, factory.compiled.ids
    presenter = Presenter(factory, say)
    views = presenter.desk(watched(factory)).pace.says
    assert [v.ahead for v in views] == sorted(v.ahead for v in views)
    standard = next(v for v in views if v.text == "集团的标准")
    assert standard.person < 0 and "乔振东" not in pace_say(standard, say)
    found = presenter.desk(watched(factory, qiao__found=1)).pace.says
    assert any(v.name == "乔振东" and not v.met for v in found)
    near = watched(factory, qiao__found=1, phase=ids.phases.index("decide"))
    assert any("乔振东" in line for line in presenter.desk(near).attention)
    met = watched(factory, qiao__found=1, qiao__met=1, phase=ids.phases.index("decide"))
    assert not any("乔振东" in line for line in presenter.desk(met).attention)
    assert all(any(v.text in line for line in pace(presenter.desk(near), say)) for v in presenter.desk(near).pace.says)
    assert t.n_say == len(factory.scenario.says)


@pytest.fixture(scope="module")
def friendly(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    """The factory, with bidders so even that a first week's bid already has a chance worth telling."""
    shelf = tmp_path_factory.mktemp("shelf") / "scenarios"
    shutil.copytree(SCENARIOS, shelf)
    file = shelf / "smart-factory" / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    assert "  extra: -25 +" in text
    file.write_text(text.replace("  extra: -25 +", "  extra: 10 +"), encoding="utf-8")
    return load_ready(shelf / "smart-factory", shelf)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_before_there_is_a_bid_the_chance_is_that_of_bidding_now(friendly: Ready, language: str) -> None:
    say, ids = Say(language), friendly.compiled.ids
    playing = watched(friendly, phase=ids.phases.index("measurement"), tender__closes=30, stage=4)
    desk = Presenter(friendly, say).desk(playing)
    assert (
        desk.award_if
        and desk.award_band[1] > 0
        and desk.award[0][0] != say("we")
        and sum(odds for _, odds in desk.award) in range(98, 103)
    )
    bid = next(card for card in desk.cards if ids.actions[card.action] == "submit_bid")
    assert bid.bid and f"{desk.award_band[0]}–{desk.award_band[1]}%" in bid.bid
    dearer = Presenter(friendly, say).desk(
        watched(friendly, phase=ids.phases.index("measurement"), tender__closes=30, said__reviewed=1, stage=4)
    )
    lean = next(card for card in dearer.cards if ids.actions[card.action] == "bid_lean")
    assert lean.bid != bid.bid and "90,000" in lean.bid


def test_after_closing_without_a_bid_no_chance_is_told(factory: Ready) -> None:
    say, ids = Say("zh"), factory.compiled.ids
    desk = Presenter(factory, say).desk(watched(factory, phase=ids.phases.index("investigate"), tender__closes=10, week=12))
    assert not desk.award_if and desk.award_band == (0, 0) and desk.award[0][1] == 0
    assert say("attention.bid_late") in desk.attention
