"""The boards of the desk: one entry each. A new board is an entry here, its view, and its picture in `screens.boards`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from game.belief.watched import Observation
from game.desk import printed
from game.desk.boards import Boards
from game.desk.swot import swot_view
from game.desk.views import Desk
from game.i18n import Say


@dataclass(frozen=True, kw_only=True)
class BoardEntry:
    """A board: its key (its texts are `board.KEY` and `tab.KEY`), its icon, from which of our stages on it is there.

    `side`: whether it is about people (shown left) or about the deal (shown right): one never takes the other's place.

    `there`: what else must hold. `view`: makes what the board shows, for `Desk.more[key]`; None where the desk has it as fields
    of its own. `letter` and `printed`: the terminal's command for it, and its lines.
    """

    key: str
    icon: str
    side: str
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
        BoardEntry(key="chart", icon="chart", side="people", letter="p", printed=printed.people),
        BoardEntry(key="net", icon="net", side="people", stage=2, letter="n", printed=printed.net),
        BoardEntry(key="team", icon="team", side="people"),
        BoardEntry(key="rivals", icon="rivals", side="people", stage=3, letter="r", printed=printed.rivals),
        BoardEntry(key="pace", icon="calendar", side="deal", letter="c", printed=printed.pace),
        BoardEntry(key="tree", icon="tree", side="deal", stage=1, letter="t", printed=printed.tree),
        BoardEntry(key="swot", icon="plan", side="deal", stage=3, view=swot_view),
        BoardEntry(key="table", icon="table", side="deal", there=lambda desk: desk.negotiating),
        BoardEntry(key="delivery", icon="promise", side="deal", there=lambda desk: bool(desk.promises) or desk.won),
        BoardEntry(key="account", icon="account", side="deal"),
    )
}
"""By key, in the order in which they are offered."""


SIDES = ("people", "deal")


def opened(desk: Desk, side: str = "") -> list[str]:
    """The boards that are there now; only those of one side, where it is named."""
    return [key for key, entry in BOARDS.items() if entry.opened(desk) and side in ("", entry.side)]


def first_boards(desk: Desk) -> tuple[str, str]:
    """The two that a stage begins with: one about people, one about the deal."""
    if desk.negotiating:
        return "chart", "table"
    if desk.promises and desk.won:
        return "chart", "delivery"
    return ("net" if desk.stage_at == 2 else "chart"), ("tree" if desk.stage_at == 1 else "pace")
