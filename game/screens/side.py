"""The side of the desk: what just happened, what needs attention, what is under way."""

from __future__ import annotations

from game.desk.views import Desk
from game.i18n import Say
from game.screens.layout import Box, Node, Scroll
from game.screens.messages import OpenLog, OpenScene
from game.screens.pictures.news import news_line
from game.screens.screen import Look
from game.screens.widgets import BODY, SMALL, Icon, Text, chip, column, panel, row
from game.session.session import Session
from game.words.log import Line


def now(play: Session, desk: Desk, look: Look) -> Box:
    """The news in a window of their own."""
    box = news_panel(play, desk, look)
    return panel(
        look.say("now.title"),
        Scroll(f"now:{len(play.playing.decisions)}", box.children[1], grow=1),
        icon="news",
        side=_log_button(look.say),
        grow=1,
    )


def news_panel(play: Session, desk: Desk, look: Look) -> Box:
    """What the last decision brought; at first, how to begin."""
    say = look.say
    lines = play.lines(say.language, play.public(play.news))
    if play.team and any(play.private(m.at) for m in desk.members):
        lines = [Line(desk.week, say("meeting.waiting")), *lines]
    rows: list[Node] = [news_line(line, say, play.face) for line in lines]
    if play.passed:
        first, last, why = play.passed
        last = min(last, desk.weeks)
        words = say("now.passed" if first < last else "now.passed_one", first=first, last=last, why=say(f"now.passed.{why}"))
        rows.insert(0, row(Icon("calendar", 13, "accent"), Text(words, SMALL + 0.5, "accent", grow=1), gap=6))
    if play.trouble:
        rows.insert(0, Text(play.trouble_words(say.language), SMALL + 1, "bad"))
    for text in desk.coaching:
        if text not in play.coached:
            rows.append(row(Icon("coach", 15, "accent"), Text(text, SMALL + 1, grow=1), gap=7, align="start"))
    if not rows:
        rows = [Text(say("now.nothing"), SMALL + 1, "muted")]
    return panel(say("now.title"), column(*rows, gap=7), icon="news", side=_log_button(say))


def attention(desk: Desk, look: Look) -> Box:
    """What presses most, and what is under way."""
    say = look.say
    rows: list[Box] = []
    for k, scene in enumerate(desk.scenes):
        words = say("scene.attention", who=scene.who, title=scene.title, n=scene.left) if scene.left else scene.title
        keys = () if k else ("r",)
        label = say("scene.open", who=scene.who) + ("" if k else " (R)")
        open_ = chip(label, OpenScene(scene.name), icon="person", id=f"scene:{scene.name}", keys=keys)
        rows.append(column(_note("person", "accent", words), row(open_), gap=3))
    rows += [_note("alert", "warn", line) for line in desk.attention]
    for f in desk.fronts:
        who = f"{f.member} → {f.person}" if f.person else f.member
        rows.append(_note("play", "good", say("now.front", action=f.action, who=who, n=f.weeks_left)))
    inside = column(*rows, gap=4)
    if not look.wide:
        return panel(say("now.attention"), inside, icon="alert")
    return panel(say("now.attention"), Scroll("attention", inside, grow=1), icon="alert", grow=1)


def figure(icon: str, text: str, tip: str, color: str = "text") -> Box:
    """A number at the head of the desk."""
    return row(
        Icon(icon, 16, color if color != "text" else "muted"),
        Text(text, BODY + 0.5, color, bold=True),
        gap=5,
        tip=tip,
        id=f"figure:{icon}",
        name=tip,
    )


def _note(icon: str, color: str, text: str) -> Box:
    return row(Icon(icon, 13, color), Text(text, SMALL + 0.5, grow=1), gap=6, align="start")


def _log_button(say: Say) -> Box:
    return chip(say("do.log"), OpenLog(), icon="log", id="log")
