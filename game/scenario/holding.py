"""What finished tables cannot hold, or the rules could not reckon with, is refused: rows, gains, happenings."""

from __future__ import annotations

from game.scenario.build import LIMIT, Refused
from game.scenario.compiled import Ids
from game.scenario.operations import OPERATIONS, by_form
from game.scenario.tables import CAPACITY, CERTAIN, PAIR, SIZES, TARGET, State, Tables, fields, room

ROW_OF_TRACE = 8
"""Numbers that are noted of one happening."""


def hold(t: Tables, ids: Ids, size: str) -> None:
    """Raises Refused where something does not fit."""
    _capacities(t, size)
    _gains(t, ids)
    _happenings(t)


def _capacities(t: Tables, size: str) -> None:
    """Refuses what the tables have no room for."""
    for name, capacity in fields(Tables):
        if capacity and len(getattr(t, name)) > room(capacity, size):
            need = len(getattr(t, name))
            fits = next((s for s in SIZES if need <= room(capacity, s)), "")
            raise Refused("E215", size=size, what=name, need=need, room=room(capacity, size), fits=fits or "—")
    if t.n_event + 1 > 256 or t.last_week > 255 or len(t.arm_pair) > CAPACITY["arm"][2]:
        raise Refused("E213")
    assert all(c in CAPACITY for cls in (Tables, State) for _, c in fields(cls) if c)


def _gains(t: Tables, ids: Ids) -> None:
    """Refuses effects so large that what they add to the gauges, weighed by their odds, could pass 2**63: greedy reckons that."""
    most = {TARGET: t.n_person, PAIR: t.n_member * t.n_person}
    for b, where in enumerate(ids.branches):
        total = 0
        for k in range(t.branch_effect[b], t.branch_effect[b + 1]):
            slot = t.effect_slot[k]
            base = PAIR if slot >= PAIR else TARGET if slot >= TARGET else 0
            slots = range(slot - base, slot - base + most.get(base, 1))
            width = max(t.hi[i] - t.lo[i] for i in slots)
            change = min(width, abs(t.effect_amount[k])) if OPERATIONS[t.effect_op[k]].adds else width
            total += 0 if by_form(t.effect_op[k]) else change * max(abs(t.gain[i]) for i in slots)
        if total * CERTAIN >= LIMIT:
            raise Refused("E213", where)


def _happenings(t: Tables) -> None:
    """Refuses a deal in which more could happen than can be noted between two decisions: where nothing can be started, that may
    be all its weeks."""
    need = 2 + t.n_stage + (t.fronts + 1) * max(_told(t, roll) for roll in t.action_roll)
    need += sum(_rows(t, b) for b in (*t.phase_branch, *t.step_branch, *t.gate_false))
    need += sum(min(t.event_times[e], t.last_week) * _told(t, t.event_roll[e]) for e in range(t.n_event))
    for r in range(t.n_rival):
        moves = range(t.move_off[r], t.move_off[r + 1])
        often = t.last_week // min((t.move_weeks[m] for m in moves), default=1) + 1
        need += often * max((_told(t, t.move_roll[m]) for m in moves), default=0)
    most = room("trace", "M") // ROW_OF_TRACE
    if need > most:
        raise Refused("E233", "events" if t.n_event else "rivals", need=need, room=most)


def _told(t: Tables, roll: int) -> int:
    """Happenings that a roll can bring at most."""
    return max(_rows(t, b) for b in range(t.roll_branch[roll], t.roll_end[roll]))


def _rows(t: Tables, b: int) -> int:
    """The branch itself, what is read by it, and the work that is dropped where somebody leaves."""
    if b < 0:
        return 0
    effects = t.effect_slot[t.branch_effect[b] : t.branch_effect[b + 1]]
    leaves = any(t.here0 <= slot < t.here0 + t.n_person for slot in effects)
    return 1 + t.branch_read[b + 1] - t.branch_read[b] + (t.fronts if leaves else 0)
