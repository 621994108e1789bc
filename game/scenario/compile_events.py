"""What happens by itself as rows of the tables: events, promises that fall due, who has a say, and what a trainer lets happen."""

from __future__ import annotations

from decimal import Decimal

from game.scenario.compile_actions import ActionWriter
from game.scenario.expand import inject_name
from game.scenario.linear import Linear, read_form
from game.scenario.outcome import Outcome
from game.scenario.tables import CERTAIN, FALSE, TRUE

SAID_FOR_US = "30 + 20 * {0}.stance + 0.5 * {0}.coverage"
"""The chance that somebody with a say carries the deal, where the author gives none."""
OVERSOLD_COSTS = 15
"""Points of the chance to keep a promise that each promise too many costs."""


class EventWriter(ActionWriter):
    """Writes the events."""

    def _events(self) -> None:
        t, sc = self.t, self.sc
        t.event_cond, t.event_guard, t.event_roll, t.event_times = [], [], [], []
        injects = [inject_name(name) for name in sc.injects]
        self._by_chance([name for name in sc.events if name not in injects])
        self._promises()
        self._says()
        # Last: a scenario that gets another inject keeps the dice of all else.
        t.inject_event = list(range(len(t.event_cond), len(t.event_cond) + len(injects)))
        self._by_chance(injects)
        t.n_event = len(t.event_cond)

    def _by_chance(self, names: list[str]) -> None:
        """An event's first branch is that nothing happens: its chance is what is left of the event's."""
        t, sc = self.t, self.sc
        for name in names:
            event = sc.events[name]
            quiet = Linear((), Decimal(100)).plus(self.forms["events", name, "chance"], Decimal(-1))
            shares = self._outcomes({"": Outcome(), **event.branches}, int(not event.hidden), f"events.{name}.branches")
            branches = [(share, o, -1 if k == 0 else told, path, forms) for k, (share, o, told, path, forms) in enumerate(shares)]
            t.event_cond.append(self.condition("events", name, "when"))
            guards = [self.conditions["events", name, "prevented_by", k] for k in range(len(event.prevented_by))]
            first = FALSE
            for guard in reversed(guards):
                first = self.rows.condition(guard, TRUE, first)
            t.event_guard.append(first)
            t.event_roll.append(self.rows.roll(self.form_of(quiet, "events", name, "chance"), (0, CERTAIN), branches))
            t.event_times.append(event.times)

    def _promises(self) -> None:
        t = self.t
        for name, promise in self.sc.promises.items():
            at = ("promises", name)
            test = f"promised.{name} and ({promise.test})"
            t.event_cond.append(self.rows.condition(self.read(test)))
            t.event_guard.append(FALSE)
            outcomes = self._outcomes({"kept": promise.kept, "broken": promise.broken}, 1, ".".join(at))
            odds = self.forms[(*at, "chance")].plus(Linear((("oversold", Decimal(-OVERSOLD_COSTS)),), Decimal(0)))
            t.event_roll.append(self.rows.roll(self.form_of(odds, *at, "chance"), (500, 9500), outcomes))
            t.event_times.append(1)

    def _says(self) -> None:
        """Who has a say uses it in the first week of the phase, once."""
        t, phases = self.t, list(self.sc.buyer.phases)
        t.n_say, t.say_person, t.say_event, t.say_phase = len(self.sc.says), [], [], []
        for name, say in self.sc.says.items():
            at = ("says", name)
            t.say_person.append(self.people.index(say.by))
            t.say_event.append(len(t.event_cond))
            t.say_phase.append(phases.index(say.at))
            t.event_cond.append(self.rows.condition(self.read(f"phase == {say.at} and {say.by}.here >= 1")))
            t.event_guard.append(FALSE)
            odds = self.forms.get((*at, "chance")) or read_form(SAID_FOR_US.format(say.by), self.lookup)
            outcomes = self._outcomes(say.outcomes, 1, ".".join((*at, "outcomes")))
            t.event_roll.append(self.rows.roll(self.form_of(odds, *at, "chance"), (500, 9500), outcomes))
            t.event_times.append(1)
