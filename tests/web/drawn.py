"""Gallery screens as a browser draws them: one page after the other in the same tab, without a server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from game.fonts import Type
from game.screens.screen import Screen
from game.screens.settings import Settings
from game.web.style import characters, style_sheet, subset
from game.web.view import View

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--force-color-profile=srgb", "--disable-lcd-text"]


@contextmanager
def browser() -> Iterator[Any]:
    """The system's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


def view_of(screens: list[Screen], size: tuple[int, int], language: str, theme: str, scale: float, type_: Type) -> View:
    """The screens on top of each other, as a seat shows them."""
    settings = Settings(language=language, theme=theme, text_scale=scale, led=True)
    view = View(settings, lambda name, thing: screens[0], type_, screens[0])
    view.screens = list(screens)
    view.fit(*size)
    return view


class Drawing:
    """A tab that shows what is drawn."""

    def __init__(self, tab: Any, ready: Any, folder: Path) -> None:
        self.tab, self.folder = tab, folder
        shown = characters(ready)
        for face in ("zh", "latin", "latin_bold"):
            (folder / f"{face}.woff").write_bytes(subset(face, shown))
        css = style_sheet().replace("url(/font/", f"url({folder.as_uri()}/")
        (folder / "style.css").write_text(css, encoding="utf-8")

    def picture(self, view: View) -> Image.Image:
        drawn, (w, h) = view.draw(), view.size
        head = '<meta charset="utf-8"><title>x</title><link rel="stylesheet" href="style.css">'
        body = f'<main id="stage">{"".join(drawn.elements)}</main>'
        root = f'<html lang="{drawn.language}" data-theme="{drawn.theme}">'
        page = f"<!doctype html>{root}<head>{head}</head><body>{body}</body></html>"
        path = self.folder / "page.html"
        path.write_text(page, encoding="utf-8")
        self.tab.set_viewport_size({"width": w, "height": h})
        self.tab.goto(path.as_uri())
        self.tab.evaluate("document.fonts.ready")
        return Image.open(BytesIO(self.tab.screenshot())).convert("RGB")
