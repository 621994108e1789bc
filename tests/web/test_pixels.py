"""A page beside the window: the same screens, the same places, but for how letters and edges are smoothed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from game.fonts import Type
from tests.judgements import Settled
from tests.screens.gallery import Gallery, app_of, picture_of
from tests.web.drawn import CHROMIUM, Drawing, browser, view_of

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
REACH, FELT = 2, 60
"""A pixel counts as other where nothing like it is within so many pixels in the other picture, by so much of 255."""
MOST = 1.0
"""Percent."""
SHOWN = ("briefing", "desk-net", "card", "scene-answers", "debrief-review")


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Percent of pixels that have nothing like them near their place in the other picture."""
    a, b = (np.asarray(picture.convert("RGB"), dtype=np.int16) for picture in (one, other))
    return float(100 * (_far(a, b) | _far(b, a)).mean())


def _far(a: Any, b: Any) -> Any:
    best, wide = np.full(a.shape[:2], 999), np.pad(b, ((REACH, REACH), (REACH, REACH), (0, 0)), mode="edge")
    for dy in range(2 * REACH + 1):
        for dx in range(2 * REACH + 1):
            best = np.minimum(best, np.abs(a - wide[dy : dy + a.shape[0], dx : dx + a.shape[1]]).max(axis=2))
    return best > FELT


@pytest.fixture(scope="module")
def gallery() -> Gallery:
    found = Gallery("office-supplies")
    found.companion = Settled(found.ready)
    return found


@pytest.fixture(scope="module")
def tab(gallery: Gallery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawing]:
    folder: Path = tmp_path_factory.mktemp("drawn")
    with browser() as found:
        yield Drawing(found.new_page(), gallery.ready, folder)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_looks_as_the_window(gallery: Gallery, tab: Drawing, language: str) -> None:
    type_ = Type()
    for name, screens in gallery.screens():
        if name in SHOWN:
            app = app_of(screens, (1280, 720), language)
            app.pen.focus_seen = False
            page = tab.picture(view_of(screens, (1280, 720), language, "dark", 1.0, type_))
            assert unlike(picture_of(app), page) < MOST, name
