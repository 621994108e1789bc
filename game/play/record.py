"""Records: what cannot be recomputed, and replay, which recomputes the rest.

A record keeps scenario hash, rules version, seed, decisions, statements, and a hash chain over decisions, statements and states.
Replay finds any damage and any careless edit; who knows the program can write a new record that holds. Only a host's signature
could prevent that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from game.engine.step import is_legal
from game.errors import RecordError, ReplayMismatch
from game.play.decisions import decision_number
from game.play.playing import RECORD_FORMAT, RULES_VERSION, Playing, as_opened, hashed, start_playing
from game.play.statements import Statement, read_statement
from game.scenario.compiled import Compiled

MAX_DECISIONS = 5_000
MAX_STATEMENTS = 1_000
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
    try:
        hashed(raw)
    except (ValueError, TypeError, RecursionError):
        # A lone surrogate, keys of several kinds: nothing that a record of ours could hold.
        raise RecordError("error.record.form") from None
    return raw


def read_statements(raw: Sequence[Any], decisions: int) -> list[Statement]:
    """A record's statements, each made at a decision that exists and none before an earlier one."""
    statements = [read_statement(s) for s in raw]
    at = [0, *(s.at for s in statements), decisions]
    if at != sorted(at):
        raise ReplayMismatch("error.replay.statements")
    return statements


def replay(compiled: Compiled, raw: Any) -> Playing:
    """Play a record again and check every link of its chain.

    RecordError: not a record, or of another scenario or version. ReplayMismatch: damaged or edited; says where.
    """
    record = checked_record(raw)
    if record["rules"] != RULES_VERSION:
        raise RecordError("error.record.rules", found=record["rules"], known=RULES_VERSION)
    statements = read_statements(record["statements"], len(record["decisions"]))
    compiled = as_opened(compiled, statements)
    if record["scenario"] != compiled.name or record["scenario_hash"] != compiled.hash:
        raise RecordError("error.record.scenario", scenario=compiled.name)
    playing = play_again(compiled, record["seed"], record["decisions"], statements, number_or_mismatch, record["chain"])
    if hashed(playing.record()) != hashed(record):
        raise ReplayMismatch("error.replay.result")
    return playing


def play_again(
    compiled: Compiled,
    seed: int,
    decisions: Sequence[Sequence[str]],
    statements: Sequence[Statement],
    number: Callable[[Playing, Sequence[str], int], int],
    chain: Sequence[str] = (),
) -> Playing:
    """A deal from its seed, decisions and statements. `number` reads a decision's words; links in `chain` are checked."""
    playing = start_playing(compiled, seed)
    for k, words in enumerate(decisions):
        playing.statements = [s for s in statements if s.at <= k]
        if playing.over:
            raise ReplayMismatch("error.replay.after_end", at=k + 1)
        playing.decide(number(playing, words, k))
        if k < len(chain) and playing.chain[-1] != chain[k]:
            raise ReplayMismatch("error.replay.chain", at=k + 1)
    playing.statements = list(statements)
    return playing


def number_or_mismatch(playing: Playing, words: Sequence[str], k: int) -> int:
    """A decision of a record that claims to be one of this deal."""
    try:
        number = decision_number(playing.compiled, words)
    except RecordError:
        raise ReplayMismatch("error.replay.unknown", at=k + 1) from None
    if not is_legal(playing.compiled.tables, playing.state, number):
        raise ReplayMismatch("error.replay.illegal", at=k + 1)
    return number
