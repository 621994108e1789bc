"""Machine code that is kept on disk: only what is there as it was written is used, else it is thrown away and made again.

numba keeps pickles and object code. Damaged ones end the program in many ways, some without a word, so beside them lies a
manifest: the digest of every file. It holds no secret; those who should not write here are kept out by the folder's permissions.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
MOST = 2
"""States of the sources whose code is kept, for the same entries; the one longest unused goes first."""
DISCARDED = "discarded-"


@dataclass(frozen=True)
class MachineCode:
    """The code of some entries for one state of the sources, in a folder of its own beside others."""

    folder: Path
    entries: tuple[str, ...]

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time, for all states. OSError where there is no place for a lock."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(self.folder.parent / "lock", flags, 0o600), "rb+") as guard:
            wait_for(guard.fileno())
            yield  # the system frees it when the file is closed, however the process ends

    def is_usable(self) -> bool:
        """Whether what is there is as it was written, if need be because it was thrown away. Under the lock."""
        try:
            if self._promised() == self._found():
                with contextlib.suppress(OSError):
                    os.utime(self.folder / MANIFEST)
                return True
        except (OSError, ValueError):
            pass
        return self.discard()

    def seal(self) -> None:
        """What is there now counts. Under the lock."""
        new = self.folder / (MANIFEST + ".new")
        new.write_text(json.dumps({"entries": self.entries, "files": self._found()}), "utf-8")
        new.replace(self.folder / MANIFEST)
        self._thin_out()

    def discard(self) -> bool:
        """Throw it away; False where that is not possible. Moved aside first: it goes at once or not at all. Under the lock."""
        try:
            if os.path.lexists(self.folder):
                self.folder.rename(Path(tempfile.mkdtemp(prefix=DISCARDED, dir=self.folder.parent)) / "code")
        except OSError:
            return False
        self._clear_away()
        return True

    def _clear_away(self) -> None:
        for old in self.folder.parent.glob(DISCARDED + "*"):
            shutil.rmtree(old, ignore_errors=True)

    def _files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*.nb[ic]") if path.is_file()]

    def _found(self) -> dict[str, str]:
        """Digest by name of every file of machine code; other programs may leave things of their own."""
        if self.folder.exists() and not self.folder.is_dir():
            raise NotADirectoryError(self.folder)
        return {path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in self._files()}

    def _promised(self) -> Any:
        """What the manifest says should be found; ValueError where it is none. Without one there should be nothing."""
        return _read(self.folder)["files"] if os.path.lexists(self.folder / MANIFEST) else {}

    def _thin_out(self) -> None:
        """Of older states of the sources the newest stay, and those of other entries. Code without a manifest serves nobody."""
        same: list[tuple[float, MachineCode]] = []
        for folder in self.folder.parent.iterdir():
            other = MachineCode(folder, self.entries)
            with contextlib.suppress(OSError):
                try:
                    if _read(folder)["entries"] == list(self.entries):
                        same.append(((folder / MANIFEST).stat().st_mtime, other))
                except (FileNotFoundError, ValueError):
                    if other._files():
                        other.discard()
        for _, other in sorted(same, key=lambda pair: pair[0])[:-MOST]:
            other.discard()


def _read(folder: Path) -> dict[str, Any]:
    """A manifest; ValueError where it is none."""
    said = json.loads((folder / MANIFEST).read_text("utf-8"))
    if not isinstance(said, dict) or not {"entries", "files"} <= set(said):
        raise ValueError(folder)
    return said


def wait_for(guard: int) -> None:
    """Until this process alone has the file; the system lets go when it is closed, however the process ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(guard, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(guard, fcntl.LOCK_EX)
