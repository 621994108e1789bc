"""What may be decided, and what a decision does."""

from __future__ import annotations

from game.engine.chance import DID, START, Dice, note, uniform
from game.engine.effects import absences
from game.engine.ending import settle
from game.engine.gates import may_pass, pass_gate
from game.engine.odds import holds, odds, worn
from game.engine.rivals import prepare
from game.engine.week import clock, resolve, week
from game.errors import IllegalAction
from game.scenario.tables import (
    DECISIONS,
    ENDED,
    MONEY,
    NEWS,
    NOBODY,
    PASS,
    RUNNING,
    SPENT,
    STAGE,
    STARTS,
    WAIT,
    WEEK,
    WITHDRAW,
    WITHDRAWN,
    State,
    Tables,
)


def begin(t: Tables, s: State, d: Dice) -> None:
    """The first morning: everything at its start, the hidden truths drawn, the rivals' first moves prepared."""
    for i in range(t.n_slot):
        s.x[i] = t.x0[i]
    clock(t, s)
    for k in range(t.n_start):
        drawn = d.genes[k] if d.following == 1 else uniform(d.seed, START, k)
        i = t.start_off[k]
        while i < t.start_off[k + 1] - 1 and drawn >= t.start_share[i]:
            drawn -= t.start_share[i]
            i += 1
        s.x[t.start_slot[k]] = t.start_value[i]
        if t.start_twin[k] >= 0:
            s.x[t.start_twin[k]] = t.start_value[i]
    absences(t, s)
    for r in range(t.n_rival):
        prepare(t, s, d, r)


# Why a decision is refused. Every part of legality answers with one of these; OPEN is not refused.
(
    OPEN,
    DEAL_OVER,
    NO_SUCH,
    OTHER_STAGE,
    NO_MONEY,
    NO_FRONT,
    NOT_NOW,
    TRIED_OUT,
    UNDER_WAY,
    NOT_ON_THEM,
    AT_WORK,
    AWAY,
    NO_FAVOURS,
    GATE_CLOSED,
    CANNOT_LEAVE,
    ASKED,
) = range(16)


def asked(t: Tables, s: State) -> int:
    """The first scene that has to be answered before anything else; -1 where there is none."""
    for k in range(t.n_scene):
        if s.x[t.scene0 + k] > 0 and t.scene_limit[k] == 0:
            return k
    return -1


def action_refusal(t: Tables, s: State, a: int) -> int:
    """What stands against an action whoever does it with whom, given that it is one of the present stage: money, fronts, its own
    condition."""
    if s.x[MONEY] < t.action_money[a]:
        return NO_MONEY
    if t.action_weeks[a] > 0 and s.x[RUNNING] >= t.fronts:
        return NO_FRONT
    return OPEN if holds(t, s, t.action_own[a], 0, 0) else NOT_NOW


def running(t: Tables, s: State, pair: int) -> bool:
    """Whether this action on this person is under way."""
    for f in range(t.fronts):
        if s.front_arm[f] >= 0 and t.arm_pair[s.front_arm[f]] == pair:
            return True
    return False


def pair_refusal(t: Tables, s: State, pair: int) -> int:
    """What stands against it with this person; nothing is done twice at once."""
    if s.x[RUNNING] > 0 and running(t, s, pair):
        return UNDER_WAY
    if s.tries[pair] >= t.action_times[t.pair_action[pair]]:
        return TRIED_OUT
    return OPEN if holds(t, s, t.pair_cond[pair], t.pair_person[pair], 0) else NOT_ON_THEM


def member_refusal(t: Tables, s: State, m: int) -> int:
    """What keeps a member from starting anything."""
    if s.x[t.busy0 + m] != 0:
        return AT_WORK
    if s.x[t.away0 + m] != 0:
        return AWAY
    return OPEN if s.x[t.uses0 + m] > 0 else NO_FAVOURS


def manning_refusal(t: Tables, s: State, arm: int) -> int:
    """What stands against it by who makes this start; some things cost nobody's time."""
    return OPEN if t.action_free[t.pair_action[t.arm_pair[arm]]] == 1 else member_refusal(t, s, t.arm_member[arm])


def ready_refusal(t: Tables, s: State, arm: int) -> int:
    """Why this start (action, member, person) may not be made now, given that it is one of the present stage."""
    pair = t.arm_pair[arm]
    found = manning_refusal(t, s, arm)
    if found == OPEN:
        found = action_refusal(t, s, t.pair_action[pair])
    return pair_refusal(t, s, pair) if found == OPEN else found


def refusal(t: Tables, s: State, decision: int) -> int:
    """Why a decision may not be taken in this state; OPEN where it may."""
    if s.x[ENDED] > 0:
        return DEAL_OVER
    if decision < 0 or decision >= STARTS + t.n_arm + t.n_inject:
        return NO_SUCH
    if decision >= STARTS + t.n_arm:
        return OPEN if s.x[t.inject0 + decision - STARTS - t.n_arm] == 0 else TRIED_OUT
    scene = asked(t, s)
    if (
        scene >= 0
        and decision != WAIT
        and (decision < STARTS or t.action_scene[t.pair_action[t.arm_pair[decision - STARTS]]] != scene)
    ):
        return ASKED
    if decision == WAIT:
        return OPEN
    if decision == PASS:
        return OPEN if may_pass(t, s) else GATE_CLOSED
    if decision == WITHDRAW:
        return OPEN if holds(t, s, t.withdraw_cond, 0, 0) else CANNOT_LEAVE
    arm = decision - STARTS
    if not holds(t, s, t.action_cond[t.pair_action[t.arm_pair[arm]]], 0, 0):
        return OTHER_STAGE
    return ready_refusal(t, s, arm)


