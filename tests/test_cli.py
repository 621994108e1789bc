from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from game.cli.main import main
from game.paths import SCENARIOS


def test_the_same_seed_writes_the_same_bytes_and_replays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = []
    for out in ("a", "b"):
        assert main(["play", "office-supplies", "--by", "greedy", "--seed", "7", "--out", str(tmp_path / out)]) == 0
        (path,) = (tmp_path / out).glob("*.play.json")
        raw.append(path.read_bytes())
    assert raw[0] == raw[1]
    assert main(["replay", str(path)]) == 0
    record = json.loads(raw[0])
    record["decisions"][3] = ["wait"]
    path.write_text(json.dumps(record), encoding="utf-8")
    assert main(["replay", str(path)]) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("by", ["random", "cautious", "greedy", "par"])
def test_every_policy_plays(by: str, tmp_path: Path) -> None:
    assert main(["play", "office-supplies", "--by", by, "--out", str(tmp_path)]) == 0


def test_without_a_terminal_a_policy_plays_and_says_where(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en"]) == 0
    assert str(data) in capsys.readouterr().out


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "office-supplies"]) == 0
    assert main(["check", "office-suplies", "--lang", "en"]) == 2
    assert "office-supplies" in capsys.readouterr().err
    assert main(["replay", str(tmp_path / "none")]) == 2
    for args in (["--help"], ["play", "--help"], ["check", "--help"], ["replay", "--help"], ["test", "--help"]):
        with pytest.raises(SystemExit) as stop:
            main(args)
        assert stop.value.code == 0
    with pytest.raises(SystemExit) as stop:
        main(["dance"])
    assert stop.value.code == 2


def test_check_speaks_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "office-supplies", "--format", "json"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), list)


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe looks otherwise there")
def test_whoever_reads_the_output_may_stop_early() -> None:
    code = "import sys; from game.cli.main import main; sys.exit(main(['check', 'smart-factory', '--lang', 'en']))"
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run([sys.executable, "-c", code], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert ended.returncode == 0 and ended.stderr == ""


def test_check_tells_whether_the_reference_play_fits_the_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "office-supplies"
    shutil.copytree(SCENARIOS / "office-supplies", folder)
    assert main(["check", str(folder), "--lang", "en"]) == 0
    assert "W50" not in capsys.readouterr().out
    path = folder / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("budget: 12_000", "budget: 12_500"), encoding="utf-8")
    assert main(["check", str(folder), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "W501" in told and f"tune {folder}" in told
    (folder / "par.json").unlink()
    assert main(["check", str(folder), "--lang", "zh"]) == 0
    assert "W502" in capsys.readouterr().out


LONG = "x" * 300
HOSTILE_CALLS = (
    (["replay", LONG], 2),
    (["report", LONG], 2),
    (["check", LONG], 2),
    (["play", "--by", "random", "--after", LONG], 2),
    (["play", "--seed", "9" * 5000], 2),
    (["play", "--seed", "1.5"], 2),
    (["play", "--name", "a\udcff"], 2),
    (["play", "--x\x1b[31m"], 2),
)


@pytest.mark.parametrize(("words", "code"), HOSTILE_CALLS)
def test_a_call_that_cannot_be_is_a_sentence(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        ended = main(words)
    except SystemExit as stop:
        ended = int(str(stop.code))
    told = "".join(capsys.readouterr())
    assert ended == code and len(told) < 900 and "\x1b" not in told and "Traceback" not in told
