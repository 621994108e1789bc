"""Judging decisions: the sums hold, the values are right where they can be reckoned, and luck has no favourites."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import numpy as np
import pytest

from game.engine.chance import AWARDED, CAME, HAPPENED, READ, TURNED
from game.judging.counterfactual import other_way
from game.judging.cuts import cut_up
from game.judging.judge import Judge, candidates
from game.judging.judgement import Judgement, grade_of
from game.judging.level import COARSE, Level
from game.judging.workers import Case, Play, case_of, judge_of, judge_play, judge_some, judgement, numbers_of
from game.paths import SCENARIOS
from game.play.decisions import decision_words
from game.play.playing import Playing, start_playing
from game.policies.par import player_of
from game.policies.policies import choose, new_player
from game.scenario.load import Ready, load_ready
from game.scenario.tables import STARTS, WAIT

TINY = """
format: 2
title: 小试
language: zh
market: professional
summary: 小试
brief: 小试
size: S
rules: {repeat: 0, tire: 0, wait: 1}
deal: {value: 100, unit: 元, budget: 100, weeks: 4, fronts: 1, best: 1000}
stages: {P0: {name: 零, milestone: 10%}}
team: {ae: {name: 甲, role: account}}
facts:
  gold: {text: 有金子, element: need, swot: opportunity, prior: 50%}
meters:
  need: {name: 需求, start: 0, range: [0, 100]}
actions:
  plain: {name: 稳, stage: P0, by: ae, cut: [0, 100], chance: 60, outcomes: {success: {need: 1, say: 好}, failure: {say: 坏}}}
  bold:  {name: 冲, stage: P0, by: ae, cut: [0, 100], chance: 30, outcomes: {success: {need: 3, say: 好}, failure: {say: 坏}}}
  dig:
    name: 挖
    stage: P0
    by: ae
    times: 1
    cut: [0, 100]
    chance: 20 + 60 * truth.gold
    outcomes: {success: {need: 4, say: 好}, failure: {say: 坏}}
gauges: {need: {name: 需求, value: need}}
gates: {P0: [{id: rich, text: 富, when: need >= 90, must: true}]}
buyer: {phases: {one: {name: 一, chance: 0}, two: {name: 二}}}
endings:
  won: {kind: won, reason: 赢, text: 赢, when: need >= 90, payoff: 100}
  quit: {kind: withdrawn, reason: 撤, text: 撤, when: withdrawn, payoff: 0}
  out: {kind: undecided, reason: 完, text: 完, payoff: 10 * need, last: true}
