"""The preview of `watch`: the map of the scenario with a deal led to one place, so that an author sees what a change does there.

The page is written anew after each save and asks for itself again; of a file with errors the last good one stays, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from game.errors import GameError, UsageError
from game.i18n import Say
from game.play.happenings import Came, EventCame, Happening, RivalMoved
from game.play.playing import Playing
from game.policies.par import par_policy
from game.policies.rollout import Policy
from game.policies.route import route_policy
from game.report.map import Now, ScenarioMap
from game.report.write import put_page
from game.scenario.graph import Node, graph_of, nodes_in
from game.scenario.load import Loaded, Ready
from game.scenario.problems import Problem, errors, render
from game.session.entry import led_to
from game.session.session import Session
from game.terminal.console import Console
from game.weighing.routes import route_player

BEAT = 2
"""Seconds after which the page asks for itself again."""
MOST = 5
"""Problems shown over a page that is not of the file as it is now."""
FLAGS = ("said", "knows", "heard", "denied", "refuted", "truth", "promised", "bone", "held", "scene", "answered")


@dataclass
class Preview:
    """A page that is written anew after each save. `where`: the week or stage the deal is led to, `along`: by whose way."""

    path: Path
    where: str
    along: str | None
    seed: int
    good: ScenarioMap | None = None

    def show(self, found: Loaded, ready: Ready | None, folder: Path, problems: list[Problem], say: Say) -> None:
        """Write the page: of this version where it can be played, else the last good one with what is wrong now."""
        wrong = [render(problem, say) for problem in errors(problems)]
        if ready is not None and not wrong:
            playing, trouble = self.led(ready, folder, say)
            self.good = ScenarioMap(found, ready, say, now=now_of(ready, playing, say) if playing else None, beat=BEAT)
            wrong = [trouble] if trouble else []
        if self.good:
            put_page(self.good.html(stale=wrong[:MOST]), self.path)

    def led(self, ready: Ready, folder: Path, say: Say) -> tuple[Playing | None, str]:
        """The deal at its place, or why it cannot be led there."""
        try:
            return led_to(ready, self.seed, self.where, leader(ready, folder, self.along)), ""
        except GameError as error:
            return None, say(error.key, **error.values)


def leader(ready: Ready, folder: Path, along: str | None) -> Policy:
    """Who leads the deal: whoever follows a route, or the reference. UsageError for a route that is none."""
    if not along:
        return par_policy(ready.compiled, folder / "par.json")
    if along not in ready.scenario.routes:
        raise UsageError("error.along", name=along, known=", ".join(ready.scenario.routes) or "—")
    player = route_player(ready, along)
    return lambda t, s, _: route_policy(t, s, player)


def now_of(ready: Ready, playing: Playing, say: Say) -> Now:
    """Where the deal stands: the trainee's desk in words, every quantity, the last draw of everything that was drawn."""
    console_lines: list[str] = []
    session = Session(ready, playing)
    console = Console(session, say.language, lambda _: "", console_lines.append)
    console.show(session.desk(say.language))
    title = say("map.now", week=playing.week, stage=playing.result()["stage"], seed=playing.seed)
    return Now(title=title, desk="\n".join(console_lines), values=values_of(ready, playing), draws=draws_of(ready, playing, say))


def values_of(ready: Ready, playing: Playing) -> dict[Node, list[str]]:
    """Every quantity by the thing it belongs to: its name, what it began with, what it is now."""
    t, known, found = ready.compiled.tables, graph_of(ready.scenario).places, dict[Node, list[str]]()
    for k, name in enumerate(ready.compiled.ids.slots):
        if name.startswith("-"):
            continue
        first, now = (f"{x / t.one[k]:g}" for x in (t.x0[k], playing.state.x[k]))
        text = f"{name} = {now}" if first == now or name.partition(".")[0] in FLAGS else f"{name} = {now} ({first})"
        for node in nodes_in(name, known):
            found.setdefault(node, []).append(text)
    return found


def draws_of(ready: Ready, playing: Playing, say: Say) -> dict[Node, str]:
    """The last draw of each action, event and move: when, with what odds, what was drawn, what came."""
    found = {}
    for h in playing.happenings:
        node = drawn_node(ready, h)
        if node is not None and isinstance(h, (Came, EventCame, RivalMoved)):
            branch = ready.compiled.ids.branches[h.branch].rpartition(".")[2] or "—"
            found[node] = say("map.draw", week=h.week, odds=f"{h.odds / 100:g}", drawn=f"{h.drawn / 100:g}", branch=branch)
    return found


def drawn_node(ready: Ready, h: Happening) -> Node | None:
    """The thing of the map that was drawn."""
    t, ids = ready.compiled.tables, ready.compiled.ids
    if isinstance(h, Came):
        return Node("actions", ids.actions[t.pair_action[t.arm_pair[h.arm]]])
    if isinstance(h, RivalMoved):
        return Node("moves", ids.moves[h.move])
    if isinstance(h, EventCame):
        group, _, name = ids.events[h.event].rpartition(".")
        return Node(group or "events", name)
    return None
