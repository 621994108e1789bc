"""Policies for machines. Each reads only what a trainee could see: visible slots, and estimates of the hidden ones.

A policy is a function (tables, state, seed) → a legal decision, in scalars only, so that it can be compiled with the rules.
The probes are here too: ways to play that must do badly. `choose` is all of them by number.
"""

from __future__ import annotations

from typing import Annotated

from game.engine.award import award_odds
from game.engine.chance import POLICY, bits
from game.engine.gates import debt_of, required_met
from game.engine.odds import arm_odds, branch_odds, holds, odds, pair_form, place
from game.engine.step import OPEN, action_refusal, free_members, is_legal, manning_refusal, pair_refusal, ready_refusal
from game.policies.rollout import Policy
from game.scenario.operations import applied, by_form
from game.scenario.tables import (
    CERTAIN,
    DECISIONS,
    PASS,
    PHASE,
    STAGE,
    STARTS,
    WAIT,
    WINNER,
    WITHDRAW,
    WITHDRAWN,
    Row,
    State,
    Tables,
)

HOPELESS = 1_500
WORTH_TRYING = 4_000  # cautious leaves alone what has less than 40 % odds
MANY_STARTS = 1 << 40
EVER = 250  # more often than anything can be started
TRIES = 12  # lots drawn for a start before all of them are counted out
TAKING_OVER = 1 << 30  # the key of the lot for when par takes over; decisions' keys stay far below

# Policies by number.
UNIFORM, RANDOM, CAUTIOUS, GREEDY, PAR, SPAM, RUSH, IDLE, LONE, QUIT = range(10)


class Player:
    """Who plays: a policy by number, and par's table."""

    policy: int
    least: int
    """Par leaves alone what has smaller odds, in 1/10000."""
    withdraw: int
    """Par withdraws when one phase before the award our chance of it is believed to be smaller, in 1/10000."""
    spread: int
    """What a point of coverage takes from a person's odds when par chooses whom to see, in 1/10000."""
    heed: int
    """Who has a say in one of so many phases to come and was never met is seen before anything else; 0: nobody is."""
    order: Annotated[Row, "stage_action"]
    """Each stage's actions, best first; the stages' rows are those of `stage_action`."""
    order_end: Annotated[Row, "stage"]
    """Where a stage's actions end that par starts at all."""
    most: Annotated[Row, "stage_action"]
    """How often each of `order` is started in all, with whomever, until that stage is over; then it is passed over there."""
    debt: Annotated[Row, "stage"]
    """Debt that par leaves at a stage's gate, in hundredths."""
    late: Annotated[Row, "stage"]
    """How many phases the customer may be ahead before par passes a gate whatever debt that leaves."""
    once: int
    """An action that par tries once where `once_at` puts it, whatever its table says; -1 for none."""
    once_person: int
    """On whom; -1 for anybody."""
    once_at: Annotated[Row, "stage"]
    """Before which row of `order` it comes in a stage; -1 where it does not."""
    after: int
    """In every other play somebody else takes the first decisions, so many at most, and par takes over; 0: par plays alone."""
    n_worth: int
    """Numbers in `worth` and `chance`; 0 where they are not known."""
    worth: Annotated[Row, "roll"]
    """What it is worth, in whole units of money, that a roll comes to its first branch and not to another; the last is the
    award's. Rough: values are made less uncertain by it, never different (see `analysis.worth`)."""
    chance: Annotated[Row, "roll"]
    """The same as a chance to win, in millionths."""


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


def uniform_policy(t: Tables, s: State, seed: int) -> int:
    """Uniform over legal starts; passes a gate when it honestly may, lets time run only when nothing can be started."""
    if may_pass_honestly(t, s):
        return PASS
    arm = drawn_start(t, s, seed)
    return STARTS + arm if arm >= 0 else WAIT


def random_policy(t: Tables, s: State, seed: int) -> int:
    """Uniform over legal starts, lets time run with p = 1/4, passes a gate when its required points hold, never withdraws."""
    if may_pass_honestly(t, s):
        return PASS
    if lot(s, seed, 0) >> 30 == 0:
        return WAIT
    arm = drawn_start(t, s, seed)
    return STARTS + arm if arm >= 0 else WAIT


