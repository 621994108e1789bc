"""A playthrough as it is played, its record, and replay.

A record keeps only what cannot be recomputed — scenario hash, rules version, seed, decisions, statements — and a hash chain
over decisions, statements and states. Replay finds any damage or editing; only a host's signature could prevent forging.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from game.engine.chance import CAME, HAPPENED, MOVED, TRACE_WIDTH, Dice
from game.engine.ending import payoff
from game.engine.odds import rounded
from game.engine.state import digest, new_dice, new_state
from game.engine.step import begin, checked_step, is_legal, run_on
from game.errors import RecordError, ReplayMismatch
from game.scenario.tables import ENDED, PASS, STAGE, STARTS, WAIT, WEEK, WITHDRAW, Compiled, State, opened

RECORD_FORMAT = 1
BY_BRANCH = (CAME, HAPPENED, MOVED)
"""Rows of the trace whose result is a branch with words of its own."""
RULES_VERSION = 1
MAX_DECISIONS = 5_000
MAX_STATEMENTS = 1_000
MAX_PLAN = 5
MODES = ("practice", "workshop", "exam")
"""Practice can take decisions back and asks for hints; an exam shows words instead of numbers."""
QUADRANTS = ("strength", "weakness", "opportunity", "threat")
PLAIN = {WAIT: "wait", PASS: "pass", WITHDRAW: "withdraw"}

Decision = list[str]
Statement = dict[str, Any]


@dataclass(frozen=True)
class Happening:
    """A row of the trace: what happened after which decision. `kind` is one of engine.chance's words."""

    after: int
    kind: int
    what: int
    person: int
    member: int
    odds: int
    drawn: int
    result: int
    week: int
    before: int = 0
    """How often the same words were due already."""


@dataclass
class Playing:
    """A deal while it is played. Decisions change it; everything else only looks."""

    compiled: Compiled
    state: State
    dice: Dice
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

    def decide(self, decision: int) -> list[Happening]:
        """Take a decision; the happenings up to the next. Raises IllegalAction and changes nothing where it is not legal."""
        words = decision_words(self.compiled, decision)
        self.dice.n = 0
        self.over = checked_step(self.compiled.tables, self.state, self.dice, decision)
        self.decisions.append(words)
        new = self._take_trace()
        self.chain.append(self._link(words))
        return new

    def say(self, statement: Statement) -> None:
        """Put a statement (forecast, go / no-go, lesson) on record. It changes no quantity."""
        checked = checked_statement({**statement, "at": len(self.decisions)})
        self.statements.append(checked)

    @property
    def who(self) -> str:
        """The name or team on record; empty where there is none."""
        return next((str(s["text"]).strip() for s in reversed(self.statements) if s["kind"] == "name"), "")

    def result(self) -> dict[str, Any]:
        """Where the deal stands, or how it ended."""
        t, s = self.compiled.tables, self.state
        ending = self.compiled.ids.endings[s.x[ENDED] - 1] if s.x[ENDED] else None
        money = payoff(t, s)
        stage = min(s.x[STAGE], t.n_stage - 1)
        return {
            "ending": ending,
            "payoff": money,
            "points": points(money, self.compiled.best),
            "week": s.x[WEEK],
            "stage": self.compiled.ids.stages[stage],
            "decisions": len(self.decisions),
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
            "statements": self.statements,
            "chain": [*self.chain, self._seal()],
            "result": self.result(),
        }

    def _take_trace(self) -> list[Happening]:
        rows = self.dice.trace[: self.dice.n]
        new = [self._happening(rows[k : k + TRACE_WIDTH]) for k in range(0, len(rows), TRACE_WIDTH)]
        self.happenings += new
        return new

    def _happening(self, row: Sequence[int]) -> Happening:
        found = Happening(len(self.decisions), *row)
        if found.kind not in BY_BRANCH:
            return found
        words = self.compiled.words[found.result]
        self.told[words] += 1
        return replace(found, before=self.told[words] - 1)

    def _link(self, words: Decision) -> str:
        k = len(self.decisions) - 1
        said = [s for s in self.statements if s["at"] == k]
        return _hash(self.chain[-1] if self.chain else self._root(), words, said, digest(self.state).hex())

    def _seal(self) -> str:
        """The last link: statements made since the last decision, and the result."""
        last = [s for s in self.statements if s["at"] == len(self.decisions)]
        return _hash(self.chain[-1] if self.chain else self._root(), last, self.result())

    def _root(self) -> str:
        return _hash(RECORD_FORMAT, self.compiled.name, self.compiled.hash, RULES_VERSION, self.seed)


