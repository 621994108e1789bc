"""Weighing scenarios: versions under the same dice, sampled decisions, a cluster that loses a worker, the author's page."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from game.cli.main import main
from game.errors import UsageError
from game.judging.workers import case_of
from game.paths import SCENARIOS
from game.policies.policies import new_player
from game.policies.simulation import simulation_of
from game.scenario.load import Ready, load_ready
from game.scenario.tables import fields
from game.weighing.batches import Block, add, cut, workers
from game.weighing.cluster import cluster, play_there
from game.weighing.compare import compare
from game.weighing.kernels import Tally
from game.weighing.survey import Survey, moments_of
from tests.judging.test_judge import TINY


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small work: compiling would take longer."""
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")


def made(folder: Path, text: str) -> tuple[Ready, Path]:
    folder.mkdir(parents=True)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return load_ready(folder, folder.parent), folder


def numbers(tally: Tally) -> list[Any]:
    return [getattr(tally, name) for name, _ in fields(Tally)]


def test_a_scenario_against_itself_changes_nothing_and_a_better_one_something(tmp_path: Path) -> None:
    one = made(tmp_path / "one", TINY)
    other = made(tmp_path / "other", TINY.replace("chance: 30", "chance: 60"))
    same = compare(one, one, 256, ("greedy", "random"))
    for rows in same["policies"].values():
        assert all(d["mean"] == 0 and not d["sure"] for d in rows.values())
    better = compare(one, other, 256, ("greedy",))["policies"]["greedy"]["points"]
    assert better["sure"] and better["lo"] > 0 and better["after"] > better["before"]


def test_pairing_by_dice_makes_small_differences_sure(tmp_path: Path) -> None:
    """One point of odds more: far less than the spread of a play, and yet seen."""
    one = made(tmp_path / "one", TINY)
    other = made(tmp_path / "other", TINY.replace("chance: 30", "chance: 33"))
    found = compare(one, other, 2_048, ("greedy",))["policies"]["greedy"]["points"]
    assert found["sure"] and found["hi"] - found["lo"] < found["before"] / 10


def test_sampled_decisions_find_what_is_always_and_never_best(tmp_path: Path) -> None:
    ready, folder = made(tmp_path / "tiny", TINY.replace("best: 1000", "best: 60"))
    found = Survey(moments_of(case_of(ready, folder), range(16), None), ready.compiled.ids.stages)
    rows = found.actions()
    # What can still be done later is as good as the best now; "plain" gives away 0.3 of need whenever it is done.
    assert rows["dig"]["behind"]["lo"] > rows["plain"]["behind"]["hi"]
    assert rows["plain"]["best"] <= 0.15 * rows["plain"]["open"]
    replay = found.replay("plain")
    assert replay is not None and replay["by"] in ("greedy", "random", "par")
    assert found.parting()[0]["given"]["n"] == len(found.moments)


def slow_block(deal: Any, block: Block) -> Tally:
    time.sleep(0.2)
    return play_there(deal, block)


def test_a_cluster_gives_the_same_sums_though_a_worker_dies(office: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("game.weighing.cluster.play_there", slow_block)
    deal, player = simulation_of(office), new_player(office.compiled.tables, "greedy")
    blocks = cut(player, 5, 120, watch=True, size=10)
    with workers(deal, 0) as play:
        here = add(play(blocks))
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local:
        with cluster(deal, local.scheduler_address) as play:
            there: list[Tally] = []
            for tally in play(blocks):
                there.append(tally)
                if len(there) == 2:
                    victim = next(iter(local.workers.values()))
                    victim.process.process._process.kill() if hasattr(victim.process, "process") else victim.kill()
        assert numbers(add(there)) == numbers(here)


def test_no_cluster_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("game.weighing.cluster.WAIT", 2)
    with pytest.raises(UsageError):
        cluster_nowhere()


def cluster_nowhere() -> None:
    with cluster(None, "tcp://127.0.0.1:1"):  # type: ignore[arg-type]
        pass


def test_the_page_and_the_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "balance.html"
    assert main(["balance", "office-supplies", "--plays", "24", "--format", "html", "--out", str(out), "--lang", "en"]) == 0
    page = out.read_text(encoding="utf-8")
    assert "default-src 'none'" in page and "<script" not in page and page.count("<svg") > 4
    assert main(["check", "office-supplies", "--plays", "2", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("scenario.yaml" in line or "core.yaml" in line for line in lines)
    assert main(["balance", "office-supplies", "office-supplies", "--plays", "24", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["policies"]["par"]["points"]["mean"] == 0
    shutil.rmtree(tmp_path)
    assert (SCENARIOS / "office-supplies").is_dir()
