"""Belief: it agrees with exact Bayes, knows nothing it was not told, and nothing on the screen knows more."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest

from game.belief import kernels
from game.belief.belief import Belief
from game.belief.kernels import NEVER
from game.belief.watched import Watched, plain_belief
from game.desk.desk import Presenter
from game.engine.chance import uniform
from game.engine.effects import level_odds, level_seen
from game.engine.state import copy_state
from game.engine.step import legal
from game.i18n import Say
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready, load_ready
from game.scenario.tables import CERTAIN, STARTS, WAIT

TINY = """
format: 2
title: 小试
language: zh
market: professional
summary: 小试
brief: 小试
size: S
rules: {influence: 10%, anchor: 3%, repeat: 0, tire: 0}
deal: {value: 100, unit: 元, budget: 100, weeks: 30, fronts: 1, best: 100}
stages: {P0: {name: 零, milestone: 10%}}
team: {ae: {name: 甲, role: account}}
people:
  wang: {name: 王, title: 主任, level: top, function: general, met: true, hears: {li: 0.5},
         stance: {-2: 10%, -1: 30%, 0: 40%, 1: 20%}}
  li:   {name: 李, title: 科长, level: staff, function: office, stance: {-1: 50%, 1: 30%, 2: 20%}, met: true}
facts:
  leak: {text: 漏, element: need, swot: opportunity, prior: 35%, claimed_by: [li], sure: 75%}
meters:
  need: {name: 需求, start: 10}
actions:
  visit:
    name: 拜访
    stage: P0
    by: ae
    with: {met: true}
    chance: 50 + 15 * target.stance + 10 * truth.leak
    outcomes:
      success: {need: 1, reads: 70%, asks: true, say: 好}
      failure: {say: 坏}
events:
  drip: {text: 滴, chance: 10 + 30 * truth.leak, times: 99, branches: {drop: {need: 2, say: 滴了}}}
buyer: {phases: {one: {name: 一, chance: 0}, two: {name: 二}}}
endings:
  won: {kind: won, reason: 赢, text: 赢, when: need >= 100, payoff: 100}
  out: {kind: undecided, reason: 完, text: 完, payoff: 0, last: true}
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    folder = tmp_path_factory.mktemp("s") / "tiny"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(TINY, encoding="utf-8")
    return load_ready(folder, folder.parent)


def exact(belief: Belief) -> list[tuple[float, list[int]]]:
    """Every possible truth with its posterior probability, by going through all of them: nothing else is hidden here."""
    t, found = belief.t, []
    choices = []
    for k in range(t.n_start):
        rows = range(t.start_off[k], t.start_off[k + 1])
        below, options = 0, []
        for i in rows:
            share = t.start_share[i] if i < rows[-1] else CERTAIN - below
            options.append((share / CERTAIN, below, t.start_value[i]))
            below += share
        choices.append(options)
    for combination in itertools.product(*choices):
        log = belief.again([below for _, below, _ in combination], 0)
        weight = math.prod(share for share, _, _ in combination) * (math.exp(log) if log > NEVER else 0)
        if weight:
            found.append((weight, list(belief.cloud.states[belief.many].x)))
    total = sum(weight for weight, _ in found)
    return [(weight / total, x) for weight, x in found]


@pytest.mark.parametrize("seed", [1])
def test_belief_agrees_with_exact_bayes_on_a_tiny_deal(tiny: Ready, seed: int) -> None:
    t = tiny.compiled.tables
    playing = start_playing(tiny.compiled, seed)
    belief = Belief(t, many=3000, effort=60_000).follow(playing)
    for k in range(8):
        playing.decide(STARTS + uniform(seed, 9 << 24, k) % t.n_arm if k % 4 else WAIT)
        belief.follow(playing)
    truth = exact(belief)
    assert belief.fact(0) == pytest.approx(sum(w for w, x in truth if x[t.truth0] > 0), abs=0.02)
    for p in range(t.n_person):
        for level, share in zip(range(-2, 3), belief.levels(p), strict=True):
            wanted = sum(w for w, x in truth if max(-2, min(2, round(x[t.stance0 + p] / 100))) == level)
            assert share == pytest.approx(wanted, abs=0.02)


def test_what_nothing_was_heard_of_stays_as_open_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = "".join(f"  quiet{k}: {{text: 静, element: need, swot: opportunity, prior: 50%, sure: 75%}}\n" for k in range(30))
    (tmp_path / "quiet").mkdir()
    (tmp_path / "quiet" / "scenario.yaml").write_text(TINY.replace("meters:", facts + "meters:", 1), encoding="utf-8")
    ready = load_ready(tmp_path / "quiet", tmp_path)
    t = ready.compiled.tables

    def straying() -> float:
        """How far belief strays from the priors of the facts nobody spoke of: root of the mean square, over two plays."""
        strays = []
        for seed in range(2):
            playing, belief = start_playing(ready.compiled, seed), Belief(t, many=200, effort=20_000)
            for k in range(20):
                belief.follow(playing)
                playing.decide(STARTS + uniform(seed, 9 << 24, k) % t.n_arm if k % 4 else WAIT)
            strays += [belief.fact(f) - 0.5 for f in range(1, t.n_fact)]
        return math.sqrt(sum(stray * stray for stray in strays) / len(strays))

    together = straying()
    monkeypatch.setattr(kernels, "ENOUGH_PULL", 0)
    assert together < 0.05 < straying()


