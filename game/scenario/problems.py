"""An author's mistakes as data: a code, a place, the values of its sentence. Only the command line prints them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from wcwidth import wcswidth

from game.i18n import Say

Severity = Literal["error", "warning", "note"]
SEVERITY: dict[str, Severity] = {"E": "error", "W": "warning", "N": "note"}


@dataclass(frozen=True)
class Place:
    """Where in a file: 1-based line and column, and how many characters the caret underlines."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, eq=False)
class Problem:
    """One mistake. `code` is stable; `values` fill the sentence and the hint of that code; `source` is the line itself."""

    code: str
    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    source: str = ""

    @property
    def severity(self) -> Severity:
        return SEVERITY[self.code[0]]

    def message(self, say: Say) -> str:
        return say(f"problem.{self.code}", **self._spoken(say))

    def hint(self, say: Say) -> str:
        return say(f"hint.{self.code}", **self._spoken(say)) if say.has(f"hint.{self.code}") else ""

    def _spoken(self, say: Say) -> dict[str, Any]:
        """Values that begin with @ are texts by key (the kind of a thing), so that they are told in the reader's language."""
        spoken = {k: say(v[1:]) if isinstance(v, str) and v.startswith("@") else v for k, v in self.values.items()}
        near = spoken.get("near", "")
        spoken["maybe"] = say("problem.maybe", near=near) if near else ""
        return spoken


def render(problem: Problem, say: Say) -> str:
    """`file:line:column CODE message`, the hint, the line and a caret that respects wide characters."""
    at = problem.place
    lines = [f"{at.file}:{at.line}:{at.column}  {problem.code}  {problem.message(say)}"]
    if problem.source:
        number = f"{at.line:>6} | "
        before = problem.source[: at.column - 1]
        width = max(1, wcswidth(problem.source[at.column - 1 : at.column - 1 + at.length]))
        lines += [number + problem.source, " " * (len(number) - 2) + "| " + " " * max(0, wcswidth(before)) + "^" * width]
    hint = problem.hint(say)
    if hint:
        lines.append("       " + say("problem.hint", hint=hint))
    return "\n".join(lines)


def as_json(problem: Problem, say: Say) -> dict[str, Any]:
    """The same for tools."""
    at = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "length": at.length,
        "message": problem.message(say),
        "hint": problem.hint(say),
    }


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that keep the scenario from being played."""
    return [p for p in problems if p.severity == "error"]


def nearest(name: str, known: Iterable[str]) -> str:
    """The one known name that was probably meant, or ''. By optimal-string-alignment distance, close and unambiguous only."""
    limit = 1 if len(name) <= 4 else 2
    ranked = sorted((distance(name, other, limit), other) for other in set(known) if abs(len(other) - len(name)) <= limit)
    close = [pair for pair in ranked if pair[0] <= limit]
    if not close or (len(close) > 1 and close[0][0] == close[1][0]):
        return ""
    return close[0][1]


def distance(a: str, b: str, limit: int = 99) -> int:
    """Optimal-string-alignment distance: insert, delete, replace, swap two neighbours."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
