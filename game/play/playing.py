"""A deal while it is played: decisions in, happenings out, everything on a chain of hashes."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Any

from game.engine.chance import Dice
from game.engine.ending import payoff
from game.engine.odds import rounded
from game.engine.state import digest, new_dice, new_state
from game.engine.step import begin, checked_step, run_on
from game.errors import RecordError
from game.play.decisions import INJECT, Decision, decision_words
from game.play.happenings import Happening, Told, of_trace
from game.play.statements import AfterSaid, NameSaid, Statement, last_of, read_statement
from game.scenario.compiled import Compiled, opened
from game.scenario.tables import ENDED, STAGE, WEEK, State

RECORD_FORMAT = 1
RULES_VERSION = 2
"""Raised when the same record may come to something else: then old records are refused, not misread."""


@dataclass(eq=False)
class Playing:
    """A deal while it is played. Decisions change it; everything else only looks. Each is itself and no other."""

    compiled: Compiled
    state: State
    dice: Dice
    _: KW_ONLY
    decisions: list[Decision] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    chain: list[str] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    over: bool = False
    told: Counter[str] = field(default_factory=Counter)
    """How often the words of each branch were due, by where they are written."""

    @property
    def seed(self) -> int:
        return self.dice.seed

    @property
    def week(self) -> int:
        """The present week, or the last one of a deal that ran out of weeks."""
        return min(self.state.x[WEEK], self.compiled.tables.last_week)

    @property
    def stage(self) -> int:
        """The present stage, or the last one where all gates are passed."""
        return min(self.state.x[STAGE], self.compiled.tables.n_stage - 1)

    def decide(self, decision: int) -> list[Happening]:
        """Take a decision; the happenings up to the next. Raises IllegalAction and changes nothing where it is not legal."""
        new = self.go_on(decision)
        self.chain.append(self._link(self.decisions[-1]))
        return new

    def go_on(self, decision: int) -> list[Happening]:
        """As `decide`, without a link of the chain: for those who only look at a play again."""
        words = decision_words(self.compiled, decision)
        self.dice.n = 0
        self.over = checked_step(self.compiled.tables, self.state, self.dice, decision)
        self.decisions.append(words)
        return self.take_trace()

    def say(self, statement: Statement) -> None:
        """Put a statement on record, as made now. It changes no quantity. RecordError where it cannot be read back."""
        self.statements.append(read_statement(replace(statement, at=len(self.decisions)).as_json()))

    @property
    def who(self) -> str:
        """The name or team on record; empty where there is none."""
        said = last_of(self.statements, NameSaid)
        return said.text.strip() if said else ""

    def result(self) -> dict[str, Any]:
        """Where the deal stands, or how it ended."""
        t, s = self.compiled.tables, self.state
        money = payoff(t, s)
        return {
            "ending": self.compiled.ids.endings[s.x[ENDED] - 1] if s.x[ENDED] else None,
            "payoff": money,
            "points": points(money, self.compiled.best),
            "week": s.x[WEEK],
            "stage": self.compiled.ids.stages[self.stage],
            "decisions": sum(words[0] != INJECT for words in self.decisions),
        }

    def record(self) -> dict[str, Any]:
        """The record, ready for JSON."""
        return {
            "format": RECORD_FORMAT,
            "scenario": self.compiled.name,
            "scenario_hash": self.compiled.hash,
            "rules": RULES_VERSION,
            "seed": self.seed,
            "decisions": self.decisions,
            "statements": [s.as_json() for s in self.statements],
            "chain": [*self.chain, self._seal()],
            "result": self.result(),
        }

    def take_trace(self) -> list[Happening]:
        """Read what the engine wrote down since the last time."""
        new = [self._counted(h) for h in of_trace(len(self.decisions), self.dice.trace[: self.dice.n])]
        self.happenings += new
        return new

    def _counted(self, found: Happening) -> Happening:
        """With how often the same words were due before."""
        if not isinstance(found, Told):
            return found
        words = self.compiled.words[found.branch]
        self.told[words] += 1
        return replace(found, before=self.told[words] - 1)

    def _link(self, words: Decision) -> str:
        return hashed(self._before(), words, self._said(len(self.decisions) - 1), digest(self.state).hex())

    def _seal(self) -> str:
        """The last link: statements made since the last decision, and the result."""
        return hashed(self._before(), self._said(len(self.decisions)), self.result())

    def _said(self, at: int) -> list[Any]:
        return [s.as_json() for s in self.statements if s.at == at]

    def _before(self) -> str:
        if self.chain:
            return self.chain[-1]
        return hashed(RECORD_FORMAT, self.compiled.name, self.compiled.hash, RULES_VERSION, self.seed)


def points(money: int, best: int) -> int:
    """100 × payoff / best, to the nearest whole point."""
    return rounded(100 * money, best)


def hashed(*parts: Any) -> str:
    """A link of a chain."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:24]


def start_playing(compiled: Compiled, seed: int) -> Playing:
    """A new deal, run on to its first decision. One that goes on from another says so on record."""
    playing = Playing(compiled, new_state(compiled.tables), new_dice(seed, tracing=True))
    begin(compiled.tables, playing.state, playing.dice)
    playing.over = run_on(compiled.tables, playing.state, playing.dice, 0)
    playing.take_trace()
    if compiled.opened_by:
        playing.say(AfterSaid(from_=compiled.opened_by, seal=compiled.seal))
    return playing


def as_opened(compiled: Compiled, statements: Sequence[Statement]) -> Compiled:
    """The deal as it started, by what was stated first. RecordError for an ending it does not go on from."""
    said = next((s for s in statements if isinstance(s, AfterSaid)), None)
    if said is None or compiled.opened_by:
        return compiled
    if said.from_ not in compiled.after or statements[0] is not said:
        raise RecordError("error.record.after", ending=said.from_[:80], scenario=compiled.name)
    return opened(compiled, said.from_, said.seal)


def goes_on(compiled: Compiled, finished: Playing) -> Compiled:
    """This deal as it starts after a finished one. RecordError where it does not go on from that ending."""
    ending = f"{finished.compiled.name}.{finished.result()['ending']}" if finished.over else ""
    if ending not in compiled.after:
        raise RecordError("error.record.after", ending=ending, scenario=compiled.name)
    return opened(compiled, ending, finished.record()["chain"][-1])
