"""Charts of the class report as SVG text for a white page."""

from __future__ import annotations

from markupsafe import Markup

from game.debrief.cohort import Choice, Cohort
from game.i18n import Say
from game.report.charts import GRADE_COLORS, GRADE_MARKS, svg, text_at
from game.statistics import Data

__all__ = ["GRADE_COLORS", "GRADE_MARKS", "calibration", "histogram", "people_bar", "ranged"]


def histogram(cohort: Cohort, say: Say) -> Markup:
    """People by points in tens; below the pass mark in another colour."""
    width, height, low = 420, 200, 170
    top = max(1, *(n for _, n in cohort.histogram))
    step = (width - 20) / len(cohort.histogram)
    parts = []
    for k, (edge, n) in enumerate(cohort.histogram):
        x, tall = 10 + k * step, (low - 24) * n / top
        color = "#0a5f9e" if edge >= cohort.pass_mark else "#b4541a"
        parts.append(f'<rect x="{x + 2:.1f}" y="{low - tall:.1f}" width="{step - 4:.1f}" height="{tall:.1f}" fill="{color}"/>')
        if n:
            parts.append(text_at(round(x + step / 2, 1), round(low - tall - 5, 1), str(n), 'class="small" text-anchor="middle"'))
        label = "<0" if edge < 0 else "100+" if edge >= 100 else str(edge)
        parts.append(text_at(round(x + step / 2, 1), low + 16, label, 'class="small" text-anchor="middle"'))
    parts.append(f'<line x1="10" y1="{low}" x2="{width - 10}" y2="{low}" stroke="#9aa6b5"/>')
    mean = f"{cohort.points['mean']:.1f}"
    told = say("class.hist.told", n=len(cohort.people), mean=mean, mark=cohort.pass_mark)
    return svg(parts, told, height, width)


def ranged(data: Data) -> Markup:
    """A mean of 0 … 100 as a dot with its interval. Its number stands beside it."""
    parts = ['<rect y="5" width="200" height="2" fill="#e1e6ec"/>']
    if data["mean"] is not None:
        if data["lo"] is not None:
            low, high = max(0.0, data["lo"]), min(100.0, data["hi"])
            parts.append(
                f'<rect x="{2 * low:.1f}" y="4" width="{max(1.0, 2 * (high - low)):.1f}" height="4" rx="2" fill="#9cc3e4"/>'
            )
        parts.append(f'<circle cx="{min(198.0, max(2.0, 2 * data["mean"])):.1f}" cy="6" r="4.5" fill="#0a5f9e"/>')
    return Markup(f'<svg viewBox="0 0 200 12" class="bar" aria-hidden="true">{"".join(parts)}</svg>')


def people_bar(choice: Choice, of: int) -> Markup:
    """How many chose it, in the colour of what it gave away."""
    long = 200 * choice.people / max(1, of)
    color = GRADE_COLORS[choice.grade]
    return Markup(
        f'<svg viewBox="0 0 200 12" class="bar" aria-hidden="true"><rect width="200" height="12" rx="3" fill="#eef1f5"/>'
        f'<rect width="{long:.1f}" height="12" rx="3" fill="{color}"/></svg>'
    )


def calibration(cohort: Cohort, say: Say) -> Markup:
    """Stated chances across, what was right up; on the diagonal they agree."""
    size = 220

    def at(percent: float) -> float:
        return round(24 + (size - 34) * percent / 100, 1)

    parts = [
        f'<line x1="{at(0)}" y1="{size - at(0)}" x2="{at(100)}" y2="{size - at(100)}" stroke="#9aa6b5" stroke-dasharray="4 4"/>'
    ]
    for percent in (0, 50, 100):
        parts.append(f'<line x1="{at(0)}" y1="{size - at(percent)}" x2="{at(100)}" y2="{size - at(percent)}" class="grid"/>')
        parts.append(text_at(0, size - at(percent) + 4, f"{percent}", 'class="small"'))
        parts.append(text_at(at(percent), size - 4, f"{percent}", 'class="small" text-anchor="middle"'))
    for b in cohort.calibration:
        x, y = at(b.stated), size - at(b.true["mean"])
        if b.true["lo"] is not None:
            low, high = max(0.0, b.true["lo"]), min(100.0, b.true["hi"])
            parts.append(
                f'<line x1="{x}" y1="{size - at(low)}" x2="{x}" y2="{size - at(high)}" stroke="#9cc3e4" stroke-width="3"/>'
            )
        parts.append(f'<circle cx="{x}" cy="{y}" r="{min(9.0, 3 + b.n**0.5):.1f}" fill="#0a5f9e"/>')
    told = say("list.semicolon").join(f"{b.stated:.0f}% → {b.true['mean']:.0f}% (n = {b.n})" for b in cohort.calibration)
    return svg(parts, told, size, size)
