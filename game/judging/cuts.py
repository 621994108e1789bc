"""What was announced after a decision, cut into the announcements and silences whose luck is told one by one."""

from __future__ import annotations

from dataclasses import dataclass

from game.engine.chance import AWARDED, BUYER, CAME, EVENTS, HAPPENED, MOVED, READ, RIVALS, TRACE_WIDTH, TURNED, WORK
from game.judging.judgement import LuckPart


@dataclass(frozen=True)
class Cut:
    """How far what was announced is followed: numbers of the script, and the part of a week (-1: only to the last row).
    `row` is the announcement this cut adds; None for the silence of a part of a week."""

    end: int
    week: int
    part: int
    kind: str
    row: list[int] | None

    def as_part(self, luck: float, win: float, error: float) -> LuckPart:
        row = self.row
        if row is None:
            return LuckPart(
                kind=self.kind, what=-1, person=-1, member=-1, result=-1, week=self.week, luck=luck, win=win, se=error
            )
        return LuckPart(
            kind=self.kind, what=row[1], person=row[2], member=row[3], result=row[6], week=row[7], luck=luck, win=win, se=error
        )


KINDS = {CAME: "outcome", MOVED: "rival", HAPPENED: "event", TURNED: "customer", AWARDED: "award", READ: "reading"}


PARTS_OF_WEEK = {CAME: WORK, MOVED: RIVALS, HAPPENED: EVENTS, TURNED: BUYER, AWARDED: BUYER, READ: WORK}


SILENT = {RIVALS: "rival", EVENTS: "event", BUYER: "customer"}


def cut_up(script: list[int], weeks: range) -> list[Cut]:
    """The cuts of what was announced in these weeks, in the order in which it came: each announcement with what was read from
    it, then the silence of the rest of its part of the week. Silence counts as well: what did not come was a chance too."""
    groups, found, end = grouped(script), [], 0
    at = 0
    for week in weeks if len(weeks) else [-1]:
        for part in (WORK, RIVALS, EVENTS, BUYER):
            heard = False
            while at < len(groups) and (week < 0 or due(groups[at][1]) <= (week, part)):
                end, row = groups[at]
                found.append(Cut(end, -1, -1, KINDS[row[0]], row))
                heard, at = True, at + 1
            if week >= 0 and part in SILENT and not (heard and part == BUYER):
                found.append(Cut(end, week, part, SILENT[part], None))
    return found


def due(row: list[int]) -> tuple[int, int]:
    """The week and its part in which this was announced."""
    return row[7], PARTS_OF_WEEK[row[0]]


def grouped(script: list[int]) -> list[tuple[int, list[int]]]:
    """The announcements, what was read joined to what it was read from: (where it ends in the script, its first row)."""
    found: list[tuple[int, list[int]]] = []
    for k in range(0, len(script), TRACE_WIDTH):
        row = script[k : k + TRACE_WIDTH]
        if row[0] == READ and found:
            found[-1] = (k + TRACE_WIDTH, found[-1][1])
        else:
            found.append((k + TRACE_WIDTH, row))
    return found
