"""Whole deals in a real window: by mouse in Chinese, by keys alone in English. Needs Xvfb and xdotool; skipped aloud without."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest
from PIL import ImageChops, ImageGrab, ImageStat

from game.paths import ROOT, SCENARIOS
from game.screens.desk import DeskScreen
from game.screens.ending import EndingScreen
from game.screens.guide import Guide
from game.screens.layout import Box
from game.screens.messages import BeginDeal
from game.screens.settings import Settings
from game.session.saves import FILE
from game.session.shelf import Shelf
from game.window.app import App
from game.window.window import SIZE
from tests.screens.gallery import no_files, picture_of, surface_of

MISSING = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
SEED = 5
LIKE = 3.0
"""Mean difference of brightness, of 255, below which two pictures show the same."""
KEYS = {"space": pygame.K_SPACE, "Return": pygame.K_RETURN, "g": pygame.K_g, "Escape": pygame.K_ESCAPE, "Tab": pygame.K_TAB}
KEYS |= {str(k): pygame.K_0 + k for k in range(1, 10)}


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen that nobody sees, under a number that the server finds free by itself: others may ask for one at the same time."""
    told, tell = os.pipe()
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1400x900x24"]
    server = subprocess.Popen(command, pass_fds=(tell,), stderr=subprocess.DEVNULL)
    os.close(tell)
    with os.fdopen(told) as words:
        number = words.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait()


class Walk:
    """A real window, and a mirror of it in this process that says where things are and what should come."""

    def __init__(self, display: str, data: Path, language: str) -> None:
        self.data, self.out = data, data / "out"
        self.env = {k: v for k, v in os.environ.items() if k != "SDL_VIDEODRIVER"}
        self.env |= {
            "DISPLAY": display,
            "BIG_ACCOUNT_DATA": str(data),
            "PYTHONPATH": str(ROOT),
            "BIG_ACCOUNT_PLAIN": "1",
            "SDL_AUDIODRIVER": "dummy",
        }
        command = [sys.executable, "-m", "game.cli", "play", "--lang", language, "--seed", str(SEED), "--out", str(self.out)]
        self.process = subprocess.Popen(command, env=self.env, cwd=ROOT)
        self.shelf = Shelf(SCENARIOS, None, SEED)
        while self.shelf.read_one():
            pass
        if not pygame.display.get_init():
            pygame.display.init()
            pygame.display.set_mode((64, 64))
        self.mirror = App(surface_of(SIZE), Settings(language), Guide(self.shelf, no_files))
        self.mirror.build()
        self.window = self.until(self.find_window)
        self.until(self.shows_the_mirror)

    def tool(self, *words: str) -> str:
        return subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True).stdout.strip()

    def find_window(self) -> str:
        return self.tool("search", "--onlyvisible", "--pid", str(self.process.pid)).split("\n")[0]

    def shows_the_mirror(self) -> str:
        """Whether the window looks as the mirror does; frames and cursors may differ."""
        about = dict(
            line.split("=") for line in self.tool("getwindowgeometry", "--shell", self.window).split("\n") if "=" in line
        )
        x, y = int(about["X"]), int(about["Y"])
        there = ImageGrab.grab((x, y, x + SIZE[0], y + SIZE[1]), xdisplay=self.env["DISPLAY"])
        self.mirror.build()
        self.mirror.paint()
        pair = [picture.convert("L").resize((160, 90)) for picture in (there, picture_of(self.mirror))]
        return "yes" if ImageStat.Stat(ImageChops.difference(*pair)).mean[0] < LIKE else ""

    def until(self, ask: object, seconds: float = 90) -> str:
        for _ in range(int(seconds * 10)):
            found = ask() if callable(ask) else ""
            if found:
                return str(found)
            time.sleep(0.1)
        raise AssertionError("the window did not answer in time")

    def click(self, box: Box) -> None:
        """Press it with the mouse, there and here."""
        x, y = box.area.x + box.area.w // 2, box.area.y + box.area.h // 2
        self.tool("mousemove", "--window", self.window, str(x), str(y), "click", "1")
        self.mirror.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(x, y)))
        self.settle()

    def key(self, name: str) -> None:
        self.tool("key", name)
        self.mirror.handle(pygame.event.Event(pygame.KEYDOWN, key=KEYS[name], mod=0, unicode=""))
        self.mirror.handle(pygame.event.Event(pygame.KEYUP, key=KEYS[name], mod=0))
        self.settle()

    def settle(self) -> None:
        """Wait until the window has saved what the mirror decided."""
        top = self.mirror.screens[0]
        if isinstance(top, (DeskScreen, EndingScreen)):
            decided = len(top.play.playing.decisions)
            self.until(lambda: len(self.saved()) >= decided)
        else:
            self.until(self.shows_the_mirror, 20)

    def saved(self) -> list[str]:
        """The decisions that the window has put on the disk."""
        path = self.data / FILE
        if not path.is_file():
            return []
        with sqlite3.connect(path) as db:
            return [row[0] for row in db.execute("SELECT words FROM decisions ORDER BY k")]

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


