"""Mends of a file what has one right answer: a full-width mark in structure, a space that is none or is missing.

Nothing is touched of which nothing was told, and no text: only the characters that a problem points at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from game.scenario.problems import Problem
from game.scenario.typo import WIDE
from game.scenario.typos import typos_in

ROUNDS = 200
"""Times that a file is looked at again: behind one slip others come to light."""


def mended(text: str, look: Callable[[str], Sequence[Problem]]) -> str:
    """The text with everything mended that can be. `look` tells the problems of a text that may be given back to it."""
    for _ in range(ROUNDS):
        after = _once(text, look(text))
        if after == text:
            break
        text = after
    return text


def _once(text: str, problems: Iterable[Problem]) -> str:
    lines = text.split("\n")
    typos = {(t.line, t.column): t for t in typos_in(text.splitlines())}
    done: set[int] = set()
    for problem in problems:
        number, column = problem.place.line, problem.place.column
        typo = typos.get((number, column))
        if number in done or number > len(lines):
            continue
        if typo is not None and typo.code == problem.code and typo.instead is not None:
            _put(lines, number, column, typo.length, typo.instead)
            done.add(number)
        elif problem.code == "E111" and lines[number - 1][column - 1 : column] in WIDE:
            _put(lines, number, column, 1, WIDE[lines[number - 1][column - 1]])
            done.add(number)
    return "\n".join(lines)


def _put(lines: list[str], number: int, column: int, length: int, instead: str) -> None:
    line = lines[number - 1]
    lines[number - 1] = line[: column - 1] + instead + line[column - 1 + length :]
