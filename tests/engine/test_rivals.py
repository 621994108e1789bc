"""A rival's prepared move comes only while there is still a case for it."""

from __future__ import annotations

from game.engine.chance import MOVED, TRACE_WIDTH
from game.engine.odds import holds
from game.engine.state import new_dice, new_state
from game.engine.step import begin, run_on, step
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.scenario.tables import PHASE

EARLY = "phase <= investigate"


def test_what_was_prepared_for_the_tender_does_not_come_after_the_award(factory: Ready) -> None:
    t, phases = factory.compiled.tables, list(factory.scenario.buyer.phases)
    moves = [move for rival in factory.scenario.rivals.values() for move in rival.moves.values()]
    early = {m for m, move in enumerate(moves) if EARLY in (move.when or "")}
    prepared = 0
    for seed in range(60):
        s, d = new_state(t), new_dice(seed, tracing=True)
        begin(t, s, d)
        over = run_on(t, s, d, 0)
        while not over:
            late = s.x[PHASE] > phases.index("investigate")
            prepared += late and any(m in early and not holds(t, s, t.move_cond[m], 0, 0) for m in s.rival_move)
            d.n = 0
            over = step(t, s, d, POLICIES["greedy"](t, s, seed))
            came = {d.trace[k + 1] for k in range(0, d.n, TRACE_WIDTH) if d.trace[k] == MOVED}
            assert not (late and came & early)
    assert prepared > 5