def points(money: int, best: int) -> int:
    """100 × payoff / best, to the nearest whole point."""
    return rounded(100 * money, best)


def _hash(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:24]


def start_playing(compiled: Compiled, seed: int) -> Playing:
    """A new deal, run on to its first decision. One that goes on from another says so on record."""
    playing = Playing(compiled, new_state(compiled.tables), new_dice(seed, tracing=True))
    begin(compiled.tables, playing.state, playing.dice)
    playing.over = run_on(compiled.tables, playing.state, playing.dice, 0)
    playing._take_trace()
    if compiled.opened_by:
        playing.say({"kind": "after", "from": compiled.opened_by, "seal": compiled.seal})
    return playing


def as_opened(compiled: Compiled, statements: Sequence[Statement]) -> Compiled:
    """The deal as it started, by what was stated first. RecordError for an ending it does not go on from."""
    said = next((s for s in statements if s["kind"] == "after"), None)
    if said is None or compiled.opened_by:
        return compiled
    if said["from"] not in compiled.after or statements[0] is not said:
        raise RecordError("error.record.after", ending=said["from"][:80], scenario=compiled.name)
    return opened(compiled, said["from"], said["seal"])


def goes_on(compiled: Compiled, finished: Playing) -> Compiled:
    """This deal as it starts after a finished one. RecordError where it does not go on from that ending."""
    ending = f"{finished.compiled.name}.{finished.result()['ending']}" if finished.over else ""
    if ending not in compiled.after:
        raise RecordError("error.record.after", ending=ending, scenario=compiled.name)
    return opened(compiled, ending, finished.record()["chain"][-1])


def decision_words(compiled: Compiled, decision: int) -> Decision:
    """A decision's number as a record writes it."""
    t, ids = compiled.tables, compiled.ids
    if decision in PLAIN:
        return [PLAIN[decision]]
    if not STARTS <= decision < STARTS + t.n_arm:
        return ["?", str(decision)]
    arm = decision - STARTS
    pair = t.arm_pair[arm]
    person = t.pair_person[pair]
    words = ["start", ids.actions[t.pair_action[pair]], ids.members[t.arm_member[arm]]]
    return [*words, ids.people[person]] if person >= 0 else words


def decision_number(compiled: Compiled, words: Sequence[str]) -> int:
    """The other way round; RecordError for words that mean nothing here."""
    for number, plain in PLAIN.items():
        if list(words) == [plain]:
            return number
    t, ids = compiled.tables, compiled.ids
    if len(words) in (3, 4) and words[0] == "start" and words[1] in ids.actions:
        a = ids.actions.index(words[1])
        for pair in range(t.action_pair[a], t.action_pair[a + 1]):
            for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1]):
                if decision_words(compiled, STARTS + arm) == list(words):
                    return STARTS + arm
    raise RecordError("error.record.decision", decision=" ".join(map(str, words))[:80])


LONGEST_NAME = 60
STATEMENTS: dict[str, dict[str, type]] = {
    "forecast": {"stage": str, "win": int, "value": int, "week": int},
    "go": {"stage": str, "go": bool},
    "plan": {"stage": str, "tasks": list},
    "swot": {"stage": str, "sorted": dict},
    "lesson": {"text": str},
    "mode": {"mode": str},
    "name": {"text": str},
    "after": {"from": str, "seal": str},
}


