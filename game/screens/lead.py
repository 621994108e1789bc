"""The first week, led: what is where, and the four things one does. It may be skipped, and comes once on a computer."""

from __future__ import annotations

from dataclasses import dataclass

from game.play.happenings import Started
from game.scenario.tables import WEEK
from game.screens.layout import Box, Node, walk
from game.screens.messages import LeadOn, SkipLead
from game.screens.screen import Look
from game.screens.widgets import BODY, SMALL, Icon, Spacer, Text, button, column, row
from game.session.session import Session

READ, DONE = "look", "end"
STEPS = ((READ, ""), ("person", "person:"), ("card", "card:"), ("wait", "wait"), ("gate", "gate"), (DONE, ""))
"""Each step, and how the id of what it points at begins. The first and the last are only read."""
TABS = {"person": "tab:chart", "card": "tab:do"}
"""Where that stands when there is room for one board only."""


@dataclass
class Lead:
    """Where the newcomer is. A step that has been done by itself is passed over."""

    play: Session
    at: int = 0
    gate_seen: bool = False
    many: int = 0

    def __post_init__(self) -> None:
        self.many = len(self.play.playing.decisions)

    @property
    def over(self) -> bool:
        return self.at >= len(STEPS)

    def read_on(self) -> None:
        """The words of a step that is only read have been read."""
        self.at += 1

    def follow(self, person_chosen: bool) -> None:
        """Go on past what has been done."""
        ran = self.play.playing.state.x[WEEK] > 1
        started = ran or len(self.play.playing.decisions) > self.many
        done = {"person": person_chosen or started, "card": started, "wait": ran, "gate": self.gate_seen}
        while not self.over and done.get(STEPS[self.at][0], False):
            self.at += 1

    def banner(self, look: Look) -> Box:
        """What to do now, and the way out."""
        say = look.say
        name, _ = STEPS[self.at]
        go = button(say(f"lead.{name}.go"), LeadOn(), icon="right", strong=True, id="lead") if name in (READ, DONE) else None
        skip = button(say("lead.skip"), SkipLead(), id="lead:skip") if name != DONE else None
        icon, at = Icon("coach", 20, "accent"), Text(say("lead.at", n=self.at + 1, of=len(STEPS)), SMALL + 0.5, "muted")
        words = Text(say(f"lead.{name}"), BODY + 1, bold=True, grow=1)
        if look.slim:
            inside = [row(icon, words, gap=8), row(at, Spacer(grow=1), go, skip, gap=8)]
            return column(*inside, gap=4, pad=(10, 6), fill="chosen", edge="accent")
        return row(icon, at, words, go, skip, gap=10, pad=(12, 6), fill="chosen", edge="accent")

    def point(self, root: Node) -> None:
        """Frame what the step is about."""
        name, begins = STEPS[self.at]
        boxes = [node for node in walk(root) if isinstance(node, Box) and node.id]
        found = [b for b in boxes if begins and (b.id == begins or (":" in begins and b.id.startswith(begins)))]
        for box in found or [b for b in boxes if b.id == TABS.get(name)]:
            box.edge = "warn"


def needed(play: Session, led: bool) -> bool:
    """Whether somebody begins their first deal here."""
    t = play.playing.compiled.tables
    started = (h for h in play.playing.happenings if isinstance(h, Started))
    worked = any(not t.action_free[t.pair_action[t.arm_pair[h.arm]]] for h in started)
    return not led and play.playing.state.x[WEEK] == 1 and not worked
