"""Leads from screen to screen. What writes files is handed in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.screens.briefing import BriefingScreen
from game.screens.desk import DeskScreen
from game.screens.ending import EndingScreen
from game.screens.messages import AgainOf, BranchOf, NextAfter
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
        play = self.deal(thing)
        if play is None or name == "title":
            return TitleScreen(self.shelf)
        if name == "briefing":
            return BriefingScreen(play)
        return self.ending(play) if play.playing.over else DeskScreen(play)

    def deal(self, thing: Any) -> Session | None:
        """The deal that a way leads to; one that begins here is attended from its beginning."""
        match thing:
            case AgainOf(play, same):
                return self.shelf.attended(play.again(play.playing.seed if same else secrets.randbelow(1 << 31)))
            case BranchOf(play, at):
                return self.shelf.attended(play.branch(at))
            case NextAfter(play, scenario):
                return self.shelf.begin_after(scenario, play)
        return thing if isinstance(thing, Session) else None

    def ending(self, play: Session) -> EndingScreen:
        return EndingScreen(play, self.put, lambda language: self.shelf.following(play, language))
