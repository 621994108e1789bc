"""Mass play: the same sums compiled and plain, in any blocks, on any number of processes."""

from __future__ import annotations

import math
import shutil
import types
from copy import copy as copy_of
from pathlib import Path

import pytest

from game.engine import jit, step
from game.engine.chance import seed_of
from game.engine.state import fingerprint, new_dice, new_state
from game.paths import SCENARIOS, code_folder
from game.policies.policies import NUMBERS, PROBES, new_player
from game.policies.rollout import rollout
from game.policies.simulation import simulation_of
from game.scenario.load import Ready, load_ready
from game.weighing.batches import Runner, add, cut, workers
from game.weighing.bench import LADDER, special_loop
from game.weighing.kernels import Tally, new_tally, play_block
from tests.benchmarks.ladder import REFERENCE, write

NEED = "numba is missing or switched off: compiled play is not tested"
needs_numba = pytest.mark.skipif(not jit.available(), reason=NEED)
NAMES = ("office-supplies", "ladder")


@pytest.fixture(scope="module")
def cache() -> Path:
    """Where code is kept between runs, by the state of the sources."""
    return code_folder()


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    return load_ready(write(8, 6, tmp_path_factory.mktemp("ladder")), SCENARIOS)


@pytest.fixture
def ready(request: pytest.FixtureRequest, office: Ready, ladder: Ready) -> Ready:
    return dict(zip(NAMES, (office, ladder), strict=True))[request.param]


def plain(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")
    runner = Runner(simulation_of(ready))
    monkeypatch.delenv("BIG_ACCOUNT_PLAIN")
    return runner


def numbers(tally: Tally) -> dict[str, object]:
    return {k: v for k, v in vars(tally).items() if k not in ("watch", "marks")}


@needs_numba
@pytest.mark.parametrize("ready", NAMES, indirect=True)
def test_compiled_play_is_plain_play_in_every_sum_and_any_blocks(
    ready: Ready, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, fast = plain(ready, monkeypatch), Runner(simulation_of(ready), cache)
    assert slow.entry is None and fast.entry is not None
    for name in NUMBERS:
        player = new_player(ready.compiled.tables, name)
        one = add(map(slow.play, cut(player, 7, 6, watch=True)))
        assert numbers(add(map(fast.play, cut(player, 7, 6, watch=True)))) == numbers(one), name
        assert numbers(add(map(fast.play, reversed(cut(player, 7, 6, watch=True, size=5))))) == numbers(one), name
    player = new_player(ready.compiled.tables, "uniform")
    assert add(map(fast.play, cut(player, 7, 60, size=60))).hash == add(map(slow.play, cut(player, 7, 60, size=11))).hash


@needs_numba
@pytest.mark.parametrize("ready", NAMES, indirect=True)
def test_one_process_or_two_add_up_to_the_same(ready: Ready, cache: Path) -> None:
    found = []
    for processes in (0, 1, 2):
        with workers(simulation_of(ready), processes, cache) as play:
            found.append(numbers(add(play(cut(new_player(ready.compiled.tables, "random"), 3, 900, size=128)))))
    assert found[0] == found[1] == found[2]


def test_single_plays_add_up_to_the_batch(office: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    t = office.compiled.tables
    total = sum(fingerprint(t, rollout(t, seed_of(5, i), PROBES["lone"])) for i in range(30))
    tally = plain(office, monkeypatch).play(cut(new_player(t, "lone"), 5, 30)[0])
    assert (tally.hash, tally.plays) == (total % (1 << 62), 30)


def test_a_fingerprint_sees_every_number_of_the_state(office: Ready) -> None:
    t = office.compiled.tables
    s = rollout(t, 12, PROBES["lone"])
    before = fingerprint(t, s)
    for name in vars(s):
        row = getattr(s, name)
        for i in range(8 if name == "x" else 0, len(row) if name != "scratch" else 0):
            row[i] += 1
            assert fingerprint(t, s) != before, (name, i)
            row[i] -= 1


class Watched(list[int]):
    """A row that refuses to count from its end: compiled code takes every index as it is."""

    def __getitem__(self, i: object) -> object:  # type: ignore[override]
        assert not isinstance(i, int) or i >= 0
        return super().__getitem__(i)  # type: ignore[index]

    def __setitem__(self, i: object, value: object) -> None:  # type: ignore[override]
        assert isinstance(i, int) and i >= 0
        super().__setitem__(i, value)  # type: ignore[arg-type]


def watched(thing: object) -> object:
    found = copy_of(thing)
    for name, value in vars(found).items():
        if isinstance(value, list):
            setattr(found, name, Watched(value))
    return found


@pytest.mark.parametrize("ready", NAMES, indirect=True)
def test_no_rule_counts_from_the_end_of_a_row(ready: Ready) -> None:
    t = watched(ready.compiled.tables)
    for name in ("uniform", "cautious", "greedy", "rush"):
        tally = new_tally(ready.compiled.tables, list(simulation_of(ready).won), True)
        s, player = watched(new_state(ready.compiled.tables)), watched(new_player(ready.compiled.tables, name))
        play_block([t], [s], [new_dice(0)], [player], [watched(tally)], 3, 0, 3)  # type: ignore[list-item]


@needs_numba
@pytest.mark.parametrize(("stages", "choices"), REFERENCE)
def test_the_ladder_comes_out_as_other_programs_found(stages: int, choices: int, cache: Path, tmp_path: Path) -> None:
    ready = load_ready(write(stages, choices, tmp_path / "ladder"), SCENARIOS)
    plays = 20_000
    tally = add(map(Runner(simulation_of(ready), cache).play, cut(new_player(ready.compiled.tables, "uniform"), 1, plays)))
    mean, share = REFERENCE[stages, choices]
    square = ((tally.pay_high << 31) + tally.pay_low) / plays
    assert abs(tally.pay / plays - mean) < 3 * math.sqrt((square - (tally.pay / plays) ** 2) / plays)
    assert abs(tally.wins / plays - share) < 3 * math.sqrt(share * (1 - share) / plays)


def test_the_largest_ladder_fits(tmp_path: Path) -> None:
    assert load_ready(write(32, 24, tmp_path), SCENARIOS).scenario.size == "L"


def test_another_source_means_another_cache_folder(tmp_path: Path) -> None:
    """A callee is edited: the caller's machine code may not be found again."""
    copy = tmp_path / "step.py"
    shutil.copy(str(step.__file__), copy)
    module = types.ModuleType("step")
    module.__file__ = str(copy)
    before = jit.sources_hash([module])
    assert before == jit.sources_hash([step])
    copy.write_text(copy.read_text(encoding="utf-8").replace("s.x[DECISIONS] += 1", "s.x[DECISIONS] += 2"), encoding="utf-8")
    assert jit.sources_hash([module]) != before


def test_the_ladder_that_is_measured_is_the_generated_one(tmp_path: Path) -> None:
    """To renew it: python -m tests.benchmarks.ladder 8 6 tests/benchmarks/ladder_s8c6"""
    text = (write(8, 6, tmp_path) / "scenario.yaml").read_text(encoding="utf-8")
    assert (LADDER / "scenario.yaml").read_text(encoding="utf-8") == text


def test_the_loop_it_is_compared_with_plays_the_same_story() -> None:
    found = special_loop(plays=20_000)
    assert abs(found["mean_payoff"] - REFERENCE[8, 6][0]) < 0.5 and abs(found["won"] - REFERENCE[8, 6][1]) < 0.012
