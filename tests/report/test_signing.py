"""A host's signature: what it lets through, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.errors import RecordError, UsageError
from game.paths import SCENARIOS
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.report.read import gather, read_play
from game.report.signing import PUBLIC, HostKey, read_public
from game.report.write import write_record
from game.scenario.load import load_ready


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> HostKey:
    return HostKey.of(tmp_path_factory.mktemp("host"))


@pytest.fixture(scope="module")
def record(key: HostKey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    ready = load_ready(SCENARIOS / "office-supplies", SCENARIOS)
    playing = start_playing(ready.compiled, 5)
    while not playing.over:
        playing.decide(POLICIES["greedy"](ready.compiled.tables, playing.state, 5))
    return write_record(playing, tmp_path_factory.mktemp("records"), "one", key)


def test_a_signed_record_is_one_for_everybody_and_holds_for_who_has_the_key(key: HostKey, record: Path) -> None:
    assert read_play(record, {})[1].over
    assert read_play(record, {}, key.public)[1].over


def test_any_change_and_any_other_key_is_refused(key: HostKey, record: Path, tmp_path: Path) -> None:
    other = HostKey.of(tmp_path / "other")
    with pytest.raises(RecordError, match="wrong"):
        read_play(record, {}, other.public)
    raw = json.loads(record.read_text(encoding="utf-8"))
    for name, changed in (("seed", raw["seed"] + 1), ("statements", []), ("signed", {**raw["signed"], "mark": "00" * 64})):
        path = tmp_path / f"{name}.play.json"
        path.write_text(json.dumps({**raw, name: changed if changed != raw[name] else [{}]}), encoding="utf-8")
        with pytest.raises(RecordError):
            read_play(path, {}, key.public)


@pytest.mark.parametrize("signed", [None, 1, {}, {"mark": 7}, {"mark": "zz"}, []])
def test_what_is_no_signature_is_said(key: HostKey, record: Path, tmp_path: Path, signed: object) -> None:
    raw = json.loads(record.read_text(encoding="utf-8"))
    path = tmp_path / "x.play.json"
    path.write_text(json.dumps({**raw, "signed": signed}), encoding="utf-8")
    with pytest.raises(RecordError):
        read_play(path, {}, key.public)


def test_a_class_takes_only_what_its_host_signed(key: HostKey, record: Path, tmp_path: Path) -> None:
    raw = json.loads(record.read_text(encoding="utf-8"))
    (tmp_path / "a.play.json").write_text(json.dumps(raw), encoding="utf-8")
    del raw["signed"]
    (tmp_path / "b.play.json").write_text(json.dumps(raw), encoding="utf-8")
    found = gather(tmp_path, host=key.public)
    assert [f.path.name for one in found.found.values() for f in one] == ["a.play.json"]
    assert [(r.file, r.key) for r in found.refused] == [("b.play.json", "error.signature.none")]


def test_the_key_is_made_once_and_its_public_half_may_be_given_as_a_file(tmp_path: Path) -> None:
    key = HostKey.of(tmp_path)
    assert HostKey.of(tmp_path).public == key.public
    assert read_public(str(tmp_path / PUBLIC)) == read_public(key.public) == key.public
    assert (tmp_path / "host.key").stat().st_mode & 0o077 == 0
    with pytest.raises(UsageError):
        read_public("no key")
