"""Make-believe trainees: they join a room and play as policies do, so that a trainer can try it alone."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

from game.play.statements import ForecastSaid
from game.policies.policies import POLICIES
from game.scenario.tables import PASS
from game.web.room import Room
from game.web.seat import Seat
from game.web.seating import NotJoined

HABITS = ("greedy", "cautious", "random", "greedy")
"""Who plays how, in turn."""
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
ENGLISH = ("Alex", "Blair", "Casey", "Drew", "Eden", "Finley", "Gray", "Harper", "Indy", "Jules", "Kit", "Lane", "Morgan", "Noel")


class Rehearsal:
    """`many` trainees, each deciding about every `pace` seconds."""

    def __init__(self, room: Room, many: int, pace: float) -> None:
        self.room, self.pace = room, pace
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self._live, args=(k,), daemon=True) for k in range(many)]
        for thread in self.threads:
            thread.start()

    def close(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(2)

    def _live(self, k: int) -> None:
        """Join, then decide until the deal is over."""
        lot = random.Random(k)
        if self.stopping.wait(lot.uniform(0, min(20.0, 4 * self.pace))):
            return
        seat = self._seat(k)
        policy = POLICIES[HABITS[k % len(HABITS)]]
        while seat is not None and not seat.session.playing.over:
            if self.stopping.wait(self.pace * lot.uniform(0.4, 1.6)):
                return
            self.step(seat, policy, lot)

    def _seat(self, k: int) -> Seat | None:
        english = self.room.plan.language == "en"
        name = f"{ENGLISH[k % len(ENGLISH)]} {k + 1}" if english else f"{FAMILY[k % len(FAMILY)]}同学{k + 1}"
        try:
            seat = next((s for s in self.room.seats.values() if s.title == name), None) or self.room.join(name)[0].seat
            seat.seen_at = time.monotonic()
            return seat
        except NotJoined:
            return None

    def step(self, seat: Seat, policy: Callable[..., int], lot: random.Random) -> None:
        """One decision, as a browser would bring it, unless the room stands still."""
        with seat.view.lock:
            seat.seen_at = time.monotonic()
            poll = self.room.poll
            if poll and poll.open and seat.voter not in poll.votes:
                self.room.vote(seat, poll.number, lot.randrange(len(poll.answers)))
            if self.room.held(seat) or self.room.waits(seat):
                return
            session = seat.session
            decision = policy(session.ready.compiled.tables, session.playing.state, session.playing.seed)
            if decision == PASS and (asks := session.gate()) is not None:
                said = asks.forecast
                win = max(0, min(100, 50 + lot.randrange(-30, 31)))
                stated = ForecastSaid(stage=said.stage, win=win, value=said.value, week=said.week) if said else None
                session.pass_gate(stated, True)
            else:
                session.decide(decision)
            self.room.decided(seat)
