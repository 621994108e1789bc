"""What a screen shows of a deal, as data in one language. Text play and every screen share it; no rules, no pixels.

It reads visible slots, and hidden ones only through `analysis.belief`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from game.analysis.belief import believed_award, believed_odds
from game.engine.gates import debt_of, required_met
from game.engine.odds import form, holds, rounded
from game.engine.playthrough import Playing
from game.engine.step import arm_open, is_legal, member_open, running
from game.i18n import Say
from game.scenario.load import Ready
from game.scenario.schema import Element
from game.scenario.tables import (
    DEBT,
    MONEY,
    ONE,
    PASS,
    PHASE,
    RUNNING,
    STAGE,
    STARTS,
    STEP,
    WEEK,
    WEEKS_LEFT,
    WINNER,
    WITHDRAW,
    WON,
)
from game.ui.tell import Item, Teller

ELEMENTS: tuple[Element, ...] = ("need", "decision", "rivals", "worth")
STALE_WEEKS = 3
WEAK_KNOT = 15


@dataclass(frozen=True)
class Option:
    """One way to start an action: who does it, on whom, with what odds (whole percent), made up of what."""

    decision: int
    member: str
    person: str
    odds: int
    items: list[Item]


@dataclass(frozen=True)
class Card:
    """An action of the present stage. `why_not` says what stands against it; empty when it can be started."""

    action: int
    name: str
    about: str
    coach: str
    weeks: int
    money: str
    breach: bool
    window: str
    options: list[Option]
    why_not: list[str]

    @property
    def best(self) -> int:
        return max((o.odds for o in self.options), default=0)


@dataclass(frozen=True)
class PersonView:
    name: str
    title: str
    about: str
    wins: str
    roles: list[str]
    level: str
    power: int
    met: bool
    rapport: int
    coverage: int
    stance: str
    """The last reading in words with its age, or that there is none."""
    reports_to: str


@dataclass(frozen=True)
class Knot:
    member: str
    person: str
    strength: int


@dataclass(frozen=True)
class Leaf:
    """A question of the deal tree: `status` is unknown, heard, denied, true or false."""

    text: str
    status: str
    status_words: str


@dataclass(frozen=True)
class Branch:
    element: str
    gauge: int
    leaves: list[Leaf]


@dataclass(frozen=True)
class RivalView:
    name: str
    about: str
    style: str
    intel: str


@dataclass(frozen=True)
class PointView:
    text: str
    must: bool
    met: bool
    missing: list[str]


@dataclass(frozen=True)
class GateView:
    stage: str
    points: list[PointView]
    may_pass: bool
    honest: bool
    debt: int
    last: bool


@dataclass(frozen=True)
class Front:
    action: str
    member: str
    person: str
    weeks_left: int


@dataclass(frozen=True)
class Desk:
    """Everything on the desk at one decision."""

    title: str
    week: int
    weeks: int
    money: str
    debt: int
    stage: str
    stage_milestone: int
    phase: str
    step: str
    fronts: list[Front]
    free_fronts: int
    attention: list[str]
    coaching: list[str]
    cards: list[Card]
    locked: list[Card]
    people: list[PersonView]
    net: list[Knot]
    tree: list[Branch]
    rivals: list[RivalView]
    gate: GateView | None
    award: list[tuple[str, int]]
    may_withdraw: bool
    negotiating: bool
    issues: list[tuple[str, int, int]] = field(default_factory=list)


class Presenter:
    """Makes desks of a deal. It keeps nothing but what it was made from."""

    def __init__(self, ready: Ready, say: Say) -> None:
        self.ready, self.say = ready, say
        self.tell = Teller(ready, say)
        self.sc, self.t, self.ids = ready.scenario, ready.compiled.tables, ready.compiled.ids

    def desk(self, playing: Playing) -> Desk:
        t, s, tell = self.t, playing.state, self.tell
        stage = min(s.x[STAGE], t.n_stage - 1)
        cards = self.cards(playing)
        return Desk(
            title=tell.text("title"),
            week=min(s.x[WEEK], t.last_week),
            weeks=t.last_week,
            money=tell.money(s.x[MONEY]),
            debt=s.x[DEBT] // 100,
            stage=tell.stage(stage),
            stage_milestone=list(self.sc.stages.values())[stage].milestone // 100,
            phase=tell.phase(s.x[PHASE]),
            step=tell.step(s.x[STEP]),
            fronts=self.fronts(playing),
            free_fronts=t.fronts - s.x[RUNNING],
            attention=self.attention(playing),
            coaching=self.coaching(playing),
            cards=[c for c in cards if c.options],
            locked=[c for c in cards if not c.options],
            people=self.people(playing),
            net=self.net(playing),
            tree=self.tree(playing),
            rivals=self.rivals(playing),
            gate=self.gate(playing),
            award=self.award(playing),
            may_withdraw=is_legal(t, s, WITHDRAW),
            negotiating=self.negotiating(playing),
            issues=self.issues(playing),
        )

    # ---- cards
    def cards(self, playing: Playing) -> list[Card]:
        """Every action that this stage offers, in the scenario's order."""
        t, s = self.t, playing.state
        g = min(s.x[STAGE], t.n_stage)
        return [self.card(playing, a) for a in t.stage_action[t.stage_off[g] : t.stage_off[g + 1]]]

    def card(self, playing: Playing, a: int) -> Card:
        t, tell, name = self.t, self.tell, self.ids.actions[a]
        action = self.sc.actions[name]
        arms = [
            arm for pair in range(t.action_pair[a], t.action_pair[a + 1]) for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1])
        ]
        options = [self.option(playing, arm) for arm in arms if arm_open(t, playing.state, arm)]
        window = (
            self.say("card.window", first=tell.phase(t.action_from[a]), last=tell.phase(t.action_to[a])) if action.phase else ""
        )
        return Card(
            a,
            tell.action(a),
            tell.text("actions", name, "about"),
            tell.text("actions", name, "coach"),
            t.action_weeks[a],
            tell.money(t.action_money[a]) if t.action_money[a] else "",
            action.breach,
            window,
            sorted(options, key=lambda o: -o.odds),
            [] if options else self.why_not(playing, a),
        )

    def option(self, playing: Playing, arm: int) -> Option:
        t, s = self.t, playing.state
        pair, member = t.arm_pair[arm], t.arm_member[arm]
        person, roll = t.pair_person[pair], t.action_roll[t.pair_action[pair]]
        odds = believed_odds(t, s, arm)
        return Option(
            STARTS + arm,
            self.tell.member(member),
            self.tell.person(person),
            (odds + 50) // 100,
            self.tell.items(s, roll, person, member),
        )

    def why_not(self, playing: Playing, a: int) -> list[str]:
        """What stands against an action now: for the whole action, else for the person it is nearest to."""
        t, s = self.t, playing.state
        reasons = []
        if s.x[MONEY] < t.action_money[a]:
            reasons.append(self.say("why.money", need=self.tell.money(t.action_money[a])))
        if t.action_weeks[a] > 0 and s.x[RUNNING] >= t.fronts:
            reasons.append(self.say("why.fronts"))
        per_pair = [self.why_not_pair(playing, a, pair) for pair in range(t.action_pair[a], t.action_pair[a + 1])]
        shortest = min(per_pair, key=len, default=[self.say("why.nobody")])
        return list(dict.fromkeys(reasons + shortest)) or [self.say("why.now")]

    def why_not_pair(self, playing: Playing, a: int, pair: int) -> list[str]:
        t, s, name = self.t, playing.state, self.ids.actions[a]
        person = t.pair_person[pair]
        reasons = []
        if s.tries[pair] >= t.action_times[a]:
            reasons.append(self.say("why.times", n=t.action_times[a]))
        if running(t, s, pair):
            reasons.append(self.say("why.running"))
        members = {t.arm_member[arm] for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1])}
        if not any(member_open(t, s, m) for m in members):
            reasons.append(self.say("why.members", names=self.say("list.or").join(self.tell.member(m) for m in sorted(members))))
        on = self.sc.actions[name].on
        if on and person >= 0:
            met = s.x[self.ids.slots.index(f"{self.ids.people[person]}.met")]
            if on.met and not met:
                reasons.append(self.say("why.not_met", person=self.tell.person(person)))
            if on.met is False and met:
                reasons.append(self.say("why.met", person=self.tell.person(person)))
        condition = self.ready.conditions.get(("actions", name, "when"))
        if condition is not None:
            reasons += [self.say("why.needs", what=words) for words in self.tell.unmet(s, condition, person)]
        return reasons

    # ---- what is under way and what matters
    def fronts(self, playing: Playing) -> list[Front]:
        t, s = self.t, playing.state
        found = []
        for f in range(t.fronts):
            arm = s.front_arm[f]
            if arm >= 0:
                pair = t.arm_pair[arm]
                found.append(
                    Front(
                        self.tell.action(t.pair_action[pair]),
                        self.tell.member(t.arm_member[arm]),
                        self.tell.person(t.pair_person[pair]),
                        s.front_left[f],
                    )
                )
        return found

    def attention(self, playing: Playing) -> list[str]:
        """What needs the eye, most pressing first; at most five lines."""
        t, s, say = self.t, playing.state, self.say
        lines = []
        gate = self.gate(playing)
        if gate and gate.honest:
            lines.append(say("attention.gate" if gate.debt == 0 else "attention.gate_debt", stage=gate.stage, debt=gate.debt))
        if s.x[WEEKS_LEFT] <= 3:
            lines.append(say("attention.weeks", n=s.x[WEEKS_LEFT]))
        ahead = s.x[STAGE] - s.x[PHASE]
        if ahead >= 2:
            lines.append(say("attention.ahead", phase=self.tell.phase(s.x[PHASE])))
        if ahead <= -2:
            lines.append(say("attention.behind", phase=self.tell.phase(s.x[PHASE])))
        if s.x[PHASE] >= t.award_phase - 1 >= 0 and not s.x[WON] and not holds(t, s, t.award_cond, 0, 0):
            lines.append(say("attention.bid"))
        lines += self._attention_people(playing)
        if s.x[RUNNING] < t.fronts and len(lines) < 5:
            lines.append(say("attention.free", n=t.fronts - s.x[RUNNING]))
        return lines[:5]

    def _attention_people(self, playing: Playing) -> list[str]:
        t, s, say = self.t, playing.state, self.say
        lines = []
        claims = sum(s.x[t.heard0 + f] + s.x[t.denied0 + f] for f in range(t.n_fact))
        if claims:
            lines.append(say("attention.claims", n=claims))
        holes = [
            p for p in range(t.n_person) if s.x[t.cover0 + p] < WEAK_KNOT * 100 and self.sc.people[self.ids.people[p]].power >= 7
        ]
        if holes and s.x[STAGE] >= 2:
            lines.append(say("attention.hole", person=say("list.and").join(self.tell.person(p) for p in holes[:2])))
        return lines

    def coaching(self, playing: Playing) -> list[str]:
        """The coach's notes that hold now, in the scenario's order."""
        found = []
        for name in self.sc.coaching:
            condition = self.ready.conditions["coaching", name, "when"]
            if self.tell.true(playing.state, condition, -1):
                found.append(self.tell.text("coaching", name, "text"))
        return found

    # ---- boards
    def people(self, playing: Playing) -> list[PersonView]:
        """Everyone who has been found."""
        t, s, tell, say = self.t, playing.state, self.tell, self.say
        found = []
        for p, name in enumerate(self.ids.people):
            person = self.sc.people[name]
            if not s.x[t.found0 + p]:
                continue
            boss = tell.text("people", person.reports_to, "name") if person.reports_to else ""
            found.append(
                PersonView(
                    tell.person(p),
                    tell.text("people", name, "title"),
                    tell.text("people", name, "about"),
                    tell.text("people", name, "wins"),
                    [say(f"role.{r}") for r in person.roles],
                    say(f"level.{person.level}"),
                    person.power,
                    bool(s.x[self.ids.slots.index(f"{name}.met")]),
                    s.x[self.ids.slots.index(f"{name}.rapport")] // 100,
                    s.x[t.cover0 + p] // 100,
                    self.stance_words(playing, p),
                    boss,
                )
            )
        return found

    def stance_words(self, playing: Playing, p: int) -> str:
        t, s, say = self.t, playing.state, self.say
        sure = s.x[t.read_sure0 + p]
        if not sure:
            return say("stance.unread")
        level, age = s.x[t.level0 + p] // 100, s.x[WEEK] - s.x[t.read_week0 + p]
        return say(
            "stance.old" if age >= STALE_WEEKS else "stance.read",
            level=say(f"stance.{level}"),
            week=s.x[t.read_week0 + p],
            sure=sure // 100,
        )

    def net(self, playing: Playing) -> list[Knot]:
        t, s = self.t, playing.state
        return [
            Knot(self.tell.member(m), self.tell.person(p), s.x[t.knot0 + m * t.n_person + p] // 100)
            for m in range(t.n_member)
            for p in range(t.n_person)
            if s.x[t.knot0 + m * t.n_person + p] > 0
        ]

    def tree(self, playing: Playing) -> list[Branch]:
        """The four elements with their gauges and questions."""
        found = []
        gauges = dict(zip(self.sc.gauges, self.t.gauge_form, strict=True))
        for element in ELEMENTS:
            leaves = [self.leaf(playing, f) for f, name in enumerate(self.ids.facts) if self.sc.facts[name].element == element]
            gauge = gauges.get(element, -1)
            value = rounded(form(self.t, playing.state, gauge, 0, 0, 0), ONE) if gauge >= 0 else 0
            if leaves or gauge >= 0:
                found.append(Branch(self.say(f"element.{element}"), max(0, min(100, value)), leaves))
        return found

    def leaf(self, playing: Playing, f: int) -> Leaf:
        t, s, say = self.t, playing.state, self.say
        status = "unknown"
        for word, block in (("heard", t.heard0), ("denied", t.denied0), ("true", t.knows0), ("false", t.refuted0)):
            if s.x[block + f]:
                status = word
        name = self.ids.facts[f]
        question = self.tell.text("facts", name, "question")
        text = question if status == "unknown" and question else self.tell.fact(f)
        return Leaf(text, status, say(f"leaf.{status}"))

    def rivals(self, playing: Playing) -> list[RivalView]:
        s, tell, say = playing.state, self.tell, self.say
        found = []
        for r, name in enumerate(self.ids.rivals):
            intel = say("intel.none")
            if s.intel_move[r] >= 0:
                who = s.intel_person[r]
                intel = say(
                    "intel.move" if who < 0 else "intel.move_on",
                    move=tell.move(s.intel_move[r]),
                    person=tell.person(who),
                    week=s.intel_week[r],
                )
            found.append(
                RivalView(tell.rival(r), tell.text("rivals", name, "about"), say(f"style.{self.sc.rivals[name].style}"), intel)
            )
        return found

    def gate(self, playing: Playing) -> GateView | None:
        """The present stage's gate; None when all are passed."""
        t, s = self.t, playing.state
        g = s.x[STAGE]
        if g >= t.n_stage:
            return None
        name = self.ids.stages[g]
        points = []
        for k, point in enumerate(self.sc.gates.get(name, [])):
            missing = self.tell.unmet(s, self.ready.conditions["gates", name, k, "when"])
            holds_now = not missing
            text = self.tell.text("gates", name, point.id, "text")
            points.append(PointView(text, point.must, holds_now, [m for m in missing if text not in m]))
        return GateView(
            self.tell.stage(g), points, is_legal(t, s, PASS), required_met(t, s), debt_of(t, s) // 100, g == t.n_stage - 1
        )

    # ---- award and negotiation
    def award(self, playing: Playing) -> list[tuple[str, int]]:
        """Bidders with their chances in whole percent, as believed, from the criteria on until the award; else nothing."""
        t, s = self.t, playing.state
        if t.award_phase < 0 or s.x[WINNER] or s.x[PHASE] < max(1, t.award_phase - 3):
            return []
        chances = believed_award(t, s)
        return [(self.tell.bidder(b), (chances[b] + 50) // 100) for b in range(t.n_bidder)]

    def negotiating(self, playing: Playing) -> bool:
        return bool(
            self.sc.negotiation
            and playing.state.x[WON]
            and self.ids.stages[min(playing.state.x[STAGE], self.t.n_stage - 1)] == self.sc.negotiation.stage
        )

    def issues(self, playing: Playing) -> list[tuple[str, int, int]]:
        """(issue, level conceded, levels) of the negotiation, with patience as the last line."""
        if not self.negotiating(playing) or not self.sc.negotiation:
            return []
        x, slots = playing.state.x, self.ids.slots
        rows = [
            (self.tell.text("negotiation", "issues", n, "name"), x[slots.index(f"issue.{n}")], i.levels)
            for n, i in self.sc.negotiation.issues.items()
        ]
        return [*rows, (self.say("quantity.patience"), x[slots.index("patience")], self.sc.negotiation.patience)]
