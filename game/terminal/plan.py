"""The plan at the terminal: each task a line, changed by a few words until it is as it should be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from game.scenario.load import Ready
from game.scenario.tables import WEEK, State
from game.session.plans import Task, after, line_of, owners, proofs, targets
from game.words.names import Teller


@dataclass
class PlanTable:
    """Tasks for a stage, shown and changed. `ask` puts a question and returns the answer, `out` prints."""

    ready: Ready
    tell: Teller
    stage: int
    s: State
    ask: Callable[[str], str]
    out: Callable[[str], None]

    def settled(self, tasks: list[Task]) -> list[Task]:
        """The plan, changed until nothing more is said."""
        say = self.tell.say
        while True:
            for k, task in enumerate(tasks, 1):
                self.out(self.line(k, task))
            words = self.ask(say("con.plan_change")).lower().split()
            if not words:
                return tasks
            k = int(words[0]) - 1 if words[0].isdecimal() else -1
            other = self.other(tasks[k], words[1:]) if 0 <= k < len(tasks) else None
            if other is None:
                self.out(say("con.plan_how"))
            else:
                tasks[k] = other

    def line(self, k: int, task: Task) -> str:
        say, tell = self.tell.say, self.tell
        return say(
            "con.plan_task",
            n=k,
            line=say(f"line.{line_of(self.ready, task.action)}"),
            action=tell.action(task.action),
            person=tell.person(task.person) if task.person >= 0 else say("gate.anyone"),
            due=say("plan.due", owner=tell.member_short(task.owner), week=task.week),
            proof=say("gate.proof", text=tell.point(task.proof) if task.proof else say("gate.no_proof")),
        )

    def other(self, task: Task, words: list[str]) -> Task | None:
        """A task with another week, or with the next owner, person or evidence; None for words that say none of it."""
        say = self.tell.say
        asked = next((key for key in ("week", "owner", "with", "evidence") if words[:1] == [say(f"con.plan.{key}")]), "")
        if asked == "week" and len(words) == 2 and words[1].isdecimal() and len(words[1]) < 4:
            return replace(task, week=min(max(int(words[1]), self.s.x[WEEK]), self.ready.scenario.deal.weeks))
        if asked == "owner":
            return replace(task, owner=after(owners(self.ready, task.action), task.owner))
        if asked == "with":
            return replace(task, person=after(targets(self.ready, self.s, task.action), task.person))
        if asked == "evidence":
            return replace(task, proof=after(proofs(self.ready, self.stage, task.action), task.proof))
        return None