@pytest.fixture
def walk(display: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Walk]:
    walk = Walk(display, tmp_path, request.param)
    yield walk
    walk.close()


def next_box(app: App, turn: int) -> str:
    """What a plain player presses next: on with what is told, an answer, a way to do it, the gate, a card, else time."""
    boxes = {b.id: b for b in app.pressables()}
    for wanted in ("lead", "lead:skip", "next", "answer:1", "option:0", "pass", "idle", "back"):
        if wanted in boxes:
            return wanted
    desk = app.screens[0]
    assert isinstance(desk, DeskScreen)
    view = desk.play.desk(desk.say.language)
    if view.gate and view.gate.honest and view.gate.may_pass:
        return "gate"
    cards = [c for c in view.cards if not c.breach]
    if cards and view.free_fronts:
        shown = [c for c in cards if f"card:{c.action}" in boxes]
        if shown:
            return f"card:{shown[turn % len(shown)].action}"
    return "wait"


@pytest.mark.parametrize("walk", ["zh"], indirect=True)
def test_a_whole_deal_by_mouse_in_chinese(walk: Walk) -> None:
    app = walk.mirror
    box = next(b for b in app.pressables() if b.message == BeginDeal("office-supplies"))
    walk.click(box)
    begin = app.find("begin")
    assert begin
    walk.click(begin)
    turn = 0
    while not isinstance(app.screens[0], EndingScreen):
        box = app.find(next_box(app, turn))
        assert box
        walk.click(box)
        turn += 1
        assert turn < 400
    assert walk.saved() == [str(d).replace("'", '"').replace(", ", ",") for d in app.screens[0].play.playing.decisions]
    report = app.find("report")
    assert report
    walk.click(report)
    walk.until(lambda: list(walk.out.glob("*.play.json")) and list(walk.out.glob("*.html")))


@pytest.mark.parametrize("walk", ["en"], indirect=True)
def test_a_whole_deal_by_keys_alone_in_english(walk: Walk) -> None:
    app = walk.mirror
    walk.tool("windowfocus", walk.window)
    time.sleep(0.5)
    walk.key("1")
    walk.key("space")
    turn = 0
    while not isinstance(app.screens[0], EndingScreen):
        wanted = next_box(app, turn)
        box = app.find(wanted)
        assert box
        keys = {" ": "space", "escape": "Escape", "space": "space"}
        if box.keys:
            walk.key(keys.get(box.keys[0], box.keys[0]))
        else:
            for _ in range(200):
                if app.pen.focus == wanted:
                    break
                walk.key("Tab")
            walk.key("Return")
        turn += 1
        assert turn < 400
    assert walk.saved() == [str(d).replace("'", '"').replace(", ", ",") for d in app.screens[0].play.playing.decisions]
