"""What the balance tells an author beside its figures: how the routes fare, by what awards are lost, how near the plays came to
what none of them saw, and what to turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.cli.routes import award_words, pair, played_routes, route_words
from game.i18n import Say
from game.play.playing import Playing
from game.policies.par import player_named
from game.scenario.linear import Both, Condition
from game.scenario.load import Loaded, Ready
from game.scenario.source import DataPath
from game.statistics import Data
from game.weighing.closeup import Closeup, awards_data, closeup
from game.words.conditions import Conditions
from game.words.names import Teller

LOOKED_AT = 60
"""Plays of the reference that are looked at closely."""
NEAR_PLAYS = 12
"""Plays of each policy that are searched for the nearest miss."""
NEAR_BY = ("par", "greedy", "random")
WITHOUT_BID, EARLY, STUCK = 0.25, 0.5, 0.3
"""From which shares of the reference's plays on it is told that no bid went in, that the award came in an early stage of ours,
that a required point kept them in a stage."""
EARLY_STAGES = 3
"""A stage is early among these first ones: who was not heard there is not heard at all."""
BEHIND, FEW = 3.0, 8
"""How many weighted points behind in a criterion is told, and from how many lost awards on."""
UNSEEN = {"no_endings": ("endings", "when"), "no_events": ("events", "when"), "no_actions": ("actions", "when")}


def author_data(ready: Ready, folder: Path) -> dict[str, Any]:
    """The routes, and the reference's plays looked at: data, ready for JSON."""
    look = closeup(ready, player_named(ready.compiled, "par", folder), LOOKED_AT)
    moves = {name: look.moves[k] / look.plays for k, name in enumerate(ready.compiled.ids.moves)}
    return {"routes": played_routes(ready), "award": awards_data(ready, look), "stays": _stays(ready, look), "moves": moves}


def _stays(ready: Ready, look: Closeup) -> list[Data]:
    """Where the reference's plays that were not won ended with a required point still open, the commonest first."""
    won = [end.kind == "won" for end in ready.scenario.endings.values()]
    rows: dict[int, int] = {}
    for (ending, _, point), many in look.stays.items():
        if point >= 0 and not won[ending]:
            rows[point] = rows.get(point, 0) + many
    ids = ready.compiled.ids
    ranked = sorted(rows.items(), key=lambda row: -row[1])
    return [{"point": ids.points[point], "share": many / look.plays} for point, many in ranked]


def author_lines(found: dict[str, Any], ready: Ready, say: Say) -> list[str]:
    """The routes and the award in words."""
    lines = [say("route.line", **route_words(ready, row, say)) for row in found["routes"]]
    award = "".join(award_words(ready, found["award"], say)).strip()
    return [*lines, say("balance.award", words=award)]


def happened_line(found: dict[str, Any], ready: Ready, say: Say) -> str:
    """How often events and scenes come where the reference plays, the commonest first."""
    shares = {path: row.get("par", 0.0) for path, row in found["happened"].items()}
    ranked = sorted(shares, key=lambda path: -shares[path])
    words = (f"{happening(path, ready, say)} {percent(shares[path])}" for path in ranked)
    return say("balance.happened", shares=say("list.semicolon").join(words))


def happening(path: str, ready: Ready, say: Say) -> str:
    """An event or a scene by the words people read."""
    return ready.texts.get(f"{path}.{'title' if path.startswith('scenes') else 'text'}", say.language) or path


# ---- findings
def author_findings(found: dict[str, Any], loaded: Loaded, ready: Ready, say: Say) -> list[dict[str, Any]]:
    """What the close look gives reason to turn."""
    rows = []
    for code, path, name, values in _reasons(found, ready, say):
        at = loaded.source.key_place(path)
        place = {"file": str(at.file), "line": at.line, "column": at.column}
        row = {"code": code, "place": place, "name": name, "plays": LOOKED_AT, "proved": False, "replay": None}
        rows.append({**row, "statement": say(f"finding.{code}", plays=LOOKED_AT, **values)})
    return rows


