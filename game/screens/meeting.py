"""A team on one machine: each role reads what it alone has learned, then all talk it over before the next decision."""

from __future__ import annotations

from game.screens.frame import dialog
from game.screens.layout import Node
from game.screens.messages import Message, Onward
from game.screens.pictures.news import news_line
from game.screens.screen import Answer, Look, Pop, Screen
from game.screens.widgets import BODY, LARGE, Icon, Text, button, column, row
from game.session.session import Session


class MeetingScreen(Screen):
    """Goes round the members who have learned something since the last meeting; then what they knew is everybody's."""

    first_focus = "next"

    def __init__(self, play: Session) -> None:
        self.play = play
        self.members = [m for m in range(play.ready.compiled.tables.n_member) if play.private(m)]
        self.at = 0
        self.open = False

    def build(self, look: Look) -> Node:
        say = look.say
        if self.at >= len(self.members):
            return self.talk(look)
        m = self.members[self.at]
        name = self.play.tell(say.language).member(m)
        if not self.open:
            body: Node = column(
                Icon("hand", 44, "accent"), Text(say("meeting.hand_over", name=name), LARGE), gap=12, align="start"
            )
        else:
            lines = self.play.lines(say.language, self.play.private(m))
            body = column(Text(say("meeting.yours", name=name), BODY, "muted"), *(news_line(line, say) for line in lines), gap=8)
        label = say("meeting.done" if self.open else "meeting.show")
        return self.frame(body, label, look)

    def talk(self, look: Look) -> Node:
        say = look.say
        lines = [line for m in self.members for line in self.play.lines(say.language, self.play.private(m))]
        rows = [news_line(line, say) for line in lines] or [Text(say("meeting.nothing"), BODY, "muted")]
        body = column(Text(say("meeting.talk"), BODY + 1, bold=True), *rows, gap=8)
        return self.frame(body, say("meeting.close"), look)

    def frame(self, body: Node, label: str, look: Look) -> Node:
        say = look.say
        go = button(label, Onward(), icon="right", keys=("space",), shown=say("key.space"), strong=True, id="next")
        foot = row(go, justify="end")
        return dialog(look, say("meeting.title"), body, foot, icon="team", scroll="meeting", width=640)

    def on(self, message: Message) -> Answer:
        if self.at >= len(self.members):
            self.play.share()
            return Pop()
        if self.open:
            self.at += 1
        self.open = not self.open
        return None
