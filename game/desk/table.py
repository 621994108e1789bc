"""The negotiation table: who sits across, what lies on it, what may be said to it."""

from __future__ import annotations

from collections.abc import Sequence

from game.belief.watched import Observation
from game.desk.faces import face_of
from game.desk.views import Card, Face, IssueView, MoveView, TableView
from game.play.happenings import Came
from game.scenario.schema import Issue, Negotiation
from game.scenario.tables import STAGE, WON
from game.words.names import Teller

FAMILY = "negotiation"
MOVES = ("give", "trade", "")
"""Kinds of moves as they are offered: what concerns the issue first."""
ACROSS = ("purchaser", "decider")
"""Whose seat it is where the scenario names nobody, first come first."""


class Table:
    """Makes the table's view in a teller's language."""

    def __init__(self, tell: Teller) -> None:
        self.tell, self.sc, self.t, self.ids = tell, tell.sc, tell.t, tell.ids

    def view(self, playing: Observation, cards: Sequence[Card]) -> TableView | None:
        """The table while we sit at it; `cards`: what can be started now."""
        talks = self.sc.negotiation
        if talks is None or not self.sitting(playing, talks):
            return None
        tell, who = self.tell, self.across(talks)
        issues = [self.issue(playing, name, issue) for name, issue in talks.issues.items()]
        turn = self.turn(playing)
        left = [k for k, issue in enumerate(issues) if issue.conceded < issue.levels]
        gained, one = self.ids.slots.index("their_gain"), self.t.one
        return TableView(
            issues=issues,
            patience=self.value(playing, "patience"),
            patience_full=talks.patience,
            given=tell.money(self.value(playing, "conceded")),
            gained=round(playing.belief.mean(gained) / one[gained]),
            who=tell.speaker(who) if who else "",
            office=tell.text("people", who, "title") if who else "",
            face=face_of(self.sc, self.ids, self.t, playing.seen, who) if who else Face(""),
            opens=tell.ready.texts.in_turn("negotiation.opens", tell.say.language) if talks.opens and not turn else [],
            turn=turn,
            raised=left[turn % len(left)] if left else -1,
            moves=sorted((m for card in cards if (m := self.move(card, talks)) is not None), key=lambda m: MOVES.index(m.kind)),
        )

    def sitting(self, playing: Observation, talks: Negotiation) -> bool:
        """Whether the customer has chosen us and our stage is that of the negotiation."""
        s = playing.state
        return bool(s.x[WON]) and self.ids.stages[min(s.x[STAGE], self.t.n_stage - 1)] == talks.stage

    def across(self, talks: Negotiation) -> str:
        """Who sits across, by their name in the file; '' where the scenario has nobody."""
        if talks.who is not None:
            return talks.who
        seats = [name for role in ACROSS for name, person in self.sc.people.items() if role in person.roles]
        return next(iter([*seats, *self.sc.people]), "")

    def issue(self, playing: Observation, name: str, issue: Issue) -> IssueView:
        """An issue: how far it has gone, and how they raise it now."""
        tell, conceded = self.tell, self.value(playing, f"issue.{name}")
        label = tell.text("negotiation", "issues", name, "name")
        asks = tell.ready.texts.in_turn(f"negotiation.issues.{name}.asks", tell.say.language) if issue.asks else []
        words = asks[min(conceded, len(asks) - 1)] if asks else tell.say("table.raised", issue=label)
        return IssueView(label, conceded, issue.levels, tell.money(issue.cost), words)

    def move(self, card: Card, talks: Negotiation) -> MoveView | None:
        """What can be said at the table at once: to an issue, or to the whole."""
        if card.family != FAMILY or card.weeks:
            return None
        kind, _, name = self.ids.actions[card.action].partition("_")
        if kind not in MOVES or name not in talks.issues:
            return MoveView("", -1, card, card.about)
        issue = talks.issues[name]
        cost, net = self.tell.money(issue.cost), self.tell.money(issue.cost - issue.gets)
        return MoveView(kind, list(talks.issues).index(name), card, self.tell.say(f"table.{kind}", cost=cost, net=net))

    def turn(self, playing: Observation) -> int:
        """How many times something was said at the table: what they bring up next follows from it."""
        t = self.t
        came = (t.pair_action[t.arm_pair[h.arm]] for h in playing.happenings if isinstance(h, Came))
        actions = [self.sc.actions[self.ids.actions[a]] for a in came]
        return sum(action.family == FAMILY and not action.cost.weeks for action in actions)

    def value(self, playing: Observation, slot: str) -> int:
        return playing.state.x[self.ids.slots.index(slot)]