def looks_lost(t: Tables, s: State, chance: int) -> bool:
    """One phase before the award, our chance of it is believed to be smaller than this, in 1/10000."""
    if s.x[WINNER] > 0 or s.x[PHASE] != t.award_phase - 1:
        return False
    award_odds(t, s, t.shift)
    return s.scratch[0] < chance


def best_odds(t: Tables, s: State, a: int, least: int, spread: int) -> int:
    """The start of an action with the best odds as the trainee sees them, `spread` off for each point of coverage of the
    person (1/10000); -1 where none is open or all are below `least`."""
    if action_refusal(t, s, a) != OPEN:
        return -1
    best = -1
    top = least
    for pair in range(t.action_pair[a], t.action_pair[a + 1]):
        if pair_refusal(t, s, pair) != OPEN:
            continue
        person = t.pair_person[pair]
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


def cautious_policy(t: Tables, s: State, seed: int) -> int:
    """Best odds first; lets time run rather than try what will probably fail, and leaves a deal that looks lost."""
    if may_pass_honestly(t, s):
        return PASS
    if looks_lost(t, s, HOPELESS) and may_withdraw(t, s):
        return WITHDRAW
    best = WAIT
    top = WORTH_TRYING
    g = min(s.x[STAGE], t.n_stage)
    for k in range(t.stage_off[g], t.stage_off[g + 1]):
        a = t.stage_action[k]
        arm = -1 if t.action_breach[a] == 1 else best_odds(t, s, a, top, 0)
        if arm >= 0:
            best = STARTS + arm
            top = odds(t, s, arm, t.shift)
    return best


def gain_of(t: Tables, s: State, b: int, person: int, member: int) -> int:
    """What branch b would add to the sum of the gauges, in forms' millionths, as far as they are visible."""
    total = 0
    for k in range(t.branch_effect[b], t.branch_effect[b + 1]):
        slot = place(t, t.effect_slot[k], person, member, 0)
        if t.gain[slot] == 0 or by_form(t.effect_op[k]):
            continue
        after = min(max(applied(t.effect_op[k], s.x[slot], t.effect_amount[k]), t.lo[slot]), t.hi[slot])
        total += t.gain[slot] * (after - s.x[slot])
    return total


def expected_gain(t: Tables, s: State, arm: int, base: int) -> int:
    """Mean of `gain_of` over the branches by the odds as the trainee sees them, per week of work. `base`: `pair_form`."""
    pair = t.arm_pair[arm]
    a = t.pair_action[pair]
    roll, person, member = t.action_roll[a], t.pair_person[pair], t.arm_member[arm]
    first = arm_odds(t, s, arm, base, t.shift)
    total = 0
    for b in range(t.roll_branch[roll], t.roll_end[roll]):
        total += branch_odds(t, roll, first, b) * gain_of(t, s, b, person, member)
    return total // (CERTAIN * max(1, t.action_weeks[a]))


def best_gain(t: Tables, s: State) -> int:
    """The honest start with the largest expected gain in gauges; -1 where none gains."""
    best = -1
    top = 0
    g = min(s.x[STAGE], t.n_stage)
    for k in range(t.stage_off[g], t.stage_off[g + 1]):
        a = t.stage_action[k]
        if t.action_breach[a] == 1 or action_refusal(t, s, a) != OPEN:
            continue
        for pair in range(t.action_pair[a], t.action_pair[a + 1]):
            if pair_refusal(t, s, pair) != OPEN:
                continue
            base = pair_form(t, s, pair, t.shift)
            for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1]):
                gain = expected_gain(t, s, arm, base) if manning_refusal(t, s, arm) == OPEN else 0
                if gain > top:
                    best = arm
                    top = gain
    return best


def greedy_policy(t: Tables, s: State, seed: int) -> int:
    """Largest expected gain in gauges. Passes a clean gate at once, any passable one when the buyer is ahead or nothing gains."""
    passable = may_pass_honestly(t, s)
    if passable and (debt_of(t, s) == 0 or s.x[PHASE] > s.x[STAGE]):
        return PASS
    arm = best_gain(t, s)
    if arm >= 0:
        return STARTS + arm
    return PASS if passable else WAIT


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


