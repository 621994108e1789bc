"""A board is one entry: whatever door asks, it is there, has a name in both languages, a picture and, with a letter, lines."""

from __future__ import annotations

import re

import pytest

from game.desk.registry import BOARDS, opened
from game.i18n import Say
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.screens.boards import PICTURES, Sight, picture
from game.session.session import Session
from game.terminal.console import COMMANDS


def test_every_board_has_its_picture() -> None:
    assert set(PICTURES) == set(BOARDS)


def test_no_letter_is_taken_twice() -> None:
    letters = [entry.letter for entry in BOARDS.values() if entry.letter]
    assert len(letters) == len(set(letters)) and not set(COMMANDS) & set(letters)
    assert all(bool(entry.letter) == bool(entry.printed) for entry in BOARDS.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", BOARDS)
def test_every_board_is_named(key: str, lang: str) -> None:
    say = Say(lang)
    assert all(say(text) and say(text) != text for text in (f"board.{key}", f"tab.{key}"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_open_board_can_be_drawn_and_printed(factory: Ready, lang: str) -> None:
    play = Session(factory, start_playing(factory.compiled, 3), belief=False)
    while play.playing.stage < 4 and not play.playing.over:
        play.playing.decide(POLICIES["greedy"](factory.compiled.tables, play.playing.state, 3))
    desk, say = play.desk(lang), Say(lang)
    assert len(opened(desk)) > 4
    for key in opened(desk):
        assert picture(key, desk, Sight(say=say)) is not None
        printed = BOARDS[key].printed
        assert printed is None or list(printed(desk, say))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_at_the_terminal_names_every_letter(lang: str) -> None:
    words = set(re.findall(r"\w+", Say(lang)("con.help")))
    assert {entry.letter for entry in BOARDS.values() if entry.letter} <= words
