"""A class: what many plays of one scenario say together. Every figure comes with its n and interval; nobody is ranked by luck.

Plain data in one language; the reports and exports show it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from game.debrief.entries import Entry, RefusedFile
from game.debrief.figures import whole
from game.debrief.marks import marks
from game.debrief.scorecard import ScoreCard, ScoreMaker, forecasts, tag_of
from game.debrief.story import StoryTeller, Unseen
from game.i18n import Say
from game.judging.judgement import Judged, grade_of
from game.play.decisions import action_of, starts
from game.play.statements import LessonSaid, last_of
from game.scenario.load import Ready
from game.scenario.tables import STARTS, WAIT
from game.scenario.topics import COLUMNS
from game.statistics import Data, average, wilson

KEY_POINTS = 5
"""Stages shown with what the room chose."""
CHOICES = 8
BANDS = 10
WORST_FIRST = ("none", "old", "tuned")


@dataclass(frozen=True, kw_only=True)
class Participant:
    """A row of the board."""

    name: str
    adjusted: float
    """Points without luck: what par makes of the start, plus what the decisions gained or lost."""
    points: float
    luck: float
    given: float
    passed: bool
    won: bool
    ending: str
    weeks: int
    decisions: int
    card: ScoreCard

    def column(self, key: str) -> float | None:
        return next((c.points for c in self.card.columns if c.key == key), None)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What people did in a stage: how many of them, and what it gave away each time it was chosen."""

    name: str
    people: int
    share: Data
    given: Data
    advantage: float
    grade: str
    action: bool
    """Whether it is work, and not a gate passed or time let run."""


@dataclass(frozen=True)
class KeyPoint:
    """A stage: what the class lost in it, and what it chose there, best first."""

    stage: str
    given: Data
    people: int
    choices: list[Choice]


@dataclass(frozen=True)
class Band:
    """Forecasts of a band of ten points beside what was right then, in percent."""

    low: int
    n: int
    stated: float
    true: Data


@dataclass(frozen=True, kw_only=True)
class Cohort:
    scenario: str
    title: str
    people: list[Participant]
    """Best decisions first: by luck-adjusted points."""
    points: Data
    adjusted: Data
    luck: Data
    given: Data
    won: Data
    passed: Data
    pass_mark: int
    histogram: list[tuple[int, int]]
    """(lower edge, people) in tens of points."""
    key_points: list[KeyPoint]
    topics: list[tuple[str, Data, str]]
    """(topic, points given away by a person, course), the costliest first."""
    columns: list[tuple[str, Data]]
    pillars: list[tuple[str, Data]]
    calibration: list[Band]
    questions: list[str]
    lessons: list[tuple[str, str]]
    """(who, what they will do next time), of those who wrote it."""
    refused: list[tuple[str, str]]
    """(file, why)."""
    marks: list[str]
    """What deserves a second look: equal plays under different names, records outside the class's seed."""
    coarse: bool
    reference: str
    """Of the judgements: see `Judgement.reference`; the worst of them."""


def tell_cohort(
    ready: Ready, entries: Sequence[Entry], refused: Sequence[RefusedFile], say: Say, seed: int | None = None
) -> Cohort:
    """The class report's data; at least one entry. `seed`: the one that the class was given, where that is known."""
    return _Class(ready, entries, refused, say, seed).cohort()


