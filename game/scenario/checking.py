"""What the groups of rules share: the scenario, how a problem gets its place, and names that must be known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.scenario.problems import Problem, TextKey, nearest
from game.scenario.schema import Scenario
from game.scenario.source import DataPath, Source


class CheckBase:
    """A group of rules over one scenario."""

    def __init__(self, sc: Scenario, source: Source) -> None:
        self.sc = sc
        self.source = source

    def at(self, code: str, path: DataPath, **values: object) -> Problem:
        return self.source.problem(code, self.source.place(path), **values)

    def at_key(self, code: str, path: DataPath, **values: object) -> Problem:
        return self.source.problem(code, self.source.key_place(path), **values)

    def unknown(
        self, names: Iterable[tuple[DataPath, str]], kind: str, *known: Iterable[str], key: bool = False
    ) -> Iterator[Problem]:
        """A problem for each name that is none of the known ones."""
        names = list(names)
        every = {name for group in known for name in group} if names else set()
        for path, name in names:
            if name not in every:
                make = self.at_key if key else self.at
                yield make("E201", path, name=name, kind=TextKey(f"kind.{kind}"), near=nearest(name, every))

    def each(self, path: DataPath, names: Iterable[str] | None) -> list[tuple[DataPath, str]]:
        """(path, name) of a list; a single name may stand for a list of one."""
        names = list(names or [])
        listed = (*path, 0) in self.source.places
        return [((*path, k) if listed else path, name) for k, name in enumerate(names)]
