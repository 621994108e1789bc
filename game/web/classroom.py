"""What the trainer does with a room, and what becomes of its deals: judged as they come, then told to the class."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from game.debrief.cohort import Cohort, tell_cohort
from game.debrief.entries import Entry
from game.debrief.verdict import verdict
from game.errors import StorageError
from game.i18n import Say
from game.judging.cache import keep_play, kept_play
from game.judging.companion import Companion, Finished
from game.judging.judgement import Judgement
from game.judging.workers import Case
from game.report.signing import HostKey
from game.report.write import put_class, stem_of, write_record
from game.web.guard import Order
from game.web.room import FREE, LIVE, Room
from game.web.seat import Seat
from game.web.slides import SLIDES, awards, label, quadrants, slide_page, steps_of

AT_LEAST = 8
"""New decisions from which on an unfinished deal is judged as far as it has come: a judge goes over it from its beginning."""
PAUSE = 0.05
PATIENCE = 2
"""How often a judge may break at one deal."""
DEADLINE = 300.0
"""Seconds in which a judge has to get on: the first time it makes its machine code."""
MOST_JUDGES = 8


class Classroom:
    """Judges in the background, one process for each spare core, and answers the console."""

    def __init__(self, room: Room, case: Case | None, judges: int = 0, host: HostKey | None = None) -> None:
        """`case`: how deals are judged; None where nothing is. `host` signs the records."""
        self.room, self.case, self.host = room, case, host
        self.judged: dict[int, Judgement] = {}
        self.failed: dict[int, int] = {}
        """How often a judge broke at a seat's deal."""
        self.recorded: dict[int, int] = {}
        """How many statements stand in a seat's record."""
        self.stopping = threading.Event()
        self.report: Path | None = None
        self.reporting = ""
        """The text id of what is going on with the report."""
        self.telling = threading.Lock()
        self.told: tuple[Any, Cohort | None] = (None, None)
        """The class as it was told last, and of what."""
        many = judges or min(MOST_JUDGES, max(1, (os.cpu_count() or 2) - 1))
        self.threads = [threading.Thread(target=self._judge, args=(k, many), daemon=True) for k in range(many)] if case else []
        for thread in self.threads:
            thread.start()

    def close(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(5)

    # ---- judging
    def _judge(self, k: int, many: int) -> None:
        """One judge's life: the deals of every `many`-th seat, those that are over first."""
        assert self.case is not None
        companion: Companion | None = None
        while not self.stopping.wait(PAUSE):
            try:
                companion = companion or Companion(self.case)
                self._round(companion, k, many)
                if companion.failed:
                    companion.close()
                    companion = None
            except Exception:
                # No room for another process, a broken pipe: whatever it was, the next round begins anew.
                self.stopping.wait(1)
                if companion:
                    companion.close()
                companion = None
        if companion:
            companion.close()

    def _round(self, companion: Companion, k: int, many: int) -> None:
        """The first deal that has something to judge; and records of what was said after the end."""
        seats = [seat for seat in list(self.room.seats.values()) if seat.id % many == k]
        for seat in seats:
            if seat.id in self.judged and len(seat.session.playing.statements) != self.recorded.get(seat.id):
                self._record(seat)
        seats = [seat for seat in seats if seat.id not in self.judged and self.failed.get(seat.id, 0) < PATIENCE]
        for seat in sorted(seats, key=lambda seat: not seat.session.playing.over):
            try:
                if self._attend(companion, seat):
                    return
            except Exception:
                companion.failed = True
            if companion.failed:
                # This deal may be what breaks a judge: it keeps nobody else waiting for long.
                self.failed[seat.id] = self.failed.get(seat.id, 0) + 1
                return

    def _attend(self, companion: Companion, seat: Seat) -> bool:
        """Judge what is new of a deal; whether it took any time."""
        assert self.case is not None
        playing = seat.session.playing
        if playing.over and (kept := kept_play(self.case, playing)) is not None:
            self._over(seat, kept.judgement)
            return True
        new = len(playing.decisions) - len(companion.of(playing).sent)
        if not playing.over and new < AT_LEAST:
            return False
        left, since = -1, time.monotonic()
        while not self.stopping.is_set():
            one = companion.update(playing)
            if companion.failed or one.left <= 0:
                break
            if one.left != left:
                left, since = one.left, time.monotonic()
            elif time.monotonic() - since > DEADLINE:
                companion.failed = True
                break
            self.stopping.wait(PAUSE)
        if companion.failed:
            return False
        if playing.over and (found := companion.judgement(playing)) is not None:
            keep_play(self.case, playing, found, seat.session.watched.shown)
            self._over(seat, found)
        return True

    def _over(self, seat: Seat, found: Judgement) -> None:
        """A deal is over and judged: its debrief opens at its seat, its record is written."""
        assert self.case is not None
        self.judged = {**self.judged, seat.id: found}
        seat.session.companion = Finished(self.case, seat.session.playing, found)
        for place in (seat, *seat.mates.values()):
            place.view.stir()
        self._record(seat)
        self.room.touch()

    def _record(self, seat: Seat) -> None:
        """Write the record, again where something was said since. One that cannot be written now is tried again."""
        playing = seat.session.playing
        many = len(playing.statements)
        stem = stem_of(f"{seat.id:03d}-{seat.title}", self.room.ready.name, playing.seed)
        with contextlib.suppress(StorageError):
            write_record(playing, self.room.folder / "records", stem, self.host)
            self.recorded[seat.id] = many

    # ---- telling
    def state(self) -> dict[str, Any]:
        """What the console shows beside the room's own state."""
        over = [seat for seat in self.room.seats.values() if seat.session.playing.over]
        return {"over": len(over), "judged": len(self.judged), "reporting": self.reporting, "report": self.report is not None}

    def page(self) -> str | None:
        """The class report."""
        return self.report.read_text(encoding="utf-8") if self.report else None

    def cohort(self, language: str) -> Cohort | None:
        """The class as far as it is judged; None where nothing is. Told anew only where somebody has come."""
        entries = self._entries()
        if not entries:
            return None
        key = (language, frozenset(entry.name for entry in entries))
        with self.telling:
            if key != self.told[0]:
                self.told = (key, tell_cohort(self.room.ready, entries, [], Say(language), self._seed()))
            return self.told[1]

    def slide(self, language: str, named: bool) -> str:
        """What the wall shows now."""
        say, seats = Say(language), [seat for seat in list(self.room.seats.values()) if not seat.out]
        names = {seat.title: label(seat, k, named, say) for k, seat in enumerate(seats)}
        cohort = self.cohort(language)
        judged = [
            (names[seat.title], verdict(self.judged[seat.id]), self.judged[seat.id].won)
            for seat in seats
            if seat.id in self.judged
        ]
        values = {
            "awards": awards(seats, self.room.step, named, say),
            "cohort": cohort,
            "lessons": [(names[seat.title], seat.session.lesson) for seat in seats if seat.session.lesson],
            "quadrants": quadrants(judged),
            "board": [names[p.name] for p in cohort.people] if cohort else [],
        }
        return slide_page(say, self.room.slide, self.room.step, values)

    def _show(self, slide: str, step: int) -> str | None:
        """Put a slide on the wall, no further than it goes."""
        if slide not in (LIVE, *SLIDES):
            return None
        over = sum(seat.session.playing.over and not seat.out for seat in list(self.room.seats.values()))
        last = steps_of(slide, self.cohort(self.room.plan.language) if slide not in (LIVE, "award", "gates") else None, over)
        self.room.show(slide, max(0, min(step, last)), last)
        return ""

    def _let_happen(self, order: Order) -> list[int] | None:
        """Let an inject happen: at how many seats it will, and of how many under way. None where there is no such inject."""
        if order.text not in self.room.ready.compiled.ids.injects:
            return None
        return list(self.room.let_happen(order.text, order.seat))

    def _seed(self) -> int | None:
        """The seed that all were given, if it was one for all."""
        return self.room.own_seed if self.room.own_seed >= 0 else None

    def _entries(self) -> list[Entry]:
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        seats = self.room.seats
        return [
            Entry(seats[k].title, seats[k].session.playing, found, now) for k, found in self.judged.items() if not seats[k].out
        ]

    def make_report(self) -> None:
        """Write the class's files into the room's folder."""
        entries = self._entries()
        if not entries:
            self.reporting = "room.report_none"
            return
        self.reporting = "room.report_making"
        try:
            when = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M")
            room, language = self.room, self.room.plan.language
            files = put_class(room.ready, entries, [], room.folder, language, when, room.code, self._seed())
            self.report = next(path for path in files if path.suffix == ".html")
            self.reporting = ""
        except StorageError:
            self.reporting = "room.report_failed"
        self.room.touch()

    # ---- the console
    def order(self, order: Order) -> Any:
        """Do what the console asked for; None where that means nothing."""
        do = ORDERS.get(order.do)
        if do is None or (order.seat and order.seat not in self.room.seats):
            return None
        return do(self, order)


def _browser(classroom: Classroom, order: Order) -> str | None:
    """A way back for somebody whose browser is lost: a new token."""
    return classroom.room.new_browser(order.seat, order.number) if order.seat else None


def _taken(classroom: Classroom, order: Order, out: bool) -> str | None:
    """Somebody out of the room, or back in; of a team one alone."""
    done = bool(order.seat) and classroom.room.take_out(order.seat, out, max(0, order.number))
    return "" if done else None


def _done(act: Callable[[Classroom, Order], object]) -> Callable[[Classroom, Order], Any]:
    """An order that cannot fail."""

    def do(classroom: Classroom, order: Order) -> str:
        act(classroom, order)
        return ""

    return do


ORDERS: dict[str, Callable[[Classroom, Order], Any]] = {
    "pause": _done(lambda c, order: c.room.pause(True)),
    "resume": _done(lambda c, order: c.room.pause(False)),
    "shut": _done(lambda c, order: c.room.shut(True)),
    "open": _done(lambda c, order: c.room.shut(False)),
    "hold": _done(lambda c, order: c.room.hold_at(max(FREE, order.number))),
    "count": _done(lambda c, order: c.room.count_down(order.number)),
    "slide": lambda c, order: c._show(order.text, order.number),
    "inject": lambda c, order: c._let_happen(order),
    "say": _done(lambda c, order: c.room.say(order.text, order.seat)),
    "out": lambda c, order: _taken(c, order, True),
    "in": lambda c, order: _taken(c, order, False),
    "ask": lambda c, order: c.room.ask(order.text) or None,
    "clear": lambda c, order: c.room.clear_poll() or None,
    "close": lambda c, order: c.room.close_poll() or None,
    "browser": _browser,
    "report": _done(lambda c, order: threading.Thread(target=c.make_report, daemon=True).start()),
}
"""What a console may ask for; an order answers None where it meant nothing."""
