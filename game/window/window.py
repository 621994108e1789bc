"""Opens the window. Everything that reads or writes files is handed in."""

from __future__ import annotations

import os
from pathlib import Path

import pygame

from game.errors import UsageError
from game.i18n import Say
from game.screens.guide import Guide, Put
from game.screens.settings import Settings
from game.session.session import Session
from game.session.shelf import Shelf
from game.window.app import App
from game.window.sounds import Sounds

SIZE = (1280, 720)


def open_window(size: tuple[int, int], caption: str) -> pygame.Surface:
    """The window; what must be set before is set. UsageError where there is no screen to open it on."""
    os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    os.environ.setdefault("SDL_IME_SHOW_UI", "1")
    try:
        pygame.display.init()
        surface = pygame.display.set_mode(size, pygame.RESIZABLE)
    except pygame.error as error:
        raise UsageError("error.window", why=str(error)) from error
    # SDL starts with text input on: an input method would swallow every shortcut.
    pygame.key.stop_text_input()
    pygame.display.set_caption(caption)
    pygame.key.set_repeat(350, 45)
    return surface


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
    app = App(open_window(SIZE, Say(settings.language)("app.name")), settings, guide, folder, sounds=Sounds())
    if start is not None:
        app.screens = [guide("desk" if start.playing.decisions else "briefing", start)]
        app.build()
    app.run(shelf.read_one)
