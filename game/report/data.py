"""The debrief's numbers as plain data, for files and other programs. Points throughout; chances 0 … 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from game.debrief.cohort import Cohort
from game.debrief.entries import Entry
from game.judging.judgement import Candidate, Judged, Judgement, LuckPart
from game.play.decisions import decision_words
from game.play.playing import Playing
from game.scenario.load import Ready

FORMAT = 1


def debrief_json(ready: Ready, playing: Playing, judged: Judgement, whole: bool = True) -> dict[str, Any]:
    """A judged play: `result = start_value + advantage + luck`. Not `whole`: without candidates and parts of luck."""
    stages = ready.compiled.ids.stages
    decisions = []
    for j in judged.decisions:
        name = stages[min(j.at[1], len(stages) - 1)]
        decisions.append({"number": j.number, "week": j.at[0], "stage": name, **_decision(ready, j, whole)})
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
        "reference": judged.reference,
        "plays": judged.plays,
        "decisions": decisions,
    }


def _decision(ready: Ready, j: Judged, whole: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
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
    }
    if whole:
        found["candidates"] = [_candidate(ready, c) for c in j.candidates]
        found["then"] = _candidate(ready, j.then) if j.then else None
        found["luck_parts"] = [_part(ready, p) for p in j.parts]
    return found


def _candidate(ready: Ready, c: Candidate) -> dict[str, Any]:
    words = decision_words(ready.compiled, c.decision)
    return {"decision": words, "value": c.value, "se": c.se, "win": c.win if c.win >= 0 else None}


def _part(ready: Ready, p: LuckPart) -> dict[str, Any]:
    ids, t = ready.compiled.ids, ready.compiled.tables
    names = {"rival": ids.moves, "event": ids.events, "customer": ids.phases}
    what = None
    if p.what >= 0 and p.kind == "outcome":
        what = ids.actions[t.pair_action[t.arm_pair[p.what]]]
    elif p.what >= 0 and p.kind in names:
        what = names[p.kind][p.what]
    return {"kind": p.kind, "what": what, "luck": p.luck, "se": p.se, "win": p.win}


def class_json(ready: Ready, cohort: Cohort, entries: Sequence[Entry]) -> dict[str, Any]:
    """A class: its figures with n and interval, and every play's numbers under the name it goes by."""
    figures = {name: getattr(cohort, name) for name in ("points", "adjusted", "luck", "given", "won", "passed")}
    return {
        "format": FORMAT,
        "scenario": ready.name,
        "scenario_hash": ready.compiled.hash,
        "people": len(cohort.people),
        "pass_mark": cohort.pass_mark,
        **figures,
        "columns": dict(cohort.columns),
        "pillars": dict(cohort.pillars),
        "topics": [{"topic": name, "given": data, "course": course} for name, data, course in cohort.topics],
        "key_points": [asdict(k) for k in cohort.key_points],
        "calibration": [asdict(b) for b in cohort.calibration],
        "refused": [{"file": file, "why": why} for file, why in cohort.refused],
        "marks": cohort.marks,
        "coarse": cohort.coarse,
        "reference": cohort.reference,
        "plays": [{"name": e.name, "when": e.when, **debrief_json(ready, e.playing, e.judged, False)} for e in entries],
    }
