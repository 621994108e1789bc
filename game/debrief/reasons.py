"""Why a decision was worse than another, in the scenario's words: from what could be seen when it was taken."""

from __future__ import annotations

from game.belief.belief import Term
from game.engine.odds import aim, odds, place
from game.i18n import Say
from game.judging.judgement import Judged
from game.play.decisions import action_of
from game.scenario.load import Ready
from game.scenario.tables import CENT, ENDED, MONEY, PASS, PHASE, PHASE_GAP, STARTS, WAIT, WEEK, WITHDRAW, WITHDRAWN, State
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
        found = [*self.fatal(s, end), *self.against(j.decision, s), *self.instead(j, s)][:MOST]
        return found or [self.say("why.worth", points=f"{j.measured:.1f}", win=round(100 * j.win_regret))]

    def fatal(self, s: State, end: State | None) -> list[str]:
        """Whether the decision ended the deal on the spot, and by what."""
        if end is None or end.x[WEEK] > s.x[WEEK] or end.x[WITHDRAWN]:
            return []
        slots = self.tell.ids.slots
        patience = slots.index("patience") if "patience" in slots else -1
        if patience >= 0 and s.x[patience] > 0 >= end.x[patience]:
            return [self.say("why.patience", left=round(s.x[patience] / self.t.one[patience]))]
        return [self.say("why.ended", reason=self.tell.text("endings", self.tell.ids.endings[end.x[ENDED] - 1], "reason"))]

    def against(self, decision: int, s: State) -> list[str]:
        """What spoke against the decision."""
        if decision == WAIT:
            return [self.say("why.waited")]
        if decision == WITHDRAW:
            return [self.say("why.withdrew")]
        if decision == PASS:
            return [self.say("why.passed")]
        found = []
        t, arm = self.t, decision - STARTS
        if t.action_breach[action_of(self.t, decision)]:
            found.append(self.say("why.breach"))
        terms = self.terms(s, arm)
        roll = t.action_roll[action_of(self.t, decision)]
        if s.x[PHASE_GAP] and any(term.slot == PHASE_GAP for term in terms):
            points = next(term.points for term in terms if term.slot == PHASE_GAP)
            found.append(self.say("why.phase", phase=self.tell.phase(s.x[PHASE]), points=f"{-points:.0f}"))
        rest = sorted((term for term in terms if term.slot != PHASE_GAP and term.points <= -WEIGHTY), key=lambda x: x.points)
        found += [self.say("why.term", what=self.tell.term(s, x.slot), points=f"{-x.points:.0f}") for x in rest[:2]]
        chance = odds(t, s, arm, t.shift)
        if t.roll_end[roll] - t.roll_branch[roll] > 1 and chance < UNLIKELY:
            found.append(self.say("why.odds", odds=round(chance / 100)))
        return found + self.price(s, arm)

    def price(self, s: State, arm: int) -> list[str]:
        """What a start uses up that was scarce: favours, money, time."""
        t, say, a, m = self.t, self.say, self.t.pair_action[self.t.arm_pair[arm]], self.t.arm_member[arm]
        found = []
        left = s.x[t.uses0 + m] - 1
        if not t.action_free[a] and left <= FEW_FAVOURS:
            found.append(say("why.favour", who=self.tell.member(m), left=left))
        money = t.action_money[a]
        if money and money * 5 >= s.x[MONEY]:
            found.append(say("why.money", money=self.tell.money(money), left=self.tell.money(s.x[MONEY] - money)))
        if t.action_weeks[a] >= LONG:
            found.append(say("why.weeks", n=t.action_weeks[a]))
        return found

    def instead(self, j: Judged, s: State) -> list[str]:
        """What spoke for the better one."""
        t, say = self.t, self.say
        if j.best == PASS:
            return [say("why.pass")]
        if j.best == WAIT:
            return [say("why.wait")]
        if j.best == WITHDRAW:
            return [say("why.withdraw")]
        arm = j.best - STARTS
        a = action_of(self.t, j.best)
        found = [say("why.free")] if t.action_free[a] else []
        if j.decision >= STARTS and action_of(self.t, j.decision) == a:
            same = t.pair_person[t.arm_pair[arm]] == t.pair_person[t.arm_pair[j.decision - STARTS]]
            found.append(say("why.member" if same else "why.person"))
        return found + self.likelier(j, s)

    def likelier(self, j: Judged, s: State) -> list[str]:
        """Whether the better one was the likelier to succeed, and what helped it most."""
        t, arm = self.t, j.best - STARTS
        roll = t.action_roll[action_of(self.t, j.best)]
        chance = odds(t, s, arm, t.shift)
        over = odds(t, s, j.decision - STARTS, t.shift) if j.decision >= STARTS else 0
        likelier = t.roll_end[roll] - t.roll_branch[roll] > 1 and chance >= over + CLEARLY
        most = max(self.terms(s, arm), key=lambda x: x.points, default=None)
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
