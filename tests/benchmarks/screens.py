"""How fast screens are: `python -m tests.benchmarks.screens [SCENARIO]`. Figures, no verdict; software drawing, no window.

redraw: the whole screen painted anew, text cached; build: nodes made and placed; first: from nothing to the first frame.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median

FIRST = """
import os, time
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
from pathlib import Path
import game.cli.main, game.window.window as w
from game.session.shelf import Shelf
from game.window.app import App
from game.screens.settings import Settings
from game.window.window import open_window
from game.paths import SCENARIOS
t = time.perf_counter()
shelf = Shelf(SCENARIOS, None, 1)
app = App(open_window((1280, 720), ""), Settings("zh"), Guide(shelf, lambda play: ([], "")))
app.paint()
import pygame
pygame.display.flip()
print(time.perf_counter() - t)
"""


def main(name: str) -> None:
    first = [float(subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True).stdout) for _ in range(5)]
    print(f"first frame after the imports: median {1000 * median(first):.0f} ms, worst {1000 * max(first):.0f} ms")
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    from tests.screens.gallery import Gallery, app_of

    gallery = Gallery(name)
    for size in ((1280, 720), (1920, 1080), (3840, 2160)):
        redraws, builds = [], []
        for name_, screens in gallery.screens():
            app = app_of(screens, size, "zh")
            times = []
            for _ in range(7):
                start = time.perf_counter()
                app.paint()
                times.append(time.perf_counter() - start)
            redraws.append((median(times), name_))
            start = time.perf_counter()
            app.build()
            builds.append(time.perf_counter() - start)
        print(
            f"{size[0]}x{size[1]}: redraw median {1000 * median(t for t, _ in redraws):.1f} ms, "
            f"worst {1000 * max(redraws)[0]:.1f} ms ({max(redraws)[1]}); "
            f"build median {1000 * median(builds):.1f} ms, worst {1000 * max(builds):.1f} ms ({len(redraws)} screens)"
        )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "smart-factory")
