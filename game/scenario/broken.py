"""A file that is no YAML: what is wrong with each of its parts. A part begins with a key at the left margin, and is read on its
own, so that a slip in one of them hides none in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from game.scenario.problems import MOST
from game.scenario.typo import KEY, Typo
from game.scenario.typos import typos_in

PART = re.compile(rf"{KEY}[:：]")
WORDS = (
    ("mapping values are not allowed", "yaml.colon"),
    ("could not find expected ':'", "yaml.no_colon"),
    ("did not find expected ',' or", "yaml.bracket"),
    ("unexpected end of stream", "yaml.quote"),
    ("cannot start any token", "yaml.mark"),
    ("did not find expected key", "yaml.indent"),
    ("did not find expected '-' indicator", "yaml.indent"),
    ("block sequence entries are not allowed", "yaml.dash"),
    ("unknown escape character", "yaml.escape"),
    ("did not find expected alphabetic", "yaml.mark"),
    ("did not find expected hexdecimal", "yaml.escape"),
)
"""What the parser says → our sentence for it."""


def sentence_for(said: str) -> str:
    """The key of our sentence for what the parser said."""
    return next((key for words, key in WORDS if words in said), "yaml.other")


def parts_of(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where each part begins and ends: numbers of lines from 0, the second exclusive."""
    begins = [k for k, line in enumerate(lines) if PART.match(line)]
    starts = [0, *begins[1:]] if begins else [0]
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def wrong_in(lines: Sequence[str], loader: type) -> Iterator[tuple[Typo, str]]:
    """What keeps each part from being read, in the order of the file: a slip, and where none was found what the parser said."""
    told, typos = 0, typos_in(lines)
    for first, end in parts_of(lines):
        failed = _parsed(lines[first:end], loader)
        if failed is None:
            continue
        found = [typo for typo in typos if first < typo.line <= end]
        line, column, said = failed
        for one in found or [Typo("E105", first + line + 1, column + 1, 1)]:
            yield one, "" if found else said
            told += 1
        if told > MOST:
            return


def _parsed(lines: Sequence[str], loader: type) -> tuple[int, int, str] | None:
    """Where a part cannot be read, and why; None where it can."""
    try:
        events = list(yaml.parse("\n".join(lines), Loader=loader))
        if len(events) > 3 and isinstance(events[2], yaml.ScalarEvent):
            return 0, 0, "could not find expected ':'"
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return (mark.line, mark.column, error.problem or "") if mark else (0, 0, error.problem or "")
    except (yaml.YAMLError, RecursionError) as error:
        return 0, 0, str(error).partition("\n")[0]
    return None
