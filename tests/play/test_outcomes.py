"""Laws of what became of it, over deals that no one wrote: promises, work, gates and statements."""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest

from game.engine.state import digest
from game.engine.step import legal
from game.play.happenings import Came, EventCame, WorkDropped
from game.play.outcomes import came_to, offences, plans, promises
from game.play.playing import Playing, start_playing
from game.play.record import replay
from game.play.statements import ForecastSaid, GoSaid, LessonSaid, PlannedTask, PlanSaid, SortingSaid
from game.play.walk import up_to, walk
from game.scenario.tables import PASS, STAGE, STARTS, WITHDRAW
from tests.generate import deal

DEALS = max(200, int(os.environ.get("BIG_ACCOUNT_DEALS", "800")) // 5)


def said_by_chance(playing: Playing, rng: random.Random) -> None:
    """Whatever a seat may put on record, true or not."""
    ids = playing.compiled.ids
    stage = rng.choice(ids.stages)
    task = PlannedTask(action=rng.choice(ids.actions), owner=rng.choice(ids.members), week=rng.randint(0, 9))
    statement = rng.choice(
        [
            ForecastSaid(stage=stage, win=rng.randint(0, 100), value=rng.randint(0, 999), week=rng.randint(1, 9)),
            GoSaid(stage=stage, go=rng.random() < 0.5),
            PlanSaid(stage=stage, tasks=(task,)),
            SortingSaid(stage=stage, sorted=dict.fromkeys(ids.facts, "threat")),
            LessonSaid(text="学\n到 \\ \"'<b>"),
        ]
    )
    playing.say(statement)


def played(seed: int) -> Playing:
    """A deal played by chance, with statements in between."""
    rng = random.Random(seed)
    playing = start_playing(deal(seed), seed)
    while not playing.over:
        if rng.random() < 0.2:
            said_by_chance(playing, rng)
        allowed = [k for k, ok in enumerate(legal(playing.compiled.tables, playing.state)) if ok]
        work = [k for k in allowed if k >= STARTS]
        playing.decide(rng.choice(work) if work and rng.random() < 0.8 else rng.choice([k for k in allowed if k != WITHDRAW]))
    return playing


@pytest.fixture(scope="module")
def plays() -> list[Playing]:
    return [played(seed) for seed in range(DEALS)]


def test_generated_plays_bring_every_kind(plays: list[Playing]) -> None:
    """A law that is never asked holds always."""
    became = Counter(p.became for play in plays for p in ledger(play))
    ends = Counter(type(h).__name__ for play in plays for h in play.happenings)
    actions = Counter(words[1].split("_")[0] for play in plays for words in play.decisions if len(words) > 1)
    assert became["kept"] and became["broken"] and actions["give"] and actions["trade"], (became, actions)
    assert ends["Came"] and ends["WorkDropped"] and ends["GateClaimed"], ends


def ledger(play: Playing) -> list:  # type: ignore[type-arg]
    return promises(play.compiled.ids, play.compiled.tables, play.state, play.happenings)


def test_a_promise_is_settled_once_and_at_its_week(plays: list[Playing]) -> None:
    for play in plays:
        for p in ledger(play):
            event = play.compiled.ids.events.index(f"promises.{p.name}")
            settled = [h.week for h in play.happenings if isinstance(h, EventCame) and h.event == event]
            assert settled == ([] if p.became == "open" else [p.week])


def test_what_was_started_came_to_one_end_or_runs(plays: list[Playing]) -> None:
    for play in plays:
        ends = [h for h in play.happenings if isinstance(h, (Came, WorkDropped))]
        starts = [m for m in walk(play) if m.decision >= STARTS]
        came = [found for m in starts if (found := came_to(play, m.number, m.decision)) is not None]
        assert len(came) == len(set(map(id, came))) == sum(isinstance(h, Came) for h in ends)
        assert len(ends) <= len(starts)


def test_walking_comes_to_where_the_play_stands(plays: list[Playing]) -> None:
    for play in plays[:40]:
        moments = list(walk(play))
        first = [h for h in play.happenings if h.after == 0]
        assert first + [h for m in moments for h in m.happened] == play.happenings
        half = up_to(play, len(moments) // 2)
        if half.decisions and len(moments) > len(half.decisions):
            assert digest(half.state) == digest(moments[len(half.decisions)].before)
        assert half.statements == [s for s in play.statements if s.at <= len(half.decisions)]


def test_false_claims_are_offences_and_nothing_else_is(plays: list[Playing]) -> None:
    for play in plays:
        claims = [o for o in offences(play) if o.action < 0]
        assert len(claims) == play.state.x[play.compiled.ids.slots.index("false_claims")]
        assert all(
            m.before.x[STAGE] == o.stage for o in claims for m in walk(play) if m.number == o.number and m.decision == PASS
        )


def test_a_record_keeps_every_statement(plays: list[Playing]) -> None:
    for play in plays:
        again = replay(play.compiled, play.record())
        assert again.statements == play.statements and again.record() == play.record()
        assert plans(again) == plans(play) and ledger(again) == ledger(play)
