"""Edits of a record that mean something, with its chain left as it was: none is accepted.

Some hundreds a run; BIG_ACCOUNT_EDITS=20000 for more.
"""

from __future__ import annotations

import copy
import json
import os
import random
from typing import Any

from game.errors import RecordError
from game.play.record import replay
from game.scenario.load import Ready
from tests.play.test_record import played

MANY = int(os.environ.get("BIG_ACCOUNT_EDITS", "400"))


def edited(record: dict[str, Any], draw: random.Random, legal: list[list[str]]) -> dict[str, Any]:
    """A record that says something else than this one."""
    new = copy.deepcopy(record)
    decisions, statements = new["decisions"], new["statements"]
    k = draw.randrange(len(decisions))
    way = draw.randrange(9)
    if way == 0:
        decisions[k] = draw.choice(legal)
    elif way == 1:
        decisions.insert(k, draw.choice(legal))
    elif way == 2:
        del decisions[k]
    elif way == 3:
        other = draw.randrange(len(decisions))
        decisions[k], decisions[other] = decisions[other], decisions[k]
    elif way == 4:
        new["seed"] = draw.randrange(1 << 62)
    elif way == 5:
        field = draw.choice(["points", "payoff", "week", "decisions"])
        new["result"][field] += draw.choice([-1, 1, 10])
    elif way == 6 and statements:
        s = draw.choice(statements)
        field = draw.choice([f for f in s if f != "kind"])
        s[field] = s[field] + draw.randint(1, 5) if isinstance(s[field], int) else f"{s[field]}{draw.randint(0, 9)}"
    elif way == 7 and statements:
        del statements[draw.randrange(len(statements))]
    else:
        statements.append({"kind": "lesson", "at": len(decisions), "text": str(draw.random())})
    return new


def test_no_edit_with_the_old_chain_is_accepted(office: Ready) -> None:
    plays = [json.loads(json.dumps(played(office, seed).record())) for seed in (7, 8, 9)]
    legal = [words for record in plays for words in record["decisions"]]
    draw, tried = random.Random(20261123), 0
    while tried < MANY:
        record = draw.choice(plays)
        new = edited(record, draw, legal)
        if new == record:
            continue
        tried += 1
        try:
            replay(office.compiled, new)
        except RecordError:
            continue
        raise AssertionError(f"accepted: {[k for k in record if record[k] != new[k]]}")
