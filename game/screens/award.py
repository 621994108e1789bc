"""The award, opened bidder by bidder; the winner last."""

from __future__ import annotations

from game.desk.views import Desk
from game.screens.frame import dialog
from game.screens.layout import Node
from game.screens.messages import Message, Onward, ToldOn
from game.screens.pictures.face import portrait
from game.screens.screen import Answer, Look, Pop, Screen
from game.screens.widgets import BODY, LARGE, SMALL, Bar, Icon, Text, button, column, row
from game.session.session import Session

FACE = 40


class AwardScreen(Screen):
    """Answers `ToldOn` when all are open. It shows only what was believed before; the truth waits for the end."""

    first_focus = "next"

    def __init__(self, play: Session, before: Desk) -> None:
        self.play, self.before = play, before
        assert play.awarded is not None
        self.winner = play.awarded.winner
        self.opened = 0

    def build(self, look: Look) -> Node:
        say = look.say
        tell = self.play.tell(say.language)
        many = tell.t.n_bidder
        believed = [odds for _, odds in self.before.award] or [0] * many
        # The losers first, the least likely at the head; the winner last.
        order = [*sorted((b for b in range(many) if b != self.winner), key=lambda b: believed[b]), self.winner]
        rows: list[Node] = [Text(say("award.intro"), BODY, "muted")]
        for k, b in enumerate(order):
            rows.append(self.bidder(tell.bidder(b), believed[b], b, k < self.opened, look))
        done = self.opened >= many
        if done:
            key = "award.won" if self.winner == 0 else "award.none" if self.winner == many - 1 else "award.lost"
            rows.append(Text(say(key, winner=tell.bidder(self.winner)), LARGE, "good" if self.winner == 0 else "bad", bold=True))
        label = say("award.go_on" if done else "award.open")
        foot = row(
            button(label, Onward(), icon="right", keys=("space",), shown=say("key.space"), strong=True, id="next"), justify="end"
        )
        return dialog(look, say("award.title"), column(*rows, gap=9), foot, icon="trophy", scroll="award")

    def bidder(self, name: str, believed: int, b: int, opened: bool, look: Look) -> Node:
        say = look.say
        if not opened:
            return row(
                Icon("lock", 18, "muted"),
                Text(say("award.closed"), BODY, "muted", grow=1),
                pad=(12, 9),
                fill="raised",
                edge="line",
            )
        won = b == self.winner
        mark = Icon("trophy" if won else "minus", 20, "good" if won else "muted")
        who = self.face(b)
        icon = row(portrait(self.play.face(who), FACE), mark, gap=8) if who else mark
        title = Text(name, LARGE, bold=True, grow=1)
        thought = column(
            Text(say("award.thought", odds=believed), SMALL, "muted"),
            Bar(believed / 100, "accent" if b == 0 else "rival", height=7),
            width=0 if look.slim else 170,
        )
        became = Text(say("award.first" if won else "award.not"), BODY, "good" if won else "muted", bold=won)
        style = {"pad": (12, 9), "fill": "chosen" if won else "raised", "edge": "good" if won else "line"}
        if look.slim:
            return column(row(icon, title, became, gap=8), thought, gap=4, **style)
        return row(icon, title, thought, became, gap=12, **style)

    def face(self, b: int) -> str:
        """Who stands for a bidder, by name in the file: a rival, for us whoever leads; '' where nobody wins."""
        ids = self.play.ready.compiled.ids
        if b == 0:
            return ids.members[0]
        return ids.rivals[b - 1] if b <= len(ids.rivals) else ""

    def on(self, message: Message) -> Answer:
        if self.opened >= self.play.ready.compiled.tables.n_bidder:
            return Pop(ToldOn())
        self.opened += 1
        last = self.opened >= self.play.ready.compiled.tables.n_bidder
        self.cue = "drum" if not last else "won" if self.winner == 0 else "lost"
        return None
