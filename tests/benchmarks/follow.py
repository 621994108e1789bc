"""How much better than the reference is whoever follows the debrief? `python -m tests.benchmarks.follow SCENARIO PLAYS` plays the
reference and, with the same seeds, a player who takes what the judge calls better than the reference's choice; prints both means
and the difference with its standard error. The reference is a good yardstick where that is little.
"""

from __future__ import annotations

import multiprocessing
import sys
from statistics import mean, stdev

from game.engine.chance import seed_of
from game.judging.workers import case_of, judge_of
from game.paths import SCENARIOS, code_folder
from game.policies.policies import choose
from game.scenario.load import load_ready
from tests.benchmarks.debrief import played

FIRST = 77_000


def followed(name: str, seed: int) -> tuple[float, float, int]:
    """Points of the reference and of who follows the better, and how many decisions were changed."""
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    case, best = case_of(ready, SCENARIOS / name), ready.compiled.best
    judge, changed = judge_of(case, seed, code_folder()), 0
    while not judge.playing.over:
        decision = choose(case.deal.tables, judge.playing.state, case.player, seed)
        found = judge.weigh(decision)
        changed += found.best != decision
        judge.take(found.best, judged=False)
    reference = played(ready, "par", seed)
    return 100 * reference.result()["payoff"] / best, 100 * judge.playing.result()["payoff"] / best, changed


def main() -> None:
    name, many = sys.argv[1], int(sys.argv[2])
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        rows = pool.starmap(followed, [(name, seed_of(FIRST, k)) for k in range(many)], chunksize=4)
    more = [b - a for a, b, _ in rows]
    print(f"{name}: reference {mean(a for a, _, _ in rows):.1f}, following {mean(b for _, b, _ in rows):.1f} over {many} plays")
    error = stdev(more) / many**0.5
    print(f"  difference {mean(more):+.1f} ± {error:.1f}; decisions changed a play {mean(c for _, _, c in rows):.1f}")


if __name__ == "__main__":
    main()
