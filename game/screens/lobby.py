"""Where somebody in a workshop waits: before their deal, after it, and when there is nothing to do."""

from __future__ import annotations

from game.screens.frame import page
from game.screens.layout import Node
from game.screens.menu import HelpScreen, settings_rows
from game.screens.messages import ChangeSetting, Message, OpenHelp, ResumeDeal
from game.screens.screen import Adjust, Answer, Goto, Look, Push, Screen
from game.screens.widgets import BODY, HUGE, LARGE, Icon, Text, button, column, panel, row
from game.session.session import Session


class LobbyScreen(Screen):
    """One deal stands here: to begin, to go on with, or over."""

    first_focus = "enter"

    def __init__(self, play: Session) -> None:
        self.play = play

    def build(self, look: Look) -> Node:
        say, play = look.say, self.play
        over, begun = play.playing.over, bool(play.playing.decisions)
        words = say("lobby.over" if over else "lobby.going" if begun else "lobby.new")
        label = say("lobby.debrief" if over else "lobby.go_on" if begun else "lobby.begin")
        go = button(label, ResumeDeal(0), icon="study" if over else "play", keys=("return",), strong=True, id="enter")
        deal = panel(
            play.tell(say.language).text("title"),
            Text(play.tell(say.language).text("summary").strip(), BODY + 1),
            row(Icon("coach", 16, "accent"), Text(words, BODY, grow=1), gap=8),
            row(go),
            icon="account",
            gap=10,
        )
        head = column(
            Text(say("app.name"), HUGE if look.wide else 24, bold=True, align="center"),
            Text(say("app.motto"), LARGE if look.wide else BODY, "muted", align="center"),
            Text(say("lobby.hello", name=play.playing.who), BODY + 1, align="center"),
            gap=3,
        )
        foot = row(button(say("title.help"), OpenHelp(), icon="question", keys=("f1", "?"), shown="F1", id="help"))
        body = column(head, deal, panel(say("title.settings"), *settings_rows(look), icon="text"), gap=14)
        return page(look, "", body, foot, scroll="lobby", width=720)

    def on(self, message: Message) -> Answer:
        match message:
            case ResumeDeal():
                begun = bool(self.play.playing.decisions)
                return Goto("ending" if self.play.playing.over else "desk" if begun else "briefing", self.play)
            case OpenHelp():
                return Push(HelpScreen())
            case ChangeSetting(setting, value):
                return Adjust(setting, value)
        return None
