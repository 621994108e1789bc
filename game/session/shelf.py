"""The scenarios and saved deals that the title offers, read one at a time so that the window never waits."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from game.desk.pipeline import Pipeline, pipeline
from game.errors import RecordError, ScenarioError, StorageError, UsageError
from game.i18n import Say
from game.judging.companion import Companion
from game.judging.warming import Warming
from game.judging.workers import case_of
from game.play.playing import goes_on
from game.scenario.load import Ready, find, load_ready, names
from game.session.modes import USUAL
from game.session.saves import Saved, Saves
from game.session.session import Session

MOST_PIPED = 30


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
            best = self.saves.best(name) if self.saves else None
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
        return self.saves.open_deals()[:3] if self.saves else []

    def pipeline(self, say: Say) -> Pipeline:
        """All unfinished deals that still fit, at most MOST_PIPED."""
        found = []
        for saved in self.saves.open_deals()[:MOST_PIPED] if self.saves else []:
            try:
                ready = self.get(saved.scenario)
                found.append((ready, self.saves.load(saved.id, ready.compiled) if self.saves else None))
            except (RecordError, ScenarioError, UsageError):
                continue
        return pipeline([(ready, playing) for ready, playing in found if playing is not None], say)

    def title_of(self, name: str, language: str) -> str:
        return self.ready[name].texts.get("title", language) if name in self.ready else name

    def troubles(self, say: Say) -> list[str]:
        """What the user should know: scenarios that could not be read, a deal that no longer fits."""
        found = [say(key, name=name) for name, key in self.broken.items()]
        if self.trouble:
            found.append(say("saves.none", why=self.trouble.values.get("why", "")))
        if self.saves and self.saves.set_aside:
            found.append(say("saves.aside", path=self.saves.set_aside))
        return [*found, say("con.resume_broken")] if self.unsaved else found

    # ---- playing
    def begin(self, name: str, mode: str = USUAL) -> Session:
        """A new deal with a seed of its own."""
        return self.attended(self._begun(self.get(name), mode))

    def _begun(self, ready: Ready, mode: str, who: str = "") -> Session:
        """A new deal; one that cannot be kept is played all the same."""
        try:
            return Session.begin(ready, self.new_seed(), self.saves, mode, who)
        except StorageError:
            return Session.begin(ready, self.new_seed(), None, mode, who)

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

    def resume(self, k: int) -> Session | None:
        """An unfinished deal at its last decision; None, and never offered again, where it no longer fits."""
        assert self.saves is not None
        saved = self.open_deals()[k]
        try:
            ready = self.get(saved.scenario)
            return self.attended(Session(ready, self.saves.load(saved.id, ready.compiled), self.saves, saved.id))
        except (RecordError, ScenarioError, UsageError):
            self.saves.give_up(saved.id)
            self.unsaved = True
            return None
