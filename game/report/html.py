"""One trainee's deal as one HTML file: it needs no network, no script and no other file, and prints on A4.

Every text is escaped by the template engine; the page's own policy forbids scripts and everything from elsewhere.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from game.debrief.cohort import Cohort
from game.debrief.figures import about, plus, whole
from game.debrief.records import Review
from game.debrief.story import Story
from game.i18n import LANGUAGES, Say
from game.paths import ROOT
from game.report import charts, class_charts
from game.scenario.topics import COLUMNS
from game.statistics import Data

TEMPLATES = ROOT / "assets" / "report"


@cache
def environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["plus"] = plus
    found.globals["about"], found.globals["whole"] = about, whole
    return found


def report_html(stories: dict[str, Story], reviews: dict[str, Review] | None = None, who: str = "", when: str = "") -> str:
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
    return (
        environment()
        .get_template("deal.html")
        .render(pages=pages, first=first, style=style, languages=LANGUAGES, who=who, when=when)
    )


# ---- a class
def interval(data: Data, say: Say) -> str:
    """The 95 % interval of a mean in words; '' for a single value."""
    return "" if data["lo"] is None else say("class.interval", lo=number(data["lo"]), hi=number(data["hi"]))


def shares(data: Data, say: Say) -> str:
    """The interval of a share in percent, and of how many."""
    words = say("class.interval", lo=f"{100 * data['lo']:.0f}%", hi=f"{100 * data['hi']:.0f}%")
    return f"{words}{say('list.dot')}{say('class.n', n=data['n'])}"


def number(value: float | None) -> str:
    """One decimal with a proper minus; a dash for nothing."""
    return "–" if value is None else f"{value:.1f}".replace("-", "−")


def heat(points: float | None) -> str:
    """The shade of a cell."""
    return "" if points is None else "h3" if points >= 85 else "h2" if points >= 65 else "h1" if points >= 45 else "h0"


def used(cohort: Cohort) -> list[str]:
    """The competence columns in which anybody has a number."""
    return [key for key in COLUMNS if any(p.column(key) is not None for p in cohort.people)]


def class_html(cohorts: dict[str, Cohort], generated: str) -> str:
    """The class report in each language; it opens in the first one given."""
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    pages = [
        {"language": k, "say": Say(k), "cohort": c, "charts": class_charts, "columns": used(c), "name": Say(k)(f"language.{k}")}
        for k, c in cohorts.items()
    ]
    helpers = {"interval": interval, "shares": shares, "number": number, "heat": heat, "generated": generated}
    first = next(iter(cohorts))
    return environment().get_template("class.html").render(pages=pages, first=first, style=style, **helpers)
