"""What the options of a scenario are worth where they stand: decisions sampled from plays, every candidate tried in the same
worlds.

For authors: an option that is never the best, one that always is, a stage with one sensible choice, where good and bad play
part.
The best of a moment is chosen by one half of the replicates and measured by the other, so that it is not flattered.
"""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from game.engine.chance import seed_of
from game.judging.judge import Judge, candidates
from game.judging.level import Level
from game.judging.workers import Case, Progress, begin_worker, judge_of, worker_case
from game.paths import code_folder
from game.play.playing import start_playing
from game.policies.policies import choose, new_player
from game.policies.processes import processors
from game.policies.table import Player
from game.scenario.tables import PASS, STAGE, STARTS, WAIT, WITHDRAW, Tables
from game.statistics import Data, average

FIRST = 0x5A3E
"""First seed of the sampled plays."""
LIGHT = Level(many=160, effort=6_000, rounds=(), fresh=(1, 1, 1), aim=9.0, parts=1)
REPLICATES = 32
MOMENTS = 6
"""Decisions sampled from a play."""
NEAR = 1.0
"""Points within which an option is as good as the best."""
SHARE = 3
"""Plays handed to a process at a time."""
SURE = 0.9
ALONE = 0.8
MARGIN = 2.0
LEAST = 12
"""Below so many moments nothing is said."""
PLAIN = {WAIT: "wait", PASS: "pass", WITHDRAW: "withdraw"}


@dataclass(frozen=True)
class Surveyed:
    """A sampled decision: where, and what each option was worth in points against the best one, 0 and below. `replay` leads
    there: whose play, seed and how many decisions."""

    stage: int
    options: dict[str, float]
    best: str
    second: float
    """How far the second best option was behind."""
    replay: tuple[str, int, int]


def moments_of(case: Case, plays: Sequence[int], cache_folder: Path | None) -> list[Surveyed]:
    """Decisions of these plays: every other by greedy, random and par play in turn."""
    t = case.deal.tables
    players = {"greedy": new_player(t, "greedy"), "random": new_player(t, "random"), "par": case.player}
    found = []
    for i in plays:
        by = list(players)[i % len(players)]
        found += _of_play(case, by, players[by], seed_of(FIRST, i), cache_folder)
    return found


def _of_play(case: Case, by: str, player: Player, seed: int, cache_folder: Path | None) -> list[Surveyed]:
    t = case.deal.tables
    judge = judge_of(case, seed, cache_folder, LIGHT)
    length = _length(case, player, seed)
    wanted = {round((k + 0.5) * length / MOMENTS) for k in range(MOMENTS)}
    found, number = [], 0
    while not judge.playing.over:
        if number in wanted:
            moment = _moment(case, judge, (by, seed, number))
            if moment is not None:
                found.append(moment)
        judge.take(choose(t, judge.playing.state, player, seed), judged=False)
        number += 1
    return found


def _length(case: Case, player: Player, seed: int) -> int:
    """How many decisions the play has."""
    playing = start_playing(case.compiled, seed)
    while not playing.over:
        playing.decide(choose(case.deal.tables, playing.state, player, seed))
    return len(playing.decisions)


def _moment(case: Case, judge: Judge, replay: tuple[str, int, int]) -> Surveyed | None:
    t, s = case.deal.tables, judge.playing.state
    arms = candidates(t, s)
    if len(arms) < 2:
        return None
    pays, _ = judge.run(arms, 0, 2 * REPLICATES)
    first, second = pays[:, :REPLICATES].mean(axis=1), pays[:, REPLICATES:].mean(axis=1)
    # Of an action only its best target counts; chosen by the first half, measured by the second.
    picked: dict[str, int] = {}
    for k, arm in enumerate(arms):
        name = name_of(case, t, arm)
        if name not in picked or first[k] > first[picked[name]]:
            picked[name] = k
    best = max(picked, key=lambda n: first[picked[n]])
    options = {name: float(second[k] - second[picked[best]]) for name, k in picked.items()}
    others = sorted((v for n, v in options.items() if n != best), reverse=True)
    return Surveyed(min(s.x[STAGE], t.n_stage - 1), options, best, -others[0] if others else 0.0, replay)


