"""A dozen screens compared exactly with the pictures in tests/snapshots.

Pictures are the same on every Python and machine, but not in every pygame-ce: its version is pinned.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pygame
import pytest

from tests.screens.gallery import GOLDEN, SNAPSHOTS, Gallery, app_of


@pytest.fixture(scope="module")
def gallery() -> Gallery:
    return Gallery("office-supplies")


@pytest.mark.parametrize(("name", "language", "theme", "scale"), GOLDEN)
def test_the_screen_looks_as_it_did(gallery: Gallery, tmp_path: Path, name: str, language: str, theme: str, scale: float) -> None:
    screens = dict(gallery.screens())[name]
    app = app_of(screens, (1280, 720), language, theme, scale)
    path = SNAPSHOTS / f"{name}.{language}.{theme}.{round(100 * scale)}.png"
    kept = pygame.surfarray.array3d(pygame.image.load(str(path)))
    now = pygame.surfarray.array3d(app.pen.surface)
    if not np.array_equal(kept, now):
        other = tmp_path / path.name
        pygame.image.save(app.pen.surface, str(other))
        share = float((kept != now).any(axis=2).mean()) if kept.shape == now.shape else 1.0
        pytest.fail(f"{path.name}: {100 * share:.2f} % of the pixels differ; the picture as it is now: {other}")
