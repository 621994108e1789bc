"""What judging a play comes to: each decision's values, and the whole of them. How they are found is in `judge`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import hypot, sqrt

from game.policies.par import Reference

STEPS = (2.0, 5.0, 10.0)
"""Points given away from which a decision has the next grade. Below the first nothing is charged: nobody could say it again
under other dice."""
GRADES = ("best", "inaccuracy", "mistake", "blunder")


WORLD = "world"
"""Instead of a grade, for what the trainer let happen."""


@dataclass(frozen=True)
class Candidate:
    """What a decision was worth, in points, with its standard error against par's choice; and its chance to win."""

    decision: int
    value: float
    se: float
    win: float


@dataclass(frozen=True, kw_only=True)
class LuckPart:
    """What one announcement gave or took, in points and in chance to win. `kind`: outcome, rival, event, customer, award;
    `what` is -1 for what did not come; `rest` is what the estimate cannot place."""

    kind: str
    what: int
    person: int
    member: int
    result: int
    week: int
    luck: float
    win: float
    se: float


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A decision. All values in points; `win` and the like are chances, 0 … 1."""

    number: int
    decision: int
    par: int
    best: int
    value: float
    """V(b): par's value before the decision; `chosen`: Q(b, a)."""
    value_se: float
    chosen: float
    regret: float
    """0 where no error could be shown: below two standard errors or half a point."""
    measured: float
    """Q(b, best) - Q(b, a) as it was measured, never below 0."""
    se: float
    win: float
    chosen_win: float
    win_regret: float
    candidates: tuple[Candidate, ...]
    at: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Week, our stage, the customer's phase and the procurement step when it was taken."""
    parts: tuple[LuckPart, ...] = ()
    luck: float = 0.0
    luck_win: float = 0.0
    ahead_se: float = 0.0
    """Standard error of `advantage`."""
    world: int = -1
    """The event that the trainer let happen; -1 where the player decided."""
    then: Candidate | None = None
    """The better option where it could still follow at once, worth what both came to, the chosen one first."""

    @property
    def advantage(self) -> float:
        return self.chosen - self.value

    @property
    def grade(self) -> str:
        return grade_of(self.regret) if self.world < 0 else WORLD


def grade_of(regret: float) -> str:
    """The grade for so many points given away."""
    return GRADES[sum(regret >= step for step in STEPS)]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A whole play."""

    start_value: float
    start_win: float
    result: float
    won: bool
    decisions: tuple[Judged, ...]
    coarse: bool
    """Whether it was made without compiled code."""
    plays: int
    """Playthroughs it rests on."""
    reference: Reference = "tuned"

    @property
    def advantage(self) -> float:
        return sum(j.advantage for j in self.decisions)

    @property
    def advantage_se(self) -> float:
        """Standard error of `advantage`; each decision's is by itself."""
        return float(sqrt(sum(j.ahead_se**2 for j in self.decisions)))

    @property
    def start_se(self) -> float:
        """Standard error of `start_value`."""
        return self.decisions[0].value_se if self.decisions else 0.0

    @property
    def luck(self) -> float:
        return sum(j.luck for j in self.decisions)

    @property
    def luck_se(self) -> float:
        """Standard error of `luck`: the result is what it is, so it is that of what is left."""
        return float(hypot(self.advantage_se, self.start_se))

    @property
    def regret(self) -> float:
        return sum(j.regret for j in self.decisions)


def assemble(
    judged: list[Judged], result: float, won: bool, coarse: bool, plays: int, reference: Reference = "tuned"
) -> Judgement:
    """The whole play: each decision's luck is what the next one starts from, less what it was worth."""
    found = []
    for k, j in enumerate(judged):
        after, after_win = (judged[k + 1].value, judged[k + 1].win) if k + 1 < len(judged) else (result, float(won))
        luck, luck_win = after - j.chosen, after_win - j.chosen_win
        rest, rest_win = luck - sum(p.luck for p in j.parts), luck_win - sum(p.win for p in j.parts)
        kind = "rest" if j.world < 0 else "event"
        last = LuckPart(kind=kind, what=j.world, person=-1, member=-1, result=-1, week=-1, luck=rest, win=rest_win, se=0.0)
        found.append(replace(j, luck=luck, luck_win=luck_win, parts=(*j.parts, last)))
    start, start_win = (judged[0].value, judged[0].win) if judged else (result, float(won))
    return Judgement(
        start_value=start,
        start_win=start_win,
        result=result,
        won=won,
        decisions=tuple(found),
        coarse=coarse,
        plays=plays,
        reference=reference,
    )
