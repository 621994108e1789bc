"""The language, second half: what may be done and may happen, and the scenario as a whole.

Field names are what authors write. Their descriptions stand in assets/text/reference.{zh,en}.yaml under
`Model.field`; docs/language.*.md is generated from both. Validation is strict and extra keys are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from game.scenario.entities import Deal, Fact, Member, Meter, Part, Person, Rules, Stage
from game.scenario.kinds import (
    MANY,
    BuyingRole,
    Distribution,
    Element,
    EndKind,
    Expression,
    Function,
    Language,
    Level,
    Market,
    Names,
    Percent,
    Style,
    Text,
    Texts,
    Way,
    fail,
    one_or_many,
)
from game.scenario.outcome import Outcome
from game.scenario.scenes import Afterwards, Highlight, Scene


def selector_written(value: Any) -> Any:
    return {"people": one_or_many(value)} if isinstance(value, (str, list)) else value


class Selector(Part):
    """Whom an action can be on; a list of names stands for `{people: [...]}`."""

    people: list[str] | None = None
    level: Annotated[list[Level], BeforeValidator(one_or_many)] | None = None
    function: Annotated[list[Function], BeforeValidator(one_or_many)] | None = None
    role: Annotated[list[BuyingRole], BeforeValidator(one_or_many)] | None = None
    met: bool | None = None
    found: bool = True


class Cost(Part):
    weeks: Annotated[int, Field(ge=0, le=6)] = 1
    money: Annotated[int, Field(ge=0, le=MANY)] = 0


class Action(Part):
    name: Text
    about: Text | None = None
    stage: Annotated[list[str], BeforeValidator(one_or_many), Field(min_length=1)]
    by: Annotated[Names, Field(min_length=1)]
    on: Annotated[Annotated[Selector, BeforeValidator(selector_written)] | None, Field(alias="with")] = None
    cost: Cost = Cost()
    when: Expression | None = None
    phase: Annotated[list[str], BeforeValidator(one_or_many)] | None = None
    chance: Expression | None = None
    cut: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    times: Annotated[int, Field(ge=1, le=250)] | None = None
    outcomes: Annotated[dict[str, Outcome], Field(min_length=1)]
    breach: bool = False
    free: bool = False
    family: str | None = None
    tags: Names = []
    coach: Text | None = None


class Strategy(Part):
    name: Text
    about: Text | None = None
    kind: Literal["position", "tows"] = "tows"
    pair: Names = []
    when: Expression | None = None
    bends: Annotated[dict[str, Annotated[int, Field(ge=-30, le=30)]], Field(min_length=1, alias="chances")]

    @model_validator(mode="after")
    def _pair(self) -> Strategy:
        if (self.kind == "tows") != (len(self.pair) == 2) or (self.kind == "position" and self.pair):
            raise fail("want_pair")
        return self


class Bone(Part):
    name: Text
    about: Text | None = None


class Opening(Part):
    stage: str | None = None
    phase: str | None = None
    then: Outcome = Outcome()


class Start(Opening):
    after: dict[str, dict[str, Opening]] = {}

    def openings(self) -> Iterator[tuple[tuple[str, ...], Opening]]:
        """This one and those after other deals' endings, each with its path."""
        yield ("start",), self
        for scenario, endings in self.after.items():
            for ending, opening in endings.items():
                yield ("start", "after", scenario, ending), opening


class Move(Part):
    name: Text
    like: Annotated[Expression, Field(alias="appeal")] = "50"
    when: Expression | None = None
    aim: Expression | None = None
    weeks: Annotated[int, Field(ge=1, le=20)] = 2
    chance: Expression = "100"
    hidden: bool = False
    outcomes: Annotated[dict[str, Outcome], Field(min_length=1)]


class Rival(Part):
    name: Text
    about: Text | None = None
    style: Style
    scores: dict[str, Distribution]
    net: dict[str, Distribution] = {}
    bid: Expression | None = None
    moves: dict[str, Move] = {}


class Event(Part):
    text: Text
    when: Expression | None = None
    chance: Expression
    prevented_by: Annotated[list[Expression], BeforeValidator(one_or_many)] = []
    times: Annotated[int, Field(ge=1, le=200)] = 1
    hidden: bool = False
    branches: Annotated[dict[str, Outcome], Field(min_length=1)]


class Inject(Part):
    """Something that happens only where the trainer of a room lets it: at the end of that week, once in a deal, or as soon as
    `when` holds. `about` tells the trainer what it is good for."""

    text: Text
    about: Text
    when: Expression | None = None
    branches: Annotated[dict[str, Outcome], Field(min_length=1)]


class Pace(Part):
    """A piece of work that a phase waits for, or what speeds or holds it: so many weeks."""

    text: Text
    when: Expression
    weeks: Annotated[int, Field(ge=1, le=20)]


class Phase(Part):
    """A phase takes its `weeks`, so many to so many; without them it ends by a `chance` each week."""

    name: Text
    weeks: Annotated[list[Annotated[int, Field(ge=1, le=50)]], Field(min_length=2, max_length=2)] | None = None
    work: dict[str, Pace] = {}
    speeds: dict[str, Pace] = {}
    holds: dict[str, Pace] = {}
    chance: Expression = "25"
    when: Expression | None = None
    enter: Outcome | None = None

    @model_validator(mode="after")
    def _weeks(self) -> Phase:
        if self.weeks and self.weeks[0] > self.weeks[1]:
            raise fail("range_order")
        return self


class Step(Part):
    name: Text
    when: Expression
    enter: Outcome | None = None


class Buyer(Part):
    phases: Annotated[dict[str, Phase], Field(min_length=1)]
    steps: dict[str, Step] = {}


