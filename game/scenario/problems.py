"""An author's mistakes as data: a code, a place, the values of its sentence. Only the command line prints them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal, NamedTuple

from wcwidth import wcswidth

from game.i18n import Say
from game.printable import printable

Severity = Literal["error", "warning", "note"]
SEVERITY: dict[str, Severity] = {"E": "error", "W": "warning", "N": "note"}
MOST = 200
"""Problems of a kind (errors, others) that are told of one scenario."""
LONGEST_VALUE = 200
"""Characters of a value that a message quotes."""
LONGEST_NAME, MOST_NAMES = 80, 400
"""What is longer was not mistyped, and among more names of about that length nobody looks for the nearest: both take too long."""


class TextKey(str):
    """A value of a sentence that is itself one of our texts, by its key, and is told in the reader's language."""


class Sentence(str):
    """A value that we say ourselves, in the reader's language already: it goes in whole."""


class Place(NamedTuple):
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
        if not say.has(f"hint.{self.code}") or (self.code == "E201" and not self.values.get("known")):
            return ""
        return say(f"hint.{self.code}", **self._spoken(say))

    def _spoken(self, say: Say) -> dict[str, Any]:
        """The values as the sentence tells them."""
        spoken = {k: say(v) if isinstance(v, TextKey) else one_line(v) for k, v in self.values.items()}
        near = spoken.get("near", "")
        spoken["maybe"] = say("problem.maybe", near=near) if near else ""
        return spoken


def one_line(value: Any) -> Any:
    """A value from a file as a message quotes it: on one line, nothing unprintable in it, cut where it is very long."""
    if not isinstance(value, str) or isinstance(value, Sentence):
        return value
    shown = " ".join(printable(value[: 2 * LONGEST_VALUE]).splitlines())
    return shown if len(shown) <= LONGEST_VALUE else shown[:LONGEST_VALUE] + "…"


def render(problem: Problem, say: Say) -> str:
    """`file:line:column CODE message`, the hint, the line and a caret that respects wide characters."""
    at = problem.place
    lines = [f"{file_of(at)}:{at.line}:{at.column}  {problem.code}  {problem.message(say)}"]
    if problem.source:
        number = f"{at.line:>6} | "
        before = printable(problem.source[: at.column - 1])
        width = max(1, wcswidth(printable(problem.source[at.column - 1 : at.column - 1 + at.length])))
        caret = " " * max(0, wcswidth(before)) + "^" * width
        lines += [number + printable(problem.source), " " * (len(number) - 2) + "| " + caret]
    hint = problem.hint(say)
    if hint:
        lines.append("       " + say("problem.hint", hint=hint))
    return "\n".join(lines)


def file_of(place: Place) -> str:
    """The name of the file as it may be shown: even that can hold anything."""
    return " ".join(printable(place.file).splitlines())


def as_json(problem: Problem, say: Say) -> dict[str, Any]:
    """The same for tools."""
    at = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": file_of(at),
        "line": at.line,
        "column": at.column,
        "length": at.length,
        "message": problem.message(say),
        "hint": problem.hint(say),
    }


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that keep the scenario from being played."""
    return [p for p in problems if p.severity == "error"]


def enough(problems: Iterable[Problem]) -> list[Problem]:
    """As many of them as are told, and one more where there are more. The rest is not even looked for."""
    return list(islice(problems, MOST + 1))


def told(problems: Iterable[Problem]) -> list[Problem]:
    """The first MOST errors and the first MOST others in their order; where some were left out, the last one says so."""
    room = {True: MOST, False: MOST}
    found, left_out = [], None
    for p in problems:
        wrong = p.severity == "error"
        if room[wrong] > 0:
            found.append(p)
        elif left_out is None:
            left_out = p
        room[wrong] -= 1
    return found if left_out is None else [*found, Problem("W101", left_out.place, {"most": MOST})]


def nearest(name: str, known: Iterable[str]) -> str:
    """The one known name that was probably meant, or ''. By optimal-string-alignment distance, close and unambiguous only."""
    limit = 1 if len(name) <= 4 else 2
    if len(name) > LONGEST_NAME:
        return ""
    alike = {other for other in known if abs(len(other) - len(name)) <= limit}
    if len(alike) > MOST_NAMES:
        return ""
    ranked = sorted((distance(name, other, limit), other) for other in alike)
    close = [pair for pair in ranked if pair[0] <= limit]
    if not close or (len(close) > 1 and close[0][0] == close[1][0]):
        return ""
    return close[0][1]


def distance(a: str, b: str, limit: int = 99) -> int:
    """Optimal-string-alignment distance: insert, delete, replace, swap two neighbours. limit + 1 where it is more than that."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    far = limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i] + [far] * len(b)
        for j in range(max(1, i - limit), min(len(b), i + limit) + 1):
            y = b[j - 1]
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, older[j - 2] + 1)
            row[j] = best
        if min(row) > limit:
            return far
    return min(row[-1], far)
