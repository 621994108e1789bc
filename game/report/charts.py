"""Charts as SVG text for a white page. Numbers and names come in as data; every name is escaped."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from game.debrief.story import Point, Step, Story
from game.i18n import Say

WIDTH, HEIGHT = 720, 190
LEFT, BOTTOM, TOP = 34, 26, 10
LANES = (("stage", "#0a5f9e", "lane.us"), ("phase", "#a2690a", "lane.buyer"), ("step", "#8b3a70", "lane.steps"))
COLORS = {"success": "#04664a", "sure": "#04664a", "partly": "#7a5200", "failure": "#a23b00", "open": "#4d5b6b"}


def _text(x: float, y: float, words: str, extra: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" {extra}>{escape(words)}</text>'


def cycles(story: Story, say: Say) -> Markup:
    """Our stage, the customer's phase and the procurement step over the weeks, as stairs."""
    rows = max(len(story.stages), len(story.phases)) - 1
    right, low = WIDTH - 10, HEIGHT - BOTTOM

    def at(p: Point, name: str, lane: int) -> tuple[float, float]:
        x = LEFT + (right - LEFT) * p.week / story.last_week
        return round(x, 1), round(low - (low - TOP) * getattr(p, name) / max(1, rows) + 2 * (lane - 1), 1)

    parts = []
    for k in range(rows + 1):
        y = low - (low - TOP) * k / max(1, rows)
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" class="grid"/>')
        if k < len(story.stages):
            parts.append(_text(2, round(y + 4, 1), story.stages[k].split(" ")[0], 'class="small"'))
    for week in range(0, story.last_week + 1, max(1, story.last_week // 8)):
        parts.append(
            _text(LEFT + (right - LEFT) * week / story.last_week, HEIGHT - 10, str(week), 'class="small" text-anchor="middle"')
        )
    plan = f"M{LEFT} {low}" + "".join(
        f"H{LEFT + (right - LEFT) * m / 100:.1f}V{low - (low - TOP) * (k + 1) / max(1, rows):.1f}"
        for k, m in enumerate(story.milestones[:-1])
    )
    parts.append(f'<path d="{plan}" fill="none" stroke="#4d5b6b" stroke-width="1.2" stroke-dasharray="4 4"/>')
    for lane, (name, color, _) in enumerate(LANES):
        points = [at(p, name, lane) for p in story.cycles]
        path = f"M{points[0][0]} {points[0][1]}" + "".join(f"H{x}V{y}" for x, y in points[1:])
        parts.append(f'<path d="{path}" fill="none" stroke="{color}" stroke-width="2.2"/>')
    last = story.cycles[-1]
    told = say("chart.cycles", week=last.week, stage=story.stages[last.stage], phase=story.phases[last.phase])
    return _svg(parts, told, HEIGHT)


def roll(step: Step, say: Say) -> Markup:
    """A chance as a bar with the roll as a stroke on it."""
    if step.true is None or step.roll is None:
        return Markup("")
    color = COLORS.get(step.came, "#4d5b6b")
    parts = [
        '<rect x="0" y="3" width="150" height="8" rx="3" fill="#e1e6ec"/>',
        f'<rect x="0" y="3" width="{1.5 * step.true:g}" height="8" rx="3" fill="{color}"/>',
        f'<rect x="{1.5 * (step.roll - 0.5) - 1:g}" y="0" width="2.5" height="14" fill="#17202c"/>',
    ]
    return _svg(parts, say("chart.roll", true=step.true, roll=step.roll), 14, 150)


def bar(percent: int, ours: bool) -> Markup:
    """A share of a hundred. Its number stands beside it, so it has no words of its own."""
    color = "#0a5f9e" if ours else "#8b3a70"
    return Markup(
        f'<svg viewBox="0 0 200 10" class="bar" aria-hidden="true"><rect width="200" height="10" rx="3" fill="#e1e6ec"/>'
        f'<rect width="{2 * percent}" height="10" rx="3" fill="{color}"/></svg>'
    )


def _svg(parts: list[str], told: str, height: int, width: int = WIDTH) -> Markup:
    title = f"<title>{escape(told)}</title>"
    return Markup(f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(told)}">{title}{"".join(parts)}</svg>')
