"""A dozen short sounds, made here: a few tones that fade. None says what the screen does not say too."""

from __future__ import annotations

import contextlib
from typing import Any, Protocol

import numpy as np
import pygame

RATE = 22_050
"""Samples a second."""
LOUD = 0.22
"""The loudest sample, of what a speaker can do."""
TONES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "press": ((880, 0, 0.05),),
    "start": ((523, 0, 0.1), (659, 0.07, 0.14)),
    "week": ((262, 0, 0.16), (349, 0.1, 0.2)),
    "good": ((523, 0, 0.12), (659, 0.09, 0.12), (784, 0.18, 0.26)),
    "bad": ((330, 0, 0.16), (262, 0.13, 0.3)),
    "voice": ((196, 0, 0.08), (196, 0.14, 0.1)),
    "paper": ((1568, 0, 0.03), (1319, 0.04, 0.03), (1568, 0.08, 0.05)),
    "moment": ((392, 0, 0.5), (494, 0.06, 0.5), (587, 0.12, 0.6)),
    "gate": ((392, 0, 0.14), (587, 0.12, 0.24)),
    "drum": ((98, 0, 0.12), (98, 0.16, 0.12), (98, 0.32, 0.2)),
    "won": ((523, 0, 0.14), (659, 0.12, 0.14), (784, 0.24, 0.14), (1047, 0.36, 0.5)),
    "lost": ((392, 0, 0.2), (349, 0.18, 0.2), (294, 0.36, 0.5)),
}
"""Of each sound its tones: frequency in hertz, from when on, and how long, in seconds."""


def samples(name: str) -> np.ndarray[Any, np.dtype[np.int16]]:
    """A sound as samples of 16 bits, one channel: sines with a soft octave that die away exponentially."""
    tones = TONES[name]
    found = np.zeros(round(RATE * max(start + long for _, start, long in tones)))
    for hertz, start, long in tones:
        first, many = round(RATE * start), round(RATE * long)
        many = min(many, len(found) - first)
        at = np.arange(many) / RATE
        wave = np.sin(2 * np.pi * hertz * at) + 0.3 * np.sin(4 * np.pi * hertz * at)
        rise = np.minimum(1, at / 0.004)
        found[first : first + many] += wave * rise * np.exp(-5 * at / long)
    return np.asarray(found * LOUD * 32_767 / np.abs(found).max(), np.int16)


class Player(Protocol):
    """What plays sounds by name."""

    def play(self, name: str) -> None: ...


class Silence:
    """Plays nothing."""

    def play(self, name: str) -> None:
        return


class Sounds:
    """Plays them by the computer's speaker; where there is none, nothing is heard and nothing fails."""

    def __init__(self) -> None:
        self.made: dict[str, pygame.mixer.Sound] = {}
        self.works = False
        with contextlib.suppress(pygame.error):
            pygame.mixer.init(RATE, -16, 1, 512)
            self.works = True

    def play(self, name: str) -> None:
        if not self.works or name not in TONES:
            return
        if name not in self.made:
            self.made[name] = pygame.mixer.Sound(buffer=samples(name).tobytes())
        self.made[name].play()
