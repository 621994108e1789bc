"""Are believed chances true? `python -m tests.benchmarks.calibration SCENARIO PLAYS [FIRST [PARTICLES [EFFORT]]]` plays by
greedy and compares.

For every band of ten points: how often what was shown in it came true, with its standard error. The award's forecast says what
would be if it were drawn now, so that it is compared with the chance it would then have had in truth; how often it came weeks
later, work under way done by then, stands beside it. What is shown in one play is
no independent evidence (the same fact is asked about again and again), so errors are taken over plays: the sum of
(came - shown) of each play, squared and added. Brier scores stand beside those of the priors (a belief that never learns).
Seeds are FIRST, FIRST + 1, … Compiled where that is possible, in as many processes as there are processors.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import defaultdict
from math import sqrt
from typing import Any

from game.belief.belief import EFFORT, MANY, Belief
from game.belief.particles import Particles, compiled_jobs
from game.belief.watched import Watched
from game.engine import jit
from game.engine.award import award_odds
from game.engine.chance import seed_of
from game.paths import SCENARIOS, code_folder
from game.play.happenings import Awarded, Came
from game.play.outcomes import stance_level
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.scenario.load import load_ready
from game.scenario.tables import PHASE, STARTS

Pair = tuple[float, float, float]
"""Believed, by the priors alone, and whether it came true (the award drawn now: how likely it was)."""
Found = dict[str, list[Pair]]
Answer = tuple[Found, float, int]
"""Of a play: what was found, the least effective share, surprises."""
EVERY = 250
"""Plays after which the tables are printed, those before included."""


def one(compiled: Any, seed: int, prior: Belief, found: Found, belief: Belief) -> Belief:
    """A play; what was shown in it and what came of it goes into `found`."""
    t = compiled.tables
    watched = Watched(start_playing(compiled, seed), belief)
    open_: dict[int, list[tuple[float, float]]] = defaultdict(list)
    award = 0.5
    truth = watched.state
    while not watched.playing.over:
        b = watched.belief
        if len(watched.playing.decisions) % 10 == 9:
            for f in range(t.n_fact):
                found["facts"].append((b.fact(f), prior.fact(f), int(truth.x[t.truth0 + f] > 0)))
            for p in range(t.n_person):
                level = stance_level(t, truth, p)
                for k, (now, before) in enumerate(zip(b.levels(p), prior.levels(p), strict=True)):
                    found["stances"].append((now, before, int(level == k - 2)))
        if truth.x[PHASE] == t.award_phase - 1:
            award = b.award()[0] / 10_000
            award_odds(t, truth, 0)
            found["award now"].append((award, 0.5, truth.scratch[0] / 10_000))
        decision = POLICIES["greedy"](t, truth, seed)
        if decision >= STARTS:
            arm = decision - STARTS
            open_[arm].append((b.odds(truth, arm)[0] / 10_000, prior.odds(truth, arm)[0] / 10_000))
        for h in watched.decide(decision):
            roll = t.action_roll[t.pair_action[t.arm_pair[h.arm]]] if isinstance(h, Came) else -1
            if isinstance(h, Came) and t.roll_end[roll] - t.roll_branch[roll] > 1:
                believed, before = open_[h.arm].pop(0)
                found["outcomes"].append((believed, before, int(h.branch == t.roll_branch[roll])))
            if isinstance(h, Awarded):
                found["award"].append((award, 0.5, int(h.winner == 0)))
    return watched.belief


def table(plays: list[list[Pair]]) -> list[str]:
    """The bands of one kind, from each play's pairs."""
    lines = []
    for k in range(10):
        cut = [[p for p in pairs if k / 10 <= p[0] < (k + 1) / 10 or (k == 9 and p[0] == 1)] for pairs in plays]
        band = [p for pairs in cut for p in pairs]
        if band:
            n, hits, mean = len(band), sum(p[2] for p in band), sum(p[0] for p in band) / len(band)
            error = sqrt(sum(sum(p[2] - p[0] for p in pairs) ** 2 for pairs in cut)) / n
            mark = "" if abs(hits / n - mean) <= 2 * error + 0.005 else "  <--"
            shown = f"shown {100 * mean:5.1f}  came {100 * hits / n:5.1f} ± {100 * error:.1f}"
            lines.append(f"  {10 * k:3}-{10 * k + 10:3} %: n {n:6}  {shown}{mark}")
    pairs = [p for play in plays for p in play]
    brier = sum((p[0] - p[2]) ** 2 for p in pairs) / len(pairs)
    before = sum((p[1] - p[2]) ** 2 for p in pairs) / len(pairs)
    return [*lines, f"  Brier {brier:.4f}, of the priors {before:.4f}"]


def watch(job: tuple[str, list[int], int, int]) -> list[Answer]:
    """Some plays."""
    name, numbers, many, effort = job
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    t = ready.compiled.tables
    entry = compiled_jobs(code_folder()) if jit.available() else None

    def fresh() -> Belief:
        return Belief(t, many, effort=effort, cloud=Particles(t, many, size=ready.scenario.size, entry=entry))

    prior, answers = fresh(), list[Answer]()
    for i in numbers:
        found: Found = defaultdict(list)
        b = one(ready.compiled, seed_of(77, i), prior, found, fresh())
        answers.append((found, b.least_effective / b.many, b.surprises))
    return answers


def main(name: str, plays: int, first: int = 0, many: int = MANY, effort: int = EFFORT) -> None:
    """Print all tables."""
    watch((name, [], many, effort))  # compiles once
    jobs = [(name, list(range(k, min(k + 5, first + plays))), many, effort) for k in range(first, first + plays, 5)]
    answers: list[Answer] = []
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        for some in pool.imap(watch, jobs):
            answers += some
            if len(answers) % EVERY == 0 or len(answers) == plays:
                show(answers, f"{many} particles, effort {effort}")


def show(answers: list[Answer], what: str) -> None:
    """All tables."""
    for kind in ("outcomes", "facts", "stances", "award now", "award"):
        print(kind)
        print("\n".join(table([found[kind] for found, _, _ in answers])))
    least, surprises = min(a[1] for a in answers), sum(a[2] for a in answers)
    print(f"{len(answers)} plays, {what}; least effective share before resampling {least:.3f}; surprises {surprises}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:]))
