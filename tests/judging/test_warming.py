"""Machine code made ahead: begun once, counted as it comes, told to whom has to wait for it, and nobody else."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any, ClassVar

import pytest

from game.belief.particles import is_kept
from game.cli import shown
from game.engine import jit
from game.i18n import LANGUAGES, Say
from game.judging import warming
from game.judging.warming import Warming, in_turn

needs_numba = pytest.mark.skipif(not jit.available(), reason="numba is missing or switched off")


class Started:
    """A process that was asked for."""

    commands: ClassVar[list[list[str]]] = []

    def __init__(self, command: list[str], **how: Any) -> None:
        Started.commands.append(command)
        assert how["start_new_session"], "it outlives the game"

    def poll(self) -> None:
        return None


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    Started.commands = []
    monkeypatch.setattr(warming.subprocess, "Popen", Started)
    return Started.commands


@needs_numba
def test_what_is_missing_is_begun_once_and_counted_as_it_comes(started: list[list[str]], tmp_path: Path) -> None:
    work = Warming(["S", "L", "S"], tmp_path).begin().begin()
    assert len(started) == 1 and started[0][0] == sys.executable and started[0][-1] == "warm"
    assert (work.done, work.many, work.under_way) == (0, 2, True)
    with in_turn(tmp_path, "S"):
        assert not is_kept(tmp_path, "S"), "not before it is made"
    assert (work.done, work.under_way) == (1, True)
    with in_turn(tmp_path, "L"):
        pass
    assert (work.done, work.under_way) == (2, False)
    assert Warming(["S", "L"], tmp_path).begin().process is None and len(started) == 1


def test_without_machine_code_nothing_is_begun(started: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming.jit, "available", lambda: False)
    work = Warming(["S"], tmp_path).begin()
    assert (work.many, work.under_way, started) == (0, False, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("terminal", [True, False])
def test_who_has_to_wait_is_told_for_how_long(
    language: str, terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shown.jit, "available", lambda: True)
    monkeypatch.setattr(shown, "is_kept", lambda folder, size: False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    say = Say(language)
    with shown.waiting_for_code("S", say):
        time.sleep(0.7)
    told = capsys.readouterr().err
    assert (say("mass.preparing", seconds=1) in told or say("mass.preparing", seconds=0) in told) == terminal
    assert (say("debrief.starting") in told) != terminal


def test_who_need_not_wait_is_told_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(shown.jit, "available", lambda: True)
    monkeypatch.setattr(shown, "is_kept", lambda folder, size: True)
    with shown.waiting_for_code("S", Say("zh")):
        pass
    assert capsys.readouterr().err == ""
