"""A question to the room: asked by the trainer, answered once by every seat, shown when it is closed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

LONGEST, LEAST, MOST = 200, 2, 6
"""Characters of a question or an answer; answers to choose from."""


@dataclass
class Poll:
    """`votes`: by seat, which answer, from 0. What others chose is nobody's to see while it is open."""

    number: int
    text: str
    answers: list[str]
    open: bool = True
    shown: bool = True
    """Whether the wall has it; a number is never used again."""
    votes: dict[int, int] = field(default_factory=dict)

    @classmethod
    def asked(cls, number: int, words: str) -> Poll | None:
        """From a question and its answers, a line each; None where that is no poll."""
        lines = [" ".join(line.split())[:LONGEST] for line in words.splitlines()]
        lines = [line for line in lines if line]
        if not LEAST <= len(lines) - 1 <= MOST:
            return None
        return cls(number, lines[0], lines[1:])

    @classmethod
    def kept(cls, words: str) -> Poll | None:
        """As it was written down; None where nothing was."""
        if not words:
            return None
        raw = json.loads(words)
        return cls(**{**raw, "votes": {int(seat): vote for seat, vote in raw["votes"].items()}})

    def written(self) -> str:
        return json.dumps(asdict(self))

    def vote(self, seat: int, answer: int) -> bool:
        """A seat's answer, which it may change until the poll is closed; whether it counted."""
        if not self.open or not 0 <= answer < len(self.answers):
            return False
        self.votes[seat] = answer
        return True

    def for_seat(self, seat: int) -> dict[str, Any] | None:
        """What a seat sees of it; nothing once it is closed."""
        if not self.open:
            return None
        return {"number": self.number, "text": self.text, "answers": self.answers, "mine": self.votes.get(seat)}

    def for_room(self) -> dict[str, Any]:
        """What console and wall see: how many have answered, and what, once it is closed."""
        counts = [list(self.votes.values()).count(k) for k in range(len(self.answers))]
        shown = {} if self.open else {"counts": counts}
        return {
            "number": self.number,
            "text": self.text,
            "answers": self.answers,
            "open": self.open,
            "n": len(self.votes),
            **shown,
        }
