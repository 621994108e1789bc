"""One deal as the window plays it: decisions in, a desk and the latest news out; saved after every decision."""

from __future__ import annotations

from dataclasses import dataclass, replace

from game.belief.watched import Watched, belief_of
from game.desk.desk import Presenter
from game.desk.veil import secrets_of, veiled
from game.desk.views import Desk
from game.engine.chance import AWARDED, CAME, READ
from game.errors import StorageError
from game.i18n import LANGUAGES, Say
from game.judging.judgement import Judgement
from game.judging.workers import Companion
from game.play.playing import LONGEST_NAME, QUADRANTS, Happening, Playing, decision_number, start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.scenario.tables import RUNNING, STARTS, WAIT, WEEK
from game.session.saves import Saves
from game.words.log import Line, Log


@dataclass
class Session:
    """A deal under way. `saves` is None where nothing is to be kept."""

    ready: Ready
    playing: Playing
    saves: Saves | None = None
    deal: int = 0
    companion: Companion | None = None
    """Judges the decisions while they are taken; None where nobody asked for it."""

    def __post_init__(self) -> None:
        if self.ready.compiled.hash != self.playing.compiled.hash:
            # A deal that goes on from another starts otherwise.
            self.ready = replace(self.ready, compiled=self.playing.compiled)
        self.news: list[Happening] = []
        self.passed: tuple[int, int, str] | None = None
        """First and last week that the last decision let pass, and why; None when no time passed."""
        self.last: list[Happening] = []
        modes = [s["mode"] for s in self.playing.statements if s["kind"] == "mode"]
        self.mode: str = modes[-1] if modes else "workshop"
        self.team = False
        """Whether several roles play at this machine: what one of them learns is theirs alone until the next meeting."""
        self.shared = len(self.playing.happenings)
        swots = [s["sorted"] for s in self.playing.statements if s["kind"] == "swot"]
        self.sorted: dict[str, str] = dict(swots[-1]) if swots else {}
        """How the trainee sorts the evidence: fact → quadrant. Put on record at gates."""
        self.trouble: StorageError | None = None
        self.coached: set[str] = set()
        self._presenters: dict[str, Presenter] = {}
        self.watched = self.watch()
        self._desk: tuple[str, int, Desk] | None = None
        self._met: dict[str, Desk] = {}
        """The desk of the last meeting in each language, in team play."""

    @classmethod
    def begin(cls, ready: Ready, seed: int, saves: Saves | None, mode: str = "workshop") -> Session:
        """A new deal of this scenario."""
        playing = start_playing(ready.compiled, seed)
        playing.say({"kind": "mode", "mode": mode})
        return cls(ready, playing, saves, saves.begin(playing) if saves else 0)

    def branch(self, at: int) -> Session:
        """A deal of its own, for practice, that goes on before decision `at` (from 0) of this one."""
        other = Session.begin(self.ready, self.playing.seed, self.saves, "practice")
        for words in self.playing.decisions[:at]:
            other.playing.decide(decision_number(self.ready.compiled, words))
        other.sign(self.playing.who)
        other.watched, other.companion = other.watch(), self.companion
        other.shared = len(other.playing.happenings)
        other.save()
        return other

    def watch(self) -> Watched:
        """The play with a belief of its own."""
        return Watched(self.playing, belief_of(self.ready.compiled.tables, self.ready.scenario.size))

    def judge(self) -> Judgement | None:
        """Send the companion what is new; the whole judgement once there is one."""
        return self.companion.judgement(self.playing) if self.companion else None

    # ---- looking
    def present(self, say: Say) -> Presenter:
        if say.language not in self._presenters:
            self._presenters[say.language] = Presenter(self.ready, say)
        return self._presenters[say.language]

    def desk(self, say: Say) -> Desk:
        """The desk as it stands; made once for each decision and language."""
        key = (say.language, len(self.playing.decisions))
        if self._desk is None or self._desk[:2] != key:
            self._desk = (*key, self.veil(say, self.present(say).desk(self.watched)))
        return self._desk[2]

    def veil(self, say: Say, desk: Desk) -> Desk:
        """In team play, without what only one role has learned so far."""
        if not self.team or say.language not in self._met:
            return desk
        facts = self.ready.compiled.ids.facts
        elements: dict[str, list[str]] = {branch.key: [] for branch in desk.tree}
        for name in facts:
            elements[self.ready.scenario.facts[name].element].append(name)
        return veiled(desk, self._met[say.language], secrets_of(self.playing.happenings[self.shared :], facts), elements)

    def public(self, happenings: list[Happening]) -> list[Happening]:
        """Without what only one role knows so far."""
        if not self.team:
            return happenings
        secret = {id(h) for h in self.playing.happenings[self.shared :] if h.kind == READ}
        return [h for h in happenings if id(h) not in secret]

    def private(self, member: int) -> list[Happening]:
        """What this member learned on their own since the last meeting."""
        found: list[Happening] = []
        by = -1
        for h in self.playing.happenings[self.shared :]:
            if h.kind == CAME:
                by = h.member
            elif h.kind != READ:
                by = -1
            elif by == member:
                found.append(h)
        return found

    def share(self) -> None:
        """The meeting is over: what was private is everybody's, and the boards are brought up to date."""
        self.shared, self._desk = len(self.playing.happenings), None
        self._met = {k: self.present(Say(k)).desk(self.watched) for k in LANGUAGES} if self.team else {}

    def lines(self, say: Say, happenings: list[Happening]) -> list[Line]:
        return Log(self.present(say).tell).lines(happenings)

    def awarded(self) -> bool:
        """Whether the award came with the last decision."""
        return any(h.kind == AWARDED for h in self.last)

    # ---- acting
    def decide(self, decision: int) -> None:
        """Take a legal decision and save it."""
        s, t = self.playing.state, self.ready.compiled.tables
        before, coaching = s.x[WEEK], self._desk[2].coaching if self._desk else []
        busy = s.x[RUNNING] + (1 if decision >= STARTS else 0)
        new = self.watched.decide(decision)
        if s.x[WEEK] > before:
            why = "wait" if decision == WAIT else "full" if busy >= t.fronts else "none"
            self.passed = (before, s.x[WEEK], why)
            self.coached |= set(coaching)
            self.news = new
        else:
            self.news = [*self.news, *new]
        self.last = new
        self.save()
        self.judge()

    def take_back(self) -> bool:
        """Undo the last decision, in practice: everything before it is played again. False where there is nothing to undo."""
        done = len(self.playing.decisions)
        if self.mode != "practice" or not done:
            return False
        statements = [s for s in self.playing.statements if s["at"] < done]
        again = start_playing(self.ready.compiled, self.playing.seed)
        for k, words in enumerate(self.playing.decisions[:-1]):
            again.statements = [s for s in statements if s["at"] <= k]
            again.decide(decision_number(self.ready.compiled, words))
        again.statements = statements
        self.playing = again
        self.watched = self.watch()
        self.news, self.last, self.passed = [], [], None
        self.share()
        if self.saves is not None:
            self.deal = self.saves.begin_again(self.deal, again)
            self.save()
        return True

    def hint(self) -> int:
        """What a plain player would do now: the largest expected gain in the gauges."""
        return POLICIES["greedy"](self.ready.compiled.tables, self.playing.state, self.playing.seed)

    def state(self, statement: dict[str, object]) -> None:
        """Put a statement on record."""
        self.playing.say(statement)
        self.save()

    def sign(self, name: str) -> None:
        """Put who plays on record, where it is new."""
        name = name.strip()[:LONGEST_NAME]
        if name != self.playing.who:
            self.state({"kind": "name", "text": name})

    def sort(self, fact: str) -> None:
        """The next quadrant for a fact; after the last it is loose again."""
        at = QUADRANTS.index(self.sorted[fact]) + 1 if fact in self.sorted else 0
        if at < len(QUADRANTS):
            self.sorted[fact] = QUADRANTS[at]
        else:
            del self.sorted[fact]

    def put_swot(self, stage: str) -> None:
        """Put the sorting on record where it has changed."""
        said = [s["sorted"] for s in self.playing.statements if s["kind"] == "swot"]
        if self.sorted != (said[-1] if said else {}):
            self.state({"kind": "swot", "stage": stage, "sorted": dict(self.sorted)})

    def save(self) -> None:
        """Write through; where that fails the deal goes on, and `trouble` says so until it works again."""
        self.trouble = None
        if self.saves is not None:
            try:
                self.saves.sync(self.deal, self.playing)
            except StorageError as error:
                self.trouble = error
