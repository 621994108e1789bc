"""The debrief's parts on the ending screen: the verdict, the walk through the decisions, the score card."""

from __future__ import annotations

from game.debrief.figures import about, plus, whole
from game.debrief.records import CandidateTold, MoveReview, Review
from game.debrief.scorecard import Column, Metric, Pillar
from game.screens.layout import Box, Node
from game.screens.messages import BranchAt, ShowMove, TryOther
from game.screens.pictures.curves import DECISION, GRADE_LOOK, curve, quadrant, signed
from game.screens.screen import Look
from game.screens.widgets import BODY, LARGE, SMALL, Bar, Icon, Text, button, column, flow, grid, panel, row

FELT = 0.5
"""Points of luck below which a thing is not worth a line."""


def verdict(review: Review, look: Look) -> Node:
    """How well, how lucky, and what to do next."""
    say = look.say
    figures = grid(
        3,
        _figure(about(review.quality, review.luck_se), say("debrief.quality"), say("debrief.quality.about")),
        _figure(about(review.luck, review.luck_se, signed=True), say("debrief.luck"), say("debrief.luck.about")),
        _figure(about(review.start, review.start_se), say("debrief.par"), say("debrief.par.about")),
        gap=8,
    )
    total = say(
        "debrief.sum",
        start=about(review.start, review.start_se),
        advantage=about(review.advantage, review.advantage_se, signed=True),
        luck=about(review.luck, review.luck_se, signed=True),
        result=whole(review.result),
    )
    words = column(
        Text(review.verdict_words, 20, "text", bold=True),
        Text(review.summary, BODY + 1),
        Text(total, BODY, "accent", bold=True),
        figures,
        row(Icon("flag", 16, "good"), Text(review.next_action, BODY, grow=1), gap=8, pad=(10, 6), fill="raised"),
        *(Text(caution, SMALL + 1, "warn") for caution in review.cautions),
        gap=7,
        grow=1,
    )
    if look.wide:
        return row(column(quadrant(review, say), width=250), words, gap=16, align="start")
    return column(words, quadrant(review, say), gap=10)


def chances(review: Review, look: Look) -> Box:
    """The whole way as a curve."""
    about = Text(look.say("debrief.curve.about"), SMALL + 1, "muted")
    return panel(look.say("debrief.curve"), curve(review, look.say), about, icon="chart")


def _figure(value: str, label: str, about: str) -> Box:
    return column(
        Text(value, LARGE + 3, "accent", bold=True),
        Text(label, BODY, bold=True),
        Text(about, SMALL, "muted"),
        gap=1,
        pad=(9, 7),
        fill="panel",
        edge="line",
    )


def _mood(points: float) -> str:
    return "good" if points > 0 else "bad"


# ---- the walk
def walk(review: Review, at: int, other: str, look: Look, may_branch: bool) -> Node:
    """One decision after the other, with the arrow keys: what it was worth, then what the dice did."""
    say, m = look.say, review.moves[at]
    first = [
        button(
            f"{review.moves[n - 1].week}",
            ShowMove(n - 1),
            icon=GRADE_LOOK[review.moves[n - 1].grade][0],
            id=f"first:{n}",
            tip=review.moves[n - 1].what,
        )
        for n in review.first
    ]
    guide = flow(Text(say("debrief.first"), BODY, bold=True), Text(say("debrief.first.weeks"), SMALL + 1, "muted"), *first, gap=6)
    tries = [
        button(say("debrief.branch"), BranchAt(at), icon="again", id="branch") if may_branch else None,
        button(say("debrief.other"), TryOther(at), icon="dice", id="other") if may_branch and m.better and not other else None,
    ]
    back = button(say("debrief.prev"), ShowMove(at - 1), icon="left", keys=("left",), shown="←", enabled=at > 0, id="prev")
    on = button(
        say("debrief.next_move"),
        ShowMove(at + 1),
        icon="right",
        keys=("right",),
        shown="→",
        enabled=at + 1 < len(review.moves),
        id="next",
        strong=True,
    )
    steps = flow(back, on, Text(say("debrief.step", n=m.number, of=len(review.moves)), BODY, "muted"), *tries, gap=8)
    decided, dice = _decided(m, look), _dice(m, look)
    return column(
        guide,
        curve(review, say, m.number, 110),
        steps,
        row(column(decided, grow=3), column(dice, grow=2), gap=10, align="start") if look.wide else column(decided, dice, gap=8),
        row(Icon("dice", 16, "accent"), Text(other, BODY, grow=1), gap=8, pad=(10, 7), fill="raised") if other else None,
        gap=8,
    )


