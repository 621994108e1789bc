"""The desk: where the deal is led from."""

from __future__ import annotations

from typing import Any

from game.desk.views import Card, Desk, MemberView
from game.i18n import Say
from game.scenario.tables import PASS, STARTS, WAIT, WEEK
from game.screens.award import AwardScreen
from game.screens.card import CardScreen
from game.screens.gate import GateScreen
from game.screens.layout import Box, Node, Scroll
from game.screens.meeting import MeetingScreen
from game.screens.menu import HelpScreen, IdleScreen, LogScreen, MenuScreen
from game.screens.pictures import boards
from game.screens.pictures.cardbox import card_box
from game.screens.pictures.people import about_member, dossier, net, org_chart
from game.screens.pictures.track import short_track, track
from game.screens.screen import Answer, Goto, Look, Push, Screen
from game.screens.side import attention, figure, news_panel, now
from game.screens.widgets import (
    BODY,
    LARGE,
    SMALL,
    Spacer,
    Text,
    button,
    chip,
    column,
    grid,
    key_cap,
    panel,
    row,
)
from game.session.session import Session

PAGE = 8
ON_BOARDS = ("strategy", "premortem")
"""Families whose actions stand on boards of their own, not among the cards."""
ICONS = {
    "account": "account",
    "team": "team",
    "chart": "chart",
    "tree": "tree",
    "net": "net",
    "rivals": "rivals",
    "swot": "plan",
    "table": "table",
    "delivery": "promise",
}
OPENS = {"account": 0, "team": 0, "chart": 0, "tree": 1, "net": 2, "rivals": 3, "swot": 3}
"""From which stage on a board is there."""
FIRST: tuple[tuple[str, str], ...] = (("chart", "account"), ("chart", "tree"), ("chart", "net"), ("chart", "rivals"))
"""The two boards a stage begins with; the last pair stays."""


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
        self.say = Say("zh")

    first_focus = "wait"

    # ---- building
    def build(self, look: Look) -> Node:
        self.say = look.say
        desk = self.play.desk(look.say)
        self._boards_of_stage(desk)
        if self.gate_only and not self._for_gate(desk):
            self._everything()
        return self._wide(desk, look) if look.wide else self._narrow(desk, look)

    def _boards_of_stage(self, desk: Desk) -> None:
        mode = desk.stage_at + (100 if desk.negotiating else 0)
        if mode != self.boards_of:
            self.boards_of = mode
            first = FIRST[min(desk.stage_at, len(FIRST) - 1)]
            self.boards = list(first)
            if desk.negotiating:
                self.boards = ["table", "chart"]
            elif desk.promises and desk.won:
                self.boards = ["chart", "delivery"]

    def opened(self, desk: Desk) -> list[str]:
        """The boards that are there now."""
        found = [b for b, stage in OPENS.items() if desk.stage_at >= stage]
        return found + (["table"] if desk.negotiating else []) + (["delivery"] if desk.promises or desk.won else [])

    def _wide(self, desk: Desk, look: Look) -> Node:
        say = look.say
        return column(
            self.head(desk, look),
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
            self.keys(say),
            gap=6,
            pad=8,
        )

    def _narrow(self, desk: Desk, look: Look) -> Node:
        say = look.say
        tabs = ["now", "do", *self.opened(desk)]
        if self.tab not in tabs:
            self.tab = "now"
        bar = [
            chip(
                say(f"tab.{t}"), ("tab", t), on=t == self.tab, icon=ICONS.get(t, "alert" if t == "now" else "play"), id=f"tab:{t}"
            )
            for t in tabs
        ]
        if self.tab == "now":
            inside: Node = column(attention(desk, look), news_panel(self.play, desk, look), gap=6)
        elif self.tab == "do":
            inside = column(self.subjects(desk, look), self.cards(desk, look, 2), gap=6)
        else:
            inside = panel(say(f"board.{self.tab}"), self.picture(self.tab, desk, look), icon=ICONS[self.tab])
        return column(
            self.head(desk, look),
            short_track(desk, say),
            Box("flow", *bar, gap=4),
            Scroll(f"tab:{self.tab}", inside, grow=1),
            gap=5,
            pad=6,
        )

    # ---- parts
    def head(self, desk: Desk, look: Look) -> Box:
        say = look.say
        figures = (
            [figure("coach", say(f"mode.{self.play.mode}"), say(f"mode.{self.play.mode}.about"))]
            if self.play.mode != "workshop"
            else []
        )
        figures += [
            figure("calendar", say("head.week", week=desk.week, weeks=desk.weeks), say("tip.week")),
            figure("hand", say("head.free", n=desk.free_fronts, of=desk.front_room), say("tip.free")),
            figure("money", desk.money, say("tip.money")),
        ]
        if desk.debt:
            figures.append(figure("debt", say("head.debt", n=desk.debt), say("tip.debt"), "bad"))
        if desk.award and self.play.mode != "exam":
            figures.append(figure("trophy", say("head.award", n=desk.award[0][1]), say("tip.award"), "accent"))
        wait = button(
            say("do.wait"),
            ("wait",),
            icon="wait",
            keys=("space", "w"),
            shown=say("key.space"),
            strong=True,
            id="wait",
            tip=say("tip.wait"),
        )
        gate = button(
            say("do.gate"),
            ("gate",),
            icon="gate",
            keys=("g",),
            shown="G",
            id="gate",
            strong=bool(desk.gate and desk.gate.honest and not desk.gate.debt),
            tip=say("tip.gate"),
        )
        meeting = (
            button(say("do.meeting"), ("meeting",), icon="team", keys=("t",), shown="T", id="meeting") if self.play.team else None
        )
        menu = button("", ("menu",), icon="menu", keys=("escape", "m"), id="menu", tip=say("tip.menu"))
        help_ = button("", ("help",), icon="question", keys=("f1", "?"), id="help", tip=say("tip.help"))
        title = Text(desk.title, LARGE if look.wide else BODY, bold=True)
        if look.wide:
            return row(title, Spacer(grow=1), *figures, meeting, gate, wait, help_, menu, gap=12)
        return column(
            row(Text(desk.title, BODY, bold=True, grow=1), meeting, gate, wait, menu, gap=6), Box("flow", *figures, gap=12), gap=3
        )

    def board(self, desk: Desk, look: Look, slot: int) -> Box:
        """A board with the choice of others in its head."""
        name = self.boards[slot]
        chosen = next((p for p in desk.people if p.at == self.person), None)
        if slot == 1 and chosen:
            inside = Scroll(f"board:1:person:{chosen.at}", dossier(chosen, desk, look.say), grow=1)
            return panel(
                look.say("board.person"),
                inside,
                icon="person",
                side=chip("", ("all",), icon="cross", id="unchoose", tip=look.say("do.all")),
                grow=1,
            )
        choice = row(
            *(
                chip("", ("board", slot, b), on=b == name, icon=ICONS[b], id=f"board:{slot}:{b}", tip=look.say(f"board.{b}"))
                for b in self.opened(desk)
            ),
            gap=3,
        )
        inside = Scroll(f"board:{slot}:{name}", self.picture(name, desk, look), grow=1)
        return panel(look.say(f"board.{name}"), inside, icon=ICONS[name], side=choice, grow=1.6 if slot == 0 else 1)

    def picture(self, name: str, desk: Desk, look: Look) -> Node:
        say = look.say
        if name == "chart":
            return column(
                org_chart(desk, say, self.person),
                Text(say("chart.unfound", n=desk.unfound), SMALL, "muted") if desk.unfound else None,
            )
        if name == "net":
            return column(Text(say("net.legend"), SMALL - 0.5, "muted"), net(desk, say, self.person, self.member))
        if name == "team":
            return boards.team(desk, say, self.member)
        makers = {
            "tree": boards.tree,
            "rivals": lambda desk, say: boards.rivals(desk, say, exam=self.play.mode == "exam"),
            "account": boards.account,
            "table": boards.table,
            "delivery": boards.delivery,
        }
        if name == "swot":
            return boards.swot(desk, say, self.play.sorted)
        return makers[name](desk, say)

    def subjects(self, desk: Desk, look: Look) -> Box:
        """Whom the cards are about."""
        say = look.say
        everything = self.person < 0 and self.member < 0 and not self.gate_only
        chips = [chip(say("do.all"), ("all",), on=everything, icon="star", id="all", keys=("a",))]
        if self._for_gate(desk):
            tip = say("tip.for_gate", stage=desk.stage)
            chips.append(chip(say("do.for_gate"), ("for_gate",), on=self.gate_only, icon="gate", id="for_gate", tip=tip))
        chips += [self.member_chip(m, say) for m in desk.members]
        chosen = next((p for p in desk.people if p.at == self.person), None)
        if chosen:
            chips.append(chip(f"{chosen.name} · {chosen.title}", ("person", chosen.at), on=True, icon="person", id="chosen"))
        cards = self.offered(desk, say)
        pages = -(-len(cards) // PAGE)
        turn = (
            [
                chip(
                    say("do.page", n=self.page + 1, of=pages),
                    ("page",),
                    icon="right",
                    id="page",
                    keys=("n",),
                    tip=say("tip.page"),
                )
            ]
            if pages > 1
            else []
        )
        hint = Text(say("do.pick_person"), SMALL, "muted") if look.wide and not chosen else None
        return row(Box("flow", *chips, gap=5, grow=1), hint, *turn, gap=8)

    def _for_gate(self, desk: Desk) -> list[Card]:
        """What may bring an open point of the gate."""
        return [c for c in [*desk.cards, *desk.locked] if c.serves]

    def member_chip(self, m: MemberView, say: Say) -> Box:
        icon = "hand" if m.free else "wait"
        return chip(m.short, ("member", m.at), on=m.at == self.member, icon=icon, id=f"m:{m.at}", tip=about_member(m, say))

    def offered(self, desk: Desk, say: Say) -> list[Card]:
        """The cards to choose from, those that can be started first."""
        if self.person < 0 and self.member < 0:
            found = [*desk.cards, *desk.locked]
        else:
            found = self.play.present(say).cards.about(self.play.watched, person=self.person, member=self.member)
        if self.gate_only:
            found = [c for c in found if c.serves]
        return self._in_place(desk, [c for c in found if c.family not in ON_BOARDS])

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
        return grid(columns, *(card_box(c, k, say, self.play.mode) for k, c in enumerate(shown, 1)), gap=6)

    def keys(self, say: Say) -> Box:
        pairs = [
            ("1–8", "keys.card"),
            (say("key.space"), "keys.wait"),
            ("G", "keys.gate"),
            ("A", "keys.all"),
            ("N", "keys.page"),
            ("V B", "keys.boards"),
            ("L", "keys.log"),
            ("Tab", "keys.focus"),
            ("F1", "keys.help"),
            ("F2", "keys.language"),
            ("Ctrl +/−", "keys.text"),
        ]
        return row(*(row(key_cap(k), Text(say(what), SMALL - 0.5, "muted"), gap=4) for k, what in pairs), gap=14)

    # ---- answering
    def on(self, message: Any) -> Answer:
        kind, *rest = message
        return getattr(self, f"_on_{kind}")(*rest)  # type: ignore[no-any-return]

    def key(self, name: str) -> Answer | bool:
        if name == "u" and self.play.take_back():
            return None
        if name == "h" and self.play.mode == "practice":
            return self._hint()
        if name == "l":
            return Push(LogScreen(self.play))
        if name in ("b", "v"):
            return self._next_board(1 if name == "b" else 0)
        if name == "a" or (name.isdecimal() and self.tab != "do"):
            self.tab = "do"
            return None
        return False

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
        """Show the next of the boards in this place; in little room, the next tab."""
        known = self.opened(self.play.desk(self.say))
        at = known.index(self.boards[slot]) if self.boards[slot] in known else 0
        wanted = next(
            known[(at + k) % len(known)]
            for k in range(1, len(known) + 1)
            if known[(at + k) % len(known)] != self.boards[1 - slot]
        )
        self.tab = wanted
        return self._on_board(slot, wanted)

    def _on_wait(self) -> Answer:
        desk = self.play.desk(self.say)
        open_ = [c for c in desk.cards if not c.breach and c.family not in ON_BOARDS]
        if not desk.fronts and open_:
            return Push(IdleScreen(len(open_)))
        return self.decided(WAIT)

    def _on_gate(self) -> Answer:
        return Push(GateScreen(self.play))

    def _on_menu(self) -> Answer:
        return Push(MenuScreen(self.play))

    def _on_meeting(self) -> Answer:
        return Push(MeetingScreen(self.play))

    def _on_help(self) -> Answer:
        return Push(HelpScreen())

    def _on_log(self) -> Answer:
        return Push(LogScreen(self.play))

    def _on_all(self) -> Answer:
        self._everything()
        return None

    def _everything(self) -> None:
        """Back to the cards of everybody."""
        self.person = self.member = -1
        self.gate_only = False
        self.page = 0

    def _on_for_gate(self) -> Answer:
        wanted = not self.gate_only
        self._everything()
        self.gate_only = wanted
        self.tab = "do"
        return None

    def _on_person(self, at: int) -> Answer:
        wanted = -1 if at == self.person else at
        self._everything()
        self.person = wanted
        if self.person >= 0:
            self.tab = "do"
        return None

    def _on_member(self, at: int) -> Answer:
        self.member, self.person, self.page = (-1 if at == self.member else at), -1, 0
        self.tab = "do"
        return None

    def _on_board(self, slot: int, name: str) -> Answer:
        if self.boards[1 - slot] == name:
            self.boards[1 - slot] = self.boards[slot]
        self.boards[slot] = name
        return None

    def _on_tab(self, name: str) -> Answer:
        self.tab = name
        return None

    def _on_page(self) -> Answer:
        self.page += 1
        if self.page * PAGE >= len(self.offered(self.play.desk(self.say), self.say)):
            self.page = 0
        return None

    def _on_card(self, action: int) -> Answer:
        return Push(CardScreen(self.play, action, self.person, self.member))

    def _on_sort(self, fact: str) -> Answer:
        self.play.sort(fact)
        return None

    def _on_decided(self, decision: int) -> Answer:
        return self.decided(decision)

    def decided(self, decision: int) -> Answer:
        """Take a decision, and go where it leads."""
        before = self.play.desk(self.say)
        self.play.decide(decision)
        if self.play.playing.state.x[WEEK] > before.week:
            self._everything()
        self.tab = "now" if decision == WAIT or len(self.play.last) > 1 else self.tab
        if self.play.awarded():
            return Push(AwardScreen(self.play, before))
        if self.play.playing.over:
            return Goto("ending", self.play)
        return None

    def _on_opened(self) -> Answer:
        """The award has been opened."""
        return Goto("ending", self.play) if self.play.playing.over else None
