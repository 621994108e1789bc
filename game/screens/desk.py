"""The desk: where the deal is led from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.desk.registry import SIDES, first_boards, opened
from game.desk.views import Card, Desk, MemberView
from game.i18n import Say
from game.scenario.tables import PASS, STARTS, WAIT, WEEK
from game.screens.award import AwardScreen
from game.screens.boards import Sight, icon, picture, side_panel
from game.screens.card import CardScreen
from game.screens.desk_head import head, keys, sit_down
from game.screens.gate import GateScreen
from game.screens.layout import Box, Node, Scroll
from game.screens.meeting import MeetingScreen
from game.screens.menu import HelpScreen, IdleScreen, LogScreen, MenuScreen
from game.screens.messages import (
    ChooseAll,
    ChooseForGate,
    ChooseMember,
    ChoosePerson,
    Decided,
    GatePassing,
    LetRun,
    Message,
    OpenCard,
    OpenGate,
    OpenHelp,
    OpenLog,
    OpenMeeting,
    OpenMenu,
    OpenScene,
    OpenTable,
    SceneAnswered,
    ShowBoard,
    ShowPerson,
    ShowTab,
    SortFact,
    TakeBack,
    ToldOn,
    TurnPage,
)
from game.screens.pictures.cardbox import card_box
from game.screens.pictures.people import about_member, dossier
from game.screens.pictures.track import short_track, track
from game.screens.scene import SceneScreen
from game.screens.screen import Answer, Goto, Look, Push, Screen
from game.screens.side import attention, news_panel, now
from game.screens.talk import TalkScreen
from game.screens.told import MomentScreen, RecapScreen
from game.screens.widgets import (
    BODY,
    SMALL,
    Text,
    chip,
    column,
    grid,
    panel,
    row,
)
from game.session.session import Session

PAGE = 8
ON_BOARDS = ("strategy", "premortem")
"""Families whose actions stand on boards of their own, not among the cards."""


def following(names: list[str], name: str) -> str:
    """The next of these names, round and round."""
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]


class DeskScreen(Screen):
    """Leads a deal. What is chosen here — person, member, boards, page — is no part of the deal."""

    def __init__(self, play: Session) -> None:
        self.play = play
        self.person = self.member = -1
        self.gate_only = False
        self.page = 0
        self.places: list[int] = []
        self.places_of: tuple[int, ...] = ()
        self.boards: list[str] = []
        self.boards_of = -1
        self.tab = "now"
        self.dossier = True
        """Whether whoever is chosen is shown, rather than a board."""
        self.say = Say("zh")
        self.coming: list[Screen] = []
        """What is to be told before the desk goes on."""

    first_focus = "wait"

    # ---- building
    def build(self, look: Look) -> Node:
        self.say = look.say
        desk = self.play.desk(look.language)
        self._boards_of_stage(desk)
        if self.gate_only and not self._for_gate(desk):
            self.everything()
        return self._wide(desk, look) if look.wide else self._narrow(desk, look)

    def _boards_of_stage(self, desk: Desk) -> None:
        mode = desk.stage_at + (100 if desk.negotiating else 0)
        if mode != self.boards_of:
            self.boards_of = mode
            self.boards = list(first_boards(desk))

    def _wide(self, desk: Desk, look: Look) -> Node:
        say = look.say
        return column(
            head(desk, look, self.play.mode, bool(self.play.team)),
            track(desk, say),
            row(
                self.board(desk, look, 0),
                self.board(desk, look, 1),
                column(now(self.play, desk, look), attention(desk, look), gap=6, width=330),
                gap=6,
                align="stretch",
                grow=1,
            ),
            self.subjects(desk, look),
            self.cards(desk, look, 4),
            keys(say),
            gap=6,
            pad=8,
        )

    def _narrow(self, desk: Desk, look: Look) -> Node:
        say = look.say
        tabs = ["now", "do", *opened(desk)]
        if self.tab not in tabs:
            self.tab = "now"
        bar = [chip(say(f"tab.{t}"), ShowTab(t), on=t == self.tab, icon=icon(t), id=f"tab:{t}") for t in tabs]
        if self.tab == "now":
            inside: Node = column(attention(desk, look), news_panel(self.play, desk, look), gap=6)
        elif self.tab == "do":
            inside = column(self.subjects(desk, look), self.cards(desk, look, 2), gap=6)
        else:
            inside = panel(say(f"board.{self.tab}"), self.picture(self.tab, desk, look), icon=icon(self.tab))
        return column(
            head(desk, look, self.play.mode, bool(self.play.team)),
            short_track(desk, say),
            Box("flow", *bar, gap=4),
            Scroll(f"tab:{self.tab}", inside, grow=1),
            gap=5,
            pad=6,
        )

    # ---- parts
    def board(self, desk: Desk, look: Look, slot: int) -> Box:
        """A board under the names of all of its side; whoever is chosen has a place of their own among them."""
        name = self.boards[slot]
        chosen = next((p for p in desk.people if p.at == self.person), None) if slot == 1 else None
        shown = chosen if self.dossier else None
        inside = dossier(shown, desk, look.say) if shown else self.picture(name, desk, look)
        return side_panel(slot, name, inside, desk, look.say, chosen, shown)

    def picture(self, name: str, desk: Desk, look: Look) -> Node:
        play = self.play
        sight = Sight(say=look.say, person=self.person, member=self.member, sorted=play.sorted, numbers=play.mode.numbers)
        return picture(name, desk, sight)

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

    # ---- answering
    def on(self, message: Message) -> Answer:
        if isinstance(message, ACTS) and (scene := self.asked()):
            return scene
        handler = HANDLERS.get(type(message))
        return handler(self, message) if handler else None

    def key(self, name: str) -> Answer | bool:
        if name == "u" and self.play.mode.takes_back:
            return self.take_back()
        if name == "h" and self.play.mode.hints:
            return self._hint()
        if name == "l":
            return Push(LogScreen(self.play))
        if name in ("b", "v"):
            return self._next_board(1 if name == "b" else 0)
        if name == "a" or (name.isdecimal() and self.tab != "do"):
            self.tab = "do"
            return None
        return False

    def take_back(self, message: TakeBack | None = None) -> Answer:
        """Undo the last decision."""
        self.play.take_back()
        return None

    def _hint(self) -> Answer:
        """In practice: show what a plain player would do now."""
        decision, t = self.play.hint(), self.play.ready.compiled.tables
        if decision == PASS:
            return Push(GateScreen(self.play))
        if decision < STARTS:
            return Push(IdleScreen(0))
        pair = t.arm_pair[decision - STARTS]
        return Push(CardScreen(self.play, t.pair_action[pair], t.pair_person[pair]))

    def _next_board(self, slot: int) -> Answer:
        """Show the next board of this side; in little room, the next tab."""
        desk = self.play.desk(self.say.language)
        self.boards[slot] = self.tab = following(opened(desk, SIDES[slot]), self.boards[slot])
        self.dossier = self.dossier and slot == 0
        return None

    def let_run(self, message: LetRun) -> Answer:
        desk = self.play.desk(self.say.language)
        open_ = [c for c in desk.cards if not c.breach and c.family not in ON_BOARDS]
        if not desk.fronts and open_:
            return Push(IdleScreen(len(open_)))
        return self.decided(Decided(WAIT))

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

    def show_board(self, message: ShowBoard) -> None:
        self.boards[message.slot] = message.name
        self.dossier = self.dossier and message.slot == 0

    def show_person(self, message: ShowPerson) -> None:
        self.dossier = True

    def show_tab(self, message: ShowTab) -> None:
        self.tab = message.name

    def turn_page(self, message: TurnPage) -> None:
        self.page += 1
        if self.page * PAGE >= len(self.offered(self.play.desk(self.say.language), self.say)):
            self.page = 0

    def decided(self, message: Decided) -> Answer:
        """Take a decision, and go where it leads."""
        before = self.play.desk(self.say.language)
        self.play.decide(message.decision)
        self.cue = "start" if message.decision >= STARTS else "week"
        if message.decision == WAIT:
            self.tab = "now"
        return self.follow(before)

    def follow(self, before: Desk) -> Answer:
        """A decision was taken: where it leads."""
        passed = self.play.playing.state.x[WEEK] > before.week
        if passed:
            self.everything()
        self.tab = "now" if len(self.play.last) > 1 else self.tab
        self.coming = [AwardScreen(self.play, before)] if self.play.awarded else []
        self.coming += [MomentScreen(self.play, name) for name in self.play.moments]
        if passed and not self.play.awarded and len(self.play.lines(self.say.language, self.play.public(self.play.last))) > 1:
            self.coming.append(RecapScreen(self.play))
        return self.told_on()

    def told_on(self, message: ToldOn | None = None) -> Answer:
        """What is to be told next; then whoever asks, or the end."""
        if self.coming:
            return Push(self.coming.pop(0))
        return Goto("ending", self.play) if self.play.playing.over else self.asked()

    def asked(self) -> Push | None:
        """The scene that cannot wait, where there is one."""
        desk = self.play.desk(self.say.language)
        scene = next((s for s in desk.scenes if not s.left), None)
        return Push(SceneScreen(self.play, scene, desk)) if scene else None

    def open_scene(self, message: OpenScene) -> Answer:
        desk = self.play.desk(self.say.language)
        scene = next((s for s in desk.scenes if s.name == message.name), None)
        return Push(SceneScreen(self.play, scene, desk)) if scene else None


ACTS = (LetRun, OpenGate, OpenCard, OpenTable, Decided)
"""What has to wait while somebody waits for an answer."""
HANDLERS: dict[type[Message], Callable[[DeskScreen, Any], Answer]] = {
    LetRun: DeskScreen.let_run,
    OpenGate: lambda desk, message: Push(GateScreen(desk.play)),
    OpenMenu: lambda desk, message: Push(MenuScreen(desk.play)),
    OpenMeeting: lambda desk, message: Push(MeetingScreen(desk.play)),
    OpenHelp: lambda desk, message: Push(HelpScreen()),
    OpenLog: lambda desk, message: Push(LogScreen(desk.play)),
    OpenScene: DeskScreen.open_scene,
    OpenTable: lambda desk, message: Push(TalkScreen(desk.play, desk.play.desk(desk.say.language))),
    SceneAnswered: lambda desk, message: desk.follow(message.before),
    OpenCard: lambda desk, message: Push(CardScreen(desk.play, message.action, desk.person, desk.member)),
    ChooseAll: DeskScreen.everything,
    ChooseForGate: DeskScreen.for_gate,
    ChoosePerson: DeskScreen.choose_person,
    ChooseMember: DeskScreen.choose_member,
    ShowBoard: DeskScreen.show_board,
    ShowPerson: DeskScreen.show_person,
    ShowTab: DeskScreen.show_tab,
    TakeBack: DeskScreen.take_back,
    TurnPage: DeskScreen.turn_page,
    SortFact: lambda desk, message: desk.play.sort(message.fact),
    Decided: DeskScreen.decided,
    GatePassing: lambda desk, message: desk.follow(message.before),
    ToldOn: DeskScreen.told_on,
}
