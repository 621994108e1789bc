"""A week ends, in this order: work done, nets and rapport fade, influence and lure, rivals, events, comings and goings, the
buyer, the calendar."""

from __future__ import annotations

from game.engine.award import award
from game.engine.chance import (
    BUYER,
    CAME,
    EVENT,
    EVENTS,
    HAPPENED,
    OUTCOME,
    PHASE_TURN,
    PREVENTED,
    RIVALS,
    STEPPED,
    TURNED,
    Dice,
    announced,
    likely,
    note,
    pause,
    swing,
    uniform,
)
from game.engine.effects import absences, apply, show_meters
from game.engine.gates import close_gates
from game.engine.odds import branch_odds, branch_of, holds, quiet_branch, quiet_odds, roll_odds, rounded
from game.engine.rivals import rivals
from game.scenario.tables import (
    AWARD_STAGE,
    AWARD_WEEK,
    BIDS_LEFT,
    BIDS_OPEN,
    CERTAIN,
    CLOSES,
    FREED,
    NEWS,
    OVERSOLD,
    PHASE,
    PHASE_WEEKS,
    RUNNING,
    STAGE,
    STEP,
    WEEK,
    WEEKS_LEFT,
    WINNER,
    WON,
    State,
    Tables,
)


def resolve(t: Tables, s: State, d: Dice, arm: int, first: int, attempt: int) -> None:
    """An action comes to its end: its outcome is drawn and applied."""
    pair = t.arm_pair[arm]
    roll = t.action_roll[t.pair_action[pair]]
    person = t.pair_person[pair]
    drawn = uniform(d.seed, OUTCOME, pair << 8 | attempt)
    b = branch_of(t, roll, first, drawn)
    swing(d, roll, first, b == t.roll_branch[roll])
    if d.following == 1:
        row = announced(d, CAME, arm, person, s.x[WEEK])
        b = d.script[row + 6] if row >= 0 else b
        likely(d, branch_odds(t, roll, first, b) if row >= 0 else 0)
    note(d, CAME, arm, person, t.arm_member[arm], first, drawn, b, s.x[WEEK])
    apply(t, s, d, b, person, t.arm_member[arm])
    s.x[NEWS] = 1


def work(t: Tables, s: State, d: Dice) -> None:
    """A week's work on every front; what is finished is resolved in the order of the fronts."""
    for f in range(t.fronts):
        if s.front_arm[f] < 0:
            continue
        s.front_left[f] -= 1
        if s.front_left[f] == 0:
            arm = s.front_arm[f]
            s.front_arm[f] = -1
            s.x[RUNNING] -= 1
            resolve(t, s, d, arm, s.front_odds[f], s.front_try[f])


def fade(t: Tables, s: State) -> None:
    """Knots, rapport and the author's fading meters move toward where they rest."""
    for b in range(t.n_fade):
        to = t.fade_to[b]
        rate = t.fade_rate[b]
        first = t.fade_slot[b]
        for i in range(first, first + t.fade_n[b]):
            gap = to - s.x[i]
            if gap != 0:
                s.x[i] += rounded(gap * rate, CERTAIN)


def influence(t: Tables, s: State) -> None:
    """Each stance is pulled toward the people this person listens to and anchored to the person's own conviction, all at once."""
    n = t.n_person
    stance = t.stance0
    for p in range(n):
        own = s.x[stance + p]
        pull = t.anchor[p] * (s.x[t.conviction0 + p] - own)
        for k in range(t.hear_off[p], t.hear_off[p + 1]):
            q = t.hear_who[k]
            pull += t.hears[p * n + q] * (s.x[stance + q] - own) * s.x[t.here0 + q]
        s.scratch[p] = rounded(pull, CERTAIN) if s.x[t.here0 + p] == 1 else 0
    for p in range(n):
        s.x[stance + p] += s.scratch[p]


def lure(t: Tables, s: State) -> None:
    """Where a rival's hold on somebody is firmer than ours, it draws them off, the faster the wider the hole in our net."""
    for p in range(t.n_person):
        hold = 0
        for r in range(t.n_rival):
            hold = max(hold, s.x[t.net0 + r * t.n_person + p])
        hole = hold - s.x[t.cover0 + p]
        if hole > 0 and s.x[t.here0 + p] == 1:
            way = s.x[t.stance0 + p] - t.lo[t.stance0 + p]
            s.x[t.stance0 + p] -= rounded(way * t.lure * hole, CERTAIN * CERTAIN)


