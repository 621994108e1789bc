"""Many playthroughs in one go: a block of seeds under a policy, added up in integers.

Everything here runs compiled and as plain Python alike. Records come as rows of one element (`tt[0]`): a one-element array
when compiled, a list of one in plain Python.
"""

from __future__ import annotations

from typing import Annotated

from game.engine.chance import Dice, seed_of
from game.engine.ending import payoff
from game.engine.state import fingerprint, reset
from game.engine.step import begin, run_on, startable, step
from game.policies.route import decided
from game.policies.table import Player
from game.scenario.tables import (
    AWARD_STAGE,
    DECISIONS,
    ENDED,
    RUNNING,
    STAGE,
    STARTS,
    WEEK,
    Row,
    State,
    Tables,
    fields,
)

LOW = (1 << 31) - 1
BIG_HASH = (1 << 62) - 1
LONGEST = 254


class Tally:
    """Sums over playthroughs. They do not depend on the order of the plays, nor on how these were cut into blocks."""

    watch: int
    """1 to look at every decision and every quantity too; sums marked (w) stay 0 otherwise."""
    won: Annotated[Row, "ending"]
    """Given: 1 for the endings that count as won. Beside `watch` and the marks the only number here that is no sum."""
    forms: int
    """Working room: decisions of the playthrough under way that took nobody's time and nobody's favour."""
    marks: Annotated[Row, "action"]
    """Working room: what was offered (1) and started (2) in the playthrough under way."""
    plays: int
    hash: int
    """Sum of the final states' fingerprints, modulo 2**62."""
    pay: int
    pay_high: int
    """Sum of the squared payoffs: this times 2**31, plus `pay_low`."""
    pay_low: int
    wins: int
    decisions: int
    weeks: int
    ended: Annotated[Row, "ending"]
    reached: Annotated[Row, "stage"]
    """Plays that reached a stage; the last row is the gate of the last stage passed."""
    won_after: Annotated[Row, "stage"]
    """Of those, how many were won."""
    length: Annotated[Row, "length"]
    """Plays of this many decisions, forms left out; the last row has all longer ones too."""
    starts: Annotated[Row, "action"]
    """(w) How often an action was started."""
    offered: Annotated[Row, "action"]
    """(w) In how many plays it could have been started at some decision; `chosen`: in how many it was."""
    chosen: Annotated[Row, "action"]
    offered_pay: Annotated[Row, "action"]
    """(w) Payoffs of those plays, added up."""
    chosen_pay: Annotated[Row, "action"]
    happened: Annotated[Row, "event"]
    """Plays in which an event came, or was prevented."""
    proved: Annotated[Row, "fact"]
    """Plays at whose end a fact was proved true; `refuted`: proved false; `claimed`: heard at least."""
    refuted: Annotated[Row, "fact"]
    claimed: Annotated[Row, "fact"]
    won_knowing: int
    """(w) Plays won in which we have met everybody who had their say and is still there."""
    won_at: Annotated[Row, "stage"]
    """(w) Plays won with us in this stage at the award."""
    won_slot: Annotated[Row, "slot"]
    """(w) Plays won at whose end a slot was above 0."""
    end_sum: Annotated[Row, "slot"]
    """(w) Final values of a slot, and their squares as with the payoff."""
    end_high: Annotated[Row, "slot"]
    end_low: Annotated[Row, "slot"]


GIVEN = ("watch", "won", "forms", "marks")


def new_tally(t: Tables, won: list[int], watch: bool = False) -> Tally:
    """Zeros. `won`: 1 for each ending that counts as won."""
    tally = Tally()
    sizes = {
        "ending": t.n_ending,
        "action": t.n_action,
        "stage": t.n_stage + 1,
        "length": LONGEST + 1,
        "event": t.n_event,
        "fact": t.n_fact,
        "slot": t.n_slot,
    }
    for name, capacity in fields(Tally):
        setattr(tally, name, [0] * sizes[capacity] if capacity else 0)
    tally.watch, tally.won = int(watch), list(won)
    return tally


def note_offers(t: Tables, s: State, tally: Tally) -> None:
    """Mark every action that could be started now."""
    g = min(s.x[STAGE], t.n_stage)
    for k in range(t.stage_off[g], t.stage_off[g + 1]):
        a = t.stage_action[k]
        if tally.marks[a] == 0 and startable(t, s, a):
            tally.marks[a] = 1
    for scene in range(t.n_scene):
        if s.x[t.scene0 + scene] > 0:
            for k in range(t.scene_off[scene], t.scene_off[scene + 1]):
                if tally.marks[t.scene_action[k]] == 0 and startable(t, s, t.scene_action[k]):
                    tally.marks[t.scene_action[k]] = 1


