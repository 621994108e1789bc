"""The preview of `watch`: the same week of the same deal after each save; of a broken file the last good one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from game.cli.previewing import Preview
from game.cli.routes import ready_of
from game.i18n import Say
from game.paths import SCENARIOS
from game.scenario.load import load

EN = Say("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SCENARIOS / "office-supplies", tmp_path / "deal")
    return tmp_path / "deal"


def saved(preview: Preview, folder: Path, old: str = "", new: str = "") -> str:
    """What the page says after a save."""
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    found = load(folder, SCENARIOS)
    preview.show(found, ready_of(found), folder, found.problems, EN)
    return preview.path.read_text(encoding="utf-8")


def test_a_change_is_seen_at_the_same_week(folder: Path, tmp_path: Path) -> None:
    preview = Preview(tmp_path / "page.html", "5", "users", 3)
    before = saved(preview, folder)
    assert "A deal in week 5" in before and 'http-equiv="refresh"' in before
    assert re.search(r"trust = [\d.]+ \(15\)", before)
    after = (
        saved(preview, folder, "trust:", "trust: {start: 33}  # ")
        if "  trust:" in before
        else saved(preview, folder, "budget: 12_000", "budget: 11_000")
    )
    assert "A deal in week 5" in after and after != before


def test_the_last_draw_of_an_action_is_told_with_its_odds(folder: Path, tmp_path: Path) -> None:
    page = saved(Preview(tmp_path / "page.html", "P3", None, 3), folder)
    assert re.search(r"Last drawn in week \d+: odds [\d.]+%, drawn [\d.]+, came out as (success|partly|failure)", page)


def test_of_a_broken_file_the_last_good_version_stays_and_says_so(folder: Path, tmp_path: Path) -> None:
    preview = Preview(tmp_path / "page.html", "5", None, 3)
    good = saved(preview, folder)
    broken = saved(preview, folder, "size: S", "size:S")
    assert "last version that could be played" in broken and "E124" in broken and "A deal in week 5" in broken
    assert "last version that could be played" not in good
    assert saved(preview, folder, "size:S", "size: S") == good


def test_a_place_the_deal_does_not_come_to_is_told(folder: Path, tmp_path: Path) -> None:
    assert "There is no “P9” to begin at" in saved(Preview(tmp_path / "page.html", "P9", None, 3), folder)
    assert "The scenario has no route “nobody”" in saved(Preview(tmp_path / "page.html", "5", "nobody", 3), folder)