def followed(t: Tables, d: Dice, roll: int, first: int, drawn: int, told: int) -> int:
    """The branch when following: the one announced, else one of which nothing would have been told; -1 for none."""
    if told >= 0:
        likely(d, branch_odds(t, roll, first, d.script[told + 6]))
        return d.script[told + 6]
    likely(d, quiet_odds(t, roll, first))
    return quiet_branch(t, roll, first, drawn)


def events(t: Tables, s: State, d: Dice) -> None:
    """Every event whose condition holds is drawn; one that would have come but is guarded against is prevented."""
    for e in range(t.n_event):
        told = announced(d, HAPPENED, e, -2, s.x[WEEK]) if d.following == 1 else -1
        if s.event_count[e] >= t.event_times[e] or not holds(t, s, t.event_cond[e], 0, 0):
            if told >= 0:
                d.weight = 0
            continue
        roll = t.event_roll[e]
        first = roll_odds(t, s, roll, 0, 0, 0)
        drawn = uniform(d.seed, EVENT, s.x[WEEK] << 8 | e)
        b = branch_of(t, roll, first, drawn)
        swing(d, roll, first, b == t.roll_branch[roll])
        if d.following == 1 and not holds(t, s, t.event_guard[e], 0, 0):
            b = followed(t, d, roll, first, drawn, told)
        elif told >= 0:
            likely(d, 0)  # it came, and in this world it was guarded against
        if b < 0 or t.branch_told[b] < 0:
            continue  # the branch in which nothing happens
        s.event_count[e] += 1
        if holds(t, s, t.event_guard[e], 0, 0):
            note(d, PREVENTED, e, -1, -1, first, drawn, b, s.x[WEEK])
            continue
        note(d, HAPPENED, e, -1, -1, first, drawn, b, s.x[WEEK])
        apply(t, s, d, b, 0, 0)


def scenes(t: Tables, s: State) -> None:
    """Open scenes are a week older."""
    for k in range(t.n_scene):
        if s.x[t.scene0 + k] > 0:
            s.x[t.scene0 + k] = min(s.x[t.scene0 + k] + 1, t.scene_limit[k] + 2)


def silence(t: Tables, s: State) -> None:
    """A scene that could not wait and was not answered is over: nothing was said."""
    for k in range(t.n_scene):
        if t.scene_limit[k] == 0 and s.x[t.scene0 + k] > 1:
            s.x[t.scene0 + k] = 0
            s.x[t.answered0 + k] = 1


def phase_length(t: Tables, s: State, phase: int) -> int:
    """How many weeks this phase takes at least as things stand, from its first week on: its usual length, longer for what is not
    done and for what holds it, shorter for what speeds it."""
    weeks = t.phase_least[phase]
    for k in range(t.pace_off[phase], t.pace_off[phase + 1]):
        if holds(t, s, t.pace_cond[k], 0, 0):
            weeks += t.pace_weeks[k]
    return max(1, weeks)


def dates_hold(t: Tables, s: State, phase: int) -> bool:
    """Whether the procurement's dates keep the customer from deciding: bids are still taken, or judged."""
    return t.issue_phase >= 0 and phase + 1 == t.award_phase and s.x[WEEK] < s.x[CLOSES] + t.judge_weeks


def turning_odds(t: Tables, s: State) -> int:
    """The chance that the customer goes on to the next phase at the end of this week, in 1/10000. Where a phase has a length,
    each of the weeks in which it may end is equally likely beforehand."""
    phase = s.x[PHASE]
    if phase >= t.n_phase - 1 or dates_hold(t, s, phase) or not holds(t, s, t.phase_cond[phase], 0, 0):
        return 0
    if t.phase_least[phase] == 0:
        return roll_odds(t, s, t.phase_roll[phase], 0, 0, 0)
    late = s.x[PHASE_WEEKS] + 1 - phase_length(t, s, phase)
    if late < 0:
        return 0
    return CERTAIN // max(1, t.phase_spread[phase] + 1 - late)


