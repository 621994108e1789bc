"""The other boards of the desk: deal tree, rivals, account, team, negotiation table, promises."""

from __future__ import annotations

from collections.abc import Sequence

from game.desk.swot import Evidence, SwotView
from game.desk.views import (
    CriterionView,
    Desk,
    ElementView,
    Leaf,
    MemberView,
    MeterView,
    PromiseView,
    RivalView,
    StrategyView,
)
from game.i18n import Say
from game.screens.layout import Area, Box, Free, Node, Ruler
from game.screens.messages import ChooseMember, Decided, SortFact
from game.screens.painter import Painter
from game.screens.pictures.pace import pace_box
from game.screens.pictures.people import about_member
from game.screens.widgets import BODY, SMALL, Bar, Icon, Pips, Text, column, grid, row

LEAF = {
    "unknown": ("question", "muted"),
    "heard": ("ear", "warn"),
    "denied": ("ear", "warn"),
    "true": ("check", "good"),
    "false": ("cross", "bad"),
}
STYLE = {"price": "price", "relationship": "relationship", "technical": "technical", "spoiler": "spoiler"}
PROMISE = {"open": ("wait", "warn"), "kept": ("check", "good"), "broken": ("cross", "bad")}
INDENT = 26


def tree(desk: Desk, say: Say) -> Box:
    """Deal → element → question: what is proved, what is only said, what nobody has asked."""
    return column(*(_element(b, say) for b in desk.tree), gap=8)


def _element(b: ElementView, say: Say) -> Box:
    proved = sum(leaf.status in ("true", "false") for leaf in b.leaves)
    head = row(
        Text(b.element, BODY, bold=True),
        Bar(b.gauge / 100, "good" if b.gauge >= 60 else "warn" if b.gauge >= 30 else "bad", grow=1),
        Text(say("tree.band", n=b.gauge, band=b.band) if b.band else f"{b.gauge}", BODY, bold=True),
        Text(say("tree.proved", n=proved, of=len(b.leaves)), SMALL, "muted"),
        gap=8,
    )
    return column(head, _twigs([_leaf(leaf, say) for leaf in b.leaves]), gap=2)


def _leaf(leaf: Leaf, say: Say) -> Box:
    icon, color = LEAF[leaf.status]
    doubtful = leaf.status in ("heard", "denied")
    words = say("leaf.likely", words=leaf.status_words, n=leaf.likely) if doubtful else leaf.status_words
    return row(
        Icon(icon, 13, color),
        Text(leaf.text, SMALL, "text" if leaf.status != "unknown" else "muted", grow=1),
        Text(words, SMALL - 0.5, color),
        gap=6,
    )


def _twigs(leaves: list[Box]) -> Free:
    """Leaves under each other on a stem."""

    def heights(ruler: Ruler, room: int) -> list[int]:
        return [leaf.size(ruler, room - ruler.px(INDENT))[1] for leaf in leaves]

    def placer(ruler: Ruler, area: Area, children: Sequence[Node]) -> Sequence[Area]:
        found, y = [], area.y
        for h in heights(ruler, area.w):
            found.append(Area(area.x + ruler.px(INDENT), y, area.w - ruler.px(INDENT), h))
            y += h
        return found

    def paint(pen: Painter, node: Free) -> None:
        x = node.area.x + pen.px(8)
        for c in node.children:
            y = c.area.y + c.area.h // 2
            pen.line("line", (x, node.area.y), (x, y), 1)
            pen.line("line", (x, y), (x + pen.px(12), y), 1)

    return Free(leaves, placer, paint, needs=lambda ruler, room: (room, sum(heights(ruler, room))))


def rivals(desk: Desk, say: Say, *, exam: bool = False) -> Box:
    """Who else is after the deal, what they prepare as far as we heard, and how the award looks."""
    return column(
        None if exam else standing(desk, say),
        None if exam else comparison(desk, say),
        *(_rival(r, say) for r in desk.rivals),
        gap=8,
    )


def standing(desk: Desk, say: Say) -> Box | None:
    """The award as we believe it would go now."""
    if not desk.award:
        return None
    return column(
        Text(say("award.believed"), SMALL, "muted"),
        *(
            row(
                Text(name, SMALL + 1, bold=k == 0, width=130),
                Bar(odds / 100, "accent" if k == 0 else "plain" if k == len(desk.award) - 1 else "rival", height=12, grow=1),
                Text(f"{odds}%", BODY, bold=True),
            )
            for k, (name, odds) in enumerate(desk.award)
        ),
        gap=4,
    )


