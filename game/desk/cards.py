"""The actions of the present stage as cards: who can do them on whom, with what odds, or what stands against them."""

from __future__ import annotations

from dataclasses import replace

from game.belief.watched import Observation
from game.desk.gates import Gates
from game.desk.views import Card, Option
from game.engine.step import (
    NO_FRONT,
    NO_MONEY,
    OPEN,
    TRIED_OUT,
    UNDER_WAY,
    action_refusal,
    asked,
    is_legal,
    member_refusal,
    pair_refusal,
)
from game.scenario.operations import read_amount
from game.scenario.tables import STAGE, STARTS
from game.words.conditions import Conditions
from game.words.names import Teller


def band(chance: int, spread: int) -> tuple[int, int]:
    """A chance from and to, in whole percent: a standard deviation of what is not known either way. Both in 1/10000."""
    return max(0, (chance - spread + 50) // 100), min(100, (chance + spread + 50) // 100)


class Cards:
    """Makes cards for a teller's scenario and language."""

    def __init__(self, tell: Teller, gates: Gates) -> None:
        self.tell, self.say, self.ready, self.gates = tell, tell.say, tell.ready, gates
        self.conditions = Conditions(tell)
        self.sc, self.t, self.ids = tell.sc, tell.t, tell.ids
        self.bids = frozenset(gates.bids())

    def of_stage(self, playing: Observation) -> list[Card]:
        """Every action that this stage offers, in the scenario's order."""
        t, s = self.t, playing.state
        g = min(s.x[STAGE], t.n_stage)
        serving = self.gates.serving(playing)
        return [self.card(playing, a, serving) for a in t.stage_action[t.stage_off[g] : t.stage_off[g + 1]]]

    def of_action(self, playing: Observation, a: int) -> Card:
        """One action's card."""
        return self.card(playing, a, self.gates.serving(playing))

    def about(self, playing: Observation, *, person: int = -1, member: int = -1) -> list[Card]:
        """What the stage offers on this person or by this member; what can be started first."""
        t = self.t
        found = []
        for card in self.of_stage(playing):
            arms = self.arms(card.action)
            if person >= 0:
                arms = [arm for arm in arms if t.pair_person[t.arm_pair[arm]] == person]
            if member >= 0:
                arms = [arm for arm in arms if t.arm_member[arm] == member]
            if arms:
                found.append(self.narrowed(playing, card, arms))
        return sorted(found, key=lambda c: not c.options)

    def narrowed(self, playing: Observation, card: Card, arms: list[int]) -> Card:
        """The card with only these ways to do it, and what stands against them."""
        options = [o for o in card.options if o.decision - STARTS in arms]
        reasons = [] if options else card.why_not
        pairs = {self.t.arm_pair[arm] for arm in arms}
        if not options and len(pairs) == 1:
            reasons = self.why_not(playing, card.action, pairs.pop())
        members = {self.t.arm_member[arm] for arm in arms}
        if not options and not any(member_refusal(self.t, playing.state, m) == OPEN for m in members):
            names = self.say("list.and").join(self.tell.member(m) for m in sorted(members))
            reasons = [self.say("why.busy", name=names)]
        return replace(card, options=options, why_not=reasons)

    def card(self, playing: Observation, a: int, serving: dict[str, list[str]]) -> Card:
        t, tell, name = self.t, self.tell, self.ids.actions[a]
        action = self.sc.actions[name]
        options = [self.option(playing, arm) for arm in self.arms(a) if is_legal(t, playing.state, STARTS + arm)]
        window = (
            self.say("card.window", first=tell.phase(t.action_from[a]), last=tell.phase(t.action_to[a])) if action.phase else ""
        )
        return Card(
            action=a,
            name=tell.action(a),
            about=tell.text("actions", name, "about"),
            coach=self.checked(playing, name) or tell.text("actions", name, "coach"),
            weeks=t.action_weeks[a],
            money=tell.money(t.action_money[a]) if t.action_money[a] else "",
            breach=action.breach,
            window=window,
            options=sorted(options, key=lambda o: -o.odds),
            why_not=[] if options else self.why_not(playing, a),
            family=action.family or "",
            serves=serving.get(name, []),
            bid=self.bid(playing, a) if options and name in self.bids else "",
        )

    def bid(self, playing: Observation, a: int) -> str:
        """What a bid at this price is worth: our chance if it goes in, and what it gives away."""
        t, money = self.t, self.sc.actions[self.ids.actions[a]].outcomes["success"].effects.get("conceded", "0")
        chances, spread = playing.belief.award_spread(t.roll_branch[t.action_roll[a]])
        low, high = band(chances[0], spread)
        amount = read_amount(money)
        given = int(amount[1]) if amount else 0
        if not given:
            return self.say("card.bid_full", low=low, high=high)
        return self.say("card.bid", low=low, high=high, money=self.tell.money(given))

    def arms(self, a: int) -> list[int]:
        """Every (member, person) of an action."""
        t = self.t
        pairs = range(t.action_pair[a], t.action_pair[a + 1])
        return [arm for pair in pairs for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1])]

    def option(self, playing: Observation, arm: int) -> Option:
        t, s = self.t, playing.state
        pair, member = t.arm_pair[arm], t.arm_member[arm]
        person, roll = t.pair_person[pair], t.action_roll[t.pair_action[pair]]
        odds, spread, terms, cut = playing.belief.odds(s, arm)
        return Option(
            decision=STARTS + arm,
            member=self.member(playing, member),
            person=self.tell.person(person),
            title=self.tell.text("people", self.ids.people[person], "title") if person >= 0 else "",
            odds=(odds + 50) // 100,
            band=(spread + 50) // 100,
            items=self.tell.items(s, terms, t.form_c[t.roll_odds[roll]], cut),
            member_at=member,
            person_at=person,
        )

    def member(self, playing: Observation, m: int) -> str:
        """A member by name; one whose favours are counted, with how many are left."""
        limited = self.sc.team[self.ids.members[m]].uses is not None
        left = playing.state.x[self.t.uses0 + m]
        return self.tell.member(m) + (self.say("card.uses", n=left) if limited else "")

    def why_not(self, playing: Observation, a: int, only: int = -1) -> list[str]:
        """What stands against an action now: for the whole action, then for the pair `only`, else for the nearest one."""
        t, s = self.t, playing.state
        waiting = asked(t, s)
        if waiting >= 0 and t.action_scene[a] != waiting:
            return [self.say("why.asked")]
        refused = action_refusal(t, s, a)
        reasons = [self.say("why.budget", need=self.tell.money(t.action_money[a]))] if refused == NO_MONEY else []
        if refused == NO_FRONT:
            reasons.append(self.say("why.fronts"))
        pairs = [only] if only >= 0 else range(t.action_pair[a], t.action_pair[a + 1])
        per_pair = [self.why_not_pair(playing, a, pair) for pair in pairs]
        shortest = min(per_pair, key=lambda why: (why != [self.say("why.running")], len(why)), default=[self.say("why.nobody")])
        if len(per_pair) > 1 and self.sc.actions[self.ids.actions[a]].on and all(self.unmet_first(playing, a, p) for p in pairs):
            shortest = [self.say("why.nobody_met")]
        return list(dict.fromkeys(reasons + shortest)) or [self.say("why.now")]

    def unmet_first(self, playing: Observation, a: int, pair: int) -> bool:
        """Whether the action asks that the person has been met, and they have not."""
        on, person = self.sc.actions[self.ids.actions[a]].on, self.t.pair_person[pair]
        slot = self.ids.slots.index(f"{self.ids.people[person]}.met") if person >= 0 else -1
        return bool(on and on.met and slot >= 0 and not playing.state.x[slot])

    def why_not_pair(self, playing: Observation, a: int, pair: int) -> list[str]:
        t, s, name = self.t, playing.state, self.ids.actions[a]
        person = t.pair_person[pair]
        refused = pair_refusal(t, s, pair)
        if refused == UNDER_WAY:
            return [self.say("why.running")]
        reasons = (
            [self.say("why.once" if t.action_times[a] == 1 else "why.times", n=t.action_times[a])] if refused == TRIED_OUT else []
        )
        members = {t.arm_member[arm] for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1])}
        if not any(member_refusal(t, s, m) == OPEN for m in members):
            reasons.append(self.say("why.members", names=self.say("list.or").join(self.tell.member(m) for m in sorted(members))))
        if person >= 0 and not (s.x[t.found0 + person] and s.x[t.here0 + person]):
            reasons.append(self.say("why.not_found"))
        elif person >= 0:
            reasons += self._why_not_met(playing, name, person)
        condition = self.ready.conditions.get(("actions", name, "when"))
        if condition is not None:
            reasons += [self.say("why.needs", what=words) for words in self.conditions.unmet(playing.seen, condition, person)]
        return reasons

    def _why_not_met(self, playing: Observation, name: str, person: int) -> list[str]:
        on = self.sc.actions[name].on
        met = playing.state.x[self.ids.slots.index(f"{self.ids.people[person]}.met")]
        if on and on.met and not met:
            ways = self.ways_to_meet(person)
            key = "why.how_to_meet" if ways else "why.not_met"
            return [self.say(key, person=self.tell.person(person), ways=self.say("list.or").join(ways[:2]))]
        if on and on.met is False and met:
            return [self.say("why.met", person=self.tell.person(person))]
        return []

    def ways_to_meet(self, person: int) -> list[str]:
        """The actions after which this person has been met, with the stage from which they are offered."""
        t, found = self.t, []
        for a, name in enumerate(self.ids.actions):
            action = self.sc.actions[name]
            reaches = any(t.pair_person[p] == person for p in range(t.action_pair[a], t.action_pair[a + 1]))
            own = f"{self.ids.people[person]}.met"
            meets = any(("target.met" in o.effects and reaches) or own in o.effects for o in action.outcomes.values())
            if meets and not action.breach and t.action_scene[a] < 0:
                found.append(self.say("way", action=self.tell.action(a), stage=action.stage[0]))
        return found

    def checked(self, playing: Observation, name: str) -> str:
        """Which hearsay an action would check, or ''."""
        t, s = self.t, playing.state
        if not any(o.checks for o in self.sc.actions[name].outcomes.values()):
            return ""
        first = next((f for f in range(t.n_fact) if s.x[t.heard0 + f] + s.x[t.denied0 + f]), -1)
        return self.say("card.checks", fact=self.tell.fact(first)) if first >= 0 else ""
