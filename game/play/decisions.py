"""Decisions by number, as the rules take them, and by words, as a record writes them."""

from __future__ import annotations

from collections.abc import Sequence

from game.errors import RecordError
from game.scenario.compiled import Compiled
from game.scenario.tables import PASS, STARTS, WAIT, WITHDRAW, Tables

Decision = list[str]
INJECT = "inject"
"""Of what the trainer let happen: no decision of the player's."""
PLAIN = {WAIT: "wait", PASS: "pass", WITHDRAW: "withdraw"}


def action_of(t: Tables, decision: int) -> int:
    """The action that a decision starts."""
    return t.pair_action[t.arm_pair[decision - STARTS]]


def starts(t: Tables, decision: int) -> bool:
    """Whether a decision is the start of an action."""
    return STARTS <= decision < STARTS + t.n_arm


def injected(t: Tables, decision: int) -> int:
    """Which inject this is, of those the scenario has; -1 for what a player decided."""
    k = decision - STARTS - t.n_arm
    return k if 0 <= k < t.n_inject else -1


def event_of(t: Tables, decision: int) -> int:
    """The event that an inject brings."""
    return t.inject_event[injected(t, decision)]


def inject_decision(t: Tables, k: int) -> int:
    """The decision by which inject `k` is let happen."""
    return STARTS + t.n_arm + k


def decision_words(compiled: Compiled, decision: int) -> Decision:
    """A decision's number as a record writes it."""
    t, ids = compiled.tables, compiled.ids
    if decision in PLAIN:
        return [PLAIN[decision]]
    if injected(t, decision) >= 0:
        return [INJECT, ids.injects[injected(t, decision)]]
    if not starts(t, decision):
        return ["?", str(decision)]
    arm = decision - STARTS
    person = t.pair_person[t.arm_pair[arm]]
    words = ["start", ids.actions[action_of(t, decision)], ids.members[t.arm_member[arm]]]
    return [*words, ids.people[person]] if person >= 0 else words


def decision_number(compiled: Compiled, words: Sequence[str]) -> int:
    """The other way round; RecordError for words that mean nothing here."""
    for number, plain in PLAIN.items():
        if list(words) == [plain]:
            return number
    t, ids = compiled.tables, compiled.ids
    if len(words) == 2 and words[0] == INJECT and words[1] in ids.injects:
        return inject_decision(t, ids.injects.index(words[1]))
    if len(words) in (3, 4) and words[0] == "start" and words[1] in ids.actions:
        a = ids.actions.index(words[1])
        for pair in range(t.action_pair[a], t.action_pair[a + 1]):
            for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1]):
                if decision_words(compiled, STARTS + arm) == list(words):
                    return STARTS + arm
    raise RecordError("error.record.decision", decision=" ".join(map(str, words))[:80])


def decision_numbers(compiled: Compiled, decisions: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Many of them."""
    return tuple(decision_number(compiled, words) for words in decisions)
