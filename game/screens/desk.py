"""The desk: where the deal is led from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.desk.registry import SIDES, first_boards, opened
from game.desk.views import Desk
from game.play.happenings import Came
from game.scenario.tables import PASS, STARTS, WAIT, WEEK
from game.screens.award import AwardScreen
from game.screens.boards import Sight, icon, picture, side_panel
from game.screens.card import CardScreen
from game.screens.desk_head import head, keys
from game.screens.gate import GateScreen
from game.screens.hand import ON_BOARDS, Hand
from game.screens.layout import Box, Node, Scroll
from game.screens.lead import Lead, needed
from game.screens.meeting import MeetingScreen
from game.screens.menu import HelpScreen, IdleScreen, LogScreen, MenuScreen
from game.screens.messages import (
    ChooseAll,
    ChooseForGate,
    ChooseMember,
    ChoosePerson,
    Decided,
    GatePassing,
    LeadOn,
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
    SkipLead,
    SortFact,
    TakeBack,
    ToldOn,
    TurnPage,
)
from game.screens.pictures.people import dossier
from game.screens.pictures.track import short_track, track
from game.screens.scene import SceneScreen
from game.screens.screen import Adjust, Answer, Goto, Look, Push, Screen
from game.screens.side import attention, news_panel, now
from game.screens.talk import TalkScreen
from game.screens.told import MomentScreen, RecapScreen
from game.screens.widgets import (
    chip,
    column,
    panel,
    row,
)
from game.session.session import Session


def following(names: list[str], name: str) -> str:
    """The next of these names, round and round."""
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]


class DeskScreen(Hand):
    """Leads a deal. What is chosen here — person, member, boards, page — is no part of the deal."""

    def __init__(self, play: Session) -> None:
        super().__init__(play)
        self.boards: list[str] = []
        self.boards_of = -1
        self.lead: Lead | None = None
        self.gate: GateScreen | None = None
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
        if self.lead is None and needed(self.play, look.led):
            self.lead = Lead(self.play)
        return self._led(look, self._wide(desk, look) if look.wide else self._narrow(desk, look))

    def _led(self, look: Look, desk: Box) -> Node:
        """The desk, with the newcomer's next step above all."""
        if self.lead is None:
            return desk
        self.lead.follow(self.person >= 0)
        self.lead.point(desk)
        desk.children = [desk.children[0], self.lead.banner(look), *desk.children[1:]]
        return desk

    def _boards_of_stage(self, desk: Desk) -> None:
        mode = desk.stage_at + (100 if desk.negotiating else 0)
        if mode != self.boards_of:
            self.boards_of = mode
            self.boards = list(first_boards(desk))

    def _wide(self, desk: Desk, look: Look) -> Box:
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

    def _narrow(self, desk: Desk, look: Look) -> Box:
        say = look.say
        tabs = ["now", "do", *opened(desk)]
        if self.tab not in tabs:
            self.tab = "now"
        bar = [chip(say(f"tab.{t}"), ShowTab(t), on=t == self.tab, icon=icon(t), id=f"tab:{t}") for t in tabs]
        if self.tab == "now":
            inside: Node = column(attention(desk, look), news_panel(self.play, desk, look), gap=6)
        elif self.tab == "do":
            inside = column(self.subjects(desk, look), self.cards(desk, look, 1 if look.slim else 2), gap=6)
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

    def lead_on(self, message: LeadOn | SkipLead) -> Answer:
        """The next step for a newcomer; after the last they know."""
        if self.lead and isinstance(message, LeadOn):
            self.lead.read_on()
            if not self.lead.over:
                return None
        self.lead = None
        return Adjust("led", True)

    def take_back(self, message: TakeBack | None = None) -> Answer:
        """Undo the last decision."""
        self.play.take_back()
        return None

    def _hint(self) -> Answer:
        """In practice: show what a plain player would do now."""
        decision, t = self.play.hint(), self.play.ready.compiled.tables
        if decision == PASS:
            return self.open_gate()
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

    def show_board(self, message: ShowBoard) -> None:
        self.boards[message.slot] = message.name
        self.dossier = self.dossier and message.slot == 0

    def show_person(self, message: ShowPerson) -> None:
        self.dossier = True

    def show_tab(self, message: ShowTab) -> None:
        self.tab = message.name

    def decided(self, message: Decided) -> Answer:
        """Take a decision, and go where it leads."""
        before = self.play.desk(self.say.language)
        self.play.decide(message.decision)
        self.cue = "start" if message.decision >= STARTS else "week"
        if message.decision == WAIT:
            self.tab = "now"
        return self.follow(before)

    def follow(self, before: Desk, told: bool = False) -> Answer:
        """A decision was taken: where it leads. `told`: what came of it has been seen where it was taken."""
        passed = self.play.playing.state.x[WEEK] > before.week
        if passed:
            self.everything()
        self.tab = "now" if len(self.play.last) > 1 else self.tab
        self.coming = [AwardScreen(self.play, before)] if self.play.awarded else []
        self.coming += [MomentScreen(self.play, name) for name in self.play.moments]
        if self.worth_telling(passed) and not (told and not passed):
            self.coming.append(RecapScreen(self.play))
        return self.told_on()

    def worth_telling(self, passed: bool) -> bool:
        """Whether what came of the last decision is told on a page: several things of a week, what came at once, what ended the
        deal."""
        lines = self.play.lines(self.say.language, self.play.public(self.play.last))
        if self.play.awarded or not lines:
            return False
        if self.play.playing.over:
            return True
        return len(lines) > 1 if passed else any(isinstance(h, Came) for h in self.play.last)

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

    def open_gate(self, message: OpenGate | None = None) -> Answer:
        """The gate, as it was left: what was filled in and not yet passed stays while the stage does."""
        if self.lead:
            self.lead.gate_seen = True
        if self.gate and self.gate.stage == self.play.playing.stage:
            self.gate.come_back()
        else:
            self.gate = GateScreen(self.play)
        return Push(self.gate)

    def open_scene(self, message: OpenScene) -> Answer:
        desk = self.play.desk(self.say.language)
        scene = next((s for s in desk.scenes if s.name == message.name), None)
        return Push(SceneScreen(self.play, scene, desk)) if scene else None


ACTS = (LetRun, OpenGate, OpenCard, OpenTable, Decided)
"""What has to wait while somebody waits for an answer."""
HANDLERS: dict[type[Message], Callable[[DeskScreen, Any], Answer]] = {
    LeadOn: DeskScreen.lead_on,
    SkipLead: DeskScreen.lead_on,
    LetRun: DeskScreen.let_run,
    OpenGate: DeskScreen.open_gate,
    OpenMenu: lambda desk, message: Push(MenuScreen(desk.play)),
    OpenMeeting: lambda desk, message: Push(MeetingScreen(desk.play)),
    OpenHelp: lambda desk, message: Push(HelpScreen()),
    OpenLog: lambda desk, message: Push(LogScreen(desk.play)),
    OpenScene: DeskScreen.open_scene,
    OpenTable: lambda desk, message: Push(TalkScreen(desk.play, desk.play.desk(desk.say.language))),
    SceneAnswered: lambda desk, message: desk.follow(message.before, told=True),
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
