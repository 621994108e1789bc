"""The story of a deal that is over: every decision with its odds and roll, gates and forecasts, and what was hidden.

It is data in one language; screens and reports show it. It judges nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from game.debrief.proposed import proposed_lines
from game.engine.odds import holds
from game.i18n import Say
from game.play import outcomes
from game.play.decisions import PLAIN, action_of, event_of, injected, starts
from game.play.happenings import Came, Happening, Reading, RivalMoved
from game.play.outcomes import TaskOutcome
from game.play.playing import Playing
from game.play.statements import ForecastSaid, LessonSaid, all_of, last_of
from game.play.walk import Moment, walk
from game.scenario.load import Ready
from game.scenario.tables import DEBT, ENDED, PHASE, STAGE, STARTS, STEP, WAIT, WEEK, State
from game.scenario.topics import line_of
from game.words.log import Line, Log
from game.words.names import FELT_HOLD, Teller

TOLD = 5
"""Sentences of the epilogue told at most."""


@dataclass(frozen=True, kw_only=True)
class StepTold:
    """A decision: what was chosen when, with which odds, and what came of it. Odds and roll in whole percent."""

    number: int
    week: int
    stage: str
    what: str
    who: str
    believed: int | None
    """The chance of full success as it was shown; None where nothing is drawn."""
    true: int | None
    """The chance with what was hidden; None where it never came to a draw."""
    roll: int | None
    """What was drawn, 1 … 100: success up to the true chance."""
    came: str
    """success, partly, failure, sure, open (never finished) or '' for what is no action."""
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class Revealed:
    """A person as last read, and as it was."""

    name: str
    title: str
    read: int | None
    true: int
    met: bool
    coverage: int = 0
    """How firmly we held the contact at the end, 0 … 100."""
    reached: str = ""
    """Which rival worked on them, from which week on, in words; '' for none."""
    held: str = ""
    """Which rival held them at the end and how firmly, in words; '' for none."""
    here: bool = True
    """Whether they were still with the customer at the end."""
    personal: str = ""
    """What they wanted for themselves, in words; '' where the scenario says nothing of it."""
    honest: bool = True
    """Whether what they told us, if anything, was meant as it was said."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A task of a plan: on which line, what and with whom, who and by when; `became` is done, tried or open, `note` what was
    otherwise; `proof` what was to show it, and whether it was there when the gate was passed, or at the end."""

    line: str
    action: str
    owner: str
    week: int
    became: str
    note: str
    proof: str = ""
    proven: bool = False


@dataclass(frozen=True, kw_only=True)
class PromiseTold:
    """A promise made: kept, broken or open at the end."""

    text: str
    became: str


@dataclass(frozen=True, kw_only=True)
class FactRevealed:
    text: str
    true: bool
    status: str


@dataclass(frozen=True, kw_only=True)
class RivalMove:
    week: int
    rival: str
    move: str
    person: str
    worked: bool


@dataclass(frozen=True)
class WeekPoint:
    """Where the three cycles stood in a week."""

    week: int
    stage: int
    phase: int
    step: int


@dataclass(frozen=True)
class Became:
    """What became of somebody: their name in the file, their name, the sentence."""

    key: str
    who: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Story:
    title: str
    language: str
    seed: int
    kind: str
    kind_words: str
    reason: str
    text: str
    points: int
    passed: bool
    pass_mark: int
    payoff: str
    weeks: int
    last_week: int
    decisions: int
    debt: int
    steps: list[StepTold]
    forecasts: list[ForecastSaid]
    plans: list[tuple[str, list[Planned]]]
    """(stage, what was planned for it)."""
    award: list[tuple[str, int, bool]]
    """(bidder, true chance in percent, won); empty when it was never drawn."""
    people: list[Revealed]
    facts: list[FactRevealed]
    moves: list[RivalMove]
    promises: list[PromiseTold]
    cycles: list[WeekPoint]
    milestones: list[int] = field(default_factory=list)
    """Planned progress at the end of each stage, in percent of the weeks."""
    stages: list[str] = field(default_factory=list)
    phases: list[str] = field(default_factory=list)
    epilogue: list[Became] = field(default_factory=list)
    lesson: str = ""


class Seen(Protocol):
    """A play, and the odds that were shown for each of its decisions."""

    @property
    def playing(self) -> Playing: ...

    @property
    def shown(self) -> Sequence[int | None]: ...


@dataclass(frozen=True)
class Shown:
    """A play with the odds that were shown, as they were kept."""

    playing: Playing
    shown: Sequence[int | None]


@dataclass(frozen=True)
class Unseen:
    """A play of which nobody asks what was shown."""

    playing: Playing

    @property
    def shown(self) -> Sequence[int | None]:
        return [None] * len(self.playing.decisions)


def tell_story(ready: Ready, watched: Seen, say: Say) -> Story:
    """The story of a playthrough that is over."""
    return StoryTeller(ready, watched, say).story()


class StoryTeller:
    """Puts what happened into one language."""

    def __init__(self, ready: Ready, watched: Seen, say: Say) -> None:
        self.ready, self.playing, self.shown, self.say = ready, watched.playing, watched.shown, say
        self.tell = Teller(ready, say)
        self.log = Log(self.tell, self.playing.happenings)
        self.t, self.ids = ready.compiled.tables, ready.compiled.ids

    def story(self) -> Story:
        moments = list(walk(self.playing))
        tell, say, result, s = self.tell, self.say, self.playing.result(), self.playing.state
        deal = self.ready.scenario.deal
        name = self.ids.endings[s.x[ENDED] - 1]
        lesson = last_of(self.playing.statements, LessonSaid)
        return Story(
            title=tell.text("title"),
            language=say.language,
            seed=self.playing.seed,
            kind=self.ready.scenario.endings[name].kind,
            kind_words=say(f"kind.{self.ready.scenario.endings[name].kind}"),
            reason=tell.text("endings", name, "reason"),
            text=tell.text("endings", name, "text"),
            points=result["points"],
            passed=result["points"] >= deal.pass_,
            pass_mark=deal.pass_,
            payoff=tell.money(result["payoff"]),
            weeks=self.playing.week,
            last_week=deal.weeks,
            decisions=result["decisions"],
            debt=s.x[DEBT] // 100,
            steps=[self.step(m) for m in moments],
            forecasts=all_of(self.playing.statements, ForecastSaid),
            plans=self.plans(),
            award=self.award(),
            people=self.people(),
            facts=[self.fact(s, f) for f in range(self.t.n_fact)],
            moves=[self.move(h) for h in self.playing.happenings if isinstance(h, RivalMoved)],
            promises=self.promises(),
            cycles=[self.point(at) for at in (*(m.before for m in moments), s)],
            milestones=[stage.milestone // 100 for stage in self.ready.scenario.stages.values()],
            stages=[tell.stage(g) for g in range(self.t.n_stage)],
            phases=[tell.phase(k) for k in range(self.t.n_phase)],
            epilogue=self.epilogue(s),
            lesson=lesson.text if lesson else "",
        )

    def epilogue(self, s: State) -> list[Became]:
        """What became of people, the first `TOLD` sentences that hold; of each of them one."""
        found: dict[str, Became] = {}
        for k, (name, after) in enumerate(self.ready.scenario.epilogue.items()):
            if after.who not in found and len(found) < TOLD and holds(self.t, s, self.t.epilogue_cond[k], 0, 0):
                found[after.who] = Became(after.who, self.tell.speaker(after.who), self.tell.text("epilogue", name, "text"))
        return list(found.values())

    def point(self, s: State) -> WeekPoint:
        t = self.t
        return WeekPoint(min(s.x[WEEK], t.last_week), min(s.x[STAGE], t.n_stage - 1), s.x[PHASE], s.x[STEP])

    def step(self, m: Moment) -> StepTold:
        stage, believed = m.before.x[STAGE], self.shown[m.number - 1]
        what, who = self.words(m.decision, stage)
        came = outcomes.came_to(self.playing, m.number, m.decision)
        work = starts(self.t, m.decision)
        many = outcomes.branches_of(self.t, action_of(self.t, m.decision)) if work else 1
        drawn = came is not None and believed is not None and many > 1
        choice = work and not who and self.tell.choice(action_of(self.t, m.decision))
        return StepTold(
            number=m.number,
            week=m.before.x[WEEK],
            stage=self.ids.stages[min(stage, self.t.n_stage - 1)],
            what=what,
            who=who,
            believed=_percent(believed) if believed is not None and many > 1 else None,
            true=_percent(came.odds) if came and drawn else None,
            roll=came.drawn // 100 + 1 if came and drawn else None,
            came="" if not work else outcomes.grade_came(self.t, came) if came else "open",
            lines=[
                *proposed_lines(self.playing, m.number, m.before.x[WEEK], stage, self.words, self.say),
                *([] if choice else self.log.lines(self.rows_of(m.number, came))),
            ],
        )

    def rows_of(self, number: int, own: Came | None) -> list[Happening]:
        """What belongs to a decision: the end of what it started, whenever that came, and what else happened until the next."""
        found: list[Happening] = []
        taken = False
        for h in self.playing.happenings:
            if isinstance(h, Came):
                taken = h is own
            elif not isinstance(h, Reading):
                taken = False
            others = h.after == number and not isinstance(h, (Came, Reading))
            if taken or others:
                found.append(h)
        return found

    def words(self, decision: int, stage: int) -> tuple[str, str]:
        """What was decided, and who with whom."""
        if injected(self.t, decision) >= 0:
            return self.say("step.inject", what=self.tell.event(event_of(self.t, decision))), ""
        if decision < STARTS:
            key = "wait" if decision == WAIT else PLAIN[decision]
            return self.say(f"step.{key}", stage=self.tell.stage(stage)), ""
        action = action_of(self.t, decision)
        chosen = self.tell.choice(action)
        if chosen:
            return chosen, ""
        person = self.t.pair_person[self.t.arm_pair[decision - STARTS]]
        member = self.tell.member(self.t.arm_member[decision - STARTS])
        return self.tell.action(action), f"{member} → {self.tell.person(person)}" if person >= 0 else member

    def plans(self) -> list[tuple[str, list[Planned]]]:
        return [(stage, [self.planned(one) for one in tasks]) for stage, tasks in outcomes.plans(self.playing)]

    def planned(self, one: TaskOutcome) -> Planned:
        """A task with what was otherwise than planned."""
        tell, say, task, came = self.tell, self.say, one.task, one.came
        notes = []
        if one.late:
            notes.append(say("plan.late", n=one.late))
        if came and one.other_member:
            notes.append(say("plan.other", name=tell.member_short(came.member)))
        if came and one.other_person:
            notes.append(say("plan.other_person", name=tell.person(came.person)))
        name, whom = tell.text("actions", task.action, "name"), tell.text("people", task.on or "", "name")
        return Planned(
            line=say(f"line.{line_of(self.ready.scenario.actions[task.action].family)}"),
            action=say("log.on", action=name, person=whom) if whom else name,
            owner=tell.member_short(self.ids.members.index(task.owner)),
            week=task.week,
            became=one.became,
            note=say("list.comma").join(notes),
            proof=tell.point(task.proof) if task.proof in self.ids.points else "",
            proven=one.proven,
        )

    def award(self) -> list[tuple[str, int, bool]]:
        won = outcomes.winner(self.playing)
        return [(self.tell.bidder(b), odds, b == won) for b, odds in enumerate(outcomes.award_odds(self.playing))]

    def people(self) -> list[Revealed]:
        """Who was there at the end, and who had been found before leaving."""
        x, t = self.playing.state.x, self.t
        return [self.person(p) for p in range(t.n_person) if x[t.here0 + p] or x[t.found0 + p]]

    def person(self, p: int) -> Revealed:
        t, s, name = self.t, self.playing.state, self.ids.people[p]
        return Revealed(
            name=self.tell.person(p),
            title=self.tell.text("people", name, "title"),
            read=outcomes.read_level(t, s, p),
            true=outcomes.stance_level(t, s, p),
            met=bool(s.x[t.met0 + p]),
            coverage=s.x[t.cover0 + p] // 100,
            reached=self.reached(p),
            held=self.held(s, p),
            here=bool(s.x[t.here0 + p]),
            personal=self.tell.text("people", name, "wins", "personal"),
            honest=s.x[t.honest0 + p] > 0 or not outcomes.spoke(self.playing, p),
        )

    def held(self, s: State, p: int) -> str:
        """The rival whose hold on this person was the firmest at the end."""
        t = self.t
        hold, r = max(((s.x[t.net0 + r * t.n_person + p] // 100, r) for r in range(t.n_rival)), default=(0, 0))
        return self.say("end.held", rival=self.tell.rival_short(r), n=hold) if hold >= FELT_HOLD else ""

    def reached(self, p: int) -> str:
        """The first rival whose move worked on this person."""
        for h in self.playing.happenings:
            if isinstance(h, RivalMoved) and h.person == p and outcomes.rival_succeeded(self.t, h):
                return self.say("end.reached", rival=self.tell.rival_short(h.rival), week=h.week)
        return ""

    def promises(self) -> list[PromiseTold]:
        """The ledger: what was promised, and what became of it."""
        found = outcomes.promises(self.ids, self.t, self.playing.state, self.playing.happenings)
        return [PromiseTold(text=self.tell.text("promises", p.name, "text"), became=p.became) for p in found]

    def fact(self, s: State, f: int) -> FactRevealed:
        true = bool(s.x[self.t.truth0 + f])
        return FactRevealed(text=self.tell.fact(f), true=true, status=outcomes.fact_status(self.t, s, f))

    def move(self, h: RivalMoved) -> RivalMove:
        return RivalMove(
            week=h.week,
            rival=self.tell.rival(h.rival),
            move=self.tell.move(h.move),
            person=self.tell.person(h.person) if h.person >= 0 else "",
            worked=outcomes.rival_succeeded(self.t, h),
        )


def _percent(odds: int) -> int:
    return (odds + 50) // 100
