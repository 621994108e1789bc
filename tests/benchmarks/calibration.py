"""Are believed chances true? `python -m tests.benchmarks.calibration SCENARIO PLAYS [FIRST]` plays by greedy and compares.

For every band of ten points: how often what was shown in it came true, with its standard error. Brier scores beside those of
the priors (a belief that never learns). Seeds are FIRST, FIRST + 1, …
"""

from __future__ import annotations

import sys
from collections import defaultdict
from math import sqrt
from typing import Any

from game.analysis.belief import Belief
from game.analysis.policies import POLICIES
from game.analysis.watched import Watched
from game.engine.chance import AWARDED, CAME, seed_of
from game.engine.playthrough import start_playing
from game.paths import SCENARIOS
from game.scenario.load import load_ready
from game.scenario.tables import PHASE, STARTS

Pair = tuple[float, float, int]
"""Believed, by the priors alone, and whether it came true."""


def one(compiled: Any, seed: int, prior: Belief, found: dict[str, list[Pair]]) -> Belief:
    """A play; what was shown in it and what came of it goes into `found`."""
    t = compiled.tables
    watched = Watched(start_playing(compiled, seed))
    open_: dict[int, list[tuple[float, float]]] = defaultdict(list)
    award = 0.5
    truth = watched.state
    while not watched.playing.over:
        b = watched.belief
        if len(watched.playing.decisions) % 10 == 9:
            for f in range(t.n_fact):
                found["facts"].append((b.fact(f), prior.fact(f), int(truth.x[t.truth0 + f] > 0)))
            for p in range(t.n_person):
                level = max(-2, min(2, round(truth.x[t.stance0 + p] / 100)))
                for k, (now, before) in enumerate(zip(b.levels(p), prior.levels(p), strict=True)):
                    found["stances"].append((now, before, int(level == k - 2)))
        if truth.x[PHASE] == t.award_phase - 1:
            award = b.award()[0] / 10_000
        decision = POLICIES["greedy"](t, truth, seed)
        if decision >= STARTS:
            arm = decision - STARTS
            open_[arm].append((b.odds(truth, arm)[0] / 10_000, prior.odds(truth, arm)[0] / 10_000))
        for h in watched.decide(decision):
            roll = t.action_roll[t.pair_action[t.arm_pair[h.what]]] if h.kind == CAME else -1
            if h.kind == CAME and t.roll_end[roll] - t.roll_branch[roll] > 1:
                believed, before = open_[h.what].pop(0)
                found["outcomes"].append((believed, before, int(h.result == t.roll_branch[roll])))
            if h.kind == AWARDED:
                found["award"].append((award, 0.5, int(h.result == 0)))
    return watched.belief


def table(pairs: list[Pair]) -> list[str]:
    lines = []
    for k in range(10):
        band = [p for p in pairs if k / 10 <= p[0] < (k + 1) / 10 or (k == 9 and p[0] == 1)]
        if band:
            n, hits, mean = len(band), sum(p[2] for p in band), sum(p[0] for p in band) / len(band)
            share = hits / n
            error = sqrt(max(share * (1 - share), 0.25 / n) / n)
            mark = "" if abs(share - mean) <= 2 * error + 0.005 else "  <--"
            shown = f"shown {100 * mean:5.1f}  came {100 * share:5.1f} ± {100 * error:.1f}"
            lines.append(f"  {10 * k:3}-{10 * k + 10:3} %: n {n:6}  {shown}{mark}")
    brier = sum((p[0] - p[2]) ** 2 for p in pairs) / len(pairs)
    before = sum((p[1] - p[2]) ** 2 for p in pairs) / len(pairs)
    return [*lines, f"  Brier {brier:.4f}, of the priors {before:.4f}"]


def main(name: str, plays: int, first: int) -> None:
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    found: dict[str, list[Pair]] = defaultdict(list)
    prior = Belief(ready.compiled.tables)
    least, surprises = 1.0, 0
    for i in range(first, first + plays):
        b = one(ready.compiled, seed_of(77, i), prior, found)
        least = min(least, b.least_effective / b.many)
        surprises += b.surprises
    for kind, pairs in found.items():
        print(kind)
        print("\n".join(table(pairs)))
    print(f"{plays} plays; least effective share before resampling {least:.3f}; surprises {surprises}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 and sys.argv[3].isdecimal() else 0)
