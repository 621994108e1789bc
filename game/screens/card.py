"""One action: who does it, on whom, with which odds and why; or what stands against it."""

from __future__ import annotations

from game.desk.views import Card, Option
from game.i18n import Say
from game.screens.frame import back_button, dialog
from game.screens.layout import Box, Node
from game.screens.messages import Decided, Message
from game.screens.pictures.cardbox import odds_color, odds_words, serves_words
from game.screens.pictures.face import portrait
from game.screens.screen import Answer, Look, Pop, Screen
from game.screens.widgets import BODY, LARGE, SMALL, Bar, Icon, Text, column, flow, key_cap, row
from game.session.session import Session

FACE = 38


class CardScreen(Screen):
    """Choose how to start an action; answers `Decided`."""

    modal = True

    def __init__(self, play: Session, action: int, person: int = -1, member: int = -1) -> None:
        self.play, self.action, self.person, self.member = play, action, person, member
        self.first_focus = "option:0"

    def build(self, look: Look) -> Node:
        say = look.say
        card = self.card(say)
        weeks = say("card.weeks", n=card.weeks) if card.weeks else say("card.at_once")
        facts = say("list.semicolon").join(x for x in (weeks, card.money, card.window) if x)
        rows: list[Node] = [Text(card.about, BODY) if card.about else Text(facts, BODY, "muted")]
        if card.about:
            rows.append(Text(facts, SMALL + 1, "muted"))
        if card.breach:
            rows.append(row(Icon("breach", 16, "bad"), Text(say("card.breach_warning"), SMALL + 1, "bad", grow=1), gap=7))
        if card.serves:
            rows.append(row(Icon("gate", 16, "accent"), Text(serves_words(card, say), SMALL + 1, grow=1), gap=7))
        if card.bid and self.play.mode.numbers:
            rows.append(row(Icon("trophy", 16, "accent"), Text(card.bid, SMALL + 1, grow=1), gap=7))
        if card.coach:
            rows.append(row(Icon("coach", 16, "accent"), Text(card.coach, SMALL + 1, grow=1), gap=7, align="start"))
        if card.options:
            rows.append(Text(say("card.choose"), BODY, bold=True))
            exam = not self.play.mode.numbers
            sure = card.options[0].odds == 100 and len(card.options[0].items) <= 1
            rows += [_option(o, k, look, sure, exam, self.face(o)) for k, o in enumerate(card.options)]
        else:
            rows.append(Text(say("card.why_not"), BODY, bold=True))
            rows += [row(Icon("lock", 14, "warn"), Text(why, BODY, grow=1), gap=7) for why in card.why_not]
        close = back_button(say)
        return dialog(
            look,
            card.name,
            column(*rows, gap=7),
            row(close, justify="end"),
            icon="breach" if card.breach else "play",
            scroll="card",
        )

    def face(self, o: Option) -> Node | None:
        """Whom we go to; where it concerns nobody, who of ours does it."""
        ids = self.play.ready.compiled.ids
        name = ids.people[o.person_at] if o.person_at >= 0 else ids.members[o.member_at] if o.member_at >= 0 else ""
        return portrait(self.play.face(name), FACE) if name else None

    def card(self, say: Say) -> Card:
        return self.play.card(say.language, self.action, self.person, self.member)

    def on(self, message: Message) -> Answer:
        return Pop(message) if isinstance(message, Decided) else Pop()


def _option(o: Option, k: int, look: Look, sure: bool, exam: bool, face: Node | None) -> Box:
    say, color = look.say, odds_color(o.odds)
    who = f"{o.member} → {o.person}" + (say("list.dot") + o.title if o.title else "") if o.person else o.member
    key = key_cap(str(k + 1)) if k < 9 else None
    name = Text(who, BODY + 0.5, bold=True, grow=1)
    shown = Text(_shown(o, sure, exam, say), LARGE, color, bold=True)
    if look.slim:
        bar = None if exam else Bar(o.odds / 100, color, grow=1, height=9)
        head: Node = column(row(key, name, gap=8), row(bar, shown, gap=8), gap=2)
    else:
        bar = None if exam else Bar(o.odds / 100, color, width=130, height=9)
        head = row(key, name, bar, shown, gap=10)
    items = None if sure or exam else flow(*(_item(i.label, i.points, i.believed, say) for i in o.items), gap=4)
    return row(
        face,
        column(head, items, gap=4, grow=1),
        gap=10,
        pad=(10, 6),
        fill="raised",
        edge="line",
        message=Decided(o.decision),
        keys=(str(k + 1),) if k < 9 else (),
        id=f"option:{k}",
        name=who,
    )


def _shown(o: Option, sure: bool, exam: bool, say: Say) -> str:
    """The odds, with their band where they rest on belief; words in an exam."""
    if sure:
        return say("card.sure")
    if exam:
        return odds_words(o.odds, say)
    return say("card.band", odds=o.odds, band=o.band) if o.band >= 2 else say("card.odds", odds=o.odds)


def _item(label: str, points: float, believed: bool, say: Say) -> Box:
    """A term of the sum: what, and how much it adds."""
    color = "good" if points > 0 else "bad" if points < 0 else "muted"
    words = label + (say("card.believed") if believed else "")
    return row(
        Text(words, SMALL, "text"),
        Text(f"{points:+.0f}".replace("-", "−"), SMALL, color, bold=True),
        gap=4,
        pad=(6, 1),
        fill="panel",
        radius=3,
    )
