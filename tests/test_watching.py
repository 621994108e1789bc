"""A scenario that is watched is checked again when it is saved, and the author hears what is new and what is mended."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from game.paths import ROOT, SCENARIOS


class Watching:
    """`watch` in a process of its own, and what it says."""

    def __init__(self, folder: Path) -> None:
        args = [sys.executable, "-m", "game.cli", "watch", str(folder)]
        env = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(args, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def told(self, words: str) -> str:
        """All it says until it says this."""
        heard = ""
        for _ in range(200):
            heard += self.lines.get(timeout=30)
            if words in heard:
                return heard
        raise AssertionError(heard)


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or sys.platform == "win32", reason="no Ctrl+C to send here")
def test_each_save_is_checked_and_what_was_mended_is_counted(tmp_path: Path) -> None:
    shutil.copytree(SCENARIOS / "office-supplies", tmp_path / "deal")
    path = tmp_path / "deal" / "scenario.yaml"
    right = path.read_text(encoding="utf-8")
    watching = Watching(tmp_path / "deal")
    try:
        watching.told("deal：可以玩")
        path.write_text(right.replace("size: S", "size:S").replace("hears: {liu: 0.5", "hears: {lui: 0.5"), encoding="utf-8")
        heard = watching.told("E124")
        assert "有 1 处错误" in heard
        path.write_text(right.replace("hears: {liu: 0.5", "hears: {lui: 0.5"), encoding="utf-8")
        heard = watching.told("E201")
        assert "改好 1 处" in heard
        path.write_text(right, encoding="utf-8")
        assert "改好 1 处" in watching.told("可以玩")
    finally:
        watching.process.send_signal(signal.SIGINT)
        assert watching.process.wait(20) == 0
