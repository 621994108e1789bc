"""What a screen shows of a deal, as plain records in one language. No rules, no pixels, no numbers of slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from game.desk.pace_view import PaceView
from game.words.names import Item


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way to start an action: who does it, on whom, with what odds (whole percent), made up of what."""

    decision: int
    member: str
    person: str
    title: str
    odds: int
    band: int
    """Standard deviation of the odds over what may be true, in points; 0 where all is known."""
    items: list[Item]
    member_at: int = -1
    person_at: int = -1


@dataclass(frozen=True, kw_only=True)
class Card:
    """An action of the present stage. `why_not` says what stands against it; empty when it can be started."""

    action: int
    name: str
    about: str
    coach: str
    weeks: int
    money: str
    breach: bool
    window: str
    options: list[Option]
    why_not: list[str]
    family: str = ""
    serves: list[str] = field(default_factory=list)
    """The open points of the present gate that it may bring."""
    bid: str = ""
    """Of a bid: our chance at this price and what it gives away, in words."""

    @property
    def best(self) -> int:
        return max((o.odds for o in self.options), default=0)


@dataclass(frozen=True)
class Face:
    """How somebody looks: what a portrait is drawn from."""

    key: str
    """Whose face it is: two people never look quite the same."""
    she: bool = False
    age: int = 45
    glasses: bool = False
    clothes: str = "suit"
    mood: int = 0
    """From -2 to 2, by the stance as last read."""


@dataclass(frozen=True)
class AnswerView:
    """An answer in our own words. `odds` in whole percent, 100 where it has one way to come out."""

    decision: int
    say: str
    breach: bool
    option: Option

    @property
    def certain(self) -> bool:
        return self.option.odds >= 100 and not self.option.band


@dataclass(frozen=True, kw_only=True)
class MomentView:
    """Somebody somewhere, and what they say; nobody asks for an answer."""

    name: str
    title: str
    place: str
    who: str
    office: str
    face: Face
    text: str
    lines: list[str]


@dataclass(frozen=True, kw_only=True)
class SceneView(MomentView):
    """A scene that is open. `left`: how many weeks it may still wait; 0 where it is answered before anything else."""

    stake: str
    left: int
    answers: list[AnswerView]


@dataclass(frozen=True)
class StageView:
    """A stage of the track: `state` is done, now or ahead; acceptance points met of how many."""

    name: str
    title: str
    milestone: int
    state: str
    met: int
    points: int


@dataclass(frozen=True)
class Cycle:
    """The positions of a cycle by name, and where it stands; -1 when it has no positions."""

    names: list[str]
    at: int


@dataclass(frozen=True, kw_only=True)
class PersonView:
    at: int
    name: str
    face: Face
    title: str
    about: str
    wins: str
    personal: str
    """What they want for themselves, or that we do not know yet; '' where the scenario says nothing of it."""
    hears: list[int]
    """Whom they listen to, once they have been met."""
    hears_names: list[str]
    holds: list[tuple[str, int]]
    """Rivals with the hold we believe they have on this person, 0 … 100, the firmest first; weak ones left out."""
    holds_words: str
    roles: list[str]
    level: str
    level_key: str
    power: int
    met: bool
    rapport: int
    coverage: int
    stance: str
    """The last reading in words with its age, or that there is none."""
    stance_level: int | None
    """The last level read, -2 … 2; None when there is none."""
    stale: bool
    believed: list[int]
    """How likely each level of the stance is, from -2 to 2, in percent."""
    reports_to: str
    boss: int
    """Index of the one reported to, -1 for nobody known."""


@dataclass(frozen=True, kw_only=True)
class MemberView:
    at: int
    name: str
    short: str
    """The name without what stands in brackets behind it."""
    about: str
    doing: str
    """What the member is busy with or why it is away; empty when free."""
    favours: str
    tired: int
    free: bool


@dataclass(frozen=True)
class Knot:
    member: str
    person: str
    strength: int
    member_at: int = -1
    person_at: int = -1


