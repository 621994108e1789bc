"""What only one role has learned is not on the boards yet: they show it as it stood at the last meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from game.desk.views import Desk, ElementView, Leaf, PersonView
from game.engine.chance import READ
from game.play.playing import Happening
from game.scenario.tables import INTEL, READ_PERSON, READ_TARGET


@dataclass(frozen=True)
class Secrets:
    """What some role alone has read since the last meeting, by number: facts by name."""

    facts: frozenset[str]
    people: frozenset[int]
    rivals: frozenset[int]


def secrets_of(happenings: Iterable[Happening], facts: Sequence[str]) -> Secrets:
    """From what was read since the last meeting."""
    reads = [h for h in happenings if h.kind == READ]
    people = {h.person for h in reads if h.what in (READ_TARGET, READ_PERSON)}
    rivals = {h.person for h in reads if h.what == INTEL}
    other = (READ_TARGET, READ_PERSON, INTEL)
    return Secrets(frozenset(facts[h.person] for h in reads if h.what not in other), frozenset(people), frozenset(rivals))


def veiled(desk: Desk, before: Desk, secrets: Secrets, elements: Mapping[str, Sequence[str]]) -> Desk:
    """The desk as all may see it. `before` is the desk of the last meeting; `elements` the facts under each element, in order."""
    return replace(
        desk,
        tree=[
            _branch(now, then, [name in secrets.facts for name in elements[now.key]])
            for now, then in zip(desk.tree, before.tree, strict=True)
        ],
        people=[_person(p, before, secrets) for p in desk.people],
        rivals=[
            replace(now, intel=then.intel, known=then.known) if k in secrets.rivals else now
            for k, (now, then) in enumerate(zip(desk.rivals, before.rivals, strict=True))
        ],
        evidence=[e for e in desk.evidence if e.fact not in secrets.facts or e in before.evidence],
    )


def _branch(now: ElementView, then: ElementView, hidden: Sequence[bool]) -> ElementView:
    """A branch of the tree with the hidden leaves as they were, and its gauge too where any is hidden."""
    if not any(hidden):
        return now
    leaves: list[Leaf] = [old if hide else new for new, old, hide in zip(now.leaves, then.leaves, hidden, strict=True)]
    return replace(now, leaves=leaves, gauge=then.gauge, band=then.band)


def _person(now: PersonView, before: Desk, secrets: Secrets) -> PersonView:
    """A person with stance and personal win as they were last known to all; one met since then has no reading yet."""
    if now.at not in secrets.people:
        return now
    then = next((p for p in before.people if p.at == now.at), None)
    if then is None:
        return replace(now, stance="", stance_level=None, stale=False, personal="")
    return replace(
        now,
        stance=then.stance,
        stance_level=then.stance_level,
        stale=then.stale,
        believed=then.believed,
        personal=then.personal,
        holds=then.holds,
        holds_words=then.holds_words,
    )
