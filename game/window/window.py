"""Opens the window. Everything that reads or writes files is handed in."""

from __future__ import annotations

from pathlib import Path

from game.i18n import Say
from game.screens.guide import Guide, Put
from game.session.session import Session
from game.session.shelf import Shelf
from game.window.app import App, open_window
from game.window.settings import Settings

SIZE = (1280, 720)


def run_window(
    shelf: Shelf, language: str, folder: Path, put: Put, start: Session | None = None, asked: bool = False, name: str = ""
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
