"""The pipeline: every deal under way with what the funnel and what the trainee says it is worth, and the sum with its spread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from game.i18n import Say
from game.play.playing import Playing
from game.play.statements import ForecastSaid, last_of
from game.scenario.load import Ready
from game.scenario.tables import STAGE, WEEK
from game.words.names import Teller


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """A deal under way. `win` is the chance last stated at a gate, in percent; where none was, the stage's milestone."""

    title: str
    stage: str
    stage_at: int
    milestone: int
    win: int
    stated: bool
    value: int
    week: int
    weeks: int
    close: int
    """The week in which the trainee expects the signature; 0 where that was not said."""
    unit: str

    @property
    def expected(self) -> float:
        """Value times chance."""
        return self.value * self.win / 100


@dataclass(frozen=True)
class Total:
    """Deals in one currency. `weighted` is the sum of value times stated chance, `spread` its standard deviation if deals are
    independent, sqrt(sum p (1 - p) value^2); `funnel` the sum of value times milestone."""

    unit: str
    deals: int
    value: int
    weighted: float
    spread: float
    funnel: float


@dataclass(frozen=True)
class Pipeline:
    """All deals, those nearest to signature first, and the totals."""

    deals: list[Prospect]
    totals: list[Total]


def prospect_of(ready: Ready, playing: Playing, say: Say) -> Prospect:
    """One deal as the pipeline has it."""
    tell = Teller(ready, say)
    at = min(playing.state.x[STAGE], ready.compiled.tables.n_stage - 1)
    name = ready.compiled.ids.stages[at]
    milestone = ready.scenario.stages[name].milestone // 100
    said = last_of(playing.statements, ForecastSaid)
    deal = ready.scenario.deal
    return Prospect(
        title=tell.text("title"),
        stage=name,
        stage_at=at,
        milestone=milestone,
        win=said.win if said else milestone,
        stated=said is not None,
        value=said.value if said else deal.value,
        week=min(playing.state.x[WEEK], deal.weeks),
        weeks=deal.weeks,
        close=said.week if said else 0,
        unit=tell.text("deal", "unit"),
    )


def total(unit: str, deals: list[Prospect]) -> Total:
    """The sums of these deals."""
    spread = sqrt(sum(d.win / 100 * (1 - d.win / 100) * d.value**2 for d in deals))
    funnel = sum(d.value * d.milestone / 100 for d in deals)
    return Total(unit, len(deals), sum(d.value for d in deals), sum(d.expected for d in deals), spread, funnel)


def pipeline(plays: Iterable[tuple[Ready, Playing]], say: Say) -> Pipeline:
    """Of the deals that are not over."""
    deals = sorted((prospect_of(r, p, say) for r, p in plays if not p.over), key=lambda d: (-d.stage_at, -d.expected))
    units = list(dict.fromkeys(d.unit for d in deals))
    return Pipeline(deals, [total(u, [d for d in deals if d.unit == u]) for u in units])
