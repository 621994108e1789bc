"""Rivals: each prepares a move, aims it at the widest hole in our net, and plays it when its time has come."""

from __future__ import annotations

from game.engine.chance import MOVED, PREPARE, RIVAL, TRACE_WIDTH, Dice, bits, likely, note, swing, uniform, use
from game.engine.effects import apply
from game.engine.odds import branch_odds, branch_of, form, holds, quiet_branch, quiet_odds, roll_odds
from game.scenario.tables import CERTAIN, WEEK, State, Tables

LEAST = -(1 << 60)
INTEL_LASTS = 5
"""Weeks after which intelligence is old. It does not end with a hidden move: that would give the move away."""
WHIMS = 8
"""So many whims of a rival are tried to see how likely a move was."""


def prepare(t: Tables, s: State, d: Dice, rival: int) -> None:
    """Choose the rival's next move — the one it likes best, give or take its `spread` — and aim it at the widest hole."""
    take_up(t, s, rival, liked_best(t, s, d, rival, 0), 0)


def liked_best(t: Tables, s: State, d: Dice, rival: int, lane: int) -> int:
    """The move this rival likes best now, or -1. Each lane is another whim of the same week."""
    best = -1
    top = LEAST
    for m in range(t.move_off[rival], t.move_off[rival + 1]):
        if not holds(t, s, t.move_cond[m], 0, 0):
            continue
        whim = bits(d.seed, PREPARE, lane << 16 | s.x[WEEK] << 8 | m) * t.spread >> 32
        liking = form(t, s, t.move_like[m], 0, 0, 0) + whim
        if liking > top:
            top = liking
            best = m
    return best


def weeks_of(t: Tables, move: int) -> int:
    """How long a rival takes for a move; where it has none, it looks again next week."""
    return t.move_weeks[move] if move >= 0 else 1


def take_up(t: Tables, s: State, rival: int, move: int, gone: int) -> None:
    """The rival prepares this move, on which `gone` weeks have been spent already."""
    s.rival_move[rival] = move
    s.rival_wait[rival] = weeks_of(t, move) - gone
    s.rival_person[rival] = widest_hole(t, s, move) if move >= 0 else -1


def widest_hole(t: Tables, s: State, move: int) -> int:
    """The person on whom this move looks most worthwhile, or -1 where the customer has no people."""
    best = 0 if t.n_person > 0 else -1
    top = LEAST
    for p in range(t.n_person):
        value = form(t, s, t.move_aim[move], p, 0, 0)
        if value > top and s.x[t.here0 + p] == 1:
            top = value
            best = p
    return best


def rival_told(d: Dice, rival: int, week: int) -> int:
    """Where the script tells of a move by this rival in this week, or -1."""
    for k in range(0, d.n_script, TRACE_WIDTH):
        if d.script[k] == MOVED and d.script[k + 3] == rival and d.script[k + 7] == week and d.script[k + 5] == 0:
            use(d, k)
            return k
    return -1


def told_chance(t: Tables, s: State, d: Dice, rival: int, told: int, gone: int) -> int:
    """When following: how likely it is, in 1/10000, that after `gone` weeks this rival comes with the move that was told of, or
    (told -1) with none that would have been. What it has in hand is put right where it cannot be so.

    A rival's choice hangs on its whim. Of WHIMS whims those are counted that fit the silence so far, and of these the ones that
    fit this week; half a one is added to each, so that nothing is impossible for want of whims.
    """
    possible = 0
    fitting = 0
    other = -2
    for lane in range(1, WHIMS + 1):
        m = liked_best(t, s, d, rival, lane)
        weeks = weeks_of(t, m)
        if weeks < gone:
            continue
        possible += CERTAIN
        if told >= 0:
            fitting += CERTAIN if m == d.script[told + 1] else 0
            continue
        quiet = CERTAIN if weeks > gone or m < 0 else quietly(t, s, m, widest_hole(t, s, m))
        fitting += quiet
        if quiet > 0 and other == -2:
            other = m
    prepared = s.rival_move[rival]
    if told >= 0:
        s.rival_move[rival] = d.script[told + 1]
        s.rival_person[rival] = d.script[told + 2]
        s.rival_wait[rival] = 0
    elif s.rival_wait[rival] <= 0 and told_of(t, s, rival, prepared):
        if other == -2:
            s.rival_wait[rival] = 1
        else:
            take_up(t, s, rival, other, gone)
    return (fitting + CERTAIN // 2) * CERTAIN // (possible + CERTAIN)


def told_of(t: Tables, s: State, rival: int, move: int) -> bool:
    """Whether this move, coming now, could not stay hidden."""
    return move >= 0 and holds(t, s, t.move_cond[move], 0, 0) and quietly(t, s, move, s.rival_person[rival]) == 0


def quietly(t: Tables, s: State, move: int, person: int) -> int:
    """Chance that nothing is told of a move that comes now, in 1/10000."""
    return quiet_odds(t, t.move_roll[move], roll_odds(t, s, t.move_roll[move], person, 0, 0))


def forget(t: Tables, s: State, rival: int) -> None:
    """What was heard of a rival's plans is of use no more: the move came, or too many weeks went by."""
    s.intel_move[rival] = -1
    s.x[t.intel0 + rival] = 0


def rivals(t: Tables, s: State, d: Dice) -> None:
    """Each rival plays the move it had prepared when its time has come, and prepares the next."""
    for r in range(t.n_rival):
        s.rival_wait[r] -= 1
        if s.intel_move[r] >= 0 and s.x[WEEK] - s.intel_week[r] >= INTEL_LASTS:
            forget(t, s, r)
        following = d.following
        told = -1
        chance = CERTAIN
        if following == 1:
            told = rival_told(d, r, s.x[WEEK])
            chance = told_chance(t, s, d, r, told, weeks_of(t, s.rival_move[r]) - s.rival_wait[r])
        if s.rival_wait[r] <= 0:
            chance = come(t, s, d, r, told, chance)
            prepare(t, s, d, r)
        if following == 1:
            likely(d, chance)


def come(t: Tables, s: State, d: Dice, rival: int, told: int, chance: int) -> int:
    """A rival's move comes, if there is still a case for it. When following, the chance of what was told is returned, given that
    of the move."""
    m = s.rival_move[rival]
    if m < 0 or (told < 0 and not holds(t, s, t.move_cond[m], 0, 0)):
        return chance
    if told < 0 and s.rival_person[rival] >= 0 and s.x[t.here0 + s.rival_person[rival]] == 0:
        s.rival_person[rival] = widest_hole(t, s, m)
    roll = t.move_roll[m]
    person = s.rival_person[rival]
    first = roll_odds(t, s, roll, person, 0, 0)
    drawn = uniform(d.seed, RIVAL, s.x[WEEK] << 8 | rival)
    b = branch_of(t, roll, first, drawn)
    swing(d, roll, first, b == t.roll_branch[roll])
    if told >= 0:
        b = d.script[told + 6]
        chance = chance * branch_odds(t, roll, first, b) // CERTAIN
    elif d.following == 1:
        b = quiet_branch(t, roll, first, drawn)
    note(d, MOVED, m, person, rival, first, drawn, b, s.x[WEEK])
    apply(t, s, d, b, person, 0)
    if t.branch_told[b] == 1:
        forget(t, s, rival)
    return chance
