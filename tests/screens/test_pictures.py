"""A dozen screens compared with the pictures in tests/snapshots, which are kept in few colours.

Pictures are the same on every Python and machine, but not in every pygame-ce: its version is pinned. They are renewed only with
the reason in the commit: `python -m tests.screens.gallery golden`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.screens.gallery import GOLDEN, SNAPSHOTS, Gallery, app_of, picture_of

FELT = 24
"""A colour may be off by as much, of 255, for being one of few; a letter that moved is off by more."""


@pytest.fixture(scope="module")
def gallery() -> Gallery:
    return Gallery("office-supplies")


def differing(one: Image.Image, other: Image.Image) -> int:
    """Pixels that differ by more than few colours make."""
    if one.size != other.size:
        return one.size[0] * one.size[1]
    a, b = (np.asarray(picture.convert("RGB"), dtype=int) for picture in (one, other))
    return int((np.abs(a - b) > FELT).any(axis=2).sum())


@pytest.mark.parametrize(("name", "language", "theme", "scale"), GOLDEN)
def test_the_screen_looks_as_it_did(gallery: Gallery, tmp_path: Path, name: str, language: str, theme: str, scale: float) -> None:
    app = app_of(dict(gallery.screens())[name], (1280, 720), language, theme, scale)
    path = SNAPSHOTS / f"{name}.{language}.{theme}.{round(100 * scale)}.png"
    now = picture_of(app)
    many = differing(Image.open(path), now)
    if many:
        now.save(tmp_path / path.name)
        pytest.fail(f"{path.name}: {many} pixels differ; the picture as it is now: {tmp_path / path.name}")


def test_a_word_that_moved_by_a_pixel_is_seen(gallery: Gallery) -> None:
    now = picture_of(app_of(dict(gallery.screens())["briefing"], (1280, 720), "zh"))
    moved = now.copy()
    moved.paste(now.crop((300, 100, 700, 140)), (301, 100))
    assert differing(now, moved) > 50
