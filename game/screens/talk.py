"""At the negotiation table: they raise an issue, we answer, they reply and raise the next."""

from __future__ import annotations

from game.debrief.figures import whole_signed
from game.desk.views import Desk, IssueView, MoveView, Option, TableView
from game.i18n import Say
from game.screens.frame import dialog
from game.screens.layout import Box, Node
from game.screens.messages import Back, LetSpeak, Message, Onward, RaiseIssue, SceneAnswered, Speak
from game.screens.pictures.cardbox import odds_words
from game.screens.pictures.face import portrait
from game.screens.pictures.scenery import scenery
from game.screens.screen import NOWHERE, Answer, Look, Pop, Screen
from game.screens.told import LOW, ROOMY, onward, sound_of
from game.screens.widgets import BODY, LARGE, SMALL, Bar, Icon, Pips, Text, button, chip, column, flow, row
from game.session.session import Session

TALL = 108
PLACE = "meeting"


class TalkScreen(Screen):
    """One sitting at the table. Every answer is a decision; what they say to it stands at once. Answers `SceneAnswered`."""

    modal = True

    def __init__(self, play: Session, before: Desk) -> None:
        self.play, self.before = play, before
        self.raised: int | None = None
        self.speaker = -1
        self.said = False
        self.first_focus = NOWHERE

    # ---- building
    def build(self, look: Look) -> Node:
        say = look.say
        desk = self.play.desk(say.language)
        table = desk.table
        if table is None or self.play.playing.over:
            body = column(*self.reply(say), gap=9)
            return dialog(look, say("table.title"), body, onward(say), icon="table", scroll="talk:over", width=820)
        body = column(
            *self.across(table, look), self.ledger(table, say), *self.spoken(table, say),
            self.speakers(table, say), *self.answers(table, say), gap=8,
        )  # fmt: skip
        leave = button(say("table.leave"), Back(), keys=("escape",), shown="Esc", id="back")
        return dialog(look, say("table.title"), body, row(leave, justify="end"), icon="table", scroll="talk", width=860)

    def across(self, table: TableView, look: Look) -> list[Node]:
        """Who sits there, in the place where there is room for it."""
        who = row(Text(table.who, LARGE, bold=True), Text(table.office, BODY, "muted"), gap=8)
        low = table.patience <= max(2, table.patience_full // 4)
        patience = row(
            Icon("wait", 15, "bad" if low else "good"),
            Text(look.say("table.patience", n=table.patience, of=table.patience_full), BODY, "bad" if low else "text"),
            Bar(table.patience / table.patience_full, "bad" if low else "good", width=140, height=9),
            gap=7,
        )
        words = look.say("table.thin" if low else "table.stake")
        stake = Text(words, SMALL + 0.5, "bad" if low else "muted", bold=low)
        if look.room[1] >= ROOMY:
            return [scenery(PLACE, table.face, TALL), flow(who, patience, gap=24), stake]
        return [row(portrait(table.face, LOW), column(who, patience, gap=3, grow=1), gap=10), stake]

    def ledger(self, table: TableView, say: Say) -> Node:
        """What lies on the table and how far each issue has gone; pressed, it is talked about first."""
        now = self.issue(table)
        given = Text(say("table.given", money=table.given), SMALL + 0.5, "bad")
        return flow(*(self.square(k, issue, k == now, say) for k, issue in enumerate(table.issues)), given, gap=6)

    def square(self, k: int, issue: IssueView, on: bool, say: Say) -> Box:
        full = issue.conceded >= issue.levels
        return row(
            Text(issue.name, SMALL + 1, "muted" if full else "accent" if on else "text", bold=on),
            Pips(issue.conceded, issue.levels, "bad", 10),
            gap=6,
            pad=(8, 4),
            fill="chosen" if on else "raised",
            edge="accent" if on else "line",
            radius=5,
            message=None if full else RaiseIssue(k),
            id=f"issue:{k}",
            name=issue.name,
            tip=say("table.step", cost=issue.cost),
        )

    def spoken(self, table: TableView, say: Say) -> list[Node]:
        """What they answered, and what they bring up now."""
        rows = self.reply(say) if self.said else [Text(line, BODY + 2, bold=True) for line in table.opens]
        now = self.issue(table)
        words = table.issues[now].asks if now >= 0 else say("table.nothing_left")
        return [*rows, Text(words, BODY + 2, bold=True)]

    def reply(self, say: Say) -> list[Node]:
        """Their answer to what we said last."""
        rows: list[Node] = []
        for line in self.play.lines(say.language, self.play.last):
            color = {"good": "good", "bad": "bad"}.get(line.mood, "text")
            rows.append(Text(line.said or line.text, BODY + 1, color, bold=True))
            if line.detail:
                rows.append(Text(line.detail, SMALL + 0.5, "muted"))
        return rows

    def answers(self, table: TableView, say: Say) -> list[Node]:
        """Give or trade what is talked about, else what concerns the whole."""
        now = self.issue(table)
        shown = [m for m in table.moves if m.issue in (now, -1)]
        return [self.choice(k, move, table, say) for k, move in enumerate(shown, 1)]

    def choice(self, k: int, move: MoveView, table: TableView, say: Say) -> Box:
        option = self.option(move, table)
        exam = not self.play.mode.numbers
        sure = option.odds >= 100 and len(option.items) <= 1
        odds = say("scene.sure") if sure else odds_words(option.odds, say) if exam else say("scene.odds", odds=option.odds)
        tip = "" if sure or exam else "\n".join(f"{i.label} {whole_signed(i.points)}" for i in option.items)
        return row(
            Text(str(k), BODY, "accent", bold=True, width=16),
            column(
                Text(move.card.name, BODY + 1),
                Text(move.about, SMALL + 0.5, "muted") if move.about else None,
                gap=0,
                grow=1,
            ),
            Text(odds, SMALL + 0.5, "muted", width=92, align="end"),
            gap=8,
            pad=(12, 7),
            fill="raised",
            edge="line",
            message=Speak(option.decision),
            keys=(str(k),),
            id=f"answer:{k}",
            name=move.card.name,
            tip=tip,
        )

    def speakers(self, table: TableView, say: Say) -> Node | None:
        """Who of ours may speak, where there is a choice."""
        found = {o.member_at: o.member for m in table.moves for o in m.card.options}
        if len(found) < 2:
            return None
        chosen = self.chosen(table)
        chips = [chip(name, LetSpeak(at), on=at == chosen, id=f"speaker:{at}") for at, name in sorted(found.items())]
        return flow(Text(say("table.speaks"), SMALL + 0.5, "muted"), *chips, gap=5)

    # ---- what is chosen
    def issue(self, table: TableView) -> int:
        """The issue that is talked about, -1 when none is left."""
        if self.raised is not None and table.issues[self.raised].conceded < table.issues[self.raised].levels:
            return self.raised
        return table.raised

    def chosen(self, table: TableView) -> int:
        """Who speaks: whom the player chose, else the first who can."""
        members = sorted({o.member_at for m in table.moves for o in m.card.options})
        return self.speaker if self.speaker in members else members[0] if members else -1

    def option(self, move: MoveView, table: TableView) -> Option:
        """This move by whoever speaks, or by the first who can make it."""
        speaker = self.chosen(table)
        return next((o for o in move.card.options if o.member_at == speaker), move.card.options[0])

    # ---- answering
    def on(self, message: Message) -> Answer:
        match message:
            case RaiseIssue(issue):
                self.raised = issue
            case LetSpeak(member):
                self.speaker = member
            case Speak(decision):
                self.play.decide(decision)
                self.said, self.raised = True, None
                self.cue = sound_of(self.play.lines("zh", self.play.last))
            case Onward() | Back():
                return Pop(SceneAnswered(self.before)) if self.said else Pop()
        return None