def is_legal(t: Tables, s: State, decision: int) -> bool:
    """Whether a decision may be taken in this state."""
    return refusal(t, s, decision) == OPEN


def legal(t: Tables, s: State) -> list[int]:
    """The mask of decisions: 1 where it may be taken. Length STARTS + arms: what only the trainer may let happen is no option."""
    return [1 if is_legal(t, s, k) else 0 for k in range(STARTS + t.n_arm)]


def free_members(t: Tables, s: State) -> int:
    """A bit for each member who could start something, and the one for what takes nobody's time."""
    found = NOBODY
    for m in range(t.n_member):
        if member_refusal(t, s, m) == OPEN:
            found |= 1 << m
    return found


def startable(t: Tables, s: State, a: int) -> bool:
    """Whether somebody may start this action with somebody now, given that it is one of the present stage. The action is asked
    once, then its people, then its members."""
    if action_refusal(t, s, a) != OPEN:
        return False
    for pair in range(t.action_pair[a], t.action_pair[a + 1]):
        if pair_refusal(t, s, pair) != OPEN:
            continue
        for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1]):
            if manning_refusal(t, s, arm) == OPEN:
                return True
    return False


def can_start(t: Tables, s: State) -> bool:
    """Whether any work may be started. What costs nobody's time is no reason to stop the clock."""
    g = min(s.x[STAGE], t.n_stage)
    free = free_members(t, s) - NOBODY
    for k in range(t.stage_off[g], t.stage_off[g + 1]):
        a = t.stage_action[k]
        if t.action_team[a] & free != 0 and startable(t, s, a):
            return True
    return False


def start(t: Tables, s: State, d: Dice, arm: int) -> None:
    """Start an action: pay for it, tie up the member, and have its odds fixed as they are now."""
    pair = t.arm_pair[arm]
    a = t.pair_action[pair]
    m = t.arm_member[arm]
    first = odds(t, s, arm, 0)
    attempt = s.tries[pair]
    s.worn[pair] = worn(t, s, pair) + t.repeat
    s.worn_week[pair] = s.x[WEEK]
    s.tries[pair] += 1
    s.x[MONEY] -= t.action_money[a]
    s.x[SPENT] += t.action_money[a]
    if t.action_free[a] == 0:
        s.x[t.uses0 + m] -= 1
        s.x[t.tired0 + m] += t.tire * t.action_weeks[a]
    note(d, DID, arm, t.pair_person[pair], m, first, 0, 0, s.x[WEEK])
    if t.action_weeks[a] == 0:
        resolve(t, s, d, arm, first, attempt)
        return
    f = 0
    while s.front_arm[f] >= 0:
        f += 1
    s.front_arm[f] = arm
    s.front_left[f] = t.action_weeks[a]
    s.front_odds[f] = first
    s.front_try[f] = attempt
    s.x[t.busy0 + m] = t.action_weeks[a]
    s.x[RUNNING] += 1


def decide(t: Tables, s: State, d: Dice, decision: int) -> None:
    """The decision itself, before any time passes. What the trainer lets happen is on record among them, and nobody's choice."""
    if decision >= STARTS + t.n_arm:
        s.x[t.inject0 + decision - STARTS - t.n_arm] = 1
        return
    s.x[DECISIONS] += 1
    s.x[NEWS] = 0
    if decision == PASS:
        pass_gate(t, s, d)
    elif decision == WITHDRAW:
        s.x[WITHDRAWN] = 1
    elif decision >= STARTS:
        start(t, s, d, decision - STARTS)


def run_on(t: Tables, s: State, d: Dice, waiting: int) -> bool:
    """Let weeks pass until somebody has to decide. `waiting` weeks pass even if something could be started, unless there
    is news. True when the deal is over."""
    return settle(t, s, d) or go_on(t, s, d, waiting)


def go_on(t: Tables, s: State, d: Dice, waiting: int) -> bool:
    """As `run_on`, of a deal that is not over now."""
    while True:
        if waiting <= 0 and (asked(t, s) >= 0 or (s.x[RUNNING] < t.fronts and (can_start(t, s) or may_pass(t, s)))):
            return False
        week(t, s, d)
        waiting = 0 if s.x[NEWS] == 1 or asked(t, s) >= 0 else waiting - 1
        if settle(t, s, d):
            return True


def only_starts(t: Tables, decision: int) -> bool:
    """Whether a decision only begins work that takes weeks, and no ending asks for what that moves."""
    if decision < STARTS or decision >= STARTS + t.n_arm or t.ends_by_start == 1:
        return False
    return t.action_weeks[t.pair_action[t.arm_pair[decision - STARTS]]] > 0


def step(t: Tables, s: State, d: Dice, decision: int) -> bool:
    """A decision and the weeks until the next. True when the deal is over. The caller asked `is_legal` first."""
    decide(t, s, d, decision)
    if only_starts(t, decision):
        return go_on(t, s, d, 0)
    return run_on(t, s, d, t.wait if decision == WAIT else 0)


def checked_step(t: Tables, s: State, d: Dice, decision: int) -> bool:
    """As `step`; raises IllegalAction, with the reason's code, where the decision is not legal."""
    reason = refusal(t, s, decision)
    if reason != OPEN:
        raise IllegalAction("error.illegal", decision=decision, reason=reason)
    return step(t, s, d, decision)
