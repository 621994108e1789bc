"""Does a system decide what is best? `python -m tests.benchmarks.best_choice SCENARIO SYSTEM PLAYS [POLICY …]`.

Decisions sampled from a policy's plays (every fourth). In each, everything that could be done is tried from the true state under
the same dice, par playing on: once with the system and once without it. The best choice counts as another one when each is
better than the other on its own side by more than two standard errors, in fresh dice; or when the best is not allowed without.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from game.belief.kernels import ARMS
from game.belief.particles import Particles, compiled_jobs
from game.engine.chance import seed_of
from game.engine.step import is_legal
from game.judging.judge import candidates
from game.paths import SCENARIOS, code_folder
from game.play.playing import start_playing
from game.policies.par import player_named
from game.policies.policies import choose
from game.scenario.load import load_ready
from game.scenario.tables import State, Tables, to_record
from game.weighing.ablation import without

EVERY = 4
FIRST, FRESH = 192, 768
"""Dice to find the best with, and to compare two with."""
Numbers = np.ndarray[Any, np.dtype[np.float64]]


def values(cloud: Particles, s: State, size: str, row: Sequence[int], root: int, many: int) -> Numbers:
    """What each decision came to under each dice. Shape (decisions, dice)."""
    cloud.states[0] = to_record(s, size)[0]
    cloud.make_room(len(row), many)
    cloud.work(ARMS, picks=[0] * many, row=row, root=root)
    return np.array(cloud.money[: len(row)], dtype=float)[:, :many]


def surely(pays: Numbers) -> bool:
    """Whether the first is better than the second."""
    gap = pays[0] - pays[1]
    return bool(gap.mean() > 2 * gap.std(ddof=1) / np.sqrt(len(gap)))


def turned(clouds: Sequence[Particles], off: Tables, s: State, size: str, row: Sequence[int], root: int) -> bool:
    """Whether another choice is best without the system."""
    on, gone = (values(cloud, s, size, row, root, FIRST).mean(axis=1) for cloud in clouds)
    legal = np.array([is_legal(off, s, d) for d in row])
    best, other = row[int(on.argmax())], row[int(np.where(legal, gone, -np.inf).argmax())]
    if best == other or not surely(values(clouds[0], s, size, [best, other], root + 1, FRESH)):
        return False
    return not is_legal(off, s, best) or surely(values(clouds[1], s, size, [other, best], root + 1, FRESH))


def main(name: str, system: str, plays: int, policies: Sequence[str]) -> None:
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    compiled, size = ready.compiled, ready.scenario.size
    t, off = compiled.tables, without(compiled, system)
    par, entry = player_named(compiled, "par", SCENARIOS / name), compiled_jobs(code_folder())
    clouds = [Particles(tables, 1, par, [0] * t.n_ending, size, entry) for tables in (t, off)]
    for policy in policies:
        player, other, total = player_named(compiled, policy, SCENARIOS / name), 0, 0
        for i in range(plays):
            playing = start_playing(compiled, seed_of(23, i))
            while not playing.over:
                s, k = playing.state, len(playing.decisions)
                if k % EVERY == 0:
                    other += turned(clouds, off, s, size, candidates(t, s, breaches=True), seed_of(i, k))
                    total += 1
                playing.decide(choose(t, s, player, playing.seed))
        print(
            f"{system}, {policy}: another choice is best in {other} of {total} decisions, {100 * other / total:.1f} %", flush=True
        )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:] or ["greedy", "par"])
