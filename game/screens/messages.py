"""What pressing something means: a small class for each message that screens and pictures send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.desk.views import Desk
from game.session.session import Session


class Message:
    """Anything that a node may send to its screen, or a closed screen to the one below."""


@dataclass(frozen=True)
class Back(Message):
    """Close this."""


@dataclass(frozen=True)
class Onward(Message):
    """Show what comes next here."""


@dataclass(frozen=True)
class Write(Message):
    """Give the text field the keyboard."""


# ---- the deal
@dataclass(frozen=True)
class Decided(Message):
    """A decision, by number."""

    decision: int


@dataclass(frozen=True)
class GatePassing(Message):
    """The gate was gone through, or the deal left at it: the session knows already. `before` is the desk as it was."""

    before: Desk


@dataclass(frozen=True)
class ToldOn(Message):
    """What was told has been read: the award, a moment, the week."""


@dataclass(frozen=True)
class LeadOn(Message):
    """The step has been read."""


@dataclass(frozen=True)
class SkipLead(Message):
    """No leading."""


@dataclass(frozen=True)
class TakeBack(Message):
    """Undo the last decision, where that can be."""


@dataclass(frozen=True)
class LetRun(Message):
    """Let time run."""


@dataclass(frozen=True)
class OpenGate(Message): ...


@dataclass(frozen=True)
class OpenMeeting(Message): ...


@dataclass(frozen=True)
class OpenMenu(Message): ...


@dataclass(frozen=True)
class OpenHelp(Message): ...


@dataclass(frozen=True)
class OpenLog(Message): ...


@dataclass(frozen=True)
class OpenBrief(Message): ...


@dataclass(frozen=True)
class OpenTable(Message):
    """Sit down at the negotiation table."""


@dataclass(frozen=True)
class RaiseIssue(Message):
    """Talk about this issue first."""

    issue: int


@dataclass(frozen=True)
class LetSpeak(Message):
    """Who of ours speaks."""

    member: int


@dataclass(frozen=True)
class OpenCard(Message):
    action: int


@dataclass(frozen=True)
class ChooseAll(Message):
    """Cards of everybody."""


@dataclass(frozen=True)
class ChooseForGate(Message):
    """Only what may bring an open point of the gate."""


@dataclass(frozen=True)
class ChoosePerson(Message):
    at: int


@dataclass(frozen=True)
class ChooseMember(Message):
    at: int


@dataclass(frozen=True)
class SortFact(Message):
    """The next quadrant for a fact."""

    fact: str


@dataclass(frozen=True)
class ShowBoard(Message):
    """A board in a place: 0 left, 1 right."""

    slot: int
    name: str


@dataclass(frozen=True)
class ShowPerson(Message):
    """Whoever is chosen, in the right place."""


@dataclass(frozen=True)
class ShowTab(Message):
    name: str


@dataclass(frozen=True)
class TurnPage(Message): ...


# ---- a scene
@dataclass(frozen=True)
class OpenScene(Message):
    """Answer who waits for it, by the scene's name."""

    name: str


@dataclass(frozen=True)
class Speak(Message):
    """Give an answer: its decision."""

    decision: int


@dataclass(frozen=True)
class SceneAnswered(Message):
    """A scene is over; `before` is the desk before it."""

    before: Desk


# ---- the gate
@dataclass(frozen=True)
class PassGate(Message): ...


@dataclass(frozen=True)
class NoGo(Message): ...


@dataclass(frozen=True)
class TurnForecast(Message):
    """Change a part of the forecast: win, week or value, by so much."""

    what: str
    by: int


@dataclass(frozen=True)
class StateForecast(Message):
    """State the forecast as it stands, or take it back."""


@dataclass(frozen=True)
class TogglePlan(Message):
    action: int


@dataclass(frozen=True)
class HandOn(Message):
    """Of planned task k: the next owner."""

    k: int


@dataclass(frozen=True)
class NextPerson(Message):
    k: int


@dataclass(frozen=True)
class NextProof(Message):
    k: int


@dataclass(frozen=True)
class PutOff(Message):
    """Of planned task k: the week, by so many."""

    k: int
    by: int


# ---- menus and titles
@dataclass(frozen=True)
class ChangeSetting(Message):
    setting: str
    value: Any


@dataclass(frozen=True)
class ToggleTeam(Message): ...


@dataclass(frozen=True)
class Withdraw(Message): ...


@dataclass(frozen=True)
class Leave(Message):
    """To the title; everything is saved."""


@dataclass(frozen=True)
class Begin(Message):
    """From the briefing to the desk."""


@dataclass(frozen=True)
class BeginDeal(Message):
    scenario: str


@dataclass(frozen=True)
class ResumeDeal(Message):
    deal: int


@dataclass(frozen=True)
class ReopenDeal(Message):
    """Open the debrief of a finished deal."""

    deal: int


@dataclass(frozen=True)
class ChooseMode(Message):
    mode: str


@dataclass(frozen=True)
class OpenSettings(Message): ...


@dataclass(frozen=True)
class OpenPipeline(Message): ...


@dataclass(frozen=True)
class QuitGame(Message): ...


# ---- the ending
@dataclass(frozen=True)
class PlayAgain(Message):
    same: bool


@dataclass(frozen=True)
class BeginNext(Message):
    scenario: str


@dataclass(frozen=True)
class ShowMove(Message):
    at: int


@dataclass(frozen=True)
class BranchAt(Message):
    at: int


@dataclass(frozen=True)
class TryOther(Message):
    at: int


@dataclass(frozen=True)
class Rewrite(Message): ...


@dataclass(frozen=True)
class KeepLesson(Message): ...


@dataclass(frozen=True)
class WriteReport(Message): ...


@dataclass(frozen=True)
class OpenReport(Message): ...


# ---- where a way leads that begins a deal of its own
@dataclass(frozen=True)
class AgainOf:
    """The same scenario, with the same dice or with new ones."""

    play: Session
    same: bool


@dataclass(frozen=True)
class BranchOf:
    """On from before decision `at`, for practice."""

    play: Session
    at: int


@dataclass(frozen=True)
class NextAfter:
    """A deal that goes on from how this one ended."""

    play: Session
    scenario: str
