"""Forms, conditions and chances: how the tables are asked.

`shift` chooses whose eyes: 0 reads what is true, `t.shift` reads what the trainee believes of every hidden slot.
"""

from __future__ import annotations

from game.scenario.tables import CENT, CERTAIN, FIT, PAIR, PHASE, PHASE_GAP, REPEAT, TARGET, TIRED, TRUE, WEEK, State, Tables


def rounded(number: int, parts: int) -> int:
    """number / parts to the nearest integer, half away from zero: the rules' only rounding. parts > 0."""
    return (number + parts // 2) // parts if number >= 0 else -((parts // 2 - number) // parts)


def place(t: Tables, slot: int, person: int, member: int, shift: int) -> int:
    """The slot meant: relative ones resolved, hidden ones shifted to their estimate."""
    if slot >= PAIR:
        slot += member * t.n_person + person - PAIR
    elif slot >= TARGET:
        slot += person - TARGET
    return slot + shift if slot >= t.hidden else slot


def part(t: Tables, s: State, first: int, end: int, person: int, member: int, shift: int) -> int:
    """Sum of these terms in millionths of the author's unit."""
    value = 0
    for k in range(first, end):
        value += t.term_coef[k] * s.x[place(t, t.term_slot[k], person, member, shift)]
    return value


def form(t: Tables, s: State, f: int, person: int, member: int, shift: int) -> int:
    """Value of linear form f in millionths of the author's unit."""
    return t.form_c[f] + part(t, s, t.form_off[f], t.form_off[f + 1], person, member, shift)


def holds(t: Tables, s: State, atom: int, person: int, member: int) -> bool:
    """Whether a condition is true: each atom is one inequality and leads to the next, or to the answer."""
    while atom > TRUE:
        value = t.atom_c[atom] + t.atom_coef[atom] * s.x[place(t, t.atom_slot[atom], person, member, 0)]
        for k in range(t.atom_off[atom], t.atom_off[atom + 1]):
            value += t.term_coef[k] * s.x[place(t, t.term_slot[k], person, member, 0)]
        atom = t.atom_yes[atom] if value >= 0 else t.atom_no[atom]
    return atom == TRUE


def roll_odds(t: Tables, s: State, roll: int, person: int, member: int, shift: int) -> int:
    """Chance of a roll's first branch, cut to its limits, in 1/10000."""
    value = rounded(form(t, s, t.roll_odds[roll], person, member, shift), CENT)
    return min(max(value, t.roll_lo[roll]), t.roll_hi[roll])


def worn(t: Tables, s: State, pair: int) -> int:
    """What earlier tries of this action on this person still cost, in hundredths of a point."""
    return max(0, s.worn[pair] - t.recover * (s.x[WEEK] - s.worn_week[pair]))


def aim_pair(t: Tables, s: State, pair: int) -> None:
    """Put into scratch what only this action on this person knows: the phase gap, what repeating costs."""
    a = t.pair_action[pair]
    s.x[PHASE_GAP] = max(t.action_from[a] - s.x[PHASE], s.x[PHASE] - t.action_to[a], 0)
    s.x[REPEAT] = worn(t, s, pair)


def aim(t: Tables, s: State, arm: int) -> None:
    """Put into scratch what only this start knows: what its pair knows, weariness, fit."""
    aim_pair(t, s, t.arm_pair[arm])
    s.x[TIRED] = s.x[t.tired0 + t.arm_member[arm]]
    s.x[FIT] = t.arm_fit[arm]


def pair_form(t: Tables, s: State, pair: int, shift: int) -> int:
    """The part of a chance that is the same whoever does it, as a form's value; `arm_odds` goes on from it."""
    aim_pair(t, s, pair)
    f = t.roll_odds[t.action_roll[t.pair_action[pair]]]
    return t.form_c[f] + part(t, s, t.form_off[f], t.form_mid[f], t.pair_person[pair], 0, shift)


def arm_odds(t: Tables, s: State, arm: int, base: int, shift: int) -> int:
    """Chance that this start succeeds, in 1/10000, given `pair_form` of its pair."""
    pair = t.arm_pair[arm]
    roll = t.action_roll[t.pair_action[pair]]
    f = t.roll_odds[roll]
    s.x[TIRED] = s.x[t.tired0 + t.arm_member[arm]]
    s.x[FIT] = t.arm_fit[arm]
    value = base + part(t, s, t.form_mid[f], t.form_off[f + 1], t.pair_person[pair], t.arm_member[arm], shift)
    return min(max(rounded(value, CENT), t.roll_lo[roll]), t.roll_hi[roll])


def odds(t: Tables, s: State, arm: int, shift: int) -> int:
    """Chance that this start succeeds, as it stands now, in 1/10000."""
    return arm_odds(t, s, arm, pair_form(t, s, t.arm_pair[arm], shift), shift)


def branch_of(t: Tables, roll: int, first: int, drawn: int) -> int:
    """The branch that `drawn` (0 … 9999) falls into, given the chance of the first."""
    b = t.roll_branch[roll]
    if drawn < first:
        return b
    rest = CERTAIN - first
    left = (drawn - first) * CERTAIN
    last = t.roll_end[roll] - 1
    b += 1
    while b < last:
        left -= t.branch_share[b] * rest
        if left < 0:
            return b
        b += 1
    return last


def branch_odds(t: Tables, roll: int, first: int, b: int) -> int:
    """Chance of branch b of a roll, in 1/10000; over a roll they sum to 10000."""
    if b == t.roll_branch[roll]:
        return first
    # How many of the 10000 numbers fall below the end of a branch: the same cuts as in branch_of.
    below = 0
    for k in range(t.roll_branch[roll] + 1, b):
        below += t.branch_share[k]
    rest = CERTAIN - first
    low = -(-below * rest // CERTAIN)
    if b == t.roll_end[roll] - 1:
        return rest - low
    return -(-(below + t.branch_share[b]) * rest // CERTAIN) - low


def quiet_odds(t: Tables, roll: int, first: int) -> int:
    """Chance that a roll comes to a branch of which the trainee is told nothing, in 1/10000."""
    total = 0
    for b in range(t.roll_branch[roll], t.roll_end[roll]):
        if t.branch_told[b] != 1:
            total += branch_odds(t, roll, first, b)
    return total


def quiet_branch(t: Tables, roll: int, first: int, drawn: int) -> int:
    """The branch that `drawn` falls into among those of which nothing is told; -1 where there is none."""
    total = quiet_odds(t, roll, first)
    left = drawn * total
    last = -1
    for b in range(t.roll_branch[roll], t.roll_end[roll]):
        if t.branch_told[b] == 1:
            continue
        share = branch_odds(t, roll, first, b)
        if share > 0:
            last = b
            left -= share * CERTAIN
            if left < 0:
                return b
    return last
