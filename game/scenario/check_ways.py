"""What the course by the book and the routes are made of: work that is offered where they have it, people it can be done with."""

from __future__ import annotations

from collections.abc import Iterator

from game.scenario.checking import CheckBase
from game.scenario.compile_actions import selects
from game.scenario.expand import made
from game.scenario.problems import Problem
from game.scenario.schema import Course, Route
from game.scenario.source import DataPath


class WayRules(CheckBase):
    """The names in the course and in each route."""

    def all(self) -> Iterator[Problem]:
        yield from self.of_way(("course",), self.sc.course)
        yield from self.of_steps(self.each(("course", "steps"), self.sc.course.steps))
        for name, route in self.sc.routes.items():
            yield from self.of_way(("routes", name), route)
            yield from self.unknown(self.each(("routes", name, "endings"), route.endings), "ending", self.sc.endings)

    def of_way(self, at: DataPath, way: Course | Route) -> Iterator[Problem]:
        """Each stage's work is offered in it, and each answer is one of its scene's."""
        sc = self.sc
        for stage, names in way.order.items():
            yield from self.unknown([((*at, "order", stage), stage)], "stage", sc.stages, key=True)
            steps = self.each((*at, "order", stage), names)
            yield from self.of_steps(steps)
            for place, step in steps:
                action = sc.actions.get(step.partition(".")[0])
                if action and stage in sc.stages and stage not in action.stage and set(action.stage) <= set(sc.stages):
                    yield self.at("E236", place, name=step, stage=stage)
        for scene, answer in way.answers.items():
            yield from self.unknown([((*at, "answers", scene), scene)], "scene", sc.scenes, key=True)
            if scene in sc.scenes:
                yield from self.unknown([((*at, "answers", scene), answer)], "answer", sc.scenes[scene].answers)

    def of_steps(self, steps: list[tuple[DataPath, str]]) -> Iterator[Problem]:
        """An action, or an action and a person it can be done with, as in `visit.zhou`."""
        sc = self.sc
        for place, step in steps:
            name, _, person = step.partition(".")
            yield from self.unknown([(place, name)], "action", sc.actions, made(sc))
            yield from self.unknown([(place, person)] if person else [], "person", sc.people)
            action = sc.actions.get(name)
            if action and person in sc.people and not selects(sc, action, person):
                yield self.at("E248", place, name=name, person=person)
