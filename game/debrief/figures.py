"""Figures as the debrief tells them: no finer than their error lets them be."""

from __future__ import annotations


def about(value: float, error: float, signed: bool = False) -> str:
    """A figure with its error, no finer than the error lets it be: whole points from half a point of error on."""
    digits = 0 if error >= 0.5 else 1
    words = (f"{value:+.{digits}f}" if signed else f"{value:.{digits}f}").replace("-", "−")
    if float(words.replace("−", "-")) == 0:
        words = f"{0:.{digits}f}"
    return f"{words} ± {error:.{digits}f}" if round(error, digits) else words


def plus(value: float) -> str:
    """With its sign, one decimal; a dash for what rounds to nothing."""
    words = f"{value:+.1f}"
    return "–" if words in ("+0.0", "-0.0") else words.replace("-", "−")


def whole(value: float) -> str:
    """In whole points."""
    words = f"{value:.0f}"
    return "0" if words == "-0" else words.replace("-", "−")


def whole_signed(value: float) -> str:
    """In whole points, with its sign."""
    return f"{value:+.0f}".replace("-", "−")
