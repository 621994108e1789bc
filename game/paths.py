"""Where things are: the checkout's folders and the user's own."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from game.errors import StorageError

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "assets" / "scenario.schema.json"
SCENARIOS = ROOT / "scenarios"
TEXTS = ROOT / "assets" / "text"
ICONS = ROOT / "assets" / "icons"
WEB = ROOT / "assets" / "web"
APP = "big-account"


def user_data() -> Path:
    """The folder for saves. BIG_ACCOUNT_DATA overrides it (a shared drive, a test), and is then as open as the user made it."""
    chosen = os.environ.get("BIG_ACCOUNT_DATA")
    return Path(chosen) if chosen else _handed_out(user_data_path(APP, appauthor=False), holds_code=False)


def user_cache() -> Path:
    """The folder for what can be made again. BIG_ACCOUNT_CACHE overrides it. Machine code is run from there."""
    chosen = os.environ.get("BIG_ACCOUNT_CACHE")
    return _handed_out(Path(chosen) if chosen else user_cache_path(APP, appauthor=False), holds_code=True)


def code_folder() -> Path:
    """Where machine code is kept."""
    return user_cache() / "compiled"


def _handed_out(folder: Path, holds_code: bool) -> Path:
    """A home where nothing can be made is no reason to stop: whoever writes there finds out and goes without."""
    with contextlib.suppress(OSError):
        private(folder, holds_code)
    return folder


def private(folder: Path, holds_code: bool = True) -> Path:
    """The folder, made for us alone where it is missing.

    OSError where it cannot be made, StorageError where others could have put something into it. What our group could write in
    is closed to it: that is how folders come out on machines where everybody is a group of their own. What everybody could write
    in is closed only where no code is run from it; who knows what lies there by now.
    """
    _make(folder)
    closing = stat.S_IWGRP if holds_code else stat.S_IWGRP | stat.S_IWOTH
    if sys.platform != "win32" and not (_is_ours(folder) and _is_closed(folder, closing)):
        raise StorageError("error.unsafe_folder", path=folder)
    return folder


def _make(folder: Path) -> None:
    """With those above it, up to a drive that is not there; `mkdir` alone would open the parents to whom the umask lets in."""
    if folder.parent != folder and not folder.parent.exists():
        _make(folder.parent)
    folder.mkdir(0o700, exist_ok=True)


def _is_ours(folder: Path) -> bool:
    """Whether we or root, who can do everything anyhow, own the folder and the link that it may be."""
    return {folder.lstat().st_uid, folder.stat().st_uid} <= {0, os.geteuid()}


def _is_closed(folder: Path, closing: int) -> bool:
    """Whether nobody else can write in it, once what may be closed has been."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & closing:
        with contextlib.suppress(OSError):
            folder.chmod(mode & ~closing)
    return not folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)
