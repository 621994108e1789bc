"""Gates as they stand: their points, what an open point still takes, and which actions may bring it."""

from __future__ import annotations

import re

from game.belief.watched import Observation
from game.desk.views import GateView, PointView
from game.engine.gates import debt_of, required_met
from game.engine.step import is_legal
from game.scenario.linear import Atom, Condition, Not
from game.scenario.tables import PASS, STAGE, State
from game.words.conditions import Conditions
from game.words.names import Teller
from game.words.ways import asked, brought

WAYS = 4
"""How many actions an open point names."""


class Gates:
    """Reads the gates of a teller's scenario in its language."""

    def __init__(self, tell: Teller) -> None:
        self.tell, self.say, self.ready = tell, tell.say, tell.ready
        self.conditions = Conditions(tell)
        self.sc, self.t, self.ids = tell.sc, tell.t, tell.ids
        self.moves = {name: brought(self.ready, name) for name in self.sc.actions}

    def bids(self) -> list[str]:
        """The honest actions by which we come to have a bid, in the scenario's order."""
        condition = self.ready.conditions.get(("award", "bid"))
        wanted = asked(condition) if condition is not None else set()
        return [name for name in self.ways(wanted) if "success" in self.sc.actions[name].outcomes]

    def gate(self, playing: Observation) -> GateView | None:
        """The present stage's gate; None when all are passed."""
        t, s = self.t, playing.state
        g = s.x[STAGE]
        if g >= t.n_stage:
            return None
        return GateView(
            self.tell.stage(g),
            self.points(playing, g),
            is_legal(t, s, PASS),
            required_met(t, s),
            debt_of(t, s) // 100,
            g == t.n_stage - 1,
        )

    def points(self, playing: Observation, g: int) -> list[PointView]:
        """The acceptance points of a stage's gate as they stand."""
        name, found = self.ids.stages[g], []
        for k, point in enumerate(self.sc.gates.get(name, [])):
            missing = self.conditions.unmet(playing.state, self._condition(name, k))
            text = self.tell.text("gates", name, point.id, "text")
            found.append(PointView(text, point.must, not missing, self._hints(playing, name, k, text, missing)))
        return found

    def serving(self, playing: Observation) -> dict[str, list[str]]:
        """The actions that may bring an open point of the present gate, each with those points."""
        s = playing.state
        stage = self.ids.stages[s.x[STAGE]] if s.x[STAGE] < self.t.n_stage else ""
        found: dict[str, list[str]] = {}
        for k, point in enumerate(self.sc.gates.get(stage, [])):
            wanted = self.wanted(s, self._condition(stage, k))
            text = self.tell.text("gates", stage, point.id, "text")
            for name in self.ways(wanted):
                found.setdefault(name, []).append(self._with_whom(text, self.moves[name] & wanted))
        return found

    def _with_whom(self, text: str, moved: set[str]) -> str:
        """A point, with the people on whom alone the action counts for it."""
        owners = {name.split(".")[0] for name in moved}
        people = [self.tell.person(p) for p, name in enumerate(self.ids.people) if name in owners]
        if len(people) < len(owners):
            return text
        return self.say("gate.with_whom", text=text, people=self.say("list.or").join(people))

    def wanted(self, s: State, condition: Condition) -> set[str]:
        """The quantities that a condition which does not hold asks for."""
        if self.conditions.true(s, condition, -1):
            return set()
        if isinstance(condition, (Atom, Not)):
            return asked(condition)
        return {name for part in condition.parts for name in self.wanted(s, part)}

    def _condition(self, stage: str, k: int) -> Condition:
        return self.ready.conditions["gates", stage, k, "when"]

    def ways(self, wanted: set[str]) -> list[str]:
        """The honest actions that move one of these quantities, in the scenario's order."""
        return [name for name, moved in self.moves.items() if moved & wanted]

    def _hints(self, playing: Observation, stage: str, k: int, text: str, missing: list[str]) -> list[str]:
        """What an open point takes: the conditions that say more than the point itself, and the actions that may bring it."""
        if not missing:
            return []
        hints = [m for m in missing if text not in m]
        ways = [
            self.say("way", action=self.tell.text("actions", name, "name"), stage=self.sc.actions[name].stage[0])
            for name in self.ways(self.wanted(playing.state, self._condition(stage, k)))
        ]
        phase = re.search(r"phase >= (\w+)", self.sc.gates[stage][k].when)
        if phase and not hints:
            ways.append(self.say("gate.phase", phase=self.tell.text("buyer", "phases", phase[1], "name")))
        return [*hints, self.say("gate.by", ways=self.say("list.or").join(ways[:WAYS]))] if ways else hints
