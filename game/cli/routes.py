"""What playing a scenario's routes comes to, in words: whether each wins as often as its author says; if not, where it stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from game.engine.step import AT_WORK, AWAY, NO_FAVOURS, NO_FRONT, NO_MONEY, NOT_NOW, NOT_ON_THEM, OPEN, TRIED_OUT
from game.i18n import Say
from game.policies.simulation import simulation_of
from game.report.weighed import whole
from game.scenario.load import Loaded, Ready
from game.scenario.problems import Problem, Sentence
from game.statistics import Data
from game.weighing.batches import at_once
from game.weighing.cache import keeping, ledger_of
from game.weighing.closeup import Closeup, Thing, awards_data, closeup
from game.weighing.routes import counting, route_player, routes_played

SHORT = "E501"
"""A route that does not win as often as it should. The scenario can be played all the same."""
LOOKED_AT = 40
"""Plays of a route that are looked at closely."""
WHY = {
    OPEN: "turn",
    NO_MONEY: "money",
    NO_FRONT: "hands",
    NOT_NOW: "when",
    NOT_ON_THEM: "them",
    TRIED_OUT: "times",
    AT_WORK: "hands",
    AWAY: "hands",
    NO_FAVOURS: "favours",
}
ENDINGS_TOLD = 3


def ready_of(found: Loaded) -> Ready | None:
    """The scenario where it can be played."""
    if not (found.scenario and found.texts and found.compiled):
        return None
    return Ready(found.name, found.scenario, found.texts, found.compiled, found.conditions)


def played_routes(ready: Ready) -> list[Data]:
    """The routes of a scenario, played; those that were played before are only looked up."""
    if not ready.scenario.routes:
        return []
    deal = simulation_of(ready)
    with keeping(ledger_of(deal), at_once(deal)) as answer:
        return routes_played(ready, answer)


def route_report(found: Loaded, say: Say) -> tuple[list[str], list[Problem]]:
    """Each route in a line; and what is wrong with the routes: one that does not win as often as it should, with where it stays,
    and work of one that is never done."""
    ready = ready_of(found)
    lines, problems = list[str](), list[Problem]()
    for row in played_routes(ready) if ready else ():
        assert ready is not None
        close = _Close(ready, row, say)
        lines.append(say("route.line", **route_words(ready, row, say)))
        if row["wins"]["share"] < row["wanted"]:
            at = found.source.key_place(("routes", row["name"]))
            problems.append(found.source.problem(SHORT, at, **route_words(ready, row, say), closer=Sentence(close.closer())))
        for stage, k, step in close.never():
            at = found.source.place(("routes", row["name"], "order", stage, k))
            problems.append(found.source.problem("W503", at, step=step, stage=stage, why=close.why(stage, step)))
    return lines, problems


class _Close:
    """A route looked at closely, in one language."""

    def __init__(self, ready: Ready, row: Data, say: Say) -> None:
        self.ready, self.row, self.say = ready, row, say
        self.route = ready.scenario.routes[row["name"]]
        self.ids, self.t = ready.compiled.ids, ready.compiled.tables

    @cached_property
    def look(self) -> Closeup:
        """Some plays; only for who has something to tell of them."""
        return closeup(self.ready, route_player(self.ready, self.row["name"]), LOOKED_AT)

    @cached_property
    def doubtful(self) -> Closeup:
        """As many plays as it takes to see each step done that may never be: those with somebody, and those never seen."""
        steps = {(stage, step) for stage, steps in self.route.order.items() for step in steps}
        wanted = {self.thing(stage, step) for stage, step in steps if "." in step or step not in self.row["starts"]}
        return closeup(self.ready, route_player(self.ready, self.row["name"]), LOOKED_AT, wanted, short=True)

    def thing(self, stage: str, step: str) -> Thing:
        """A step of a stage, as the tables number it."""
        action, _, person = step.partition(".")
        ids = self.ids
        return ids.stages.index(stage), ids.actions.index(action), ids.people.index(person) if person else -1

    def closer(self) -> str:
        """Where its plays stay and what the award was lost by."""
        data = awards_data(self.ready, self.look)
        return "".join([*self._stays(), *self._short(data), *award_words(self.ready, data, self.say)])

    def _stays(self) -> Iterator[str]:
        look, good = self.look, counting(self.ready, self.route)
        bad: Counter[tuple[int, int]] = Counter()
        for (ending, stage, point), many in look.stays.items():
            if not good[ending] and point >= 0:
                bad[stage, point] += many
        for (stage, point), many in bad.most_common(1):
            name = self.ids.stages[stage]
            text = self.ready.texts.get(f"gates.{self.ids.points[point]}.text", self.say.language)
            yield self.say("route.stays", many=many, n=look.plays, stage=name, point=text)

    def _short(self, data: Data) -> Iterator[str]:
        """More work before the award than there are weeks for it."""
        stages = self.ids.stages[: self.t.talks_stage]
        steps = [step.partition(".")[0] for stage in stages for step in self.route.order.get(stage, [])]
        work = sum(self.t.action_weeks[self.ids.actions.index(name)] for name in steps)
        if data["awards"] and work > data["week"] * self.t.fronts:
            yield self.say("route.short", work=work, hands=self.t.fronts, week=f"{data['week']:.0f}")

    def never(self) -> Iterator[tuple[str, int, str]]:
        """Its work that was not done in any of the plays: (stage, number in the stage's list, step)."""
        for stage, steps in self.route.order.items():
            for k, step in enumerate(steps):
                doubtful = "." in step or step not in self.row["starts"]
                if step not in steps[:k] and doubtful and not self.doubtful.started[self.thing(stage, step)]:
                    yield stage, k, step

    def why(self, stage: str, step: str) -> str:
        """What kept a step from being done, most often."""
        thing = self.thing(stage, step)
        refused = self.doubtful.refused[thing]
        if not any(self.t.pair_arm[p] < self.t.pair_arm[p + 1] for p in range(*self.t.action_pair[thing[1] : thing[1] + 2])):
            return self.say("route.why.nobody")
        if not refused:
            return self.say("route.why.stage")
        (reason, _), *_ = refused.most_common(1)
        action = self.ready.scenario.actions[step.partition(".")[0]]
        why = WHY.get(reason, "when")
        why = "unmet" if why == "them" and not action.when else why
        return self.say(f"route.why.{why}", when=action.when or "—", times=action.times or 1)


def route_words(ready: Ready, row: Data, say: Say) -> dict[str, str]:
    """What every sentence about a route has."""
    wins = row["wins"]
    often = sorted(row["endings"].items(), key=lambda e: -e[1]["share"])[:ENDINGS_TOLD]
    reason = {name: ready.texts.get(f"endings.{name}.reason", say.language) for name, _ in often}
    ends = say("list.semicolon").join(say("route.ending", reason=reason[n], share=whole(d)) for n, d in often)
    return {
        "name": row["name"],
        "plays": str(wins["n"]),
        "share": whole(wins),
        "low": f"{100 * wins['lo']:.0f}",
        "high": f"{100 * wins['hi']:.0f}",
        "wanted": f"{100 * row['wanted']:.0f}%",
        "ends": ends,
    }


def award_words(ready: Ready, data: Data, say: Say) -> Iterator[str]:
    """When the award comes and where we are by then; by what it is lost."""
    if not data["awards"]:
        yield say("route.no_award", n=data["plays"])
        return
    stages = say("list.semicolon").join(say("route.at", stage=stage, many=many) for stage, many in data["stages"].items())
    yield say("route.award", n=data["awards"], week=f"{data['week']:.0f}", stages=stages)
    if data["without_bid"]:
        yield say("route.no_bid", many=data["without_bid"], n=data["awards"])
    if data["marks"] is None:
        return
    cells = [
        say(
            "route.mark",
            name=ready.texts.get(f"award.criteria.{name}.name", say.language),
            weight=f"{100 * row['weight']:.0f}",
            **pair(row),
        )
        for name, row in data["marks"]["criteria"].items()
    ]
    marks = say("list.semicolon").join(cells)
    yield say("route.lost", many=data["lost"], n=data["awards"], marks=marks, **pair(data["marks"]["beside"]))


def pair(row: Data) -> dict[str, str]:
    """Our number and theirs, without decimals."""
    return {side: f"{row[side]:.0f}" for side in ("ours", "theirs")}
