"""Type: a Chinese face and a Latin one, both from packages; whole strings go to one of them."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pygame

from game.errors import UsageError
from game.words.wrap import wrap

LINE = 1.42
"""Height of a line over the size of its type."""
RISE = 0.06
"""How far the glyphs of both faces sit below the middle of their line; lifted when drawn."""
LATIN = 1.07
"""The Latin face stands a little smaller on its body than the Chinese one."""


def _file(package: str, *inside: str) -> str:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("error.fonts")
    return str(Path(next(iter(spec.submodule_search_locations))).joinpath(*inside))


@cache
def font_files() -> dict[str, str]:
    """Paths of the faces: Chinese, Latin, Latin bold."""
    return {
        "zh": _file("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),
        "latin": _file("font_source_sans_pro", "files", "SourceSansPro-Regular.ttf"),
        "latin_bold": _file("font_source_sans_pro", "files", "SourceSansPro-Semibold.ttf"),
    }


def is_chinese(text: str) -> bool:
    """Whether the string has a character that only the Chinese face has; quotes alone do not make it Chinese."""
    return any(c >= "⺀" for c in text)


class Type:
    """Measures and renders text at pixel sizes; keeps what it made."""

    def __init__(self) -> None:
        pygame.font.init()
        self.files = font_files()
        self._fonts: dict[tuple[str, int], pygame.font.Font] = {}
        self._widths: dict[tuple[str, int, bool], int] = {}
        self._lines: dict[tuple[str, int, bool, int], list[str]] = {}
        self._made: dict[tuple[str, int, bool, tuple[int, int, int]], pygame.Surface] = {}

    def font(self, text: str, px: int, bold: bool) -> pygame.font.Font:
        face = "zh" if is_chinese(text) else "latin_bold" if bold else "latin"
        size = px if face == "zh" else round(px * LATIN)
        if (face, size) not in self._fonts:
            self._fonts[face, size] = pygame.font.Font(self.files[face], size)
        return self._fonts[face, size]

    def strike(self, text: str, px: int, bold: bool) -> int:
        """How far the second strike of a bold Chinese line stands to the right: its face has one weight only."""
        return max(1, round(px / 26)) if bold and is_chinese(text) else 0

    def width(self, text: str, px: int, bold: bool) -> int:
        key = (text, px, bold)
        if key not in self._widths:
            if len(self._widths) > 60_000:
                self._widths.clear()
            self._widths[key] = self.font(text, px, bold).size(text)[0] + self.strike(text, px, bold)
        return self._widths[key]

    def lines(self, text: str, px: int, bold: bool, width: int) -> list[str]:
        key = (text, px, bold, width)
        if key not in self._lines:
            if len(self._lines) > 8_000:
                self._lines.clear()
            whole = "\n" not in text and self.width(text, px, bold) <= width
            self._lines[key] = [text] if whole else wrap(text, width, lambda part: self.width(part, px, bold))
        return self._lines[key]

    def height(self, px: int) -> int:
        return round(px * LINE)

    def made(self, text: str, px: int, bold: bool, color: tuple[int, int, int]) -> pygame.Surface:
        """The line as a surface with transparency."""
        key = (text, px, bold, color)
        found = self._made.get(key)
        if found is None:
            if len(self._made) > 4_000:
                self._made.clear()
            found = self.font(text, px, bold).render(text, True, color)
            step = self.strike(text, px, bold)
            if step:
                wide = pygame.Surface((found.get_width() + step, found.get_height()), pygame.SRCALPHA)
                wide.blit(found, (0, 0))
                wide.blit(found, (step, 0))
                found = wide
            self._made[key] = found
        return found
