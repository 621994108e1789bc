"""`check --fix` mends what has one right answer, keeps the file as it was, and touches no text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.cli.main import main
from game.paths import SCENARIOS
from game.scenario.load import load
from game.scenario.mend import mended
from game.scenario.problems import errors
from tests.scenario.slips import ZH

SLIPS = (
    ("title: 县机关", "title：县机关"),
    ("value: 380_000, unit", "value: 380_000，unit"),
    ("    style: relationship", "\tstyle:relationship"),
    ("prior: 60%, claimed_by: [zhao, chen]", "prior: 60％, claimed_by: [zhao，chen]"),
    ("when: target.rapport >= 20", "when: target.rapport ＞= 20"),
    ("times: 1\n    phase: [decide", "times: １\n    phase: [decide"),
    ('liu.rapport: "=0"', 'liu.rapport: "＝0"'),
    ("size: S", "size:S"),
)


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    shutil.copytree(ZH, tmp_path / "deal")
    return tmp_path / "deal"


def mistyped(deal: Path) -> tuple[str, str]:
    """The file as it should be and as it was typed."""
    right = (deal / "scenario.yaml").read_text(encoding="utf-8")
    wrong = right
    for good, bad in SLIPS:
        assert good in wrong
        wrong = wrong.replace(good, bad, 1)
    (deal / "scenario.yaml").write_text(wrong, encoding="utf-8")
    return right, wrong


def test_all_slips_with_one_right_answer_are_mended_and_the_old_file_is_kept(
    deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong = mistyped(deal)
    assert main(["check", str(deal), "--fix"]) == 0
    assert (deal / "scenario.yaml").read_text(encoding="utf-8") == right
    assert (deal / "scenario.before-1.yaml").read_text(encoding="utf-8") == wrong
    shown = capsys.readouterr().out
    assert "-title：县机关的打印耗材" in shown and "+title: 县机关的打印耗材" in shown and "改了 8 行" in shown


def test_what_is_a_guess_is_left_to_the_author(deal: Path) -> None:
    path = deal / "scenario.yaml"
    wrong = path.read_text(encoding="utf-8").replace("text: 断粉", "text: *断粉", 1)
    path.write_text(wrong, encoding="utf-8")
    assert main(["check", str(deal), "--fix"]) == 1
    assert path.read_text(encoding="utf-8") == wrong and not list(deal.glob("*.before-*"))


def test_texts_keep_their_marks() -> None:
    text = (ZH / "scenario.yaml").read_text(encoding="utf-8")
    assert mended(text, lambda t: load(ZH, SCENARIOS, text=t).problems) == text


def test_a_text_that_is_not_on_the_disk_is_looked_at_in_the_files_place() -> None:
    assert errors(load(ZH, SCENARIOS, text="title：x\n").problems)


def test_a_tab_under_a_line_that_opens_something_becomes_as_many_spaces_as_belong_there() -> None:
    right = (ZH / "scenario.yaml").read_text(encoding="utf-8")
    wrong = right.replace("    name: 宏达文印（老马）\n", "\tname: 宏达文印（老马）\n")
    assert wrong != right and mended(wrong, lambda text: load(ZH, SCENARIOS, text=text).problems) == right
