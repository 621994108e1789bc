"""What a screen shows of a deal, as data in one language. Text play and every screen share it; no rules, no pixels.

It reads visible slots, and hidden ones only through `analysis.belief`.
"""

from __future__ import annotations

from typing import Any

from game.belief.watched import Observation
from game.desk.boards import Boards
from game.desk.cards import Cards, band
from game.desk.gates import Gates
from game.desk.pace import Pace, span
from game.desk.registry import BOARDS
from game.desk.scenes import Scenes
from game.desk.table import Table
from game.desk.views import Cycle, Desk, Front, StageView, TableView
from game.engine.odds import holds
from game.engine.step import is_legal
from game.i18n import Say
from game.scenario.load import Ready
from game.scenario.tables import (
    BIDS_LEFT,
    BIDS_OPEN,
    CLOSES,
    DEBT,
    PHASE,
    RUNNING,
    STAGE,
    STEP,
    WEEK,
    WEEKS_LEFT,
    WINNER,
    WITHDRAW,
    WON,
)
from game.words.conditions import Conditions
from game.words.names import Teller

WEAK_KNOT = 15
WEIGHTY, MUCH_FIRMER = 6, 20
"""From this power on it is told when a rival's hold on somebody is so much firmer than ours."""


class Presenter:
    """Makes desks of a deal. It keeps nothing but what it was made from."""

    def __init__(self, ready: Ready, say: Say) -> None:
        self.ready, self.say = ready, say
        self.tell = Teller(ready, say)
        self.conditions = Conditions(self.tell)
        self.gates = Gates(self.tell)
        self.pace = Pace(self.tell, self.gates)
        self.cards, self.boards = Cards(self.tell, self.gates), Boards(self.tell)
        self.scenes, self.table = Scenes(self.tell, self.cards), Table(self.tell)
        self.sc, self.t, self.ids = ready.scenario, ready.compiled.tables, ready.compiled.ids

    def desk(self, playing: Observation) -> Desk:
        t, s, tell, boards = self.t, playing.state, self.tell, self.boards
        stage = min(s.x[STAGE], t.n_stage - 1)
        cards = self.cards.of_stage(playing)
        table = self.table.view(playing, [c for c in cards if c.options])
        return Desk(
            title=tell.text("title"),
            week=min(s.x[WEEK], t.last_week),
            weeks=t.last_week,
            money=boards.money_left(playing),
            debt=s.x[DEBT] // 100,
            stage=tell.stage(stage),
            stage_at=stage,
            stage_milestone=list(self.sc.stages.values())[stage].milestone // 100,
            phase=tell.phase(s.x[PHASE]),
            step=tell.step(s.x[STEP]),
            stages=[self.stage(playing, g) for g in range(t.n_stage)],
            phases=Cycle([tell.phase(k) for k in range(t.n_phase)], s.x[PHASE]),
            pace=self.pace.view(playing),
            steps=Cycle([tell.step(k) for k in range(t.n_step)], s.x[STEP] if t.n_step else -1),
            fronts=self.fronts(playing),
            front_room=t.fronts,
            free_fronts=t.fronts - s.x[RUNNING],
            attention=self.attention(playing),
            coaching=self.coaching(playing),
            cards=[c for c in cards if c.options],
            locked=[c for c in cards if not c.options],
            people=boards.people(playing),
            unfound=sum(s.x[t.here0 + p] and not s.x[t.found0 + p] for p in range(t.n_person)),
            members=boards.members(playing),
            net=boards.net(playing),
            tree=boards.tree(playing),
            rivals=boards.rivals(playing),
            meters=boards.meters(playing),
            promises=boards.promises(playing),
            positions=boards.strategies(playing, "position"),
            bones=boards.bones(playing),
            gate=self.gates.gate(playing),
            **self.bidding(playing),
            won=bool(s.x[WON]),
            may_withdraw=is_legal(t, s, WITHDRAW),
            negotiating=table is not None,
            scenes=self.scenes.open(playing),
            table=table,
            issues=self.issues(table) if table else [],
            more={entry.key: entry.view(boards, playing) for entry in BOARDS.values() if entry.view},
        )

    def bidding(self, playing: Observation) -> dict[str, Any]:
        """By what is judged, who bids, and how the award would go."""
        award, band, as_if = self.award(playing)
        bidders = [self.tell.bidder(b) for b in range(self.t.n_bidder)] if self.t.award_phase >= 0 else []
        return {
            "award": award,
            "award_band": band,
            "award_if": as_if,
            "criteria": self.boards.criteria(playing),
            "bidders": bidders,
        }

    def issues(self, table: TableView) -> list[tuple[str, int, int]]:
        """What lies on the table, and last the customer's patience: name, how far, of how much."""
        patience = (self.say("quantity.patience"), table.patience, table.patience_full)
        return [*((i.name, i.conceded, i.levels) for i in table.issues), patience]

    def goal(self) -> dict[str, str]:
        """What is asked for, as the briefing says it, by what each line is about."""
        say, deal = self.say, self.sc.deal
        return {
            "money": say("brief.value", money=self.tell.money(deal.value)),
            "calendar": say("brief.weeks", n=deal.weeks),
            "price": say("brief.budget", money=self.tell.money(deal.budget)),
            "hand": say("brief.fronts", n=deal.fronts),
            "trophy": say("brief.pass", points=deal.pass_),
            "star": say("brief.rubric", **self.sc.debrief.weights.shares()),
        }

    def stage(self, playing: Observation, g: int) -> StageView:
        name, now = self.ids.stages[g], playing.state.x[STAGE]
        points = self.gates.points(playing, g) if g == now else []
        return StageView(
            name,
            self.tell.text("stages", name, "name"),
            self.sc.stages[name].milestone // 100,
            "done" if g < now else "now" if g == now else "ahead",
            sum(p.met for p in points),
            len(self.sc.gates.get(name, [])),
        )

    # ---- what is under way and what matters
    def fronts(self, playing: Observation) -> list[Front]:
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

    def attention(self, playing: Observation) -> list[str]:
        """What needs the eye, most pressing first; at most five lines."""
        t, s, say = self.t, playing.state, self.say
        lines = []
        gate = self.gates.gate(playing)
        if gate and gate.honest:
            lines.append(say("attention.gate" if gate.debt == 0 else "attention.gate_debt", stage=gate.stage, debt=gate.debt))
        if s.x[WEEKS_LEFT] <= 3:
            left = s.x[WEEKS_LEFT]
            lines.append(say("attention.weeks", n=left) if left > 0 else say("attention.last_week"))
        lines += self._attention_pace(playing)
        ahead = s.x[STAGE] - s.x[PHASE]
        if ahead >= 2:
            lines.append(say("attention.ahead", phase=self.tell.phase(s.x[PHASE])))
        if ahead <= -2:
            lines.append(say("attention.behind", phase=self.tell.phase(s.x[PHASE])))
        lines += self._attention_sign(playing) + self._attention_people(playing)
        if gate and not gate.honest and len(lines) < 4:
            missing = [p.text for p in gate.points if p.must and not p.met]
            lines.append(say("attention.missing", stage=gate.stage, what=say("list.semicolon").join(missing)))
        if s.x[RUNNING] < t.fronts and len(lines) < 5:
            lines.append(say("attention.free", n=t.fronts - s.x[RUNNING]))
        return lines[:5]

    def _attention_pace(self, playing: Observation) -> list[str]:
        """Dates that come, a bid that is missing, who has a say and was never met."""
        t, s, say = self.t, playing.state, self.say
        lines = []
        bidless = t.award_phase >= 0 and not s.x[WINNER] and not holds(t, s, t.award_cond, 0, 0)
        if bidless and s.x[BIDS_OPEN]:
            lines.append(say("attention.bid_open", week=s.x[CLOSES], n=s.x[BIDS_LEFT]))
        elif bidless and s.x[CLOSES]:
            lines.append(say("attention.bid_late"))
        elif bidless and s.x[PHASE] >= t.award_phase - 1:
            lines.append(say("attention.bid"))
        weeks = self.pace.weeks(s)
        if s.x[PHASE] == t.award_phase - 1 and not s.x[WINNER]:
            lines.append(say("attention.award", weeks=span(say, *weeks)) if weeks else say("attention.award_soon"))
        return lines + self._attention_says(playing)

    def _attention_says(self, playing: Observation) -> list[str]:
        """Whom nobody of ours has met and who has a say now, or in the next phase."""
        say, lines = self.say, []
        for key, ahead in (("attention.say_now", 0), ("attention.say", 1)):
            views = [view for view in self.pace.urgent(playing) if view.ahead == ahead]
            if views:
                who = [say("attention.who", person=v.name or say("pace.somebody"), text=v.text) for v in views]
                lines.append(say(key, people=say("list.and").join(who), phase=views[0].phase))
        return lines

    def _attention_sign(self, playing: Observation) -> list[str]:
        """Preferred is not signed: where the negotiation is."""
        s, talks = playing.state, self.sc.negotiation
        if not s.x[WON] or talks is None or s.x[self.ids.slots.index("patience")] <= 0:
            return []
        signed = "said.signed" in self.ids.slots and s.x[self.ids.slots.index("said.signed")]
        ahead = self.ids.stages.index(talks.stage) - s.x[STAGE]
        if signed or ahead < 0:
            return []
        if ahead == 0:
            return [self.say("attention.sign_now")]
        return [self.say("attention.sign", stage=talks.stage, n=ahead)]

    def _attention_people(self, playing: Observation) -> list[str]:
        t, s, say = self.t, playing.state, self.say
        lines = []
        claims = sum(playing.seen.x[t.heard0 + f] + playing.seen.x[t.denied0 + f] for f in range(t.n_fact))
        if claims:
            lines.append(say("attention.claims", n=claims))
        holes = [
            p
            for p in range(t.n_person)
            if self.boards.known(playing, p)
            and s.x[t.cover0 + p] < WEAK_KNOT * 100
            and self.sc.people[self.ids.people[p]].power >= 7
        ]
        lost = [(self.tell.person(p), hold[0][0]) for p in range(t.n_person) if (hold := self._firmer_hold(playing, p))]
        away = [self.tell.member(m) for m in range(t.n_member) if s.x[t.away0 + m]]
        if away:
            lines.append(say("attention.away", names=say("list.and").join(away)))
        if holes and s.x[STAGE] >= 2 and not s.x[WON]:
            lines.append(say("attention.hole", person=say("list.and").join(self.tell.person(p) for p in holes[:2])))
        if lost and s.x[STAGE] >= 2 and not s.x[WON]:
            lines.append(say("attention.hold", person=lost[0][0], rival=lost[0][1]))
        return lines

    def _firmer_hold(self, playing: Observation, p: int) -> list[tuple[str, int]]:
        """The rivals that seem to hold somebody of weight much more firmly than we do."""
        covered = playing.state.x[self.t.cover0 + p] // 100
        weighty = self.sc.people[self.ids.people[p]].power >= WEIGHTY and self.boards.known(playing, p)
        return [hold for hold in self.boards.holds(playing, p) if hold[1] >= covered + MUCH_FIRMER] if weighty else []

    def coaching(self, playing: Observation) -> list[str]:
        """The coach's notes that hold now, in the scenario's order."""
        found = []
        for name in self.sc.coaching:
            condition = self.ready.conditions["coaching", name, "when"]
            if self.conditions.true(playing.seen, condition, -1):
                found.append(self.tell.text("coaching", name, "text"))
        return found

    # ---- the award
    def award(self, playing: Observation) -> tuple[list[tuple[str, int]], tuple[int, int], bool]:
        """Bidders with their chances in whole percent, as believed, from the criteria on until the award; our own from and to;
        whether that is only if we bid, in the first way there is. Nothing before, and nothing of us once we cannot bid."""
        t, s = self.t, playing.state
        if t.award_phase < 0 or s.x[WINNER] or s.x[PHASE] < max(1, t.award_phase - 3):
            return [], (0, 0), False
        has_bid, branch = holds(t, s, t.award_cond, 0, 0), -1
        missed = t.issue_phase >= 0 and s.x[PHASE] >= t.issue_phase and not s.x[BIDS_OPEN]
        ways = [] if has_bid or missed else self.gates.bids()
        if ways:
            branch = t.roll_branch[t.action_roll[self.ids.actions.index(ways[0])]]
        chances, spread = playing.belief.award_spread(branch)
        names = [self.tell.bidder(b) for b in range(t.n_bidder)]
        if not has_bid:
            names[0] = self.say("award.if_bid" if ways else "award.no_bid", name=names[0])
        rows = [(name, (chances[b] + 50) // 100) for b, name in enumerate(names)]
        return rows, band(chances[0], spread) if has_bid or ways else (0, 0), bool(ways)
