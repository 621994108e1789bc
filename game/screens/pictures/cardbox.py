"""An action as a card: what it is, what it costs, how likely it succeeds, or why it cannot be started."""

from __future__ import annotations

from game.desk.views import Card
from game.i18n import Say
from game.screens.layout import Box, Node
from game.screens.messages import OpenCard
from game.screens.widgets import BODY, SMALL, Bar, Icon, Spacer, Text, column, key_cap, row

FAMILIES = (
    "contact",
    "study",
    "proposal",
    "criteria",
    "executive",
    "proof",
    "negotiation",
    "delivery",
    "plan",
    "intelligence",
    "price",
    "promise",
    "breach",
    "team",
)
"""Families of actions that have an icon of their own."""


def odds_words(odds: int, say: Say) -> str:
    """Odds as people say them."""
    step = 3 if odds >= 75 else 2 if odds >= 55 else 1 if odds >= 35 else 0
    return say(f"odds.word.{step}")


def odds_color(odds: int) -> str:
    """Good from 65 %, doubtful from 40."""
    return "good" if odds >= 65 else "warn" if odds >= 40 else "bad"


def _odds(c: Card, sure: bool, say: Say, numbers: bool) -> str:
    if sure:
        return say("card.sure")
    if not numbers:
        return odds_words(c.best, say)
    return say("card.best" if len(c.options) > 1 else "card.odds", odds=c.best)


def serves_words(c: Card, say: Say) -> str:
    """Which open points of the gate it may bring; '' for none."""
    return say("card.serves", points=say("list.semicolon").join(c.serves)) if c.serves else ""


def family_icon(card: Card) -> str:
    return "breach" if card.breach else card.family if card.family in FAMILIES else "plan"


def card_box(c: Card, number: int, say: Say, numbers: bool) -> Box:
    """The card of an action under its number."""
    open_ = bool(c.options)
    color = "bad" if c.breach else "accent" if open_ else "muted"
    weeks = say("card.weeks", n=c.weeks) if c.weeks else say("card.at_once")
    head = row(
        Icon(family_icon(c) if open_ else "lock", 16, color),
        Text((say("card.breach") if c.breach else "") + c.name, BODY, "text" if open_ else "muted", bold=True, grow=1),
        Icon("gate", 14, "accent") if c.serves else None,
        key_cap(str(number)),
        gap=6,
    )
    cost = row(
        Icon("wait", 12, "muted"),
        Text(weeks, SMALL, "muted"),
        Icon("money", 13, "muted") if c.money else None,
        Text(c.money, SMALL, "muted") if c.money else None,
        gap=4,
    )
    if open_:
        sure = c.best == 100
        odds = row(
            Bar(c.best / 100, odds_color(c.best), grow=1) if numbers else Spacer(grow=1),
            Text(_odds(c, sure, say, numbers), BODY, bold=True),
            cost,
            gap=8,
        )
        body: list[Node] = [Text(c.about, SMALL, "muted"), Spacer(grow=1), odds]
    else:
        body = [Text(say("card.locked", why=say("list.semicolon").join(c.why_not[:2])), SMALL, "muted"), Spacer(grow=1)]
    return column(
        head,
        *body,
        gap=3,
        pad=(10, 6),
        fill="panel" if open_ else "back",
        edge="line",
        radius=5,
        message=OpenCard(c.action),
        keys=(str(number),),
        id=f"card:{c.action}",
        name=c.name,
        tip=serves_words(c, say),
    )
