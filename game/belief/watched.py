"""A play together with what its player knows: every decision goes through here, so that the belief never lags behind."""

from __future__ import annotations

import os
from typing import Any, Protocol

from game.belief.belief import Belief
from game.belief.particles import Particles, compiled_jobs, is_kept
from game.paths import code_folder
from game.play.happenings import Happening
from game.play.playing import Playing
from game.play.walk import walk
from game.scenario.tables import STARTS, State, Tables

SHARP = (1_000, 250_000)
"""Particles and effort of a belief that runs compiled."""
FAINT = (50, 1_200)
"""The same where belief is not what somebody looks at."""
SIZE = "BIG_ACCOUNT_BELIEF"
"""A variable that keeps belief at one size: small, as without compiled code, or faint."""


def belief_of(t: Tables, size: str) -> Belief:
    """The best belief that can be had at once: a large one where machine code was kept on this computer, else a small one.

    With BIG_ACCOUNT_BELIEF what is shown is the same on every computer.
    """
    folder = code_folder()
    if os.environ.get(SIZE) in ("small", "faint") or not is_kept(folder, size):
        return plain_belief(t)
    many, effort = SHARP
    return Belief(t, many, effort=effort, cloud=Particles(t, many, size=size, entry=compiled_jobs(folder)))


def plain_belief(t: Tables) -> Belief:
    """A belief that runs as it is."""
    if os.environ.get(SIZE) == "faint":
        many, effort = FAINT
        return Belief(t, many, effort=effort)
    return Belief(t)


class Observation(Protocol):
    """A play as somebody sees it: how it stands, how it seems to them (`seen`: the state with what they know), their belief."""

    @property
    def playing(self) -> Playing: ...

    @property
    def state(self) -> State: ...

    @property
    def seen(self) -> State: ...

    @property
    def happenings(self) -> list[Happening]: ...

    @property
    def belief(self) -> Belief: ...

    def fact(self, fact: int) -> float:
        """How likely a fact is true."""
        ...

    def levels(self, person: int) -> list[float]:
        """How likely each level of a person's stance is, from -2 to 2."""
        ...

    def hold(self, rival: int, person: int) -> float:
        """How firmly a rival is believed to hold a person, in hundredths."""
        ...


class Watched:
    """A play and its belief. A play that is under way already is gone through again from its record."""

    def __init__(self, playing: Playing, belief: Belief | None = None) -> None:
        self.playing = playing
        self.belief = belief or plain_belief(playing.compiled.tables)
        self.shown: list[int | None] = []
        """The odds that were shown for each decision, in 1/10000; None for what has none."""
        if playing.decisions and not self.belief.history:
            self.belief.begin(playing)
            for m in walk(playing):
                self.shown.append(self._odds(m.before, m.decision))
                self.belief.advance(m.decision, self.belief.script(m.happened))
        self.belief.follow(playing)

    @property
    def state(self) -> State:
        return self.playing.state

    @property
    def seen(self) -> State:
        """The state whose knowledge is shown: all of it, where one mind plays."""
        return self.playing.state

    @property
    def happenings(self) -> list[Happening]:
        return self.playing.happenings

    def fact(self, fact: int) -> float:
        """How likely a fact is true."""
        return self.belief.fact(fact)

    def levels(self, person: int) -> list[float]:
        """How likely each level of a person's stance is, from -2 to 2; they sum to 1."""
        return self.belief.levels(person)

    def hold(self, rival: int, person: int) -> float:
        """How firmly a rival is believed to hold a person, in hundredths."""
        t = self.playing.compiled.tables
        return self.belief.mean(t.net0 + rival * t.n_person + person)

    def decide(self, decision: int) -> list[Happening]:
        """Take a decision; what happened until the next. IllegalAction where it is not legal, and nothing has changed."""
        odds = self._odds(self.state, decision)
        happened = self.playing.decide(decision)
        self.shown.append(odds)
        self.belief.follow(self.playing)
        return happened

    def kept(self) -> tuple[Any, ...]:
        """What was believed, to go back to."""
        return self.belief.kept()

    def back_to(self, playing: Playing, kept: tuple[Any, ...]) -> None:
        """Watch this play, which is the old one without its last decision, as it was watched when `kept` was taken."""
        self.playing = playing
        self.belief.back_to(kept)
        del self.shown[len(playing.decisions) :]

    def _odds(self, s: State, decision: int) -> int | None:
        arm = decision - STARTS
        return self.belief.odds(s, arm)[0] if 0 <= arm < self.belief.t.n_arm else None
