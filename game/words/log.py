"""What happened, told in the scenario's words: which branch came, what moved and by how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any

from game.engine.odds import place
from game.play.happenings import (
    Awarded,
    Came,
    ClaimHeard,
    EventCame,
    FactProved,
    GateClaimed,
    GatePassed,
    Happening,
    IntelHeard,
    PhaseTurned,
    RivalMoved,
    StanceRead,
    StepTaken,
    WorkDropped,
)
from game.play.outcomes import branches_of, grade_of
from game.scenario.operations import OPERATIONS, by_form
from game.scenario.tables import SPENT
from game.words.names import FLAGS_OF_PERSON, Teller

SCENE = "scene_"
"""Before the names of events by which scenes come."""
UNTOLD_BLOCKS = ("said.", "knot.", "issue.", "promised.", "uses.", "held.", "bend.", "bone.", "scene.", "answered.")
UNTOLD = frozenset({"carried", "positions", "foreseen", "their_gain"})
"""Quantities whose changes the branch's own words tell well enough."""


Branched = Came | EventCame | RivalMoved | PhaseTurned | StepTaken | GateClaimed
"""What comes with a branch, and so with effects."""


@dataclass(frozen=True)
class Line:
    """A line of the log. `mood` is good, bad or plain; `detail` says what moved; `who` it is about, by their name in the file."""

    week: int
    text: str
    _: KW_ONLY
    detail: str = ""
    mood: str = "plain"
    who: str = ""
    said: str = ""
    """The scenario's own words in it, where somebody answers us."""
    weight: int = 0
    """How much it matters beside the others of its week."""


