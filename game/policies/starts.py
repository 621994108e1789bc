"""What a policy may start: any of the open starts by lot, the one with the best odds as a trainee sees them."""

from __future__ import annotations

from game.engine.award import award_odds
from game.engine.chance import POLICY, bits
from game.engine.gates import required_met
from game.engine.odds import arm_odds, odds, pair_form
from game.engine.step import OPEN, action_refusal, asked, is_legal, manning_refusal, pair_refusal, ready_refusal
from game.scenario.tables import DECISIONS, PHASE, STAGE, WINNER, WITHDRAW, WITHDRAWN, State, Tables

MANY_STARTS = 1 << 40
NO_ONE = -2  # no person of the deal, nor the -1 of work that is on nobody


TRIES = 12  # lots drawn for a start before all of them are counted out


def may_pass_honestly(t: Tables, s: State) -> bool:
    """Whether the gate may be passed without a false claim."""
    return s.x[STAGE] < t.n_stage and required_met(t, s)


def may_withdraw(t: Tables, s: State) -> bool:
    """Whether withdrawing is allowed and was not done yet: a scenario need not end by it."""
    return s.x[WITHDRAWN] == 0 and is_legal(t, s, WITHDRAW)


def lot(s: State, seed: int, lane: int) -> int:
    """The policy's own 32 bits for this decision. lane: 0 … 15."""
    return bits(seed, POLICY, s.x[DECISIONS] << 4 | lane)


def open_start(t: Tables, s: State, rank: int, member: int) -> int:
    """The open start of this rank, from 0; of one member, or of anybody (-1). Where there are fewer: -1 - their number."""
    g = min(s.x[STAGE], t.n_stage)
    found = 0
    for k in range(t.stage_off[g], t.stage_off[g + 1]):
        a = t.stage_action[k]
        if action_refusal(t, s, a) != OPEN:
            continue
        for pair in range(t.action_pair[a], t.action_pair[a + 1]):
            if pair_refusal(t, s, pair) != OPEN:
                continue
            for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1]):
                if member >= 0 and t.arm_member[arm] != member:
                    continue
                if manning_refusal(t, s, arm) == OPEN:
                    if found == rank:
                        return arm
                    found += 1
    return -1 - found


def any_start(t: Tables, s: State, word: int, member: int) -> int:
    """An open start by a lot of 32 bits, all equally likely; -1 where there is none."""
    many = -1 - open_start(t, s, MANY_STARTS, member)
    return open_start(t, s, word * many >> 32, member) if many > 0 else -1


def drawn_start(t: Tables, s: State, seed: int) -> int:
    """An open start, all equally likely; -1 where there is none. A lot over all starts, drawn again while it falls on a closed
    one, asks about few of them; only when that finds none they are counted."""
    g = min(s.x[STAGE], t.n_stage)
    first = t.arm_off[g]
    n = t.arm_off[g + 1] - first
    if n == 0:
        return -1
    for k in range(TRIES):
        arm = t.stage_arm[first + (lot(s, seed, k + 1) * n >> 32)]
        if ready_refusal(t, s, arm) == OPEN:
            return arm
    return any_start(t, s, lot(s, seed, TRIES + 1), -1)


def open_scene(t: Tables, s: State) -> int:
    """The scene that waits for an answer, first the one that cannot wait; -1 where there is none."""
    urgent = asked(t, s)
    if urgent >= 0:
        return urgent
    for k in range(t.n_scene):
        if s.x[t.scene0 + k] > 0:
            return k
    return -1


def open_answer(t: Tables, s: State, k: int, rank: int) -> int:
    """The start of the open answer of this rank to scene k, from 0; where there are fewer: -1 - their number."""
    found = 0
    for i in range(t.scene_off[k], t.scene_off[k + 1]):
        a = t.scene_action[i]
        arm = t.pair_arm[t.action_pair[a]]
        if ready_refusal(t, s, arm) == OPEN:
            if found == rank:
                return arm
            found += 1
    return -1 - found


def any_answer(t: Tables, s: State, k: int, word: int) -> int:
    """An open answer by a lot of 32 bits, all equally likely; -1 where there is none."""
    many = -1 - open_answer(t, s, k, MANY_STARTS)
    return open_answer(t, s, k, word * many >> 32) if many > 0 else -1


def honest_answer(t: Tables, s: State, k: int, wanted: int) -> int:
    """The answer to scene k by this action, where it is open; else the first open one that is no breach."""
    best = -1
    for i in range(t.scene_off[k], t.scene_off[k + 1]):
        a = t.scene_action[i]
        arm = t.pair_arm[t.action_pair[a]]
        if t.action_breach[a] == 0 and ready_refusal(t, s, arm) == OPEN and (best < 0 or a == wanted):
            best = arm
    return best


def likeliest_answer(t: Tables, s: State, k: int) -> int:
    """The answer to scene k with the best odds as the trainee sees them that is no breach; -1 where there is none."""
    best = -1
    top = -1
    for i in range(t.scene_off[k], t.scene_off[k + 1]):
        a = t.scene_action[i]
        arm = t.pair_arm[t.action_pair[a]]
        if t.action_breach[a] == 1 or ready_refusal(t, s, arm) != OPEN:
            continue
        chance = odds(t, s, arm, t.shift)
        if chance > top:
            best = arm
            top = chance
    return best


def looks_lost(t: Tables, s: State, chance: int) -> bool:
    """One phase before the award, our chance of it is believed to be smaller than this, in 1/10000."""
    if s.x[WINNER] > 0 or s.x[PHASE] != t.award_phase - 1:
        return False
    award_odds(t, s, t.shift)
    return s.scratch[0] < chance


def best_odds(t: Tables, s: State, a: int, least: int, spread: int, barred: int) -> int:
    """The start of an action with the best odds as the trainee sees them, `spread` off for each point of coverage of the
    person (1/10000); -1 where none is open or all are below `least`. `barred`: on whom it is not started, -1 for everybody."""
    if barred == -1 or action_refusal(t, s, a) != OPEN:
        return -1
    best = -1
    top = least
    for pair in range(t.action_pair[a], t.action_pair[a + 1]):
        if pair_refusal(t, s, pair) != OPEN:
            continue
        person = t.pair_person[pair]
        if person == barred:
            continue
        known = spread * s.x[t.cover0 + person] // 100 if person >= 0 else 0
        base = pair_form(t, s, pair, t.shift)
        for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1]):
            if manning_refusal(t, s, arm) != OPEN:
                continue
            chance = arm_odds(t, s, arm, base, t.shift) - known
            if chance > top:
                best = arm
                top = chance
    return best


def likeliest(t: Tables, s: State, pair: int, least: int) -> int:
    """Who of us does this with the best odds, as the trainee sees them, beyond `least`; -1 for nobody."""
    best = -1
    top = least
    base = pair_form(t, s, pair, t.shift)
    for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1]):
        chance = arm_odds(t, s, arm, base, t.shift) if manning_refusal(t, s, arm) == OPEN else 0
        if chance > top:
            best = arm
            top = chance
    return best
