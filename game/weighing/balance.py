"""A scenario weighed by many plays: who wins how often, what skill and what luck are worth, what is never reached.

The result is plain data, ready for JSON; every share and mean comes with its 95 % interval. What was not seen is said so, with
the number of plays: it is no proof.
"""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.engine.chance import seed_of
from game.policies.par import player_named
from game.policies.policies import PROBES
from game.policies.processes import Progress
from game.policies.simulation import simulation_of
from game.scenario.bounds import Bounds, path_of
from game.scenario.dominance import needless
from game.scenario.load import Loaded, Ready
from game.statistics import Data, Z, normal, wilson
from game.weighing.batches import BLOCK, FIRST, Answer, add, cut, workers
from game.weighing.course import habits, step_blocks, steps_data
from game.weighing.kernels import LONGEST, Tally
from game.weighing.survey import LEAST, Survey

FOUR = ("random", "cautious", "greedy", "par")
BOOK = "coursebook"
PROBE_LIMIT = 60
"""A probe may earn at most this share of par's payoff, in percent."""
SMALL, MANY = 256, 65_536
"""Plays in a block; of more plays than these the usual number, so that a long run is no heap of small blocks."""
COMES, LAPSES = "scene_", "lapse_"
"""Before the names of events by which scenes come, and by which they lapse: whoever plays here always answers."""
SILENT = ("inject_",)
"""Before the names of events that no play of ours lets happen."""
FEW = 30
"""Below so many plays on either side nothing is said about an action's worth."""


@dataclass(frozen=True)
class Sums:
    """A tally with the money as points: 100 × payoff / best."""

    tally: Tally
    best: int

    @property
    def mean(self) -> float:
        return 100 * self.tally.pay / self.tally.plays / self.best

    @property
    def variance(self) -> float:
        square = (self.tally.pay_high << 31) + self.tally.pay_low
        return max(0.0, (square / self.tally.plays - (self.tally.pay / self.tally.plays) ** 2) * (100 / self.best) ** 2)


def quantile(counts: list[int], share: float) -> int:
    """The value below which this share of the plays lies; `counts[i]` plays have the value i."""
    left = share * sum(counts)
    for value, many in enumerate(counts):
        left -= many
        if left <= 0:
            return value
    return LONGEST


def policy_data(ready: Ready, tally: Tally) -> Data:
    """What is told of one policy."""
    sums, t = Sums(tally, ready.compiled.best), ready.compiled.tables
    ends = {}
    for name in ready.scenario.meters:
        slot, n = ready.compiled.ids.slots.index(name), tally.plays
        mean = tally.end_sum[slot] / n
        square = ((tally.end_high[slot] << 31) + tally.end_low[slot]) / n
        ends[name] = {"mean": mean / t.one[slot], "sd": math.sqrt(max(0.0, square - mean * mean)) / t.one[slot]}
    return {
        "win": wilson(tally.wins, tally.plays),
        "points": normal(sums.mean, sums.variance, tally.plays),
        "decisions": {f"p{q}": quantile(tally.length, q / 100) for q in (10, 50, 90)},
        "weeks": tally.weeks / tally.plays,
        "endings": {e: wilson(k, tally.plays) for e, k in zip(ready.compiled.ids.endings, tally.ended, strict=True)},
        "ends": ends,
    }


def skill_gap(found: dict[str, Sums]) -> Data:
    """Par's points over random's."""
    one, other = found["par"], found["random"]
    n = one.tally.plays
    return normal(one.mean - other.mean, one.variance + other.variance, n)


def luck_share(found: dict[str, Sums]) -> float:
    """Mean variance of the payoff within a policy ÷ its variance in the equal pool of the policies."""
    within = sum(s.variance for s in found.values()) / len(found)
    middle = sum(s.mean for s in found.values()) / len(found)
    between = sum((s.mean - middle) ** 2 for s in found.values()) / len(found)
    return within / (within + between) if within + between > 0 else 0.0


def milestones(ready: Ready, found: dict[str, Sums]) -> list[Data]:
    """Of the plays that reached a stage, how many were won: per policy and pooled, beside the scenario's milestone."""
    rows = []
    for g, (name, stage) in enumerate(ready.scenario.stages.items()):
        tallies = {p: s.tally for p, s in found.items()}
        row = {p: wilson(y.won_after[g], y.reached[g]) for p, y in tallies.items()}
        pooled = wilson(sum(y.won_after[g] for y in tallies.values()), sum(y.reached[g] for y in tallies.values()))
        rows.append({"stage": name, "milestone": stage.milestone / 10_000, "pooled": pooled, "policies": row})
    return rows