def name_of(case: Case, t: Tables, decision: int) -> str:
    """An option by its action's id."""
    return PLAIN[decision] if decision < STARTS else case.compiled.ids.actions[t.pair_action[t.arm_pair[decision - STARTS]]]


@dataclass
class Survey:
    """What the moments say together."""

    moments: list[Surveyed]
    stages: list[str]
    rows: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for m in self.moments:
            for name, value in m.options.items():
                self.rows[name].append(value)

    def actions(self) -> dict[str, Data]:
        """Of every option: how often it was open, how often the best, what it was worth against the best."""
        best: dict[str, int] = defaultdict(int)
        for m in self.moments:
            best[m.best] += 1
        return {name: {"open": len(v), "best": best[name], "behind": average(v)} for name, v in sorted(self.rows.items())}

    def never_best(self) -> list[tuple[str, int]]:
        """Options that were open often and never near the best: (option, moments)."""
        return [(n, len(v)) for n, v in self.rows.items() if n not in PLAIN.values() and len(v) >= LEAST and max(v) < -NEAR]

    def always_best(self) -> list[tuple[str, int]]:
        """Options that were nearly always the best where they were open among others."""
        found = []
        for name, values in self.rows.items():
            crowd = [m for m in self.moments if name in m.options and len(m.options) >= 3]
            if len(crowd) >= LEAST and sum(m.best == name for m in crowd) >= SURE * len(crowd):
                found.append((name, len(values)))
        return found

    def one_choice(self) -> list[tuple[str, str, int]]:
        """Stages in which the same option is nearly always the best, and clearly: (stage, option, moments)."""
        found = []
        for g, stage in enumerate(self.stages):
            here = [m for m in self.moments if m.stage == g]
            clear: dict[str, int] = defaultdict(int)
            for m in here:
                if m.second >= MARGIN:
                    clear[m.best] += 1
            top = max(clear, key=lambda n: clear[n], default="")
            if len(here) >= LEAST and top and clear[top] >= ALONE * len(here):
                found.append((stage, top, len(here)))
        return found

    def parting(self) -> list[Data]:
        """Where good and bad play part: per stage, what the median option gives away."""
        found = []
        for g, stage in enumerate(self.stages):
            given = [-float(np.median(list(m.options.values()))) for m in self.moments if m.stage == g]
            found.append({"stage": stage, "given": average(given)})
        return found

    def replay(self, name: str) -> dict[str, Any] | None:
        """The way to the moment in which an option was furthest behind."""
        worst = min((m for m in self.moments if name in m.options), key=lambda m: m.options[name], default=None)
        return None if worst is None else {"by": worst.replay[0], "seed": worst.replay[1], "decisions": worst.replay[2]}


# ---- worker processes
def survey(case: Case, plays: int, processes: int | None = None, progress: Progress | None = None) -> Survey:
    """Sampled decisions of so many plays, shared out among processes."""
    folder = code_folder()
    shares = [range(k, min(k + SHARE, plays)) for k in range(0, plays, SHARE)]
    found: list[Surveyed] = []
    if processes == 0:
        for k, share in enumerate(shares, 1):
            found += moments_of(case, share, folder)
            if progress:
                progress(k, len(shares))
        return Survey(found, case.compiled.ids.stages)
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(processes or processors(), begin_worker, (case, folder, spawn.Lock())) as pool:
        for k, moments in enumerate(pool.imap(_share, shares), 1):
            found += moments
            if progress:
                progress(k, len(shares))
    return Survey(found, case.compiled.ids.stages)


def _share(plays: range) -> list[Surveyed]:
    case, folder = worker_case()
    return moments_of(case, plays, folder)
