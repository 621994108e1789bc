"""Making states and telling them apart."""

from __future__ import annotations

import hashlib
import sys
from array import array

from game.engine.chance import FULL_WEIGHT, Dice
from game.scenario.tables import SCRATCH, State, Tables, fields, room

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
    d.following, d.weight, d.genes, d.n_script, d.script = 0, FULL_WEIGHT, [], 0, []
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
