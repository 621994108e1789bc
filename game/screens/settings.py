"""What a user chose, kept in the data folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from game.i18n import LANGUAGES
from game.play.statements import LONGEST_NAME
from game.screens.theme import TEXT_SCALES

SETTINGS = "settings.json"
SWITCH = (True, False)
KNOWN: dict[str, tuple[Any, ...]] = {
    "theme": ("dark", "light"),
    "text_scale": TEXT_SCALES,
    "language": LANGUAGES,
    "sound": SWITCH,
    "led": SWITCH,
}
"""What each setting may be."""


@dataclass
class Settings:
    """What a user chose. Kept in the data folder; anything odd in the file is ignored."""

    language: str = "zh"
    theme: str = "dark"
    text_scale: float = 1.0
    sound: bool = True
    led: bool = False
    name: str = ""
    """Who played last at this computer."""

    @classmethod
    def read(cls, folder: Path, language: str) -> Settings:
        found = cls(language=language)
        try:
            raw = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return found
        if isinstance(raw, dict):
            for name, values in KNOWN.items():
                if raw.get(name) in values:
                    setattr(found, name, raw[name])
            if isinstance(raw.get("name"), str):
                found.name = raw["name"][:LONGEST_NAME]
        return found

    def write(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / SETTINGS).write_text(json.dumps(asdict(self)), encoding="utf-8")
        except OSError:
            # A setting that cannot be kept is no reason to stop a deal.
            return


def setting_of_key(name: str, s: Settings) -> tuple[str, Any] | None:
    """What a key changes wherever one is: (setting, its new value); None for a key that changes nothing."""
    if name == "f2":
        return "language", LANGUAGES[(LANGUAGES.index(s.language) + 1) % len(LANGUAGES)]
    if name == "f3":
        return "theme", "light" if s.theme == "dark" else "dark"
    if name in ("+", "-", "0"):
        at = TEXT_SCALES.index(s.text_scale)
        to = 0 if name == "0" else at + (1 if name == "+" else -1)
        return "text_scale", TEXT_SCALES[max(0, min(to, len(TEXT_SCALES) - 1))]
    return None
