"""Making states and telling them apart."""

from __future__ import annotations

import hashlib
import sys
from array import array

from game.engine.chance import FULL_WEIGHT, WORD, Dice, scramble
from game.scenario.tables import SCRATCH, Row, State, Tables, fields, room

NOT_IDENTITY = ("scratch",)


def new_state(t: Tables) -> State:
    """A blank state of the right lengths; `step.begin` fills it."""
    s = State()
    s.x = [0] * t.n_slot
    s.tries, s.worn, s.worn_week = ([0] * t.n_pair for _ in range(3))
    s.front_arm = [-1] * t.fronts
    s.front_left, s.front_odds, s.front_try = ([0] * t.fronts for _ in range(3))
    s.rival_move, s.rival_person, s.intel_move, s.intel_person = ([-1] * t.n_rival for _ in range(4))
    s.rival_wait, s.intel_week = ([0] * t.n_rival for _ in range(2))
    s.event_count = [0] * t.n_event
    s.bid_odds = [0] * t.n_bidder
    s.scratch = [0] * (max(t.n_person, t.n_bidder) + 1)
    return s


def copy_state(s: State) -> State:
    """An independent copy."""
    other = State()
    for name, _ in fields(State):
        setattr(other, name, list(getattr(s, name)))
    return other


def new_dice(seed: int, tracing: bool = False) -> Dice:
    """Dice for one playthrough. ValueError for a seed outside 0 … 2**62 - 1."""
    if not 0 <= seed < 1 << 62:
        raise ValueError(f"seed {seed}")
    d = Dice()
    d.seed, d.tracing, d.n = seed, int(tracing), 0
    d.trace = [0] * room("trace", "M") if tracing else []
    d.following, d.weight, d.genes, d.used, d.n_script, d.script = 0, FULL_WEIGHT, [], 0, 0, []
    d.n_swing, d.swings = 0, []
    d.partial, d.stop_week, d.stop_part = 0, 0, 0
    return d


def new_follower(t: Tables) -> Dice:
    """Dice with room for hidden truths and a script."""
    d = new_dice(0)
    d.genes, d.script = [0] * t.n_start, [0] * room("trace", "M")
    d.swings = [0] * (len(t.roll_odds) + 1)
    return d


def digest(s: State) -> bytes:
    """SHA-256 over everything that makes the state what it is, scratch left out."""
    found = hashlib.sha256()
    for name, _ in fields(State):
        if name in NOT_IDENTITY:
            continue
        row = array("q", getattr(s, name)[SCRATCH:] if name == "x" else getattr(s, name))
        if sys.byteorder == "big":
            row.byteswap()
        found.update(len(row).to_bytes(4, "little") + row.tobytes())
    return found.digest()


def copy_into(t: Tables, one: State, other: State) -> None:
    """Make `other` the same as `one`, without new rows."""
    for i in range(t.n_slot):
        other.x[i] = one.x[i]
    for i in range(t.n_pair):
        other.tries[i] = one.tries[i]
        other.worn[i] = one.worn[i]
        other.worn_week[i] = one.worn_week[i]
    for f in range(t.fronts):
        other.front_arm[f] = one.front_arm[f]
        other.front_left[f] = one.front_left[f]
        other.front_odds[f] = one.front_odds[f]
        other.front_try[f] = one.front_try[f]
    for r in range(t.n_rival):
        other.rival_move[r] = one.rival_move[r]
        other.rival_person[r] = one.rival_person[r]
        other.rival_wait[r] = one.rival_wait[r]
        other.intel_move[r] = one.intel_move[r]
        other.intel_person[r] = one.intel_person[r]
        other.intel_week[r] = one.intel_week[r]
    for e in range(t.n_event):
        other.event_count[e] = one.event_count[e]
    for b in range(t.n_bidder):
        other.bid_odds[b] = one.bid_odds[b]


def reset(t: Tables, s: State) -> None:
    """As new, for the next playthrough; `step.begin` fills `x`."""
    for i in range(t.n_pair):
        s.tries[i] = 0
        s.worn[i] = 0
        s.worn_week[i] = 0
    for f in range(t.fronts):
        s.front_arm[f] = -1
        s.front_left[f] = 0
        s.front_odds[f] = 0
        s.front_try[f] = 0
    for r in range(t.n_rival):
        s.rival_move[r] = -1
        s.rival_person[r] = -1
        s.rival_wait[r] = 0
        s.intel_move[r] = -1
        s.intel_person[r] = -1
        s.intel_week[r] = 0
    for e in range(t.n_event):
        s.event_count[e] = 0
    for b in range(t.n_bidder):
        s.bid_odds[b] = 0


def mixed(row: Row, first: int, end: int, before: int) -> int:
    """32 bits from part of a row and the bits of what came before. Each number counts with a weight of its own below 2**19, so
    that the sum over at most 2,050 words of 32 bits stays below 2**63 and no step waits for the one before."""
    total = 0
    for i in range(first, end):
        total += (row[i] & WORD) * (i * 0x9E6D + 0x3C6F1 & 0x7FFFF | 1)
    return scramble(scramble(total & WORD) ^ (total >> 32) ^ before * 0x2C1B & WORD)


def fingerprint(t: Tables, s: State) -> int:
    """62 bits of what makes the state what it is (see `digest`), quick enough to be taken of every playthrough."""
    h = mixed(s.x, SCRATCH, t.n_slot, 1)
    g = h
    h = mixed(s.tries, 0, t.n_pair, h)
    h = mixed(s.worn, 0, t.n_pair, h)
    h = mixed(s.worn_week, 0, t.n_pair, h)
    h = mixed(s.front_arm, 0, t.fronts, h)
    h = mixed(s.front_left, 0, t.fronts, h)
    h = mixed(s.front_odds, 0, t.fronts, h)
    h = mixed(s.front_try, 0, t.fronts, h)
    h = mixed(s.rival_move, 0, t.n_rival, h)
    h = mixed(s.rival_person, 0, t.n_rival, h)
    h = mixed(s.rival_wait, 0, t.n_rival, h)
    h = mixed(s.intel_move, 0, t.n_rival, h)
    h = mixed(s.intel_person, 0, t.n_rival, h)
    h = mixed(s.intel_week, 0, t.n_rival, h)
    h = mixed(s.event_count, 0, t.n_event, h)
    h = mixed(s.bid_odds, 0, t.n_bidder, h)
    return (g >> 2) << 32 | h