def _reasons(found: dict[str, Any], ready: Ready, say: Say) -> Iterator[tuple[str, DataPath, str, dict[str, Any]]]:
    """(code, place, name, values of the sentence)."""
    award, sc = found["award"], ready.scenario
    for move, share in found["moves"].items():
        rival, _, name = move.partition(".")
        if not share:
            text = ready.texts.get(f"rivals.{rival}.moves.{name}.name", say.language)
            yield "no_moves", ("rivals", rival, "moves", name), move, {"what": text}
    for row in found["stays"][:1]:
        if row["share"] >= STUCK:
            stage, _, name = row["point"].partition(".")
            k = next(k for k, point in enumerate(sc.gates[stage]) if point.id == name)
            text = ready.texts.get(f"gates.{row['point']}.text", say.language)
            yield "stuck", ("gates", stage, k), row["point"], {"stage": stage, "text": text, "share": percent(row["share"])}
    if award["awards"] and award["without_bid"] >= WITHOUT_BID * award["awards"]:
        yield "no_bid", ("award",), "award", {"share": percent(award["without_bid"] / award["awards"])}
    early = sum(many for stage, many in award["stages"].items() if stage in list(sc.stages)[:EARLY_STAGES])
    if award["awards"] and early >= EARLY * award["awards"]:
        values = {"week": f"{award['week']:.0f}", "weeks": sc.deal.weeks, "stage": list(sc.stages)[EARLY_STAGES - 1]}
        yield "early_award", ("buyer", "phases"), "award", {**values, "share": percent(early / award["awards"])}
    if award["marks"] and award["lost"] - award["without_bid"] >= FEW:
        rows = award["marks"]["criteria"]
        name = max(rows, key=lambda c: rows[c]["weight"] * (rows[c]["theirs"] - rows[c]["ours"]))
        if sc.award and rows[name]["weight"] * (rows[name]["theirs"] - rows[name]["ours"]) >= BEHIND:
            text = ready.texts.get(f"award.criteria.{name}.name", say.language)
            values = {"criterion": text, "us": sc.award.criteria[name].us, **pair(rows[name])}
            yield "behind", ("award", "criteria", name, "us"), name, values


def percent(share: float) -> str:
    return f"{100 * share:.0f}%"


# ---- how near the plays came to what none of them saw
@dataclass
class Miss:
    """The moment at which least of a condition was missing: what, and the way there."""

    missing: list[str]
    by: str
    seed: int
    decisions: int


class Misses:
    """Looks through plays for the nearest miss of each condition."""

    def __init__(self, ready: Ready, wanted: dict[DataPath, Condition], say: Say) -> None:
        self.ready, self.wanted = ready, wanted
        self.conditions = Conditions(Teller(ready, say))
        self.nearest: dict[DataPath, Miss] = {}
        self.by = ""

    def search(self, folder: Path) -> dict[DataPath, Miss]:
        """The nearest miss of each in some plays of each policy."""
        for name in NEAR_BY if self.wanted else ():
            self.by = name
            closeup(self.ready, player_named(self.ready.compiled, name, folder), NEAR_PLAYS, look=self.look)
        return self.nearest

    def look(self, playing: Playing) -> None:
        for path, condition in self.wanted.items():
            parts = condition.parts if isinstance(condition, Both) else (condition,)
            open_parts = [part for part in parts if not self.conditions.true(playing.state, part, -1)]
            known = self.nearest.get(path)
            if known is None or len(open_parts) < len(known.missing):
                words = [self.conditions.words(playing.state, part, -1) for part in open_parts]
                self.nearest[path] = Miss(words, self.by, playing.seed, len(playing.decisions))


def add_misses(findings: list[dict[str, Any]], ready: Ready, folder: Path, say: Say) -> None:
    """To each finding that says that nobody saw something: what was missing when it was nearest, and the way there."""
    paths = {k: path for k, f in enumerate(findings) if (path := _condition_path(f, ready)) is not None}
    misses = Misses(ready, {path: ready.conditions[path] for path in paths.values()}, say).search(folder)
    for k, path in paths.items():
        miss = misses.get(path)
        if miss and miss.missing:
            findings[k]["miss"] = {"missing": miss.missing, "by": miss.by, "seed": miss.seed, "decisions": miss.decisions}
            findings[k]["statement"] += say("finding.miss", what=say("list.semicolon").join(miss.missing))
            findings[k]["replay"] = {"by": miss.by, "seed": miss.seed, "decisions": miss.decisions}


def _condition_path(finding: dict[str, Any], ready: Ready) -> DataPath | None:
    """Where the condition stands for want of which nobody saw a thing; None where there is none, or it asks about a person."""
    if finding["code"] == "no_gates":
        points = ready.scenario.gates.get(finding["name"], [])
        return next((("gates", finding["name"], k, "when") for k, point in enumerate(points) if point.must), None)
    group, word = UNSEEN.get(finding["code"], ("", ""))
    path = (group, finding["name"], word)
    action = ready.scenario.actions.get(finding["name"]) if group == "actions" else None
    return path if path in ready.conditions and not (action and action.on) and not finding["proved"] else None
