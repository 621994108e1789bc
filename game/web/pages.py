"""The pages around the game: the door, the seat's shell, the console, the wall. Templates, with every value escaped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, select_autoescape

from game.i18n import LANGUAGES, Say, texts
from game.paths import WEB
from game.play.statements import LONGEST_NAME
from game.scenario.load import Ready
from game.session.modes import MODES
from game.web.room import CODE_LONG, Room
from game.web.seat import Place, Seat
from game.web.teams import at_table


@cache
def environment() -> Environment:
    return Environment(loader=FileSystemLoader(WEB), autoescape=select_autoescape(["html"]), trim_blocks=True, lstrip_blocks=True)


def render(template: str, say: Say, **values: Any) -> str:
    """A template in one language."""
    return environment().get_template(template).render(say=say, lang=say.language, languages=LANGUAGES, **values)


def join_page(say: Say, why: str, name: str, code: str, team: str) -> str:
    """The door: a name and the room's code."""
    return render(
        "join.html",
        say,
        why=why,
        name=name[:LONGEST_NAME],
        team=team[:LONGEST_NAME],
        focus_name=bool(why and code),
        code=code[:CODE_LONG],
        longest=LONGEST_NAME,
        many=CODE_LONG,
    )


def play_page(say: Say, place: Place) -> str:
    """The shell in which somebody's screens stand."""
    return render("play.html", say, name=place.name, since=place.since)


def words_of(say: Say, *begins: str) -> str:
    """The texts a script needs, as JSON."""
    found = {key: text for key, text in texts(say.language).items() if key.startswith(begins)}
    return json.dumps(found, ensure_ascii=False)


def stages_of(ready: Ready, say: Say) -> list[str]:
    """Our stages by name."""
    return [f"{k} {ready.texts.get(f'stages.{k}.name', say.language)}" for k in ready.compiled.ids.stages]


def _about(room: Room, say: Say, address: str) -> dict[str, Any]:
    return {
        "title": room.ready.texts.get("title", say.language),
        "code": room.code,
        "address": address.rstrip("/"),
        "qr": code_picture(f"{address.rstrip('/')}/?code={room.code}"),
        "stages": stages_of(room.ready, say),
        "mode": say(f"mode.{room.plan.mode}"),
    }


def code_picture(text: str) -> str:
    """A QR code as SVG."""
    return str(segno.make(text, error="m").svg_inline(scale=4, border=4, light="#fff", omitsize=True))


def console_page(say: Say, room: Room, address: str, slides: Sequence[str]) -> str:
    """From where the trainer runs the room."""
    words = words_of(say, "room.", "kind.", "slide.")
    told = [
        (k, *(room.ready.texts.get(f"injects.{k}.{part}", say.language) for part in ("text", "about")))
        for k in room.ready.compiled.ids.injects
    ]
    return render("console.html", say, words=words, modes=list(MODES), slides=slides, injects=told, **_about(room, say, address))


def wall_page(say: Say, room: Room, address: str) -> str:
    """For the projector."""
    return render("wall.html", say, words=words_of(say, "room.", "kind."), **_about(room, say, address))


def look_page(say: Say, seat: Seat) -> str:
    """What a seat shows now, to look at."""
    with seat.view.lock:
        at_table(seat)
        drawn = seat.view.draw()
        size = seat.view.size
    return render("look.html", say, name=seat.title, inside="".join(drawn.elements), size=size, theme=drawn.theme)
