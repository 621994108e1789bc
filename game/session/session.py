"""One deal as anybody plays it: what may be done, what each viewer may see, saved after every decision.

A window, a terminal and a server need nothing else. Every call may come from any thread.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from game.belief.belief import AtFirst
from game.belief.watched import Watched, belief_of
from game.desk.cards import Cards
from game.desk.desk import Presenter
from game.desk.faces import face_of
from game.desk.views import Card, Desk, Face, MomentView, SceneView
from game.errors import IllegalAction, StorageError
from game.i18n import Say
from game.judging.companion import Companion
from game.judging.judgement import Judgement
from game.play.decisions import INJECT, starts
from game.play.happenings import Awarded, Happening, Started
from game.play.playing import Playing, start_playing
from game.play.record import number_or_mismatch, play_again
from game.play.statements import (
    LONGEST_LESSON,
    LONGEST_NAME,
    QUADRANTS,
    AfterSaid,
    ForecastSaid,
    LessonSaid,
    ModeSaid,
    NameSaid,
    SortingSaid,
    Statement,
    last_of,
)
from game.play.walk import up_to
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.scenario.tables import PASS, RUNNING, WAIT, WEEK, WITHDRAW
from game.session import modes
from game.session.gate import GateAsks, gate_asks, on_passing
from game.session.moments import standing
from game.session.plans import Task
from game.session.saves import PlayedElsewhere, Saves
from game.session.together import Together, alone
from game.words.log import Line, Log
from game.words.names import Teller


class Session(Together):
    """A deal under way. `saves` is None where nothing is to be kept, `companion` where nobody asked for a judgement."""

    def __init__(
        self,
        ready: Ready,
        playing: Playing,
        saves: Saves | None = None,
        deal: int = 0,
        companion: Companion | None = None,
        belief: bool = True,
    ) -> None:
        # A deal that goes on from another starts otherwise.
        self.ready = ready if ready.compiled.hash == playing.compiled.hash else replace(ready, compiled=playing.compiled)
        self.playing, self.saves, self.deal, self.companion = playing, saves, deal, companion
        self.lock = threading.RLock()
        self.version = 0
        """Grows with every change that somebody could see."""
        self.believing = belief
        self.watched = self._watch()
        self.mode = modes.mode_of(playing.statements)
        self.news: list[Happening] = []
        self.last: list[Happening] = []
        self.moments: list[str] = []
        """What came true with the last decision that one remembers, by name; each once."""
        self.told: set[str] = set()
        self.undoable: list[tuple[Any, ...]] = []
        """What was believed before each of the latest decisions of which nothing has come yet."""
        self.passed: tuple[int, int, str] | None = None
        """First and last week that passed the last time that time ran, and why; None before."""
        self.ran = False
        """Whether time ran with the last decision."""
        self.coached: set[str] = set()
        """The coach's notes that have been seen for a week."""
        said = last_of(playing.statements, SortingSaid)
        self.sorted: dict[str, str] = dict(said.sorted) if said else {}
        """How the trainee sorts the evidence: fact → quadrant. Put on record at gates."""
        self.trouble: StorageError | None = None
        self._presenters: dict[str, Presenter] = {}
        self._desks: dict[tuple[str, int | None], tuple[int, Desk]] = {}

    @classmethod
    def begin(
        cls, ready: Ready, seed: int, saves: Saves | None = None, mode: str = modes.USUAL, who: str = "", belief: bool = True
    ) -> Session:
        """A new deal of this scenario; one that cannot be kept is played all the same, and `trouble` says so."""
        playing = start_playing(ready.compiled, seed)
        playing.say(ModeSaid(mode=mode))
        if who:
            playing.say(NameSaid(text=who))
        session = cls(ready, playing, saves, belief=belief)
        session.save()
        return session

    @alone
    def branch(self, at: int) -> Session:
        """A deal of its own, for practice, that goes on before decision `at` (from 0) of this one."""
        said: list[Statement] = [s for s in self.playing.statements if isinstance(s, AfterSaid)]
        said += [ModeSaid(mode="practice"), *([NameSaid(text=self.playing.who)] if self.playing.who else [])]
        decisions = self.playing.decisions[:at]
        playing = play_again(self.ready.compiled, self.playing.seed, decisions, said, number_or_mismatch)
        return self._beside(playing)

    @alone
    def again(self, seed: int) -> Session:
        """The same scenario from its beginning, by the same people in the same mode."""
        other = Session.begin(self.ready, seed, self.saves, self.mode.key, self.playing.who, self.believing)
        other.companion = self.companion
        return other

    def _beside(self, playing: Playing) -> Session:
        other = Session(self.ready, playing, self.saves, 0, self.companion, self.believing)
        other.save()
        return other

    def _watch(self) -> Watched:
        """The play with a belief of its own; one that hears nothing where it is not what somebody looks at."""
        t = self.playing.compiled.tables
        return Watched(self.playing, belief_of(t, self.ready.scenario.size) if self.believing else AtFirst(t))

    # ---- looking
    def presenter(self, language: str) -> Presenter:
        if language not in self._presenters:
            self._presenters[language] = Presenter(self.ready, Say(language))
        return self._presenters[language]

    def tell(self, language: str) -> Teller:
        """The deal's things in words."""
        return self.presenter(language).tell

    def goal(self, language: str) -> dict[str, str]:
        """What is asked for, by what each line is about."""
        return self.presenter(language).goal()

    @alone
    def desk(self, language: str, member: int | None = None) -> Desk:
        """The desk as this viewer may see it: None is the table that all sit at. Made once for each state of things."""
        member = self.eyes(member)
        key = (language, member)
        kept = self._desks.get(key)
        if kept is None or kept[0] != self.version:
            kept = self._desks[key] = (self.version, self.presenter(language).desk(self.seen_by(member)))
        return kept[1]

    @alone
    def cards(self, language: str, person: int = -1, member: int = -1) -> list[Card]:
        """What the stage offers on this person or by this member; what can be started first."""
        return self._cards(language).about(self.watched, person=person, member=member)

    @alone
    def card(self, language: str, action: int, person: int = -1, member: int = -1) -> Card:
        """One action's card; only with this person or member, where one is named."""
        if person >= 0 or member >= 0:
            return next(c for c in self.cards(language, person, member) if c.action == action)
        return self._cards(language).of_action(self.watched, action)

    def _cards(self, language: str) -> Cards:
        return self.presenter(language).cards

    @alone
    def scene(self, language: str, name: str) -> SceneView:
        """A scene by its name, open or over; only an open one has answers."""
        return self.presenter(language).scenes.named(self.watched, name)

    @alone
    def moment(self, language: str, name: str) -> MomentView:
        """A moment by its name."""
        return self.presenter(language).scenes.moment(self.watched, name)

    def face(self, who: str) -> Face:
        """How somebody looks, by their name in the file."""
        compiled = self.ready.compiled
        return face_of(self.ready.scenario, compiled.ids, compiled.tables, self.playing.state, who)

    @alone
    def lines(self, language: str, happenings: Sequence[Happening]) -> list[Line]:
        """What happened, in words."""
        numbers = self.mode.numbers or self.playing.over
        return Log(self.tell(language), self.playing.happenings, numbers).lines(happenings)

    @alone
    def gate(self) -> GateAsks | None:
        """What the present gate asks; None when all are passed."""
        return gate_asks(self.ready, self.playing)

    @property
    def awarded(self) -> Awarded | None:
        """The award, where it came with the last decision."""
        return next((h for h in self.last if isinstance(h, Awarded)), None)

    @property
    def lesson(self) -> str:
        """The sentence that the trainee takes along."""
        said = last_of(self.playing.statements, LessonSaid)
        return said.text if said else ""

    def trouble_words(self, language: str) -> str:
        """Why the last change is not on the disk, and what that means; '' where it is."""
        if self.trouble is None:
            return ""
        key = self.trouble.key if isinstance(self.trouble, PlayedElsewhere) else "now.not_saved"
        return Say(language)(key, **self.trouble.values)

    # ---- acting
    @alone
    def decide(self, decision: int) -> list[Happening]:
        """Take a legal decision and save it; what happened until the next. IllegalAction changes nothing, nor does NotDecided
        where several sit at the table."""
        self.agree(decision)
        return self.take(decision)

    @alone
    def take(self, decision: int) -> list[Happening]:
        """As `decide`, whoever sits at the table: what was agreed, and what the world does."""
        s, t = self.playing.state, self.ready.compiled.tables
        before, coaching = s.x[WEEK], self._coaching()
        work = starts(t, decision)
        busy = s.x[RUNNING] + work
        stood = standing(t, s)
        kept = self.watched.kept() if work else ()
        new = self.watched.decide(decision)
        nothing_yet = s.x[WEEK] == before and all(isinstance(h, Started) for h in new)
        self.undoable = [*self.undoable, kept] if kept and nothing_yet else []
        self._remember(standing(t, s) - stood)
        self.ran = s.x[WEEK] > before
        if self.ran:
            why = "wait" if decision == WAIT else "full" if busy >= t.fronts else "none"
            self.passed = (before, s.x[WEEK], why)
            self.coached |= coaching
            self.news = new
        else:
            self.news = [*self.news, *new]
        self.last = new
        self._changed()
        self.judge()
        return new

    def _remember(self, new: frozenset[int]) -> None:
        """Take note of moments that have come true."""
        names = list(self.ready.scenario.moments)
        self.moments = [names[k] for k in sorted(new) if names[k] not in self.told]
        self.told.update(self.moments)

    def _coaching(self) -> set[str]:
        """The notes that stand on desks which were looked at."""
        return {note for version, desk in self._desks.values() if version == self.version for note in desk.coaching}

    @alone
    def pass_gate(self, forecast: ForecastSaid | None = None, go: bool = True, plan: Sequence[Task] = ()) -> list[Happening]:
        """State what the gate asks for and go through it; with no go, withdraw. IllegalAction changes nothing."""
        asks = self.gate()
        if asks is None or not (asks.may_pass if go else asks.may_withdraw):
            raise IllegalAction("error.illegal", decision=PASS if go else WITHDRAW)
        self.agree(PASS if go else WITHDRAW)
        for statement in on_passing(self.ready, self.playing, asks, forecast, go, plan, self.sorted):
            self.playing.say(statement)
        return self.take(PASS if go else WITHDRAW)

    def withdraw(self) -> list[Happening]:
        """Leave the deal. IllegalAction where that is not possible."""
        return self.decide(WITHDRAW)

    @property
    def may_undo(self) -> bool:
        """Whether the last decision was a start of which nothing has come yet: nothing was drawn, so nothing is learnt by it."""
        return bool(self.undoable)

    @alone
    def take_back(self) -> bool:
        """Undo the last decision: in practice always, else while nothing has come of it. False where that cannot be; where it
        could not be kept, `trouble` says why."""
        if self.table:
            self.table.refuse()
        done, fresh = len(self.playing.decisions), self.may_undo
        if not fresh and (not self.mode.takes_back or not done or self.playing.decisions[-1][0] == INJECT):
            return False
        playing = up_to(self.playing, done - 1)
        if not self._replaced(playing):
            return False
        self.playing = playing
        if fresh:
            self.watched.back_to(self.playing, self.undoable.pop())
            self.news = [h for h in self.news if h.after < done]
        else:
            self.watched = self._watch()
            self.news, self.passed, self.ran = [], None, False
            self.share()
        self.last, self.moments = [], []
        self._changed()
        return True

    def _replaced(self, playing: Playing) -> bool:
        """Put this play in the place of ours on the disk. False, and nothing is changed, where that cannot be."""
        if self.saves is not None and self.deal:
            try:
                self.deal = self.saves.begin_again(self.deal, self.playing, playing)
            except StorageError as error:
                self.trouble = error
                self.version += 1
                return False
        return True

    def hint(self) -> int:
        """What a plain player would do now: the largest expected gain in the gauges."""
        return POLICIES["greedy"](self.ready.compiled.tables, self.playing.state, self.playing.seed)

    @alone
    def state(self, statement: Statement) -> None:
        """Put a statement on record."""
        self.playing.say(statement)
        self._changed()

    def sign(self, name: str) -> None:
        """Put who plays on record, where it is new."""
        name = name.strip()[:LONGEST_NAME]
        if name != self.playing.who:
            self.state(NameSaid(text=name))

    def learn(self, lesson: str) -> None:
        """Keep the trainee's own sentence."""
        if lesson.strip():
            self.state(LessonSaid(text=lesson.strip()[:LONGEST_LESSON]))

    @alone
    def sort(self, fact: str) -> None:
        """The next quadrant for a fact; after the last it is loose again."""
        at = QUADRANTS.index(self.sorted[fact]) + 1 if fact in self.sorted else 0
        if at < len(QUADRANTS):
            self.sorted[fact] = QUADRANTS[at]
        else:
            del self.sorted[fact]
        self.version += 1

    # ---- keeping and judging
    def _changed(self) -> None:
        self.version += 1
        self.save()

    @alone
    def save(self) -> None:
        """Write through; where that fails the deal goes on, and `trouble` says so until it works again."""
        self.trouble = None
        if self.saves is not None:
            try:
                if self.deal:
                    self.saves.sync(self.deal, self.playing)
                else:
                    self.deal = self.saves.begin(self.playing)
            except StorageError as error:
                self.trouble = error

    @alone
    def judge(self) -> Judgement | None:
        """Send the companion what is new; the whole judgement once there is one."""
        return self.companion.judgement(self.playing) if self.companion else None
