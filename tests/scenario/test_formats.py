"""Scenarios written for an older version: read as ever, and brought up to date without touching anything else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from game.cli.main import main
from game.paths import SCENARIOS
from game.scenario.formats import LATEST, RENAMED, upgraded
from game.scenario.kept import Files
from game.scenario.load import Loaded, load
from game.scenario.source import read_text

HERE = Path(__file__).parent
OLD = (HERE / "old" / "format-1.yaml").read_text(encoding="utf-8")
NOW = (HERE / "clinic" / "scenario.yaml").read_text(encoding="utf-8")


def shelf(tmp_path: Path, text: str) -> Path:
    shutil.copytree(SCENARIOS / "library", tmp_path / "library", dirs_exist_ok=True)
    folder = tmp_path / "clinic"
    folder.mkdir(exist_ok=True)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return folder


def loaded(tmp_path: Path, text: str) -> Loaded:
    return load(shelf(tmp_path, text), tmp_path)


def test_an_old_file_is_the_same_deal_as_its_upgraded_one(tmp_path: Path) -> None:
    old, now = loaded(tmp_path, OLD), loaded(tmp_path, NOW)
    assert old.compiled and now.compiled and old.compiled.hash == now.compiled.hash
    assert [p.code for p in old.problems if p.code != "W104"] == [p.code for p in now.problems]
    (told,) = [p for p in old.problems if p.code == "W104"]
    assert told.source.startswith("format: 1")


def test_upgrading_changes_the_words_where_they_stand_and_nothing_else() -> None:
    assert upgraded(OLD, read_text(OLD, "old")) == NOW
    assert upgraded(NOW, read_text(NOW, "now")) == NOW
    before, after = OLD.splitlines(), NOW.splitlines()
    words = {str(pattern[-1]) for pattern in RENAMED[1]} | {"format"}
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert old == new or any(re.search(rf"\b{word}\b", old) for word in words)


def test_a_slip_in_an_old_file_stands_where_it_was_written(tmp_path: Path) -> None:
    text = OLD.replace("on: {role: user, met: true}", "on: {role: usr, met: true}")
    found = loaded(tmp_path, text)
    (problem,) = [p for p in found.problems if p.severity == "error"]
    assert problem.source[problem.place.column - 1 :].startswith("usr")


@pytest.mark.parametrize("old", sorted(str(pattern[-1]) for pattern in RENAMED[1]))
def test_an_old_word_in_a_new_file_is_told_with_the_new_one(tmp_path: Path, old: str) -> None:
    new = next(word for pattern, word in RENAMED[1].items() if pattern[-1] == old)
    strategies = "\nstrategies: {lean: {name: Lean, kind: position, chances: {strategy: 3}}}\n"
    text = re.sub(rf"\b{new}: (?=\w|\{{)", f"{old}: ", NOW + strategies)
    assert text != NOW + strategies
    codes = [(p.code, p.values.get("near")) for p in loaded(tmp_path, text).problems if p.severity == "error"]
    assert ("E203", new) in codes


@pytest.mark.parametrize("number", [0, LATEST + 1, 99, "one"])
def test_a_format_that_does_not_exist_is_refused(tmp_path: Path, number: object) -> None:
    found = loaded(tmp_path, NOW.replace(f"format: {LATEST}", f"format: {number}"))
    assert [p.place.line for p in found.problems if p.severity == "error"] == [NOW.splitlines().index(f"format: {LATEST}") + 1]


def test_who_looks_again_and_again_sees_the_same(tmp_path: Path) -> None:
    """What was read is kept: an old file and an old part of a library too."""
    folder, kept = shelf(tmp_path, OLD), Files()
    (tmp_path / "library" / "mine.yaml").write_text(
        "actions: {note: {name: Note, stage: P1, by: ae, on: {met: true}, outcomes: {done: {need: 1}}}}\n", encoding="utf-8"
    )
    (folder / "scenario.yaml").write_text(OLD.replace("use: [", "use: [library/mine, "), encoding="utf-8")
    marks = {load(folder, tmp_path, kept=kept).compiled.hash for _ in range(3)}  # type: ignore[union-attr]
    assert len(marks) == 1


def test_the_verb_keeps_the_file_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = shelf(tmp_path, OLD) / "scenario.yaml"
    assert main(["upgrade", str(path), "--lang", "en"]) == 0
    assert path.read_text(encoding="utf-8") == NOW
    assert (path.parent / "scenario.before-1.yaml").read_text(encoding="utf-8") == OLD
    assert "now format 2" in capsys.readouterr().out
    assert main(["upgrade", str(path), "--lang", "en"]) == 0 and "needs nothing" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    path = shelf(tmp_path, OLD + "\n  - [") / "scenario.yaml"
    assert main(["upgrade", str(path), "--lang", "en"]) == 1
    assert path.read_text(encoding="utf-8") == OLD + "\n  - ["
