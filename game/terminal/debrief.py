"""The debrief at a terminal: the same words as on screen and on paper, for screen readers and terminals."""

from __future__ import annotations

from collections.abc import Iterator

from game.debrief.figures import about, plus, whole
from game.debrief.records import MoveReview, Review
from game.i18n import Say

FELT = 0.5


def debrief_lines(review: Review, say: Say) -> Iterator[str]:
    """The whole debrief, line by line."""
    yield say("con.rule")
    yield say("debrief.title")
    yield review.verdict_words
    yield review.summary
    yield say(
        "debrief.sum",
        start=about(review.start, review.start_se),
        advantage=about(review.advantage, review.advantage_se, signed=True),
        luck=about(review.luck, review.luck_se, signed=True),
        result=whole(review.result),
    )
    yield from review.cautions
    yield ""
    yield say("debrief.first")
    yield say("debrief.first.won" if review.won else "debrief.first.lost")
    for number in review.first:
        yield ""
        yield from _move(review.moves[number - 1], say)
        if number in review.others:
            yield "  " + say("debrief.other") + say("list.colon") + review.others[number]
    yield ""
    yield from _card(review, say)
    if review.forecasts:
        yield ""
        yield say("end.tab.forecasts")
    for f in review.forecasts:
        yield f"  {f.stage}  {f.stated}%  {f.words(say)}"
    yield ""
    yield (
        say("debrief.compliance")
        + say("list.colon")
        + (say("list.semicolon").join(review.compliance) or say("debrief.compliance.none"))
    )
    yield say("debrief.next.title") + say("list.colon") + review.next_action


def _move(m: MoveReview, say: Say) -> Iterator[str]:
    head = f"{say('end.when', week=m.week, stage=m.stage)}  [{m.grade_words}]  {m.what}" + (
        say("list.dot") + m.who if m.who else ""
    )
    yield head + ("  " + say("debrief.gave", points=about(m.regret, m.se)) if m.regret else "")
    if m.better:
        yield "  " + say("debrief.better", what=m.better)
    for line in m.why:
        yield "  - " + line
    if m.coach:
        yield "  " + say("debrief.coach") + say("list.colon") + m.coach
    luck = [f"{g.kind_words}{say('list.dot')}{g.name} {plus(g.luck)}" for g in m.gifts if g.name and abs(g.luck) >= FELT]
    yield "  " + say("debrief.dice") + say("list.colon") + (say("list.semicolon").join(luck) or say("debrief.dice.none"))


def _card(review: Review, say: Say) -> Iterator[str]:
    total = review.card.total
    yield say("debrief.card") + (f"{say('list.colon')}{total:.0f}" if total is not None else "")
    for p in review.card.pillars:
        points = say("debrief.not_exercised") if p.points is None else f"{p.points:.0f}"
        yield f"  {p.name} ({say('debrief.card.weight', n=p.weight)}){say('list.colon')}{points}"
        for m in p.metrics:
            yield f"    {m.name}{say('list.colon')}{m.value}"
