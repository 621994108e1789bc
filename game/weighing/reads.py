"""What conditions read and branches move, for those who ask about rules from outside."""

from __future__ import annotations

from game.scenario.tables import TRUE, Tables


def slots_of(t: Tables, atom: int) -> set[int]:
    """The slots a condition reads."""
    found, todo, seen = set(), [atom], set()
    while todo:
        at = todo.pop()
        if at <= TRUE or at in seen:
            continue
        seen.add(at)
        found.add(t.atom_slot[at])
        found |= set(t.term_slot[t.atom_off[at] : t.atom_off[at + 1]])
        todo += [t.atom_yes[at], t.atom_no[at]]
    return found


def moved_by(t: Tables, roll: int) -> set[int]:
    """The slots that a roll's branches have effects on."""
    first, end = t.branch_effect[t.roll_branch[roll]], t.branch_effect[t.roll_end[roll]]
    return set(t.effect_slot[first:end])
