"""A deal entered in its midst: somebody else has led it so far. For authors, who want to see week 12 without playing eleven."""

from __future__ import annotations

from collections.abc import Callable

from game.errors import UsageError
from game.play.playing import Playing, start_playing
from game.play.statements import ModeSaid
from game.policies.rollout import Policy
from game.scenario.load import Ready
from game.scenario.tables import STAGE, WEEK


def led_to(ready: Ready, seed: int, where: str, policy: Policy) -> Playing:
    """A deal for practice, led by a policy up to a week ("12") or a stage ("P3"). UsageError where there is no such place, or the
    deal is over before it."""
    reached = _place(ready, where)
    playing = start_playing(ready.compiled, seed)
    playing.say(ModeSaid(mode="practice"))
    while not playing.over and not reached(playing):
        playing.decide(policy(ready.compiled.tables, playing.state, playing.seed))
    if playing.over:
        raise UsageError("error.from_over", where=where, week=playing.week, seed=seed)
    return playing


def _place(ready: Ready, where: str) -> Callable[[Playing], bool]:
    """Whether a deal has come that far."""
    stages = ready.compiled.ids.stages
    if where in stages:
        stage = stages.index(where)
        return lambda playing: playing.state.x[STAGE] >= stage
    if where.isascii() and where.isdigit() and 1 <= int(where[:4]) <= ready.compiled.tables.last_week:
        return lambda playing: playing.state.x[WEEK] >= int(where[:4])
    raise UsageError("error.from", where=where, weeks=ready.compiled.tables.last_week, stages=", ".join(stages))
