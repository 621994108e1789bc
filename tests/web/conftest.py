"""A room for each test of the web door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.paths import SCENARIOS
from game.scenario.load import Ready, load_ready
from tests.web.test_room import Open


@pytest.fixture(scope="module")
def ready() -> Ready:
    return load_ready(SCENARIOS / "office-supplies", SCENARIOS)


@pytest.fixture
def room(tmp_path: Path, ready: Ready) -> Iterator[Open]:
    found = Open(tmp_path, ready)
    yield found
    found.close()