class _Class:
    def __init__(
        self, ready: Ready, entries: Sequence[Entry], refused: Sequence[RefusedFile], say: Say, seed: int | None
    ) -> None:
        self.ready, self.entries, self.refused, self.say, self.seed = ready, entries, refused, say, seed
        self.t, self.ids = ready.compiled.tables, ready.compiled.ids
        self.teller = StoryTeller(ready, Unseen(entries[0].playing), say)

    def cohort(self) -> Cohort:
        people = sorted((self.person(e) for e in self.entries), key=lambda p: (-p.adjusted, p.name))
        mark = self.ready.scenario.deal.pass_
        key_points = self.key_points()
        topics = self.topics(people)
        return Cohort(
            scenario=self.ready.name,
            title=self.teller.tell.text("title"),
            people=people,
            points=average([p.points for p in people]),
            adjusted=average([p.adjusted for p in people]),
            luck=average([p.luck for p in people]),
            given=average([p.given for p in people], 0),
            won=wilson(sum(p.won for p in people), len(people)),
            passed=wilson(sum(p.passed for p in people), len(people)),
            pass_mark=mark,
            histogram=histogram([p.points for p in people]),
            key_points=key_points,
            topics=topics,
            columns=[(self.say(f"column.{k}"), self.of_people(people, k)) for k in COLUMNS],
            pillars=self.pillars(people),
            calibration=self.calibration(),
            questions=self.questions(key_points, topics),
            lessons=[(e.name, said.text) for e in self.entries if (said := last_of(e.playing.statements, LessonSaid))],
            refused=[(r.file, self.say(r.key, **r.values)) for r in self.refused],
            marks=marks(self.entries, self.say, self.seed),
            coarse=any(e.judged.coarse for e in self.entries),
            reference=min((e.judged.reference for e in self.entries), key=WORST_FIRST.index, default="tuned"),
        )

    def person(self, e: Entry) -> Participant:
        result = e.playing.result()
        j = e.judged
        return Participant(
            name=e.name,
            adjusted=j.start_value + j.advantage,
            points=j.result,
            luck=j.luck,
            given=j.regret,
            passed=result["points"] >= self.ready.scenario.deal.pass_,
            won=j.won,
            ending=self.teller.tell.text("endings", result["ending"], "reason"),
            weeks=e.playing.week,
            decisions=len(j.decisions),
            card=ScoreMaker(self.ready, Unseen(e.playing), j, self.say).card(),
        )

    @staticmethod
    def of_people(people: list[Participant], column: str) -> Data:
        return average([points for p in people if (points := p.column(column)) is not None], 0, 100)

    def pillars(self, people: list[Participant]) -> list[tuple[str, Data]]:
        found = []
        for k, pillar in enumerate(people[0].card.pillars):
            points = [p.card.pillars[k].points for p in people]
            found.append((pillar.name, average([x for x in points if x is not None], 0, 100)))
        return found

    # ---- what the room chose
    def key_points(self) -> list[KeyPoint]:
        """The stages in which the class gave away most."""
        found = [self.key_point(g) for g in range(self.t.n_stage)]
        reached = [k for k in found if k.people]
        reached.sort(key=lambda k: -(k.given["mean"] or 0))
        return reached[:KEY_POINTS]

    def key_point(self, g: int) -> KeyPoint:
        lost: list[float] = []
        chosen: dict[str, list[Judged]] = defaultdict(list)
        by: dict[str, set[int]] = defaultdict(set)
        for k, e in enumerate(self.entries):
            here = [j for j in e.judged.decisions if min(j.at[1], self.t.n_stage - 1) == g and j.world < 0]
            if here:
                lost.append(sum(j.regret for j in here))
            for j in here:
                name = self.choice_name(j, g)
                chosen[name].append(j)
                by[name].add(k)
        choices = []
        for name, judged in chosen.items():
            given = average([j.regret for j in judged], 0)
            gained = sum(j.advantage for j in judged) / len(judged)
            share = wilson(len(by[name]), len(lost))
            grade, work = grade_of(given["mean"] or 0.0), judged[0].decision >= STARTS
            choices.append(
                Choice(name=name, people=len(by[name]), share=share, given=given, advantage=gained, grade=grade, action=work)
            )
        common = sorted(choices, key=lambda c: -c.people)[:CHOICES]
        common.sort(key=lambda c: (round(c.given["mean"] or 0, 3), -c.advantage))
        return KeyPoint(self.teller.tell.stage(g), average(lost, 0), len(lost), common)

    def choice_name(self, j: Judged, g: int) -> str:
        """What was chosen; and by whom, where only that was wrong."""
        t, tell, decision = self.t, self.teller.tell, j.decision
        if decision < STARTS:
            return self.teller.words(decision, g)[0] if decision != WAIT else self.say("step.wait")
        name = tell.action(action_of(t, decision))
        other = j.best != decision and starts(t, j.best) and t.arm_pair[j.best - STARTS] == t.arm_pair[decision - STARTS]
        return self.say("table.with", what=name, who=tell.member_short(t.arm_member[decision - STARTS])) if other else name

    def topics(self, people: list[Participant]) -> list[tuple[str, Data, str]]:
        given: dict[str, float] = defaultdict(float)
        for e in self.entries:
            for j in e.judged.decisions:
                given[tag_of(self.ready, j.decision)] += j.regret
        found = []
        for tag in sorted(given, key=lambda t: -given[t]):
            topics = [t for p in people for c in p.card.columns for t in c.topics if t.key == tag]
            if topics:
                found.append((topics[0].name, average([t.given for t in topics], 0), topics[0].course))
        return sorted(found, key=lambda row: -(row[1]["mean"] or 0))[:8]

    def calibration(self) -> list[Band]:
        bands: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for e in self.entries:
            for f in (f for f in forecasts(e.playing.statements, e.judged) if not f.early):
                bands[min(9, f.stated // BANDS)].append((f.stated, f.true))
        return [
            Band(BANDS * k, len(rows), sum(s for s, _ in rows) / len(rows), average([t for _, t in rows], 0, 100))
            for k, rows in sorted(bands.items())
        ]

    def questions(self, key_points: list[KeyPoint], topics: list[tuple[str, Data, str]]) -> list[str]:
        """For the room: where it lost most, and on what."""
        say, found = self.say, []
        for k in key_points[:3]:
            work = [c for c in k.choices if c.action]
            worst = max(work, key=lambda c: (c.given["mean"] or 0) * c.people, default=None)
            others = [c for c in work if c is not worst and c.people > 1]
            if worst is None or not others or (worst.given["mean"] or 0) < 0.5:
                continue
            best = others[0]
            found.append(
                say(
                    "class.ask",
                    stage=k.stage,
                    n=worst.people,
                    of=k.people,
                    what=bare(worst.name),
                    points=whole(worst.given["mean"]),
                    best=bare(best.name),
                )
            )
        if topics and topics[0][1]["mean"]:
            found.append(say("class.ask_topic", what=topics[0][0], points=whole(topics[0][1]["mean"]), course=topics[0][2]))
        own = self.ready.scenario.debrief.questions
        return found + [self.teller.tell.text("debrief", "questions", name, "text") for name in own]


def bare(name: str) -> str:
    """Without quotation marks of its own: it stands in some."""
    return name[1:-1] if name[:1] in '“"' and name[-1:] in '”"' else name


def histogram(points: Sequence[float]) -> list[tuple[int, int]]:
    """People in bands of ten points; all below 0 and all from 100 on in one band each."""
    counts: dict[int, int] = defaultdict(int)
    for x in points:
        counts[max(-10, min(100, int(x // 10) * 10))] += 1
    return [(low, counts[low]) for low in range(-10, 101, 10)]
