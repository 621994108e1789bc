"""Judges plays in a child process while they are played: any number of plays of one scenario, in turn."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from weakref import WeakKeyDictionary, WeakValueDictionary

from game.judging.judge import Judge
from game.judging.judgement import Judged, Judgement
from game.judging.workers import Case, judge_of, judgement
from game.paths import code_folder
from game.play.decisions import Decision, decision_number
from game.play.playing import Playing

AT_ONCE = 6
"""Plays that the child has in mind: each holds a few megabytes. One that was let go is gone through again."""


@dataclass(eq=False)
class Attended:
    """What is known of one play: what was sent, what came back. `number` is its name in the child."""

    number: int
    sent: list[Decision] = field(default_factory=list)
    found: dict[int, Judged] = field(default_factory=dict)
    plays: int = 0

    @property
    def left(self) -> int:
        """Decisions still to be judged."""
        return len(self.sent) - len(self.found)


def _end_with(parent: int) -> None:
    """End when whoever asked is gone: one who makes machine code or judges a long deal would go on for a minute for nobody."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def attend(case: Case, cache_folder: Path, pipe: Connection) -> None:
    """A child's life: for every decision that comes, its judgement goes back; None ends it."""
    with contextlib.suppress(OSError, ValueError):
        os.nice(10)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    judges: OrderedDict[int, Judge] = OrderedDict()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while (message := pipe.recv()) is not None:
            number, seed, decisions, judged_before = message
            judge = judges.pop(number, None) or judge_of(case, seed, cache_folder)
            judges[number] = judge
            while len(judges) > AT_ONCE:
                judges.popitem(last=False)
            pipe.send((number, -1, None, 0))
            for decision in decisions[len(judge.playing.decisions) :]:
                at = len(judge.playing.decisions) + 1
                found = judge.take(decision, at not in judged_before)
                pipe.send((number, at, found, judge.plays))


class Companion:
    """`judgement` never waits: it sends what is new and takes what has come. It may be called from any thread."""

    def __init__(self, case: Case, cache_folder: Path | None = None) -> None:
        self.case = case
        self.failed = False
        self.ready = False
        """Whether the child has its machine code; the first time on a computer that takes a while."""
        self.lock = threading.Lock()
        self.given = 0
        self.attended: WeakKeyDictionary[Playing, Attended] = WeakKeyDictionary()
        self.by_number: WeakValueDictionary[int, Attended] = WeakValueDictionary()
        spawn = multiprocessing.get_context("spawn")
        self.pipe, other = spawn.Pipe()
        folder = cache_folder or code_folder()
        self.process = spawn.Process(target=attend, args=(self.case, folder, other), daemon=True)
        self.process.start()
        other.close()

    def of(self, playing: Playing) -> Attended:
        """What is known of this play so far."""
        with self.lock:
            return self._of(playing)

    def _of(self, playing: Playing) -> Attended:
        if playing not in self.attended:
            # A play that nobody has any more is forgotten with it.
            self.given += 1
            one = self.attended[playing] = Attended(self.given)
            self.by_number[self.given] = one
        return self.attended[playing]

    def update(self, playing: Playing) -> Attended:
        """Send what is new of a play, take what has come of any."""
        with self.lock:
            one = self._of(playing)
            try:
                if len(playing.decisions) > len(one.sent):
                    numbers = [decision_number(playing.compiled, words) for words in playing.decisions]
                    self.pipe.send((one.number, playing.seed, numbers, set(one.found)))
                    one.sent = list(playing.decisions)
                while self.pipe.poll():
                    self._take(*self.pipe.recv())
            except (EOFError, OSError):
                self.failed = True
            return one

    def _take(self, number: int, at: int, judged: Judged | None, plays: int) -> None:
        self.ready = True
        one = self.by_number.get(number)
        if one is not None and judged is not None:
            one.found[at] = judged
            one.plays = max(one.plays, plays)

    def left(self, playing: Playing) -> int:
        """Decisions of this play still to be judged."""
        return self.of(playing).left

    def judgement(self, playing: Playing) -> Judgement | None:
        """The whole play, once it is over and all of it was judged."""
        one = self.update(playing)
        if not playing.over or one.left > 0 or self.failed:
            return None
        return judgement(self.case, playing, list(one.found.values()), one.plays)

    def close(self) -> None:
        """End the child."""
        with contextlib.suppress(OSError, ValueError):
            self.pipe.send(None)
        self.process.terminate()
        self.process.join(2)
        self.pipe.close()


class Finished(Companion):
    """Stands where a companion stood once one play is judged: it has no child, and cannot fail."""

    def __init__(self, case: Case, playing: Playing, found: Judgement) -> None:
        self.case, self.playing, self.found = case, playing, found
        self.failed, self.ready = False, True

    def left(self, playing: Playing) -> int:
        """Nothing is left of the play that was judged; another one is not judged here."""
        return 0

    def judgement(self, playing: Playing) -> Judgement | None:
        return self.found if playing is self.playing else None

    def close(self) -> None:
        """There is nothing to end."""
