"""A scenario's files stay in their folder: no link leads out of it, and what is not an ordinary file is not opened."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from game.errors import UsageError
from game.i18n import Say
from game.paths import SCENARIOS
from game.scenario.load import Loaded, find, load, load_ready, names
from game.scenario.problems import as_json, errors, render
from tests.judging.test_judge import TINY

SECRET = "password: [hunter2"
"""A line of a file that is nobody's business; it is no YAML, so that a message would show it."""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A scenarios folder with a library and a small deal, and a secret beside it."""
    shelf = tmp_path / "scenarios"
    shutil.copytree(SCENARIOS / "library", shelf / "library")
    (shelf / "tiny").mkdir()
    (shelf / "tiny" / "scenario.yaml").write_text(TINY, encoding="utf-8")
    (tmp_path / "secret").write_text(SECRET + "\n", encoding="utf-8")
    return shelf


def codes(found: Loaded) -> list[str]:
    return [p.code for p in errors(found.problems)]


def silent(found: Loaded) -> bool:
    """Whether nothing of the secret is in any message, nor in what was read."""
    shown = [render(p, Say("en")) + str(as_json(p, Say("zh"))) for p in found.problems]
    return "hunter" not in "".join(shown) + str(found.source.lines) + str(found.source.data)


def test_a_scenario_that_is_a_link_out_of_the_folder_is_refused_unread(shelf: Path) -> None:
    (shelf / "evil").mkdir()
    (shelf / "evil" / "scenario.yaml").symlink_to(shelf.parent / "secret")
    found = load(shelf / "evil", shelf)
    assert codes(found) == ["E122"] and silent(found)


def test_a_folder_that_is_a_link_out_is_refused_unread(shelf: Path) -> None:
    outside = shelf.parent / "outside"
    outside.mkdir()
    (outside / "scenario.yaml").write_text(SECRET, encoding="utf-8")
    (shelf / "evil").symlink_to(outside)
    for folder in (shelf / "evil", shelf / "tiny" / ".." / "evil", find("evil", shelf)):
        found = load(folder, shelf)
        assert codes(found) == ["E122"] and silent(found)
        assert "evil" in found.problems[0].message(Say("en"))


def test_links_above_the_scenario_lead_out_as_well(shelf: Path) -> None:
    outside = shelf.parent / "outside"
    (outside / "deal").mkdir(parents=True)
    (outside / "deal" / "scenario.yaml").write_text(SECRET, encoding="utf-8")
    (shelf / "group").symlink_to(outside)
    found = load(find("group/deal", shelf), shelf)
    assert codes(found) == ["E122"] and silent(found)


@pytest.mark.parametrize("linked", ["library/evil.yaml", "tiny/evil.yaml", "more"])
def test_a_file_to_use_that_is_a_link_out_is_refused_unread(shelf: Path, linked: str) -> None:
    (shelf.parent / "evil.yaml").write_text(SECRET, encoding="utf-8")
    (shelf / linked).symlink_to(shelf.parent if linked == "more" else shelf.parent / "evil.yaml")
    use = {"library/evil.yaml": "library/evil", "tiny/evil.yaml": "evil", "more": "more/evil"}[linked]
    text = f"{TINY}use: [{use}]\n"
    (shelf / "tiny" / "scenario.yaml").write_text(text, encoding="utf-8")
    found = load(shelf / "tiny", shelf)
    assert codes(found) == ["E122"] and silent(found)
    assert found.problems[0].place.line == len(text.splitlines())


@pytest.mark.parametrize("target", ["../secret", "other/en.yaml"])
def test_no_link_is_followed_for_a_translation(shelf: Path, target: str) -> None:
    """Not even one that stays in the folder."""
    (shelf / "other").mkdir()
    (shelf / "other" / "en.yaml").write_text("title: Another\n", encoding="utf-8")
    (shelf / "tiny" / "en.yaml").symlink_to(shelf / target)
    found = load(shelf / "tiny", shelf)
    assert codes(found) == ["E122" if "secret" in target else "E123"] and silent(found)
    assert found.texts is not None and found.texts.get("title", "en") == "小试"


def test_the_deal_before_may_not_be_a_link_out_either(shelf: Path) -> None:
    outside = shelf.parent / "outside"
    outside.mkdir()
    (outside / "scenario.yaml").write_text(TINY, encoding="utf-8")
    (shelf / "before").symlink_to(outside)
    text = TINY + "start: {after: {before: {won: {then: {need: 1}}}}}\n"
    (shelf / "tiny" / "scenario.yaml").write_text(text, encoding="utf-8")
    assert codes(load(shelf / "tiny", shelf)) == ["E122"]


