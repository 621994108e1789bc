"""The customer's people as an organisation chart, and the net that covers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.desk.views import Desk, MemberView, PersonView
from game.i18n import Say
from game.screens.layout import Area, Box, Free, Node, Ruler
from game.screens.messages import ChooseMember, ChoosePerson, Message
from game.screens.painter import Painter, lit
from game.screens.pictures.face import portrait
from game.screens.widgets import BODY, SMALL, Bar, Icon, Pips, Text, column, row

LEVELS = ("top", "middle", "staff")
STANCE_ICONS = {None: "question", -2: "cross", -1: "alert", 0: "minus", 1: "up", 2: "check"}
NARROWEST = {"zh": 112, "en": 128}
"""A person's card is never narrower, in units: English words are long and do not break."""
GAP, LANE = 8, 18
FACE = {"zh": 30, "en": 22}
"""Side of the portrait on a card of the chart."""
STRONG, FIRM = 50, 20
WEAK_KNOT, KEY_POWER = 15, 7
"""A person of this power whose coverage is below this is a hole in the net."""
"""From this strength a knot is drawn as strong, as firm; below as loose."""


def stance_color(p: PersonView) -> str:
    return "muted" if p.stance_level is None else f"s{p.stance_level}"


def stance_word(p: PersonView, say: Say) -> str:
    """A word or two: the last reading, with a mark where it is old."""
    if p.stance_level is None:
        return say("stance.short_unread") if p.met else say("stance.short_unmet")
    return say("stance.short_old" if p.stale else "stance.short", level=say(f"stance.{p.stance_level}"))


def about_person(p: PersonView, say: Say) -> str:
    """What there is to know, for a tip."""
    lines = [
        f"{p.name} · {p.title}",
        p.about,
        *_wants(p, say),
        say("person.roles", roles=say("list.and").join(p.roles), level=p.level, power=p.power),
        say("person.stance", stance=p.stance),
        say("person.believed", levels=say("list.and").join(_levels(p, say))),
        say("person.met", rapport=p.rapport, coverage=p.coverage) if p.met else say("person.unmet"),
        say("person.holds", names=p.holds_words) if p.holds else "",
    ]
    return "\n".join(line for line in lines if line)


def _wants(p: PersonView, say: Say) -> list[str]:
    """What the deal must bring them, at work and for themselves."""
    return [
        say("person.wants", wins=p.wins) if p.wins else "",
        say("person.personal", wins=p.personal) if p.personal else "",
    ]


def _levels(p: PersonView, say: Say) -> list[str]:
    """The likely levels of the stance, the likeliest first."""
    ranked = sorted(((share, level) for level, share in zip(range(-2, 3), p.believed, strict=True) if share >= 10), reverse=True)
    return [say("person.level", level=say(f"stance.{level}"), n=share) for share, level in ranked]


