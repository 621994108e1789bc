"""The gate, for every door: what is asked of who passes it, and what then goes on record.

Which stages ask for a forecast and for a go or no-go is said by the scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from game.engine.gates import may_pass, required_met
from game.engine.step import is_legal
from game.play.playing import Playing
from game.play.statements import ForecastSaid, GoSaid, SortingSaid, Statement, last_of
from game.scenario.load import Ready
from game.scenario.tables import STAGE, WEEK, WINNER, WITHDRAW
from game.session.plans import Task, offered, plan_said

EVEN = 50
"""The chance offered for a first forecast, in percent."""


@dataclass(frozen=True, kw_only=True)
class GateAsks:
    """What the present gate asks. `forecast` is the one offered to go on from, None where none is asked for; `go` whether go or
    no-go is; `choices` are the actions that may be planned for the next stage."""

    stage: int
    may_pass: bool
    honest: bool
    forecast: ForecastSaid | None
    go: bool
    may_withdraw: bool
    choices: list[int]


def gate_asks(ready: Ready, playing: Playing) -> GateAsks | None:
    """What the present gate asks; None when all are passed."""
    t, s, g = playing.compiled.tables, playing.state, playing.state.x[STAGE]
    if g >= t.n_stage or playing.over:
        return None
    stage = list(ready.scenario.stages.values())[g]
    return GateAsks(
        stage=g,
        may_pass=may_pass(t, s),
        honest=required_met(t, s),
        # After the award there is nothing left to forecast.
        forecast=offered_forecast(ready, playing) if stage.forecast and not s.x[WINNER] else None,
        go=stage.go,
        may_withdraw=is_legal(t, s, WITHDRAW),
        choices=offered(ready, g + 1, s),
    )


def offered_forecast(ready: Ready, playing: Playing) -> ForecastSaid:
    """The last forecast, as far as it can still be meant; else an even chance, the whole value, three quarters of the weeks."""
    deal, stage = ready.scenario.deal, ready.compiled.ids.stages[playing.stage]
    last = last_of(playing.statements, ForecastSaid)
    if last is None:
        last = ForecastSaid(stage=stage, win=EVEN, value=deal.value, week=deal.weeks * 3 // 4)
    return meant(ready, playing, replace(last, stage=stage))


def meant(ready: Ready, playing: Playing, forecast: ForecastSaid) -> ForecastSaid:
    """Within what can be: no signature before now or after the last week."""
    last = ready.scenario.deal.weeks
    week = max(min(playing.state.x[WEEK], last), min(last, forecast.week))
    return replace(forecast, win=max(0, min(100, forecast.win)), value=max(0, forecast.value), week=week)


def on_passing(
    ready: Ready,
    playing: Playing,
    asks: GateAsks,
    forecast: ForecastSaid | None,
    go: bool,
    plan: Sequence[Task],
    put: dict[str, str],
) -> list[Statement]:
    """What goes on record, before the decision itself: the evidence as it is sorted where that has changed, the forecast and go
    or no-go where they are asked for, and the plan of who goes on."""
    stage = ready.compiled.ids.stages[asks.stage]
    found: list[Statement] = []
    sorting = last_of(playing.statements, SortingSaid)
    if put != (dict(sorting.sorted) if sorting else {}):
        found.append(SortingSaid(stage=stage, sorted=dict(put)))
    if asks.forecast and forecast:
        found.append(meant(ready, playing, replace(forecast, stage=stage)))
    if asks.go:
        found.append(GoSaid(stage=stage, go=go))
    if plan and go and asks.choices:
        found.append(plan_said(ready, asks.stage + 1, plan))
    return found