def checked_statement(raw: Any) -> Statement:
    """A statement with exactly the fields of its kind; RecordError otherwise."""
    shape = STATEMENTS.get(raw.get("kind", "")) if isinstance(raw, dict) else None
    if shape is None or set(raw) != {"kind", "at", *shape} or type(raw["at"]) is not int:
        raise RecordError("error.record.statement")
    if any(type(raw[name]) is not kind for name, kind in shape.items()) or len(str(raw)) > 5_000:
        raise RecordError("error.record.statement")
    if raw["kind"] == "forecast" and not 0 <= raw["win"] <= 100:
        raise RecordError("error.record.statement")
    if raw["kind"] == "swot" and not all(isinstance(v, str) and v in QUADRANTS for v in raw["sorted"].values()):
        raise RecordError("error.record.statement")
    if raw["kind"] == "name" and len(raw["text"]) > LONGEST_NAME:
        raise RecordError("error.record.statement")
    if raw["kind"] == "mode" and raw["mode"] not in MODES:
        raise RecordError("error.record.statement")
    if raw["kind"] == "plan" and not (len(raw["tasks"]) <= MAX_PLAN and all(map(_is_task, raw["tasks"]))):
        raise RecordError("error.record.statement")
    return dict(raw)


def _is_task(raw: Any) -> bool:
    """A planned task: an action, its owner and the week it is due; perhaps on whom, and what will show it."""
    must = {"action", "owner", "week"}
    if not isinstance(raw, dict) or not must <= set(raw) <= must | {"on", "proof"}:
        return False
    return all(isinstance(value, str) for name, value in raw.items() if name != "week") and type(raw["week"]) is int


RECORD: dict[str, type] = {
    "format": int,
    "scenario": str,
    "scenario_hash": str,
    "rules": int,
    "seed": int,
    "decisions": list,
    "statements": list,
    "chain": list,
    "result": dict,
}


def checked_record(raw: Any) -> Mapping[str, Any]:
    """A record whose form is right, whatever it says; RecordError otherwise."""
    if not isinstance(raw, dict) or set(raw) != set(RECORD):
        raise RecordError("error.record.form")
    if any(type(raw[name]) is not kind for name, kind in RECORD.items()):
        raise RecordError("error.record.form")
    if raw["format"] != RECORD_FORMAT:
        raise RecordError("error.record.format", found=raw["format"], known=RECORD_FORMAT)
    many = len(raw["decisions"]) > MAX_DECISIONS or len(raw["statements"]) > MAX_STATEMENTS
    if many or not 0 <= raw["seed"] < 1 << 62 or len(raw["chain"]) != len(raw["decisions"]) + 1:
        raise RecordError("error.record.form")
    for words in raw["decisions"]:
        if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
            raise RecordError("error.record.form")
    return raw


def replay(compiled: Compiled, raw: Any) -> Playing:
    """Play a record again and check every link of its chain.

    RecordError: not a record, or of another scenario or version. ReplayMismatch: damaged or edited; says where.
    """
    record = checked_record(raw)
    if record["rules"] != RULES_VERSION:
        raise RecordError("error.record.rules", found=record["rules"], known=RULES_VERSION)
    statements = _statements(record)
    compiled = as_opened(compiled, statements)
    if record["scenario"] != compiled.name or record["scenario_hash"] != compiled.hash:
        raise RecordError("error.record.scenario", scenario=compiled.name)
    playing = start_playing(compiled, record["seed"])
    for k, words in enumerate(record["decisions"]):
        playing.statements = [s for s in statements if s["at"] <= k]
        if playing.over:
            raise ReplayMismatch("error.replay.after_end", at=k + 1)
        playing.decide(_number_or_mismatch(playing, words, k))
        if playing.chain[-1] != record["chain"][k]:
            raise ReplayMismatch("error.replay.chain", at=k + 1)
    playing.statements = statements
    if _hash(playing.record()) != _hash(record):
        raise ReplayMismatch("error.replay.result")
    return playing


def _statements(record: Mapping[str, Any]) -> list[Statement]:
    """The record's statements, each made at a decision that exists and none before an earlier one."""
    statements = [checked_statement(s) for s in record["statements"]]
    at = [0, *(s["at"] for s in statements), len(record["decisions"])]
    if at != sorted(at):
        raise ReplayMismatch("error.replay.statements")
    return statements


def _number_or_mismatch(playing: Playing, words: Sequence[str], k: int) -> int:
    try:
        number = decision_number(playing.compiled, words)
    except RecordError:
        raise ReplayMismatch("error.replay.unknown", at=k + 1) from None
    if not is_legal(playing.compiled.tables, playing.state, number):
        raise ReplayMismatch("error.replay.illegal", at=k + 1)
    return number
