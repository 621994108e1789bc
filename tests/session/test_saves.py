from __future__ import annotations

from pathlib import Path

import pytest

from game.engine.state import digest
from game.errors import RecordError, StorageError
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.report.read import read_record
from game.report.write import write_record
from game.scenario.load import Ready
from game.session.saves import Saves
from tests.said import said


def test_a_saved_deal_comes_back_at_the_same_decision(office: Ready, data: Path) -> None:
    saves = Saves(data)
    playing = start_playing(office.compiled, 11)
    deal = saves.begin(playing)
    for _ in range(8):
        playing.decide(POLICIES["greedy"](office.compiled.tables, playing.state, 11))
        playing.say(said("lesson", text="一句话"))
        saves.sync(deal, playing)
    saves.close()
    again = Saves(data)
    (saved,) = again.open_deals()
    back = again.load(saved.id, office.compiled)
    assert digest(back.state) == digest(playing.state) and back.record() == playing.record()


def test_a_full_disk_loses_nothing(office: Ready, data: Path) -> None:
    saves = Saves(data)
    playing = start_playing(office.compiled, 11)
    deal = saves.begin(playing)
    pages = saves.db.execute("PRAGMA page_count").fetchone()[0]
    saves.db.execute(f"PRAGMA max_page_count={pages}")
    failed = 0
    while not playing.over:
        playing.decide(POLICIES["random"](office.compiled.tables, playing.state, 11))
        playing.say(said("lesson", text="长" * 900))
        try:
            saves.sync(deal, playing)
        except StorageError:
            failed += 1
    assert failed
    saves.db.execute("PRAGMA max_page_count=1000000")
    saves.sync(deal, playing)
    assert saves.load(deal, office.compiled).record() == playing.record()


def test_an_edited_save_is_refused(office: Ready, data: Path) -> None:
    saves = Saves(data)
    playing = start_playing(office.compiled, 11)
    deal = saves.begin(playing)
    playing.decide(0)
    saves.sync(deal, playing)
    saves.db.execute("UPDATE decisions SET words='[\"withdraw\"]'")
    with pytest.raises(RecordError):
        saves.load(deal, office.compiled)


def test_records_that_are_no_records(tmp_path: Path) -> None:
    for name, raw in {"a": b"[" * 100_000, "b": b"{", "c": "中文".encode("gbk")}.items():
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(RecordError):
            read_record(tmp_path / name)


def test_a_record_is_written_whole(office: Ready, tmp_path: Path) -> None:
    playing = start_playing(office.compiled, 1)
    path = write_record(playing, tmp_path / "大 客户", "x")
    assert read_record(path) == playing.record()
    assert [p.name for p in path.parent.iterdir()] == ["x.play.json"]
