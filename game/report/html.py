"""One trainee's deal as one HTML file: it needs no network, no script and no other file, and prints on A4.

Every text is escaped by the template engine; the page's own policy forbids scripts and everything from elsewhere.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from game.debrief.review import Review
from game.debrief.story import Story
from game.i18n import LANGUAGES, Say
from game.paths import ROOT
from game.report import charts

TEMPLATES = ROOT / "assets" / "report"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def report_html(stories: dict[str, Story], reviews: dict[str, Review] | None = None) -> str:
    """The page for a deal told in each language; it opens in the first one given. Without reviews it is the record alone."""
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    first = next(iter(stories))
    pages = [
        {
            "language": k,
            "say": Say(k),
            "story": s,
            "review": reviews[k] if reviews else None,
            "charts": charts,
            "name": Say(k)(f"language.{k}"),
        }
        for k, s in stories.items()
    ]
    return _environment().get_template("deal.html").render(pages=pages, first=first, style=style, languages=LANGUAGES)


def write_page(text: str, path: Path) -> Path:
    """Write a file, whole or not at all. OSError where the disk will not have it."""
    draft = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path