"""
WEEKS = 4


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    folder = tmp_path_factory.mktemp("s") / "tiny"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(TINY, encoding="utf-8")
    return load_ready(folder, folder.parent)


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """These deals are so small that compiling would take longer."""
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")


def starts(ready: Ready) -> dict[str, int]:
    t, ids = ready.compiled.tables, ready.compiled.ids
    return {ids.actions[t.pair_action[t.arm_pair[arm]]]: STARTS + arm for arm in range(t.n_arm)}


def judged(ready: Ready, decisions: list[int], level: Level, seed: int = 3) -> Judgement:
    case = case_of(ready, Path("nowhere"))
    judge = Judge(case.deal, case.player, ready.compiled.best, start_playing(ready.compiled, seed), level=level)
    found = [judge.take(d) for d in decisions]
    return judgement(case, judge.playing, [j for j in found if j], judge.plays)


# Points: 100 * payoff / best, payoff = 10 * need. Par plays greedily: dig first (4 * 1/2 = 2 a week, with the prior), then bold
# (0.9 a week). Worked out from the last week backwards, over both truths of the hidden fact:
NEED = 1.0  # points for one of need
V = {0: 0.0, 1: 0.9, 2: 1.8, 3: 2.7, 4: 3.6}  # without dig
DIG = {k: (2.0 + V[k - 1]) * NEED for k in range(1, WEEKS + 1)}  # par's value while dig is open


def test_values_and_regret_agree_with_dynamic_programming(tiny: Ready) -> None:
    arms = starts(tiny)
    exact = Level(many=400, effort=10_000, rounds=((40, 100),), fresh=(6000, 6000, 1), aim=0.01, parts=50)
    found = judged(tiny, [arms["plain"], arms["dig"], arms["plain"], arms["bold"]], exact).decisions
    first = found[0]
    # plain, then par: 0.6 + DIG[3]; dig could still be done right after it: nothing but the week is lost.
    assert first.value == pytest.approx(DIG[4], abs=3 * first.value_se)
    assert first.chosen == pytest.approx(0.6 + DIG[3], abs=3 * first.value_se + 0.05)
    assert first.measured == pytest.approx(0.3, abs=max(3 * first.se, 0.06))
    assert first.then is not None and first.then.decision == arms["dig"]
    assert first.then.value == pytest.approx(first.chosen, abs=3 * first.then.se + 0.05), "par digs next as well"
    assert found[1].regret == 0 and found[1].best == arms["dig"]
    assert found[2].chosen == pytest.approx(found[2].value - 0.3, abs=4 * found[2].se + 0.05)
    assert found[3].regret == 0


def test_what_is_left_undone_is_charged_when_it_can_no_longer_be_done(tiny: Ready) -> None:
    """Waiting three times and then never digging costs its two of need once, not four times."""
    arms = starts(tiny)
    level = Level(many=400, effort=10_000, rounds=((40, 100),), fresh=(2000, 2000, 1), aim=0.01, parts=20)
    found = judged(tiny, [arms["bold"], arms["bold"], arms["bold"], arms["bold"]], level)
    dig_over_bold = 2.0 - 0.9
    assert sum(j.measured for j in found.decisions) == pytest.approx(dig_over_bold, abs=0.5)
    assert found.decisions[-1].measured == pytest.approx(dig_over_bold, abs=0.3)


PROBED = """
actions:
  safe: {name: 稳, stage: P0, by: ae, cut: [0, 100], chance: 55, outcomes: {success: {need: 1, say: 好}, failure: {say: 坏}}}
  bold:
    name: 冲
    stage: P0
    by: ae
    cut: [0, 100]
    chance: 10 + 80 * truth.gold
    outcomes: {success: {need: 4, say: 好}, failure: {say: 坏}}
  probe: {name: 探, stage: P0, by: ae, times: 1, cut: [0, 100], chance: 100, outcomes: {success: {verifies: gold, say: 探明}}}
