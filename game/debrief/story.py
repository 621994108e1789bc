"""The story of a deal that is over: every decision with its odds and roll, gates and forecasts, and what was hidden.

It is data in one language; screens and reports show it. It judges nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from game.engine.chance import CAME, HAPPENED, MOVED, READ
from game.i18n import Say
from game.play.playing import PLAIN, Happening, Playing, decision_number, start_playing
from game.scenario.load import Ready
from game.scenario.tables import CLAIM, DEBT, ENDED, PASS, PHASE, STAGE, STARTS, STEP, WAIT, WEEK, WINNER, WON, State
from game.scenario.topics import line_of
from game.words.log import Line, Log
from game.words.names import FELT_HOLD, Teller


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class PromiseTold:
    """A promise made: kept, broken or open at the end."""

    text: str
    became: str


@dataclass(frozen=True)
class FactRevealed:
    text: str
    true: bool
    status: str


@dataclass(frozen=True)
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
    forecasts: list[dict[str, Any]]
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
    lesson: str = ""


class Seen(Protocol):
    """A play, and the odds that were shown for each of its decisions."""

    @property
    def playing(self) -> Playing: ...

    @property
    def shown(self) -> Sequence[int | None]: ...


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
        self.log = Log(self.tell)
        self.t, self.ids = ready.compiled.tables, ready.compiled.ids
        self.met: dict[str, set[str]] = {}
        """By stage: the acceptance points that held when its gate was passed, or at the end; known once the steps are told."""

    def story(self) -> Story:
        steps, cycles = self.steps()
        tell, say, result, s = self.tell, self.say, self.playing.result(), self.playing.state
        deal = self.ready.scenario.deal
        ending = self.ready.scenario.endings[self.ids.endings[s.x[ENDED] - 1]]
        name = self.ids.endings[s.x[ENDED] - 1]
        lessons = [st["text"] for st in self.playing.statements if st["kind"] == "lesson"]
        return Story(
            title=tell.text("title"),
            language=say.language,
            seed=self.playing.seed,
            kind=ending.kind,
            kind_words=say(f"kind.{ending.kind}"),
            reason=tell.text("endings", name, "reason"),
            text=tell.text("endings", name, "text"),
            points=result["points"],
            passed=result["points"] >= deal.pass_,
            pass_mark=deal.pass_,
            payoff=tell.money(result["payoff"]),
            weeks=min(result["week"], deal.weeks),
            last_week=deal.weeks,
            decisions=result["decisions"],
            debt=s.x[DEBT] // 100,
            steps=steps,
            forecasts=[st for st in self.playing.statements if st["kind"] == "forecast"],
            plans=self.plans(),
            award=self.award(s),
            people=[self.person(s, p) for p in range(self.t.n_person) if s.x[self.t.here0 + p] or s.x[self.t.found0 + p]],
            facts=[self.fact(s, f) for f in range(self.t.n_fact)],
            moves=[self.move(h) for h in self.playing.happenings if h.kind == MOVED],
            promises=self.promises(s),
            cycles=cycles,
            milestones=[stage.milestone // 100 for stage in self.ready.scenario.stages.values()],
            stages=[tell.stage(g) for g in range(self.t.n_stage)],
            phases=[tell.phase(k) for k in range(self.t.n_phase)],
            lesson=lessons[-1] if lessons else "",
        )

    def steps(self) -> tuple[list[StepTold], list[WeekPoint]]:
        """Every decision, and where the cycles stood, by playing it all again."""
        again = start_playing(self.ready.compiled, self.playing.seed)
        found, cycles = [], [self.point(again.state)]
        self.met = {}
        for number, words in enumerate(self.playing.decisions, 1):
            decision = decision_number(self.ready.compiled, words)
            week, stage = again.state.x[WEEK], again.state.x[STAGE]
            if decision == PASS:
                self.met[self.ids.stages[stage]] = self.points_met(again.state)
            again.decide(decision)
            cycles.append(self.point(again.state))
            found.append(self.step(number, decision, week, stage, self.shown[number - 1]))
        if again.state.x[STAGE] < self.t.n_stage:
            self.met[self.ids.stages[again.state.x[STAGE]]] = self.points_met(again.state)
        return found, cycles

    def points_met(self, s: State) -> set[str]:
        """The acceptance points of all gates that hold, as "stage.point"."""
        gates = [(stage, k, p) for stage, points in self.ready.scenario.gates.items() for k, p in enumerate(points)]
        conditions = self.ready.conditions
        return {f"{g}.{p.id}" for g, k, p in gates if self.tell.true(s, conditions["gates", g, k, "when"], -1)}

    def point(self, s: State) -> WeekPoint:
        t = self.t
        return WeekPoint(min(s.x[WEEK], t.last_week), min(s.x[STAGE], t.n_stage - 1), s.x[PHASE], s.x[STEP])

    def step(self, number: int, decision: int, week: int, stage: int, believed: int | None) -> StepTold:
        rows = self.rows_of(number, decision)
        what, who = self.words(decision, stage)
        came = self.came(number, decision)
        drawn = came is not None and believed is not None and self.branches(came) > 1
        return StepTold(
            number,
            week,
            self.ids.stages[min(stage, self.t.n_stage - 1)],
            what,
            who,
            _percent(believed) if believed is not None and self.arm_branches(decision) > 1 else None,
            _percent(came.odds) if came and drawn else None,
            came.drawn // 100 + 1 if came and drawn else None,
            "" if decision < STARTS else self.grade(came) if came else "open",
            [] if decision >= STARTS and not who and self.tell.choice(self.action_of(decision)) else self.log.lines(rows),
        )

    def action_of(self, decision: int) -> int:
        return self.t.pair_action[self.t.arm_pair[decision - STARTS]]

    def rows_of(self, number: int, decision: int) -> list[Happening]:
        """What belongs to a decision: the end of what it started, whenever that came, and what else happened until the next."""
        own = self.came(number, decision)
        found: list[Happening] = []
        taken = False
        for h in self.playing.happenings:
            if h.kind == CAME:
                taken = h is own
            elif h.kind != READ:
                taken = False
            others = h.after == number and h.kind not in (CAME, READ)
            if taken or others:
                found.append(h)
        return found

    def words(self, decision: int, stage: int) -> tuple[str, str]:
        if decision < STARTS:
            key = "wait" if decision == WAIT else PLAIN[decision]
            return self.say(f"step.{key}", stage=self.tell.stage(stage)), ""
        pair = self.t.arm_pair[decision - STARTS]
        chosen = self.tell.choice(self.t.pair_action[pair])
        if chosen:
            return chosen, ""
        person = self.t.pair_person[pair]
        member = self.tell.member(self.t.arm_member[decision - STARTS])
        who = f"{member} → {self.tell.person(person)}" if person >= 0 else member
        return self.tell.action(self.t.pair_action[pair]), who

    def came(self, number: int, decision: int) -> Happening | None:
        """How the action started with this decision ended."""
        if decision < STARTS:
            return None
        arm = decision - STARTS
        return next((h for h in self.playing.happenings if h.kind == CAME and h.what == arm and h.after >= number), None)

    def arm_branches(self, decision: int) -> int:
        t = self.t
        roll = t.action_roll[t.pair_action[t.arm_pair[decision - STARTS]]]
        return t.roll_end[roll] - t.roll_branch[roll]

    def branches(self, h: Happening) -> int:
        return self.arm_branches(h.what + STARTS)

    def grade(self, h: Happening) -> str:
        t = self.t
        roll = t.action_roll[t.pair_action[t.arm_pair[h.what]]]
        k, n = h.result - t.roll_branch[roll], t.roll_end[roll] - t.roll_branch[roll]
        return "sure" if n == 1 else "success" if k == 0 else "failure" if k == n - 1 else "partly"

    def plans(self) -> list[tuple[str, list[Planned]]]:
        found = []
        for said in self.playing.statements:
            if said["kind"] == "plan":
                tasks = [t for t in said["tasks"] if t["action"] in self.ids.actions and t["owner"] in self.ids.members]
                found.append((said["stage"], [self.planned(said["stage"], task, said["at"]) for task in tasks]))
        return found

    def planned(self, stage: str, task: dict[str, Any], since: int) -> Planned:
        """What became of a task until the next gate was passed: by whom and on whom, how late, and whether it could be seen."""
        action, owner = task["action"], self.ids.members.index(task["owner"])
        on, shows = task.get("on", ""), task.get("proof", "")
        passes = (k for k, w in enumerate(self.playing.decisions) if k > since and w == ["pass"])
        until = next(passes, len(self.playing.decisions))
        starts = [k for k, w in enumerate(self.playing.decisions) if since <= k <= until and w[:2] == ["start", action]]
        ends = [self.came(k + 1, decision_number(self.ready.compiled, self.playing.decisions[k])) for k in starts]
        good = next((h for h in ends if h is not None and self.grade(h) in ("success", "sure")), None)
        last = good or next((h for h in reversed(ends) if h is not None), None)
        notes = []
        if last is not None and last.week > task["week"]:
            notes.append(self.say("plan.late", n=last.week - task["week"]))
        if last is not None and last.member != owner:
            notes.append(self.say("plan.other", name=self.tell.member_short(last.member)))
        if last is not None and on in self.ids.people and last.person != self.ids.people.index(on):
            notes.append(self.say("plan.other_person", name=self.tell.person(last.person)))
        name, whom = self.tell.text("actions", action, "name"), self.tell.text("people", on, "name")
        proof = self.tell.point(shows) if shows in self.ids.points else ""
        return Planned(
            self.say(f"line.{line_of(self.ready.scenario.actions[action].family)}"),
            self.say("log.on", action=name, person=whom) if whom else name,
            self.tell.member_short(owner),
            task["week"],
            "done" if good else "tried" if starts else "open",
            self.say("list.comma").join(notes),
            proof,
            shows in self.met.get(stage, ()),
        )

    def award(self, s: State) -> list[tuple[str, int, bool]]:
        if not s.x[WINNER]:
            return []
        return [(self.tell.bidder(b), _percent(s.bid_odds[b]), b == s.x[WINNER] - 1) for b in range(self.t.n_bidder)]

    def person(self, s: State, p: int) -> Revealed:
        t, name = self.t, self.ids.people[p]
        read = s.x[t.level0 + p] // 100 if s.x[t.read_sure0 + p] else None
        true = max(-2, min(2, round(s.x[t.stance0 + p] / 100)))
        met = bool(s.x[self.ids.slots.index(f"{name}.met")])
        title, coverage = self.tell.text("people", name, "title"), s.x[t.cover0 + p] // 100
        return Revealed(
            self.tell.person(p),
            title,
            read,
            true,
            met,
            coverage,
            self.reached(p),
            self.held(s, p),
            bool(s.x[t.here0 + p]),
            self.tell.text("people", name, "wins", "personal"),
            s.x[t.honest0 + p] > 0 or not self.spoke(p),
        )

    def spoke(self, p: int) -> bool:
        """Whether this person told us anything."""
        return any(h.kind == READ and h.what == CLAIM and h.member == p for h in self.playing.happenings)

    def held(self, s: State, p: int) -> str:
        """The rival whose hold on this person was the firmest at the end."""
        t = self.t
        hold, r = max(((s.x[t.net0 + r * t.n_person + p] // 100, r) for r in range(t.n_rival)), default=(0, 0))
        return self.say("end.held", rival=self.tell.rival_short(r), n=hold) if hold >= FELT_HOLD else ""

    def reached(self, p: int) -> str:
        """The first rival whose move worked on this person."""
        for h in self.playing.happenings:
            if h.kind == MOVED and h.person == p and h.result == self.t.roll_branch[self.t.move_roll[h.what]]:
                return self.say("end.reached", rival=self.tell.rival_short(h.member), week=h.week)
        return ""

    def promises(self, s: State) -> list[PromiseTold]:
        """The ledger: what was promised, and what became of it."""
        broken = {self.ids.events[h.what] for h in self.playing.happenings if h.kind == HAPPENED}
        found = []
        for k, name in enumerate(self.ready.scenario.promises):
            if s.x[self.t.promised0 + k]:
                due = s.x[STAGE] >= self.t.n_stage - 1 and s.x[WON]
                became = "broken" if f"promises.{name}" in broken else "kept" if due else "open"
                found.append(PromiseTold(self.tell.text("promises", name, "text"), became))
        return found

    def fact(self, s: State, f: int) -> FactRevealed:
        t, status = self.t, "unknown"
        for word, block in (("heard", t.heard0), ("denied", t.denied0), ("true", t.knows0), ("false", t.refuted0)):
            if s.x[block + f]:
                status = word
        return FactRevealed(self.tell.fact(f), bool(s.x[t.truth0 + f]), status)

    def move(self, h: Happening) -> RivalMove:
        t = self.t
        roll = t.move_roll[h.what]
        person = self.tell.person(h.person) if h.person >= 0 else ""
        return RivalMove(h.week, self.tell.rival(h.member), self.tell.move(h.what), person, h.result == t.roll_branch[roll])


def _percent(odds: int) -> int:
    return (odds + 50) // 100
