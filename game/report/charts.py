"""Charts as SVG text for a white page. Numbers and names come in as data; every name is escaped."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from game.debrief.records import Review
from game.debrief.story import StepTold, Story, WeekPoint
from game.i18n import Say

WIDTH, HEIGHT = 720, 190
LEFT, BOTTOM, TOP = 34, 26, 10
SMALL_CHART = 240
LANES = (("stage", "#0a5f9e", "lane.us"), ("phase", "#a2690a", "lane.buyer"), ("step", "#8b3a70", "lane.steps"))
COLORS = {"success": "#04664a", "sure": "#04664a", "partly": "#7a5200", "failure": "#a23b00", "open": "#4d5b6b"}


def text_at(x: float, y: float, words: str, extra: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" {extra}>{escape(words)}</text>'


def cycles(story: Story, say: Say) -> Markup:
    """Our stage, the customer's phase and the procurement step over the weeks, as stairs."""
    rows = max(len(story.stages), len(story.phases)) - 1
    right, low = WIDTH - 10, HEIGHT - BOTTOM

    def at(p: WeekPoint, name: str, lane: int) -> tuple[float, float]:
        x = LEFT + (right - LEFT) * p.week / story.last_week
        return round(x, 1), round(low - (low - TOP) * getattr(p, name) / max(1, rows) + 2 * (lane - 1), 1)

    parts = []
    for k in range(rows + 1):
        y = low - (low - TOP) * k / max(1, rows)
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" class="grid"/>')
        if k < len(story.stages):
            parts.append(text_at(2, round(y + 4, 1), story.stages[k].split(" ")[0], 'class="small"'))
    for week in range(0, story.last_week + 1, max(1, story.last_week // 8)):
        parts.append(
            text_at(LEFT + (right - LEFT) * week / story.last_week, HEIGHT - 10, str(week), 'class="small" text-anchor="middle"')
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
    return svg(parts, told, HEIGHT)


def roll(step: StepTold, say: Say) -> Markup:
    """A chance as a bar with the roll as a stroke on it."""
    if step.true is None or step.roll is None:
        return Markup("")
    color = COLORS.get(step.came, "#4d5b6b")
    parts = [
        '<rect x="0" y="3" width="150" height="8" rx="3" fill="#e1e6ec"/>',
        f'<rect x="0" y="3" width="{1.5 * step.true:g}" height="8" rx="3" fill="{color}"/>',
        f'<rect x="{1.5 * (step.roll - 0.5) - 1:g}" y="0" width="2.5" height="14" fill="#17202c"/>',
    ]
    return svg(parts, say("chart.roll", true=step.true, roll=step.roll), 14, 150)


def bar(percent: int, ours: bool) -> Markup:
    """A share of a hundred. Its number stands beside it, so it has no words of its own."""
    color = "#0a5f9e" if ours else "#8b3a70"
    return Markup(
        f'<svg viewBox="0 0 200 10" class="bar" aria-hidden="true"><rect width="200" height="10" rx="3" fill="#e1e6ec"/>'
        f'<rect width="{2 * percent}" height="10" rx="3" fill="{color}"/></svg>'
    )


def svg(parts: list[str], told: str, height: int, width: int = WIDTH) -> Markup:
    """A picture with its text alternative."""
    title = f"<title>{escape(told)}</title>"
    small = ' class="small-chart"' if width <= SMALL_CHART else ""
    return Markup(
        f'<svg viewBox="0 0 {width} {height}"{small} role="img" aria-label="{escape(told)}">{title}{"".join(parts)}</svg>'
    )


# ---- the debrief
GRADE_COLORS = {"best": "#04664a", "inaccuracy": "#8a6d00", "mistake": "#b45309", "blunder": "#a3210f", "world": "#4d5a68"}
GRADE_MARKS = {"best": "★", "inaccuracy": "?!", "mistake": "?", "blunder": "??", "world": "◆"}


def quadrant(review: Review, say: Say) -> Markup:
    """Decisions (up) against luck (right), both in points."""
    size, middle = 240, 120
    reach = max(20.0, abs(review.luck), abs(review.advantage)) * 1.15
    x, y = middle + (middle - 16) * review.luck / reach, middle - (middle - 16) * review.advantage / reach
    parts = [
        f'<rect x="0" y="0" width="{size}" height="{size}" fill="#f4f6f9" rx="8"/>',
        f'<line x1="{middle}" y1="8" x2="{middle}" y2="{size - 8}" stroke="#9aa6b5"/>',
        f'<line x1="8" y1="{middle}" x2="{size - 8}" y2="{middle}" stroke="#9aa6b5"/>',
    ]
    corners = [("well.unlucky", 8, 22, "start"), ("well.lucky", size - 8, 22, "end")]
    corners += [("poor.unlucky", 8, size - 12, "start"), ("poor.lucky", size - 8, size - 12, "end")]
    for key, at, down, anchor in corners:
        parts.append(text_at(at, down, say(f"debrief.corner.{key}"), f'class="small" text-anchor="{anchor}"'))
    parts.append(f'<line x1="{middle}" y1="{middle}" x2="{x:.1f}" y2="{y:.1f}" stroke="#0a5f9e" stroke-width="2"/>')
    parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="#0a5f9e"/>')
    told = say("debrief.quadrant.told", advantage=f"{review.advantage:+.1f}", luck=f"{review.luck:+.1f}")
    return svg(parts, told, size, size)


def curve(review: Review, say: Say) -> Markup:
    """The chance to win after every decision; each step split into decision and luck, with stage % and forecasts."""
    moves = review.moves
    if not moves:
        return Markup("")
    right, low, high = WIDTH - 12, 220 - BOTTOM, TOP + 4

    def at(k: float) -> float:
        return round(LEFT + (right - LEFT) * k / len(moves), 1)

    def up(percent: float) -> float:
        return round(low - (low - high) * percent / 100, 1)

    parts = []
    for percent in (0, 25, 50, 75, 100):
        parts.append(f'<line x1="{LEFT}" y1="{up(percent)}" x2="{right}" y2="{up(percent)}" class="grid"/>')
        parts.append(text_at(LEFT - 4, up(percent) + 4, f"{percent}%", 'class="small" text-anchor="end"'))
    stage = "".join(f"H{at(k)}V{up(percent)}" for k, percent in review.milestones)
    parts.append(f'<path d="M{LEFT} {up(0)}{stage}H{right}" fill="none" stroke="#4d5b6b" stroke-dasharray="4 4"/>')
    for k, m in enumerate(moves):
        if abs(m.win_chosen - m.win) >= 2:
            parts.append(_stroke(at(k + 0.35), up(m.win), up(m.win_chosen), "#0a5f9e"))
        if abs(m.win_after - m.win_chosen) >= 2:
            parts.append(_stroke(at(k + 0.65), up(m.win_chosen), up(m.win_after), "#b45309"))
    line = " ".join(f"{at(k)},{up(m.win)}" for k, m in enumerate(moves)) + f" {at(len(moves))},{up(moves[-1].win_after)}"
    parts.append(f'<polyline points="{line}" fill="none" stroke="#17202c" stroke-width="2"/>')
    for number in review.turning:
        m = moves[number - 1]
        x, y = at(number - 0.5), up((m.win + m.win_after) / 2)
        parts.append(f'<circle cx="{x}" cy="{y}" r="9" fill="#fff" stroke="#17202c"/>')
        parts.append(text_at(x, y + 4, str(number), 'class="small" text-anchor="middle"'))
    for f in review.forecasts:
        x, y = at(f.at), up(f.stated)
        parts.append(f'<path d="M{x} {y - 6}l6 6l-6 6l-6 -6z" fill="#8b3a70"/>')
    week = 0
    for k, m in enumerate(moves):
        if m.week >= week:
            parts.append(text_at(at(k), 220 - 8, str(m.week), 'class="small" text-anchor="middle"'))
            week = m.week + max(1, moves[-1].week // 9)
    told = say(
        "debrief.curve.told",
        start=round(moves[0].win),
        end=round(moves[-1].win),
        turning=max(moves, key=lambda m: abs(m.win_after - m.win)).number,
    )
    return svg(parts, told, 220)


def _stroke(x: float, one: float, other: float, color: str) -> str:
    return f'<line x1="{x}" y1="{one}" x2="{x}" y2="{other}" stroke="{color}" stroke-width="3.5"/>'


def signed(value: float, reach: float) -> Markup:
    """A bar to the left (taken) or to the right (given) of the middle. Its number stands beside it."""
    long = round(min(1.0, abs(value) / max(reach, 0.1)) * 98, 1)
    x, color = (100.0, "#04664a") if value >= 0 else (100 - long, "#a23b00")
    return Markup(
        f'<svg viewBox="0 0 200 12" class="bar" aria-hidden="true"><rect width="200" height="12" rx="3" fill="#eef1f5"/>'
        f'<rect x="{x}" y="1" width="{long}" height="10" fill="{color}"/>'
        f'<rect x="99.5" width="1" height="12" fill="#4d5b6b"/></svg>'
    )


def fishbone(review: Review, say: Say) -> Markup:
    """Losses and gains by cause, as ribs on a spine: the longer, the more points."""
    bones = [b for b in review.bones if abs(b.points) >= 0.5][:6]
    if not bones:
        return Markup("")
    height, spine = 210, 105
    reach = max(abs(b.points) for b in bones)
    step = (WIDTH - 150) / ((len(bones) + 1) // 2)
    parts = [f'<line x1="20" y1="{spine}" x2="{WIDTH - 90}" y2="{spine}" stroke="#17202c" stroke-width="3"/>']
    parts.append(f'<path d="M{WIDTH - 90} {spine - 16}l70 16l-70 16z" fill="#17202c"/>')
    parts.append(text_at(WIDTH - 84, spine + 5, f"{review.result:.0f}", 'fill="#fff" font-size="15" font-weight="700"'))
    for k, bone in enumerate(bones):
        way = -1 if k % 2 == 0 else 1
        x = 20 + step * (k // 2) + step * 0.6
        color = "#04664a" if bone.points >= 0 else "#a23b00"
        width = 1.5 + 5 * abs(bone.points) / reach
        top = spine + way * 62
        parts.append(
            f'<line x1="{x - 46:.0f}" y1="{top}" x2="{x:.0f}" y2="{spine}" stroke="{color}" stroke-width="{width:.1f}"/>'
        )
        words = f"{bone.name} {bone.points:+.1f}".replace("-", "−")
        look = f'font-size="13" fill="{color}"'
        parts.append(text_at(round(x - 80), top - 8 if way < 0 else top + 18, words, look))
    told = say("list.semicolon").join(f"{b.name} {b.points:+.1f}" for b in bones)
    return svg(parts, told, height)


def gauge(points: float | None) -> Markup:
    """0 … 100 as a bar; empty where there is no number."""
    long = 0 if points is None else 2 * points
    color = "#9aa6b5" if points is None else "#04664a" if points >= 70 else "#8a6d00" if points >= 45 else "#a23b00"
    return Markup(
        f'<svg viewBox="0 0 200 10" class="bar" aria-hidden="true"><rect width="200" height="10" rx="3" fill="#e1e6ec"/>'
        f'<rect width="{long:g}" height="10" rx="3" fill="{color}"/></svg>'
    )
