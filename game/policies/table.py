"""Playing by a table: each stage's work in its order, who has a say met in time. The reference and the course by the book."""

from __future__ import annotations

from typing import Annotated

from game.engine.gates import debt_of
from game.engine.odds import holds, odds
from game.engine.step import OPEN, action_refusal, free_members, pair_refusal
from game.policies.starts import (
    NO_ONE,
    best_odds,
    honest_answer,
    likeliest,
    looks_lost,
    may_pass_honestly,
    may_withdraw,
    open_scene,
)
from game.scenario.tables import PASS, PHASE, STAGE, STARTS, WAIT, WITHDRAW, Row, State, Tables

EVER = 250  # more often than anything can be started


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
    order_first: Annotated[Row, "stage"]
    """A route's: where a stage's work begins in `order`, which is then not in the rows of `stage_action`."""
    order_person: Annotated[Row, "stage_action"]
    """A route's: with whom each of `order` is done; -1 for anybody."""
    most: Annotated[Row, "stage_action"]
    """How often each of `order` is started in all, with whomever, until that stage is over; then it is passed over there."""
    gate: Annotated[Row, "stage"]
    """Which row of `order` a stage's gate comes before: what stands earlier is done first, as long as the customer waits."""
    debt: Annotated[Row, "stage"]
    """Debt that par leaves at a stage's gate when its turn comes, in hundredths."""
    late: Annotated[Row, "stage"]
    """How many phases the customer may be ahead before par passes a gate whatever debt that leaves."""
    answer: Annotated[Row, "scene"]
    """The action by which par answers a scene; -1 or one that is not open: the first that is no breach."""
    once: int
    """An action that par tries once where `once_at` puts it, whatever its table says; -1 for none."""
    once_person: int
    """On whom; -1 for anybody."""
    once_at: Annotated[Row, "stage"]
    """Before which row of `order` it comes in a stage; -1 where it does not."""
    never: int
    """An action that par never starts, whatever its table says; -1 for none. `never_person`: on whom; -1 for anybody."""
    never_person: int
    after: int
    """In every other play somebody else takes the first decisions, so many at most, and par takes over; 0: par plays alone."""
    n_worth: int
    """Numbers in `worth` and `chance`; 0 where they are not known."""
    worth: Annotated[Row, "roll"]
    """What it is worth, in whole units of money, that a roll comes to its first branch and not to another; the last is the
    award's. Rough: values are made less uncertain by it, never different (see `policies.worth`)."""
    chance: Annotated[Row, "roll"]
    """The same as a chance to win, in millionths."""


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


def barred(p: Player, a: int) -> int:
    """On whom this player never starts an action: -1 for everybody, `NO_ONE` for nobody."""
    return p.never_person if a == p.never else NO_ONE


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
        if t.action_meets[a] == 0 or t.action_breach[a] == 1 or barred(p, a) == -1 or action_refusal(t, s, a) != OPEN:
            continue
        for pair in range(t.action_pair[a], t.action_pair[a + 1]):
            person = t.pair_person[pair]
            if person == p.never_person and a == p.never:
                continue
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
        arm = best_odds(t, s, p.order[k], p.least, p.spread, barred(p, p.order[k]))
        if arm >= 0:
            return arm
    return -1


def last_start(t: Tables, s: State, p: Player, g: int) -> int:
    """The decision where the stage's gate is due: what par has to try once, if the stage is its place; else to pass."""
    start = once_start(t, s, p) if p.once_at[g] >= 0 else -1
    return STARTS + start if start >= 0 else PASS


def table_policy(t: Tables, s: State, p: Player) -> int:
    """Par, and the course by the book: who has a say before long is met first; then the first piece of work of the stage's list
    that is due and worth trying, on whom it has the best odds; while a gate cannot be passed, work is done again."""
    scene = open_scene(t, s)
    if scene >= 0:
        return STARTS + honest_answer(t, s, scene, p.answer[scene])
    if s.x[PHASE] == t.award_phase - 1 and looks_lost(t, s, p.withdraw) and may_withdraw(t, s):
        return WITHDRAW
    g = min(s.x[STAGE], t.n_stage)
    passable = may_pass_honestly(t, s)
    if passable and s.x[PHASE] > g + p.late[g]:
        return last_start(t, s, p, g)
    clean = passable and debt_of(t, s) <= p.debt[g]
    if clean and p.gate[g] <= t.stage_off[g]:
        return last_start(t, s, p, g)
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
        if clean and k >= p.gate[g]:
            return last_start(t, s, p, g)
        if k == p.order_end[g] or t.action_team[p.order[k]] & free == 0 or started(t, s, p.order[k]) >= p.most[k]:
            continue
        arm = best_odds(t, s, p.order[k], p.least, p.spread, barred(p, p.order[k]))
        if arm >= 0:
            return STARTS + arm
    if passable:
        return PASS
    start = listed_start(t, s, p, g)
    return STARTS + start if start >= 0 else WAIT
