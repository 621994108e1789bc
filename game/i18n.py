"""Texts by key in Chinese and English, from assets/text/*.{zh,en}.yaml. Nothing else here knows a language."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Any

import yaml

from game.paths import TEXTS

LANGUAGES = ("zh", "en")
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Strings only; the fast one where the library was built with it."""


@cache
def texts(language: str) -> Mapping[str, str]:
    """All texts of a language, by dotted key. The files are our own and flat."""
    found: dict[str, str] = {}
    for path in sorted(TEXTS.glob(f"*.{language}.yaml")):
        found.update(yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER))
    return found


class Say:
    """Texts in one language: `say("week", n=3)`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = texts(language)

    def __call__(self, key: str, **values: Any) -> str:
        """The text of a key with its values filled in; an unknown key is a programmer's error."""
        return self._texts[key].format(**values)

    def has(self, key: str) -> bool:
        return key in self._texts


def fields_of(template: str) -> set[str]:
    """The names of the values that a text expects."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def preferred_language() -> str:
    """The user's language by the environment; Chinese unless it clearly says otherwise."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return _of_tag(value)
    return _of_tag(locale.getlocale()[0] or "")


def _of_tag(tag: str) -> str:
    """zh for Chinese and for the language-less C locale, else en."""
    bare = tag.split(".")[0].lower()
    return "zh" if bare in ("", "c", "posix") or bare.startswith(("zh", "chinese")) else "en"
