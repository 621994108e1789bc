"""The premortem looked back upon: a foreseen trouble is told by what its odds ask for."""

from __future__ import annotations

import pytest

from game.debrief.foreseen import bone_became
from game.play import outcomes
from game.play.happenings import EventCame, RivalMoved
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready


def played(ready: Ready, seed: int) -> Playing:
    playing = start_playing(ready.compiled, seed)
    while not playing.over:
        playing.decide(POLICIES["greedy"](ready.compiled.tables, playing.state, seed))
    return playing


def test_a_rivals_move_that_succeeded_is_the_trouble_foreseen(office: Ready) -> None:
    """`old_ties` stands in the odds of the rival's dinners, and nowhere among events."""
    found = set()
    for seed in range(12):
        playing = played(office, seed)
        ids, t = office.compiled.ids, office.compiled.tables
        came = [h for h in playing.happenings if isinstance(h, RivalMoved) and ids.moves[h.move] == "hongda.dinner"]
        expected = "quiet" if not came else "struck" if any(outcomes.rival_succeeded(t, h) for h in came) else "prevented"
        assert bone_became(office, playing, "old_ties") == expected
        found.add(expected)
    assert "struck" in found


def test_an_event_that_came_has_struck_and_what_nothing_asks_for_is_not_told(office: Ready) -> None:
    for seed in range(12):
        playing = played(office, seed)
        events = [office.compiled.ids.events[h.event] for h in playing.happenings if isinstance(h, EventCame)]
        assert (bone_became(office, playing, "person_leaves") == "struck") == ("transfer" in events)
        assert bone_became(office, playing, "nobody_decides") == "untold"


@pytest.mark.parametrize("seed", range(4))
def test_a_promise_kept_is_a_trouble_prevented(office: Ready, seed: int) -> None:
    playing = played(office, seed)
    ledger = outcomes.promises(office.compiled.ids, office.compiled.tables, playing.state, playing.happenings)
    became = {"kept": "prevented", "broken": "struck"}.get(ledger[0].became if ledger else "", "quiet")
    assert bone_became(office, playing, "short_supply") == became