def note_start(t: Tables, tally: Tally, arm: int) -> None:
    """Count a start."""
    a = t.pair_action[t.arm_pair[arm]]
    tally.marks[a] = 2
    tally.starts[a] += 1


def note_marks(t: Tables, tally: Tally, pay: int) -> None:
    """What the actions of a finished playthrough saw of its payoff; the marks are blank again."""
    for a in range(t.n_action):
        if tally.marks[a] > 0:
            tally.offered[a] += 1
            tally.offered_pay[a] += pay
        if tally.marks[a] == 2:
            tally.chosen[a] += 1
            tally.chosen_pay[a] += pay
        tally.marks[a] = 0


def note_quantities(t: Tables, s: State, tally: Tally) -> None:
    """Final values."""
    for i in range(t.n_slot):
        x = s.x[i]
        tally.end_sum[i] += x
        tally.end_high[i] += x * x >> 31
        tally.end_low[i] += x * x & LOW


def note_evidence(t: Tables, s: State, tally: Tally) -> None:
    """Events and facts of a finished playthrough."""
    for e in range(t.n_event):
        if s.event_count[e] > 0:
            tally.happened[e] += 1
    for f in range(t.n_fact):
        tally.proved[f] += s.x[t.knows0 + f]
        tally.refuted[f] += s.x[t.refuted0 + f]
        tally.claimed[f] += s.x[t.heard0 + f]


def note_won(t: Tables, s: State, tally: Tally) -> None:
    """How a deal was won: in what stage, knowing whom and what."""
    tally.won_at[s.x[AWARD_STAGE]] += 1
    known = 1
    for k in range(t.n_say):
        p = t.say_person[k]
        if s.event_count[t.say_event[k]] > 0 and s.x[t.here0 + p] == 1 and s.x[t.met0 + p] == 0:
            known = 0
    tally.won_knowing += known
    for i in range(t.hidden):
        if s.x[i] > 0:
            tally.won_slot[i] += 1


def note_end(t: Tables, s: State, tally: Tally) -> None:
    """Add a finished playthrough to the sums."""
    pay = payoff(t, s)
    ending = s.x[ENDED] - 1
    win = tally.won[ending]
    tally.plays += 1
    tally.hash = tally.hash + fingerprint(t, s) & BIG_HASH
    tally.pay += pay
    tally.pay_high += pay * pay >> 31
    tally.pay_low += pay * pay & LOW
    tally.wins += win
    tally.decisions += s.x[DECISIONS]
    tally.weeks += s.x[WEEK] - 1
    tally.ended[ending] += 1
    tally.length[min(s.x[DECISIONS] - tally.forms, LONGEST)] += 1
    tally.forms = 0
    for g in range(s.x[STAGE] + 1):
        tally.reached[g] += 1
        tally.won_after[g] += win
    note_evidence(t, s, tally)
    if tally.watch == 1:
        note_marks(t, tally, pay)
        note_quantities(t, s, tally)
        if win == 1:
            note_won(t, s, tally)


def play_one(t: Tables, s: State, d: Dice, p: Player, tally: Tally) -> None:
    """A playthrough with the dice as they are, from the first morning to the end."""
    reset(t, s)
    begin(t, s, d)
    over = run_on(t, s, d, 0)
    while not over:
        decision = decided(t, s, p, d.seed)
        if decision >= STARTS and t.action_free[t.pair_action[t.arm_pair[decision - STARTS]]] == 1:
            tally.forms += 1
        if tally.watch == 1:
            if s.x[RUNNING] < t.fronts:
                note_offers(t, s, tally)
            if decision >= STARTS:
                note_start(t, tally, decision - STARTS)
        over = step(t, s, d, decision)


def play_block(
    tt: list[Tables], ss: list[State], dd: list[Dice], pp: list[Player], yy: list[Tally], first: int, start: int, end: int
) -> None:
    """Playthroughs start … end - 1 of the batch `first`, added to the tally."""
    t = tt[0]
    s = ss[0]
    d = dd[0]
    for i in range(start, end):
        d.seed = seed_of(first, i)
        play_one(t, s, d, pp[0], yy[0])
        note_end(t, s, yy[0])
