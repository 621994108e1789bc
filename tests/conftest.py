from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.judging import cache as judgements
from game.paths import SCENARIOS
from game.scenario.load import Ready, load_ready
from game.weighing import cache as blocks

LONG = (
    ("tests/web/test_browsers.py",),
    ("tests/weighing/test_batches.py", "tests/window/test_window.py", "tests/web/test_pixels.py"),
    ("tests/web/test_killed_room.py", "tests/weighing/test_weighing.py", "tests/test_run.py", "tests/report/test_class.py"),
)
"""What takes long, most of it waiting for other programs: begun first, each group by another worker. Else the last of them would
run alone while the others have nothing to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long at the head of what each worker gets: xdist hands out equal runs of tests, in this order."""
    many = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    first = [[item for name in names for item in items if item.nodeid.startswith(name)] for names in LONG]
    taken = {item for group in first for item in group}
    rest = iter([item for item in items if item not in taken])
    share, ordered = -(-len(items) // many), list[pytest.Item]()
    for k in range(many):
        own = [item for group in first[k::many] for item in group]
        ordered += own + [item for item, _ in zip(rest, range(share - len(own)), strict=False)]
    items[:] = [*ordered, *rest]


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
