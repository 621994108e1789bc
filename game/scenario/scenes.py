"""Scenes: somebody says something to us, and we answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from game.scenario.entities import Part
from game.scenario.kinds import Expression, Names, Text, Texts, fail
from game.scenario.outcome import Outcome

Place = Literal["office", "meeting", "floor", "corridor", "restaurant", "phone", "street", "home", "paper"]
"""Where a scene is set; `home` is our own company. `paper` is something to read: its lines stand on a sheet, and the
answers are what we follow up."""


class Answer(Part):
    """What we may say or do in a scene, in our own words."""

    say: Text
    when: Expression | None = None
    chance: Expression | None = None
    outcomes: Annotated[dict[str, Outcome], Field(min_length=1)]
    breach: bool = False
    coach: Text | None = None


class Afterwards(Part):
    """What became of somebody, told when the deal is over."""

    who: str
    when: Expression
    text: Text


class Highlight(Part):
    """Something one remembers: told on a page of its own in the week its condition first holds. Nobody asks, nothing moves."""

    title: Text
    who: str
    place: Place = "office"
    when: Expression
    text: Text
    lines: Texts


class Scene(Part):
    """It comes by a weekly chance while `when` holds, or where an outcome `opens` it; once in a deal. Without a `limit` it is
    answered before anything else: who lets time run has said nothing. With one it may wait for so many weeks. Then it
    lapses."""

    title: Text
    who: str
    place: Place = "office"
    text: Text
    lines: Texts
    stake: Text | None = None
    when: Expression | None = None
    chance: Expression | None = None
    limit: Annotated[int, Field(ge=0, le=8)] = 0
    answers: Annotated[dict[str, Answer], Field(min_length=2, max_length=4)]
    lapse: Outcome | None = None
    tags: Names = []

    @model_validator(mode="after")
    def _lapse(self) -> Scene:
        if self.limit > 0 and self.lapse is None:
            raise fail("want_lapse")
        return self
