"""Sounds: short, never too loud, off by a switch, and never the only cue."""

from __future__ import annotations

import time

import numpy as np
import pygame
import pytest

from game.scenario.load import Ready
from game.screens.desk import DeskScreen
from game.screens.settings import Settings
from game.session.session import Session
from game.window.app import App
from game.window.behind import PATIENCE, patiently
from game.window.sounds import LOUD, RATE, TONES, Sounds, samples
from tests.screens.gallery import surface_of, type_of_all


class Heard:
    def __init__(self) -> None:
        self.names: list[str] = []

    def play(self, name: str) -> None:
        self.names.append(name)


@pytest.mark.parametrize("name", TONES)
def test_a_sound_is_short_begins_and_ends_softly_and_is_never_louder_than_agreed(name: str) -> None:
    wave = samples(name)
    assert RATE // 50 < len(wave) < RATE
    assert np.abs(wave).max() <= round(LOUD * 32_767) and abs(int(wave[0])) < 50 and abs(int(wave[-1])) < 400
    assert np.array_equal(wave, samples(name))


def app(office: Ready, sound: bool) -> tuple[App, Heard]:
    pygame.display.init()
    pygame.display.set_mode((1, 1))
    heard = Heard()
    screen = DeskScreen(Session.begin(office, 4, None, belief=False))
    settings = Settings("zh", sound=sound)
    return App(surface_of((1280, 720)), settings, lambda name, thing: screen, type_=type_of_all(), sounds=heard), heard


def key(name: int) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=name, mod=0)


@pytest.mark.parametrize("sound", [True, False])
def test_what_happens_is_heard_unless_it_is_switched_off(office: Ready, sound: bool) -> None:
    window, heard = app(office, sound)
    for name in (pygame.K_1, pygame.K_1, pygame.K_SPACE):
        window.handle(key(name))
        window.handle(pygame.event.Event(pygame.KEYUP, key=name))
    assert heard.names == ([] if not sound else heard.names) and (not sound or heard.names[0] == "press")
    assert not sound or {"start", "week", "good", "bad"} & set(heard.names)
    assert all(name in TONES for name in heard.names)


def test_what_takes_its_time_says_so_and_is_found_all_the_same(office: Ready) -> None:
    window, _ = app(office, False)
    window.paint()
    before = pygame.image.tobytes(window.pen.surface, "RGB")
    assert patiently(window.pen, "……", lambda: 7) == 7 and pygame.image.tobytes(window.pen.surface, "RGB") == before
    assert patiently(window.pen, "……", lambda: time.sleep(2 * PATIENCE) or 8) == 8
    assert pygame.image.tobytes(window.pen.surface, "RGB") != before
    with pytest.raises(ZeroDivisionError):
        patiently(window.pen, "……", lambda: 1 // 0)


def test_without_a_speaker_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise pygame.error("no device")

    monkeypatch.setattr(pygame.mixer, "init", refuse)
    sounds = Sounds()
    assert not sounds.works
    sounds.play("won")
