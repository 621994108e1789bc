"""What a branch does to the state: effects and readings."""

from __future__ import annotations

from game.engine.chance import DROPPED, READ, READING, Dice, announced, likely, note, uniform
from game.engine.odds import form, place, rounded
from game.scenario.operations import applied, by_form
from game.scenario.tables import (
    ASK,
    CERTAIN,
    CHECK,
    CLAIM,
    CLOSES,
    INTEL,
    NEWS,
    ONE,
    READ_PERSON,
    READ_TARGET,
    RUNNING,
    VERIFY,
    WEEK,
    State,
    Tables,
)


def change(t: Tables, s: State, slot: int, op: int, amount: int) -> None:
    """One effect on one slot, kept within its range."""
    s.x[slot] = min(max(applied(op, s.x[slot], amount), t.lo[slot]), t.hi[slot])


def settled(t: Tables, s: State, slot: int, amount: int) -> bool:
    """Whether a slot is no longer moved: a scene that is open, or was answered, does not open again; what a criterion counts for
    stays once the papers that say so are out and bind."""
    if t.scene0 <= slot < t.scene0 + t.n_scene and amount > 0:
        return s.x[slot] > 0 or s.x[t.answered0 + slot - t.scene0] > 0
    if t.bound == 0 or s.x[CLOSES] == 0:
        return False
    for c in range(t.n_criterion):
        if t.weight_slot[c] == slot:
            return True
    return False


def cover(t: Tables, s: State, person: int) -> None:
    """The coverage of a person is the strongest knot of the net on them."""
    best = 0
    for m in range(t.n_member):
        best = max(best, s.x[t.knot0 + m * t.n_person + person])
    s.x[t.cover0 + person] = best


def apply_effects(t: Tables, s: State, b: int, person: int, member: int) -> bool:
    """The effects of branch b. What is announced moves the trainee's estimate as it moves the truth. Whether somebody left."""
    left = False
    for k in range(t.branch_effect[b], t.branch_effect[b + 1]):
        slot = place(t, t.effect_slot[k], person, member, 0)
        op = t.effect_op[k]
        amount = t.effect_amount[k]
        told = amount
        if by_form(op):
            amount = rounded(form(t, s, t.effect_amount[k], person, member, 0) * t.one[slot], ONE)
            told = rounded(form(t, s, t.effect_amount[k], person, member, t.shift) * t.one[slot], ONE)
        if settled(t, s, slot, amount):
            continue
        change(t, s, slot, op, amount)
        if slot >= t.hidden and t.branch_told[b] == 1:
            change(t, s, slot + t.shift, op, told)
        if t.knot0 <= slot < t.knot0 + t.n_member * t.n_person:
            cover(t, s, (slot - t.knot0) % t.n_person)
        left = left or (t.here0 <= slot < t.here0 + t.n_person and s.x[slot] == 0)
    return left


def absences(t: Tables, s: State) -> None:
    """Who is not here, gone or yet to come, counts for nothing."""
    for p in range(t.n_person):
        if s.x[t.here0 + p] == 1:
            continue
        s.x[t.met0 + p] = 0
        s.x[t.wins0 + p] = 0
        s.x[t.rapport0 + p] = 0
        s.x[t.cover0 + p] = 0
        s.x[t.level0 + p] = 0
        s.x[t.read_week0 + p] = 0
        s.x[t.read_sure0 + p] = 0
        for side in range(2):
            s.x[t.stance0 + p + side * t.shift] = 0
            for r in range(t.n_rival):
                s.x[t.net0 + r * t.n_person + p + side * t.shift] = 0
        for m in range(t.n_member):
            s.x[t.knot0 + m * t.n_person + p] = 0


def drop_work(t: Tables, s: State, d: Dice) -> None:
    """Work on somebody who has left comes to nothing, and whoever did it is free again."""
    for f in range(t.fronts):
        arm = s.front_arm[f]
        person = t.pair_person[t.arm_pair[arm]] if arm >= 0 else -1
        if person >= 0 and s.x[t.here0 + person] == 0:
            s.front_arm[f] = -1
            s.x[RUNNING] -= 1
            s.x[t.busy0 + t.arm_member[arm]] = 0
            s.x[NEWS] = 1
            note(d, DROPPED, arm, person, t.arm_member[arm], 0, 0, -1, s.x[WEEK])


