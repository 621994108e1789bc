"""The debrief's numbers as plain data, for files and other programs. Points throughout; chances 0 … 1."""

from __future__ import annotations

from typing import Any

from game.analysis.judge import Judged, Judgement, Part
from game.engine.playthrough import Playing, decision_words, start_playing
from game.scenario.load import Ready
from game.scenario.tables import STAGE, WEEK

FORMAT = 1


def debrief_json(ready: Ready, playing: Playing, judged: Judgement) -> dict[str, Any]:
    """A judged play: `result = start_value + advantage + luck`."""
    again = start_playing(ready.compiled, playing.seed)
    decisions = []
    for j in judged.decisions:
        week, stage = again.state.x[WEEK], again.state.x[STAGE]
        name = ready.compiled.ids.stages[min(stage, len(ready.compiled.ids.stages) - 1)]
        decisions.append({"number": j.number, "week": week, "stage": name, **_decision(ready, j)})
        again.decide(j.decision)
    return {
        "format": FORMAT,
        "scenario": ready.name,
        "scenario_hash": ready.compiled.hash,
        "seed": playing.seed,
        "ending": playing.result()["ending"],
        "won": judged.won,
        "result": judged.result,
        "start_value": judged.start_value,
        "start_win": judged.start_win,
        "advantage": judged.advantage,
        "luck": judged.luck,
        "regret": judged.regret,
        "coarse": judged.coarse,
        "plays": judged.plays,
        "decisions": decisions,
    }


def _decision(ready: Ready, j: Judged) -> dict[str, Any]:
    return {
        "chosen": decision_words(ready.compiled, j.decision),
        "best": decision_words(ready.compiled, j.best),
        "regret": j.regret,
        "se": j.se,
        "advantage": j.advantage,
        "luck": j.luck,
        "grade": j.grade,
        "value": j.value,
        "value_se": j.value_se,
        "win": j.win,
        "candidates": [
            {
                "decision": decision_words(ready.compiled, c.decision),
                "value": c.value,
                "se": c.se,
                "win": c.win if c.win >= 0 else None,
            }
            for c in j.candidates
        ],
        "luck_parts": [_part(ready, p) for p in j.parts],
    }


def _part(ready: Ready, p: Part) -> dict[str, Any]:
    ids, t = ready.compiled.ids, ready.compiled.tables
    names = {"rival": ids.moves, "event": ids.events, "customer": ids.phases}
    what = None
    if p.what >= 0 and p.kind == "outcome":
        what = ids.actions[t.pair_action[t.arm_pair[p.what]]]
    elif p.what >= 0 and p.kind in names:
        what = names[p.kind][p.what]
    return {"kind": p.kind, "what": what, "luck": p.luck, "se": p.se, "win": p.win}
