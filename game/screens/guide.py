"""Leads from screen to screen. What writes files is handed in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.screens.briefing import BriefingScreen
from game.screens.desk import DeskScreen
from game.screens.ending import EndingScreen
from game.screens.screen import Screen
from game.screens.title import TitleScreen
from game.session.session import Session
from game.session.shelf import Shelf

Put = Callable[[Session], tuple[list[Path], str]]
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

    def ending(self, play: Session) -> EndingScreen:
        return EndingScreen(play, self.put, lambda language: self.shelf.following(play, language))

    def again(self, play: Session, same: bool) -> Session:
        """The same scenario, with the same dice or with new ones."""
        seed = play.playing.seed if same else secrets.randbelow(1 << 31)
        new = Session.begin(play.ready, seed, play.saves, play.mode)
        new.sign(play.playing.who)
        return new