def _decided(m: MoveReview, look: Look) -> Box:
    """The decision first."""
    say = look.say
    icon, color = GRADE_LOOK[m.grade]
    gave = Text(say("debrief.gave", points=about(m.regret, m.se)), BODY, "bad", bold=True) if m.regret else None
    parts: list[Node | None] = [
        row(
            Icon(icon, 20, color),
            Text(m.grade_words, LARGE, color, bold=True),
            Text(say("end.when", week=m.week, stage=m.stage), BODY, "muted", grow=1),
            gave,
            gap=8,
        ),
        Text(m.what + (say("list.dot") + m.who if m.who else ""), BODY + 1, bold=True),
        Text(say("debrief.times", n=m.times, points=whole(m.total)), BODY, "bad") if m.times > 1 else None,
        Text(say("debrief.better", what=m.better), BODY + 1, "good", bold=True) if m.better else None,
        *(row(Icon("minus", 12, "muted"), Text(line, BODY, grow=1), gap=6) for line in m.why),
        row(Icon("coach", 15, "accent"), Text(m.coach, BODY, "accent", grow=1), gap=6) if m.coach else None,
        Text(say("debrief.options"), SMALL + 1, "muted", bold=True),
        *(_option(o, look) for o in m.options),
    ]
    return panel(say("debrief.legend.decision"), *parts, icon="hand", side=Bar(1, DECISION, width=30))


def _option(o: CandidateTold, look: Look) -> Box:
    say = look.say
    color = "good" if o.best and not o.chosen else "text" if o.chosen else "muted"
    name = o.what + (say("list.dot") + o.who if o.who else "")
    return row(
        Text(name, SMALL + 1, color, bold=o.chosen or o.best, grow=1),
        Text(o.mark, SMALL + 1, color),
        Text(say("debrief.option.value", value=whole(o.value)), SMALL + 1, color, align="end"),
        Text(say("debrief.option.se", se=whole(max(1.0, o.se))), SMALL, "muted"),
        gap=8,
    )


def _dice(m: MoveReview, look: Look) -> Box:
    """Then what the dice did."""
    say = look.say
    felt = [g for g in m.gifts if g.name and abs(g.luck) >= FELT]
    reach = max((abs(g.luck) for g in felt), default=1.0)
    rows: list[Node] = [
        column(
            Text(g.kind_words + say("list.dot") + g.name, SMALL + 1),
            row(signed(g.luck, reach), Text(plus(g.luck), SMALL + 1, _mood(g.luck), bold=True, width=44), gap=6),
            gap=2,
        )
        for g in felt
    ]
    shift = say("debrief.shift", before=round(m.win), chosen=round(m.win_chosen), after=round(m.win_after))
    none = Text(say("debrief.dice.none"), BODY, "muted")
    head = Text(plus(m.luck), BODY, _mood(m.luck), bold=True)
    return panel(say("debrief.dice"), *(rows or [none]), Text(shift, SMALL + 1, "muted"), icon="dice", side=head)


# ---- the score card
def card(review: Review, look: Look) -> Node:
    """Three pillars, five columns, and what to praise and to train."""
    say = look.say
    total = review.card.total
    head = row(
        Text(say("debrief.card.total"), LARGE, bold=True),
        Text("–" if total is None else f"{total:.0f}", 26, "accent", bold=True),
        Text(say("debrief.card.about"), SMALL + 1, "muted", grow=1),
        gap=10,
    )
    wide = 3 if look.wide else 1
    lists = grid(
        2 if look.wide else 1,
        panel(say("debrief.praise"), *_lines(review.praise or [say("debrief.praise.none")], "check", "good"), icon="star"),
        panel(say("debrief.train"), *_lines(review.train or [say("debrief.train.none")], "right", "warn"), icon="study"),
        gap=8,
    )
    honest = review.compliance or [say("debrief.compliance.none")]
    color = "bad" if review.compliance else "good"
    return column(
        head,
        grid(wide, *(_pillar(p, look) for p in review.card.pillars), gap=8),
        Text(say("debrief.columns"), BODY + 1, bold=True),
        Text(say("debrief.columns.about"), SMALL + 1, "muted"),
        grid(wide, *(_column(c, look) for c in review.card.columns), gap=8),
        lists,
        panel(say("debrief.compliance"), *_lines(honest, "breach" if review.compliance else "check", color), icon="breach"),
        panel(say("debrief.questions"), *_lines(review.questions, "question", "accent"), icon="question")
        if review.questions
        else None,
        gap=9,
    )


def _column(c: Column, look: Look) -> Box:
    """A column of the card: its topics, and where to read on."""
    topics = [
        row(
            Text(t.name, SMALL + 1, grow=1),
            Text(look.say("debrief.column.many", n=t.many), SMALL, "muted"),
            _points(t.points, look),
            gap=8,
        )
        for t in c.topics
    ]
    read_on = Text(c.course, SMALL, "muted") if c.points is not None and c.points < 90 else None
    title = row(Text(c.name, BODY, bold=True, grow=1), _points(c.points, look), gap=8)
    return column(title, *topics, read_on, gap=3, pad=(9, 7), fill="panel", edge="line")


