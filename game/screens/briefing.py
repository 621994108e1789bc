"""The briefing: the customer, our team, what is asked for, and how to begin."""

from __future__ import annotations

from game.desk.views import Desk
from game.i18n import Say
from game.play.statements import LONGEST_NAME
from game.screens.frame import page
from game.screens.layout import Box, Node
from game.screens.line import TextLine
from game.screens.messages import Begin, Decided, Leave, Message, Write
from game.screens.pictures.sheets import strategy
from game.screens.screen import Answer, Goto, Look, Screen
from game.screens.widgets import BODY, LARGE, SMALL, Icon, Spacer, Text, button, column, grid, panel, row
from game.session.session import Session

FIRST_STEPS = (
    ("people", "brief.step.person"),
    ("play", "brief.step.card"),
    ("wait", "brief.step.wait"),
    ("gate", "brief.step.gate"),
)


class BriefingScreen(Screen):
    """Shown before week 1."""

    first_focus = "begin"

    def __init__(self, play: Session, named: bool = False) -> None:
        """`named`: who plays is known, and not to be changed here."""
        self.play, self.named = play, named
        self.line: TextLine = TextLine(LONGEST_NAME, play.playing.who)
        self.asked = bool(play.playing.who)

    def build(self, look: Look) -> Node:
        say = look.say
        if not self.asked:
            self.asked, self.line.text = True, look.name
        tell = self.play.tell(say.language)
        desk = self.play.desk(say.language)
        brief = column(
            *(Text(part.strip(), BODY + 1) for part in tell.text("brief").strip().split("\n")),
            gap=7,
        )
        goal = column(*(_fact(icon, text, say) for icon, text in self.play.goal(say.language).items()), gap=7)
        team = column(
            *(
                column(Text(m.name, BODY, bold=True), Text(m.about, SMALL + 0.5, "muted") if m.about else None, gap=0)
                for m in desk.members
            ),
            gap=6,
        )
        columns = 2 if look.wide else 1
        top = grid(
            columns,
            panel(say("brief.customer"), brief, icon="account"),
            column(panel(say("brief.goal"), goal, icon="trophy"), panel(say("brief.team"), team, icon="team"), gap=8),
            gap=10,
        )
        steps = grid(4 if look.wide else 2, *(_step(k, icon, say(key)) for k, (icon, key) in enumerate(FIRST_STEPS, 1)), gap=8)
        rule = row(Icon("coach", 18, "accent"), Text(say("brief.rule"), BODY, grow=1), gap=8)
        who = self.line.box(say("brief.name_hint"), "name", say("brief.name"))
        foot = row(
            button(say("brief.back" if self.named else "brief.leave"), Leave(), keys=("escape",), shown="Esc", id="leave"),
            Spacer(width=12) if look.wide else None,
            *([Text(self.play.playing.who, BODY, bold=True, grow=1)] if self.named else [Icon("team", 18, "accent"), who]),
            button(say("brief.begin"), Begin(), icon="play", keys=("space",), shown="Enter", strong=True, id="begin"),
            gap=8,
        )
        parts = [top, self.premortem(desk, look), steps, rule]
        return page(look, tell.text("title"), column(*parts, gap=10), foot, icon="account", scroll="briefing")

    def premortem(self, desk: Desk, look: Look) -> Node | None:
        """Before week 1: what could kill this deal?"""
        if not desk.bones:
            return None
        say, most = look.say, self.play.ready.scenario.rules.foresee
        cards = [strategy(b, say) for b in desk.bones]
        about = Text(say("premortem.about", n=most), SMALL + 1, "muted")
        return panel(say("premortem.title"), about, grid(3 if look.wide else 1, *cards, gap=6), icon="alert")

    def on(self, message: Message) -> Answer:
        match message:
            case Decided(decision):
                self.play.decide(decision)
            case Write():
                self.line.on = True
            case Begin():
                if not self.named:
                    self.play.sign(self.line.text)
                return Goto("desk", self.play, ("name", self.play.playing.who))
            case Leave():
                return Goto("title")
        return None


def _fact(icon: str, text: str, say: Say) -> Box:
    return row(Icon(icon, 16, "accent"), Text(text, BODY, grow=1), gap=8)


def _step(k: int, icon: str, text: str) -> Box:
    return row(
        Text(str(k), LARGE + 3, "accent", bold=True),
        Icon(icon, 20, "muted"),
        Text(text, SMALL + 1, grow=1),
        gap=8,
        pad=(10, 8),
        fill="panel",
        edge="line",
    )
