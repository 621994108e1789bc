"""The premortem, looked back upon: what each foreseen trouble stood for, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from game.debrief.records import Foreseen
from game.play import outcomes
from game.play.happenings import EventCame, EventPrevented, RivalMoved
from game.play.playing import Playing
from game.scenario.load import Ready
from game.words.names import Teller


def foreseen(ready: Ready, playing: Playing, tell: Teller) -> list[Foreseen]:
    """Every bone that was named, and every other one that struck or was prevented."""
    found = []
    for name in ready.scenario.bones:
        named = bool(playing.state.x[ready.compiled.ids.slots.index(f"bone.{name}")])
        became = bone_became(ready, playing, name)
        if named or became in ("struck", "prevented"):
            found.append(Foreseen(tell.text("bones", name, "name"), named, became))
    return found


def bone_became(ready: Ready, playing: Playing, bone: str) -> str:
    """ "struck", "prevented" or "quiet" by the events, promises and rivals' moves whose odds ask for it;
    "untold" where none does."""
    events, moves = set(_events(ready, bone)), set(_moves(ready, bone))
    if not events and not moves:
        return "untold"
    ids, t = ready.compiled.ids, ready.compiled.tables
    struck = prevented = False
    for h in playing.happenings:
        if isinstance(h, EventCame) and ids.events[h.event] in events:
            kept = outcomes.branch_name(ids, h) == "kept"
            struck, prevented = struck or not kept, prevented or kept
        elif isinstance(h, EventPrevented) and ids.events[h.event] in events:
            prevented = True
        elif isinstance(h, RivalMoved) and ids.moves[h.move] in moves:
            came = outcomes.rival_succeeded(t, h)
            struck, prevented = struck or came, prevented or not came
    return "struck" if struck else "prevented" if prevented else "quiet"


def _events(ready: Ready, bone: str) -> Iterator[str]:
    """Events, and promises as the events by which they are settled."""
    sc = ready.scenario
    for name, event in sc.events.items():
        if _asks(bone, event.chance, *event.prevented_by):
            yield name
    for name, promise in sc.promises.items():
        if _asks(bone, promise.chance):
            yield f"promises.{name}"


def _moves(ready: Ready, bone: str) -> Iterator[str]:
    for rival, made in ready.scenario.rivals.items():
        for name, move in made.moves.items():
            if _asks(bone, move.chance, move.like):
                yield f"{rival}.{name}"


def _asks(bone: str, *written: object) -> bool:
    return any(re.search(rf"\bbone\.{re.escape(bone)}\b", str(text)) for text in written)
