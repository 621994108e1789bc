"""How fast the rules run: plays and decisions per second of processor time, on the machine at hand.

Every scenario is measured in processes of its own: one that compiles, one that loads what was kept and plays, and this one's
plain Python. Beside them a loop that knows nothing but the ladder, for comparison.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from game.engine import jit
from game.paths import ROOT, SCENARIOS
from game.policies.par import player_named
from game.policies.simulation import Simulation, simulation_of
from game.policies.table import Player
from game.scenario.load import find, load_ready
from game.weighing.batches import Block, Runner
from game.weighing.kernels import Tally

LADDER = ROOT / "tests" / "benchmarks" / "ladder_s8c6"
CASES = ((str(LADDER), "uniform"), ("office-supplies", "par"), ("smart-factory", "par"))
BASE = (8, 6)
GROWTH = ((4, 6), (8, 3), BASE, (8, 12), (8, 24), (16, 6), (32, 6))
"""Stages and options of the ladders whose growth is measured."""
SECONDS = 2.0
"""Processor time of a measurement."""
TRIAL = 128
"""Plays by which the number of plays is chosen."""
ROUNDS = 3
"""Measurements; the best counts, since others use the machine too."""
Data = dict[str, Any]


def spent(runner: Runner, player: Player, plays: int) -> tuple[float, Tally]:
    """Processor time of so many plays, and their sums."""
    begun = time.process_time()
    tally = runner.play(Block(player, 1, 0, plays))
    return time.process_time() - begun, tally


def measure(deal: Simulation, player: Player, folder: Path | None) -> Data:
    """Time to be ready to play, then the best of a few measurements. In the process that calls it."""
    begun = time.perf_counter()
    runner = Runner(deal, folder)
    runner.play(Block(player, 0, 0, 0))
    ready = time.perf_counter() - begun
    seconds, _ = spent(runner, player, TRIAL)
    plays = max(TRIAL, min(200_000, round(TRIAL * SECONDS / max(seconds, 1e-6) / ROUNDS)))
    best, tally = min((spent(runner, player, plays) for _ in range(ROUNDS)), key=lambda one: one[0])
    return {
        "ready_s": ready,
        "plays": plays,
        "plays_per_cpu_s": plays / best,
        "decisions_per_cpu_s": tally.decisions / best,
        "ns_per_decision": 1e9 * best / tally.decisions,
        "ns_per_week": 1e9 * best / max(1, tally.weeks),
        "decisions_per_play": tally.decisions / plays,
        "mean_payoff": tally.pay / plays,
        "won": tally.wins / plays,
        "hash": tally.hash,
        "peak_mb": peak(),
    }


def peak() -> float | None:
    """Most memory this process has held, in MB; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(most) / (1024 if os.uname().sysname == "Linux" else 1 << 20)


def apart(deal: Simulation, player: Player, folder: Path | None) -> Data:
    """`measure` in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (deal, player, folder))


def plain(deal: Simulation, player: Player) -> Data:
    """The same in plain Python; `step_ms`: one decision with the weeks after it."""
    kept = os.environ.get("BIG_ACCOUNT_PLAIN")
    os.environ["BIG_ACCOUNT_PLAIN"] = "1"
    try:
        found = apart(deal, player, None)
    finally:
        if kept is None:
            del os.environ["BIG_ACCOUNT_PLAIN"]
        else:
            os.environ["BIG_ACCOUNT_PLAIN"] = kept
    return {k: found[k] for k in ("plays_per_cpu_s", "hash", "plays")} | {"step_ms": found["ns_per_decision"] / 1e6}


def case(name: str, policy: str) -> Data:
    """One scenario under one policy."""
    folder = find(name, SCENARIOS)
    ready = load_ready(folder, SCENARIOS)
    deal, player = simulation_of(ready), player_named(ready.compiled, policy, folder)
    slow = plain(deal, player)
    found: Data = {"scenario": ready.name, "policy": policy, "plain": slow}
    if not jit.available():
        return found
    with tempfile.TemporaryDirectory() as cache:
        first = apart(deal, player, Path(cache))
        again = apart(deal, player, Path(cache))
    return found | again | {"compile_s": first["ready_s"], "load_s": again["ready_s"]}


def bench() -> Data:
    """All cases, growth, and the special loop."""
    cases = [case(name, policy) for name, policy in CASES if Path(name).is_dir() or name in ("office-supplies", "smart-factory")]
    return {"cases": cases, "growth": growth(), "special_loop": special_loop()}


def growth() -> list[Data]:
    """The ladder with more stages and more options; `times`: how much longer a play takes than with 8 stages of 6. Empty where
    there is no compiled code or no ladder to write."""
    if not jit.available() or not LADDER.is_dir():
        return []
    rows: list[Data] = []
    with tempfile.TemporaryDirectory() as folder:
        for stages, choices in GROWTH:
            out = Path(folder) / f"s{stages}c{choices}"
            maker = [sys.executable, "-m", "tests.benchmarks.ladder", str(stages), str(choices), str(out)]
            subprocess.run(maker, check=True, cwd=ROOT, capture_output=True)
            ready = load_ready(out, SCENARIOS)
            deal = simulation_of(ready)
            found = apart(deal, player_named(ready.compiled, "uniform", out), Path(folder) / "cache")
            rows.append({"scenario": f"S{stages}C{choices}", **found})
    for row in rows:
        row["times"] = rows[GROWTH.index(BASE)]["plays_per_cpu_s"] / row["plays_per_cpu_s"]
    return rows


def special_loop(stages: int = 8, choices: int = 6, plays: int = 20_000) -> Data:
    """The ladder of tests/benchmarks/ladder.py and nothing else, as fast as plain Python comes. For comparison only."""
    cost = [[0 if c == 0 else 1 + (s + c) % 3 for c in range(choices)] for s in range(stages)]
    gate = [[-(10**9) if c < 3 else (s + c) % 5 + s // 2 for c in range(choices)] for s in range(stages)]
    base = [[70 - 6 * (c % 6) + (7 * s + 3 * c) % 11 for c in range(choices)] for s in range(stages)]
    draw = random.Random(1).random
    total = wins = 0
    begun = time.process_time()
    for _ in range(plays):
        trust, insight, risk, score, purse, rival = 3, 0, 0, 0, 6, 0
        for s in range(stages):
            costs, gates, bases = cost[s], gate[s], base[s]
            for _twice in (0, 1):
                while True:
                    c = int(draw() * choices)
                    if purse >= costs[c] and trust >= gates[c]:
                        break
                purse -= costs[c]
                if draw() * 100 < bases[c] + 2 * insight - 3 * risk:
                    trust += 1 + c % 3
                    insight += (s + c) % 3
                    score += 2 + 2 * (c % 6)
                else:
                    trust -= 1 + c % 2
                    risk += 1 + (s + c) % 2
                luck = draw()
                if luck < 0.1:
                    purse -= purse > 0
                elif luck >= 0.9:
                    rival += 3
            purse += 3
        total += score
        wins += score >= rival + 4 * stages
    seconds = time.process_time() - begun
    return {"plays_per_cpu_s": plays / seconds, "mean_payoff": total / plays, "won": wins / plays}