def worth(sums: Sums, a: int) -> Data | None:
    """Points of the plays in which an action was started over those in which it only could have been. An association, not an
    effect: who starts it stands elsewhere than who does not. None where there are too few of either."""
    y = sums.tally
    did, not_did = y.chosen[a], y.offered[a] - y.chosen[a]
    if min(did, not_did) < FEW:
        return None
    with_it, without = y.chosen_pay[a] / did, (y.offered_pay[a] - y.chosen_pay[a]) / not_did
    half = Z * math.sqrt(sums.variance * (1 / did + 1 / not_did))
    mean = 100 * (with_it - without) / sums.best
    return {"mean": mean, "lo": mean - half, "hi": mean + half}


def actions(ready: Ready, found: dict[str, Sums]) -> Data:
    """Of every action: in what share of the plays it was offered and started, and what it went with."""
    rows = {}
    for a, name in enumerate(ready.compiled.ids.actions):
        rows[name] = {
            p: {
                "offered": s.tally.offered[a] / s.tally.plays,
                "chosen": s.tally.chosen[a] / s.tally.plays,
                "starts": s.tally.starts[a] / s.tally.plays,
                "worth": worth(s, a),
            }
            for p, s in found.items()
        }
    return rows


def happened(ready: Ready, found: dict[str, Sums]) -> Data:
    """In what share of the plays each event and scene came, by policy; "events.NAME" or "scenes.NAME"."""
    rows = {}
    for e, name in enumerate(ready.compiled.ids.events):
        scene = name.removeprefix(COMES)
        path = f"scenes.{scene}" if scene in ready.scenario.scenes else f"events.{name}"
        if not name.startswith((LAPSES, *SILENT)) and "." not in name:
            rows[path] = {p: s.tally.happened[e] / s.tally.plays for p, s in found.items()}
    return rows


class _Findings:
    """What the plays give reason to look at."""

    def __init__(
        self, loaded: Loaded, ready: Ready, found: dict[str, Sums], probes: dict[str, Sums], survey: Survey | None
    ) -> None:
        self.loaded, self.ready, self.found, self.probes, self.survey = loaded, ready, found, probes, survey
        bounds = Bounds(ready.compiled, ready.scenario)
        self.dead = {n.path[-1] for n in bounds.never() if n.code not in ("W407", "W408")}
        self.needless = needless(bounds)
        self.plays = sum(s.tally.plays for s in (*found.values(), *probes.values()))
        self.rows: list[Data] = []

    def tell(self, code: str, path: tuple[str | int, ...], name: str, **more: Any) -> None:
        place = self.loaded.source.key_place(path)
        where = {"file": str(place.file), "line": place.line, "column": place.column}
        row = {"code": code, "place": where, "name": name, "plays": self.plays, "proved": name in self.dead, "replay": None}
        self.rows.append({**row, **more})

    def all(self) -> list[Data]:
        ids = self.ready.compiled.ids
        every = [s.tally for s in (*self.found.values(), *self.probes.values())]
        for a, name in enumerate(ids.actions):
            self.action(a, name, every)
        for group, names, field in (("endings", ids.endings, "ended"), ("events", ids.events, "happened")):
            for k, name in enumerate(names):
                expected = name.startswith((LAPSES, *SILENT)) or (group == "endings" and self.ready.scenario.endings[name].last)
                if not expected and not any(getattr(y, field)[k] for y in every):
                    scene = name.removeprefix(COMES)
                    path = ("scenes", scene) if scene != name else tuple(name.split(".")) if "." in name else (group, name)
                    self.tell(f"no_{group}", path, name)
        for k, name in enumerate(ids.facts):
            if not any(y.proved[k] + y.refuted[k] + y.claimed[k] for y in every):
                self.tell("no_facts", ("facts", name), name)
        for g, name in enumerate(ids.stages):
            if not any(y.reached[g + 1] for y in every):
                self.tell("no_gates", ("gates", name), name)
        for n in self.needless:
            name, other = str(n.values["name"]), str(n.values["other"])
            self.tell("dominated", n.path, name, other=other, proved=True)
        self.of_probes()
        if self.survey:
            self.of_survey(self.survey)
        return self.rows

    def of_survey(self, survey: Survey) -> None:
        """What sampled decisions say: nothing but options somebody could have taken."""
        for name, many in survey.never_best():
            self.tell("never_best", path_of(name, self.ready.scenario), name, plays=many, replay=survey.replay(name))
        for name, many in survey.always_best():
            if name in self.ready.compiled.ids.actions:
                self.tell("always_best", path_of(name, self.ready.scenario), name, plays=many)
        for stage, name, many in survey.one_choice():
            self.tell("one_choice", ("stages", stage), name, plays=many, stage=stage)
        parting = max(survey.parting(), key=lambda row: row["given"]["mean"] or 0.0)
        if parting["given"]["n"]:
            stage = parting["stage"]
            self.tell("parting", ("stages", stage), stage, plays=parting["given"]["n"], given=parting["given"])

    def action(self, a: int, name: str, every: list[Tally]) -> None:
        """Never to be started, a breach that pays, never worth it."""
        breach = bool(self.ready.compiled.tables.action_breach[a])
        if not any(y.offered[a] for y in every):
            self.tell("no_actions", path_of(name, self.ready.scenario), name)
            return
        seen = [w for s in self.found.values() if (w := worth(s, a))]
        if breach and any(w["lo"] > 0 for w in seen):
            self.tell("breach_pays", path_of(name, self.ready.scenario), name, worth=max(seen, key=lambda w: w["lo"]))
        # Tried in the same worlds, an option tells more than who happened to choose it.
        tried = self.survey is not None and len(self.survey.rows.get(name, ())) >= LEAST
        if not breach and not tried and seen and all(w["hi"] < 0 for w in seen):
            self.tell("never_worth", path_of(name, self.ready.scenario), name, worth=max(seen, key=lambda w: w["hi"]))

    def of_probes(self) -> None:
        par = self.found["par"].mean if "par" in self.found else 0.0
        for name, probe in self.probes.items():
            if probe.mean > max(0.0, par * PROBE_LIMIT / 100):
                replay = {"by": name, "seed": seed_of(FIRST, 0)}
                self.tell("probe_pays", ("deal",), name, points=probe.mean, par=par, replay=replay)


