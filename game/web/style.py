"""What pages look like: the theme's colours as a style sheet, and the faces cut down to what is shown."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from game.fonts import font_files
from game.i18n import LANGUAGES, texts
from game.paths import WEB
from game.scenario.load import Ready
from game.screens.theme import THEMES, Color

ASCII = "".join(chr(c) for c in range(32, 127)) + "–—−‘’“”…·×±°→←↑↓✓✗％"


def _rgb(color: Color) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)


@cache
def style_sheet() -> str:
    """Both themes as variables, a class for each colour and use, and the rules of the page."""
    parts = []
    for theme, colors in THEMES.items():
        pick = ":root" if theme == "dark" else f':root[data-theme="{theme}"]'
        parts.append(pick + "{" + "".join(f"--{name}:{_rgb(color)};" for name, color in colors.items()) + "}")
    for name in THEMES["dark"]:
        parts.append(f".c-{name}{{color:var(--{name})}}.s-{name}{{stroke:var(--{name})}}.f-{name}{{fill:var(--{name})}}")
        parts.append(f"#stage .g-{name}{{background:var(--{name})}}#stage .e-{name}{{border-color:var(--{name})}}")
    return "\n".join(parts) + "\n" + (WEB / "page.css").read_text(encoding="utf-8")


def characters(ready: Ready) -> str:
    """Every character that a deal of this scenario may show: our own texts and the scenario's, in each language."""
    found = set(ASCII)
    for language in LANGUAGES:
        for text in texts(language).values():
            found.update(text)
    for by_id in ready.texts.by_language.values():
        for text in by_id.values():
            found.update(text)
    return "".join(sorted(found))


@cache
def subset(face: str, shown: str) -> bytes:
    """A face with only these characters, as WOFF."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(flavor="woff", layout_features=[], hinting=False, desubroutinize=True, notdef_outline=True)
    font = TTFont(font_files()[face])
    cut = Subsetter(options)
    cut.populate(text=shown)
    cut.subset(font)
    font.flavor = "woff"
    out = BytesIO()
    font.save(out)
    return out.getvalue()
