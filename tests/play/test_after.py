"""A deal may start from how another ended: the wheel closes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from game.cli.main import main
from game.errors import RecordError, ReplayMismatch
from game.judging.workers import case_of, judge_of
from game.paths import SCENARIOS
from game.play.decisions import decision_number
from game.play.playing import Playing, goes_on, start_playing
from game.play.record import replay
from game.policies.policies import POLICIES
from game.report.write import write_record
from game.scenario.load import Ready, load, load_ready
from game.scenario.tables import PHASE, STAGE
from game.screens.guide import Guide
from game.screens.messages import BeginNext, NextAfter
from game.screens.screen import Goto
from game.session.saves import Saves
from game.session.session import Session
from game.session.shelf import Shelf
from tests.screens.gallery import no_files

AFTER = """
start:
  after:
    office-supplies:
      withdrew: {then: {trust: -5}}
      no_bid: {stage: P1, phase: acknowledge, then: {trust: +20, sun.met: "=1"}}
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped scenarios, and a copy of the small one that goes on from it."""
    folder = tmp_path_factory.mktemp("scenarios")
    for name in ("office-supplies", "library"):
        shutil.copytree(SCENARIOS / name, folder / name)
    again = folder / "next-year"
    again.mkdir()
    for file in (SCENARIOS / "office-supplies").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        people = next(iter(load_ready(SCENARIOS / "office-supplies", SCENARIOS).scenario.people))
        (again / file.name).write_text(
            text + (AFTER.replace("sun", people) if file.name == "scenario.yaml" else ""), encoding="utf-8"
        )
    return folder


@pytest.fixture(scope="module")
def year(shelf: Path) -> Ready:
    return load_ready(shelf / "next-year", shelf)


def ended(office: Ready, kind: str = "no_bid") -> Playing:
    playing = start_playing(office.compiled, 3)
    playing.decide(decision_number(office.compiled, ["withdraw" if kind == "withdrew" else "wait"]))
    while not playing.over:
        playing.decide(0)
    assert playing.result()["ending"] == kind
    return playing


def test_what_the_deal_before_left_behind_is_there(year: Ready, office: Ready) -> None:
    plain = start_playing(year.compiled, 7)
    after = start_playing(goes_on(year.compiled, ended(office)), 7)
    names = year.compiled.ids.slots
    assert after.state.x[names.index("trust")] > plain.state.x[names.index("trust")]
    assert (after.state.x[STAGE], after.state.x[PHASE]) == (1, 1) and plain.state.x[STAGE] == 0
    assert sum(after.state.x[k] for k, n in enumerate(names) if n.endswith(".met")) == 1
    left = start_playing(goes_on(year.compiled, ended(office, "withdrew")), 7)
    assert left.state.x[STAGE] == 0 and left.state.x[names.index("trust")] < plain.state.x[names.index("trust")]
    with pytest.raises(RecordError):
        goes_on(year.compiled, start_playing(office.compiled, 3))
    with pytest.raises(RecordError):
        goes_on(office.compiled, ended(office))


def test_record_and_save_begin_where_the_deal_began(year: Ready, office: Ready, tmp_path: Path) -> None:
    before = ended(office)
    playing = start_playing(goes_on(year.compiled, before), 7)
    assert playing.statements[0].seal == before.record()["chain"][-1]
    for _ in range(4):
        playing.decide(POLICIES["greedy"](playing.compiled.tables, playing.state, 7))
    record = json.loads(json.dumps(playing.record()))
    assert replay(year.compiled, record).record() == record
    saves = Saves(tmp_path)
    deal = saves.begin(playing)
    saves.sync(deal, playing)
    assert saves.load(deal, year.compiled).record() == record
    saves.close()
    for said in ({**record["statements"][0], "from": "office-supplies.withdrew"}, {**record["statements"][0], "seal": "0"}):
        with pytest.raises((RecordError, ReplayMismatch)):
            replay(year.compiled, {**record, "statements": [said, *record["statements"][1:]]})
    with pytest.raises(RecordError):
        replay(year.compiled, {**record, "statements": []})


def test_the_window_offers_it_and_judges_it(year: Ready, office: Ready, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")
    offers = Shelf(shelf, None, 5)
    while offers.read_one():
        pass
    finished = Session(office, ended(office), belief=False)
    assert [name for name, _ in offers.following(finished, "zh")] == ["next-year"]
    guide = Guide(offers, no_files)
    assert guide.ending(finished).on(BeginNext("next-year")) == Goto("briefing", NextAfter(finished, "next-year"))
    briefing = guide("briefing", NextAfter(finished, "next-year"))
    play = briefing.play  # type: ignore[attr-defined]
    assert play.ready.compiled.opened_by == "office-supplies.no_bid" and play.playing.state.x[STAGE] == 1
    resumed = Session(year, replay(year.compiled, play.playing.record()))
    assert resumed.ready.compiled.hash == play.playing.compiled.hash
    judge = judge_of(case_of(play.ready, shelf / "next-year"), play.playing.seed, None)
    assert judge.playing.state.x == play.playing.state.x


def test_at_the_command_line(office: Ready, tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.setattr("game.cli.play.SCENARIOS", shelf)
    monkeypatch.setattr("game.report.read.SCENARIOS", shelf)
    path = write_record(ended(office), tmp_path, "first")
    words = ["play", "next-year", "--by", "greedy", "--seed", "4", "--out", str(tmp_path / "out"), "--lang", "en"]
    assert main([*words, "--after", str(path)]) == 0
    (record,) = (tmp_path / "out").glob("*.play.json")
    assert json.loads(record.read_text(encoding="utf-8"))["statements"][0]["from"] == "office-supplies.no_bid"
    assert main(["replay", str(record), "--lang", "en"]) == 0
    assert main(["play", "office-supplies", *words[2:], "--after", str(path)]) != 0


@pytest.mark.parametrize(("after", "found"), [("gone: {won: {}}", "gone"), ("office-supplies: {renewedd: {}}", "renewedd")])
def test_a_wrong_name_is_told_with_its_line(after: str, found: str, shelf: Path) -> None:
    folder = shelf / "wrong"
    folder.mkdir(exist_ok=True)
    text = (SCENARIOS / "office-supplies" / "scenario.yaml").read_text(encoding="utf-8")
    (folder / "scenario.yaml").write_text(text + f"start:\n  after:\n    {after}\n", encoding="utf-8")
    (problem,) = [p for p in load(folder, shelf).problems if p.code == "E201"]
    assert problem.values["name"] == found and problem.place.line == text.count("\n") + 3
