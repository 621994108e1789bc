"""Which actions may bring what a condition asks for, by what their outcomes say. Breaches bring nothing that is advised."""

from __future__ import annotations

from game.scenario.linear import Atom, Condition, Not
from game.scenario.load import Ready
from game.scenario.outcome import Outcome


def asked(condition: Condition) -> set[str]:
    """The quantities a condition asks for, by name."""
    if isinstance(condition, Not):
        return set()
    if isinstance(condition, Atom):
        return {name for name, _ in condition.form.terms}
    return {name for part in condition.parts for name in asked(part)}


def brought(ready: Ready, name: str) -> set[str]:
    """What an action's outcomes may bring, by the names that conditions read; nothing where it is a breach, or can only be
    said when somebody asks."""
    action, t, ids = ready.scenario.actions[name], ready.compiled.tables, ready.compiled.ids
    if action.breach or t.action_scene[ids.actions.index(name)] >= 0:
        return set()
    a = ids.actions.index(name)
    people = [ids.people[p] for p in t.pair_person[t.action_pair[a] : t.action_pair[a + 1]] if p >= 0]
    return {quantity for outcome in action.outcomes.values() for quantity in _of_outcome(outcome, people, ids.facts)}


def _of_outcome(outcome: Outcome, people: list[str], facts: list[str]) -> set[str]:
    proved = facts if outcome.checks else outcome.verifies
    found = {f"said.{n}" for n in outcome.said} | {f"knows.{n}" for n in proved}
    for effect in outcome.effects:
        quantity = effect.removeprefix("target.")
        found |= {effect} if quantity == effect else {f"{p}.{quantity}" for p in people}
    return found | ({f"{p}.level" for p in people} if outcome.reads else set())
