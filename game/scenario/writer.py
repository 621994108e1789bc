"""What all parts of the compiler share: the expressions as read, the tables being written, outcomes as branches."""

from __future__ import annotations

from game.scenario.build import LIMIT, Rows, Slots
from game.scenario.linear import COMPOSED, Condition, Linear, read_condition, read_form
from game.scenario.names import Symbols
from game.scenario.operations import read_amount
from game.scenario.outcome import Outcome
from game.scenario.schema import Scenario
from game.scenario.source import DataPath
from game.scenario.tables import CERTAIN, Tables
from game.scenario.walk import movers, walk_expressions

Written = tuple[int, Outcome, int, str, dict[str, Linear]]
"""A branch to be: its share, what it brings, whether it is told, where it is written, the amounts of it that are forms."""


class Writer:
    """Holds what is read and what is written so far."""

    def __init__(self, sc: Scenario) -> None:
        self.sc = sc
        self.symbols = Symbols(sc)
        self.people, self.members = list(sc.people), list(sc.team)
        self.facts, self.rivals = list(sc.facts), list(sc.rivals)
        self.slots = Slots(self.symbols, self.people, self.members)
        self.rows = Rows(self.slots)
        self.conditions: dict[DataPath, Condition] = {}
        self.forms: dict[DataPath, Linear] = {}
        for e in walk_expressions(sc):
            if e.condition:
                self.conditions[e.path] = self.read(e.text)
            else:
                self.forms[e.path] = read_form(e.text, self.lookup)
        self.t = Tables()
        self.pairs: list[tuple[int, int]] = []
        self.nothing = self.rows.branch(Outcome(), 1, "")
        openings = sc.start.openings() if sc.start else ()
        self.openings = [(path, o, self._entering(o.then, ".".join((*path, "then")))) for path, o in openings]
        self.after: dict[str, list[int]] = {}
        self.movers = movers(sc)

    def lookup(self, name: str, at: int) -> Linear:
        return self.symbols.look_up(name, at, target=True, action=True)

    def read(self, text: str) -> Condition:
        """A condition, perhaps one that was put together of several."""
        return read_condition(text, self.lookup, COMPOSED)

    def condition(self, *path: str | int) -> int:
        """First atom of the condition at a path; TRUE where there is none."""
        self.rows.where = ".".join(map(str, path))
        return self.rows.condition(self.conditions.get(path))

    def form(self, *path: str | int, limit: int = LIMIT) -> int:
        """Number of the form at a path."""
        return self.form_of(self.forms[path], *path, limit=limit)

    def form_of(self, form: Linear, *path: str | int, limit: int = LIMIT) -> int:
        """Number of a form that was made of what is written at a path."""
        self.rows.where = ".".join(map(str, path))
        return self.rows.form(form, limit)

    def _outcomes(self, outcomes: dict[str, Outcome], told: int, path: str) -> list[Written]:
        """Branches in order: the first has the chance, the others share the rest; one without a share gets what is left."""
        rest = list(outcomes.values())[1:]
        given = sum(o.share or 0 for o in rest)
        found = []
        for k, (key, o) in enumerate(outcomes.items()):
            share = 0 if k == 0 else (o.share if o.share is not None else CERTAIN - given)
            found.append((share, o, told, f"{path}.{key}", self._amounts(o)))
        return found

    def _amounts(self, outcome: Outcome) -> dict[str, Linear]:
        """The amounts of effects that are forms, parsed."""
        return {name: read_form(text, self.lookup) for name, text in outcome.effects.items() if read_amount(text) is None}

    def _entering(self, outcome: Outcome | None, path: str) -> int:
        return self.nothing if outcome is None else self.rows.branch(outcome, 1, path, self._amounts(outcome))