def level_seen(level: int, sure: int, drawn: int) -> int:
    """A level from -2 to 2 as a source of this reliability tells it: the true one, or a neighbour of it."""
    if drawn < sure:
        return level
    if level == 2:
        return 1
    if level == -2:
        return -1
    return level + 1 if drawn % 2 == 0 else level - 1


def level_odds(level: int, seen: int, sure: int) -> int:
    """Chance that a source of this reliability tells a true level as `seen`, in 1/10000 (see `level_seen`).

    Of the numbers from `sure` to 9999 the even ones lead up, the odd ones down.
    """
    if seen == level:
        return sure
    rest = CERTAIN - sure
    if abs(level) == 2:
        return rest if seen == level // 2 else 0
    even = (CERTAIN + 1) // 2 - (sure + 1) // 2
    if seen == level + 1:
        return even
    return rest - even if seen == level - 1 else 0


def reading_key(s: State, k: int, what: int) -> int:
    """The key of a draw for reading k: another source in the same week has a die of its own."""
    return s.x[WEEK] << 16 | (k & 2047) << 5 | what & 31


def read_stance(t: Tables, s: State, d: Dice, k: int, person: int, sure: int) -> None:
    """Learn a person's stance as a level."""
    truth = rounded(s.x[t.stance0 + person], 100)
    drawn = uniform(d.seed, READING, reading_key(s, k, person))
    seen = level_seen(truth, sure, drawn)
    if d.following == 1:
        row = announced(d, READ, READ_TARGET, person, s.x[WEEK])
        seen = d.script[row + 6] if row >= 0 else seen
        likely(d, level_odds(truth, seen, sure))
    s.x[t.level0 + person] = seen * 100
    s.x[t.read_week0 + person] = s.x[WEEK]
    s.x[t.read_sure0 + person] = sure
    estimate = t.stance0 + person + t.shift
    s.x[estimate] += rounded((seen * 100 - s.x[estimate]) * sure, CERTAIN)
    note(d, READ, READ_TARGET, person, -1, sure, drawn, seen, s.x[WEEK])


def hear(t: Tables, s: State, d: Dice, k: int, fact: int, sure: int, person: int) -> None:
    """Somebody claims a fact, or denies it. The claim is as true as the source is reliable."""
    if s.x[t.knows0 + fact] == 1 or s.x[t.refuted0 + fact] == 1:
        return
    drawn = uniform(d.seed, READING, reading_key(s, k, fact))
    truth = 1 if s.x[t.truth0 + fact] > 0 else 0
    # Who is not honest with us turns things round.
    told = truth if person < 0 or s.x[t.honest0 + person] > 0 else 1 - truth
    says = told if drawn < sure else 1 - told
    if d.following == 1:
        row = announced(d, READ, CLAIM, fact, s.x[WEEK])
        says = d.script[row + 6] if row >= 0 else says
        likely(d, sure if says == told else CERTAIN - sure)
    s.x[t.heard0 + fact] = says
    s.x[t.denied0 + fact] = 1 - says
    estimate = t.truth0 + fact + t.shift
    trust = s.x[t.honest0 + person + t.shift] if person >= 0 else 100
    as_told = (sure * trust + (CERTAIN - sure) * (100 - trust)) // 100
    when_true = as_told if says == 1 else CERTAIN - as_told
    for_it = s.x[estimate] * when_true
    against = (100 - s.x[estimate]) * (CERTAIN - when_true)
    if for_it + against > 0:
        s.x[estimate] = rounded(for_it * 100, for_it + against)
    note(d, READ, CLAIM, fact, person, sure, drawn, says, s.x[WEEK])


def verify(t: Tables, s: State, d: Dice, fact: int) -> None:
    """A fact is proved, one way or the other; what it shows is seen from now on."""
    if s.x[t.knows0 + fact] == 1 or s.x[t.refuted0 + fact] == 1:
        return
    truth = 1 if s.x[t.truth0 + fact] > 0 else 0
    if d.following == 1:
        row = announced(d, READ, VERIFY, fact, s.x[WEEK])
        likely(d, CERTAIN if row < 0 or d.script[row + 6] == truth else 0)
        truth = d.script[row + 6] if row >= 0 else truth
    s.x[t.knows0 + fact] = truth
    s.x[t.refuted0 + fact] = 1 - truth
    s.x[t.heard0 + fact] = 0
    s.x[t.denied0 + fact] = 0
    s.x[t.truth0 + fact + t.shift] = 100 * truth
    note(d, READ, VERIFY, fact, -1, CERTAIN, 0, truth, s.x[WEEK])
    show_meters(t, s)


