"""Where things are: the checkout's folders and the user's own."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "scenarios"
TEXTS = ROOT / "assets" / "text"
ICONS = ROOT / "assets" / "icons"
APP = "big-account"


def user_data() -> Path:
    """The folder for saves. BIG_ACCOUNT_DATA overrides it (a shared drive, a test)."""
    chosen = os.environ.get("BIG_ACCOUNT_DATA")
    return Path(chosen) if chosen else user_data_path(APP, appauthor=False)


def user_cache() -> Path:
    """The folder for what can be made again. BIG_ACCOUNT_CACHE overrides it."""
    chosen = os.environ.get("BIG_ACCOUNT_CACHE")
    return Path(chosen) if chosen else user_cache_path(APP, appauthor=False)
