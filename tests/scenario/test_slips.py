"""Slips of the hand: each is told first, at its line, with what to do; none draws the blame for another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.i18n import Say
from game.paths import SCENARIOS
from game.scenario.load import load
from game.scenario.problems import Problem
from game.scenario.source import read_text
from game.scenario.typos import typos_in
from tests.scenario.mistype import mistyped
from tests.scenario.slips import EN, SLIPS, TYPING, ZH, Slip

APART = ("W301", "W302", "W501", "W502")
"""Translations and the reference play: nobody mistyped those."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("slips") / "scenarios"
    shutil.copytree(SCENARIOS / "library", folder / "library")
    (folder / "deal").mkdir()
    return folder


def told(shelf: Path, text: str) -> list[Problem]:
    (shelf / "deal" / "scenario.yaml").write_text(text, encoding="utf-8")
    return [problem for problem in load(shelf / "deal", shelf).problems if problem.code not in APART]


def test_there_are_as_many_as_a_trainer_makes() -> None:
    assert len(SLIPS) >= 160 and len({slip.name for slip in SLIPS}) == len(SLIPS)


@pytest.mark.parametrize("folder", [ZH, EN])
def test_without_a_slip_nothing_is_told(shelf: Path, folder: Path) -> None:
    assert told(shelf, (folder / "scenario.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_told_first_at_its_line_and_with_what_to_do(shelf: Path, slip: Slip) -> None:
    problems = told(shelf, slip.after)
    assert [(p.code, p.place.line) for p in problems[:1]] == [(slip.code, slip.line)]
    for language in ("zh", "en"):
        say = Say(language)
        assert problems[0].message(say) and (problems[0].hint(say) or slip.code in SAYS_IT_ITSELF), slip.code


SAYS_IT_ITSELF = {
    f"E{n}" for n in (108, 109, 112, 114, 117, 201, 202, 204, 205, 206, 210, 211, 214, 217, 222, 224, 225, 226, 227, 228)
}
"""Codes whose sentence says what belongs there."""


@pytest.mark.parametrize("first", range(0, len(TYPING), 6))
def test_slips_in_two_parts_of_a_file_are_both_told(shelf: Path, first: int) -> None:
    """The parts of the second slip, in another one than the first."""
    one = TYPING[first]
    part = part_of(one)
    both = next(
        (s for s in (*TYPING[first + 1 :], *TYPING) if s.folder == one.folder and s.code in FATAL and part_of(s) != part), None
    )
    if one.code not in FATAL or both is None or not read_text(one.after, "x").problems:
        return
    text = one.after.replace(both.found, both.typed, 1)
    lines = {p.place.line for p in told(shelf, text)}
    assert len(lines) >= 2


FATAL = ("E111", "E124", "E126", "E127", "E128", "E129", "E130", "E131")


def part_of(slip: Slip) -> str:
    """The part of the file in which it is: the last key at the left margin."""
    lines = slip.before.splitlines()[: slip.line]
    return next((line.partition(":")[0] for line in reversed(lines) if line[:1].isalpha()), "")


def right_files() -> list[Path]:
    return sorted([*SCENARIOS.glob("*/*.yaml"), *SCENARIOS.parent.glob("assets/text/*.yaml")])


@pytest.mark.parametrize("path", right_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_in_a_right_file_nothing_looks_mistyped(path: Path) -> None:
    found = [(t.code, t.line) for t in typos_in(path.read_text(encoding="utf-8").splitlines())]
    assert found == []


def test_what_is_under_a_bar_may_hold_anything() -> None:
    text = 'brief: |\n  他说：“先看＃一号。”\n  - 条款: 三条\n  "没关上\n    more：here\n\n  {a: [\nsize: S\n'
    assert read_text(text, "x").problems == [] and typos_in(text.splitlines()) == []


@pytest.mark.parametrize(
    "text",
    [
        "text: 【违规】不行\n",
        "times: 1 # once\n",
        "a: {b: 1, # why\n  c: 2}\n",
        "a:\n- b: 1\n- c: 2\n",
        "a: 'it''s'\n",
        'a: "x\n  y"\n',
        "at: 12:30\n",
        "a: 说完：走了\n",
        "a: https://x.y\n",
        "a: {b: 说完：走了}\n",
        "a: [甲，乙, 丙]\n",
        "a:\n  - b\n  - c: 1\n    d: 2\n",
    ],
)
def test_what_is_right_is_let_alone(text: str) -> None:
    assert read_text(text, "x").problems == [] and typos_in(text.splitlines()) == []


def test_one_sign_mistyped_anywhere_is_told_at_its_line() -> None:
    """No more than one in twenty is told elsewhere, or not at all where nothing else fails; none far from where it is."""
    found = [slip.told for slip in mistyped(EN, 8, 200)]
    assert found.count("right") >= 190 and found.count("wrong") == 0
