"""Opens the window and leads from screen to screen. Everything that reads or writes files is handed in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.i18n import Say
from game.ui.app import App, Settings, open_window
from game.ui.dealplay import DealPlay
from game.ui.screen import Screen
from game.ui.screens.briefing import BriefingScreen
from game.ui.screens.desk import DeskScreen
from game.ui.screens.ending import EndingScreen
from game.ui.screens.title import TitleScreen
from game.ui.shelf import Shelf

SIZE = (1280, 720)
Put = Callable[[DealPlay], tuple[list[Path], str]]
"""Writes record and report of a deal that is over: the files, or why not."""


class Guide:
    """Makes screens by their names."""

    def __init__(self, shelf: Shelf, put: Put) -> None:
        self.shelf, self.put = shelf, put

    def __call__(self, name: str, thing: Any) -> Screen:
        if name == "again":
            name, thing = "desk", self.shelf.attended(self.again(*thing))
        if name == "branch":
            name, thing = "desk", self.shelf.attended(thing[0].branch(thing[1]))
        if name == "next":
            name, thing = "briefing", self.shelf.begin_after(thing[1], thing[0])
        if name == "briefing":
            return BriefingScreen(thing)
        if name == "desk":
            return self.ending(thing) if thing.playing.over else DeskScreen(thing)
        if name == "ending":
            return self.ending(thing)
        return TitleScreen(self.shelf)

    def ending(self, play: DealPlay) -> EndingScreen:
        return EndingScreen(play, self.put, lambda language: self.shelf.following(play, language))

    def again(self, play: DealPlay, same: bool) -> DealPlay:
        """The same scenario, with the same dice or with new ones."""
        seed = play.playing.seed if same else secrets.randbelow(1 << 31)
        new = DealPlay.begin(play.ready, seed, play.saves, play.mode)
        new.sign(play.playing.who)
        return new


def run_window(
    shelf: Shelf, language: str, folder: Path, put: Put, start: DealPlay | None = None, asked: bool = False, name: str = ""
) -> None:
    """Until the user closes it. `start` opens this deal's briefing (or its desk, where it is under way).

    `asked`: the language was asked for now, and goes before the one kept; a `name` goes before the one kept.
    """
    settings = Settings.read(folder, language)
    settings.name = name or settings.name
    if asked:
        settings.language = language
    guide = Guide(shelf, put)
    app = App(open_window(SIZE, Say(settings.language)("app.name")), settings, guide, folder)
    if start is not None:
        app.screens = [guide("desk" if start.playing.decisions else "briefing", start)]
        app.build()
    app.run(shelf.read_one)
