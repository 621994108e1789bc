"""Playing by a route that an author wrote: each stage's work in its order, as often as it stands there, then the gate."""

from __future__ import annotations

from game.engine.odds import arm_odds, pair_form
from game.engine.step import AT_WORK, AWAY, NO_FRONT, OPEN, action_refusal, manning_refusal, pair_refusal, ready_refusal
from game.policies.policies import best_gain, choose
from game.policies.starts import honest_answer, may_pass_honestly, open_scene
from game.policies.table import Player
from game.scenario.tables import PASS, PHASE, STAGE, STARTS, WAIT, State, Tables

ROUTE = 10
"""The policy's number, after those of `policies`."""
NONE, LATER = -1, -2
"""No start: never now, or as soon as a hand is free."""


AHEAD = 1
"""So many phases the customer may be ahead of our stage; further ahead, a gate that can be passed is, whatever is left."""


def done_with(t: Tables, s: State, a: int, person: int) -> int:
    """How often an action was started, with this person or with anybody (-1)."""
    total = 0
    for pair in range(t.action_pair[a], t.action_pair[a + 1]):
        if person < 0 or t.pair_person[pair] == person:
            total += s.tries[pair]
    return total


def told_start(t: Tables, s: State, a: int, person: int) -> int:
    """The start of an action with this person or with anybody that has the best odds as the trainee sees them; `LATER` where only
    a free hand is missing, else `NONE`."""
    refused = action_refusal(t, s, a)
    if refused != OPEN and refused != NO_FRONT:
        return NONE
    best = NONE
    top = -1
    for pair in range(t.action_pair[a], t.action_pair[a + 1]):
        if (person >= 0 and t.pair_person[pair] != person) or pair_refusal(t, s, pair) != OPEN:
            continue
        base = pair_form(t, s, pair, t.shift)
        for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1]):
            manned = manning_refusal(t, s, arm)
            if manned == OPEN and refused == OPEN:
                chance = arm_odds(t, s, arm, base, t.shift)
                if chance > top:
                    best = arm
                    top = chance
            elif best == NONE and manned in (OPEN, AT_WORK, AWAY):
                best = LATER
    return best


def told_answer(t: Tables, s: State, scene: int, wanted: int) -> int:
    """The answer the route gives, a breach too; where that is not open the first that is no breach."""
    for i in range(t.scene_off[scene], t.scene_off[scene + 1]):
        if t.scene_action[i] == wanted:
            arm = t.pair_arm[t.action_pair[wanted]]
            if ready_refusal(t, s, arm) == OPEN:
                return arm
    return honest_answer(t, s, scene, wanted)


def again_start(t: Tables, s: State, p: Player, g: int) -> int:
    """Work of the stage's list once more, first things first; `NONE` where nothing of it can be done."""
    for k in range(p.order_first[g], p.order_end[g]):
        arm = told_start(t, s, p.order[k], p.order_person[k])
        if arm >= 0:
            return arm
    return NONE


def route_policy(t: Tables, s: State, p: Player) -> int:
    """What the route has next and can be done; what only waits for a free hand is waited for, unless the customer is ahead. Then
    the gate, which comes first where the customer is far ahead; while it is shut the list again, and whatever gains most."""
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + told_answer(t, s, scene, p.answer[scene])
    g = min(s.x[STAGE], t.n_stage)
    passable = may_pass_honestly(t, s)
    if passable and s.x[PHASE] > g + AHEAD:
        return PASS
    waits = False
    for k in range(p.order_first[g], p.order_end[g]):
        if done_with(t, s, p.order[k], p.order_person[k]) >= p.most[k]:
            continue
        arm = told_start(t, s, p.order[k], p.order_person[k])
        if arm >= 0:
            return STARTS + arm
        if arm == LATER:
            waits = True
    if passable and (not waits or s.x[PHASE] > g):
        return PASS
    if waits:
        return WAIT
    arm = again_start(t, s, p, g)
    if arm < 0:
        arm = best_gain(t, s)
    return STARTS + arm if arm >= 0 else WAIT


def decided(t: Tables, s: State, p: Player, seed: int) -> int:
    """The decision of any player, those who follow a route too."""
    if p.policy == ROUTE:
        return route_policy(t, s, p)
    return choose(t, s, p, seed)
