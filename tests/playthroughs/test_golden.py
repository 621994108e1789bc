"""Plays come out as they did. To renew them after a wanted change: python -m tests.playthroughs.golden"""

from __future__ import annotations

import json

import pytest

from game.paths import SCENARIOS
from game.scenario.load import load_ready, names
from tests.playthroughs.golden import HASHES, HERE, TEXTS, hashes, text


@pytest.mark.parametrize("name", names(SCENARIOS))
def test_25_plays_of_every_policy_end_as_they_did(name: str) -> None:
    kept = json.loads(HASHES.read_text(encoding="utf-8"))
    assert hashes(load_ready(SCENARIOS / name, SCENARIOS)) == kept[name]


@pytest.mark.parametrize(("name", "policy", "seed"), TEXTS)
def test_a_play_reads_as_it_did(name: str, policy: str, seed: int) -> None:
    kept = (HERE / f"{name}-{policy}-{seed}.txt").read_text(encoding="utf-8")
    assert text(load_ready(SCENARIOS / name, SCENARIOS), policy, seed) == kept
