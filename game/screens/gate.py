"""A gate: the acceptance points, then the forecast and the plan that one states before passing."""

from __future__ import annotations

from dataclasses import replace

from game.desk.views import GateView, PointView
from game.i18n import Say
from game.scenario.tables import WEEK
from game.scenario.topics import LINES
from game.screens.forecast import forecast_meeting
from game.screens.frame import back_button, dialog
from game.screens.layout import Box, Node
from game.screens.messages import (
    Back,
    GatePassing,
    HandOn,
    Message,
    NextPerson,
    NextProof,
    NoGo,
    PassGate,
    PutOff,
    StateForecast,
    TogglePlan,
    TurnForecast,
)
from game.screens.screen import Answer, Look, Pop, Screen
from game.screens.widgets import BODY, SMALL, Icon, Spacer, Text, button, chip, column, flow, row
from game.session.gate import meant
from game.session.plans import MOST, Task, after, line_of, new_task, owners, proofs, targets
from game.session.session import Session

OFFERED = 12


class GateScreen(Screen):
    """Passes the gate or leaves the deal at it, and answers `GatePassing`."""

    modal = True

    def __init__(self, play: Session) -> None:
        self.play = play
        self.asks = play.gate()
        assert self.asks is not None
        self.forecast = self.asks.forecast
        self.stated = False
        self.plan: list[Task] = []
        self.language = "zh"
        self.first_focus = "pass"

    def come_back(self) -> None:
        """Opened again in the same stage: what was filled in stays, as far as it can still be meant."""
        self.asks = self.play.gate()
        offered = self.asks.forecast if self.asks else None
        self.forecast = meant(self.play.ready, self.play.playing, self.forecast or offered) if offered else None
        choices = self.asks.choices if self.asks else []
        self.plan = [task for task in self.plan if task.action in choices]

    # ---- building
    def build(self, look: Look) -> Node:
        say = look.say
        self.language = say.language
        gate = self.play.desk(say.language).gate
        assert gate is not None
        rows: list[Node] = [_point(p, say) for p in gate.points]
        if not gate.points:
            rows.append(Text(say("gate.nothing"), BODY, "muted"))
        if gate.may_pass:
            rows += self.before_passing(gate, look)
        else:
            rows.append(row(Icon("lock", 16, "warn"), Text(say("gate.closed"), BODY, "warn", grow=1), gap=8))
        title, body = say("gate.title", stage=gate.stage), column(*rows, gap=9)
        return dialog(look, title, body, self.foot(gate, say), icon="gate", scroll="gate", still=gate.may_pass)

    def before_passing(self, gate: GateView, look: Look) -> list[Node]:
        say, rows = look.say, list[Node]()
        if not gate.honest:
            rows.append(row(Icon("alert", 16, "bad"), Text(say("gate.false"), BODY, "bad", grow=1), gap=8))
        if gate.debt:
            words = say("gate.debt", debt=gate.debt, cost=gate.debt)
            rows.append(row(Icon("debt", 16, "bad"), Text(words, BODY, "bad", grow=1), gap=8))
        if self.forecast:
            rows += forecast_meeting(self.play, self.forecast, self.stated, look)
        nexts = self.asks.choices[:OFFERED] if self.asks else []
        if nexts:
            planned = [task.action for task in self.plan]
            tell = self.play.tell(say.language)
            rows += [
                Text(say("gate.plan", n=MOST), BODY, bold=True),
                flow(
                    *(
                        chip(
                            tell.action(a),
                            TogglePlan(a),
                            on=a in planned,
                            icon="check" if a in planned else "plan",
                            id=f"plan:{a}",
                        )
                        for a in nexts
                    ),
                    gap=5,
                ),
                *(self.task(k, task, say) for k, task in enumerate(self.plan)),
            ]
            if self.plan:
                rows.append(self.lines_left(say))
        return rows

    def task(self, k: int, task: Task, say: Say) -> Node:
        """A planned task: its line, on whom, who does it and what will show it (pressed, the next one), and by which week."""
        ready, tell = self.play.ready, self.play.tell(say.language)
        able, people, shows = owners(ready, task.action), self.people(task), proofs(ready, self.stage + 1, task.action)
        whom = tell.person(task.person) if task.person >= 0 else say("gate.anyone")
        shown = tell.point(task.proof) if task.proof else say("gate.no_proof")
        return column(
            row(
                Text(say(f"line.{line_of(ready, task.action)}"), SMALL + 1, "accent", width=70),
                Text(tell.action(task.action), BODY, bold=True, grow=1),
                button("−", PutOff(k, -1), id=f"due:{k}:-1", tip=say("tip.due")),
                Text(say("gate.week_value", n=task.week), BODY, align="center", width=78),
                button("+", PutOff(k, 1), id=f"due:{k}:1", tip=say("tip.due")),
                gap=6,
            ),
            flow(
                button(whom, NextPerson(k), icon="person", enabled=len(people) > 1, id=f"whom:{k}", tip=say("tip.whom"))
                if people != [-1]
                else None,
                button(
                    tell.member(task.owner),
                    HandOn(k),
                    icon="team",
                    enabled=len(able) > 1,
                    id=f"owner:{k}",
                    tip=say("tip.owner"),
                ),
                button(
                    say("gate.proof", text=shown),
                    NextProof(k),
                    icon="check",
                    enabled=len(shows) > 1,
                    id=f"proof:{k}",
                    tip=say("tip.proof"),
                ),
                gap=5,
            ),
            gap=3,
        )

    def people(self, task: Task) -> list[int]:
        return targets(self.play.ready, self.play.playing.state, task.action)

    def lines_left(self, say: Say) -> Node:
        """Which of the five lines nothing is planned for."""
        used = {line_of(self.play.ready, task.action) for task in self.plan}
        left = [say(f"line.{line}") for line in LINES if line not in used]
        words = say("gate.lines_left", lines=say("list.comma").join(left)) if left else say("gate.lines_all")
        return Text(words, SMALL + 1, "muted")

    def foot(self, gate: GateView, say: Say) -> Box:
        back = back_button(say)
        if not gate.may_pass:
            return row(back, justify="end")
        leave = None
        if self.asked_to_go and self.asks and self.asks.may_withdraw:
            leave = button(say("gate.no_go"), NoGo(), icon="leave", id="no_go", tip=say("tip.no_go"))
        go = button(say("gate.go" if self.asked_to_go else "gate.pass"), PassGate(), icon="gate", strong=True, id="pass")
        return row(leave, Spacer(grow=1), back, go, gap=8)

    @property
    def asked_to_go(self) -> bool:
        return self.asks is not None and self.asks.go

    @property
    def stage(self) -> int:
        return self.asks.stage if self.asks else 0

    # ---- answering
    def on(self, message: Message) -> Answer:
        match message:
            case Back():
                return Pop()
            case PassGate():
                return self.through(go=True)
            case NoGo():
                return self.through(go=False)
            case TurnForecast(what, by):
                self.turn(what, by)
            case StateForecast():
                self.stated = not self.stated
            case TogglePlan(action):
                self.toggle(action)
            case HandOn(k):
                self.plan[k] = self.handed_on(self.plan[k])
            case NextPerson(k):
                self.plan[k] = replace(self.plan[k], person=after(self.people(self.plan[k]), self.plan[k].person))
            case NextProof(k):
                shows = proofs(self.play.ready, self.stage + 1, self.plan[k].action)
                self.plan[k] = replace(self.plan[k], proof=after(shows, self.plan[k].proof))
            case PutOff(k, by):
                self.put_off(k, by)
        return None

    def through(self, *, go: bool) -> Answer:
        """State what was filled in and decide."""
        before = self.play.desk(self.language)
        self.play.pass_gate(self.forecast if self.stated else None, go, self.plan)
        return Pop(GatePassing(before))

    def toggle(self, action: int) -> None:
        left = [task for task in self.plan if task.action != action]
        if len(left) == len(self.plan) and len(self.plan) < MOST:
            left.append(new_task(self.play.ready, self.play.playing.state, self.stage + 1, action, len(self.plan)))
        self.plan = left

    def handed_on(self, task: Task) -> Task:
        """To the next of those who can do it."""
        return replace(task, owner=after(owners(self.play.ready, task.action), task.owner))

    def put_off(self, k: int, by: int) -> None:
        now, last = self.play.playing.state.x[WEEK], self.play.ready.scenario.deal.weeks
        self.plan[k] = replace(self.plan[k], week=max(min(now, last), min(last, self.plan[k].week + by)))

    def turn(self, what: str, by: int) -> None:
        """Change a part of the forecast; `by` is in percent of the value where it is the value."""
        if self.forecast is None:
            return
        deal, said = self.play.ready.scenario.deal, self.forecast
        if what == "win":
            said = replace(said, win=said.win + by)
        elif what == "week":
            said = replace(said, week=said.week + by)
        else:
            said = replace(said, value=said.value + by * deal.value // 100)
        self.forecast = meant(self.play.ready, self.play.playing, said)
        self.stated = True


def _point(p: PointView, say: Say) -> Node:
    icon, color = ("check", "good") if p.met else ("cross", "bad" if p.must else "warn")
    words = Text(p.text, BODY + 0.5, bold=p.must)
    missing = Text(say("list.semicolon").join(p.missing), SMALL + 0.5, "muted") if p.missing else None
    return row(
        Icon(icon, 18, color),
        column(words, missing, gap=0, grow=1),
        Text(say("gate.must") if p.must else say("gate.weighted"), SMALL + 0.5, "muted"),
        Text(say("gate.met" if p.met else "gate.unmet"), SMALL + 0.5, color, bold=True),
        gap=9,
    )