def buyer(t: Tables, s: State, d: Dice) -> None:
    """The buyer's decision cycle may turn by one; at the phase of the award the customer decides."""
    phase = s.x[PHASE]
    first = turning_odds(t, s)
    s.x[PHASE_WEEKS] += 1
    if first == 0:
        if d.following == 1 and announced(d, TURNED, phase + 1, -2, s.x[WEEK]) >= 0:
            likely(d, 0)  # it turned, and in this world it could not have
        return
    drawn = uniform(d.seed, PHASE_TURN, s.x[WEEK])
    turns = drawn < first
    swing(d, t.phase_roll[phase], first, turns)
    if d.following == 1:
        turns = announced(d, TURNED, phase + 1, -2, s.x[WEEK]) >= 0
        likely(d, first if turns else CERTAIN - first)
    if not turns:
        return
    s.x[PHASE] = phase + 1
    s.x[PHASE_WEEKS] = 0
    if phase + 1 == t.issue_phase:
        s.x[CLOSES] = s.x[WEEK] + t.bid_weeks
    s.x[NEWS] = 1
    note(d, TURNED, phase + 1, -1, -1, first, drawn, t.phase_branch[phase + 1], s.x[WEEK])
    apply(t, s, d, t.phase_branch[phase + 1], 0, 0)
    if phase + 1 == t.award_phase:
        s.x[AWARD_WEEK] = s.x[WEEK]
        s.x[AWARD_STAGE] = s.x[STAGE]
        award(t, s, d)
        if s.x[WON] == 1:
            close_gates(t, s, d)


def calendar(t: Tables, s: State, d: Dice) -> None:
    """The procurement procedure goes on by one step when its time has come."""
    step = s.x[STEP] + 1
    if step < t.n_step and holds(t, s, t.step_cond[step], 0, 0):
        s.x[STEP] = step
        s.x[NEWS] = 1
        note(d, STEPPED, step, -1, -1, CERTAIN, 0, t.step_branch[step], s.x[WEEK])
        apply(t, s, d, t.step_branch[step], 0, 0)


def members(t: Tables, s: State) -> None:
    """The team's week: who worked is busy for one week less, who did not rests; the new week's absences."""
    for m in range(t.n_member):
        if s.x[t.busy0 + m] > 0:
            s.x[t.busy0 + m] -= 1
        else:
            s.x[t.tired0 + m] = max(0, s.x[t.tired0 + m] - t.rest)
        s.x[t.away0 + m] = 0
    for k in range(t.n_away):
        if t.away_from[k] <= s.x[WEEK] <= t.away_to[k]:
            s.x[t.away0 + t.away_member[k]] = 1


def clock(t: Tables, s: State) -> None:
    """What the week means: how many are left, what the freed team would earn in them, how long bids are still taken."""
    s.x[BIDS_LEFT] = max(0, s.x[CLOSES] + 1 - s.x[WEEK]) if s.x[CLOSES] > 0 and s.x[WINNER] == 0 else 0
    s.x[BIDS_OPEN] = 1 if s.x[BIDS_LEFT] > 0 else 0
    s.x[WEEKS_LEFT] = t.last_week + 1 - s.x[WEEK]
    s.x[FREED] = t.alternative * s.x[WEEKS_LEFT]
    promised = 0
    for k in range(t.n_promise):
        promised += s.x[t.promised0 + k]
    s.x[OVERSOLD] = max(0, promised - t.overpromise)


def week(t: Tables, s: State, d: Dice) -> None:
    """One week."""
    work(t, s, d)
    fade(t, s)
    influence(t, s)
    lure(t, s)
    rivals(t, s, d)
    pause(d, s.x[WEEK], RIVALS)
    scenes(t, s)
    events(t, s, d)
    silence(t, s)
    pause(d, s.x[WEEK], EVENTS)
    absences(t, s)
    buyer(t, s, d)
    pause(d, s.x[WEEK], BUYER)
    calendar(t, s, d)
    show_meters(t, s)
    s.x[WEEK] += 1
    clock(t, s)
    members(t, s)
