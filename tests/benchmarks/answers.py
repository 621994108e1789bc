"""Which answers of the scenes are ever the best? `python -m tests.benchmarks.answers SCENARIO PLAYS`.

Plays the reference, greedy and at random in turn; wherever somebody waits for an answer it tries all of them in the same worlds.
Prints of each answer how often it was best and what it was behind on average; one that is best in more than 90 % or fewer than
10 % of its scene's moments is marked.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import defaultdict

from game.engine.chance import seed_of
from game.judging.judge import answers
from game.judging.workers import case_of, judge_of
from game.paths import SCENARIOS, code_folder
from game.policies.policies import choose, new_player
from game.scenario.load import load_ready
from game.scenario.tables import STARTS
from game.weighing.survey import LIGHT

FIRST = 88_000
HALF = 64
"""Replicates by which the best is found, and as many that measure it."""
BOUNDS = (0.1, 0.9)
LEAST = 8
"""Moments below which nothing is marked."""
Moment = tuple[str, str, dict[str, float]]
"""Scene, the best answer, and what each was worth against it."""


def moments(name: str, k: int) -> list[Moment]:
    """Every open scene of a play, once each."""
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    case, t, ids = case_of(ready, SCENARIOS / name), ready.compiled.tables, ready.compiled.ids
    seed = seed_of(FIRST, k)
    player = [case.player, new_player(t, "greedy"), new_player(t, "random")][k % 3]
    judge, seen, found = judge_of(case, seed, code_folder(), LIGHT), set[str](), list[Moment]()
    while not judge.playing.over:
        by_scene: dict[str, list[int]] = defaultdict(list)
        for arm in answers(t, judge.playing.state, breaches=False):
            by_scene[list(ready.scenario.scenes)[t.action_scene[t.pair_action[t.arm_pair[arm]]]]].append(STARTS + arm)
        for scene, arms in by_scene.items():
            if scene not in seen and len(arms) > 1:
                seen.add(scene)
                pays, _ = judge.run(arms, 0, 2 * HALF)
                first, second = pays[:, :HALF].mean(axis=1), pays[:, HALF:].mean(axis=1)
                names = [ids.actions[t.pair_action[t.arm_pair[a - STARTS]]] for a in arms]
                best = int(first.argmax())
                worth = {n: float(v - second[best]) for n, v in zip(names, second, strict=True)}
                found.append((scene, names[best], worth))
        judge.take(choose(t, judge.playing.state, player, seed), judged=False)
    return found


def main() -> None:
    name, many = sys.argv[1], int(sys.argv[2])
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = [m for part in pool.starmap(moments, [(name, k) for k in range(many)], chunksize=3) for m in part]
    scenes = sorted({scene for scene, _, _ in found})
    print(f"{name}: {len(found)} moments of {len(scenes)} scenes in {many} plays")
    for scene in scenes:
        here = [(best, worth) for s, best, worth in found if s == scene]
        for answer in sorted({a for _, worth in here for a in worth}):
            open_ = [worth[answer] for _, worth in here if answer in worth]
            share = sum(best == answer for best, _ in here) / len(open_)
            mark = "  <--" if len(open_) >= LEAST and not BOUNDS[0] <= share <= BOUNDS[1] else ""
            print(f"  {answer:32s} open {len(open_):4d}  best {100 * share:3.0f} %  behind {sum(open_) / len(open_):+6.2f}{mark}")


if __name__ == "__main__":
    main()
