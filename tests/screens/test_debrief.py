"""The debrief in the window: it comes when it is ready, is walked with the arrow keys, and any decision can be played on from."""

from __future__ import annotations

import pytest

from game.i18n import Say
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.screens.ending import EndingScreen
from game.screens.messages import BranchOf, TryOther
from game.session.session import Session
from game.terminal.debrief import debrief_lines
from tests.judgements import Settled
from tests.screens.gallery import Gallery, app_of, no_files


def over(ready: Ready, seed: int = 7) -> Session:
    play = Session(ready, start_playing(ready.compiled, seed), belief=False)
    while not play.playing.over:
        play.decide(POLICIES["greedy"](ready.compiled.tables, play.playing.state, seed))
    return play


def ending(ready: Ready) -> EndingScreen:
    play = over(ready)
    play.companion = Settled(ready)  # type: ignore[assignment]
    screen = EndingScreen(play, no_files)
    screen.tab = "review"
    return screen


def test_the_arrow_keys_walk_through_the_decisions(office: Ready) -> None:
    screen = ending(office)
    app = app_of([screen], (1280, 720), "en")
    screen.at = 0
    app.build()
    review = screen.review(Say("en"))
    assert review is not None
    for k in range(1, len(review.moves)):
        app._plain_key("right", False)
        assert screen.at == k
    app._plain_key("right", False)
    assert screen.at == len(review.moves) - 1
    app._plain_key("left", False)
    assert screen.at == len(review.moves) - 2


def test_a_decision_can_be_played_on_from(office: Ready) -> None:
    gallery = Gallery("office-supplies")
    play = over(office)
    desk = gallery.guide("desk", BranchOf(play, 3))
    other = desk.play  # type: ignore[attr-defined]
    assert other.mode.key == "practice" and other.playing.decisions == play.playing.decisions[:3]
    assert other.playing.chain == other.playing.chain[:3] and not other.playing.over
    assert other.playing.seed == play.playing.seed


def test_the_same_dice_the_other_way_is_told_on_demand(office: Ready) -> None:
    screen = ending(office)
    review = screen.review(Say("en"))
    assert review is not None
    wrong = next(m for m in review.moves if m.better and m.number not in review.others)
    screen.on(TryOther(wrong.number - 1))
    again = screen.review(Say("en"))
    assert again is not None and wrong.better in again.others[wrong.number]


def test_without_a_companion_there_is_only_the_record(office: Ready) -> None:
    screen = EndingScreen(over(office), no_files)
    app = app_of([screen], (1280, 720), "zh")
    assert app.find("tab:review") is None and app.find("tab:steps") is not None
    assert not screen.waiting()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_terminal_tells_the_same(office: Ready, language: str) -> None:
    screen = ending(office)
    review = screen.review(Say(language))
    assert review is not None
    text = "\n".join(debrief_lines(review, Say(language)))
    assert review.verdict_words in text and review.next_action in text and "{" not in text
    for number in review.first:
        assert review.moves[number - 1].what in text
