"""The scenarios and saved deals that the title offers, read one at a time so that the window never waits."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from game.desk.pipeline import Pipeline, pipeline
from game.errors import RecordError, ScenarioError, StorageError, UsageError
from game.i18n import Say
from game.judging.companion import Companion
from game.judging.warming import Warming
from game.judging.workers import case_of
from game.play.playing import RULES_VERSION, goes_on
from game.scenario.load import Ready, find, load_ready, names
from game.session.modes import USUAL
from game.session.saves import Saved, Saves
from game.session.session import Session

MOST_PIPED = 30
MOST_FINISHED = 3
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A scenario as its card shows it."""

    name: str
    title: str
    summary: str
    market: str
    minutes: tuple[int, int]
    weeks: int
    size: str
    best: int | None
    follows: str
    """The deal that this one goes on from, by its title; '' for none."""


class Shelf:
    """Scenarios of a folder, saves of a user. A broken scenario is named, and keeps nobody from the others."""

    def __init__(
        self,
        folder: Path,
        saves: Saves | None,
        seed: int | None = None,
        judging: bool = False,
        trouble: StorageError | None = None,
    ) -> None:
        """`trouble`: why there is no place for saves."""
        self.folder, self.saves, self.seed, self.judging, self.trouble = folder, saves, seed, judging, trouble
        self.companion: Companion | None = None
        self.ready: dict[str, Ready] = {}
        self.broken: dict[str, str] = {}
        self.waiting = names(folder)
        self.unsaved = False
        self.mode = USUAL
        """How the next deal is played, as it was chosen last."""
        self.gone = False
        """Whether a deal that was to be gone on with had been ended by another program."""
        self.warming: Warming | None = None
        """What is prepared in the background for the first debrief on this computer."""

    @property
    def complete(self) -> bool:
        return not self.waiting

    def read_one(self) -> bool:
        """Read the next scenario; False when there is none left."""
        if not self.waiting:
            return False
        name = self.waiting.pop(0)
        try:
            self.ready[name] = load_ready(find(name, self.folder), self.folder)
        except (ScenarioError, UsageError):
            self.broken[name] = "title.broken"
        if self.complete and self.judging:
            self.warming = Warming(ready.scenario.size for ready in self.ready.values()).begin()
        return True

    def get(self, name: str) -> Ready:
        """The scenario, read now if it has not been."""
        if name not in self.ready:
            self.ready[name] = load_ready(find(name, self.folder), self.folder)
            self.waiting = [w for w in self.waiting if w != name]
        return self.ready[name]

    # ---- what there is
    def offers(self, language: str) -> list[Offer]:
        """The scenarios read so far, the short ones first, then those that go on from another."""
        found = []
        for name, ready in self.ready.items():
            sc = ready.scenario
            low, high = sc.minutes
            best = self._asked(lambda saves, name=name: saves.best(name), None)  # type: ignore[misc]
            title, summary = ready.texts.get("title", language), ready.texts.get("summary", language)
            before = next(iter(sc.start.after), "") if sc.start else ""
            follows = self.title_of(before, language) if before else ""
            found.append(
                Offer(
                    name=name,
                    title=title,
                    summary=summary.strip(),
                    market=sc.market,
                    minutes=(low, high),
                    weeks=sc.deal.weeks,
                    size=sc.size,
                    best=best,
                    follows=follows,
                )
            )
        return sorted(found, key=lambda o: (bool(o.follows), o.minutes))

    def open_deals(self) -> list[Saved]:
        """Unfinished deals, the newest first; at most three."""
        return self._unfinished()[:3]

    def finished_deals(self) -> list[Saved]:
        """The deals finished last whose scenario is still as it was: their debrief can be opened again."""
        nothing: list[Saved] = []
        found = self._asked(lambda saves: saves.finished(MOST_PIPED), nothing)
        known = {name: ready.compiled.hash for name, ready in self.ready.items()}
        return [d for d in found if known.get(d.scenario) == d.hash and d.rules == RULES_VERSION][:MOST_FINISHED]

    def reopen(self, deal: int) -> Session | None:
        """A finished deal, by its number, for its debrief; None where it cannot be read any more."""
        return self._asked(lambda saves: self._reopened(saves, deal), None)

    def _reopened(self, saves: Saves, deal: int) -> Session | None:
        saved = next((d for d in self.finished_deals() if d.id == deal), None)
        if saved is None:
            return None
        try:
            ready = self.get(saved.scenario)
            return self.attended(Session(ready, saves.load(deal, ready.compiled), saves, deal))
        except (RecordError, ScenarioError, UsageError):
            self.unsaved = True
            return None

    def _unfinished(self) -> list[Saved]:
        nothing: list[Saved] = []
        return self._asked(lambda saves: saves.open_deals(), nothing)

    def _asked(self, ask: Callable[[Saves], T], otherwise: T) -> T:
        """What the store says; where it cannot be read any more, `trouble` says so and the rest stays playable."""
        if self.saves is None:
            return otherwise
        try:
            return ask(self.saves)
        except StorageError as error:
            self.trouble = error
            return otherwise

    def pipeline(self, say: Say) -> Pipeline:
        """All unfinished deals that still fit, at most MOST_PIPED."""
        found = []
        for saved in self._unfinished()[:MOST_PIPED]:
            try:
                ready = self.get(saved.scenario)
                playing = self._asked(lambda saves, s=saved, c=ready.compiled: saves.load(s.id, c), None)  # type: ignore[misc]
            except (RecordError, ScenarioError, UsageError):
                continue
            if playing is not None:
                found.append((ready, playing))
        return pipeline(found, say)

    def title_of(self, name: str, language: str) -> str:
        return self.ready[name].texts.get("title", language) if name in self.ready else name

    def troubles(self, say: Say) -> list[str]:
        """What the user should know: scenarios that could not be read, a deal that no longer fits."""
        found = [say(key, name=name) for name, key in self.broken.items()]
        if self.trouble:
            found.append(say("saves.none", why=self.trouble.values.get("why", "")))
        if self.saves and self.saves.set_aside:
            found.append(say("saves.aside", path=self.saves.set_aside))
        if self.gone:
            found.append(say("saves.gone"))
        return [*found, say("con.resume_broken")] if self.unsaved else found

    # ---- playing
    def begin(self, name: str, mode: str = USUAL) -> Session:
        """A new deal with a seed of its own."""
        return self.attended(self._begun(self.get(name), mode))

    def _begun(self, ready: Ready, mode: str, who: str = "") -> Session:
        """A new deal; one that cannot be kept is played all the same."""
        return Session.begin(ready, self.new_seed(), self.saves, mode, who)

    def new_seed(self) -> int:
        """The seed that was asked for, else one of its own for each deal."""
        return self.seed if self.seed is not None else secrets.randbelow(1 << 31)

    def following(self, play: Session, language: str) -> list[tuple[str, str]]:
        """The scenarios read so far that go on from how this deal ended: (name, title)."""
        ending = f"{play.playing.compiled.name}.{play.playing.result()['ending']}" if play.playing.over else ""
        return [(n, self.title_of(n, language)) for n, r in self.ready.items() if ending in r.compiled.after]

    def begin_after(self, name: str, finished: Session) -> Session:
        """A new deal that goes on from a finished one."""
        ready = self.get(name)
        ready = replace(ready, compiled=goes_on(ready.compiled, finished.playing))
        return self.attended(self._begun(ready, finished.mode.key, finished.playing.who))

    def attended(self, play: Session) -> Session:
        """With a companion that judges the decisions, where that was asked for. There is one at a time."""
        if not self.judging:
            return play
        name = play.ready.name
        if self.companion is None or self.companion.case.compiled.hash != play.ready.compiled.hash or self.companion.failed:
            self.close()
            self.companion = Companion(case_of(play.ready, find(name, self.folder)))
        play.companion = self.companion
        play.judge()
        return play

    def close(self) -> None:
        """Let the companion go."""
        if self.companion:
            self.companion.close()
            self.companion = None

    def resume(self, deal: int) -> Session | None:
        """An unfinished deal, by its number, at its last decision. None where it is none any more, because another program has
        ended it; and where it no longer fits: that one is never offered again."""
        self.gone = False
        return self._asked(lambda saves: self._resumed(saves, deal), None)

    def _resumed(self, saves: Saves, deal: int) -> Session | None:
        saved = next((saved for saved in saves.open_deals() if saved.id == deal), None)
        if saved is None:
            self.gone = True
            return None
        try:
            ready = self.get(saved.scenario)
            return self.attended(Session(ready, saves.load(saved.id, ready.compiled), saves, saved.id))
        except (RecordError, ScenarioError, UsageError):
            saves.give_up(saved.id)
            self.unsaved = True
            return None
