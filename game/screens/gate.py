"""A gate: the acceptance points, then the forecast and the plan that one states before passing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from game.desk.views import GateView, PointView
from game.i18n import Say
from game.scenario.tables import PASS, STAGE, WEEK, WINNER, WITHDRAW
from game.scenario.topics import LINES
from game.screens.frame import back_button, dialog
from game.screens.layout import Box, Node
from game.screens.screen import Answer, Look, Pop, Screen
from game.screens.widgets import BODY, LARGE, SMALL, Icon, Spacer, Text, button, chip, column, flow, row
from game.session.plans import MOST, Task, after, line_of, new_task, offered, owners, proofs, statement, targets
from game.session.session import Session

FORECAST_STAGES = 6
GO_STAGES = (2, 4)
OFFERED = 12
STEPS = {"win": (-10, -1, 1, 10), "week": (-4, -1, 1, 4), "value": (-5, -1, 1, 5)}


class GateScreen(Screen):
    """Answers ("decided", PASS or WITHDRAW)."""

    modal = True

    def __init__(self, play: Session) -> None:
        self.play = play
        said = play.playing.statements
        last = next((s for s in reversed(said) if s["kind"] == "forecast"), None)
        deal = play.ready.scenario.deal
        self.win = last["win"] if last else 50
        self.week = max(last["week"] if last else deal.weeks * 3 // 4, min(play.playing.state.x[1 + STAGE], deal.weeks))
        self.value = last["value"] if last else deal.value
        self.plan: list[Task] = []
        self.first_focus = "pass"

    # ---- building
    def build(self, look: Look) -> Node:
        say = look.say
        gate = self.play.desk(say).gate
        assert gate is not None
        rows: list[Node] = [_point(p, say) for p in gate.points]
        if not gate.points:
            rows.append(Text(say("gate.nothing"), BODY, "muted"))
        if gate.may_pass:
            rows += self.before_passing(gate, say)
        else:
            rows.append(row(Icon("lock", 16, "warn"), Text(say("gate.closed"), BODY, "warn", grow=1), gap=8))
        return dialog(
            look, say("gate.title", stage=gate.stage), column(*rows, gap=9), self.foot(gate, say), icon="gate", scroll="gate"
        )

    def before_passing(self, gate: GateView, say: Say) -> list[Node]:
        rows: list[Node] = []
        if not gate.honest:
            rows.append(row(Icon("alert", 16, "bad"), Text(say("gate.false"), BODY, "bad", grow=1), gap=8))
        if gate.debt:
            words = say("gate.debt", debt=gate.debt, cost=gate.debt)
            rows.append(row(Icon("debt", 16, "bad"), Text(words, BODY, "bad", grow=1), gap=8))
        if self.forecasting:
            rows += self.forecast(say)
        nexts = offered(self.play.ready, self.stage + 1, self.play.playing.state)[:OFFERED]
        if nexts:
            planned = [task.action for task in self.plan]
            tell = self.play.present(say).tell
            rows += [
                Text(say("gate.plan", n=MOST), BODY, bold=True),
                flow(
                    *(
                        chip(
                            tell.action(a),
                            ("plan", a),
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
        ready, tell = self.play.ready, self.play.present(say).tell
        able, people, shows = owners(ready, task.action), self.people(task), proofs(ready, self.stage + 1, task.action)
        whom = tell.person(task.person) if task.person >= 0 else say("gate.anyone")
        shown = tell.point(task.proof) if task.proof else say("gate.no_proof")
        return column(
            row(
                Text(say(f"line.{line_of(ready, task.action)}"), SMALL + 1, "accent", width=70),
                Text(tell.action(task.action), BODY, bold=True, grow=1),
                button("−", ("due", k, -1), id=f"due:{k}:-1", tip=say("tip.due")),
                Text(say("gate.week_value", n=task.week), BODY, align="center", width=78),
                button("+", ("due", k, 1), id=f"due:{k}:1", tip=say("tip.due")),
                gap=6,
            ),
            flow(
                button(whom, ("whom", k), icon="person", enabled=len(people) > 1, id=f"whom:{k}", tip=say("tip.whom"))
                if people != [-1]
                else None,
                button(
                    tell.member(task.owner),
                    ("owner", k),
                    icon="team",
                    enabled=len(able) > 1,
                    id=f"owner:{k}",
                    tip=say("tip.owner"),
                ),
                button(
                    say("gate.proof", text=shown),
                    ("proof", k),
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

    def forecast(self, say: Say) -> list[Node]:
        money = self.play.present(say).tell.money
        return [
            Text(say("gate.forecast"), BODY, bold=True),
            Text(say("gate.forecast_why"), SMALL + 0.5, "muted"),
            _stepper(say("gate.win"), f"{self.win}%", "win"),
            _stepper(say("gate.week"), say("gate.week_value", n=self.week), "week"),
            _stepper(say("gate.value"), money(self.value), "value"),
        ]

    def foot(self, gate: GateView, say: Say) -> Box:
        back = back_button(say)
        if not gate.may_pass:
            return row(back, justify="end")
        leave = None
        if self.stage in GO_STAGES and self.play.desk(say).may_withdraw:
            leave = button(say("gate.no_go"), ("no_go",), icon="leave", id="no_go", tip=say("tip.no_go"))
        go = button(say("gate.go" if self.stage in GO_STAGES else "gate.pass"), ("pass",), icon="gate", strong=True, id="pass")
        return row(leave, Spacer(grow=1), back, go, gap=8)

    @property
    def forecasting(self) -> bool:
        """A forecast is asked for until the award."""
        return self.stage < FORECAST_STAGES and not self.play.playing.state.x[WINNER]

    @property
    def stage(self) -> int:
        return self.play.playing.state.x[STAGE]

    # ---- answering
    def on(self, message: Any) -> Answer:
        kind, *rest = message
        if kind == "back":
            return Pop()
        if kind == "pass":
            self.put_on_record(go=True)
            return Pop(("decided", PASS))
        if kind == "no_go":
            self.put_on_record(go=False)
            return Pop(("decided", WITHDRAW))
        if kind == "step":
            self.turn(*rest)
        if kind == "plan":
            self.toggle(rest[0])
        if kind == "owner":
            self.plan[rest[0]] = self.handed_on(self.plan[rest[0]])
        if kind == "whom":
            task = self.plan[rest[0]]
            self.plan[rest[0]] = replace(task, person=after(self.people(task), task.person))
        if kind == "proof":
            task = self.plan[rest[0]]
            shows = proofs(self.play.ready, self.stage + 1, task.action)
            self.plan[rest[0]] = replace(task, proof=after(shows, task.proof))
        if kind == "due":
            self.put_off(*rest)
        return None

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
        deal = self.play.ready.scenario.deal
        now = self.play.playing.state.x[1 + STAGE]
        if what == "win":
            self.win = max(0, min(100, self.win + by))
        elif what == "week":
            self.week = max(min(now, deal.weeks), min(deal.weeks, self.week + by))
        else:
            self.value = max(0, self.value + by * deal.value // 100)

    def put_on_record(self, *, go: bool) -> None:
        """State what was filled in, before the decision itself."""
        ids = self.play.ready.compiled.ids
        stage = ids.stages[self.stage]
        self.play.put_swot(stage)
        if self.forecasting:
            self.play.state({"kind": "forecast", "stage": stage, "win": self.win, "value": self.value, "week": self.week})
        if self.stage in GO_STAGES:
            self.play.state({"kind": "go", "stage": stage, "go": go})
        if self.plan and go:
            self.play.state(statement(self.play.ready, self.stage + 1, self.plan))


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


def _stepper(label: str, value: str, what: str) -> Box:
    unit = "" if what == "week" else "%"
    buttons = [button(f"{by:+d}{unit}".replace("-", "−"), ("step", what, by), id=f"step:{what}:{by}") for by in STEPS[what]]
    return row(
        Text(label, BODY, grow=1),
        *buttons[:2],
        Text(value, LARGE, "accent", bold=True, align="center", width=130),
        *buttons[2:],
        gap=6,
    )
