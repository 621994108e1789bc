"""Do the systems matter? `python -m tests.benchmarks.systems SCENARIO PLAYS [POLICY]`: payoff with each switched off.

The same seeds with and without; the difference of the means with its standard error (paired), and the share of decisions that
the policy would have taken otherwise in the same state.
"""

from __future__ import annotations

import sys
from math import sqrt
from statistics import mean, pstdev

from game.analysis.policies import POLICIES
from game.analysis.systems import SYSTEMS, without
from game.engine.chance import seed_of
from game.engine.ending import payoff
from game.engine.rollout import rollout
from game.engine.state import new_dice, new_state
from game.engine.step import begin, run_on, step
from game.paths import SCENARIOS
from game.scenario.load import load_ready


def main(name: str, plays: int, policy: str) -> None:
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    compiled, play = ready.compiled, POLICIES[policy]
    seeds = [seed_of(23, i) for i in range(plays)]

    def points(t: object) -> list[float]:
        return [100 * payoff(t, rollout(t, seed, play)) / compiled.best for seed in seeds]  # type: ignore[arg-type]

    base = points(compiled.tables)
    print(f"{name}, {policy}, {plays} plays: {mean(base):.1f} points with everything on")
    for system in SYSTEMS:
        t = without(compiled, system)
        off = points(t)
        gaps = [b - a for a, b in zip(base, off, strict=True)]
        other = total = 0
        for seed in seeds[: max(10, plays // 20)]:
            s, d = new_state(compiled.tables), new_dice(seed)
            begin(compiled.tables, s, d)
            over = run_on(compiled.tables, s, d, 0)
            while not over:
                decision = play(compiled.tables, s, seed)
                other += play(t, s, seed) != decision
                total += 1
                over = step(compiled.tables, s, d, decision)
        error = pstdev(gaps) / sqrt(plays)
        share = other / total
        mark = "matters" if abs(mean(gaps)) > 2 * error or share >= 0.05 else "-"
        print(f"| {system} | {mean(gaps):+.1f} ± {error:.1f} | {100 * share:.1f} % | {mark} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "greedy")
