"""The pipeline on screen: every deal under way, and what they are worth together."""

from __future__ import annotations

from typing import Any

from game.desk.pipeline import Pipeline, Prospect, Total
from game.i18n import Say
from game.screens.frame import back_button, dialog
from game.screens.layout import Node
from game.screens.messages import Message
from game.screens.screen import Answer, Look, Pop, Screen
from game.screens.widgets import BODY, LARGE, SMALL, Bar, Icon, Text, column, row


class PipelineScreen(Screen):
    """Funnel and forecast side by side: what the stage claims, and what the trainee says."""

    modal = True
    first_focus = "back"

    def __init__(self, tell: Any) -> None:
        self.tell = tell
        """A language → the pipeline in it."""

    def build(self, look: Look) -> Node:
        say = look.say
        found: Pipeline = self.tell(say)
        rows: list[Node] = [Text(say("pipe.about"), SMALL + 1, "muted")]
        rows += [_deal(d, say, look.wide) for d in found.deals] or [Text(say("pipe.none"), BODY, "muted")]
        rows += [_total(t, say) for t in found.totals]
        foot = row(back_button(say, "p"), justify="end")
        return dialog(look, say("pipe.title"), column(*rows, gap=9), foot, icon="trophy", scroll="pipeline", width=900)

    def on(self, message: Message) -> Answer:
        return Pop()


def _deal(d: Prospect, say: Say, wide: bool) -> Node:
    said = say("pipe.stated", n=d.win) if d.stated else say("pipe.unstated", n=d.win)
    close = say("pipe.close", n=d.close) if d.close else say("pipe.no_close")
    head = row(
        Text(d.title, BODY + 1, bold=True, grow=1),
        Text(say("money", amount=f"{round(d.expected):,}", unit=d.unit), BODY + 1, "accent", bold=True),
        gap=8,
    )
    facts = [say("pipe.stage", stage=d.stage, n=d.milestone), said, say("pipe.week", n=d.week, of=d.weeks), close]
    bar = (
        row(Text(say("pipe.funnel"), SMALL, "muted", width=64), Bar(d.milestone / 100, height=6, grow=1), gap=6) if wide else None
    )
    told = row(Text(say("pipe.forecast"), SMALL, "muted", width=64), Bar(d.win / 100, height=6, grow=1), gap=6) if wide else None
    return column(
        head, Text(say("list.dot").join(facts), SMALL + 1, "muted"), bar, told, gap=3, pad=(12, 8), fill="panel", edge="line"
    )


def _total(t: Total, say: Say) -> Node:
    def money(amount: float) -> str:
        return say("money", amount=f"{round(amount):,}", unit=t.unit)

    words = say("pipe.total", n=t.deals, weighted=money(t.weighted), spread=money(t.spread))
    beside = say("pipe.beside", funnel=money(t.funnel), value=money(t.value))
    return row(
        Icon("money", 20, "accent"), column(Text(words, LARGE - 1, bold=True), Text(beside, SMALL + 1, "muted"), grow=1), gap=10
    )
