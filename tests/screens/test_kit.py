"""The layout's laws, the line breaker against the Unicode rules, fonts, keys and settings."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uniseg.linebreak import line_break_boundaries

from game.fonts import Type, font_files
from game.screens.layout import Area, Box, Node
from game.screens.screen import Adjust, Answer, Look, Pop, Push, Screen
from game.screens.settings import Settings
from game.window.app import App
from game.words.wrap import wrap
from tests.screens.gallery import app_of

RARE_NAMES = "仝亓佘尉妫郇鄢邴阚麴亶邰缑俞仉禤昝訾逄奡喆犇䶮㛃翀祎玥翾甯璟旻昉赟闫"


class Fixed(Node):
    """A node of one size."""

    def __init__(self, w: int, h: int, grow: float = 0) -> None:
        super().__init__(grow=grow)
        self.fixed = (w, h)

    def natural(self, ruler: object, room: int) -> tuple[int, int]:
        return min(self.fixed[0], room), self.fixed[1]


class Ruler:
    def px(self, units: float) -> int:
        return round(units)

    def text_size(self, text: str, size: float, bold: bool) -> tuple[int, int]:
        return 10 * len(text), 20

    def lines(self, text: str, size: float, bold: bool, width: int) -> list[str]:
        return wrap(text, width, lambda part: 10 * len(part))


sizes = st.lists(st.tuples(st.integers(1, 300), st.integers(1, 90), st.sampled_from([0, 0, 1, 2])), min_size=1, max_size=7)


@given(sizes, st.sampled_from(["row", "column", "grid", "flow"]), st.integers(0, 12), st.integers(50, 900))
@settings(max_examples=150, deadline=None)
def test_children_never_overlap_and_stay_inside_where_there_is_room(
    parts: list[tuple[int, int, int]], kind: str, gap: int, width: int
) -> None:
    box = Box(kind, *(Fixed(w, h, g if kind in ("row", "column") else 0) for w, h, g in parts), gap=gap, columns=3)
    height = max(box.size(Ruler(), width)[1], 20)
    box.place(Ruler(), Area(0, 0, width, height))
    seen = [c.area for c in box.children if c.area.w > 0 and c.area.h > 0]
    assert not any(a.meets(b) for k, a in enumerate(seen) for b in seen[k + 1 :])
    assert all(a.x >= 0 and a.right <= width and a.y >= 0 and a.bottom <= height for a in seen)


def test_growing_children_share_the_room_by_their_numbers() -> None:
    box = Box("row", Fixed(100, 10), Fixed(0, 10, grow=1), Fixed(0, 10, grow=3))
    box.place(Ruler(), Area(0, 0, 500, 10))
    assert [c.area.w for c in box.children] == [100, 100, 300]


TEXTS = st.text(
    alphabet="的一是在不了有和人这中大为上个国我以要他时来用们，。：；？！（）“”《》、…—% abcXYZ019-/", min_size=1, max_size=80
)


@given(TEXTS, st.integers(60, 300))
@settings(max_examples=300, deadline=None)
def test_lines_break_only_where_unicode_allows(text: str, width: int) -> None:
    """Against uniseg (UAX 14). Quotes and dashes are Chinese to us and doubtful to it; there we may differ."""
    lines = wrap(text, width, lambda part: 10 * len(part))
    allowed = set(line_break_boundaries(text))
    at = 0
    for line in lines[:-1]:
        at = text.index(line, at) + len(line)
        after = at + len(text[at:]) - len(text[at:].lstrip(" "))
        spaced = at < len(text) and text[at] == " "
        quote = text[at - 1] in "“”…—" or text[after : after + 1] in ("“", "”", "…", "—")
        assert spaced or quote or at in allowed or after in allowed, (lines, text[:at])


def test_the_fonts_know_rare_names_and_both_kinds_of_quotes() -> None:
    pygame.font.init()
    files = font_files()
    zh, latin = pygame.font.Font(files["zh"], 20), pygame.font.Font(files["latin"], 20)
    assert all(m is not None for m in zh.metrics(RARE_NAMES + "“”’…—·，。《》￥℃"))
    assert all(m is not None for m in latin.metrics("“”’…—–·€£éü−→"))
    assert latin.size("’")[0] < 10 < zh.size("’")[0] + 5


def test_a_strike_makes_chinese_bold_wider_but_not_latin() -> None:
    kind = Type()
    assert kind.width("关口", 14, True) > kind.width("关口", 14, False)


class Typist(Screen):
    """A screen with a text field."""

    first_focus = "one"

    def __init__(self) -> None:
        self.text, self.pending, self.pressed = "", "", []  # type: ignore[var-annotated]
        self.writing = False

    def build(self, look: Look) -> Node:
        boxes = [
            Box("row", Fixed(50, 20), message=("press", k), id=k, keys=("space",) if k == "one" else ()) for k in ("one", "two")
        ]
        return Box("column", *boxes)

    def on(self, message: object) -> Answer:
        self.pressed.append(message)
        return None

    def typing(self) -> bool:
        return self.writing

    def typed(self, text: str) -> None:
        self.text += text

    def composing(self, text: str) -> None:
        self.pending = text

    def key(self, name: str) -> Answer | bool:
        if name == "return":
            self.text += "!"
            return None
        return False


def press(app: App, key: int, mod: int = 0) -> None:
    app.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=""))
    app.handle(pygame.event.Event(pygame.KEYUP, key=key, mod=mod))


def test_keys_that_compose_chinese_are_left_to_the_input_method() -> None:
    typist = Typist()
    app = app_of([typist], (400, 300), "zh")
    typist.writing = True
    app.handle(pygame.event.Event(pygame.TEXTEDITING, text="ni hao", start=0, length=6))
    press(app, pygame.K_RETURN)
    assert typist.text == "" and typist.pending == "ni hao"
    app.handle(pygame.event.Event(pygame.TEXTINPUT, text="你好"))
    app.handle(pygame.event.Event(pygame.TEXTEDITING, text="", start=0, length=0))
    press(app, pygame.K_RETURN)
    assert typist.text == "你好!"
    assert typist.pressed == []


def test_space_presses_what_claims_it_and_enter_what_has_the_focus() -> None:
    typist = Typist()
    app = app_of([typist], (400, 300), "zh")
    press(app, pygame.K_TAB)
    press(app, pygame.K_SPACE)
    press(app, pygame.K_TAB)
    press(app, pygame.K_RETURN)
    assert typist.pressed == [("press", "one"), ("press", "two")]


def test_language_theme_and_text_size_have_keys_everywhere() -> None:
    app = app_of([Typist()], (400, 300), "zh")
    press(app, pygame.K_F2)
    press(app, pygame.K_F3)
    press(app, pygame.K_EQUALS, pygame.KMOD_CTRL)
    assert (app.settings.language, app.settings.theme, app.settings.text_scale) == ("en", "light", 1.25)


def test_dialogs_open_and_close_and_tell_the_screen_below() -> None:
    below, above = Typist(), Typist()
    above.modal = True
    app = app_of([below], (400, 300), "zh")
    app.act(Push(above))
    assert app.top is above
    app.act(Pop(("done",)))
    assert app.top is below and below.pressed == [("done",)]
    app.act(Adjust("theme", "light"))
    assert app.settings.theme == "light"


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"theme": 7, "text_scale": "big", "language": []}', '{"language": "fr"}', "\x00"]
)
def test_odd_settings_are_ignored(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text, encoding="utf-8")
    assert Settings.read(tmp_path, "en") == Settings("en", "dark", 1.0)


def test_settings_are_kept(tmp_path: Path) -> None:
    Settings("en", "light", 1.5).write(tmp_path)
    assert Settings.read(tmp_path, "zh") == Settings("en", "light", 1.5)


def test_a_key_held_down_presses_once_but_walks_on() -> None:
    typist = Typist()
    app = app_of([typist], (400, 300), "zh")
    for _ in range(5):
        app.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE, mod=0, unicode=" "))
    assert typist.pressed == [("press", "one")]
    focus = set()
    for _ in range(2):
        app.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode=""))
        focus.add(app.pen.focus)
    assert focus == {"one", "two"}
