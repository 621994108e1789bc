"""Do the systems matter? `python -m tests.benchmarks.systems SCENARIO PLAYS [POLICY …]`: payoff with each switched off.

The same seeds with and without: the difference of the means with its 95 % interval, blocks of plays paired, and the share of
decisions that the policy would have taken otherwise in the same state (20 plays).
"""

from __future__ import annotations

import sys

from game.engine.chance import seed_of
from game.engine.state import new_dice, new_state
from game.engine.step import begin, run_on, step
from game.paths import SCENARIOS
from game.policies.par import player_named
from game.policies.policies import choose
from game.policies.table import Player
from game.scenario.load import load_ready
from game.scenario.tables import Tables
from game.weighing.ablation import without
from game.weighing.compare import systems

WATCHED = 20


def turned(t: Tables, off: Tables, player: Player) -> float:
    """Share of decisions that would have been others."""
    other = total = 0
    for i in range(WATCHED):
        seed = seed_of(23, i)
        s, d = new_state(t), new_dice(seed)
        begin(t, s, d)
        over = run_on(t, s, d, 0)
        while not over:
            decision = choose(t, s, player, seed)
            other += choose(off, s, player, seed) != decision
            total += 1
            over = step(t, s, d, decision)
    return other / total


def main(name: str, plays: int, names: list[str]) -> None:
    ready = load_ready(SCENARIOS / name, SCENARIOS)
    t = ready.compiled.tables
    players = {n: player_named(ready.compiled, n, SCENARIOS / name) for n in names}
    rows = systems(ready, SCENARIOS / name, plays, tuple(names))
    print(f"{name}, {plays} plays")
    for system, by in rows.items():
        cells = []
        for n, d in by.items():
            share = turned(t, without(ready.compiled, system), players[n])
            cells.append(f"{d['mean']:+.2f} ({d['lo']:+.2f} … {d['hi']:+.2f}) | {100 * share:.0f} %")
        print(f"| {system} | {' | '.join(cells)} | {'yes' if any(d['sure'] for d in by.values()) else '-'} |")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:] or ["greedy", "par"])