def comparison(desk: Desk, say: Say) -> Box | None:
    """We and the others by the buyer's criteria: a row each, a mark for every bidder, wide where we are not sure."""
    if not desk.criteria:
        return None
    return column(Text(say("criteria.title"), SMALL, "muted"), *(_criterion(c, say) for c in desk.criteria), gap=3)


def _criterion(c: CriterionView, say: Say) -> Box:
    def paint(pen: Painter, node: Free) -> None:
        a = node.area
        pen.rect("soft", Area(a.x, a.y + a.h // 2 - pen.px(1), a.w, pen.px(2)))
        for k in range(len(c.scores) - 1, -1, -1):
            mean, spread = c.scores[k]
            x = a.x + round(a.w * max(0.0, min(100.0, mean)) / 100)
            wide = round(a.w * min(50.0, spread) / 100)
            color = "accent" if k == 0 else "plain" if k == len(c.scores) - 1 else "rival"
            pen.rect(color, Area(max(a.x, x - wide), a.y + a.h // 2 - pen.px(1), min(2 * wide, a.right - x + wide), pen.px(2)))
            pen.dot(color, x, a.y + a.h // 2, 5 if k == 0 else 3.5)

    return row(
        Text(c.name, SMALL, width=104),
        Text(f"{c.weight}%", SMALL, "muted", width=34, align="end"),
        Free([], lambda ruler, area, children: [], paint, grow=1, height=16, needs=lambda ruler, room: (room, ruler.px(16))),
        gap=6,
    )


def _rival(r: RivalView, say: Say) -> Box:
    return column(
        row(
            Icon(STYLE.get(r.style_key, "rivals"), 16, "rival"),
            Text(r.name, BODY, bold=True, grow=1),
            Text(r.style, SMALL, "rival"),
        ),
        Text(r.about, SMALL, "muted") if r.about else None,
        row(
            Icon("intelligence", 14, "warn" if r.known else "muted"), Text(r.intel, SMALL, "warn" if r.known else "muted", grow=1)
        ),
        gap=2,
        fill="raised",
        pad=(8, 5),
        radius=4,
    )


def account(desk: Desk, say: Say) -> Box:
    """The quantities everyone can see."""
    positions = (
        [Text(say("swot.position"), BODY, bold=True), *(strategy(s, say) for s in desk.positions)] if desk.positions else []
    )
    return column(pace_box(desk.pace, say), grid(2, *(_meter(m) for m in desk.meters), gap=10), *positions, gap=8)


def _meter(m: MeterView) -> Box:
    share = (m.value - m.low) / max(1, m.high - m.low)
    return column(
        row(Text(m.name, SMALL + 1, grow=1), Text(f"{m.value}", BODY, bold=True)),
        Bar(share, "accent" if m.good else "bad", height=8),
        gap=3,
        tip=m.about,
        id=f"meter:{m.name}",
        name=m.name,
    )


def team(desk: Desk, say: Say, member: int) -> Box:
    """Who is free, who is busy, who is worn."""
    return column(*(_member(m, say, m.at == member) for m in desk.members), gap=6)


def _member(m: MemberView, say: Say, on: bool) -> Box:
    color = "good" if m.free else "warn"
    notes = [m.doing or say("member.free"), m.favours, say("member.tired", n=m.tired) if m.tired else ""]
    return column(
        row(Icon("hand", 15, color), Text(m.name, BODY, bold=True, grow=1)),
        Text(m.about, SMALL, "muted") if m.about else None,
        Text(say("list.semicolon").join(n for n in notes if n), SMALL, color),
        gap=1,
        fill="chosen" if on else "raised",
        edge="accent" if on else "line",
        pad=(8, 5),
        radius=4,
        message=ChooseMember(m.at),
        id=f"team:{m.at}",
        tip=about_member(m, say),
        name=m.name,
    )


def table(desk: Desk, say: Say) -> Box:
    """The negotiation: what is on the table, how far each issue has gone, how long they will sit there."""
    view = desk.table
    if view is None:
        return column(Text(say("table.closed"), BODY, "muted"))
    low = view.patience <= max(2, view.patience_full // 4)
    return column(
        row(
            Icon("wait", 16, "bad" if low else "good"),
            Text(say("quantity.patience"), BODY, bold=True),
            Bar(view.patience / view.patience_full, "bad" if low else "good", grow=1, height=10),
            Text(f"{view.patience}/{view.patience_full}", BODY, bold=True),
        ),
        *(
            row(
                Text(i.name, BODY, grow=1),
                Pips(i.conceded, i.levels, "bad", 12),
                Text(say("table.step", cost=i.cost), SMALL, "muted"),
                gap=10,
            )
            for i in view.issues
        ),
        row(
            Text(say("table.given", money=view.given), SMALL + 1, "bad", grow=1),
            Text(say("table.gained", n=view.gained), SMALL + 1, "good"),
        ),
        gap=9,
    )


def delivery(desk: Desk, say: Say) -> Box:
    """Promises on their ledger."""
    rows = [_promise(p, say) for p in desk.promises] or [Text(say("promises.none"), SMALL + 1, "muted")]
    return column(*rows, gap=6)


def _promise(p: PromiseView, say: Say) -> Node:
    icon, color = PROMISE[p.status]
    return row(Icon(icon, 16, color), Text(p.text, BODY, grow=1), Text(say(f"promise.{p.status}"), SMALL, color), gap=8)


QUADRANTS = ("strength", "weakness", "opportunity", "threat")
QUADRANT_COLORS = {"strength": "good", "weakness": "bad", "opportunity": "accent", "threat": "warn"}


def swot(desk: Desk, say: Say, sorted_: dict[str, str]) -> Box:
    """The evidence we hold in four fields, and the cards that a pair of it opens."""
    view: SwotView = desk.more["swot"]
    loose = [e for e in view.evidence if e.fact not in sorted_]
    fields = [_quadrant(q, [e for e in view.evidence if sorted_.get(e.fact) == q], say) for q in QUADRANTS]
    return column(
        Text(say("swot.about"), SMALL, "muted"),
        *(_evidence(e, say) for e in loose),
        Text(say("swot.empty"), SMALL + 1, "muted") if not view.evidence else None,
        grid(2, *fields, gap=6),
        Text(say("swot.cards"), BODY, bold=True) if view.strategies else None,
        *(strategy(s, say) for s in view.strategies),
        gap=6,
    )


def _quadrant(q: str, held: list[Evidence], say: Say) -> Box:
    return column(
        Text(say(f"swot.{q}"), SMALL + 1, QUADRANT_COLORS[q], bold=True),
        *(_evidence(e, say) for e in held),
        gap=3,
        pad=(7, 5),
        edge=QUADRANT_COLORS[q],
        radius=4,
    )


def _evidence(e: Evidence, say: Say) -> Box:
    icon, color = ("check", "good") if e.proved else ("ear", "warn")
    return row(
        Icon(icon, 13, color),
        Text(e.text, SMALL, grow=1),
        Icon("right", 12, "muted"),
        gap=5,
        pad=(6, 2),
        fill="raised",
        radius=3,
        message=SortFact(e.fact),
        id=f"sort:{e.fact}",
        tip=say("swot.tip"),
        name=e.text,
    )


def strategy(s: StrategyView, say: Say) -> Box:
    """A card to adopt: what it rests on, what it bends."""
    color = "good" if s.held else "accent" if s.decision else "muted"
    bends = [
        row(Text(name, SMALL), Text(f"{points:+d}".replace("-", "−"), SMALL, "good" if points > 0 else "bad", bold=True), gap=3)
        for name, points in s.bends
    ]
    status = say("swot.held") if s.held else say("swot.adopt") if s.decision else s.closed or say("swot.closed")
    return column(
        row(
            Icon("check" if s.held else "flag" if s.decision else "lock", 15, color),
            Text(s.name, BODY, bold=True, grow=1),
            Text(status, SMALL, color),
        ),
        Text(s.about, SMALL, "muted"),
        Text(say("swot.pair", facts=say("list.and").join(s.pair)), SMALL, "muted") if s.pair else None,
        Box("flow", *bends, gap=10) if bends else None,
        gap=2,
        fill="chosen" if s.held else "raised",
        edge=color if s.held or s.decision else "line",
        pad=(8, 5),
        radius=4,
        message=Decided(s.decision) if s.decision else None,
        id=f"strategy:{s.name}",
        name=s.name,
    )
