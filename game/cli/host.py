"""The verb `host`: a room for a class."""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from game.belief.watched import SIZE
from game.cli.shown import show
from game.engine.jit import available
from game.errors import UsageError
from game.i18n import Say
from game.judging.warming import Warming
from game.judging.workers import case_of
from game.paths import SCENARIOS, user_data
from game.report.signing import PUBLIC, HostKey
from game.scenario.load import Ready, find, load_ready, names
from game.session.modes import MODES, USUAL

PLAN = "plan.json"
PORT = 8000


def host_verb(verbs: Any, say: Say, common: argparse.ArgumentParser, number: Callable[[str], int]) -> None:
    """Add it to the command line."""
    host = verbs.add_parser("host", help=say("help.host"), description=say("help.host"), parents=[common])
    host.add_argument("scenario", nargs="?", help=say("help.host.scenario"))
    host.add_argument("--port", type=number, help=say("help.host.port"))
    host.add_argument("--lan", action="store_true", help=say("help.host.lan"))
    host.add_argument("--address", default="", metavar="URL", help=say("help.host.address"))
    host.add_argument("--mode", choices=tuple(MODES), default=USUAL, help=say("help.host.mode"))
    host.add_argument("--seed", type=number, help=say("help.host.seed"))
    host.add_argument("--again", action="store_true", help=say("help.host.again"))
    host.add_argument("--rehearse", type=number, default=0, metavar="N", help=say("help.host.rehearse"))
    host.set_defaults(run=run_host)


def run_host(options: argparse.Namespace, say: Say) -> int:
    """Serve a room until it is closed. What it is made of is imported here: nothing else needs a web server."""
    from game.web.host import Hosting, address_of, serve
    from game.web.room import Room, RoomPlan, open_rooms

    rooms = user_data() / "rooms"
    if options.again:
        found = open_rooms(rooms) if rooms.exists() else []
        if not found:
            raise UsageError("error.no_room")
        folder = found[0]
        try:
            kept = RoomPlan(**json.loads((folder / PLAN).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise UsageError("error.plan", why=str(error)[:200]) from error
        plan = _as_asked(kept, options)
        say = Say(plan.language)
    else:
        new = RoomPlan(scenario=_scenario(options), mode=options.mode, seed=options.seed, language=say.language, port=PORT)
        plan = _as_asked(new, options)
        folder = rooms / datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / PLAN).write_text(json.dumps(asdict(plan)), encoding="utf-8")
    ready = load_ready(find(plan.scenario, SCENARIOS), SCENARIOS)
    _made_quick(ready, say)
    hosting = Hosting(port=plan.port, lan=plan.lan, address=plan.address, rehearse=max(0, options.rehearse))

    def opened(room: Room, link: str) -> None:
        _tell(ready, room.code, address_of(hosting), link, folder, plan.lan, say)

    serve(folder, ready, plan, case_of(ready, SCENARIOS / ready.name), hosting, opened, HostKey.of(user_data()))
    return 0


def _as_asked(plan: Any, options: argparse.Namespace) -> Any:
    """The plan with what was asked for now; what was not asked for stays as it was."""
    asked = {"port": options.port, "lan": options.lan or None, "address": _address(options.address) or None}
    return replace(plan, **{name: value for name, value in asked.items() if value is not None})


def _address(text: str) -> str:
    """An address that trainees can open. UsageError for anything else."""
    if text and not re.fullmatch(r"https?://[\w.:\[\]-]+/?", text):
        raise UsageError("error.address", text=text[:80])
    return text


def _made_quick(ready: Ready, say: Say) -> None:
    """Machine code first: in plain Python what one trainee believes keeps all others waiting. Without it belief is small."""
    if not available():
        os.environ.setdefault(SIZE, "faint")
        return
    warming = Warming([ready.scenario.size]).begin()
    if warming.under_way:
        show(say("host.warming"))
    while warming.under_way:
        time.sleep(0.2)


def _scenario(options: argparse.Namespace) -> str:
    """The one asked for, else the shortest."""
    if options.scenario:
        return find(options.scenario, SCENARIOS).name
    known = {name: load_ready(SCENARIOS / name, SCENARIOS).scenario.minutes for name in names(SCENARIOS)}
    if not known:
        raise UsageError("error.no_scenario", name="—", known="—")
    return min(known, key=lambda name: known[name])


def _tell(ready: Ready, code: str, address: str, link: str, folder: Path, lan: bool, say: Say) -> None:
    """What the trainer needs, on the terminal."""
    import segno

    show(say("host.opened", title=ready.texts.get("title", say.language)))
    if lan:
        segno.make(f"{address}/?code={code}", error="m").terminal(compact=True, border=1)
    show(say("host.address", address=address, code=code))
    show(say("host.console", link=link))
    show(say("host.kept", folder=folder))
    show(say("host.key", path=user_data() / PUBLIC))
    show(say("host.lan_sees" if lan else "host.only_here"))
    show(say("host.stop"))
