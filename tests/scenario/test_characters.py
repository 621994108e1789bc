"""Characters that change how a screen shows what comes after them get neither into a scenario nor into a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.i18n import Say
from game.printable import printable
from game.scenario.load import load
from game.scenario.problems import Place, Problem, as_json, errors, render
from game.scenario.source import read_text
from tests.judging.test_judge import TINY

ESCAPED = {"\\e[31m": "U+001B", "\\x9b31m": "U+009B", "\\u202e": "U+202E", "\\u2066": "U+2066"}
ESCAPED |= {"\\uffff": "U+FFFF", "\\r": "U+000D"}
RAW = ["\u202e", "\u2069", "\x1b", "\x7f", "\x85", "\ufffe"]


@pytest.mark.parametrize(("written", "told"), ESCAPED.items())
def test_an_escape_that_makes_a_control_character_is_refused_where_it_stands(written: str, told: str) -> None:
    source = read_text(f'a: 1\nb: {{c: "x{written}y"}}\n', "x.yaml")
    (problem,) = source.problems
    assert (problem.code, problem.place.line, problem.place.column) == ("E120", 2, 8)
    assert all(told in problem.message(Say(language)) for language in ("zh", "en"))


def test_keys_are_no_way_in() -> None:
    (problem,) = read_text('a: 1\n"b\\e": 2\n', "x.yaml").problems
    assert (problem.code, problem.place.line) == ("E120", 2)


@pytest.mark.parametrize("raw", RAW)
def test_the_character_itself_is_refused_where_it_stands_even_in_a_comment(raw: str) -> None:
    problem = read_text(f"a: 1\nb: 2 # ab{raw}\n", "x.yaml").problems[0]
    assert (problem.code, problem.place.line, problem.place.column) == ("E120", 2, 10)


def test_newlines_and_tabs_are_text() -> None:
    source = read_text('a: "x\\ty\\nz"\nb: |\n  one\n  two\n', "x.yaml")
    assert not source.problems and source.data == {"a": "x\ty\nz", "b": "one\ntwo\n"}


def test_half_a_character_is_refused() -> None:
    assert read_text('a: "\\ud800"\n', "x.yaml").problems


def test_windows_line_ends_are_fine() -> None:
    assert read_text("a: 1\r\nb: |\r\n  x\r\n  y\r\n", "x.yaml").data == {"a": 1, "b": "x\ny\n"}


def test_a_translation_is_read_as_strictly(tmp_path: Path) -> None:
    folder = tmp_path / "deal"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(TINY, encoding="utf-8")
    (folder / "en.yaml").write_text('title: "Tiny\\e[31m"\n', encoding="utf-8")
    found = load(folder, tmp_path)
    assert [p.code for p in errors(found.problems)] == ["E120"]
    assert found.texts is None or "\x1b" not in found.texts.get("title", "en")


def test_printable_takes_out_what_moves_or_hides_text_and_nothing_else() -> None:
    assert printable("a\x1b[31m\x00b\u202ec\u2069\ud800\x9b\ufffe\uffff\x7f\r") == "a[31mbc"
    assert printable("甲：\t“乙”\n🙂é") == "甲：\t“乙”\n🙂é"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_message_shows_nothing_of_them(language: str) -> None:
    """Names of files can hold them too, and so can the values that a message quotes."""
    say = Say(language)
    place = Place("x\x1b]0;y\x07\udcff.yaml", 1, 9, 3)
    problem = Problem("E203", place, {"name": "\x1b[2Jna\u202eme", "near": "", "known": ""}, "ab\u202e\x1bcd: efg")
    for shown in (render(problem, say), *map(str, as_json(problem, say).values())):
        assert shown == printable(shown)
    lines = render(problem, say).splitlines()
    assert "name" in lines[0] and lines[1].endswith("abcd: efg")
    assert lines[2].index("^") == lines[1].index("efg")


def test_a_value_that_looks_like_a_key_of_our_texts_is_told_as_it_stands() -> None:
    source = read_text("'@nothing': 1\n", "x.yaml")
    problem = source.problem("E203", source.key_place(("@nothing",)), name="@kind.person", near="", known="")
    assert "@kind.person" in render(problem, Say("en"))


def test_a_very_long_value_is_cut_in_the_message() -> None:
    problem = Problem("E203", Place("x.yaml"), {"name": "long" * 10_000, "near": "", "known": ""})
    assert len(render(problem, Say("zh"))) < 1_000
