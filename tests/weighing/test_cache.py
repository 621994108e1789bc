"""A long run that was broken off goes on where it was; nothing kept counts unless it holds."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from game.policies.policies import new_player
from game.policies.simulation import Simulation, simulation_of
from game.scenario.load import Ready
from game.weighing.ablation import without
from game.weighing.batches import Answer, Block, Runner, add, cut
from game.weighing.cache import FILE, SUMS, keeping, ledger_of, packed
from game.weighing.kernels import Tally


class Players:
    """Plays in this process, notes which blocks it was asked for, and breaks off after some of them."""

    def __init__(self, deal: Simulation, most: int = 1000) -> None:
        self.deal, self.most, self.asked = deal, most, list[int]()

    @contextmanager
    def work(self) -> Iterator[Answer]:
        runner = Runner(self.deal)

        def answer(blocks: Sequence[Block]) -> Iterator[Tally]:
            for block in blocks:
                if len(self.asked) >= self.most:
                    raise KeyboardInterrupt
                self.asked.append(block.start)
                yield runner.play(block)

        yield answer


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")


@pytest.fixture
def deal(office: Ready) -> Simulation:
    return simulation_of(office)


def run(
    deal: Simulation, folder: Path, most: int = 1000, again: bool = False, watch: bool = True
) -> tuple[bytes, list[int], int]:
    """Sixteen plays in eight blocks: all sums together, what was played, what came out otherwise."""
    players, ledger = Players(deal, most), ledger_of(deal, folder)
    with keeping(ledger, players.work(), again) as answer:
        total = add(answer(cut(new_player(deal.tables, "greedy"), 7, 16, watch, size=2)))
    return packed(total), players.asked, ledger.differing


def spoil(folder: Path, sums: object) -> None:
    with sqlite3.connect(folder / FILE) as store:
        store.execute("UPDATE block SET sums = ?", (sums,))
    store.close()


def test_a_run_that_was_broken_off_goes_on_where_it_was(deal: Simulation, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(deal, tmp_path / "a", most=5)
    whole, asked, _ = run(deal, tmp_path / "a")
    assert asked == [10, 12, 14]
    assert whole == run(deal, tmp_path / "b")[0]
    assert run(deal, tmp_path / "a") == (whole, [], 0)


def test_other_tables_are_another_deal(office: Ready, deal: Simulation, tmp_path: Path) -> None:
    run(deal, tmp_path)
    assert len(run(replace(deal, tables=without(office.compiled, "rivals")), tmp_path)[1]) == 8
    assert len(run(deal, tmp_path, watch=False)[1]) == 8


@pytest.mark.parametrize(
    "sums",
    [
        b"",
        b"not packed",
        "text",
        None,
        zlib.compress(b"[" * 100_000),
        zlib.compress(json.dumps([0] * len(SUMS)).encode()),
        zlib.compress(json.dumps([[0] if capacity else 0 for _, capacity in SUMS]).encode()),
        zlib.compress(b"0" * 100_000_000),
    ],
)
def test_what_does_not_hold_is_played_again(deal: Simulation, tmp_path: Path, sums: object) -> None:
    whole, _, _ = run(deal, tmp_path)
    spoil(tmp_path, sums)
    again, asked, _ = run(deal, tmp_path)
    assert again == whole and len(asked) == 8


@pytest.mark.parametrize("file", [b"no database at all" * 100, b""])
def test_a_spoiled_file_stops_nothing_and_is_begun_anew(deal: Simulation, tmp_path: Path, file: bytes) -> None:
    (tmp_path / FILE).write_bytes(file)
    assert len(run(deal, tmp_path)[1]) == 8
    assert run(deal, tmp_path)[1] == []


def test_where_nothing_can_be_kept_everything_is_played(deal: Simulation, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for _ in range(2):
        assert len(run(deal, tmp_path / "file")[1]) == 8


def test_all_can_be_played_again_and_differences_are_counted(deal: Simulation, tmp_path: Path) -> None:
    whole, _, _ = run(deal, tmp_path)
    assert run(deal, tmp_path, again=True) == (whole, [0, 2, 4, 6, 8, 10, 12, 14], 0)
    with sqlite3.connect(tmp_path / FILE) as store:
        name, sums = store.execute("SELECT name, sums FROM block LIMIT 1").fetchone()
        values = json.loads(zlib.decompress(sums))
        values[[field for field, _ in SUMS].index("pay")] += 1
        store.execute("UPDATE block SET sums = ? WHERE name = ?", (zlib.compress(json.dumps(values).encode()), name))
    store.close()
    assert run(deal, tmp_path)[0] != whole
    assert run(deal, tmp_path, again=True)[2] == 1
    assert run(deal, tmp_path)[0] == whole