@dataclass(frozen=True)
class Leaf:
    """A question of the deal tree: `status` is unknown, heard, denied, true or false."""

    text: str
    status: str
    status_words: str
    likely: int
    """How likely it is true by what is known, in percent."""


@dataclass(frozen=True)
class ElementView:
    element: str
    gauge: int
    band: int
    """How far the gauge may be off by what is not proved: a standard deviation, in points."""
    leaves: list[Leaf]
    key: str = ""


@dataclass(frozen=True)
class RivalView:
    name: str
    about: str
    style: str
    style_key: str
    intel: str
    known: bool


@dataclass(frozen=True)
class PointView:
    text: str
    must: bool
    met: bool
    missing: list[str]


@dataclass(frozen=True)
class GateView:
    stage: str
    points: list[PointView]
    may_pass: bool
    honest: bool
    debt: int
    last: bool


@dataclass(frozen=True)
class Front:
    action: str
    member: str
    person: str
    weeks_left: int


@dataclass(frozen=True)
class MeterView:
    name: str
    about: str
    value: int
    low: int
    high: int
    good: bool
    """Whether more of it is better."""


@dataclass(frozen=True)
class PromiseView:
    """`status` is open, kept or broken."""

    text: str
    status: str


@dataclass(frozen=True)
class CriterionView:
    """One of the buyer's criteria: its weight in percent, and each bidder's score as believed, (mean, spread), us first."""

    name: str
    weight: int
    scores: list[tuple[float, float]]


@dataclass(frozen=True, kw_only=True)
class StrategyView:
    """A position, a strategy card or a bone of the premortem: `decision` adopts it, 0 where that is not possible now."""

    name: str
    about: str
    held: bool
    decision: int
    pair: list[str]
    bends: list[tuple[str, int]]
    """(family of actions, points)."""
    closed: str = ""
    """Why it cannot be adopted now; '' where it can, or is held."""


@dataclass(frozen=True)
class IssueView:
    name: str
    conceded: int
    levels: int
    cost: str
    asks: str
    """How they raise it now."""


@dataclass(frozen=True)
class MoveView:
    """Something to say at the table: `kind` is give or trade with the number of the issue, or '' with -1."""

    kind: str
    issue: int
    card: Card
    about: str


@dataclass(frozen=True, kw_only=True)
class TableView:
    """The negotiation table: the ledger, who sits across, and what may be said."""

    issues: list[IssueView]
    patience: int
    patience_full: int
    given: str
    gained: int
    who: str
    office: str
    face: Face
    opens: list[str]
    """What is said before anything else; only until the first word of ours."""
    turn: int
    """How many times we have said something."""
    raised: int
    """The issue that they bring up now, by number; -1 when there is none left."""
    moves: list[MoveView]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Everything on the desk at one moment."""

    title: str
    week: int
    weeks: int
    money: str
    debt: int
    stage: str
    stage_at: int
    stage_milestone: int
    phase: str
    step: str
    stages: list[StageView]
    phases: Cycle
    pace: PaceView
    steps: Cycle
    fronts: list[Front]
    front_room: int
    free_fronts: int
    attention: list[str]
    coaching: list[str]
    cards: list[Card]
    locked: list[Card]
    people: list[PersonView]
    unfound: int
    members: list[MemberView]
    net: list[Knot]
    tree: list[ElementView]
    rivals: list[RivalView]
    meters: list[MeterView]
    promises: list[PromiseView]
    positions: list[StrategyView]
    bones: list[StrategyView]
    gate: GateView | None
    award: list[tuple[str, int]]
    award_band: tuple[int, int]
    """Our chance, from and to, by what is not known; (0, 0) where there is none to speak of."""
    award_if: bool
    """Whether that is the chance we would have if we bid as things stand."""
    criteria: list[CriterionView]
    bidders: list[str]
    won: bool
    may_withdraw: bool
    negotiating: bool
    scenes: list[SceneView] = field(default_factory=list)
    """Scenes that wait for an answer, those that cannot wait first."""
    table: TableView | None = None
    issues: list[tuple[str, int, int]] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    """What boards with a view of their own show, by key (see `desk.registry`)."""