def once_start(t: Tables, s: State, p: Player) -> int:
    """The start of the action that par has to try once, while it was not tried and its odds are worth trying; -1 otherwise."""
    best = -1
    top = p.least
    if not holds(t, s, t.action_cond[p.once], 0, 0) or action_refusal(t, s, p.once) != OPEN:
        return -1
    for pair in range(t.action_pair[p.once], t.action_pair[p.once + 1]):
        person = t.pair_person[pair]
        if p.once_person >= 0 and person != p.once_person:
            continue
        if s.tries[pair] > 0:
            return -1
        if pair_refusal(t, s, pair) != OPEN:
            continue
        arm = likeliest(t, s, pair, top)
        if arm >= 0:
            best = arm
            top = odds(t, s, arm, t.shift)
    return best


def started(t: Tables, s: State, a: int) -> int:
    """How often an action was started, on anybody."""
    total = 0
    for pair in range(t.action_pair[a], t.action_pair[a + 1]):
        total += s.tries[pair]
    return total


def has_say(t: Tables, s: State, person: int, ahead: int) -> bool:
    """Whether somebody has a say that is still to come, at most so many phases ahead."""
    for k in range(t.n_say):
        if (
            t.say_person[k] == person
            and s.x[PHASE] <= t.say_phase[k] <= s.x[PHASE] + ahead
            and s.event_count[t.say_event[k]] == 0
        ):
            return True
    return False


def cover_start(t: Tables, s: State, p: Player) -> int:
    """The start by which we most probably meet somebody who has a say before long and whom nobody of ours knows; -1 for none."""
    best = -1
    top = p.least
    g = min(s.x[STAGE], t.n_stage)
    for k in range(t.stage_off[g], t.stage_off[g + 1]):
        a = t.stage_action[k]
        if t.action_meets[a] == 0 or t.action_breach[a] == 1 or action_refusal(t, s, a) != OPEN:
            continue
        for pair in range(t.action_pair[a], t.action_pair[a + 1]):
            person = t.pair_person[pair]
            if s.x[t.met0 + person] == 1 or not has_say(t, s, person, p.heed) or pair_refusal(t, s, pair) != OPEN:
                continue
            arm = likeliest(t, s, pair, top)
            if arm >= 0:
                best = arm
                top = odds(t, s, arm, t.shift)
    return best


def listed_start(t: Tables, s: State, p: Player, g: int) -> int:
    """The first start of the stage's list that is worth trying, however often it was done; -1 where there is none."""
    for k in range(t.stage_off[g], p.order_end[g]):
        arm = best_odds(t, s, p.order[k], p.least, p.spread)
        if arm >= 0:
            return arm
    return -1


def table_policy(t: Tables, s: State, p: Player) -> int:
    """Par, and the course by the book: who has a say before long is met first; then the first piece of work of the stage's list
    that is due and worth trying, on whom it has the best odds; while a gate cannot be passed, work is done again."""
    if s.x[PHASE] == t.award_phase - 1 and looks_lost(t, s, p.withdraw) and may_withdraw(t, s):
        return WITHDRAW
    g = min(s.x[STAGE], t.n_stage)
    passable = may_pass_honestly(t, s)
    if passable and (s.x[PHASE] > g + p.late[g] or debt_of(t, s) <= p.debt[g]):
        start = once_start(t, s, p) if p.once_at[g] >= 0 else -1
        return STARTS + start if start >= 0 else PASS
    if p.heed > 0:
        start = cover_start(t, s, p)
        if start >= 0:
            return STARTS + start
    free = free_members(t, s)
    for k in range(t.stage_off[g], p.order_end[g] + 1):
        if k == p.once_at[g]:
            start = once_start(t, s, p)
            if start >= 0:
                return STARTS + start
        if k == p.order_end[g] or t.action_team[p.order[k]] & free == 0 or started(t, s, p.order[k]) >= p.most[k]:
            continue
        arm = best_odds(t, s, p.order[k], p.least, p.spread)
        if arm >= 0:
            return STARTS + arm
    if passable:
        return PASS
    start = listed_start(t, s, p, g)
    return STARTS + start if start >= 0 else WAIT


