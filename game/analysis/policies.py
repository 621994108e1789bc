"""Policies for machines. Each reads only what a trainee could see: visible slots, and estimates of the hidden ones.

A policy is a function (tables, state, seed) → a legal decision. The probes are here too: ways to play that must do badly.
"""

from __future__ import annotations

from game.engine.award import award_odds
from game.engine.chance import POLICY, bits
from game.engine.gates import debt_of, required_met
from game.engine.odds import branch_odds, odds, place
from game.engine.rollout import Policy
from game.engine.step import arm_open, is_legal
from game.scenario.tables import (
    ADD_FORM,
    CERTAIN,
    DECISIONS,
    PASS,
    PHASE,
    SET,
    STAGE,
    STARTS,
    WAIT,
    WINNER,
    WITHDRAW,
    State,
    Tables,
)

HOPELESS = 1_500
WORTH_TRYING = 4_000  # cautious leaves alone what has less than 40 % odds


def starts(t: Tables, s: State) -> list[int]:
    """The arms that may be started now."""
    g = min(s.x[STAGE], t.n_stage)
    return [arm for arm in t.stage_arm[t.arm_off[g] : t.arm_off[g + 1]] if arm_open(t, s, arm)]


def honest_starts(t: Tables, s: State) -> list[int]:
    """Those that break no rule of compliance."""
    return [arm for arm in starts(t, s) if not t.action_breach[t.pair_action[t.arm_pair[arm]]]]


def may_pass_honestly(t: Tables, s: State) -> bool:
    return s.x[STAGE] < t.n_stage and required_met(t, s)


def lot(s: State, seed: int, lane: int) -> int:
    """The policy's own 32 bits for this decision."""
    return bits(seed, POLICY, s.x[DECISIONS] << 4 | lane)


def random_policy(t: Tables, s: State, seed: int) -> int:
    """Uniform over legal starts, lets time run with p = 1/4, passes a gate when its required points hold, never withdraws."""
    if may_pass_honestly(t, s):
        return PASS
    arms = starts(t, s)
    if not arms or lot(s, seed, 0) >> 30 == 0:
        return WAIT
    return STARTS + arms[lot(s, seed, 1) * len(arms) >> 32]


def looks_lost(t: Tables, s: State) -> bool:
    """One phase before the award, our chance of it is believed to be under 15 %."""
    if s.x[WINNER] > 0 or s.x[PHASE] != t.award_phase - 1:
        return False
    award_odds(t, s, t.shift)
    return s.scratch[0] < HOPELESS


def cautious_policy(t: Tables, s: State, seed: int) -> int:
    """Best odds first; lets time run rather than try what will probably fail, and leaves a deal that looks lost."""
    if may_pass_honestly(t, s):
        return PASS
    if looks_lost(t, s) and is_legal(t, s, WITHDRAW):
        return WITHDRAW
    best, top = WAIT, WORTH_TRYING
    for arm in honest_starts(t, s):
        chance = odds(t, s, arm, t.shift)
        if chance > top:
            best, top = STARTS + arm, chance
    return best


def gain_of(t: Tables, s: State, b: int, person: int, member: int) -> int:
    """What branch b would add to the sum of the gauges, in forms' millionths, as far as they are visible."""
    total = 0
    for k in range(t.branch_effect[b], t.branch_effect[b + 1]):
        slot = place(t, t.effect_slot[k], person, member, 0)
        if t.gain[slot] == 0 or t.effect_op[k] == ADD_FORM:
            continue
        amount = t.effect_amount[k] - (s.x[slot] if t.effect_op[k] == SET else 0)
        after = min(max(s.x[slot] + amount, t.lo[slot]), t.hi[slot])
        total += t.gain[slot] * (after - s.x[slot])
    return total


def expected_gain(t: Tables, s: State, arm: int) -> int:
    """Mean of `gain_of` over the branches by the odds as the trainee sees them, per week of work."""
    pair = t.arm_pair[arm]
    a = t.pair_action[pair]
    roll, person, member = t.action_roll[a], t.pair_person[pair], t.arm_member[arm]
    first = odds(t, s, arm, t.shift)
    total = 0
    for b in range(t.roll_branch[roll], t.roll_end[roll]):
        total += branch_odds(t, roll, first, b) * gain_of(t, s, b, person, member)
    return total // (CERTAIN * max(1, t.action_weeks[a]))


def greedy_policy(t: Tables, s: State, seed: int) -> int:
    """Largest expected gain in gauges. Passes a clean gate at once, any passable one when the buyer is ahead or nothing gains."""
    passable = may_pass_honestly(t, s)
    if passable and (debt_of(t, s) == 0 or s.x[PHASE] > s.x[STAGE]):
        return PASS
    best, top = WAIT, 0
    for arm in honest_starts(t, s):
        gain = expected_gain(t, s, arm)
        if gain > top:
            best, top = STARTS + arm, gain
    return PASS if best == WAIT and passable else best


# ---- probes: each must do worse than greedy and random
def spam_probe(t: Tables, s: State, seed: int) -> int:
    """One action, the first there is, over and over."""
    if may_pass_honestly(t, s):
        return PASS
    arms = starts(t, s)
    return STARTS + min(arms) if arms else WAIT


def rush_probe(t: Tables, s: State, seed: int) -> int:
    """Every gate as soon as it can be passed, nothing but what the next gate's required points need by chance."""
    if is_legal(t, s, PASS):
        return PASS
    arms = starts(t, s)
    return STARTS + arms[-1] if arms else WAIT


def wait_probe(t: Tables, s: State, seed: int) -> int:
    """Lets time run."""
    return WAIT


def lone_probe(t: Tables, s: State, seed: int) -> int:
    """Random play with the first member only."""
    if may_pass_honestly(t, s):
        return PASS
    arms = [arm for arm in starts(t, s) if t.arm_member[arm] == 0]
    return STARTS + arms[lot(s, seed, 1) * len(arms) >> 32] if arms else WAIT


def quit_probe(t: Tables, s: State, seed: int) -> int:
    """Withdraws in week 1."""
    return WITHDRAW if is_legal(t, s, WITHDRAW) else WAIT


POLICIES: dict[str, Policy] = {"random": random_policy, "cautious": cautious_policy, "greedy": greedy_policy}
PROBES: dict[str, Policy] = {"spam": spam_probe, "rush": rush_probe, "wait": wait_probe, "lone": lone_probe, "quit": quit_probe}
