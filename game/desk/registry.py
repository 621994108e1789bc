"""The boards of the desk: one entry each. A new board is an entry here, its view, and its picture in `screens.boards`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from game.belief.watched import Observation
from game.desk import printed
from game.desk.boards import Boards
from game.desk.views import Desk
from game.i18n import Say


@dataclass(frozen=True, kw_only=True)
class BoardEntry:
    """A board: its key (its texts are `board.KEY` and `tab.KEY`), its icon, from which of our stages on it is there.

    `there`: what else must hold. `view`: makes what the board shows, for `Desk.more[key]`; None where the desk has it as fields
    of its own. `letter` and `printed`: the terminal's command for it, and its lines.
    """

    key: str
    icon: str
    stage: int = 0
    there: Callable[[Desk], bool] = lambda desk: True
    view: Callable[[Boards, Observation], Any] | None = None
    letter: str = ""
    printed: Callable[[Desk, Say], Iterable[str]] | None = None

    def opened(self, desk: Desk) -> bool:
        """Whether it is there now."""
        return desk.stage_at >= self.stage and self.there(desk)


BOARDS = {
    entry.key: entry
    for entry in (
        BoardEntry(key="account", icon="account"),
        BoardEntry(key="pace", icon="calendar", letter="c", printed=printed.pace),
        BoardEntry(key="team", icon="team"),
        BoardEntry(key="chart", icon="chart", letter="p", printed=printed.people),
        BoardEntry(key="tree", icon="tree", stage=1, letter="t", printed=printed.tree),
        BoardEntry(key="net", icon="net", stage=2, letter="n", printed=printed.net),
        BoardEntry(key="rivals", icon="rivals", stage=3, letter="r", printed=printed.rivals),
        BoardEntry(key="swot", icon="plan", stage=3),
        BoardEntry(key="table", icon="table", there=lambda desk: desk.negotiating),
        BoardEntry(key="delivery", icon="promise", there=lambda desk: bool(desk.promises) or desk.won),
    )
}
"""By key, in the order in which they are offered."""


def opened(desk: Desk) -> list[str]:
    """The boards that are there now."""
    return [key for key, entry in BOARDS.items() if entry.opened(desk)]


def first_boards(desk: Desk) -> tuple[str, str]:
    """The two that a stage begins with."""
    if desk.negotiating:
        return "table", "chart"
    if desk.promises and desk.won:
        return "chart", "delivery"
    return "chart", ("pace", "tree", "net", "rivals")[min(desk.stage_at, 3)]
