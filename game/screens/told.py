"""What is told before the desk goes on: a moment one remembers, and how the week went."""

from __future__ import annotations

from game.desk.views import MomentView
from game.i18n import Say
from game.screens.frame import dialog
from game.screens.layout import Box, Node
from game.screens.messages import Message, Onward, ToldOn
from game.screens.pictures.face import portrait
from game.screens.pictures.scenery import scenery
from game.screens.screen import Answer, Look, Pop, Screen
from game.screens.widgets import BODY, LARGE, SMALL, Icon, Text, button, column, row
from game.session.session import Session
from game.words.log import Line

PAPER = "paper"
TALL, LOW, FACE = 190, 56, 44
ROOMY = 600
"""From so many units of height on, a place is drawn; with less there is room for the face only."""
MOST = 5
"""What a week is told in at most; the rest stands in the log."""


def setting(view: MomentView, look: Look, shown: int) -> list[Node]:
    """The place, who is there, the situation, and the first `shown` lines."""
    say = look.say
    place = Text(say(f"place.{view.place}"), SMALL, "muted")
    who = row(Text(view.who, LARGE, bold=True), Text(view.office, BODY, "muted"), gap=8)
    text = Text(view.text, BODY + 0.5, "muted")
    small = row(portrait(view.face, LOW), column(who, place, gap=2, grow=1), gap=10)
    if view.place == PAPER:
        lines = (Text(line, BODY + 1) for line in view.lines)
        return [small, text, column(*lines, gap=8, pad=(22, 16), fill="raised", edge="muted")]
    head: list[Node] = [place, scenery(view.place, view.face, TALL), who] if look.room[1] >= ROOMY else [small]
    return [*head, text, *(Text(line, BODY + 2, bold=True) for line in view.lines[:shown])]


def onward(say: Say, words: str = "award.go_on") -> Box:
    """The button that goes on."""
    go = button(say(words), Onward(), icon="right", keys=("space",), shown=say("key.space"), strong=True, id="next")
    return row(go, justify="end")


class MomentScreen(Screen):
    """A page for what one remembers; its lines come one by one. Answers `ToldOn`."""

    modal = True
    leaves_outside = False
    first_focus = "next"

    def __init__(self, play: Session, name: str) -> None:
        self.play, self.name = play, name
        self.shown, self.many = 1, 1
        self.cue = "moment"

    def build(self, look: Look) -> Node:
        view = self.play.moment(look.language, self.name)
        self.many = 1 if view.place == PAPER else len(view.lines)
        body = column(*setting(view, look, self.shown), gap=9)
        return dialog(look, view.title, body, onward(look.say), icon="star", scroll=f"moment:{self.name}", width=760)

    def on(self, message: Message) -> Answer:
        if self.shown >= self.many:
            return Pop(ToldOn())
        self.shown += 1
        return None

    def key(self, name: str) -> Answer | bool:
        return Pop(ToldOn()) if name == "escape" else False


class RecapScreen(Screen):
    """How the time went that has passed: the weightiest first, with faces. Answers `ToldOn`."""

    modal = True
    leaves_outside = False
    first_focus = "next"

    def __init__(self, play: Session) -> None:
        self.play = play
        self.cue = sound_of(weightiest(play.lines("zh", play.public(play.last)))[:1]) or "week"

    def build(self, look: Look) -> Node:
        say = look.say
        lines = weightiest(self.play.lines(say.language, self.play.public(self.play.last)))
        why = self.play.passed[2] if self.play.ran and self.play.passed else ""
        rows: list[Node] = [Text(say(f"recap.{why}"), BODY, "muted")] if why else []
        rows += [self.told(line, say) for line in lines[:MOST]]
        if len(lines) > MOST:
            rows.append(Text(say("recap.more", n=len(lines) - MOST), SMALL + 0.5, "muted"))
        return dialog(look, self.title(say), column(*rows, gap=10), onward(say), icon="calendar", scroll="recap", width=720)

    def title(self, say: Say) -> str:
        """Which weeks are told; or what came at once, or ended the deal."""
        if self.play.playing.over:
            return say("recap.last")
        if not (self.play.ran and self.play.passed):
            return say("recap.now")
        first, last, _ = self.play.passed
        return say("recap.title" if first < last else "recap.title_one", first=first, last=last)

    def told(self, line: Line, say: Say) -> Node:
        """What happened, with the face of whom it is about."""
        color, icon = {"good": ("good", "up"), "bad": ("bad", "down"), "plain": ("muted", "right")}[line.mood]
        face = portrait(self.play.face(line.who), FACE) if line.who else row(Icon(icon, 20, color), width=FACE, justify="center")
        words = row(Icon(icon, 13, color) if line.who else None, Text(line.text, BODY + 0.5, grow=1), gap=6, align="start")
        return row(face, column(words, Text(line.detail, SMALL, "muted") if line.detail else None, gap=1, grow=1), gap=12)

    def on(self, message: Message) -> Answer:
        return Pop(ToldOn())

    def key(self, name: str) -> Answer | bool:
        return Pop(ToldOn()) if name == "escape" else False


def sound_of(lines: list[Line]) -> str:
    """Good or bad by what was told; '' where it is neither."""
    moods = {line.mood for line in lines}
    return "bad" if "bad" in moods else "good" if "good" in moods else ""


def weightiest(lines: list[Line]) -> list[Line]:
    """What matters most first; what has been tells in its own order otherwise."""
    return sorted(lines, key=lambda line: -line.weight)
