"""What the debrief is made of: plain data in one language. Points throughout; chances to win in percent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from game.debrief.scorecard import ForecastGraded, ScoreCard
from game.i18n import Say


@dataclass(frozen=True, kw_only=True)
class CandidateTold:
    """A candidate: what it was worth in points, its standard error against par's choice, its chance to win in percent."""

    what: str
    who: str
    value: float
    se: float
    win: float | None
    chosen: bool
    best: bool
    mark: str
    """What it was: the choice, the better one, the reference's, as good as these; or ''."""


@dataclass(frozen=True)
class Gift:
    """What one announcement gave or took; `name` is '' for what did not come."""

    kind: str
    kind_words: str
    name: str
    luck: float
    win: float


@dataclass(frozen=True, kw_only=True)
class MoveReview:
    """A decision as the debrief shows it. Points; chances to win in percent."""

    number: int
    week: int
    stage: str
    what: str
    who: str
    grade: str
    grade_words: str
    regret: float
    se: float
    advantage: float
    luck: float
    """What came of it: the sum of its `gifts`."""
    value: float
    win: float
    win_after: float
    win_chosen: float
    better: str
    """What would have been better, in words; '' where nothing demonstrably was."""
    options: list[CandidateTold]
    why: list[str]
    coach: str
    gifts: list[Gift]
    """What came of it: its own outcome, whenever that came, and what else happened until the next decision."""
    topic: str
    times: int = 1
    """How often the same thing was done in this stage at a loss; `total` is what all of them gave away."""
    total: float = 0.0


@dataclass(frozen=True)
class Cause:
    """A category of the fishbone: what gave and what took, most first."""

    name: str
    points: float
    items: list[tuple[str, float]]


@dataclass(frozen=True)
class Foreseen:
    """A bone of the premortem that was named or that came: what became of it is struck, prevented or quiet."""

    name: str
    named: bool
    became: str


@dataclass(frozen=True)
class Sorted:
    """A factor of the SWOT board: the quadrant it was put into, what was known of it then, and what it truly was."""

    text: str
    put: str
    right: bool
    true: bool


@dataclass(frozen=True, kw_only=True)
class Review:
    title: str
    verdict: str
    """well or poor, then lucky, even or unlucky: a key."""
    verdict_words: str
    summary: str
    start: float
    """What par would have made of it from the beginning, in points."""
    quality: float
    """What the decisions were worth: start + advantages."""
    advantage: float
    luck: float
    start_se: float
    """Standard errors of `start`, `advantage` (and with it `quality`) and `luck`."""
    advantage_se: float
    luck_se: float
    result: float
    given: float
    won: bool
    moves: list[MoveReview]
    turning: list[int]
    """Numbers of the decisions after which most had changed."""
    first: list[int]
    """What to look at first: the wrong moves of a won deal, the right ones of a lost one."""
    forecasts: list[ForecastGraded]
    by_kind: list[tuple[str, float]]
    by_name: list[Gift]
    bones: list[Cause]
    drift: list[str]
    premortem: list[Foreseen]
    sorted: list[Sorted]
    compliance: list[str]
    card: ScoreCard
    praise: list[str]
    train: list[str]
    next_action: str
    questions: list[str]
    cautions: list[str]
    """What makes the figures less sure than they look."""
    plays: int
    milestones: list[tuple[int, int]]
    """(decision number, stage % of the funnel) from each gate on."""
    others: dict[int, str]
    """By decision: how it went with the same dice, the other way."""


def grouped(moves: list[MoveReview]) -> list[MoveReview]:
    """With what the same thing, done again in the same stage, gave away in all."""
    sums: dict[tuple[str, str], list[float]] = defaultdict(list)
    for m in moves:
        if m.better:
            sums[m.stage, m.what].append(m.regret)
    return [replace(m, times=len(sums[m.stage, m.what]), total=sum(sums[m.stage, m.what])) if m.better else m for m in moves]


def named(say: Say, what: str, who: str) -> str:
    """A decision with whom it concerns."""
    return say("debrief.named", what=what, who=who) if who else what
