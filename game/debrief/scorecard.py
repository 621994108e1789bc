"""The score card: three pillars, each from named metrics with a definition of one line, and five competence columns.

Everything here is measured on what the trainee did, not on how the dice fell. A metric or topic with too little to go by says
so instead of giving a number.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from game.debrief.figures import about
from game.debrief.story import Seen, StoryTeller
from game.i18n import Say
from game.judging.judgement import Judged, Judgement
from game.play import outcomes
from game.play.decisions import action_of, starts
from game.play.statements import ForecastSaid, Statement, all_of
from game.play.walk import walk
from game.scenario.load import Ready
from game.scenario.tables import DEBT, FALSE_CLAIMS, PASS
from game.scenario.topics import COLUMNS

PILLARS = ("relationships", "control", "decisions")
EXERCISED = 3
"""Tagged decisions below which a topic has no number."""
HALF = 2.5
"""Points given away per decision at which half a topic's marks are gone."""
EARLY = 2
"""Stages in which a forecast is on record and not graded: before the customer has a project nobody can know their own chance."""


@dataclass(frozen=True)
class Metric:
    """`value` in words, `points` 0 … 100; None where it was not exercised."""

    key: str
    pillar: str
    name: str
    definition: str
    value: str
    points: float | None


@dataclass(frozen=True)
class Pillar:
    key: str
    name: str
    weight: int
    points: float | None
    metrics: list[Metric]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A competence: decisions tagged with it and the points they gave away. `points` is None where it was not exercised."""

    key: str
    column: str
    name: str
    many: int
    given: float
    points: float | None
    course: str


@dataclass(frozen=True)
class Column:
    key: str
    name: str
    many: int
    points: float | None
    course: str
    topics: list[Topic]


@dataclass(frozen=True)
class ScoreCard:
    pillars: list[Pillar]
    columns: list[Column]
    total: float | None


def tag_of(ready: Ready, decision: int) -> str:
    """The topic a decision belongs to; '' for letting time run and withdrawing."""
    if decision == PASS:
        return "business/process"
    t = ready.compiled.tables
    if not starts(t, decision):
        return ""
    name = ready.compiled.ids.actions[action_of(t, decision)]
    tags = ready.scenario.actions[name].tags
    return tags[0] if tags else ""


def marks(given: float, many: int) -> float:
    """0 … 100 for so many points given away over so many decisions."""
    return 100 / (1 + given / many / HALF)


class ScoreMaker:
    """Measures one play."""

    def __init__(self, ready: Ready, seen: Seen, judged: Judgement, say: Say) -> None:
        self.ready, self.playing, self.judged, self.say = ready, seen.playing, judged, say
        self.t, self.s = ready.compiled.tables, seen.playing.state
        self.own = [j for j in judged.decisions if j.world < 0]
        """What the player decided; the trainer's doing is nobody's."""
        self.teller = StoryTeller(ready, seen, say)

    def card(self) -> ScoreCard:
        weights = self.ready.scenario.debrief.weights.shares()
        makers = {"relationships": self.relationships, "control": self.control, "decisions": self.decisions}
        pillars = []
        for key in PILLARS:
            metrics = makers[key]()
            known = [m.points for m in metrics if m.points is not None]
            points = sum(known) / len(known) if known else None
            pillars.append(Pillar(key, self.say(f"pillar.{key}"), weights[key], points, metrics))
        sure = [p for p in pillars if p.points is not None]
        heavy = sum(p.weight for p in sure)
        total = sum((p.points or 0.0) * p.weight for p in sure) / heavy if heavy else None
        return ScoreCard(pillars, self.columns(), total)

    def metric(self, pillar: str, key: str, value: str, points: float | None) -> Metric:
        bounded = None if points is None else max(0.0, min(100.0, points))
        name, definition = self.say(f"metric.{key}.name"), self.say(f"metric.{key}.about")
        return Metric(key, pillar, name, definition, value if bounded is not None else self.say("metric.none"), bounded)

    # ---- relationships
    def relationships(self) -> list[Metric]:
        t, s = self.t, self.s
        people = [self.teller.person(p) for p in range(t.n_person) if s.x[t.here0 + p]]
        if not people:
            return []
        met = sum(p.met for p in people)
        read = [p for p in people if p.read is not None]
        right = sum(abs((p.read or 0) - p.true) <= 1 for p in read)
        covered = sum(s.x[t.cover0 + p] >= 2_000 for p in range(t.n_person))
        of = len(people)
        return [
            self.metric("relationships", "met", self.say("metric.of", n=met, of=of), 100 * met / of),
            self.metric("relationships", "net", self.say("metric.of", n=covered, of=of), 100 * covered / of),
            self.metric(
                "relationships",
                "read",
                self.say("metric.of", n=right, of=len(read)),
                100 * right / len(read) if len(read) >= EXERCISED else None,
            ),
        ]

    # ---- forecast and control
    def control(self) -> list[Metric]:
        s, errors = self.s, [abs(f.stated - f.true) for f in forecasts(self.playing.statements, self.judged) if not f.early]
        error = sum(errors) / len(errors) if errors else 0.0
        last = self.t.n_stage - 1
        steps = [(min(j.at[1], last), j.at[2], j.best == j.decision) for j in self.own] or [(0, 0, True)]
        near = sum(abs(stage - phase) <= 1 or right for stage, phase, right in steps)
        planned = [task.became for _, tasks in outcomes.plans(self.playing) for task in tasks]
        kept = sum(became != "open" for became in planned)
        blamed, debt, false = self.blamed_debt(), s.x[DEBT] / 100, s.x[FALSE_CLAIMS]
        passed = self.playing.decisions.count(["pass"])
        return [
            self.metric("control", "forecast", self.say("metric.off", n=round(error)), 100 - 2.5 * error if errors else None),
            self.metric(
                "control", "plan", self.say("metric.of", n=kept, of=len(planned)), 100 * kept / len(planned) if planned else None
            ),
            self.metric(
                "control",
                "gates",
                self.say("metric.debt", debt=f"{debt:.0f}", blamed=f"{blamed:.0f}", false=false),
                100 - 3 * blamed - 25 * false if passed else None,
            ),
            self.metric("control", "step", self.say("metric.share", n=round(100 * near / len(steps))), 100 * near / len(steps)),
        ]

    def blamed_debt(self) -> float:
        """Debt left at gates where something better could have been done than to pass."""
        debts = [m.before.x[DEBT] for m in walk(self.playing)] + [self.s.x[DEBT]]
        left = [after - before for before, after in pairwise(debts)]
        return sum(
            more for more, j in zip(left, self.judged.decisions, strict=False) if j.decision == PASS and j.best != PASS
        ) / 100  # fmt: skip

    # ---- decisions
    def decisions(self) -> list[Metric]:
        found = self.own
        if not found:
            return []
        t, s = self.t, self.s
        good = sum(j.grade == "best" for j in found)
        bad = sum(j.grade in ("mistake", "blunder") for j in found)
        known = sum(s.x[t.knows0 + f] + s.x[t.refuted0 + f] for f in range(t.n_fact))
        return [
            self.metric("decisions", "advantage", self.ahead(), 100 + self.judged.advantage),
            self.metric("decisions", "sound", self.say("metric.of", n=good, of=len(found)), 100 * good / len(found)),
            self.metric("decisions", "grave", self.say("metric.count", n=bad), 100 - 20 * bad),
            self.metric(
                "decisions",
                "proved",
                self.say("metric.of", n=known, of=t.n_fact),
                100 * min(1.0, 1.5 * known / t.n_fact) if t.n_fact else None,
            ),
        ]

    def ahead(self) -> str:
        """The decisions' sum against the reference, no finer than its error lets it be."""
        return self.say("metric.points", n=about(self.judged.advantage, self.judged.advantage_se, signed=True))

    # ---- competences
    def columns(self) -> list[Column]:
        tagged: dict[str, list[Judged]] = defaultdict(list)
        for j in self.own:
            tagged[tag_of(self.ready, j.decision)].append(j)
        found = []
        for column in COLUMNS:
            topics = [self.topic(tag, tagged[tag]) for tag in sorted(tagged) if tag.startswith(column + "/")]
            many = sum(t.many for t in topics)
            points = sum(marks(t.given, t.many) * t.many for t in topics) / many if many >= EXERCISED else None
            course = self.say(f"course.{column}")
            found.append(Column(column, self.say(f"column.{column}"), many, points, course, topics))
        return found

    def topic(self, tag: str, judged: list[Judged]) -> Topic:
        column, _, topic = tag.partition("/")
        key = f"topic.{tag.replace(' ', '_')}"
        name = self.say(key) if self.say.has(key) else topic
        course = f"course.{tag.replace(' ', '_')}"
        given = sum(j.regret for j in judged)
        return Topic(
            key=tag,
            column=column,
            name=name,
            many=len(judged),
            given=given,
            points=marks(given, len(judged)) if len(judged) >= EXERCISED else None,
            course=self.say(course) if self.say.has(course) else self.say(f"course.{column}"),
        )