def course_data(ready: Ready, sums: dict[str, Sums], steps: list[Tally]) -> Data:
    """The course: by the book against the reference, its steps one by one, how the reference wins."""
    return {
        "policy": policy_data(ready, sums[BOOK].tally),
        "behind": sums[BOOK].mean - sums["par"].mean,
        "steps": steps_data(ready, steps),
        "reference": habits(ready, sums["par"].tally),
        "book": habits(ready, sums[BOOK].tally),
    }


def balance(
    loaded: Loaded,
    ready: Ready,
    folder: Path,
    plays: int,
    names: tuple[str, ...] = FOUR,
    processes: int | None = None,
    progress: Progress | None = None,
    survey: Survey | None = None,
    play: Answer | None = None,
) -> Data:
    """Everything, from `plays` plays of each policy and half as many of each probe. `play` answers blocks elsewhere than in
    processes of this computer."""
    size = SMALL if plays <= MANY else BLOCK
    whole = set(FOUR) <= set(names)
    taught = whole and bool(ready.scenario.course.order)
    many = dict.fromkeys([*names, BOOK] if taught else names, plays) | dict.fromkeys(PROBES, plays // 2)
    batches = {p: cut(player_named(ready.compiled, p, folder), FIRST, n, watch=True, size=size) for p, n in many.items()}
    every = [block for blocks in batches.values() for block in blocks]
    steps = step_blocks(ready, player_named(ready.compiled, "par", folder), FIRST, plays) if taught else []
    every += steps
    with contextlib.ExitStack() as stack:
        answer = play or stack.enter_context(workers(simulation_of(ready), processes))
        done = list(_told(answer(every), progress, len(every)))
    sums, k = {}, 0
    for p, blocks in batches.items():
        sums[p] = Sums(add(done[k : k + len(blocks)]), ready.compiled.best)
        k += len(blocks)
    found, probes = {p: sums[p] for p in names}, {p: sums[p] for p in PROBES}
    return {
        "scenario": ready.name,
        "hash": ready.compiled.hash,
        "plays": plays,
        "policies": {p: policy_data(ready, s.tally) for p, s in found.items()},
        "probes": {p: {"points": normal(s.mean, s.variance, s.tally.plays)} for p, s in probes.items()},
        "skill_gap": skill_gap(found) if whole else None,
        "luck_share": luck_share(found) if whole else None,
        "course": course_data(ready, sums, done[k:]) if taught else None,
        "milestones": milestones(ready, found),
        "actions": actions(ready, found),
        "happened": happened(ready, found),
        "survey": survey.actions() if survey else None,
        "parting": survey.parting() if survey else None,
        "findings": _Findings(loaded, ready, found, probes, survey).all(),
    }


def _told(tallies: Any, progress: Progress | None, many: int) -> Any:
    for k, tally in enumerate(tallies, 1):
        if progress:
            progress(k, many)
        yield tally
