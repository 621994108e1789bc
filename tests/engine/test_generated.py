"""The laws over many small deals that no one wrote."""

from __future__ import annotations

import os
import random

import pytest

from game.belief.belief import Belief
from game.engine.state import digest
from game.engine.step import legal
from game.errors import IllegalAction
from game.play.playing import start_playing
from game.play.record import replay
from game.scenario.tables import ENDED, SCRATCH, WEEK, Tables, from_record, to_record
from tests.generate import deal

CHUNK = 50
DEALS = int(os.environ.get("BIG_ACCOUNT_DEALS", "800"))
"""How many deals a run goes through."""


def absent_count_for_nothing(t: Tables, x: list[int]) -> bool:
    """Who is not here has no stance, no rapport, and nobody's hand in theirs."""
    gone = [p for p in range(t.n_person) if not x[t.here0 + p]]
    nets = [(t.knot0, t.n_member), (t.net0, t.n_rival), (t.cover0, 1), (t.rapport0, 1), (t.stance0, 1), (t.met0, 1)]
    return not any(x[first + k * t.n_person + p] for p in gone for first, many in nets for k in range(many))


@pytest.mark.parametrize("chunk", range(DEALS // CHUNK))
def test_laws_hold_in_generated_deals(chunk: int) -> None:
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        compiled = deal(seed)
        t, rng = compiled.tables, random.Random(seed)
        playing = start_playing(compiled, seed)
        while not playing.over:
            mask = legal(t, playing.state)
            allowed = [k for k, ok in enumerate(mask) if ok and (k != 2 or rng.random() < 0.05)]
            forbidden = [k for k, ok in enumerate(mask) if not ok]
            if forbidden:
                before = digest(playing.state)
                with pytest.raises(IllegalAction):
                    playing.decide(rng.choice(forbidden))
                assert digest(playing.state) == before
            playing.decide(rng.choice(allowed))
            x = playing.state.x
            assert all(t.lo[i] <= x[i] <= t.hi[i] for i in range(SCRATCH, t.n_slot)), seed
            assert absent_count_for_nothing(t, x), seed
            assert len(playing.decisions) < 2_000
        assert playing.state.x[ENDED] and playing.state.x[WEEK] <= t.last_week + 1
        assert digest(replay(compiled, playing.record()).state) == digest(playing.state)
        assert digest(from_record(to_record(playing.state, "S"), playing.state)) == digest(playing.state)


PHASES_TURN = (2020, 2057)
"""In these a phase turns that in some of the worlds thought possible could not have."""


@pytest.mark.parametrize("seeds", [range(1000 + k, 1025 + k) for k in range(0, 100, 25)] + [PHASES_TURN], ids=str)
def test_particles_go_where_the_play_goes_in_generated_deals(seeds: range | tuple[int, ...]) -> None:
    for seed in seeds:
        compiled = deal(seed)
        rng = random.Random(seed)
        playing = start_playing(compiled, seed)
        belief = Belief(compiled.tables, many=8, effort=80)
        for _ in range(12):
            belief.follow(playing)
            if playing.over:
                break
            assert belief.surprises or belief.consistent(playing.state), seed
            mask = legal(compiled.tables, playing.state)
            playing.decide(rng.choice([k for k, ok in enumerate(mask) if ok and k != 2]))
