"""The language, first half: the deal with its rules, and who and what there is in it, as typed models.

Field names are what authors write. Their descriptions stand in assets/text/reference.{zh,en}.yaml under
`Model.field`; docs/language.*.md is generated from both. Validation is strict and extra keys are refused.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from game.scenario.kinds import (
    MANY,
    MOST_WORTH,
    BuyingRole,
    Distribution,
    Element,
    Expression,
    Function,
    Level,
    MemberRole,
    Names,
    Percent,
    Quadrant,
    Text,
    fail,
    one_or_many,
)


class Part(BaseModel):
    """Base of all models: strict, nothing unknown, aliases for words that Python keeps."""

    model_config = ConfigDict(strict=True, extra="forbid", populate_by_name=True)


class Deal(Part):
    value: Annotated[int, Field(ge=0, le=MOST_WORTH)]
    unit: Text
    budget: Annotated[int, Field(ge=0, le=MANY)]
    weeks: Annotated[int, Field(ge=1, le=200)]
    fronts: Annotated[int, Field(ge=1, le=4)] = 2
    best: Annotated[int, Field(ge=1, le=MOST_WORTH)]
    alternative: Annotated[int, Field(ge=0, le=MANY)] = 0
    pass_: Annotated[int, Field(alias="pass")] = 60


class Rules(Part):
    repeat: Annotated[int, Field(ge=0, le=100)] = 12
    recover: Annotated[int, Field(ge=0, le=100)] = 4
    tire: Annotated[int, Field(ge=0, le=100)] = 4
    rest: Annotated[int, Field(ge=0, le=100)] = 6
    rapport_fade: Percent = 300
    knot_fade: Percent = 500
    influence: Percent = 1000
    lure: Percent = 300
    anchor: Percent = 300
    cut: Annotated[list[int], Field(min_length=2, max_length=2)] = [5, 95]
    debt: Annotated[int, Field(ge=0, le=100)] = 5
    wait: Annotated[int, Field(ge=1, le=10)] = 2
    spread: Annotated[int, Field(ge=0, le=1000)] = 20
    withdraw: Expression = "1"
    carry: Annotated[int, Field(ge=0, le=9)] = 2
    foresee: Annotated[int, Field(ge=0, le=9)] = 3
    mastery: Annotated[int, Field(ge=0, le=50)] = 0
    comparison: Annotated[int, Field(ge=1, le=9)] = 9
    overpromise: Annotated[int, Field(ge=0, le=99)] = 99
    aftersales: Annotated[int, Field(ge=0, le=300)] = 100


class Stage(Part):
    name: Text
    milestone: Percent
    about: Text | None = None
    forecast: bool = False
    go: bool = False


class Looks(Part):
    """What a portrait is drawn from, and how somebody is spoken of."""

    she: bool = False
    age: Annotated[int, Field(ge=18, le=90)] = 45
    glasses: bool = False
    clothes: Literal["suit", "shirt", "work"] = "suit"


class Member(Part):
    name: Text
    role: MemberRole
    level: Level = "staff"
    about: Text | None = None
    uses: Annotated[int, Field(ge=0, le=99)] | None = None
    looks: Looks = Looks()
    away: list[Annotated[list[int], Field(min_length=2, max_length=2)]] = []
    fit: Annotated[dict[str, Annotated[int, Field(ge=-50, le=50)]], Field(alias="good_at")] = {}


class Wins(Part):
    """What the deal must bring somebody: in their work, and for themselves."""

    business: Text | None = None
    personal: Text | None = None


def wins_written(value: Any) -> Any:
    return {"business": value} if isinstance(value, (str, int, Decimal)) else value


class Person(Part):
    name: Text
    title: Text
    about: Text | None = None
    level: Level
    function: Function
    roles: Annotated[list[BuyingRole], BeforeValidator(one_or_many)] = []
    power: Annotated[int, Field(ge=0, le=10)] = 5
    wins: Annotated[Wins, BeforeValidator(wins_written)] = Wins()
    stance: Distribution
    honest: Percent = 10_000
    here: bool = True
    found: bool = True
    met: bool = False
    rapport: Annotated[int, Field(ge=0, le=100)] = 0
    reports_to: str | None = None
    looks: Looks = Looks()
    hears: dict[
        str, Annotated[Decimal, BeforeValidator(lambda v: Decimal(v) if isinstance(v, int) else v), Field(ge=0, le=1)]
    ] = {}


class Meter(Part):
    name: Text
    about: Text | None = None
    range: Annotated[list[int], Field(min_length=2, max_length=2)] = [0, 100]
    start: Distribution = {Decimal(0): 10_000}
    seen: Any = "always"
    whole: bool = False
    fade: Percent | None = None
    to: int = 0

    @model_validator(mode="after")
    def _seen(self) -> Meter:
        by = self.seen.get("by") if isinstance(self.seen, dict) and set(self.seen) == {"by"} else None
        if self.seen not in ("always", "never") and not (isinstance(by, list) and all(isinstance(f, str) for f in by)):
            raise fail("want_seen")
        if self.range[0] > self.range[1]:
            raise fail("range_order")
        return self

    @property
    def shown_by(self) -> list[str]:
        """The facts that show it, for `seen: {by: […]}`."""
        return list(self.seen["by"]) if isinstance(self.seen, dict) else []

    @property
    def hidden(self) -> bool:
        return bool(self.seen != "always")


COUNTS_FOR = 8
"""Points of a gauge that a fact moves where the author does not say."""


class Fact(Part):
    text: Text
    element: Element
    swot: Quadrant
    prior: Percent
    claimed_by: Names = []
    sure: Percent = 8000
    counts: Annotated[int, Field(ge=-30, le=30)] | None = None
    question: Text | None = None

    @property
    def counting(self) -> int:
        """Points that the fact, if true, adds to the gauge of its element; by its quadrant where none are given."""
        usual = COUNTS_FOR if self.swot in ("strength", "opportunity") else -COUNTS_FOR
        return usual if self.counts is None else self.counts
