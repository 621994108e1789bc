"""Whether one condition holds whenever another does, as far as that can be seen from the two alone."""

from __future__ import annotations

from decimal import Decimal

from game.scenario.linear import Atom, Both, Condition, Either, Linear, Not

MOST = 20_000
"""Pairs of parts that are compared before it counts as not seen."""


def implies(one: Condition, other: Condition) -> bool:
    """Whether `other` holds whenever `one` does. True is a proof; False may only mean that it was not seen."""
    return _Pairs().hold(plain(one), plain(other))


def plain(condition: Condition, want: bool = True) -> Condition:
    """The condition (its opposite, unless `want`) with every `not` taken into its inequalities."""
    match condition:
        case Atom(form, strict):
            return condition if want else Atom(Linear((), Decimal(0)).plus(form, Decimal(-1)), not strict)
        case Not(part):
            return plain(part, not want)
        case Both(parts):
            inner = tuple(plain(part, want) for part in parts)
            return Both(inner) if want else Either(inner)
        case Either(parts):
            inner = tuple(plain(part, want) for part in parts)
            return Either(inner) if want else Both(inner)


class _Pairs:
    """What was found of pairs of parts; a pair is met many times where conditions are deep."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], bool] = {}

    def hold(self, one: Condition, other: Condition) -> bool:
        pair = id(one), id(other)
        if pair not in self.known:
            self.known[pair] = len(self.known) < MOST and self.look(one, other)
        return self.known[pair]

    def look(self, one: Condition, other: Condition) -> bool:
        if isinstance(one, Either):
            return all(self.hold(part, other) for part in one.parts)
        if isinstance(other, Both):
            return all(self.hold(one, part) for part in other.parts)
        if isinstance(one, Atom) and isinstance(other, Atom):
            return follows(one, other)
        whole = isinstance(other, Either) and any(self.hold(one, part) for part in other.parts)
        return whole or (isinstance(one, Both) and any(self.hold(part, other) for part in one.parts))


def follows(one: Atom, other: Atom) -> bool:
    """Whether an inequality asks no more than another over the same sum."""
    if sorted(one.form.terms) != sorted(other.form.terms):
        return False
    spare = other.form.constant - one.form.constant
    return spare > 0 or (spare == 0 and (one.strict or not other.strict))
