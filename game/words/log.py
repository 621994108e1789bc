"""What happened, told in the scenario's words: which branch came, what moved and by how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game.engine import chance
from game.engine.odds import place
from game.play.playing import Happening
from game.scenario.tables import ADD_FORM, CLAIM, INTEL, READ_PERSON, READ_TARGET, SET, SPENT, VERIFY
from game.words.names import FLAGS_OF_PERSON, Teller

UNTOLD_BLOCKS = ("said.", "knot.", "issue.", "promised.", "uses.", "held.", "bend.", "bone.")
UNTOLD = frozenset({"carried", "positions", "foreseen", "their_gain"})
"""Quantities whose changes the branch's own words tell well enough."""


@dataclass(frozen=True)
class Line:
    """A line of the log. `mood` is good, bad or plain; `detail` says what moved."""

    week: int
    text: str
    detail: str = ""
    mood: str = "plain"


class Log:
    """Makes lines of happenings; what the trainee is not told makes none."""

    def __init__(self, tell: Teller) -> None:
        self.tell, self.say, self.t = tell, tell.say, tell.t

    def lines(self, happenings: Iterable[Happening]) -> list[Line]:
        found = []
        for h in happenings:
            maker = getattr(self, f"_{MAKERS[h.kind]}", None) if h.kind in MAKERS else None
            line = maker(h) if maker else None
            if line is not None:
                found.append(line)
        return found

    def _came(self, h: Happening) -> Line:
        t, tell = self.t, self.tell
        pair = t.arm_pair[h.what]
        a = t.pair_action[pair]
        if tell.choice(a):
            return Line(h.week, tell.choice(a))
        roll = t.action_roll[a]
        k = h.result - t.roll_branch[roll]
        n = t.roll_end[roll] - t.roll_branch[roll]
        grade = "sure" if n == 1 else "success" if k == 0 else "failure" if k == n - 1 else "partly"
        about = tell.action(a) if h.person < 0 else self.say("log.on", action=tell.action(a), person=tell.person(h.person))
        text = self.say(f"log.{grade}", what=about, said=tell.spoken(h.result, h.before))
        shown = (
            self.say("log.roll", odds=(h.odds + 50) // 100, drawn=h.drawn // 100 + 1) if n > 1 and tell.all_visible(roll) else ""
        )
        mood = "good" if grade in ("success", "sure") else "bad" if grade == "failure" else "plain"
        return Line(h.week, text, self._joined([shown, self.moved(h.result, h.person, h.member)]), mood)

    def _happened(self, h: Happening) -> Line | None:
        if self.t.branch_told[h.result] != 1:
            return None
        text = self.say("log.event", what=self.tell.event(h.what), said=self.tell.spoken(h.result, h.before))
        return Line(h.week, text, self.moved(h.result, 0, 0), self._mood(h.result))

    def _moved(self, h: Happening) -> Line | None:
        if self.t.branch_told[h.result] != 1 or not self.tell.spoken(h.result, h.before):
            return None
        text = self.say(
            "log.rival", rival=self.tell.rival(h.member), what=self.tell.move(h.what), said=self.tell.spoken(h.result, h.before)
        )
        return Line(h.week, text, self.moved(h.result, h.person, 0), self._mood(h.result))

    def _turned(self, h: Happening) -> Line:
        return Line(h.week, self.say("log.phase", phase=self.tell.phase(h.what)), self.moved(h.result, 0, 0))

    def _stepped(self, h: Happening) -> Line:
        return Line(h.week, self.say("log.step", step=self.tell.step(h.what)), self.moved(h.result, 0, 0))

    def _awarded(self, h: Happening) -> Line:
        key = "log.award_us" if h.result == 0 else "log.award"
        return Line(
            h.week,
            self.say(key, winner=self.tell.bidder(h.result)),
            "",
            "good" if h.result == 0 else "bad",
        )

    def _passed(self, h: Happening) -> Line:
        return Line(
            h.week,
            self.say("log.passed", stage=self.tell.stage(h.what)),
            self.say("log.debt", n=h.odds // 100) if h.odds else "",
            "plain" if h.odds else "good",
        )

    def _claimed(self, h: Happening) -> Line:
        return Line(h.week, self.say("log.claimed", stage=self.tell.stage(h.what)), self.moved(h.result, 0, 0), "bad")

    def _dropped(self, h: Happening) -> Line:
        values = {"person": self.tell.person(h.person), "member": self.tell.member_short(h.member)}
        action = self.tell.action(self.t.pair_action[self.t.arm_pair[h.what]])
        return Line(h.week, self.say("log.dropped", action=action, **values), "", "bad")

    def _read(self, h: Happening) -> Line | None:
        tell, say = self.tell, self.say
        if h.what in (READ_TARGET, READ_PERSON):
            return Line(
                h.week, say("log.stance", person=tell.person(h.person), level=say(f"stance.{h.result}"), sure=h.odds // 100)
            )
        if h.what == CLAIM:
            key = "log.heard" if h.result else "log.denied"
            who = tell.person(h.member) if h.member >= 0 else say("somebody")
            return Line(h.week, say(key, person=who, fact=tell.fact(h.person)))
        if h.what == VERIFY:
            return Line(h.week, say("log.verified" if h.result else "log.refuted", fact=tell.fact(h.person)))
        if h.what == INTEL:
            rival = tell.rival_short(h.person)
            return Line(h.week, say("log.intel", rival=rival, move=tell.move(h.result), person=tell.person(h.member) or "—"))
        return None

    def moved(self, branch: int, person: int, member: int) -> str:
        """The quantities a branch moved that can be seen, with by how much; a stance only by its direction."""
        t, tell = self.t, self.tell
        found = []
        for k in range(t.branch_effect[branch], t.branch_effect[branch + 1]):
            slot = place(t, t.effect_slot[k], person, member, 0)
            name, op, amount = tell.slot_name(slot), t.effect_op[k], t.effect_amount[k]
            if name.startswith(UNTOLD_BLOCKS) or name in UNTOLD or slot == SPENT:
                continue
            label = tell.quantity(name)
            if name.endswith(FLAGS_OF_PERSON):
                found.append(tell.said_of(name, amount))
            elif t.stance0 <= slot < t.stance0 + t.n_person and op == ADD_FORM:
                continue  # somebody new thinks what they came with
            elif slot >= t.hidden or op == ADD_FORM:
                found.append(f"{label} {'↑' if amount > 0 or op == ADD_FORM else '↓'}")
            else:
                number = f"{amount / t.one[slot]:g}" if t.one[slot] > 1 else f"{amount:,}"
                found.append(f"{label} = {number}" if op == SET else f"{label} {'+' if amount > 0 else '−'}{number.lstrip('-')}")
        return self.say("list.comma").join(found)

    def _mood(self, branch: int) -> str:
        t = self.t
        total = sum(
            t.gain[t.effect_slot[k]] * t.effect_amount[k]
            for k in range(t.branch_effect[branch], t.branch_effect[branch + 1])
            if t.effect_op[k] == 0 and t.effect_slot[k] < t.n_slot
        )
        return "good" if total > 0 else "bad"

    def _joined(self, parts: list[str]) -> str:
        return self.say("list.semicolon").join(p for p in parts if p)


MAKERS = {
    chance.CAME: "came",
    chance.HAPPENED: "happened",
    chance.MOVED: "moved",
    chance.TURNED: "turned",
    chance.STEPPED: "stepped",
    chance.AWARDED: "awarded",
    chance.PASSED: "passed",
    chance.CLAIMED: "claimed",
    chance.READ: "read",
    chance.DROPPED: "dropped",
}
