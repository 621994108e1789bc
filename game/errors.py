"""The error tree. The class says who has to act.

GameError
 ├─ ScenarioError      the author: the scenario has mistakes (`problems` lists them)
 ├─ IllegalAction      the caller: a decision was not legal in this state
 ├─ RecordError        nobody trusts the record: it is damaged, edited, or of another version
 │   └─ ReplayMismatch replaying it gave something else than it says
 ├─ StorageError       the user: the disk is full, a folder cannot be written or is open to others
 └─ UsageError         the user: the command line asks for something that is not there

Every error carries a text key and its values instead of a sentence; `game.i18n` makes the sentence.
"""

from __future__ import annotations

import copyreg
from collections.abc import Sequence
from typing import Any


class GameError(Exception):
    """A failure with a text key, so that it can be told in the reader's language."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __reduce__(self) -> tuple[Any, ...]:
        """Worker processes send errors back; without `__init__`, which wants other things than are kept."""
        return copyreg.__newobj__, (type(self), *self.args), vars(self)  # type: ignore[attr-defined]


class ScenarioError(GameError):
    """The scenario cannot be played as it stands."""

    def __init__(self, problems: Sequence[Any]) -> None:
        super().__init__("error.scenario", count=len(problems))
        self.problems = list(problems)


class IllegalAction(GameError):
    """A decision that the rules do not allow in this state."""


class RecordError(GameError):
    """A record that cannot be read or does not fit the scenario or the rules at hand."""


class ReplayMismatch(RecordError):
    """A record whose replay gives something else than it says."""


class StorageError(GameError):
    """Something could not be read or written."""


class UsageError(GameError):
    """The command line names something that does not exist."""