def test_links_that_stay_in_the_folder_are_fine(shelf: Path) -> None:
    (shelf / "same").symlink_to(shelf / "tiny")
    assert codes(load(shelf / "same", shelf)) == []


def test_the_scenarios_folder_may_itself_be_a_link(shelf: Path) -> None:
    (shelf.parent / "link").symlink_to(shelf)
    assert codes(load(shelf.parent / "link" / "tiny", shelf.parent / "link")) == []
    assert codes(load(shelf.parent / "link" / "tiny", shelf)) == []


def test_a_scenario_elsewhere_is_at_home_in_its_own_folder(shelf: Path) -> None:
    """It may use the shared library and files of its own, and leave its folder as little as any other."""
    mine = shelf.parent / "my-deal"
    shutil.copytree(SCENARIOS / "office-supplies", mine)
    assert codes(load(find(str(mine), shelf), shelf)) == []
    assert load_ready(mine, shelf).name == "my-deal"
    (shelf.parent / "evil.yaml").write_text(SECRET, encoding="utf-8")
    (mine / "part.yaml").symlink_to(shelf.parent / "evil.yaml")
    path = mine / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("use: [", "use: [part, "), encoding="utf-8")
    found = load(mine, shelf)
    assert codes(found) == ["E122"] and silent(found)


def test_links_that_go_round_are_a_clear_word(shelf: Path) -> None:
    (shelf / "round").symlink_to(shelf / "round")
    (shelf / "tiny" / "en.yaml").symlink_to(shelf / "tiny" / "en.yaml")
    assert codes(load(shelf / "round", shelf)) in (["E113"], ["E122"])
    assert codes(load(shelf / "tiny", shelf)) in (["E113"], ["E122"], ["E123"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_are_not_waited_for(shelf: Path) -> None:
    (shelf / "pipe").mkdir()
    os.mkfifo(shelf / "pipe" / "scenario.yaml")
    assert codes(load(shelf / "pipe", shelf)) == ["E113"]
    assert "pipe" not in names(shelf)
    os.mkfifo(shelf / "library" / "pipe.yaml")
    (shelf / "tiny" / "scenario.yaml").write_text(f"{TINY}use: library/pipe\n", encoding="utf-8")
    assert codes(load(shelf / "tiny", shelf)) == ["E117"]
    (shelf / "tiny" / "scenario.yaml").write_text(TINY, encoding="utf-8")
    os.mkfifo(shelf / "tiny" / "en.yaml")
    assert codes(load(shelf / "tiny", shelf)) == []


def test_folders_are_no_files(shelf: Path) -> None:
    (shelf / "tiny" / "en.yaml").mkdir()
    (shelf / "dir" / "scenario.yaml").mkdir(parents=True)
    assert codes(load(shelf / "dir", shelf)) == ["E113"] and codes(load(shelf / "tiny", shelf)) == []


NAMES = ["x" * 300, "x/" * 3_000 + "x", "a\0b", "\ud800", "a\nb", "..", "../secret", "/dev/zero", "con", "", "~", "x" * 100_000]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name[:12]))
def test_a_name_that_the_system_cannot_take_is_a_usage_error(shelf: Path, name: str) -> None:
    with pytest.raises(UsageError):
        find(name, shelf)


@pytest.mark.parametrize("name", NAMES[:8], ids=lambda name: repr(name[:12]))
def test_so_it_is_in_use_and_after(shelf: Path, name: str) -> None:
    written = '"' + name.encode("unicode_escape").decode().replace("\\x00", "\\0") + '"'
    for more in (f"use: [{written}]\n", f"start: {{after: {{? {written}\n : {{won: {{}}}}}}}}\n"):
        (shelf / "tiny" / "scenario.yaml").write_text(TINY + more, encoding="utf-8")
        found = load(shelf / "tiny", shelf)
        assert codes(found), more[:40]
        for problem in found.problems:
            for language in ("zh", "en"):
                assert len(render(problem, Say(language))) < 2_000


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "\ud800"], ids=["long", "nul", "half"])
def test_a_folder_that_cannot_be_is_a_problem(shelf: Path, name: str) -> None:
    assert codes(load(shelf / name, shelf)) == ["E113"]