def _lines(lines: list[str], icon: str, color: str) -> list[Node]:
    return [row(Icon(icon, 13, color), Text(line, BODY, grow=1), gap=7) for line in lines]


def _points(points: float | None, look: Look) -> Text:
    if points is None:
        return Text(look.say("debrief.not_exercised"), SMALL, "muted")
    color = "good" if points >= 70 else "warn" if points >= 45 else "bad"
    return Text(f"{points:.0f}", BODY, color, bold=True)


def _pillar(p: Pillar, look: Look) -> Box:
    head = row(
        Text(p.name, BODY + 1, bold=True),
        Text(look.say("debrief.card.weight", n=p.weight), SMALL, "muted", grow=1),
        _points(p.points, look),
        gap=8,
    )
    return column(head, *(_metric(m, look) for m in p.metrics), gap=7, pad=(9, 8), fill="panel", edge="line")


def _metric(m: Metric, look: Look) -> Box:
    color = "muted" if m.points is None else "good" if m.points >= 70 else "warn" if m.points >= 45 else "bad"
    return column(
        row(Text(m.name, BODY, grow=1), Text(m.value, SMALL + 1, color, bold=True), gap=8),
        Bar((m.points or 0) / 100, color, height=6),
        Text(m.definition, SMALL, "muted"),
        gap=2,
    )


# ---- luck, cause, plan
def causes(review: Review, look: Look) -> Node:
    """Where points were won and lost: luck by kind, causes by category, drift, premortem."""
    say = look.say
    reach = max((abs(points) for _, points in review.by_kind), default=1.0)
    kinds: list[Node] = [
        row(Text(name, SMALL + 1, width=150), signed(points, reach), Text(plus(points), SMALL + 1, bold=True, width=46), gap=8)
        for name, points in review.by_kind
    ]
    bones = [
        column(
            row(
                Text(b.name, BODY, bold=True, grow=1),
                Text(plus(b.points), BODY, _mood(b.points), bold=True),
                gap=8,
            ),
            *(
                row(Text(text, SMALL + 1, grow=1), Text(plus(points), SMALL + 1, _mood(points)), gap=8)
                for text, points in b.items
            ),
            gap=3,
            pad=(9, 7),
            fill="panel",
            edge="line",
        )
        for b in review.bones[:8]
    ]
    struck = [
        row(
            Icon("alert" if b.became == "struck" else "check", 14, "bad" if b.became == "struck" else "good"),
            Text(b.name, BODY, grow=1),
            Text(say("debrief.premortem.named" if b.named else "debrief.premortem.missed"), SMALL + 1, "muted"),
            Text(say(f"debrief.premortem.{b.became}"), SMALL + 1, "bad" if b.became == "struck" else "good"),
            gap=8,
        )
        for b in review.premortem
    ]
    return column(
        panel(say("debrief.kinds"), *kinds, icon="dice"),
        Text(say("debrief.bones"), BODY + 1, bold=True),
        Text(say("debrief.bones.about"), SMALL + 1, "muted"),
        grid(2 if look.wide else 1, *bones, gap=8),
        panel(say("debrief.drift"), *_lines(review.drift or [say("debrief.drift.none")], "chart", "accent"), icon="chart"),
        panel(say("debrief.premortem"), *struck, icon="alert") if struck else None,
        _swot(review, look),
        gap=9,
    )


def _swot(review: Review, look: Look) -> Node | None:
    if not review.sorted:
        return None
    say = look.say
    rows = [
        row(
            Icon("check" if f.right else "cross", 14, "good" if f.right else "bad"),
            Text(f.text, BODY, grow=1),
            Text(f.put, SMALL + 1, "muted"),
            Text(say("debrief.swot.true" if f.true else "debrief.swot.false"), SMALL + 1, "muted"),
            gap=8,
        )
        for f in review.sorted
    ]
    return panel(say("debrief.swot"), *rows, icon="table")


def graded(review: Review, look: Look) -> list[Node]:
    """Forecasts beside what was right at the time."""
    say = look.say
    return [
        row(
            Text(f.stage, BODY, bold=True, width=44),
            Bar(f.stated / 100, "rival", grow=1, height=12, tick=f.true / 100),
            Text(f"{f.stated}%", BODY, bold=True),
            Text(f.words(say), BODY, "muted" if f.early else "good" if abs(f.stated - f.true) < 15 else "bad"),
            gap=10,
        )
        for f in review.forecasts
    ]
