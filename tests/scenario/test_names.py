"""Names that would mean two things, or nothing, are refused where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.scenario.load import load
from game.scenario.problems import errors
from tests.scenario.small import SCENARIO, write


def with_names(shelf: Path, *edits: tuple[str, str]) -> list[tuple[str, str]]:
    """The errors of the small deal with other names in it: (code, the line it stands on)."""
    text = SCENARIO
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    lines = text.splitlines()
    return [(p.code, lines[p.place.line - 1].strip()) for p in errors(load(write(shelf, text), shelf).problems)]


@pytest.mark.parametrize("name", ["theirs", "net", "intel"])
@pytest.mark.parametrize("was", ["boss", "rich"])
def test_words_of_the_rules_are_no_names_of_people_and_rivals(tmp_path: Path, was: str, name: str) -> None:
    found = with_names(tmp_path, (was, name))
    assert ("E219", f"{name}:") in [(code, line[: len(name) + 1]) for code, line in found]


def test_a_meter_may_be_called_net(tmp_path: Path) -> None:
    assert not with_names(tmp_path, ("boxes", "net"))


@pytest.mark.parametrize("branches", ["events", "actions", "rivals"])
def test_a_branch_without_a_name_is_refused(tmp_path: Path, branches: str) -> None:
    """An event has one already: that nothing happens."""
    old, new = {
        "events": ("branches: {bad: {boss", 'branches: {"": {boss'),
        "actions": ("outcomes: {success: {said: bid", 'outcomes: {"": {said: bid'),
        "rivals": ("outcomes: {success: {rich.cost", 'outcomes: {"": {rich.cost'),
    }[branches]
    found = with_names(tmp_path, (old, new))
    assert [code for code, _ in found] == ["E220"] and new in found[0][1]


@pytest.mark.parametrize("length", [80, 81])
def test_names_are_of_a_length_that_can_be_read(tmp_path: Path, length: int) -> None:
    found = with_names(tmp_path, ("boxes", "b" * length))
    assert {code for code, _ in found} == (set() if length == 80 else {"E220"})
