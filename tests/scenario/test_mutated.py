"""Mutated scenarios: the loader never breaks, never hangs, tells each mistake at a place of the file, and what it accepts can be
played to its end.

BIG_ACCOUNT_MUTATIONS says how many (see also `tests.scenario.mutate` for running a range of them by itself).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.scenario.load import load
from game.scenario.schema import Scenario
from tests.scenario import small
from tests.scenario.mutate import run

MUTATIONS = int(os.environ.get("BIG_ACCOUNT_MUTATIONS", "400"))
CHUNK = 200


@pytest.mark.parametrize("first", range(0, MUTATIONS, CHUNK))
def test_mutants_are_told_apart_and_break_nothing(first: int, tmp_path: Path) -> None:
    tally = run(first, min(CHUNK, MUTATIONS - first), tmp_path)
    assert not tally.failures, "\n".join(f"seed {seed}: {why}" for seed, why in tally.failures)


def test_they_are_of_many_kinds(tmp_path: Path) -> None:
    """Some are accepted and played, and those that are not are wrong in many ways."""
    outcomes = run(10_000, 300, tmp_path, play_every=4).outcomes
    assert outcomes["accepted"] + outcomes["played"] > 30 and outcomes["played"] > 5 and len(outcomes) > 15


def test_the_deal_they_are_made_of_is_sound_and_has_every_section(tmp_path: Path) -> None:
    found = load(small.write(tmp_path), tmp_path)
    assert not [p for p in found.problems if p.code[:2] != "W4" and p.code != "W301"] and found.scenario is not None
    assert set(Scenario.model_fields) == found.scenario.model_fields_set