@dataclass(frozen=True, kw_only=True)
class ForecastGraded:
    """A stated chance to win beside p*, par's chance from what could be known; in percent."""

    stage: str
    at: int
    stated: int
    true: float
    week: int
    early: bool
    """Whether it was made before anybody could know, and is not graded."""

    def words(self, say: Say) -> str:
        """What was right then, and how far it was off; or that it was too early to tell."""
        true = round(self.true)
        if self.early:
            return say("debrief.forecast.early", true=true)
        off = say("debrief.forecast.off", n=round(abs(self.stated - self.true)))
        return say("list.comma").join([say("debrief.forecast.true", true=true), off])

    @property
    def brier(self) -> float:
        """(stated - p*) squared, as shares of one."""
        return (self.stated - self.true) ** 2 / 10_000


def forecasts(statements: list[Statement], judged: Judgement) -> list[ForecastGraded]:
    """Every forecast with p* as it was then; those made after the last decision are not graded."""
    graded = [said for said in all_of(statements, ForecastSaid) if said.at < len(judged.decisions)]
    return [
        ForecastGraded(
            stage=f.stage,
            at=f.at,
            stated=f.win,
            true=100 * judged.decisions[f.at].win,
            week=f.week,
            early=judged.decisions[f.at].at[1] < EARLY,
        )
        for f in graded
    ]
