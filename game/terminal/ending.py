"""How a deal ended, at the terminal: what it was worth, and what could not be seen."""

from __future__ import annotations

from collections.abc import Iterator

from game.debrief.story import Story
from game.i18n import Say


def ending_lines(story: Story, say: Say) -> Iterator[str]:
    """The ending, the trainee's own forecasts, and what was hidden."""
    yield say("con.rule")
    yield say("con.ending", kind=story.kind_words, reason=story.reason)
    yield story.text
    yield say(
        "con.result",
        points=story.points,
        line=story.pass_mark,
        payoff=story.payoff,
        weeks=story.weeks,
        decisions=story.decisions,
    )
    yield say("con.pass" if story.passed else "con.fail")
    if story.epilogue:
        yield say("end.epilogue")
        for b in story.epilogue:
            yield say("con.became", who=b.who, text=b.text)
    if story.forecasts:
        yield say("con.forecasts")
        for s in story.forecasts:
            yield say("con.forecast_row", stage=s.stage, win=s.win, week=s.week)
    yield from hidden_lines(story, say)


def hidden_lines(story: Story, say: Say) -> Iterator[str]:
    """The true chances, how everybody truly stood, what was so and what was not, and what became of promises."""
    yield say("con.revealed")
    if story.award:
        yield say("con.award_was")
        for name, odds, _ in story.award:
            yield say("con.award_row", name=name, odds=odds)
    for p in story.people:
        if p.here:
            yield say("con.revealed_stance", person=p.name, level=say(f"stance.{p.true}"))
    for f in story.facts:
        yield say("con.revealed_fact", fact=f.text, truth=say("con.true" if f.true else "con.false"))
    for promise in story.promises:
        yield say("con.revealed_promise", text=promise.text, became=say(f"promise.{promise.became}"))