@dataclass(frozen=True)
class _Chart:
    """People in rows by level; `cards` are theirs, in the same order."""

    people: Sequence[PersonView]
    cards: Sequence[Node]
    narrowest: int
    chosen: int

    def rows(self, ruler: Ruler, room: int) -> list[list[int]]:
        """Who stands in which row, by place in `people`."""
        found = []
        fit = max(1, (room + ruler.px(GAP)) // ruler.px(self.narrowest + GAP))
        for level in LEVELS:
            row_of = [k for k, p in enumerate(self.people) if p.level_key == level]
            lines = -(-len(row_of) // fit) or 1
            per = -(-len(row_of) // lines) or 1
            found += [row_of[k : k + per] for k in range(0, len(row_of), per)]
        return found

    def width(self, ruler: Ruler, room: int, many: int) -> int:
        """Of a card among so many."""
        return min(ruler.px(168), (room - ruler.px(GAP) * (many - 1)) // max(1, many))

    def height(self, ruler: Ruler, room: int, row_of: list[int]) -> int:
        """Of a row."""
        return max(self.cards[k].size(ruler, self.width(ruler, room, len(row_of)))[1] for k in row_of)

    def needs(self, ruler: Ruler, room: int) -> tuple[int, int]:
        """Width and height of all of it."""
        rows = self.rows(ruler, room)
        return room, sum(self.height(ruler, room, r) for r in rows) + ruler.px(LANE) * max(0, len(rows) - 1)

    def places(self, ruler: Ruler, area: Area, children: Sequence[Node]) -> Sequence[Area]:
        """Where each card stands; what height is left goes between the rows."""
        places = [Area()] * len(children)
        rows = self.rows(ruler, area.w)
        spare = area.h - self.needs(ruler, area.w)[1]
        lane = ruler.px(LANE) + (max(0, spare) // max(1, len(rows)) if len(rows) > 1 else 0)
        lane = min(lane, ruler.px(40))
        y = area.y
        for r in rows:
            w, h = self.width(ruler, area.w, len(r)), self.height(ruler, area.w, r)
            step = (area.w - w * len(r)) // (len(r) + 1) if len(r) > 1 else (area.w - w) // 2
            step = min(step, ruler.px(40)) if len(r) > 1 else step
            x = area.x + (area.w - w * len(r) - step * (len(r) - 1)) // 2
            for k in r:
                places[k] = Area(x, y, w, h)
                x += w + step
            y += h + lane
        return places

    def paint(self, pen: Painter, node: Free) -> None:
        """Who reports to whom, and whom the one looked at listens to."""
        at, seen = {p.at: k for k, p in enumerate(self.people)}, lit(pen)
        for k, p in enumerate(self.people):
            if p.boss in at:
                one, other = node.children[at[p.boss]].area, node.children[k].area
                bright = seen in (f"person:{p.at}", f"person:{p.boss}") or self.chosen in (p.at, p.boss)
                _elbow(pen, one, other, "accent" if bright else "line")
            if seen == f"person:{p.at}" or (not seen and self.chosen == p.at):
                for q in (q for q in p.hears if q in at):
                    _whisper(pen, node.children[at[q]].area, node.children[k].area)


def org_chart(desk: Desk, say: Say, chosen: int) -> Free:
    """People in rows by level, each under whom they report to."""
    people = _ordered(desk.people)
    chart = _Chart(people, [_card(p, say, p.at == chosen) for p in people], NARROWEST[say.language], chosen)
    return Free(chart.cards, chart.places, chart.paint, grow=1, needs=chart.needs)


def _whisper(pen: Painter, one: Area, other: Area) -> None:
    """An informal line: the second listens to the first."""
    ends = (one.x + one.w // 2, one.y + one.h // 2), (other.x + other.w // 2, other.y + other.h // 2)
    pen.dashes("warn", *ends, 2)


def _elbow(pen: Painter, one: Area, other: Area, color: str) -> None:
    x1, y1, x2, y2 = one.x + one.w // 2, one.bottom, other.x + other.w // 2, other.y
    if y2 <= y1:
        return
    middle = y2 - pen.px(8)
    for a, b in (((x1, y1), (x1, middle)), ((x1, middle), (x2, middle)), ((x2, middle), (x2, y2))):
        pen.line(color, a, b, 1.5)


def _ordered(people: list[PersonView]) -> list[PersonView]:
    """By level, then beside the others who report to the same person."""
    top = [p for p in people if p.level_key == "top"]
    rank = {p.at: k for k, p in enumerate(top)}
    middle = sorted((p for p in people if p.level_key == "middle"), key=lambda p: rank.get(p.boss, 99))
    rank |= {p.at: 100 + k for k, p in enumerate(middle)}
    return top + middle + sorted((p for p in people if p.level_key == "staff"), key=lambda p: rank.get(p.boss, 999))


def _card(p: PersonView, say: Say, on: bool) -> Box:
    color = stance_color(p)
    return column(
        row(
            portrait(p.face, FACE[say.language]),
            column(Text(p.name, BODY - 0.5, bold=True), Text(p.title, SMALL - 0.5, "muted"), gap=0, grow=1),
            gap=6,
        ),
        row(Icon(STANCE_ICONS[p.stance_level], 13, color), Text(stance_word(p, say), SMALL - 0.5, color, grow=1), gap=4),
        Bar(p.coverage / 100, "accent", height=4),
        gap=1,
        pad=(9, 5),
        fill="chosen" if on else "raised",
        edge="accent" if on else "line",
        mark=color,
        radius=4,
        message=ChoosePerson(p.at),
        id=f"person:{p.at}",
        tip=about_person(p, say),
        name=p.name,
    )


def net(desk: Desk, say: Say, chosen: int, member: int) -> Free:
    """Our people on the left, theirs on the right; a line for each knot, thick where it holds."""
    ours = [_end(m.short, f"member:{m.at}", ChooseMember(m.at), m.at == member, about_member(m, say)) for m in desk.members]
    theirs = [_end(p.name, f"net:{p.at}", ChoosePerson(p.at), p.at == chosen, about_person(p, say), p) for p in desk.people]
    many = len(ours)
    member_at = {m.at: k for k, m in enumerate(desk.members)}
    person_at = {p.at: many + k for k, p in enumerate(desk.people)}

    def wide(ruler: Ruler, room: int, cells: Sequence[Node]) -> int:
        return min(ruler.px(130), room * 28 // 100) if cells is ours else min(ruler.px(180), room * 46 // 100)

    def heights(ruler: Ruler, room: int, cells: Sequence[Node]) -> list[int]:
        return [c.size(ruler, wide(ruler, room, cells))[1] for c in cells]

    def needs(ruler: Ruler, room: int) -> tuple[int, int]:
        gap = ruler.px(4)
        return room, max(sum(heights(ruler, room, side)) + gap * max(0, len(side) - 1) for side in (ours, theirs))

    def placer(ruler: Ruler, area: Area, children: Sequence[Node]) -> Sequence[Area]:
        places: list[Area] = []
        for side in (ours, theirs):
            w, tall = wide(ruler, area.w, side), heights(ruler, area.w, side)
            x = area.x if side is ours else area.right - w
            spare = area.h - sum(tall)
            gap = min(spare / max(1, len(side)), ruler.px(30))
            y = area.y + (area.h - sum(tall) - gap * (len(side) - 1)) / 2
            for h in tall:
                places.append(Area(x, round(y), w, h))
                y += h + gap
        return places

    def paint(pen: Painter, node: Free) -> None:
        seen = lit(pen)
        for k in desk.net:
            if k.person_at not in person_at:
                continue
            one, other = node.children[member_at[k.member_at]].area, node.children[person_at[k.person_at]].area
            ends = (one.right, one.y + one.h // 2), (other.x, other.y + other.h // 2)
            some = seen.startswith(("person:", "net:", "member:"))
            mine = seen in (f"person:{k.person_at}", f"net:{k.person_at}", f"member:{k.member_at}")
            color = (
                "line" if some and not mine else "good" if k.strength >= STRONG else "accent" if k.strength >= FIRM else "muted"
            )
            if k.strength >= FIRM:
                pen.line(color, *ends, 1 + k.strength / 25)
            else:
                pen.dashes(color, *ends, 1.2)

    return Free([*ours, *theirs], placer, paint, grow=1, needs=needs)


def about_member(m: MemberView, say: Say) -> str:
    lines = [m.name, m.about, m.doing or say("member.free"), m.favours, say("member.tired", n=m.tired) if m.tired else ""]
    return "\n".join(line for line in lines if line)


def _end(name: str, id: str, message: Message, on: bool, tip: str, p: PersonView | None = None) -> Box:
    hole = p is not None and p.coverage < WEAK_KNOT and p.power >= KEY_POWER
    held = p.holds[0][1] if p and p.holds else 0
    return row(
        Icon(STANCE_ICONS[p.stance_level], 12, stance_color(p)) if p else Icon("hand", 12, "accent"),
        Text(name, SMALL, grow=1),
        Icon("flag", 11, "bad" if held >= STRONG else "rival") if held >= FIRM else None,
        Pips(round(p.power / 2), 5, "muted", 4) if p else None,
        gap=4,
        pad=(6, 1),
        fill="chosen" if on else "raised",
        edge="bad" if hole else "accent" if on else "line",
        radius=4,
        message=message,
        id=id,
        tip=tip,
        name=name,
    )


def dossier(p: PersonView, desk: Desk, say: Say) -> Box:
    """All that is known of a person, with how they are likely to stand."""
    names = [k.member for k in desk.net if k.person_at == p.at and k.strength > 0]
    covered = say("person.covered", names=say("list.and").join(names) if names else say("person.nobody"))
    facts = [
        say("person.roles", roles=say("list.and").join(p.roles), level=p.level, power=p.power),
        say("person.boss", name=p.reports_to) if p.reports_to else "",
        *_wants(p, say),
        say("person.hears", names=say("list.and").join(p.hears_names)) if p.hears else "",
        say("person.holds", names=p.holds_words) if p.holds else "",
        say("person.stance", stance=p.stance),
    ]
    return column(
        row(
            portrait(p.face, 64),
            column(Text(p.name, 17, bold=True), Text(p.title, BODY, "muted"), gap=2, grow=1),
            gap=10,
        ),
        Text(p.about, SMALL + 1) if p.about else None,
        *(Text(fact, SMALL + 1) for fact in facts if fact),
        Text(say("person.about_stance"), SMALL, "muted"),
        *(_level_bar(level, share, say) for level, share in zip(range(-2, 3), p.believed, strict=True)),
        row(
            Text(say("person.rapport"), SMALL + 1, width=72),
            Bar(p.rapport / 100, "good", grow=1),
            Text(f"{p.rapport}", SMALL + 1),
            gap=8,
        ),
        row(
            Text(say("person.coverage"), SMALL + 1, width=72),
            Bar(p.coverage / 100, "accent", grow=1),
            Text(f"{p.coverage}", SMALL + 1),
            gap=8,
        ),
        Text(covered, SMALL + 1, "muted"),
        gap=4,
    )


def _level_bar(level: int, share: int, say: Say) -> Box:
    color = f"s{level}"
    return row(
        Icon(STANCE_ICONS[level], 13, color),
        Text(say(f"stance.{level}"), SMALL, color, width=96),
        Bar(share / 100, color, height=7, grow=1),
        Text(f"{share}%", SMALL, "muted", width=36, align="end"),
        gap=6,
    )