"""
PROBING = TINY[: TINY.index("actions:")] + PROBED + TINY[TINY.index("gauges:") :]
# A week of bold where there is gold brings 0.9 * 4 = 3.6 of need, of safe 0.55. Not knowing, bold brings 2.0; probed first, three
# weeks at (3.6 + 0.55) / 2 are 6.225, more than bold and three weeks of anything that does not know.
GAP = 3.6 - 0.55
PLAIN = {"least": 5_000, "withdraw": 0, "spread": 0, "rules": "", "debt": {}, "priority": {"P0": {"bold": 2, "safe": 1}}}
"""Reads what is known: bold where it is likelier than not."""
BLIND = PLAIN | {"priority": {"P0": {"safe": 1}}}


@pytest.fixture(scope="module")
def probing(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    folder = tmp_path_factory.mktemp("s") / "probing"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(PROBING, encoding="utf-8")
    return load_ready(folder, folder.parent)


def proven(ready: Ready) -> int:
    """A seed under which there is gold."""
    t = ready.compiled.tables
    return next(seed for seed in range(50) if start_playing(ready.compiled, seed).state.x[t.truth0])


def probed(ready: Ready, par: dict[str, Any], names: list[str]) -> Judgement:
    """Those decisions under this reference, by a level that is as good as exact."""
    arms = starts(ready)
    case = case_of(ready, Path("nowhere"))
    level = Level(many=400, effort=10_000, rounds=((60, 100),), fresh=(1200, 1200, 1), aim=0.01, parts=10)
    playing = start_playing(ready.compiled, proven(ready))
    judge = Judge(case.deal, player_of(ready.compiled, par), ready.compiled.best, playing, level=level)
    found = [judge.take(arms[name]) for name in names]
    return judgement(case, judge.playing, [j for j in found if j], judge.plays)


def test_probing_is_charged_nothing(probing: Ready) -> None:
    found = probed(probing, PLAIN, ["probe", "bold", "bold", "bold"]).decisions
    assert [j.regret for j in found] == [0, 0, 0, 0]
    assert found[0].best == starts(probing)["probe"]
    assert found[0].chosen == pytest.approx(3 * (3.6 + 0.55) / 2, abs=0.3)


@pytest.mark.parametrize("par", [PLAIN, BLIND], ids=["reads what is known", "blind"])
def test_a_proven_chance_left_out_three_times_is_charged_three_times(probing: Ready, par: dict[str, Any]) -> None:
    """9.15 points in all, though after each week it could have been done in the next: that week is gone."""
    found = probed(probing, par, ["probe", "safe", "safe", "safe"]).decisions
    assert [j.best == starts(probing)["bold"] for j in found[1:]] == [True] * 3
    assert [j.regret for j in found[1:]] == [pytest.approx(GAP, abs=0.25)] * 3
    assert sum(j.regret for j in found[1:]) == pytest.approx(9.15, abs=0.4)


def test_result_is_start_plus_advantages_plus_luck(tiny: Ready) -> None:
    arms = starts(tiny)
    found = judged(tiny, [arms["plain"], arms["bold"], WAIT, arms["dig"]], COARSE)
    assert found.start_value + found.advantage + found.luck == pytest.approx(found.result, abs=1e-9)
    for j in found.decisions:
        assert sum(p.luck for p in j.parts) == pytest.approx(j.luck, abs=1e-9)
        assert sum(p.win for p in j.parts) == pytest.approx(j.luck_win, abs=1e-9)


def test_luck_is_fair_whoever_plays(tiny: Ready) -> None:
    arms = starts(tiny)
    level = Level(many=60, effort=500, rounds=((8, 10),), fresh=(60, 60, 1), aim=1.0, parts=40)
    for way in (["dig", "bold", "bold", "bold"], ["plain", "plain", "dig", "plain"]):
        found = [judged(tiny, [arms[w] for w in way], level, seed) for seed in range(30)]
        luck = [one.luck for one in found]
        assert abs(mean(luck)) <= 3 * stdev(luck) / len(luck) ** 0.5
        outcome = [sum(p.luck for j in one.decisions for p in j.parts if p.kind == "outcome") for one in found]
        assert abs(mean(outcome)) <= 3 * stdev(outcome) / len(outcome) ** 0.5


def test_the_shares_of_two_workers_are_the_whole(office: Ready) -> None:
    case, playing = short(office)
    whole, _ = judge_some(case, Play(playing.seed, numbers_of(playing)), None)
    halves = [judge_some(case, Play(playing.seed, numbers_of(playing), 2, k), None)[0] for k in (0, 1)]
    assert sorted(halves[0] + halves[1], key=lambda j: j.number) == whole


def test_a_judgement_without_compiled_code_says_so(office: Ready) -> None:
    case, playing = short(office)
    found = judge_play(case, playing, processes=0)
    assert found.coarse and len(found.decisions) == len(playing.decisions)
    assert found.start_value + found.advantage + found.luck == pytest.approx(found.result, abs=1e-9)


def short(office: Ready) -> tuple[Case, Playing]:
    """A deal that is soon over: three decisions, then it is given up."""
    case = case_of(office, Path("nowhere"))
    playing = start_playing(office.compiled, 5)
    for _ in range(3):
        playing.decide(choose(case.deal.tables, playing.state, case.player, 5))
    playing.decide(choose(case.deal.tables, playing.state, new_player(case.deal.tables, "quit"), 5))
    while not playing.over:
        playing.decide(WAIT)
    return dataclasses.replace(case), playing


def test_breaches_and_false_claims_are_never_advised(factory: Ready) -> None:
    t = factory.compiled.tables
    playing = start_playing(factory.compiled, 3)
    player = case_of(factory, Path("nowhere")).player
    for _ in range(25):
        for d in candidates(t, playing.state):
            assert d < STARTS or t.action_breach[t.pair_action[t.arm_pair[d - STARTS]]] == 0
        playing.decide(choose(t, playing.state, player, 3))


def test_the_other_way_keeps_the_world_and_the_dice(office: Ready) -> None:
    case, playing = short(office)
    own = other_way(case, playing, 2, numbers_of(playing)[2])
    assert own.over and own.seed == playing.seed and own.decisions[:3] == playing.decisions[:3]
    assert own.chain[:3] == playing.chain[:3]


def test_cuts_follow_the_week(tiny: Ready) -> None:
    def row(kind: int, week: int) -> list[int]:
        return [kind, 0, -1, 0, 0, 0, 1, week]

    script = row(CAME, 2) + row(READ, 2) + row(HAPPENED, 2) + row(TURNED, 3) + row(AWARDED, 3)
    kinds = [(c.kind, c.row is not None, c.week) for c in cut_up(script, range(2, 4))]
    assert kinds == [
        ("outcome", True, -1),
        ("rival", False, 2),
        ("event", True, -1),
        ("event", False, 2),
        ("customer", False, 2),
        ("rival", False, 3),
        ("event", False, 3),
        ("customer", True, -1),
        ("award", True, -1),
    ]
    assert cut_up([], range(2, 2)) == []


@pytest.mark.parametrize(("regret", "grade"), [(0, "best"), (1.99, "best"), (2, "inaccuracy"), (5, "mistake"), (10, "blunder")])
def test_grades_go_by_points_given_away(regret: float, grade: str) -> None:
    assert grade_of(regret) == grade


def test_who_chose_the_wrong_work_is_told_the_right_work(factory: Ready) -> None:
    judge = judge_of(case_of(factory, SCENARIOS / factory.name), 1, None)
    t, ids = judge.deal.tables, factory.compiled.ids
    arm = {ids.actions[t.pair_action[t.arm_pair[k]]]: STARTS + k for k in range(t.n_arm)}
    wrong, work, other, free = arm["account_plan"], arm["research"], arm["trade_event"], arm["adopt_downtime"]
    sums = {a: [np.full(4, points)] for a, points in ((wrong, 10.0), (work, 19.0), (other, 15.0), (free, 20.0))}
    assert judge._work_for(free, wrong, list(sums), sums) == work
    sums[work] = [np.full(4, 17.0)]
    assert judge._work_for(free, wrong, list(sums), sums) == free
    assert judge._work_for(work, wrong, list(sums), sums) == work


WHO = """
format: 2
title: 派谁
language: zh
market: professional
summary: 派谁
brief: 派谁
size: S
rules: {repeat: 0, tire: 0, wait: 1}
deal: {value: 100, unit: 元, budget: 100, weeks: 2, fronts: 2, best: 1000}
stages: {P0: {name: 零, milestone: 10%}}
team: {ae: {name: 甲, role: account}, se: {name: 乙, role: solution}}
meters:
  need: {name: 需求, start: 0, range: [0, 100]}