@pytest.mark.parametrize("sure", [0, 1, 4000, 6999, 7001, 9999, 10000])
@pytest.mark.parametrize("level", range(-2, 3))
def test_the_likelihood_of_a_reading_is_how_often_it_is_read(level: int, sure: int) -> None:
    seen = [level_seen(level, sure, drawn) for drawn in range(CERTAIN)]
    assert [level_odds(level, k, sure) for k in range(-3, 4)] == [seen.count(k) for k in range(-3, 4)]


def moments(ready: Ready, seed: int, policy: str = "greedy", most: int = 15) -> list[Watched]:
    """A play's beginning looked at after every fifth decision."""
    found = []
    playing = start_playing(ready.compiled, seed)
    watched = Watched(playing)
    while not playing.over and len(playing.decisions) < most:
        watched.decide(POLICIES[policy](ready.compiled.tables, playing.state, seed))
        if len(playing.decisions) % 5 == 0 and not playing.over:
            found.append(watched)
            check_nothing_leaks(ready, watched, seed)
    return found


def check_nothing_leaks(ready: Ready, watched: Watched, seed: int) -> None:
    """Another truth under the same observations: every text, number, card and legality stays as it is."""
    t = ready.compiled.tables
    twin = copy_state(watched.state)
    for slot in range(t.hidden, t.hidden + t.shift):
        twin.x[slot] = t.lo[slot] + uniform(seed, 9 << 24, slot) * (t.hi[slot] - t.lo[slot]) // CERTAIN
    for r in range(t.n_rival):
        n = t.move_off[r + 1] - t.move_off[r]
        twin.rival_move[r] = t.move_off[r] + (twin.rival_move[r] - t.move_off[r] + 1) % n if n else -1
        twin.rival_person[r] = (twin.rival_person[r] + 1) % max(1, t.n_person)
        twin.rival_wait[r] += 1
    twin.front_odds = [odds // 2 for odds in twin.front_odds]
    playing = watched.playing
    other = Watched(
        Playing(
            ready.compiled,
            twin,
            playing.dice,
            decisions=playing.decisions,
            statements=playing.statements,
            happenings=playing.happenings,
        ),
        watched.belief,
    )
    assert legal(t, twin) == legal(t, watched.state)
    for language in ("zh", "en"):
        present = Presenter(ready, Say(language))
        assert present.desk(other) == present.desk(watched)


@pytest.mark.parametrize("seed", [3, 11])
def test_nothing_shown_depends_on_what_is_hidden(office: Ready, factory: Ready, seed: int) -> None:
    assert moments(office, seed) if seed == 3 else moments(factory, seed, "random")


def test_every_particle_stands_where_the_play_stands(factory: Ready) -> None:
    seed = 0
    playing = start_playing(factory.compiled, seed)
    belief = Belief(factory.compiled.tables, many=20)
    while not playing.over and len(playing.decisions) < 24:
        belief.follow(playing)
        assert belief.consistent(playing.state)
        playing.decide(POLICIES["greedy"](factory.compiled.tables, playing.state, seed))


def test_belief_is_a_function_of_what_was_announced(office: Ready) -> None:
    one, other = start_playing(office.compiled, 5), start_playing(office.compiled, 5)
    for _ in range(8):
        decision = POLICIES["greedy"](office.compiled.tables, one.state, 5)
        one.decide(decision)
        other.decide(decision)
    step_by_step, at_once = Watched(one).belief, plain_belief(office.compiled.tables).follow(other)
    assert (step_by_step.hidden == at_once.hidden).all()


def test_odds_are_the_sum_of_their_items(factory: Ready) -> None:
    playing = start_playing(factory.compiled, 2)
    watched = Watched(playing)
    for _ in range(8):
        watched.decide(POLICIES["greedy"](factory.compiled.tables, playing.state, 2))
    cards = Presenter(factory, Say("zh")).cards.of_stage(watched)
    options = [o for c in cards for o in c.options]
    assert options
    for option in options:
        assert sum(i.points for i in option.items) == pytest.approx(option.odds, abs=1.2)


def test_effective_particles_are_restored_before_the_next_decision(factory: Ready) -> None:
    playing = start_playing(factory.compiled, 7)
    belief = Belief(factory.compiled.tables)
    while not playing.over and len(playing.decisions) < 16:
        belief.follow(playing)
        assert belief.effective >= belief.many / 10
        playing.decide(POLICIES["greedy"](factory.compiled.tables, playing.state, 7))
