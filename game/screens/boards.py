"""The picture of every board, by its key in `desk.registry`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from game.desk.registry import BOARDS, SIDES, opened
from game.desk.views import Desk, PersonView
from game.i18n import Say
from game.screens.layout import Box, Node, Scroll
from game.screens.messages import ShowBoard, ShowPerson
from game.screens.pictures import sheets
from game.screens.pictures.pace import pace
from game.screens.pictures.people import net, org_chart
from game.screens.widgets import SMALL, Text, chip, column, flow


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What a picture must know beside the desk: who is chosen, how evidence is sorted, whether numbers are told."""

    say: Say
    person: int = -1
    member: int = -1
    sorted: Mapping[str, str] = field(default_factory=dict)
    numbers: bool = True


def _chart(desk: Desk, sight: Sight) -> Node:
    unfound = Text(sight.say("chart.unfound", n=desk.unfound), SMALL, "muted") if desk.unfound else None
    return column(org_chart(desk, sight.say, sight.person), unfound)


def _net(desk: Desk, sight: Sight) -> Node:
    legend = Text(sight.say("net.legend"), SMALL - 0.5, "muted")
    return column(legend, net(desk, sight.say, sight.person, sight.member))


PICTURES: dict[str, Callable[[Desk, Sight], Node]] = {
    "account": lambda desk, sight: sheets.account(desk, sight.say),
    "pace": lambda desk, sight: pace(desk, sight.say),
    "team": lambda desk, sight: sheets.team(desk, sight.say, sight.member),
    "chart": _chart,
    "tree": lambda desk, sight: sheets.tree(desk, sight.say),
    "net": _net,
    "rivals": lambda desk, sight: sheets.rivals(desk, sight.say, exam=not sight.numbers),
    "swot": lambda desk, sight: sheets.swot(desk, sight.say, dict(sight.sorted)),
    "table": lambda desk, sight: sheets.table(desk, sight.say),
    "delivery": lambda desk, sight: sheets.delivery(desk, sight.say),
}


def picture(key: str, desk: Desk, sight: Sight) -> Node:
    """A board as nodes."""
    return PICTURES[key](desk, sight)


def icon(key: str) -> str:
    """The icon of a board, or of the two tabs that are none: what is new, and what to do."""
    return BOARDS[key].icon if key in BOARDS else {"now": "alert", "do": "play"}[key]


def side_panel(
    slot: int, name: str, inside: Node, desk: Desk, say: Say, chosen: PersonView | None, shown: PersonView | None
) -> Box:
    """What is inside, under the names of all boards of this side; `chosen` has a name among them, `shown` if it is the one."""
    names = [
        chip(say(f"tab.{b}"), ShowBoard(slot, b), on=b == name and not shown, id=f"board:{slot}:{b}", tip=say(f"board.{b}"))
        for b in opened(desk, SIDES[slot])
    ]
    if chosen:
        names.insert(0, chip(chosen.name, ShowPerson(), on=bool(shown), icon="person", id="board:person"))
    window = Scroll(f"board:{slot}:{f'person:{shown.at}' if shown else name}", inside, grow=1)
    grow = 1.3 if slot == 0 else 1
    return column(flow(*names, gap=4), window, gap=6, pad=(10, 8), fill="panel", edge="line", grow=grow)
