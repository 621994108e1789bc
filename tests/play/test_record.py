from __future__ import annotations

import copy
import json

import pytest

from game.errors import RecordError
from game.play.playing import Playing, start_playing
from game.play.record import replay
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.scenario.tables import PASS
from tests.said import said


def played(office: Ready, seed: int = 7) -> Playing:
    playing = start_playing(office.compiled, seed)
    while not playing.over:
        decision = POLICIES["greedy"](office.compiled.tables, playing.state, seed)
        if decision == PASS:
            playing.say(said("forecast", stage="P0", win=40, value=380_000, week=9))
        playing.decide(decision)
    playing.say(said("lesson", text="先核实，再下判断"))
    return playing


def test_a_record_replays_to_the_same_record(office: Ready) -> None:
    record = json.loads(json.dumps(played(office).record()))
    assert replay(office.compiled, record).record() == record


def test_any_one_change_is_refused(office: Ready) -> None:
    record = json.loads(json.dumps(played(office).record()))
    changed = []
    for k in range(len(record["decisions"])):
        edit = copy.deepcopy(record)
        edit["decisions"][k] = ["wait"] if edit["decisions"][k] != ["wait"] else ["pass"]
        changed.append(edit)
    for k in range(len(record["chain"])):
        edit = copy.deepcopy(record)
        edit["chain"][k] = "0" * 24
        changed.append(edit)
    for k, statement in enumerate(record["statements"]):
        for name, value in statement.items():
            edit = copy.deepcopy(record)
            edit["statements"][k][name] = value + 1 if isinstance(value, int) else value + "。"
            changed.append(edit)
        edit = copy.deepcopy(record)
        del edit["statements"][k]
        changed.append(edit)
    for name in ("seed", "rules", "format", "scenario_hash"):
        edit = copy.deepcopy(record)
        edit[name] = edit[name] + 1 if isinstance(edit[name], int) else "x"
        changed.append(edit)
    edit = copy.deepcopy(record)
    edit["result"]["points"] += 1
    changed.append(edit)
    for edit in changed:
        with pytest.raises(RecordError):
            replay(office.compiled, edit)


@pytest.mark.parametrize("junk", [None, [], {}, {"format": 1}, "x", {"format": True}])
def test_what_is_no_record_is_refused(office: Ready, junk: object) -> None:
    with pytest.raises(RecordError):
        replay(office.compiled, junk)
