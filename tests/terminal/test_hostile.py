"""Whatever is typed, and whatever a scenario or a record has in it, a terminal gets text and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from game.play.playing import start_playing
from game.play.statements import LessonSaid, NameSaid
from game.printable import printable
from game.scenario.load import Ready
from game.session.session import Session
from game.terminal.console import Console
from game.terminal.printer import Printer, number_in

LONG = "9" * 5_000
HOSTILE = ["\x1b[2J\x1b]0;owned\x07", LONG, "-" + LONG, "١٢", "²", "\u202eabc", "a\x00b", "０", "1" * 10, "%" * 400, "g\x1b[A"]
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def answers() -> Iterator[str]:
    for typed in HOSTILE:
        yield typed
        yield from ("g", typed, "g", "y", typed, "60", typed, "", typed, "8", typed, "1", typed, "1", typed)
    raise EOFError


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_answers_are_asked_again_and_never_echoed(office: Ready, language: str) -> None:
    lines: list[str] = []
    typed = answers()

    def read(prompt: str) -> str:
        lines.append(prompt)
        try:
            return next(typed)
        except (StopIteration, RuntimeError):
            raise EOFError from None

    Console(Session(office, start_playing(office.compiled, 1), belief=False), language, read, lines.append).play()
    assert len(lines) > 100
    assert not any(COMMANDS.search(line) for line in lines)
    assert max(map(len, lines)) < 1_000


@pytest.mark.parametrize("typed", [LONG, "-1", "1.5", "²", "1_000", "", " ", "0x10", "1e3"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert number_in(typed) is None


def test_numbers_of_any_width_are_numbers() -> None:
    assert number_in(" 12 ") == 12 and number_in("１２") == 12


def test_what_a_record_says_of_itself_is_printed_as_text(office: Ready) -> None:
    lines: list[str] = []
    out = Printer(lambda _: "", lines.append)
    playing = start_playing(office.compiled, 1)
    playing.say(NameSaid(text="a\x1b[31mb\x9b2J"))
    playing.say(LessonSaid(text="c\u202ed\x07"))
    for statement in playing.statements:
        out.out(statement.text)  # type: ignore[attr-defined]
        out.line(statement.text)  # type: ignore[attr-defined]
        out.bullet(statement.text)  # type: ignore[attr-defined]
    assert lines and not any(COMMANDS.search(line) for line in lines)


def test_printable_keeps_what_people_write() -> None:
    text = "王经理：“九月签。”\n\t— 60 % 😀 é"
    assert printable(text) == text
    assert printable("\ud800x") == "x"
