"""Boards as lines of text, for terminals and screen readers. An indented line is one with spaces before it."""

from __future__ import annotations

from collections.abc import Iterator

from game.desk.pace import pace_head, pace_line, pace_say, pace_ways
from game.desk.views import Desk
from game.i18n import Say

INDENT = "   "
STEP = 10
"""Strength of a knot for each # of its bar."""


def people(desk: Desk, say: Say) -> Iterator[str]:
    """Everyone we know of, with what we know of them."""
    yield say("con.people")
    for p in desk.people:
        yield say("con.person", name=p.name, title=p.title, level=p.level, power=p.power)
        key = "con.person_more" if p.met else "con.person_unmet"
        yield say(key, roles=say("list.and").join(p.roles), rapport=p.rapport, coverage=p.coverage, stance=p.stance)
        if p.about:
            yield INDENT + p.about
        if p.wins:
            yield say("con.person_wins", wins=p.wins)
        if p.personal:
            yield say("con.person_personal", wins=p.personal)
        if p.hears:
            yield say("con.person_hears", names=say("list.and").join(p.hears_names))
        if p.holds:
            yield say("con.person_holds", names=p.holds_words)
        if p.reports_to:
            yield say("con.boss", name=p.reports_to)


def net(desk: Desk, say: Say) -> Iterator[str]:
    """Who of us holds whom of them, and how firmly."""
    yield say("con.net") if desk.net else say("con.no_net")
    for k in desk.net:
        strength = f"{k.strength:>3} {'#' * (k.strength // STEP)}"
        yield INDENT + say("con.knot", member=k.member, person=k.person, strength=strength)


def pace(desk: Desk, say: Say) -> Iterator[str]:
    """How long the customer's phase still takes and why, the dates, who has a say."""
    view = desk.pace
    yield pace_head(view, say)
    for line in view.lines:
        yield INDENT + pace_line(line, say)
        if ways := pace_ways(line, say):
            yield INDENT + INDENT + ways
    yield from view.dates
    for one in view.says:
        yield INDENT + pace_say(one, say)


def tree(desk: Desk, say: Say) -> Iterator[str]:
    """The questions of the deal, by element."""
    yield say("con.tree")
    for element in desk.tree:
        yield say("con.element", name=element.element, gauge=element.gauge)
        for leaf in element.leaves:
            yield say("con.leaf", status=leaf.status_words, text=leaf.text)


def rivals(desk: Desk, say: Say) -> Iterator[str]:
    """Who else is after the deal."""
    yield say("con.rivals")
    for r in desk.rivals:
        yield say("con.rival", name=r.name, style=r.style, intel=r.intel)
        yield INDENT + r.about
