"""The gate at the terminal: its points, then what it asks for, question by question."""

from __future__ import annotations

from dataclasses import dataclass, replace

from game.desk.views import GateView
from game.i18n import Say
from game.play.statements import ForecastSaid
from game.scenario.tables import WEEK
from game.session.gate import GateAsks, meant
from game.session.plans import MOST, Task, new_task
from game.session.session import Session
from game.terminal.plan import PlanTable
from game.terminal.printer import LONGEST_NUMBER, Printer, number_in

MOST_VALUE = 10**LONGEST_NUMBER - 1


@dataclass
class GateTalk:
    """One passing of a gate."""

    session: Session
    say: Say
    print: Printer

    def talk(self) -> bool:
        """Show the gate and, where the player wants, go through it; whether a decision was taken."""
        gate, asks = self.session.desk(self.say.language).gate, self.session.gate()
        if gate is None or asks is None:
            return False
        self.show(gate)
        if not asks.may_pass or self.print.ask(self.say("con.gate_ask")).lower() != "y":
            return False
        forecast = self.forecast(asks.forecast) if asks.forecast else None
        go = self.go() if asks.go else True
        if not go and not asks.may_withdraw:
            self.print.out(self.say("con.no_withdraw"))
            return False
        self.session.pass_gate(forecast, go, self.plan(asks) if go else [])
        return True

    def show(self, gate: GateView) -> None:
        """The acceptance points, and what passing now would mean."""
        say, out = self.say, self.print.out
        out(say("con.gate", stage=gate.stage))
        for p in gate.points:
            missing = say("con.missing", what=say("list.semicolon").join(p.missing)) if p.missing else ""
            mark, must = say("con.met" if p.met else "con.unmet"), say("con.must") if p.must else ""
            out(say("con.point", mark=mark, text=p.text, must=must, missing=missing))
        if not gate.may_pass:
            out(say("con.gate_closed"))
        elif not gate.honest:
            out(say("con.gate_false"))
        if gate.may_pass and gate.debt:
            out(say("con.gate_debt", debt=gate.debt))

    def forecast(self, offered: ForecastSaid) -> ForecastSaid | None:
        """The chance of a win, the value and the week of signature, the last two offered; None from who states no chance."""
        session = self.session
        unit = session.tell(self.say.language).text("deal", "unit")
        first, last = session.playing.state.x[WEEK], session.ready.scenario.deal.weeks
        win = self.number("con.forecast", None, 0, 100)
        if win is None:
            return None
        value = self.number("con.forecast_value", offered.value, 0, MOST_VALUE, unit=unit) or 0
        week = self.number("con.forecast_week", offered.week, min(first, last), last) or 0
        return meant(session.ready, session.playing, replace(offered, win=win, value=value, week=week))

    def go(self) -> bool:
        """Go or no-go; no-go withdraws."""
        answer = ""
        while answer not in ("g", "n"):
            answer = self.print.ask(self.say("con.go")).lower() or "g"
        return answer == "g"

    def plan(self, asks: GateAsks) -> list[Task]:
        """Tasks for the next stage, each with its line, its owner and the week it is due."""
        session, say = self.session, self.say
        if not asks.choices:
            return []
        tell, state = session.tell(say.language), session.playing.state
        self.print.out(say("con.plan", n=MOST))
        for k, a in enumerate(asks.choices, 1):
            self.print.out(say("con.plan_choice", n=k, action=tell.action(a)))
        tasks: list[Task] = []
        for k in self.numbers("con.plan_ask", len(asks.choices))[:MOST]:
            tasks.append(new_task(session.ready, state, asks.stage + 1, asks.choices[k], len(tasks)))
        table = PlanTable(session.ready, tell, asks.stage + 1, state, self.print.ask, self.print.out)
        return table.settled(tasks) if tasks else []

    def numbers(self, key: str, high: int) -> list[int]:
        """Places in a list, from 0, each once; asked again until there are only numbers, or nothing."""
        while True:
            words = self.print.ask(self.say(key)).replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
            found = [number_in(word) for word in words if word]
            if all(k is not None and 1 <= k <= high for k in found):
                return list(dict.fromkeys(k - 1 for k in found if k is not None))
            self.print.out(self.say("con.only_numbers", most=high))

    def number(self, key: str, last: int | None, low: int, high: int, **more: str) -> int | None:
        """A number within bounds; an empty answer takes the one offered, None where none is."""
        while True:
            answer = self.print.ask(self.say(key, last=last, **more)).rstrip("%％")
            if not answer:
                return last
            found = number_in(answer)
            if found is not None and low <= found <= high:
                return found
            self.print.out(self.say("con.number", low=low, high=high))
