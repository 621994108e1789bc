"""Does the debrief say the same in other worlds? `python -m tests.benchmarks.stability SCENARIO PLAYS [POLICY …]` judges plays of
each policy (greedy, cautious and par where none is named) twice, with other particles, worlds and dice, and prints:

- of the decisions that are charged the first time, how many have another grade the second time, and how many none at all;
- how many plays get another verdict, and how many decisions name another better one;
- how far the decisions' sums differ, beside the error they are told with.
"""

from __future__ import annotations

import sys
from statistics import mean

from game.debrief.verdict import verdict
from game.judging.judgement import Judgement
from game.judging.workers import Play, case_of, judgement, judges, numbers_of
from game.paths import SCENARIOS
from game.scenario.load import load_ready
from tests.benchmarks.debrief import played


def show(policy: str, pairs: list[tuple[Judgement, Judgement]]) -> None:
    """The figures of one policy."""
    both = [(a, b) for one, other in pairs for a, b in zip(one.decisions, other.decisions, strict=True)]
    charged = [(a, b) for a, b in both if a.regret > 0]
    other = sum(a.grade != b.grade for a, b in charged)
    gone = sum(b.regret == 0 for _, b in charged)
    named = sum(a.best != b.best for a, b in charged if b.regret > 0)
    verdicts = sum(verdict(one) != verdict(two) for one, two in pairs)
    off = mean(abs(one.advantage - two.advantage) for one, two in pairs)
    error = mean((one.advantage_se**2 + two.advantage_se**2) ** 0.5 for one, two in pairs)
    print(f"{policy}: {len(pairs)} plays, {len(both)} decisions, {len(charged)} charged")
    print(f"  other grade {other} ({100 * other / max(1, len(charged)):.0f} %), no longer charged {gone}, other better {named}")
    print(f"  other verdict in {verdicts} plays; sums differ by {off:.1f}, told error of the difference {error:.1f}")


def main() -> None:
    name, many, *policies = sys.argv[1:]
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    case = case_of(ready, SCENARIOS / name)
    with judges(case) as answer:
        for policy in policies or ["greedy", "cautious", "par"]:
            plays = [played(ready, policy, 500 + k) for k in range(int(many))]
            wanted = [Play(p.seed, numbers_of(p), worlds=w) for p in plays for w in (0, 1)]
            twice = [p for p in plays for _ in (0, 1)]
            told = [judgement(case, p, *found) for p, found in zip(twice, answer(wanted), strict=True)]
            show(policy, list(zip(told[::2], told[1::2], strict=True)))


if __name__ == "__main__":
    main()
