"""Par's search, and what a scenario is told of its balance. In plain Python and small: the figures proper come from the verbs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli.main import main
from game.engine.chance import seed_of
from game.errors import RecordError
from game.paths import SCENARIOS
from game.play.playing import start_playing
from game.policies.par import player_named, player_of, read_par
from game.policies.policies import GREEDY, choose
from game.scenario.load import Ready, load, load_ready
from game.weighing import climb, tune
from game.weighing.balance import FOUR, Sums, balance, luck_share, quantile, wilson
from game.weighing.kernels import new_tally


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")


def test_the_same_seed_finds_the_same_table_on_any_number_of_processes(
    office: Ready, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("ROUNDS", 2), ("TABLES", 5), ("ELITE", 2), ("PLAYS", 2), ("FINAL", 4), ("LAST", 4)):
        monkeypatch.setattr(tune, name, value)
    for name, value in (("CLIMBS", 2), ("WAYS", 2), ("CLIMB_PLAYS", 2), ("OPENING", 1)):
        monkeypatch.setattr(climb, name, value)
    found = [tune.search_par(office, 5, processes).par for processes in (0, 1)]
    assert found[0] == found[1] and found[0]["rules"] == office.compiled.hash
    tune.write_par(found[0], tmp_path / "par.json")
    assert read_par(tmp_path / "par.json") == found[0]
    player = player_of(office.compiled, found[0])
    t = office.compiled.tables
    for g in range(t.n_stage):
        row = player.order[t.stage_off[g] : t.stage_off[g + 1]]
        assert t.stage_off[g] <= player.order_end[g] <= t.stage_off[g + 1]
        assert set(player.order[t.stage_off[g] : player.order_end[g]]) <= set(t.stage_action[t.stage_off[g] : t.stage_off[g + 1]])
        assert len(row) == t.stage_off[g + 1] - t.stage_off[g]


def test_without_a_table_par_is_greedy_and_a_broken_one_is_refused(office: Ready, tmp_path: Path) -> None:
    assert player_named(office.compiled, "par", tmp_path).policy == GREEDY
    for text in (
        "{",
        "[]",
        '{"rules": "x"}',
        '{"rules": "x", "least": 1.5, "withdraw": 0, "spread": 0, "debt": {}, "priority": {}}',
    ):
        (tmp_path / "par.json").write_text(text, encoding="utf-8")
        with pytest.raises(RecordError):
            player_named(office.compiled, "par", tmp_path)


def test_a_wilson_interval_holds_its_share_and_stays_inside() -> None:
    assert wilson(0, 20)["lo"] == 0 and 0.1 < wilson(0, 20)["hi"] < 0.2
    assert wilson(8, 10)["lo"] < 0.8 < wilson(8, 10)["hi"] < 1
    assert quantile([0, 1, 2, 1], 0.5) == 2 and quantile([0, 1, 2, 1], 0.9) == 3


def test_luck_has_no_share_where_plays_never_differ(office: Ready) -> None:
    found = {}
    for k, name in enumerate(FOUR):
        tally = new_tally(office.compiled.tables, [0] * office.compiled.tables.n_ending)
        tally.plays, tally.pay, tally.pay_low = 10, 100 * k, 10 * (10 * k) ** 2
        found[name] = Sums(tally, 100)
    assert luck_share(found) == 0


def test_balance_says_everything_with_an_interval(office: Ready, tmp_path: Path) -> None:
    found = balance(load(SCENARIOS / "office-supplies", SCENARIOS), office, tmp_path, 20, processes=0)
    assert set(found["policies"]) == set(FOUR) and json.loads(json.dumps(found))
    for p in found["policies"].values():
        assert p["win"]["lo"] <= p["win"]["share"] <= p["win"]["hi"]
        assert p["points"]["lo"] <= p["points"]["mean"] <= p["points"]["hi"]
        assert p["decisions"]["p10"] <= p["decisions"]["p50"] <= p["decisions"]["p90"]
        assert abs(sum(e["share"] for e in p["endings"].values()) - 1) < 1e-9
    assert 0 <= found["luck_share"] <= 1
    assert [row["stage"] for row in found["milestones"]] == list(office.scenario.stages)
    assert found["milestones"][0]["pooled"]["n"] == 80
    assert set(found["actions"]) == set(office.compiled.ids.actions)
    for finding in found["findings"]:
        assert finding["place"]["line"] >= 1 and not finding["proved"] and finding["plays"] == 130


@pytest.mark.parametrize("language", ["zh", "en"])
def test_balance_speaks_both_languages(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["balance", "office-supplies", "--plays", "10", "--lang", language]) == 0
    told = capsys.readouterr().out
    assert "random" in told and "{" not in told and "P7" in told
    assert main(["balance", "office-supplies", "--plays", "10", "--policy", "random", "--format", "json"]) == 0
    assert list(json.loads(capsys.readouterr().out)["policies"]) == ["random"]


def test_in_every_other_play_par_takes_over_from_somebody_else(office: Ready) -> None:
    t = office.compiled.tables
    par = player_named(office.compiled, "par", SCENARIOS / "office-supplies")
    late = player_named(office.compiled, "par", SCENARIOS / "office-supplies")
    late.after = 8
    led = []
    for i in range(40):
        seed = seed_of(8, i)
        playing = start_playing(office.compiled, seed)
        while not playing.over:
            decision = choose(t, playing.state, late, seed)
            led += [(i, len(playing.decisions))] if decision != choose(t, playing.state, par, seed) else []
            playing.decide(decision)
    assert max(number for _, number in led) < 7
    assert 10 <= len({i for i, _ in led}) <= 30


def test_what_costs_nothing_may_be_put_before_all_else(office: Ready) -> None:
    par = read_par(SCENARIOS / "office-supplies" / "par.json")
    assert par is not None
    for stage, action in tune.free_ones(office.compiled, par):
        assert office.compiled.tables.action_free[office.compiled.ids.actions.index(action)]
        table = tune.with_first(par, stage, action)["priority"]
        assert max(table[stage], key=lambda a: table[stage][a]) == action and action not in par["priority"][stage]


@pytest.mark.parametrize("name", ["office-supplies", "smart-factory"])
def test_whoever_has_not_bid_yet_is_told_to(name: str) -> None:
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    par = read_par(SCENARIOS / name / "par.json")
    assert par is not None
    ways: dict[str, set[str]] = {}
    for stage, action in tune.bid_work(ready.compiled):
        ways.setdefault(stage, set()).add(action)
    assert set(ways) >= {"P4", "P5"} and all(ways[stage] & set(par["priority"][stage]) for stage in ("P4", "P5"))
