"""Do the systems matter? `python -m tests.benchmarks.systems SCENARIO PLAYS [POLICY …]`: payoff with each switched off.

The same seeds with and without; the difference of the means with its standard error (as if they were independent: the true one
is smaller), and the share of decisions that the policy would have taken otherwise in the same state (20 plays).
"""

from __future__ import annotations

import sys
from dataclasses import replace
from math import sqrt

from game.analysis.mass import Block, Runner, deal_of
from game.analysis.par import player_named
from game.analysis.policies import Player, choose
from game.analysis.systems import SYSTEMS, without
from game.engine.chance import seed_of
from game.engine.state import new_dice, new_state
from game.engine.step import begin, run_on, step
from game.paths import SCENARIOS, user_cache
from game.scenario.load import Ready, load_ready
from game.scenario.tables import Tables

WATCHED = 20


def points(ready: Ready, t: Tables, player: Player, plays: int) -> tuple[float, float]:
    """Mean and standard deviation of the payoff in points."""
    tally = Runner(replace(deal_of(ready), tables=t), user_cache()).play(Block(player, 23, 0, plays))
    mean = tally.pay / tally.plays
    square = ((tally.pay_high << 31) + tally.pay_low) / tally.plays
    return 100 * mean / ready.compiled.best, 100 * sqrt(max(0.0, square - mean**2)) / ready.compiled.best


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
    base = {n: points(ready, t, p, plays) for n, p in players.items()}
    print(f"{name}, {plays} plays: " + ", ".join(f"{n} {mean:.1f} points (sd {sd:.0f})" for n, (mean, sd) in base.items()))
    for system in SYSTEMS:
        off, cells, matters = without(ready.compiled, system), [], False
        for n, player in players.items():
            mean, sd = points(ready, off, player, plays)
            gap, error = mean - base[n][0], sqrt((sd**2 + base[n][1] ** 2) / plays)
            share = turned(t, off, player)
            matters |= abs(gap) > 2 * error or share >= 0.05
            cells.append(f"{gap:+.1f} ± {error:.1f} | {100 * share:.0f} %")
        print(f"| {system} | {' | '.join(cells)} | {'yes' if matters else '-'} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:] or ["greedy", "par"])
