"""Does the debrief tell luck from skill? `python -m tests.benchmarks.debrief SCENARIO PLAYS [light] [POLICY …]` judges plays of
each policy (random, greedy and par where none is named) and prints, with standard errors over plays (`light`: few replicates,
for what only many plays can show, the means of luck):

- the mean luck in all and of every kind: 0 within three errors where the values are right;
- the points given away per decision (for par: false regret), and the errors of the single regrets;
- how well raw and luck-adjusted points tell each pair of policies apart: the variance of a difference over its square is how
  many games are needed, so the ratio of the two is how many times fewer;
- the time a play takes.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from itertools import combinations
from statistics import mean, median, stdev

from game.engine.chance import seed_of
from game.judging.judgement import Judgement
from game.judging.level import Level
from game.judging.workers import case_of, judge_all
from game.paths import SCENARIOS
from game.play.playing import Playing, start_playing
from game.policies.par import player_named
from game.policies.policies import choose
from game.scenario.load import Ready, load_ready


def played(ready: Ready, policy: str, seed: int) -> Playing:
    """A play under a policy."""
    playing = start_playing(ready.compiled, seed)
    player = player_named(ready.compiled, policy, SCENARIOS / ready.name)
    while not playing.over:
        playing.decide(choose(ready.compiled.tables, playing.state, player, seed))
    return playing


def line(name: str, values: list[float]) -> str:
    error = stdev(values) / len(values) ** 0.5
    mark = "" if abs(mean(values)) <= 3 * error + 1e-9 else "  <--"
    return f"  {name:12} {mean(values):8.2f} ± {error:.2f}{mark}"


def show(policy: str, found: list[Judgement], seconds: float) -> None:
    """The figures of one policy."""
    decisions = [j for one in found for j in one.decisions]
    gap = max(abs(one.result - one.start_value - one.advantage - one.luck) for one in found)
    print(f"{policy}: {len(found)} plays, {len(decisions) / len(found):.1f} decisions, {seconds / len(found):.2f} s a play")
    print(f"  identity holds to {gap:.1e}; start {found[0].start_value:.1f} points")
    kinds: dict[str, list[float]] = defaultdict(list)
    for one in found:
        sums: dict[str, float] = defaultdict(float)
        for j in one.decisions:
            for part in j.parts:
                sums[part.kind] += part.luck
        for kind in ("outcome", "rival", "event", "customer", "award", "reading", "rest"):
            kinds[kind].append(sums[kind])
    print(line("luck", [one.luck for one in found]))
    for kind, values in kinds.items():
        print(line(kind, values))
    charged = [one.regret / max(1, len(one.decisions)) for one in found]
    print(f"  given away a decision {mean(charged):.3f} ± {stdev(charged) / len(charged) ** 0.5:.3f}; a play", end=" ")
    print(f"{mean(one.regret for one in found):.1f}; error of a regret: median {median(j.se for j in decisions):.2f},", end=" ")
    print(f"largest {max(j.se for j in decisions):.2f}")


LIGHT = Level(many=300, effort=20_000, rounds=((4, 8),), fresh=(48, 48, 1), aim=9.0, parts=48)


def main(name: str, plays: int, policies: list[str], level: Level | None) -> None:
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    case = case_of(ready, SCENARIOS / name)
    raw, adjusted = {}, {}
    for policy in policies:
        playings = [played(ready, policy, seed_of(4711, i)) for i in range(plays)]
        begun = time.perf_counter()
        found = judge_all(case, playings, level=level)
        show(policy, found, time.perf_counter() - begun)
        raw[policy] = [one.result for one in found]
        adjusted[policy] = [one.result - one.luck for one in found]
    for one, other in combinations(policies, 2):
        needed = []
        for points in (raw, adjusted):
            spread = stdev(points[one]) ** 2 + stdev(points[other]) ** 2
            needed.append(spread / (mean(points[one]) - mean(points[other])) ** 2)
        print(f"{one} against {other}: {needed[0] / needed[1]:.1f} times fewer games by luck-adjusted points")


if __name__ == "__main__":
    words = sys.argv[3:]
    light = LIGHT if "light" in words else None
    main(sys.argv[1], int(sys.argv[2]), [w for w in words if w != "light"] or ["random", "greedy", "par"], light)