actions:
  plan: {name: 写, stage: P0, by: [account, solution], times: 1, cost: {weeks: 2}, outcomes: {success: {need: 10, say: 好}}}
  call: {name: 约, stage: P0, by: ae, times: 1, cost: {weeks: 2}, outcomes: {success: {need: 40, say: 好}}}
gauges: {need: {name: 需求, value: need}}
gates: {P0: [{id: rich, text: 富, when: need >= 90, must: true}]}
buyer: {phases: {one: {name: 一, chance: 0}, two: {name: 二}}}
endings:
  quit: {kind: withdrawn, reason: 撤, text: 撤, when: withdrawn, payoff: 0}
  out: {kind: undecided, reason: 完, text: 完, payoff: 10 * need, last: true}
"""


def test_who_sent_the_wrong_one_is_told_whom_to_send(tmp_path: Path) -> None:
    """Both works fit into two weeks only where the one who alone can call does not write."""
    (tmp_path / "who").mkdir()
    (tmp_path / "who" / "scenario.yaml").write_text(WHO, encoding="utf-8")
    ready = load_ready(tmp_path / "who", tmp_path)
    t = ready.compiled.tables
    by = {tuple(decision_words(ready.compiled, d)[1:]): d for d in range(STARTS, STARTS + t.n_arm)}
    for member, better in (("ae", "se"), ("se", "se")):
        judge = judge_of(case_of(ready, tmp_path / "who"), 3, None, COARSE)
        found = judge.take(by["plan", member])
        assert found is not None and found.best == by["plan", better]
        assert (found.regret > 20) == (member == "ae")