def taken_over(s: State, p: Player, seed: int) -> bool:
    """Whether par decides by now. By a lot of the play: from the first decision on, or after some."""
    word = bits(seed, POLICY, TAKING_OVER)
    return word & 1 == 0 or s.x[DECISIONS] >= (word >> 2) % p.after


def before_par(t: Tables, s: State, seed: int) -> int:
    """What somebody decides whom par will follow: greedy or random, by the play."""
    if bits(seed, POLICY, TAKING_OVER) & 2 == 0:
        return greedy_policy(t, s, seed)
    return random_policy(t, s, seed)


# ---- probes: each must do worse than greedy and random
def spam_probe(t: Tables, s: State, seed: int) -> int:
    """One action, the first there is, over and over."""
    if may_pass_honestly(t, s):
        return PASS
    arm = open_start(t, s, 0, -1)
    return STARTS + arm if arm >= 0 else WAIT


def rush_probe(t: Tables, s: State, seed: int) -> int:
    """Every gate as soon as it can be passed, nothing but what the next gate's required points need by chance."""
    if is_legal(t, s, PASS):
        return PASS
    many = -1 - open_start(t, s, MANY_STARTS, -1)
    return STARTS + open_start(t, s, many - 1, -1) if many > 0 else WAIT


def wait_probe(t: Tables, s: State, seed: int) -> int:
    """Lets time run."""
    return WAIT


def lone_probe(t: Tables, s: State, seed: int) -> int:
    """Random play with the first member only."""
    if may_pass_honestly(t, s):
        return PASS
    arm = any_start(t, s, lot(s, seed, 1), 0)
    return STARTS + arm if arm >= 0 else WAIT


def quit_probe(t: Tables, s: State, seed: int) -> int:
    """Withdraws in week 1."""
    return WITHDRAW if may_withdraw(t, s) else WAIT


def choose(t: Tables, s: State, p: Player, seed: int) -> int:
    """The decision of the player's policy."""
    if p.policy == UNIFORM:
        return uniform_policy(t, s, seed)
    if p.policy == PAR:
        if p.after > 0 and not taken_over(s, p, seed):
            return before_par(t, s, seed)
        return table_policy(t, s, p)
    if p.policy == RANDOM:
        return random_policy(t, s, seed)
    if p.policy == CAUTIOUS:
        return cautious_policy(t, s, seed)
    if p.policy == GREEDY:
        return greedy_policy(t, s, seed)
    if p.policy == SPAM:
        return spam_probe(t, s, seed)
    if p.policy == RUSH:
        return rush_probe(t, s, seed)
    if p.policy == LONE:
        return lone_probe(t, s, seed)
    return quit_probe(t, s, seed) if p.policy == QUIT else wait_probe(t, s, seed)


POLICIES: dict[str, Policy] = {"random": random_policy, "cautious": cautious_policy, "greedy": greedy_policy}
PROBES: dict[str, Policy] = {"spam": spam_probe, "rush": rush_probe, "wait": wait_probe, "lone": lone_probe, "quit": quit_probe}
NUMBERS = {
    "uniform": UNIFORM,
    "random": RANDOM,
    "cautious": CAUTIOUS,
    "greedy": GREEDY,
    "par": PAR,
    "spam": SPAM,
    "rush": RUSH,
    "wait": IDLE,
    "lone": LONE,
    "quit": QUIT,
}
"""Every policy's number by its name."""


def new_player(t: Tables, name: str) -> Player:
    """A player of this policy; par without a table starts nothing."""
    p = Player()
    p.policy, p.least, p.withdraw, p.spread = NUMBERS[name], 0, 0, 0
    p.order, p.order_end = list(t.stage_action), t.stage_off[: t.n_stage + 1]
    p.most = [EVER] * len(p.order)
    p.debt, p.late = [0] * (t.n_stage + 1), [0] * (t.n_stage + 1)
    p.after = 0
    p.once, p.once_person, p.heed = -1, -1, 0
    p.once_at = [-1] * (t.n_stage + 1)
    p.n_worth, p.worth, p.chance = 0, [], []
    return p
