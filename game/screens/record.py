"""The record on the ending screen: every decision, forecasts and plans, and what was hidden."""

from __future__ import annotations

from game.debrief.records import Review
from game.debrief.story import Planned, Revealed, StepTold, Story
from game.i18n import Say
from game.screens.debrief import graded
from game.screens.layout import Box, Node
from game.screens.pictures.news import news_line
from game.screens.pictures.people import STANCE_ICONS
from game.screens.screen import Look
from game.screens.widgets import BODY, SMALL, Bar, Icon, Text, column, panel, row

GRADES = {
    "success": ("check", "good"),
    "sure": ("check", "good"),
    "partly": ("minus", "warn"),
    "failure": ("cross", "bad"),
    "open": ("wait", "muted"),
    "": ("right", "muted"),
}
PLANNED = {"done": ("check", "good"), "tried": ("minus", "warn"), "open": ("cross", "bad")}
BECAME = {"kept": "good", "broken": "bad", "open": "muted"}


def steps(story: Story, look: Look) -> Node:
    return column(
        Text(look.say("end.steps_about"), SMALL + 1, "muted"), *(_step(s, look.say, look.wide) for s in story.steps), gap=6
    )


def forecasts(story: Story, review: Review | None, look: Look) -> Node:
    say = look.say
    rows: list[Node] = [
        row(
            Text(f.stage, BODY, bold=True, width=44),
            Bar(f.win / 100, "accent", grow=1, height=12),
            Text(f"{f.win}%", BODY, bold=True),
            Text(say("gate.week_value", n=f.week), BODY, "muted", width=110),
            gap=10,
        )
        for f in story.forecasts
    ]
    rows = graded(review, look) if review and review.forecasts else rows
    parts: list[Node] = [panel(say("end.forecasts"), *(rows or [Text(say("end.no_forecast"), BODY, "muted")]), icon="gate")]
    for stage, tasks in story.plans:
        done = [_planned(task, say) for task in tasks]
        parts.append(panel(say("end.plan", stage=stage), *done, icon="plan"))
    if story.award:
        bidders: list[Node] = [
            row(
                Icon("trophy" if won else "minus", 16, "good" if won else "muted"),
                Text(name, BODY, bold=won, width=220),
                Bar(odds / 100, "accent" if k == 0 else "rival", grow=1, height=12),
                Text(f"{odds}%", BODY, bold=True),
                gap=10,
            )
            for k, (name, odds, won) in enumerate(story.award)
        ]
        parts.append(panel(say("end.award"), Text(say("end.award_about"), SMALL + 1, "muted"), *bidders, icon="trophy"))
    return column(*parts, gap=10)


def hidden(story: Story, look: Look) -> Node:
    say = look.say
    people = [_person(p, look) for p in story.people]
    facts = [
        row(
            Icon("check" if f.true else "cross", 15, "good" if f.true else "muted"),
            Text(f.text, BODY, grow=1),
            Text(say("con.true" if f.true else "con.false"), SMALL + 1, "text" if f.true else "muted", bold=True),
            Text(say("end.knew", status=say(f"leaf.{f.status}")), SMALL + 1, "muted"),
            gap=8,
        )
        for f in story.facts
    ]
    kept: list[Node] = [
        row(
            Text(p.text, BODY, grow=1),
            Text(say(f"promise.{p.became}"), SMALL + 1, BECAME[p.became]),
            gap=8,
        )
        for p in story.promises
    ]
    moves: list[Node] = [
        row(
            Icon("rivals", 14, "rival"),
            Text(say("end.move", week=m.week, rival=m.rival, move=m.move, person=m.person or say("end.nobody")), BODY, grow=1),
            Text(say("end.worked" if m.worked else "end.failed"), SMALL + 1, "bad" if m.worked else "good"),
            gap=8,
        )
        for m in story.moves
    ]
    return column(
        panel(say("end.people"), Text(say("end.people_about"), SMALL + 1, "muted"), *people, icon="chart"),
        panel(say("end.facts"), *facts, icon="tree"),
        panel(say("end.promises"), *(kept or [Text(say("end.no_promises"), BODY, "muted")]), icon="promise"),
        panel(say("end.moves"), *(moves or [Text(say("end.no_moves"), BODY, "muted")]), icon="rivals"),
        gap=10,
    )


