"""Plays come out as they did. To renew them after a wanted change: python -m tests.playthroughs.golden SCENARIO"""

from __future__ import annotations

import json

import pytest

from game.paths import SCENARIOS
from game.policies.policies import POLICIES
from game.scenario.load import load_ready, names
from tests.playthroughs.golden import ENDINGS, HERE, TEXTS, changes, endings, text


@pytest.mark.parametrize("name", names(SCENARIOS))
@pytest.mark.parametrize("policy", POLICIES)
def test_25_plays_of_every_policy_end_as_they_did(name: str, policy: str) -> None:
    kept = json.loads(ENDINGS.read_text(encoding="utf-8"))[name][policy]
    assert not changes(policy, kept, endings(load_ready(SCENARIOS / name, SCENARIOS), policy))


def test_a_change_is_told_in_words() -> None:
    before, after = ["won 70 30 aa", "won 60 30 bb", "lost 0 9 cc"], ["won 70 30 aa", "lost 10 8 dd", "lost 0 9 cc"]
    assert changes("greedy", before, before) == ""
    told = changes("greedy", before, after)
    assert told == "greedy: 1 of 3 end otherwise; points 43.3 -> 26.7; lost 1 -> 2, won 2 -> 1"


@pytest.mark.parametrize(("name", "policy", "seed"), TEXTS)
def test_a_play_reads_as_it_did(name: str, policy: str, seed: int) -> None:
    kept = (HERE / f"{name}-{policy}-{seed}.txt").read_text(encoding="utf-8")
    assert text(load_ready(SCENARIOS / name, SCENARIOS), policy, seed) == kept
