"""The forecast meeting: one's own boss asks for the numbers before a gate is passed, and says something to them."""

from __future__ import annotations

from game.i18n import Say
from game.play.statements import ForecastSaid, last_of
from game.screens.layout import Box, Node
from game.screens.messages import StateForecast, TurnForecast
from game.screens.pictures.face import portrait
from game.screens.screen import Look
from game.screens.widgets import BODY, LARGE, SMALL, Text, button, column, row
from game.session.session import Session

STEPS = {"win": (-10, -1, 1, 10), "week": (-4, -1, 1, 4), "value": (-5, -1, 1, 5)}
HIGH, LOW = 70, 30
"""A first forecast that is called high, or low."""
MOVED = 8
"""By so many points a forecast has changed, for the boss."""
FACE = 56


def forecast_meeting(play: Session, forecast: ForecastSaid, stated: bool, look: Look) -> list[Node]:
    """The boss, what is asked, the numbers, and what the boss says to those that were stated."""
    say = look.say
    money = play.tell(say.language).money
    color = "accent" if stated else "muted"
    before = last_of(play.playing.statements, ForecastSaid)
    return [
        asked(play, forecast, before, stated, say),
        _stepper(say("gate.win"), f"{forecast.win}%", "win", color, look.slim),
        _stepper(say("gate.week"), say("gate.week_value", n=forecast.week), "week", color, look.slim),
        _stepper(say("gate.value"), money(forecast.value), "value", color, look.slim),
        row(
            Text("" if stated else say("gate.unstated"), SMALL + 0.5, "muted", grow=1),
            button(say("gate.stated" if stated else "gate.state"), StateForecast(), icon="check" if stated else "", id="state"),
            gap=8,
        ),
    ]


def asked(play: Session, forecast: ForecastSaid, before: ForecastSaid | None, stated: bool, say: Say) -> Node:
    """Who wants the numbers, and in which words."""
    words = reply(forecast, before, say) if stated else question(play, before, say)
    boss = boss_of(play)
    if not boss:
        return column(Text(say("gate.forecast"), BODY, bold=True), Text(words, BODY), gap=2)
    name = play.tell(say.language).speaker(boss)
    text = column(
        Text(say("boss.meets", name=name), SMALL + 0.5, "muted"),
        Text(words, BODY + 1, bold=True),
        Text(say("gate.forecast_why"), SMALL + 0.5, "muted"),
        gap=2,
        grow=1,
    )
    return row(portrait(play.face(boss), FACE), text, gap=12, pad=(10, 8), fill="raised", edge="line")


def boss_of(play: Session) -> str:
    """Whom we answer to: the first sponsor of our team, by their name in the file; '' where there is none."""
    return next((name for name, member in play.ready.scenario.team.items() if member.role == "sponsor"), "")


def question(play: Session, before: ForecastSaid | None, say: Say) -> str:
    """What the boss asks before anything was stated at this gate."""
    if before is None:
        return say("boss.first")
    stage = play.tell(say.language).stage(play.ready.compiled.ids.stages.index(before.stage))
    return say("boss.again", stage=stage, win=before.win, week=before.week)


def reply(forecast: ForecastSaid, before: ForecastSaid | None, say: Say) -> str:
    """What the boss says to the chance that was stated: by the last one, else by how high it is."""
    if before is None:
        key = "high" if forecast.win >= HIGH else "low" if forecast.win <= LOW else "middle"
        return say(f"boss.{key}", win=forecast.win)
    change = forecast.win - before.win
    key = "up" if change >= MOVED else "down" if change <= -MOVED else "same"
    return say(f"boss.{key}", n=abs(change), win=forecast.win)


def _stepper(label: str, value: str, what: str, color: str, slim: bool) -> Box:
    unit = "" if what == "week" else "%"
    buttons = [button(f"{by:+d}{unit}".replace("-", "−"), TurnForecast(what, by), id=f"step:{what}:{by}") for by in STEPS[what]]
    if slim:
        shown = Text(value, LARGE, color, bold=True, align="center", grow=1)
        return column(Text(label, BODY), row(buttons[1], shown, buttons[2], gap=6), gap=2)
    shown = Text(value, LARGE, color, bold=True, align="center", width=130)
    return row(Text(label, BODY, grow=1), *buttons[:2], shown, *buttons[2:], gap=6)