class Log:
    """Makes lines of happenings; what the trainee is not told makes none. `happened` is all there was in the deal: by it nobody
    is met twice. `numbers`: whether odds and rolls are told."""

    def __init__(self, tell: Teller, happened: Iterable[Happening] = (), numbers: bool = True) -> None:
        self.tell, self.say, self.t, self.numbers = tell, tell.say, tell.t, numbers
        self.stale = stale_flags(tell, happened)

    def lines(self, happenings: Iterable[Happening]) -> list[Line]:
        found, happened = [], list(happenings)
        proved = {(h.week, h.fact) for h in happened if isinstance(h, FactProved)}
        for h in happened:
            if isinstance(h, ClaimHeard) and (h.week, h.fact) in proved:
                continue  # what was proved in the same week needs no hearsay
            maker, weight = MAKERS.get(type(h), (None, 0))
            line = maker(self, h) if maker else None
            if line is not None:
                found.append(replace(line, weight=weight))
        return found

    def _came(self, h: Came) -> Line:
        t, tell = self.t, self.tell
        a = t.pair_action[t.arm_pair[h.arm]]
        if tell.choice(a):
            return Line(h.week, tell.choice(a))
        grade = grade_of(t, a, h.branch)
        about = tell.action(a) if h.person < 0 else self.say("log.on", action=tell.action(a), person=tell.person(h.person))
        said = tell.spoken(h.branch, h.before, h.person if h.person >= 0 else tell.across(a))
        missed = grade == "failure"
        text = self.say(f"log.{grade}", what=about, said=said) if t.action_scene[a] < 0 else self.answered(a, said, missed)
        seen = branches_of(t, a) > 1 and tell.all_visible(t.action_roll[a])
        seen = seen and self.numbers
        shown = self.say("log.roll", odds=(h.odds + 50) // 100, drawn=h.drawn // 100 + 1) if seen else ""
        mood = "good" if grade in ("success", "sure") else "bad" if grade == "failure" else "plain"
        scene = t.action_scene[a]
        who = self.person(h.person) if scene < 0 else tell.sc.scenes[tell.ready.compiled.scenes[scene]].who
        return Line(h.week, text, detail=self._joined([shown, self.moved(h, h.person, h.member)]), mood=mood, who=who, said=said)

    def answered(self, a: int, said: str, missed: bool) -> str:
        """What we said in a scene, whether it missed, and what came of it."""
        scene = self.tell.ready.compiled.scenes[self.t.action_scene[a]]
        about = self.tell.sc.scenes[scene]
        who, what = self.tell.speaker(about.who), self.tell.action(a)
        key = "followed" if about.place == "paper" else "answered"
        return self.say(f"log.{key}_missed" if missed else f"log.{key}", who=who, what=what, said=said)

    def _event(self, h: EventCame) -> Line | None:
        if self.t.branch_told[h.branch] != 1:
            return None
        name = self.tell.ids.events[h.event]
        scene = self.tell.sc.scenes.get(name.removeprefix(SCENE)) if name.startswith(SCENE) else None
        what, said = self.tell.event(h.event), self.tell.spoken(h.branch, h.before)
        text = self.say("log.scene" if scene else "log.event", what=what, said=said)
        return Line(h.week, text, detail=self.moved(h), mood=self._mood(h.branch, "plain"), who=scene.who if scene else "")

    def person(self, p: int) -> str:
        """The name in the file; '' for nobody."""
        return self.tell.ids.people[p] if p >= 0 else ""

    def _rival(self, h: RivalMoved) -> Line | None:
        said = self.tell.spoken(h.branch, h.before)
        if self.t.branch_told[h.branch] != 1 or not said:
            return None
        text = self.say("log.rival", rival=self.tell.rival(h.rival), what=self.tell.move(h.move), said=said)
        worked = h.branch == self.t.roll_branch[self.t.move_roll[h.move]]
        mood = self._mood(h.branch, "bad" if worked else "plain")
        return Line(h.week, text, detail=self.moved(h, h.person), mood=mood, who=self.tell.ids.rivals[h.rival])

    def _turned(self, h: PhaseTurned) -> Line:
        return Line(h.week, self.say("log.phase", phase=self.tell.phase(h.phase)), detail=self.moved(h))

    def _stepped(self, h: StepTaken) -> Line:
        return Line(h.week, self.say("log.step", step=self.tell.step(h.step)), detail=self.moved(h))

    def _awarded(self, h: Awarded) -> Line:
        ours = h.winner == 0
        text = self.say("log.award_us" if ours else "log.award", winner=self.tell.bidder(h.winner))
        return Line(h.week, text, mood="good" if ours else "bad")

    def _passed(self, h: GatePassed) -> Line:
        detail = self.say("log.debt", n=h.debt // 100) if h.debt else ""
        return Line(
            h.week, self.say("log.passed", stage=self.tell.stage(h.stage)), detail=detail, mood="plain" if h.debt else "good"
        )

    def _claimed(self, h: GateClaimed) -> Line:
        return Line(h.week, self.say("log.claimed", stage=self.tell.stage(h.stage)), detail=self.moved(h), mood="bad")

    def _dropped(self, h: WorkDropped) -> Line:
        values = {"person": self.tell.person(h.person), "member": self.tell.member_short(h.member)}
        action = self.tell.action(self.t.pair_action[self.t.arm_pair[h.arm]])
        return Line(h.week, self.say("log.dropped", action=action, **values), mood="bad")

    def _stance(self, h: StanceRead) -> Line:
        values = {"person": self.tell.person(h.person), "level": self.say(f"stance.{h.level}"), "sure": h.sure // 100}
        return Line(h.week, self.say("log.stance", **values), who=self.person(h.person))

    def _heard(self, h: ClaimHeard) -> Line:
        who = self.tell.person(h.source) if h.source >= 0 else self.say("somebody")
        text = self.say("log.heard" if h.says else "log.denied", person=who, fact=self.tell.fact(h.fact))
        return Line(h.week, text, who=self.person(h.source))

    def _proved(self, h: FactProved) -> Line:
        return Line(h.week, self.say("log.verified" if h.true else "log.refuted", fact=self.tell.fact(h.fact)))

    def _intel(self, h: IntelHeard) -> Line:
        rival, move = self.tell.rival_short(h.rival), self.tell.move(h.move)
        return Line(h.week, self.say("log.intel", rival=rival, move=move, person=self.tell.person(h.person) or "—"))

    def moved(self, h: Branched, person: int = 0, member: int = 0) -> str:
        """The quantities a branch moved that can be seen, with by how much; a stance only by its direction."""
        t = self.t
        added: dict[int, int] = {}
        parts: list[tuple[int, int, int]] = []
        for k in range(t.branch_effect[h.branch], t.branch_effect[h.branch + 1]):
            slot, op = place(t, t.effect_slot[k], person, member, 0), t.effect_op[k]
            if OPERATIONS[op].adds and not by_form(op):
                if slot not in added:
                    parts.append((slot, op, k))
                added[slot] = added.get(slot, 0) + t.effect_amount[k]
            else:
                parts.append((slot, op, k))
        sizes = ((slot, op, added.get(slot, t.effect_amount[k])) for slot, op, k in parts)
        return self.say("list.comma").join(filter(None, (self.change(h, *part) for part in sizes)))

    def change(self, h: Branched, slot: int, op: int, amount: int) -> str:
        """What came of one quantity; '' where that is not told."""
        t, tell, name = self.t, self.tell, self.tell.slot_name(slot)
        if name.startswith(UNTOLD_BLOCKS) or name in UNTOLD or slot == SPENT:
            return ""
        label = tell.quantity(name)
        if name.endswith(FLAGS_OF_PERSON):
            return "" if (id(h), slot) in self.stale else tell.said_of(name, amount)
        if t.stance0 <= slot < t.stance0 + t.n_person and by_form(op):
            return ""  # somebody new thinks what they came with
        if by_form(op) or (slot >= t.hidden and not OPERATIONS[op].adds):
            return self.say("effect.moved", what=label)
        if slot >= t.hidden:
            return self.say("effect.up" if amount > 0 else "effect.down", what=label)
        number = f"{amount / t.one[slot]:g}" if t.one[slot] > 1 else f"{amount:,}"
        sign = "+" if amount > 0 else "−"
        return self.say(OPERATIONS[op].told, what=label, sign=sign, size=number.lstrip("-"), number=number)

    def _mood(self, branch: int, otherwise: str) -> str:
        """Good or bad by what it adds to the gauges; `otherwise` where that is nothing."""
        t = self.t
        total = sum(
            t.gain[t.effect_slot[k]] * t.effect_amount[k]
            for k in range(t.branch_effect[branch], t.branch_effect[branch + 1])
            if OPERATIONS[t.effect_op[k]].adds and not by_form(t.effect_op[k]) and t.effect_slot[k] < t.n_slot
        )
        return "good" if total > 0 else "bad" if total < 0 else otherwise

    def _joined(self, parts: list[str]) -> str:
        return self.say("list.semicolon").join(p for p in parts if p)


def stale_flags(tell: Teller, happened: Iterable[Happening]) -> set[tuple[int, int]]:
    """What sets a flag of a person that stands so already, as (identity of the happening, slot): nothing to tell."""
    t, now, found = tell.t, list(tell.t.x0), set()
    for h in happened:
        if not isinstance(h, Branched):
            continue
        for k in range(t.branch_effect[h.branch], t.branch_effect[h.branch + 1]):
            slot = place(t, t.effect_slot[k], max(0, getattr(h, "person", 0)), max(0, getattr(h, "member", 0)), 0)
            if tell.slot_name(slot).endswith(FLAGS_OF_PERSON):
                if now[slot] == t.effect_amount[k]:
                    found.add((id(h), slot))
                now[slot] = t.effect_amount[k]
    return found


MAKERS: dict[type[Happening], tuple[Callable[[Log, Any], Line | None], int]] = {
    Awarded: (Log._awarded, 100),
    EventCame: (Log._event, 80),
    PhaseTurned: (Log._turned, 70),
    GateClaimed: (Log._claimed, 65),
    WorkDropped: (Log._dropped, 65),
    Came: (Log._came, 90),
    RivalMoved: (Log._rival, 55),
    GatePassed: (Log._passed, 50),
    FactProved: (Log._proved, 45),
    IntelHeard: (Log._intel, 35),
    StepTaken: (Log._stepped, 30),
    ClaimHeard: (Log._heard, 25),
    StanceRead: (Log._stance, 20),
}
"""What makes the line of each kind, and what comes first where a week is told: what changes the deal before what one has learnt.
The others make no line."""
