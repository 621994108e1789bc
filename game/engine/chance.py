"""Chance as a pure function of (seed, purpose, key): a counter hash, never a stream.

No decision shifts another's dice, and two teams with the same seed face the same world. All words are 32 bits and every
multiplier is below 2**31, so no product reaches 2**63: Python's integers and compiled int64 agree.
"""

from __future__ import annotations

from typing import Annotated

from game.scenario.tables import CERTAIN, Row

WORD = (1 << 32) - 1

# Purposes: what a draw is for. Keys are below 2**24.
START, OUTCOME, READING, EVENT, RIVAL, PREPARE, PHASE_TURN, AWARD, POLICY = (i << 24 for i in range(1, 10))

# What a row of the trace tells (see `note`).
DID, CAME, READ, HAPPENED, PREVENTED, MOVED, TURNED, STEPPED, AWARDED, PASSED, CLAIMED, OVER, DROPPED = range(13)
TRACE_WIDTH = 8

# The parts of a week in which something may be announced.
WORK, RIVALS, EVENTS, BUYER = range(4)
FULL_WEIGHT = 1 << 44
"""Small enough that a weight times CERTAIN stays below 2**63."""


class Dice:
    """The seed of a playthrough, and a trace of what was drawn since the caller last emptied it."""

    seed: int
    """Below 2**62."""
    tracing: int
    """1 while draws are written down."""
    n: int
    """Numbers in the trace; a row is TRACE_WIDTH of them."""
    trace: Annotated[Row, "trace"]
    following: int
    """1 when what was announced in another play is made to happen here too, and how likely that was is put into `weight`."""
    weight: int
    """Likelihood so far of what was announced, in parts of FULL_WEIGHT."""
    genes: Annotated[Row, "start"]
    """When following: what the hidden truths are drawn with, 0 … 9999 each, instead of the seed's own numbers."""
    partial: int
    """1 or 2 when only the beginning is to be followed and the rest falls by this seed: until all of the script was used (1),
    or until a part of a week is over (2, see `pause`)."""
    stop_week: int
    stop_part: int
    used: int
    """Numbers of the script used so far."""
    n_script: int
    script: Annotated[Row, "trace"]
    """What was announced, in rows like the trace's; the sixth number marks a row as used."""
    n_swing: int
    """Numbers in `swings`; 0 while nobody counts them."""
    swings: Annotated[Row, "roll"]
    """For every roll, how much oftener than expected its first branch came so far, in 1/10000; the last is our award. Each has
    the mean 0 over all dice, whatever is decided."""


def scramble(word: int) -> int:
    """A bijection of 32-bit words in which every input bit moves every output bit (xor-shift-multiply, two rounds)."""
    word = ((word ^ (word >> 16)) * 0x7FEB352D) & WORD
    word = ((word ^ (word >> 15)) * 0x31848BAB) & WORD
    return word ^ (word >> 16)


def bits(seed: int, purpose: int, key: int) -> int:
    """32 random bits of this seed, purpose and key."""
    first = scramble(((seed & WORD) + (purpose + key) * 0x2C1B3C6D) & WORD)
    return scramble((first ^ (seed >> 32)) + 0x297A2D39 & WORD)


def uniform(seed: int, purpose: int, key: int) -> int:
    """A number from 0 to CERTAIN - 1."""
    return (bits(seed, purpose, key) * CERTAIN) >> 32


def seed_of(first: int, i: int) -> int:
    """The seed of playthrough i of a batch: 62 bits."""
    return (bits(first, 0, i) << 30) | (bits(first ^ 0x15A4E35, 0, i) >> 2)


def note(d: Dice, kind: int, what: int, person: int, member: int, odds: int, drawn: int, result: int, week: int) -> None:
    """Write down what happened, when somebody wants to know."""
    if d.tracing == 0:
        return
    n = d.n
    d.trace[n] = kind
    d.trace[n + 1] = what
    d.trace[n + 2] = person
    d.trace[n + 3] = member
    d.trace[n + 4] = odds
    d.trace[n + 5] = drawn
    d.trace[n + 6] = result
    d.trace[n + 7] = week
    d.n = n + TRACE_WIDTH


def swing(d: Dice, roll: int, first: int, came: bool) -> None:
    """Count what was drawn against what was expected, where chance and not a script decided."""
    if d.n_swing > 0 and d.following == 0:
        d.swings[roll] += (CERTAIN if came else 0) - first


def announced(d: Dice, kind: int, what: int, person: int, week: int) -> int:
    """Where the script tells of this for the first time not yet used, or -1. `person` -2 is anybody."""
    for k in range(0, d.n_script, TRACE_WIDTH):
        same = d.script[k] == kind and d.script[k + 1] == what and d.script[k + 7] == week and d.script[k + 5] == 0
        if same and (person == -2 or d.script[k + 2] == person):
            use(d, k)
            return k
    return -1


def use(d: Dice, k: int) -> None:
    """The row of the script at k has come true."""
    d.script[k + 5] = 1
    d.used += TRACE_WIDTH


def pause(d: Dice, week: int, part: int) -> None:
    """A part of a week is over: perhaps nothing is followed from here on."""
    if d.partial == 2 and d.stop_week == week and d.stop_part == part:
        d.following = 0


def likely(d: Dice, odds: int) -> None:
    """What was announced had this chance here, in 1/10000."""
    d.weight = d.weight * odds // CERTAIN
    if d.partial == 1 and d.used == d.n_script:
        d.following = 0
