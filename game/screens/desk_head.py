"""The desk's head, with what stands and what goes on from here, and its foot with the keys."""

from __future__ import annotations

from game.desk.views import Desk
from game.i18n import Say
from game.screens.layout import Box
from game.screens.messages import LetRun, OpenGate, OpenHelp, OpenMeeting, OpenMenu, OpenTable
from game.screens.screen import Look
from game.screens.side import figure
from game.screens.widgets import BODY, LARGE, SMALL, Spacer, Text, button, column, key_cap, row
from game.session.modes import USUAL, Mode

KEYS = (
    ("1–8", "keys.card"),
    ("", "keys.wait"),
    ("G", "keys.gate"),
    ("A", "keys.all"),
    ("N", "keys.page"),
    ("V B", "keys.boards"),
    ("L", "keys.log"),
    ("Tab", "keys.focus"),
    ("F1", "keys.help"),
    ("F2", "keys.language"),
    ("Ctrl +/−", "keys.text"),
)
"""A key, and the text id of what it does; the space bar has a name in each language."""


def head(desk: Desk, look: Look, mode: Mode, team: bool) -> Box:
    """`team`: whether several people share this seat."""
    figures, buttons = _figures(desk, look.say, mode), _buttons(desk, look.say, team)
    if look.wide:
        return row(Text(desk.title, LARGE, bold=True), Spacer(grow=1), *figures, *buttons, gap=12)
    few = [b for b in buttons if b.id != "help"]
    if look.slim:
        return column(Text(desk.title, BODY, bold=True), Box("flow", *few, gap=5), Box("flow", *figures, gap=10), gap=3)
    return column(row(Text(desk.title, BODY, bold=True, grow=1), *few, gap=6), Box("flow", *figures, gap=12), gap=3)


def _figures(desk: Desk, say: Say, mode: Mode) -> list[Box]:
    found = [] if mode.key == USUAL else [figure("coach", say(f"mode.{mode.key}"), say(f"mode.{mode.key}.about"))]
    found += [
        figure("calendar", say("head.week", week=desk.week, weeks=desk.weeks), say("tip.week")),
        figure("hand", say("head.free", n=desk.free_fronts, of=desk.front_room), say("tip.free")),
        figure("money", desk.money, say("tip.money")),
    ]
    if desk.debt:
        found.append(figure("debt", say("head.debt", n=desk.debt), say("tip.debt"), "bad"))
    if desk.award and mode.numbers:
        found.append(figure("trophy", award_words(desk, say), say("tip.award"), "accent"))
    return found


def award_words(desk: Desk, say: Say) -> str:
    """Our chance of the award, from and to; said otherwise where we have no bid yet, or can have none."""
    low, high = desk.award_band
    if not high and not desk.award_if:
        return say("head.award_none")
    return say("head.award_if" if desk.award_if else "head.award", low=low, high=high)


def _buttons(desk: Desk, say: Say, team: bool) -> list[Box]:
    ready = bool(desk.gate and desk.gate.honest and not desk.gate.debt)
    space, keys = say("key.space"), ("space", "w")
    found = [button(say("do.meeting"), OpenMeeting(), icon="team", keys=("t",), shown="T", id="meeting")] if team else []
    return [
        *found,
        button(say("do.gate"), OpenGate(), icon="gate", keys=("g",), shown="G", id="gate", strong=ready, tip=say("tip.gate")),
        button(say("do.wait"), LetRun(), icon="wait", keys=keys, shown=space, strong=True, id="wait", tip=say("tip.wait")),
        button("", OpenHelp(), icon="question", keys=("f1", "?"), id="help", tip=say("tip.help")),
        button("", OpenMenu(), icon="menu", keys=("escape", "m"), id="menu", tip=say("tip.menu")),
    ]


def sit_down(say: Say) -> Box:
    """To the negotiation table."""
    words, tip = say("table.sit"), say("tip.sit")
    return button(words, OpenTable(), icon="table", keys=("s",), shown="S", strong=True, id="sit", tip=tip)


def keys(say: Say) -> Box:
    """What the keys do."""
    shown = [(key or say("key.space"), say(what)) for key, what in KEYS]
    return row(*(row(key_cap(key), Text(what, SMALL - 0.5, "muted"), gap=4) for key, what in shown), gap=14)
