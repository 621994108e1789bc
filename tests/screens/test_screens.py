"""Every screen in both languages, at the smallest and largest text, on small and large windows and in both themes."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.fonts import is_chinese
from game.screens.layout import Box, Node, Scroll, walk
from game.screens.theme import THEMES, contrast
from game.screens.widgets import Icon, Text
from game.window.app import App
from tests.screens.gallery import Gallery, app_of

SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
LANGUAGE_NAMES = ("中文", "English")


@pytest.fixture(scope="module", params=["office-supplies", "smart-factory"])
def gallery(request: pytest.FixtureRequest) -> Gallery:
    return Gallery(request.param)


def apps(gallery: Gallery, language: str, scale: float, size: tuple[int, int]) -> Iterator[tuple[str, App]]:
    for name, screens in gallery.screens():
        yield name, app_of(screens, size, language, text_scale=scale, paint=False)


def words(node: Node) -> str:
    return next((n.text for n in walk(node) if isinstance(n, Text) and n.text), type(node).__name__)


def faults_of_place(app: App, node: Node) -> Iterator[str]:
    """Siblings on top of each other, children that stick out, text that has no room."""
    seen = [c for c in node.children if c.area.w > 0 and c.area.h > 0]
    if not (isinstance(node, Box) and node.kind == "layers"):
        for k, one in enumerate(seen):
            for other in seen[k + 1 :]:
                if one.area.meets(other.area):
                    yield f"overlap: {words(one)} / {words(other)}"
    for c in seen:
        if isinstance(node, Scroll):
            if c.area.w > node.area.w:
                yield f"wider than its window: {words(c)}"
        elif not node.area.covers(c.area):
            yield f"sticks out: {words(c)} {c.area} of {node.area}"
    if isinstance(node, Text) and node.text:
        lines = app.pen.lines(node.text, node.font, node.bold, max(1, node.area.w))
        sizes = [app.pen.text_size(line, node.font, node.bold) for line in lines]
        if max(w for w, _ in sizes) > node.area.w or sum(h for _, h in sizes) > node.area.h:
            yield f"cut: {node.text!r} {node.area} needs {sizes}"
    for c in node.children:
        yield from faults_of_place(app, c)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("scale", [1.0, 1.75])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_overlaps_and_nothing_is_cut(gallery: Gallery, language: str, scale: float, size: tuple[int, int]) -> None:
    found = [
        f"{name}: {fault}"
        for name, app in apps(gallery, language, scale, size)
        for root in app.roots
        for fault in faults_of_place(app, root)
    ]
    assert not found, "\n".join(dict.fromkeys(found))


def grounds(node: Node, ground: str) -> Iterator[tuple[str, str, bool]]:
    """(colour, ground, large) of every text and icon."""
    if isinstance(node, Box) and node.fill:
        ground = node.fill
    if isinstance(node, Text) and node.text.strip():
        own = node.color.removeprefix("on_") if node.color.startswith("on_") else ground
        yield node.color, own, node.font >= 24 or (node.bold and node.font >= 18.7)
    if isinstance(node, Icon):
        yield node.color, node.color.removeprefix("on_") if node.color.startswith("on_") else ground, True
    for c in node.children:
        yield from grounds(c, ground)


def test_every_text_and_icon_has_contrast_enough(gallery: Gallery) -> None:
    """WCAG 2.2 AA: 4.5 for text, 3 for large text and icons; hovering changes a raised ground to the chosen one."""
    pairs = {pair for _, app in apps(gallery, "zh", 1.0, (1280, 720)) for root in app.roots for pair in grounds(root, "back")}
    pairs |= {(color, "chosen", large) for color, ground, large in pairs if ground in ("raised", "panel")}
    found = [
        f"{theme}: {color} on {ground}: {contrast(colors[color], colors[ground]):.2f}"
        for theme, colors in THEMES.items()
        for color, ground, large in sorted(pairs)
        if contrast(colors[color], colors[ground]) < (3 if large else 4.5)
    ]
    assert not found, "\n".join(found)


def test_every_text_is_there_and_in_the_language_asked_for(gallery: Gallery) -> None:
    for name, app in apps(gallery, "en", 1.0, (1280, 720)):
        texts = [n.text for root in app.roots for n in walk(root) if isinstance(n, Text)]
        assert texts, name
        for text in texts:
            assert "{" not in text, f"{name}: {text}"
            assert text in LANGUAGE_NAMES or not is_chinese(text), f"{name}: {text}"


def test_everything_that_can_be_pressed_has_a_name_and_an_id_of_its_own(gallery: Gallery) -> None:
    for name, app in apps(gallery, "zh", 1.0, (1280, 720)):
        boxes = app.pressables()
        ids = [b.id for b in boxes]
        assert len(set(ids)) == len(ids), f"{name}: {sorted(i for i in ids if ids.count(i) > 1)}"
        assert all(b.name or b.tip for b in boxes), f"{name}: {[b.id for b in boxes if not (b.name or b.tip)]}"


def test_tab_comes_to_everything_that_can_be_pressed(gallery: Gallery) -> None:
    for name, app in apps(gallery, "zh", 1.75, (1280, 720)):
        ids, met = {b.id for b in app.pressables()}, set()
        for _ in range(len(ids) + 1):
            met.add(app.pen.focus)
            app.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode="\t"))
            box = app.find(app.pen.focus)
            assert box is not None
            windows = [n for n in walk(app.root) if isinstance(n, Scroll) and any(m is box for m in walk(n))]
            assert all(w.area.meets(box.area) for w in windows), f"{name}: {box.id} has the focus out of sight"
        assert met - {""} == ids, name