def show_meters(t: Tables, s: State) -> None:
    """Hidden meters that a verified fact shows are read as they are."""
    for k in range(t.n_sync):
        fact = t.sync_fact[k]
        if s.x[t.knows0 + fact] == 1 or s.x[t.refuted0 + fact] == 1:
            s.x[t.sync_slot[k] + t.shift] = s.x[t.sync_slot[k]]


def ask(t: Tables, s: State, d: Dice, k: int, person: int) -> None:
    """The person tells the first thing they have to tell that we have not heard."""
    for i in range(t.told_off[person], t.told_off[person + 1]):
        fact = t.told_fact[i]
        if s.x[t.heard0 + fact] + s.x[t.denied0 + fact] + s.x[t.knows0 + fact] + s.x[t.refuted0 + fact] == 0:
            hear(t, s, d, k, fact, t.fact_sure[fact], person)
            return


def check_claim(t: Tables, s: State, d: Dice) -> None:
    """Prove the first claim that stands unproved."""
    for fact in range(t.n_fact):
        if s.x[t.heard0 + fact] + s.x[t.denied0 + fact] > 0:
            verify(t, s, d, fact)
            return


def learn_move(t: Tables, s: State, d: Dice, k: int, rival: int, sure: int) -> None:
    """Intelligence on a rival's prepared move: the true one, or another of that rival's."""
    if s.rival_move[rival] < 0:
        if d.following == 1 and announced(d, READ, INTEL, rival, s.x[WEEK]) >= 0:
            d.weight = 0
        return
    drawn = uniform(d.seed, READING, reading_key(s, k, rival))
    first = t.move_off[rival]
    n = t.move_off[rival + 1] - first
    seen = s.rival_move[rival]
    if drawn >= sure and n > 1:
        seen = first + (seen - first + 1 + drawn % (n - 1)) % n
    if d.following == 1:
        row = announced(d, READ, INTEL, rival, s.x[WEEK])
        seen = d.script[row + 6] if row >= 0 else seen
        likely(d, sure if seen == s.rival_move[rival] or n == 1 else (CERTAIN - sure) // (n - 1))
        s.rival_person[rival] = d.script[row + 3] if row >= 0 else s.rival_person[rival]
    s.intel_move[rival] = seen
    s.intel_person[rival] = s.rival_person[rival]
    s.intel_week[rival] = s.x[WEEK]
    s.x[t.intel0 + rival] = 1
    note(d, READ, INTEL, rival, s.rival_person[rival], sure, drawn, seen, s.x[WEEK])


def read(t: Tables, s: State, d: Dice, k: int, person: int) -> None:
    """Reading k of a branch."""
    kind = t.read_kind[k]
    what = t.read_what[k]
    if kind == READ_TARGET:
        read_stance(t, s, d, k, person, t.read_sure[k])
    elif kind == READ_PERSON:
        read_stance(t, s, d, k, what, t.read_sure[k])
    elif kind == CLAIM:
        hear(t, s, d, k, what, t.read_sure[k], person)
    elif kind == VERIFY:
        verify(t, s, d, what)
    elif kind == ASK:
        ask(t, s, d, k, person)
    elif kind == CHECK:
        check_claim(t, s, d)
    elif kind == INTEL:
        learn_move(t, s, d, k, what, t.read_sure[k])


def apply(t: Tables, s: State, d: Dice, b: int, person: int, member: int) -> None:
    """Branch b happens: its effects, then what it lets us read."""
    if apply_effects(t, s, b, person, member):
        absences(t, s)
        drop_work(t, s, d)
    if t.branch_told[b] == 1:
        s.x[NEWS] = 1
    for k in range(t.branch_read[b], t.branch_read[b + 1]):
        read(t, s, d, k, person)
