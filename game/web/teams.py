"""A team at several browsers: who acts, what the others then see, what each is told of the others' proposals."""

from __future__ import annotations

import time
from typing import Any

from game.desk.views import Desk
from game.i18n import Say
from game.play.decisions import PLAIN, action_of
from game.scenario.tables import STARTS
from game.screens.desk import DeskScreen
from game.session.session import Session
from game.session.table import CAPTAIN
from game.web.seat import Place


def at_table(place: Place) -> None:
    """From here on this place acts, and sees."""
    table = place.seat.session.table
    if table is not None:
        now = time.monotonic()
        table.acting = place.number
        for other in _all(place):
            table.mates[other.number].here = other.here(now)


def _all(place: Place) -> list[Place]:
    return [place.seat, *place.seat.mates.values()]


def desks_of(place: Place) -> dict[int, Desk]:
    """What the others of a team have before them, by their number at the table."""
    session = place.seat.session
    if session.table is None or not place.seat.mates:
        return {}
    others = [other for other in _all(place) if other is not place]
    return {other.number: session.desk(other.view.settings.language, other.member) for other in others}


def follow(place: Place, before: dict[int, Desk]) -> None:
    """Something was decided here: the others see what came of it, each through their own eyes."""
    table = place.seat.session.table
    for other in _all(place) if table is not None else []:
        if other is place:
            continue
        assert table is not None
        table.acting = other.number
        other.view.home()
        root = other.view.top
        if isinstance(root, DeskScreen) and root.play is place.seat.session and other.number in before:
            root.say = Say(other.view.settings.language)
            other.view.act(root.follow(before[other.number]))
        other.view.stir()
    if table is not None:
        table.acting = place.number


def table_signs(place: Place, say: Say) -> dict[str, Any] | None:
    """What a browser shows of its team: whose part this is, what was proposed by whom, who has not proposed yet."""
    session = place.seat.session
    if session.table is None or session.playing.over or not place.seat.mates:
        return None
    table, tell = session.table, session.tell(say.language)
    proposed = [
        {"who": table.mates[k].name, "what": decision_told(session, decision, say)} for k, decision in table.proposed.items()
    ]
    captain, missing = table.mates[CAPTAIN].name, [mate.name for mate in table.missing()]
    return {
        "part": say(
            "table.captain" if place.number == CAPTAIN else "table.mate", part=tell.member(place.member), captain=captain
        ),
        "proposed": proposed,
        "missing": say("table.missing", names=say("list.comma").join(missing)) if missing else "",
    }


def decision_told(session: Session, decision: int, say: Say) -> str:
    """A decision in words: what, and with whom."""
    tell, t = session.tell(say.language), session.ready.compiled.tables
    if decision < STARTS:
        return say(f"step.{PLAIN[decision]}", stage=tell.stage(session.playing.stage))
    if answer := tell.choice(action_of(t, decision)):
        return answer
    name, person = tell.action(action_of(t, decision)), t.pair_person[t.arm_pair[decision - STARTS]]
    m = t.arm_member[decision - STARTS]
    players = [mate.name for mate in session.table.mates.values() if mate.member == m] if session.table else []
    member = players[0] if players else tell.member_short(m)
    return say("table.with", what=name, who=f"{member} → {tell.person(person)}" if person >= 0 else member)
