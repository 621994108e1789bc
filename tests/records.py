"""Whole deals on record, for tests that look at a deal and do not play one: with promises kept and broken, work dropped,
breaches, forecasts, plans, sorted evidence, a lesson.

`python -m tests.records` plays them anew, after a wanted change of the rules or of a scenario.
"""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

from game.paths import SCENARIOS
from game.play.playing import Playing, start_playing
from game.play.record import replay
from game.play.statements import ForecastSaid, LessonSaid, NameSaid, SortingSaid
from game.policies.policies import POLICIES
from game.report.write import write_record
from game.scenario.load import Ready, load_ready
from game.scenario.tables import PASS, WEEK
from game.session.gate import gate_asks
from game.session.plans import new_task, plan_said

FOLDER = Path(__file__).parent / "records"
PLAYS = (
    ("smart-factory", 55),
    ("smart-factory", 13),
    ("smart-factory", 18),
    ("office-supplies", 580),
    ("office-supplies", 78),
    ("plant-two", 79),
    ("plant-two", 458),
)
"""(scenario, seed)."""
GREEDY = 0.85
NAMES = [f"{scenario}-{seed}" for scenario, seed in PLAYS]


@cache
def scenario(name: str) -> Ready:
    return load_ready(SCENARIOS / name, SCENARIOS)


def play(name: str, seed: int) -> Playing:
    """A player who mostly does what looks best, and states what is asked at gates."""
    ready, rng = scenario(name), random.Random(seed)
    t, playing = ready.compiled.tables, start_playing(ready.compiled, seed)
    playing.say(NameSaid(text=f"王{seed}"))
    playing.say(SortingSaid(stage="P0", sorted={next(iter(ready.scenario.facts)): "strength"}))
    while not playing.over:
        policy = POLICIES["greedy" if rng.random() < GREEDY else "random"]
        decision = policy(t, playing.state, rng.randrange(1 << 20))
        asks = gate_asks(ready, playing)
        if decision == PASS and asks:
            week = playing.state.x[WEEK]
            playing.say(ForecastSaid(stage=ready.compiled.ids.stages[asks.stage], win=40 + week % 30, value=1, week=week))
            tasks = [new_task(ready, playing.state, asks.stage + 1, a, k) for k, a in enumerate(asks.choices[:3])]
            if tasks:
                playing.say(plan_said(ready, asks.stage + 1, tasks))
        playing.decide(decision)
    playing.say(LessonSaid(text="先核实，再下判断"))
    return playing


@cache
def recorded(name: str) -> tuple[Ready, Playing]:
    """One of them, as its replay gives it. Not to be changed."""
    ready = scenario(name.rpartition("-")[0])
    return ready, replay(ready.compiled, json.loads((FOLDER / f"{name}.play.json").read_text(encoding="utf-8")))


def write() -> None:
    for scenario_, seed in PLAYS:
        write_record(play(scenario_, seed), FOLDER, f"{scenario_}-{seed}")


if __name__ == "__main__":
    write()
