"""What dice gave: it has the mean 0 whatever is decided, and values without it are the same ones, better known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.belief.kernels import SWINGS
from game.belief.particles import Particles
from game.errors import RecordError
from game.judging.judge import Judge
from game.judging.level import COARSE
from game.judging.luck import fitted
from game.judging.workers import Case, case_of, worth_of
from game.paths import SCENARIOS
from game.play.playing import start_playing
from game.policies.par import player_named, read_par
from game.policies.policies import new_player
from game.policies.simulation import simulation_of
from game.policies.worth import places, with_worth
from game.scenario.load import Ready
from game.scenario.tables import WAIT


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")


@pytest.mark.parametrize("policy", ["random", "lone"])
def test_dice_give_nothing_on_average(factory: Ready, policy: str) -> None:
    deal, plays = simulation_of(factory), 400
    player = with_worth(factory.compiled, new_player(deal.tables, policy), {})
    cloud = Particles(deal.tables, 1, player, deal.won, deal.size)
    cloud.make_room(player.n_worth, plays)
    cloud.work(SWINGS, number=plays, root=77)
    moved = 0
    for row in cloud.weights[: player.n_worth]:
        swings = np.array(row[:plays]) / 10_000
        if min((swings > 0).sum(), (swings < 0).sum()) >= 5:  # with fewer, a rare branch has come too seldom or never
            moved += 1
            assert abs(swings.mean()) <= 4.5 * swings.std() / plays**0.5
    assert moved > 15


def test_what_luck_is_worth_is_found_again() -> None:
    """Three rolls of known worth, one that never swings, and noise."""
    dice = np.random.Generator(np.random.PCG64(3))
    swings = dice.integers(-5_000, 5_001, (4, 4_000)).astype(float)
    swings[2] = 0
    values = np.array([700.0, -200.0, 9.0, 0.0]) @ swings / 10_000 + 5_000 + dice.normal(0, 50, 4_000)
    found = fitted(swings, values)
    assert found[2] == 0
    assert np.allclose(found, [700, -200, 0, 0], atol=40)


def test_values_stay_and_become_better_known(office: Ready) -> None:
    folder = SCENARIOS / "office-supplies"
    found = {}
    for told in (False, True):
        case = case_of(office, folder)
        if not told:
            case.player.n_worth = 0
        judge = Judge(case.deal, case.player, office.compiled.best, start_playing(office.compiled, 8), level=COARSE)
        pays, wins = judge.run([WAIT], 0, 900)
        found[told] = pays[0], wins[0]
    for raw, clear in zip(found[False], found[True], strict=True):
        gap = raw - clear
        assert abs(gap.mean()) <= 3.5 * gap.std() / len(gap) ** 0.5
        assert clear.var() < 0.65 * raw.var()


def test_the_worth_is_named_and_read_again(office: Ready, tmp_path: Path) -> None:
    case = case_of(office, SCENARIOS / "office-supplies")
    assert any(case.player.worth) and any(case.player.chance)
    raw = json.loads((SCENARIOS / "office-supplies" / "par.json").read_text(encoding="utf-8"))
    assert raw["worth"]["award"] == [case.player.worth[-1], case.player.chance[-1]]
    for (kind, name), roll in places(office.compiled).items():
        assert raw["worth"][kind].get(name, [0, 0]) == [case.player.worth[roll], case.player.chance[roll]]
    raw["worth"]["actions"]["gone"] = [5, 5]
    (tmp_path / "par.json").write_text(json.dumps(raw), encoding="utf-8")
    assert player_named(office.compiled, "par", tmp_path).worth == case.player.worth


BROKEN = ([], 7, {"award": [1]}, {"actions": {"call": [1, "x"]}}, {"actions": [1]}, {"award": [1e99, 0]})


@pytest.mark.parametrize("worth", BROKEN)
def test_a_broken_worth_is_refused(worth: object, tmp_path: Path) -> None:
    raw = json.loads((SCENARIOS / "office-supplies" / "par.json").read_text(encoding="utf-8"))
    (tmp_path / "par.json").write_text(json.dumps({**raw, "worth": worth}), encoding="utf-8")
    with pytest.raises(RecordError):
        read_par(tmp_path / "par.json")


def test_another_process_finds_the_same(office: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(office, Path("nowhere"))
    here = worth_of(replace_player(case), 0)
    assert here == worth_of(replace_player(case), 1)
    assert here["award"][0] > 0


def replace_player(case: Case) -> Case:
    return replace(case, player=new_player(case.deal.tables, "random"))
