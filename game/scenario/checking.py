"""What the groups of rules share: the scenario, how a problem gets its place, and names that must be known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

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
        every = {name: group for group in known for name in group} if names else {}
        for path, name in names:
            if name not in every:
                make = self.at_key if key else self.at
                near = nearest(name, every) or called(name, every) or several(name, every)
                listed = ", ".join(list(every)[:MOST_LISTED]) + (" …" if len(every) > MOST_LISTED else "")
                yield make("E201", path, name=name, kind=TextKey(f"kind.{kind}"), near=near, known=listed)

    def each(self, path: DataPath, names: Iterable[str] | None) -> list[tuple[DataPath, str]]:
        """(path, name) of a list; a single name may stand for a list of one."""
        names = list(names or [])
        listed = (*path, 0) in self.source.places
        return [((*path, k) if listed else path, name) for k, name in enumerate(names)]


MOST_LISTED = 16
"""Names that a message lists."""


def called(text: str, every: Mapping[str, Iterable[str]]) -> str:
    """The id of what people see called like this, in full or by a part that no other has; '' for none."""
    shown = {name: str(getattr(group[name], "name", "")) for name, group in every.items() if isinstance(group, dict)}
    exact = [name for name, words in shown.items() if words and words == text]
    part = [name for name, words in shown.items() if len(text) >= 2 and text in words]
    found = exact or part
    return found[0] if len(found) == 1 else ""


def several(text: str, every: Iterable[str]) -> str:
    """Several names written as one, as a list; '' where it is none."""
    parts = [part for part in re.split(r"[,，、;；/\s]+", text) if part]
    known = set(every)
    return f"[{', '.join(parts)}]" if len(parts) > 1 and all(part in known for part in parts) else ""
