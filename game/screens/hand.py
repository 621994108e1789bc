"""The hand: the cards that can be played, and whom they are about. What is chosen here is no part of the deal."""

from __future__ import annotations

from game.desk.views import Card, Desk, MemberView
from game.i18n import Say
from game.screens.desk_head import sit_down
from game.screens.layout import Box, Node
from game.screens.messages import ChooseAll, ChooseForGate, ChooseMember, ChoosePerson, TakeBack, TurnPage
from game.screens.pictures.cardbox import card_box
from game.screens.pictures.people import about_member
from game.screens.screen import Look, Screen
from game.screens.widgets import BODY, SMALL, Text, chip, grid, row
from game.session.session import Session

PAGE = 8
ON_BOARDS = ("strategy", "premortem")
"""Families whose actions stand on boards of their own, not among the cards."""


class Hand(Screen):
    """The part of the desk from which one acts."""

    def __init__(self, play: Session) -> None:
        self.play = play
        self.person = self.member = -1
        self.gate_only = False
        self.page = 0
        self.places: list[int] = []
        self.places_of: tuple[int, ...] = ()
        self.tab = "now"
        self.dossier = True
        """Whether whoever is chosen is shown, rather than a board."""
        self.say = Say("zh")

    def subjects(self, desk: Desk, look: Look) -> Box:
        """Whom the cards are about."""
        say = look.say
        everything = self.person < 0 and self.member < 0 and not self.gate_only
        chips = [sit_down(say)] if desk.table and desk.table.moves else []
        chips += [chip(say("do.all"), ChooseAll(), on=everything, icon="star", id="all", keys=("a",))]
        if self._for_gate(desk):
            tip = say("tip.for_gate", stage=desk.stage)
            chips.append(chip(say("do.for_gate"), ChooseForGate(), on=self.gate_only, icon="gate", id="for_gate", tip=tip))
        chips += [self.member_chip(m, say) for m in desk.members]
        chosen = next((p for p in desk.people if p.at == self.person), None)
        if chosen:
            chips.append(chip(f"{chosen.name} · {chosen.title}", ChoosePerson(chosen.at), on=True, icon="person", id="chosen"))
        cards = self.offered(desk, say)
        pages = -(-len(cards) // PAGE)
        turn = (
            [
                chip(
                    say("do.page", n=self.page + 1, of=pages),
                    TurnPage(),
                    icon="right",
                    id="page",
                    keys=("n",),
                    tip=say("tip.page"),
                )
            ]
            if pages > 1
            else []
        )
        if self.play.may_undo:
            turn.insert(0, chip(say("do.undo"), TakeBack(), icon="again", id="undo", keys=("u",), tip=say("tip.undo")))
        hint = Text(say("do.pick_person"), SMALL, "muted") if look.wide and not chosen else None
        return row(Box("flow", *chips, gap=5, grow=1), hint, *turn, gap=8)

    def _for_gate(self, desk: Desk) -> list[Card]:
        """What may bring an open point of the gate."""
        return [c for c in [*desk.cards, *desk.locked] if c.serves]

    def member_chip(self, m: MemberView, say: Say) -> Box:
        icon = "hand" if m.free else "wait"
        return chip(m.short, ChooseMember(m.at), on=m.at == self.member, icon=icon, id=f"m:{m.at}", tip=about_member(m, say))

    def offered(self, desk: Desk, say: Say) -> list[Card]:
        """The cards to choose from, those that can be started first."""
        if self.person < 0 and self.member < 0:
            found = [*desk.cards, *desk.locked]
        else:
            found = self.play.cards(say.language, self.person, self.member)
        if self.gate_only:
            found = [c for c in found if c.serves]
        talk = {move.card.action for move in desk.table.moves} if desk.table else set()
        return self._in_place(desk, [c for c in found if c.family not in ON_BOARDS and c.action not in talk])

    def _in_place(self, desk: Desk, cards: list[Card]) -> list[Card]:
        """Cards keep their places while the week lasts: nothing moves under the hand."""
        key = (desk.week, desk.stage_at, self.person, self.member, self.gate_only)
        if key != self.places_of:
            self.places_of, self.places = key, [c.action for c in cards]
        self.places += [c.action for c in cards if c.action not in self.places]
        return sorted(cards, key=lambda c: self.places.index(c.action))

    def cards(self, desk: Desk, look: Look, columns: int) -> Node:
        say = look.say
        offered = self.offered(desk, say)
        self.page = min(self.page, max(0, (len(offered) - 1) // PAGE))
        shown = offered[self.page * PAGE : (self.page + 1) * PAGE]
        if not shown:
            return Text(say("do.nothing"), BODY, "muted")
        return grid(columns, *(card_box(c, k, say, self.play.mode.numbers) for k, c in enumerate(shown, 1)), gap=6)

    # ---- choosing
    def everything(self, message: ChooseAll | None = None) -> None:
        """Back to the cards of everybody."""
        self.person = self.member = -1
        self.gate_only = False
        self.page = 0

    def for_gate(self, message: ChooseForGate) -> None:
        wanted = not self.gate_only
        self.everything()
        self.gate_only = wanted
        self.tab = "do"

    def choose_person(self, message: ChoosePerson) -> None:
        wanted = -1 if message.at == self.person else message.at
        self.everything()
        self.person = wanted
        if self.person >= 0:
            self.tab, self.dossier = "do", True

    def choose_member(self, message: ChooseMember) -> None:
        self.member, self.person, self.page = (-1 if message.at == self.member else message.at), -1, 0
        self.tab = "do"

    def turn_page(self, message: TurnPage) -> None:
        self.page += 1
        if self.page * PAGE >= len(self.offered(self.play.desk(self.say.language), self.say)):
            self.page = 0
