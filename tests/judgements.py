"""Judgements for tests of what shows them: the real judge takes seconds, these are made up but hang together."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from game.engine.chance import AWARDED, CAME, HAPPENED, MOVED, TURNED
from game.judging.judge import candidates
from game.judging.judgement import Candidate, Judged, Judgement, LuckPart, assemble
from game.judging.workers import Case, case_of, numbers_of
from game.paths import SCENARIOS
from game.play.happenings import announced_row
from game.play.playing import Playing, start_playing
from game.policies.policies import choose
from game.scenario.load import Ready
from game.scenario.tables import PHASE, STAGE, STEP, WEEK

KINDS = {CAME: "outcome", MOVED: "rival", HAPPENED: "event", TURNED: "customer", AWARDED: "award"}


def made_up(case: Case, playing: Playing, seed: int = 1) -> Judgement:
    """A judgement of a play that is over; the same every time."""
    draw = random.Random(seed)
    again = start_playing(case.compiled, playing.seed)
    value, win, found = 45.0, 0.55, []
    for k, decision in enumerate(numbers_of(playing)):
        t, s = case.deal.tables, again.state
        par = choose(t, s, case.player, 0)
        others = [d for d in candidates(t, s) if d != decision][:6]
        error = draw.random() < 0.2 and others
        regret = draw.choice([2.4, 3.4, 7.2, 14.0]) if error else 0.0
        best = others[-1] if error else decision
        chosen = value - draw.random() * 3 - regret * 0.7
        shown = [Candidate(decision, chosen, 0.4, win - 0.02)]
        shown += [Candidate(d, chosen + regret - i, 0.6, win + 0.01 if i == 0 else -1.0) for i, d in enumerate(reversed(others))]
        at = (s.x[WEEK], s.x[STAGE], s.x[PHASE], s.x[STEP])
        happened = again.decide(decision)
        parts = tuple(
            LuckPart(
                kind=KINDS[row[0]],
                what=row[1],
                person=row[2],
                member=row[3],
                result=row[6],
                week=row[7],
                luck=draw.uniform(-6, 6),
                win=draw.uniform(-0.1, 0.1),
                se=0.5,
            )
            for row in map(announced_row, happened)
            if row[0] in KINDS
        )
        chance = max(0.0, win - regret / 100)
        measured = Judged(
            number=k + 1,
            decision=decision,
            par=par,
            best=best,
            value=value,
            value_se=0.9,
            chosen=chosen,
            regret=regret,
            measured=regret,
            se=0.4,
            win=win,
            chosen_win=chance,
            win_regret=0.0,
            candidates=tuple(shown),
            at=at,
            parts=parts,
        )
        found.append(measured)
        value += draw.uniform(-5, 5)
        win = min(1.0, max(0.0, win + draw.uniform(-0.08, 0.09)))
    result = playing.result()["payoff"] * 100 / case.compiled.best
    won = bool(case.deal.won[case.compiled.ids.endings.index(playing.result()["ending"])])
    return assemble(found, result, won, False, 1000)


class Settled:
    """A companion that has finished."""

    failed, ready = False, True

    def __init__(self, ready: Ready, folder: Path | None = None) -> None:
        self.case = case_of(ready, folder or SCENARIOS / ready.name)
        self.found: Judgement | None = None

    def left(self, playing: Playing) -> int:
        return 0

    def judgement(self, playing: Playing) -> Any:
        if playing.over and self.found is None:
            self.found = made_up(self.case, playing)
        return self.found if playing.over else None