def _planned(task: Planned, say: Say) -> Box:
    icon, color = PLANNED[task.became]
    due = say("plan.due", owner=task.owner, week=task.week)
    became = say(f"plan.{task.became}") + (say("list.comma") + task.note if task.note else "")
    proof = say("plan.proven" if task.proven else "plan.unproven", text=task.proof)
    shown = Text(proof, SMALL + 0.5, "muted") if task.proof else None
    return row(
        Icon(icon, 15, color),
        Text(task.line, SMALL + 1, "accent", width=64),
        column(Text(task.action, BODY), shown, gap=0, grow=1),
        Text(due, SMALL + 1, "muted"),
        Text(became, SMALL + 1, color),
        gap=8,
        align="start",
    )


def _person(p: Revealed, look: Look) -> Box:
    """A person as last read and as they were; how firm the contact was at the end, or which rival got there first."""
    say = look.say
    if not p.here:
        return row(
            Text(p.name, BODY, bold=True, width=130),
            Text(p.title, SMALL + 1, "muted", grow=1),
            Text(say("end.gone"), SMALL + 1, "muted"),
            gap=8,
        )
    read = _stance(p.read, say) if p.met or p.read is not None else Text(say("stance.short_unmet"), SMALL + 1, "muted")
    words = say("list.semicolon").join(w for w in (p.reached, p.held) if w) or say("end.cover", n=p.coverage)
    more = Text(words, SMALL, "bad" if p.reached or p.held else "muted", width=190 if look.wide else 0)
    wanted = Text(say("end.personal", what=p.personal), SMALL, "muted") if p.personal else None
    liar = None if p.honest else Text(say("end.dishonest"), SMALL, "bad")
    if look.slim:
        first = row(Text(p.name, BODY, bold=True), Text(p.title, SMALL + 1, "muted", grow=1), gap=8)
        then = row(read, Icon("right", 13, "muted"), _stance(p.true, say), gap=8)
        return column(first, then, wanted, liar, more, gap=1)
    line = row(
        Text(p.name, BODY, bold=True, width=130),
        Text(p.title, SMALL + 1, "muted", grow=1),
        read,
        Icon("right", 13, "muted"),
        _stance(p.true, say),
        more if look.wide else None,
        gap=8,
    )
    return column(line, wanted, liar, None if look.wide else more, gap=1)


def _stance(level: int | None, say: Say) -> Box:
    color = "muted" if level is None else f"s{level}"
    word = say("stance.short_unread") if level is None else say(f"stance.{level}")
    return row(Icon(STANCE_ICONS[level], 14, color), Text(word, SMALL + 1, color), gap=4, width=112)


def _step(s: StepTold, say: Say, wide: bool) -> Box:
    icon, color = GRADES[s.came]
    odds: Node | None = None
    if s.true is not None and s.roll is not None:
        odds = column(
            Text(say("end.odds", believed=s.believed, true=s.true), SMALL + 0.5, bold=True, align="end" if wide else "start"),
            _roll(s.true, s.roll, color),
            Text(say("end.roll", roll=s.roll), SMALL, color, align="end" if wide else "start"),
            gap=2,
            width=210,
        )
    what = s.what + (say("list.dot") + s.who if s.who else "")
    return row(
        Text(f"{s.number}", BODY, "muted", bold=True, width=26),
        Icon(icon, 18, color),
        column(
            row(Text(what, BODY, bold=True, grow=1), Text(say("end.when", week=s.week, stage=s.stage), SMALL, "muted"), gap=8),
            None if wide else odds,
            *(news_line(line, say) for line in s.lines),
            gap=2,
            grow=1,
        ),
        odds if wide else None,
        gap=9,
        pad=(10, 6),
        fill="panel",
        edge="line",
        align="start",
    )


def _roll(true: int, roll: int, color: str) -> Bar:
    """The chance as a bar, the roll as a mark on it: a mark within the bar is a success."""
    return Bar(true / 100, color, height=8, tick=(roll - 0.5) / 100)
