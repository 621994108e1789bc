"""What a branch of anything brings: of an action, an event, an answer, a promise."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator

from game.scenario.entities import Part
from game.scenario.kinds import Amount, Names, Percent, Sources, Texts


class Outcome(Part):
    """What a branch brings. Any other key is a quantity: a number adds, "=20" sets, a linear text adds its value."""

    share: Percent | None = None
    say: Texts | None = None
    said: Names = []
    verifies: Names = []
    claims: dict[str, Percent] = {}
    asks: bool = False
    checks: bool = False
    reads: Sources = None
    reveals: Sources = None
    finds: Names = []
    arrives: Names = []
    leaves: Names = []
    promises: Names = []
    opens: Names = []
    effects: dict[str, Amount] = {}

    @model_validator(mode="before")
    @classmethod
    def _quantities(cls, data: Any) -> Any:
        """Moves every key that is no field into `effects`."""
        if not isinstance(data, dict) or "effects" in data:
            return data
        known = {k: v for k, v in data.items() if k in cls.model_fields}
        return {**known, "effects": {k: v for k, v in data.items() if k not in cls.model_fields}}