class Procurement(Part):
    """How the customer buys: when the papers go out, how long bids are taken, how long they are judged."""

    kind: Way
    issue: str
    weeks: Annotated[int, Field(ge=1, le=20)]
    judging: Annotated[int, Field(ge=1, le=20)] = 1


class Say(Part):
    """The moment at which somebody of the customer can carry the deal, bend it or stop it."""

    by: str
    at: str
    text: Text
    chance: Expression | None = None
    outcomes: Annotated[dict[str, Outcome], Field(min_length=2)]


class Course(Part):
    """The order in which the course works a deal, how it answers in scenes, and the steps of it that are tried one by one."""

    order: dict[str, Names] = {}
    answers: dict[str, str] = {}
    steps: Names = []


class Route(Part):
    """A way of winning, written down so that it can be tried: each stage's work in its order, whoever is to be seen in it, the
    answers in scenes. It has to end as it should in that share of the plays at least."""

    text: Text
    wins: Percent = 3_000
    endings: Annotated[list[str], BeforeValidator(one_or_many)] = []
    order: dict[str, Names] = {}
    answers: dict[str, str] = {}


class Point(Part):
    id: str
    text: Text
    when: Expression
    must: bool = False
    weight: Annotated[int, Field(ge=0, le=10)] = 1


class Criterion(Part):
    name: Text
    weight: Annotated[int, Field(ge=0, le=100)]
    us: Expression
    none: Expression = "50"


class Award(Part):
    at: str = "select"
    bid: Expression = "1"
    criteria: Annotated[dict[str, Criterion], Field(min_length=1)]
    stance: Annotated[int, Field(ge=0, le=50)] = 10
    net: Annotated[int, Field(ge=0, le=50)] = 10
    bias: Annotated[Expression, Field(alias="extra")] = "0"
    none: Expression = "0"
    none_name: Text
    spread: Annotated[int, Field(ge=1, le=100)] = 8


class Issue(Part):
    name: Text
    levels: Annotated[int, Field(ge=1, le=9)] = 3
    cost: Annotated[int, Field(ge=0, le=MANY)]
    gets: Annotated[int, Field(ge=0, le=MANY)] = 0
    worth: Distribution
    give: Text
    trade: Text
    asks: Texts | None = None
    on_give: Texts | None = None
    on_trade: Texts | None = None
    on_refuse: Texts | None = None
    substance: bool = True


class Negotiation(Part):
    who: str | None = None
    opens: Texts | None = None
    stage: str = "P6"
    by: Annotated[Names, Field(min_length=1)]
    when: Expression = "won"
    patience: Annotated[int, Field(ge=1, le=50)] = 6
    issues: Annotated[dict[str, Issue], Field(min_length=1)]
    give: Outcome = Outcome()
    trade_chance: Expression = "50"
    traded: Outcome = Outcome()
    refused: Outcome = Outcome()


class Promise(Part):
    text: Text
    test: Expression
    chance: Expression
    kept: Outcome
    broken: Outcome


class Ending(Part):
    kind: EndKind
    reason: Text
    text: Text
    when: Expression | None = None
    payoff: Expression
    last: bool = False


class Coaching(Part):
    when: Expression
    text: Text


class Weights(Part):
    """Of the score card's three pillars; they need not sum to 100."""

    relationships: Annotated[int, Field(ge=0, le=100)] = 30
    control: Annotated[int, Field(ge=0, le=100)] = 30
    decisions: Annotated[int, Field(ge=0, le=100)] = 40

    def shares(self) -> dict[str, int]:
        """In percent of their sum; told before play."""
        found = {"relationships": self.relationships, "control": self.control, "decisions": self.decisions}
        total = sum(found.values()) or 1
        return {name: round(100 * value / total) for name, value in found.items()}


class Question(Part):
    text: Text


class Debrief(Part):
    weights: Weights = Weights()
    questions: Annotated[dict[str, Question], Field(max_length=20)] = {}


class Gauge(Part):
    name: Text
    value: Expression


class Scenario(Part):
    """A scenario file, or one of its parts in the library."""

    format: Literal[2]
    title: Text
    language: Language
    market: Market
    summary: Text
    brief: Text
    minutes: Annotated[list[int], Field(min_length=2, max_length=2)] = [30, 60]
    size: Literal["S", "M", "L"] = "M"
    use: Names = []
    deal: Deal
    rules: Rules = Rules()
    stages: Annotated[dict[str, Stage], Field(min_length=1)]
    team: Annotated[dict[str, Member], Field(min_length=1)]
    people: dict[str, Person] = {}
    rivals: dict[str, Rival] = {}
    meters: dict[str, Meter] = {}
    gauges: dict[Element, Gauge] = {}
    facts: dict[str, Fact] = {}
    actions: Annotated[dict[str, Action], Field(min_length=1)]
    strategies: dict[str, Strategy] = {}
    bones: dict[str, Bone] = {}
    start: Start | None = None
    events: dict[str, Event] = {}
    injects: dict[str, Inject] = {}
    scenes: dict[str, Scene] = {}
    moments: dict[str, Highlight] = {}
    buyer: Buyer
    procurement: Procurement | None = None
    says: dict[str, Say] = {}
    course: Course = Course()
    routes: dict[str, Route] = {}
    gates: dict[str, list[Point]] = {}
    false_claims: dict[str, Outcome] = {}
    award: Award | None = None
    negotiation: Negotiation | None = None
    promises: dict[str, Promise] = {}
    endings: Annotated[dict[str, Ending], Field(min_length=1)]
    epilogue: dict[str, Afterwards] = {}
    coaching: dict[str, Coaching] = {}
    debrief: Debrief = Debrief()
