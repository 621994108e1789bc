"""The balance of a scenario as one HTML page with pictures, for authors."""

from __future__ import annotations

import sys
from typing import Any

from markupsafe import Markup

from game.i18n import Say
from game.report.charts import svg, text_at
from game.report.html import TEMPLATES, environment, interval

WIDTH, HEIGHT, LEFT, LOW = 420, 230, 44, 196
COLORS = {"random": "#8b5a2b", "cautious": "#a2690a", "greedy": "#0a5f9e", "par": "#04664a"}
Data = dict[str, Any]


def balance_html(found: Data, say: Say) -> str:
    """The page. `found` is what `balance` gives, with title, names and statements in this language."""
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    page = environment().get_template("balance.html")
    return page.render(
        found={"systems": None, "course": None, "author": None, "tuned": True, **found},
        say=say,
        style=style,
        charts=sys.modules[__name__],
        interval=interval,
        whole=whole,
    )


def whole(share: Data) -> str:
    """A share in whole percent, or a dash where there was nothing to share."""
    return "—" if share["share"] is None else f"{100 * share['share']:.0f}%"


def policies(found: Data, say: Say) -> Markup:
    """Mean points of every way to play, with interval and spread."""
    rows = found["policies"]
    reach = [p["points"]["mean"] + way * p["points"]["sd"] for p in rows.values() for way in (-1, 1)]
    low, high = min(0.0, *reach), max(100.0, *reach)

    def at(x: float) -> float:
        return float(round(90 + (WIDTH - 110) * (x - low) / (high - low), 1))

    parts = []
    for tick in (0, 50, 100):
        parts.append(f'<line x1="{at(tick)}" y1="10" x2="{at(tick)}" y2="{LOW}" class="grid"/>')
        parts.append(text_at(at(tick), LOW + 16, str(tick), 'class="small" text-anchor="middle"'))
    for k, (name, p) in enumerate(rows.items()):
        y, points, color = 34 + 44 * k, p["points"], COLORS.get(name, "#0a5f9e")
        x1, x2 = at(points["mean"] - points["sd"]), at(points["mean"] + points["sd"])
        parts.append(text_at(4, y + 5, say(f"weigh.policy.{name}"), 'font-size="13"'))
        parts.append(f'<line x1="{x1}" y1="{y}" x2="{x2}" y2="{y}" stroke="{color}" stroke-width="1.5"/>')
        wide = max(2.0, at(points["hi"]) - at(points["lo"]))
        parts.append(f'<rect x="{at(points["lo"])}" y="{y - 5}" width="{wide:.1f}" height="10" rx="3" fill="{color}"/>')
        parts.append(text_at(at(points["mean"]), y - 9, f"{points['mean']:.1f}", 'class="small" text-anchor="middle"'))
    told = say("list.semicolon").join(f"{say('weigh.policy.' + n)} {p['points']['mean']:.1f}" for n, p in rows.items())
    return svg(parts, told, HEIGHT, WIDTH)


def milestones(found: Data, say: Say) -> Markup:
    """Won shares of those who reached a stage, beside the milestones."""
    rows = found["milestones"]
    step = (WIDTH - LEFT - 20) / max(1, len(rows) - 1)

    def up(share: float) -> float:
        return round(LOW - (LOW - 14) * share, 1)

    parts = []
    for tick in (0, 0.5, 1):
        parts.append(f'<line x1="{LEFT}" y1="{up(tick)}" x2="{WIDTH - 10}" y2="{up(tick)}" class="grid"/>')
        parts.append(text_at(4, up(tick) + 4, f"{100 * tick:.0f}%", 'class="small"'))
    for k, row in enumerate(rows):
        parts.append(text_at(round(LEFT + k * step, 1), LOW + 18, row["stage"], 'class="small" text-anchor="middle"'))
    plan = " ".join(f"{LEFT + k * step:.1f},{up(row['milestone'])}" for k, row in enumerate(rows))
    parts.append(f'<polyline points="{plan}" fill="none" stroke="#4d5b6b" stroke-width="1.5" stroke-dasharray="5 4"/>')
    lines = {name: [row["policies"][name] for row in rows] for name in found["policies"]}
    for name, shares in lines.items():
        points = [(LEFT + k * step, up(d["share"])) for k, d in enumerate(shares) if d["share"] is not None and d["n"] >= 20]
        path = " ".join(f"{x:.1f},{y}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{COLORS.get(name, "#0a5f9e")}" stroke-width="1.5"/>')
    pooled = [(LEFT + k * step, up(r["pooled"]["share"])) for k, r in enumerate(rows) if r["pooled"]["share"] is not None]
    parts.append(
        f'<polyline points="{" ".join(f"{x:.1f},{y}" for x, y in pooled)}" fill="none" stroke="#17202c" stroke-width="3"/>'
    )
    known = [(r["stage"], r["milestone"], r["pooled"]["share"]) for r in rows if r["pooled"]["share"] is not None]
    told = say("list.semicolon").join(f"{stage} {100 * plan:.0f}% / {100 * won:.0f}%" for stage, plan, won in known)
    return svg(parts, told, HEIGHT, WIDTH)


def share(value: float) -> Markup:
    """0 … 1 as a bar. Its number stands beside it."""
    return Markup(
        f'<svg viewBox="0 0 120 8" class="bar" style="width:120px" aria-hidden="true">'
        f'<rect width="120" height="8" rx="3" fill="#e1e6ec"/>'
        f'<rect width="{120 * value:.1f}" height="8" rx="3" fill="#0a5f9e"/></svg>'
    )


def action_map(found: Data, say: Say) -> Markup:
    """Every action of greedy and par play: how often it was chosen where it could be, and what it went with."""
    dots = []
    for action, by in found["actions"].items():
        for policy in ("greedy", "par"):
            row = by.get(policy)
            if row and row["worth"] and row["offered"]:
                dots.append((row["chosen"] / row["offered"], row["worth"]["mean"], policy, found["names"][action]))
    if not dots:
        return Markup("")
    reach = max(10.0, *(abs(d[1]) for d in dots))
    wide, high = 720, 300
    parts = [f'<line x1="{LEFT}" y1="{high / 2}" x2="{wide - 10}" y2="{high / 2}" stroke="#9aa6b5"/>']
    for tick in (0, 0.5, 1):
        x = LEFT + (wide - LEFT - 20) * tick
        parts.append(text_at(round(x), high - 4, f"{100 * tick:.0f}%", 'class="small" text-anchor="middle"'))
    for value in (-reach, 0, reach):
        parts.append(text_at(4, round(high / 2 - (high / 2 - 24) * value / reach + 4), f"{value:+.0f}", 'class="small"'))
    named = sorted(dots, key=lambda d: -abs(d[1]))[:8]
    for d in dots:
        x, y = LEFT + (wide - LEFT - 20) * d[0], high / 2 - (high / 2 - 24) * d[1] / reach
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{COLORS[d[2]]}" fill-opacity="0.75"/>')
        if d in named:
            anchor = "end" if x > wide * 0.7 else "start"
            look = f'class="small" text-anchor="{anchor}"'
            parts.append(text_at(round(x + (-8 if anchor == "end" else 8)), round(y + 4), d[3], look))
    told = say("list.semicolon").join(f"{d[3]} {d[1]:+.0f}" for d in named)
    return svg(parts, told, high, wide)
