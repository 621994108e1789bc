"""Why a decision was worse than another, in the scenario's words: from what could be seen when it was taken, and only from what
differs between the two."""

from __future__ import annotations

from game.belief.belief import Term
from game.debrief.figures import whole
from game.engine.odds import aim, odds, place
from game.i18n import Say
from game.judging.judgement import Judged
from game.play.decisions import action_of
from game.scenario.load import Ready
from game.scenario.tables import (
    CENT,
    CERTAIN,
    ENDED,
    MONEY,
    PASS,
    PHASE,
    PHASE_GAP,
    RUNNING,
    STARTS,
    WAIT,
    WEEK,
    WITHDRAW,
    WITHDRAWN,
    State,
)
from game.words.names import Teller

UNLIKELY = 5_000
"""Odds below which they speak against a decision, in 1/10000."""
CLEARLY = 500
"""What the better one's odds must be ahead by to be named, in 1/10000."""
FEW_FAVOURS = 2
LONG = 4
MOST = 4
"""Reasons given at most."""
WEIGHTY = 3.0
"""Points of odds below which a term is not worth a word."""


class Reasons:
    """Finds the reasons in one language."""

    def __init__(self, ready: Ready, tell: Teller, say: Say) -> None:
        self.t, self.tell, self.say = ready.compiled.tables, tell, say

    def of(self, j: Judged, s: State, end: State | None = None) -> list[str]:
        """Why the better decision was better, from what could be seen then; `end` is how the deal ended, after its last one."""
        found = [*self.fatal(s, end), *self.against(j, s), *self.instead(j, s)][:MOST]
        return found or [self.say("why.worth", points=whole(j.measured), win=round(100 * j.win_regret))]

    def fatal(self, s: State, end: State | None) -> list[str]:
        """Whether the decision ended the deal on the spot, and by what."""
        if end is None or end.x[WEEK] > s.x[WEEK] or end.x[WITHDRAWN]:
            return []
        slots = self.tell.ids.slots
        patience = slots.index("patience") if "patience" in slots else -1
        if patience >= 0 and s.x[patience] > 0 >= end.x[patience]:
            return [self.say("why.patience", left=round(s.x[patience] / self.t.one[patience]))]
        return [self.say("why.ended", reason=self.tell.text("endings", self.tell.ids.endings[end.x[ENDED] - 1], "reason"))]

    def against(self, j: Judged, s: State) -> list[str]:
        """What spoke against the decision and not as much against the better one."""
        t, best = self.t, j.best
        work = best >= STARTS and not t.action_free[action_of(t, best)]
        if j.decision == WAIT:
            return [self.say("why.waited")] if work else []
        if j.decision == WITHDRAW:
            return [self.say("why.withdrew")]
        if j.decision == PASS:
            return [self.say("why.passed")] if work else []
        found = [self.say("why.breach")] if t.action_breach[action_of(t, j.decision)] else []
        for term in self.worse_terms(j, s):
            if term.slot == PHASE_GAP:
                words = {"phase": self.tell.phase(s.x[PHASE]), "points": f"{-term.points:.0f}"}
                found.append(self.say("why.phase", **words))
            else:
                found.append(self.say("why.term", what=self.tell.term(s, term.slot), points=f"{-term.points:.0f}"))
        chance = self.chance(j.decision, s)
        if chance < min(UNLIKELY, self.chance(best, s) - CLEARLY):
            found.append(self.say("why.odds", odds=round(chance / 100)))
        return found + self.price(j, s)

    def worse_terms(self, j: Judged, s: State) -> list[Term]:
        """What cost the decision odds that it did not cost the better one: the phase first, then the two that cost most."""
        other = self.by_slot(j.best, s)
        found = []
        for term in self.terms(s, j.decision - STARTS):
            less = term.points - min(0.0, other.get(term.slot, 0.0))
            if less <= -WEIGHTY:
                found.append(Term(term.slot, less, term.believed))
        phase = [term for term in found if term.slot == PHASE_GAP]
        return phase + sorted((term for term in found if term.slot != PHASE_GAP), key=lambda x: x.points)[:2]

    def by_slot(self, decision: int, s: State) -> dict[int, float]:
        """A start's terms in points by slot; none for what is no start."""
        return {term.slot: term.points for term in self.terms(s, decision - STARTS)} if decision >= STARTS else {}

    def chance(self, decision: int, s: State) -> int:
        """The odds of a start as they were seen, in 1/10000; certain for what is no start or has one way to come out."""
        if decision < STARTS:
            return CERTAIN
        roll = self.t.action_roll[action_of(self.t, decision)]
        return (
            odds(self.t, s, decision - STARTS, self.t.shift) if self.t.roll_end[roll] - self.t.roll_branch[roll] > 1 else CERTAIN
        )

    def price(self, j: Judged, s: State) -> list[str]:
        """What the decision used up that was scarce and that the better one spares: favours, money, time."""
        t, say = self.t, self.say
        a, m = action_of(t, j.decision), t.arm_member[j.decision - STARTS]
        other = action_of(t, j.best) if j.best >= STARTS else -1
        found = []
        left = s.x[t.uses0 + m] - 1
        same = other >= 0 and not t.action_free[other] and t.arm_member[j.best - STARTS] == m
        if not t.action_free[a] and left <= FEW_FAVOURS and not same:
            found.append(say("why.favour", who=self.tell.member(m), left=left))
        money = t.action_money[a]
        if money * 5 >= s.x[MONEY] and money > (t.action_money[other] if other >= 0 else 0):
            found.append(say("why.money", money=self.tell.money(money), left=self.tell.money(s.x[MONEY] - money)))
        if t.action_weeks[a] >= max(LONG, 1 + (t.action_weeks[other] if other >= 0 else 0)):
            found.append(say("why.weeks", n=t.action_weeks[a]))
        return found

    def instead(self, j: Judged, s: State) -> list[str]:
        """What spoke for the better one and not as much for the decision."""
        t, say = self.t, self.say
        if j.best == PASS:
            return [say("why.pass")]
        if j.best == WAIT:
            return [say("why.wait" if s.x[RUNNING] else "why.wait_idle")]
        if j.best == WITHDRAW:
            return [say("why.withdraw")]
        arm = j.best - STARTS
        a = action_of(t, j.best)
        found = (
            [say("why.free")]
            if t.action_free[a] and not (j.decision >= STARTS and t.action_free[action_of(t, j.decision)])
            else []
        )
        if j.decision >= STARTS and action_of(t, j.decision) == a:
            same = t.pair_person[t.arm_pair[arm]] == t.pair_person[t.arm_pair[j.decision - STARTS]]
            found.append(say("why.member" if same else "why.person"))
        return found + self.likelier(j, s)

    def likelier(self, j: Judged, s: State) -> list[str]:
        """Whether the better one was the likelier to succeed, and what helped it most that did not help the decision as much."""
        chance = self.chance(j.best, s)
        over = self.chance(j.decision, s) if j.decision >= STARTS else 0
        likelier = CERTAIN > chance >= over + CLEARLY
        own = self.by_slot(j.decision, s)
        more = [Term(x.slot, x.points - max(0.0, own.get(x.slot, 0.0)), x.believed) for x in self.terms(s, j.best - STARTS)]
        most = max(more, key=lambda x: x.points, default=None)
        values: dict[str, object] = {"odds": round(chance / 100)}
        if most is not None and most.points >= WEIGHTY:
            values |= {"what": self.tell.term(s, most.slot), "points": f"{most.points:.0f}"}
            return [self.say("why.better_for" if likelier else "why.for", **values)]
        return [self.say("why.better_odds", **values)] if likelier else []

    def terms(self, s: State, arm: int) -> list[Term]:
        """The terms of a start's odds, hidden ones as they were estimated then, in points."""
        t = self.t
        aim(t, s, arm)
        pair = t.arm_pair[arm]
        f = t.roll_odds[t.action_roll[t.pair_action[pair]]]
        found = []
        for k in range(t.form_off[f], t.form_off[f + 1]):
            slot = place(t, t.term_slot[k], t.pair_person[pair], t.arm_member[arm], 0)
            value = s.x[slot + t.shift] if slot >= t.hidden else s.x[slot]
            found.append(Term(slot, t.term_coef[k] * value / (CENT * 100), slot >= t.hidden))
        return found
