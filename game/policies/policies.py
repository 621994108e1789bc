"""Policies for machines. Each reads only what a trainee could see: visible slots, and estimates of the hidden ones.

A policy is a function (tables, state, seed) → a legal decision, in scalars only, so that it can be compiled with the rules.
The probes are here too: ways to play that must do badly. `choose` is all of them by number.
"""

from __future__ import annotations

from game.engine.chance import POLICY, bits
from game.engine.gates import debt_of
from game.engine.odds import arm_odds, branch_odds, odds, pair_form, place
from game.engine.step import OPEN, action_refusal, is_legal, manning_refusal, pair_refusal, ready_refusal
from game.policies.rollout import Policy
from game.policies.starts import (
    MANY_STARTS,
    NO_ONE,
    any_answer,
    any_start,
    best_odds,
    drawn_start,
    likeliest_answer,
    looks_lost,
    lot,
    may_pass_honestly,
    may_withdraw,
    open_answer,
    open_scene,
    open_start,
)
from game.policies.table import EVER, Player, table_policy
from game.scenario.operations import applied, by_form
from game.scenario.tables import (
    CERTAIN,
    DECISIONS,
    PASS,
    PHASE,
    STAGE,
    STARTS,
    WAIT,
    WITHDRAW,
    State,
    Tables,
)

HOPELESS = 1_500
WORTH_TRYING = 4_000  # cautious leaves alone what has less than 40 % odds
TAKING_OVER = 1 << 30  # the key of the lot for when par takes over; decisions' keys stay far below

# Policies by number.
UNIFORM, RANDOM, CAUTIOUS, GREEDY, PAR, SPAM, RUSH, IDLE, LONE, QUIT = range(10)


def uniform_policy(t: Tables, s: State, seed: int) -> int:
    """Uniform over legal starts; passes a gate when it honestly may, lets time run only when nothing can be started."""
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + any_answer(t, s, scene, lot(s, seed, 0))
    if may_pass_honestly(t, s):
        return PASS
    arm = drawn_start(t, s, seed)
    return STARTS + arm if arm >= 0 else WAIT


def random_policy(t: Tables, s: State, seed: int) -> int:
    """Uniform over legal starts, lets time run with p = 1/4, passes a gate when its required points hold, never withdraws."""
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + any_answer(t, s, scene, lot(s, seed, 0))
    if may_pass_honestly(t, s):
        return PASS
    if lot(s, seed, 0) >> 30 == 0:
        return WAIT
    arm = drawn_start(t, s, seed)
    return STARTS + arm if arm >= 0 else WAIT


def cautious_policy(t: Tables, s: State, seed: int) -> int:
    """Best odds first; lets time run rather than try what will probably fail, and leaves a deal that looks lost."""
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + likeliest_answer(t, s, scene)
    if may_pass_honestly(t, s):
        return PASS
    if looks_lost(t, s, HOPELESS) and may_withdraw(t, s):
        return WITHDRAW
    best = WAIT
    top = WORTH_TRYING
    g = min(s.x[STAGE], t.n_stage)
    for k in range(t.stage_off[g], t.stage_off[g + 1]):
        a = t.stage_action[k]
        arm = -1 if t.action_breach[a] == 1 else best_odds(t, s, a, top, 0, NO_ONE)
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


def best_answer(t: Tables, s: State, k: int) -> int:
    """The answer to scene k with the largest expected gain in gauges that is no breach."""
    best = -1
    top = 0
    for i in range(t.scene_off[k], t.scene_off[k + 1]):
        a = t.scene_action[i]
        pair = t.action_pair[a]
        arm = t.pair_arm[pair]
        if t.action_breach[a] == 1 or ready_refusal(t, s, arm) != OPEN:
            continue
        gain = expected_gain(t, s, arm, pair_form(t, s, pair, t.shift))
        if best < 0 or gain > top:
            best = arm
            top = gain
    return best


def greedy_policy(t: Tables, s: State, seed: int) -> int:
    """Largest expected gain in gauges. Passes a clean gate at once, any passable one when the buyer is ahead or nothing gains."""
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + best_answer(t, s, scene)
    passable = may_pass_honestly(t, s)
    if passable and (debt_of(t, s) == 0 or s.x[PHASE] > s.x[STAGE]):
        return PASS
    arm = best_gain(t, s)
    if arm >= 0:
        return STARTS + arm
    return PASS if passable else WAIT


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
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + open_answer(t, s, scene, 0)
    if may_pass_honestly(t, s):
        return PASS
    arm = open_start(t, s, 0, -1)
    return STARTS + arm if arm >= 0 else WAIT


def rush_probe(t: Tables, s: State, seed: int) -> int:
    """Every gate as soon as it can be passed, nothing but what the next gate's required points need by chance."""
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + open_answer(t, s, scene, 0)
    if is_legal(t, s, PASS):
        return PASS
    many = -1 - open_start(t, s, MANY_STARTS, -1)
    return STARTS + open_start(t, s, many - 1, -1) if many > 0 else WAIT


def wait_probe(t: Tables, s: State, seed: int) -> int:
    """Lets time run."""
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + open_answer(t, s, scene, 0)
    return WAIT


def lone_probe(t: Tables, s: State, seed: int) -> int:
    """Random play with the first member only."""
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + any_answer(t, s, scene, lot(s, seed, 0))
    if may_pass_honestly(t, s):
        return PASS
    arm = any_start(t, s, lot(s, seed, 1), 0)
    return STARTS + arm if arm >= 0 else WAIT


def quit_probe(t: Tables, s: State, seed: int) -> int:
    """Withdraws in week 1."""
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + open_answer(t, s, scene, 0)
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
    p.order_first, p.order_person = list(p.order_end[: t.n_stage + 1]), [-1] * len(p.order)
    p.most = [EVER] * len(p.order)
    p.gate = list(t.stage_off[: t.n_stage + 1])
    p.debt, p.late = [0] * (t.n_stage + 1), [0] * (t.n_stage + 1)
    p.after = 0
    p.once, p.once_person, p.heed = -1, -1, 0
    p.never, p.never_person = -1, -1
    p.once_at = [-1] * (t.n_stage + 1)
    p.answer = [-1] * t.n_scene
    p.n_worth, p.worth, p.chance = 0, [], []
    return p
