from __future__ import annotations

from pathlib import Path

import pytest

from game.judging import cache as judgements
from game.paths import SCENARIOS
from game.scenario.load import Ready, load_ready
from game.weighing import cache as blocks


@pytest.fixture(scope="session")
def office() -> Ready:
    return load_ready(SCENARIOS / "office-supplies", SCENARIOS)


@pytest.fixture(scope="session")
def factory() -> Ready:
    return load_ready(SCENARIOS / "smart-factory", SCENARIOS)


@pytest.fixture(autouse=True)
def nothing_done_before(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was judged and played on this computer before stays out of the tests."""
    for module in (judgements, blocks):
        monkeypatch.setattr(module, "user_cache", lambda: tmp_path_factory.getbasetemp())


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data folder of its own."""
    folder = tmp_path / "data"
    monkeypatch.setenv("BIG_ACCOUNT_DATA", str(folder))
    return folder
