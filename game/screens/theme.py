"""Colours by meaning, for a dark screen and for a projector. Hues after Okabe and Ito (2008), told apart by the colour-blind."""

from __future__ import annotations

Color = tuple[int, int, int]
TEXT_SCALES = (1.0, 1.25, 1.5, 1.75)
"""How large text may be, beside its usual size."""


def _rgb(text: str) -> Color:
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


_DARK = """
back 0e131b | panel 161d28 | raised 1f2937 | chosen 17324a | line 334155 | soft 263142 | text e8edf4 | muted a3b1c2
accent 62b5f0 | on_accent 08131d | good 2fc08f | bad f08a4b | warn f0b429 | rival e39cc6 | plain a3b1c2 | veil 5a6068
done 14503f | now 1c4f7c | ahead 1f2937 | on_done d6f5ea | on_now eaf5ff | on_ahead a3b1c2 | focus ffd166
s-2 f08a4b | s-1 f0b429 | s0 b4c0cd | s1 62b5f0 | s2 2fc08f
skin d9a67e | skin2 c4906a | shade a87452 | ink 1b1a1d | hair 2b2523 | silver 9aa0a6 | lips a4574b
suit 32435c | shirt c9d6e4 | work 3f6b8f | tie 8a3b4a | wall 27313f
ground 1d2530 | wood 6b4a33 | glass 3f5f7d | leaf 3d7a5a | lamp e0b45c
"""
_LIGHT = """
back eef1f5 | panel ffffff | raised f4f6f9 | chosen dcecfa | line b8c2cf | soft e1e6ec | text 17202c | muted 4d5b6b
accent 0a5f9e | on_accent ffffff | good 04664a | bad a23b00 | warn 7a5200 | rival 8b3a70 | plain 4d5b6b | veil 8a929c
done cbe9dd | now cfe5f8 | ahead f4f6f9 | on_done 073f2e | on_now 073a63 | on_ahead 4d5b6b | focus b34700
s-2 a23b00 | s-1 7a5200 | s0 4d5b6b | s1 0a5f9e | s2 04664a
skin e6b48c | skin2 d39e76 | shade b98560 | ink 1f1d20 | hair 2f2826 | silver 8d9399 | lips a4574b
suit 3d5272 | shirt f3f6fa | work 4d80aa | tie 9a4152 | wall dfe6ee
ground cdd6e0 | wood a9825f | glass a9c7e2 | leaf 6aa584 | lamp d9a33f
"""


def _read(text: str) -> dict[str, Color]:
    pairs = (item.split() for item in text.replace("\n", "|").split("|") if item.strip())
    return {name: _rgb(value) for name, value in pairs}


THEMES: dict[str, dict[str, Color]] = {"dark": _read(_DARK), "light": _read(_LIGHT)}


def luminance(color: Color) -> float:
    """Relative luminance, 0 … 1 (WCAG 2.2)."""
    parts = [c / 255 for c in color]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio, 1 … 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
