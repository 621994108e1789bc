"""Every screen in a state worth looking at, made the same way each time: for tests, golden pictures and docs/screens.

`python -m tests.screens.gallery` writes docs/screens anew,
`python -m tests.screens.gallery golden` the pictures in tests/snapshots.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from game.screens.messages import Speak, TogglePlan

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame
from PIL import Image

from game.desk.pipeline import pipeline
from game.desk.registry import BOARDS
from game.engine.step import is_legal
from game.fonts import Type
from game.judging.workers import judge_play
from game.paths import ROOT, SCENARIOS
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready, load_ready
from game.scenario.tables import PASS, PHASE, STAGE
from game.screens.card import CardScreen
from game.screens.desk import DeskScreen
from game.screens.gate import GateScreen
from game.screens.guide import Guide
from game.screens.lead import Lead
from game.screens.menu import BriefScreen, HelpScreen, LogScreen, MenuScreen
from game.screens.pipeline import PipelineScreen
from game.screens.scene import SceneScreen
from game.screens.screen import Push, Screen
from game.screens.settings import Settings
from game.screens.talk import TalkScreen
from game.screens.title import SettingsScreen
from game.screens.told import MomentScreen, RecapScreen
from game.session.plans import offered
from game.session.session import Session
from game.session.shelf import Shelf
from game.window.app import App
from tests.judgements import Settled
from tests.said import said

FOLDER = ROOT / "docs" / "screens"
SNAPSHOTS = ROOT / "tests" / "snapshots"
GOLDEN = [
    ("briefing", "zh", "dark", 1.0),
    ("desk-start", "zh", "dark", 1.0),
    ("desk-start", "en", "light", 1.0),
    ("desk-net", "zh", "light", 1.0),
    ("desk-rivals", "en", "dark", 1.0),
    ("desk-tab-chart", "zh", "dark", 1.75),
    ("card", "en", "dark", 1.0),
    ("card", "zh", "dark", 1.75),
    ("gate", "zh", "dark", 1.0),
    ("scene-answers", "zh", "dark", 1.0),
    ("scene-answers", "en", "light", 1.75),
    ("award-open", "en", "dark", 1.0),
    ("negotiation", "zh", "dark", 1.0),
    ("ending-result", "en", "dark", 1.0),
    ("ending-steps", "zh", "light", 1.0),
    ("ending-hidden", "en", "dark", 1.0),
    ("debrief-result", "zh", "dark", 1.0),
    ("debrief-review", "en", "light", 1.0),
    ("debrief-card", "zh", "dark", 1.0),
]
SHOWN = (
    "title",
    "briefing",
    "desk-start",
    "desk-led-1",
    "desk-early",
    "desk-net",
    "desk-rivals",
    "desk-team",
    "card",
    "scene-answers",
    "scene-reply",
    "moment",
    "recap",
    "gate",
    "gate-plan",
    "pipeline",
    "award-open",
    "negotiation",
    "talk",
    "ending-result",
    "ending-steps",
    "ending-hidden",
    "debrief-result",
    "debrief-review",
    "debrief-card",
    "debrief-causes",
)
"""What docs/screens shows."""
COLORS = 96
SEEDS = {"office-supplies": 7, "smart-factory": 7}


def no_files(play: Session) -> tuple[list[Path], str]:
    return [], ""


class Gallery:
    """The screens of one scenario."""

    def __init__(self, name: str, seed: int | None = None, belief: bool = False) -> None:
        self.belief = belief
        """Whether what is shown is truly believed: for pictures that people read."""
        self.shelf = Shelf(SCENARIOS, None, seed=1)
        while self.shelf.read_one():
            pass
        self.ready: Ready = self.shelf.ready.get(name) or load_ready(SCENARIOS / name, SCENARIOS)
        self.seed = SEEDS.get(name, 1) if seed is None else seed
        self.guide = Guide(self.shelf, no_files)
        self.companion: Any = None
        """A real one, to look at; tests make do with one that has made it up."""
        self._made: list[tuple[str, list[Screen]]] = []

    def play(self, until: Callable[[Session], bool] | None = None, policy: str = "greedy") -> Session:
        """A deal played until something holds, or to its end."""
        play = Session(self.ready, start_playing(self.ready.compiled, self.seed), belief=self.belief)
        for _ in range(400):
            if play.playing.over or (until and until(play)):
                break
            play.decide(POLICIES[policy](self.ready.compiled.tables, play.playing.state, self.seed))
        return play

    def at_stage(self, stage: int) -> Session:
        return self.play(lambda p: p.playing.state.x[STAGE] >= stage and len(p.news) > 1)

    def won(self) -> Session:
        """A deal in negotiation, by the first seed that gets there."""
        for seed in range(self.seed, self.seed + 200):
            self.seed, before = seed, self.seed
            play = self.play(lambda p: p.playing.state.x[STAGE] >= 6)
            self.seed = before
            if not play.playing.over:
                return play
        raise LookupError("no seed comes to negotiation")

    def asked(self) -> Session:
        """A deal at the moment somebody wants an answer."""
        return self.first(lambda p: bool(p.desk("zh").scenes))

    def first(self, until: Callable[[Session], bool]) -> Session:
        """A deal at the moment this holds, by the first seed that gets there before its end."""
        start = self.seed
        for self.seed in range(start, start + 50):
            play = self.play(until)
            if not play.playing.over:
                self.seed = start
                return play
        raise LookupError("no deal comes to that")

    def awarded(self) -> tuple[Session, Any]:
        """A deal at the moment of its award, and the desk before it."""
        for seed in range(self.seed, self.seed + 50):
            play = Session(self.ready, start_playing(self.ready.compiled, seed), belief=self.belief)
            while not play.playing.over:
                before = play.desk("zh")
                play.decide(POLICIES["greedy"](self.ready.compiled.tables, play.playing.state, seed))
                if play.awarded:
                    return play, before
        raise LookupError("no seed comes to an award")

    def screens(self) -> list[tuple[str, list[Screen]]]:
        """(name, screens on top of each other); made once."""
        if not self._made:
            self._made = list(self._screens())
        return self._made

    def _screens(self) -> Iterator[tuple[str, list[Screen]]]:
        from game.screens.award import AwardScreen

        yield "title", [self.guide("title", None)]
        yield "settings", [self.guide("title", None), SettingsScreen()]
        start = self.play(lambda p: True)
        yield "briefing", [self.guide("briefing", start)]
        yield "desk-start", [DeskScreen(start)]
        for at in (0, 1, 2):
            led = DeskScreen(start)
            led.lead = Lead(start, at)
            yield f"desk-led-{at}", [led]
        yield "help", [DeskScreen(start), HelpScreen()]
        early = self.at_stage(1)
        desk = DeskScreen(early)
        desk.boards, desk.boards_of = ["chart", "tree"], 1
        yield "desk-early", [desk]
        for tab in ("do", "chart", "account", "team"):
            desk = DeskScreen(early)
            desk.tab = tab
            yield f"desk-tab-{tab}", [desk]
        middle = self.at_stage(3)
        for pair in (("net", "pace"), ("rivals", "tree"), ("team", "account"), ("chart", "swot")):
            desk = DeskScreen(middle)
            desk.boards, desk.boards_of = list(pair), middle.playing.state.x[STAGE]
            desk.tab = pair[1] if pair[0] == "chart" else pair[0]
            yield f"desk-{desk.tab}", [desk]
        shown = {"chart", "net", "rivals", "team", "pace", "tree", "account", "swot", "table", "delivery"}
        for board in (b for b in BOARDS if b not in shown):
            there = self.first(lambda p, b=board: BOARDS[b].opened(p.desk("zh")))  # type: ignore[misc]
            desk = DeskScreen(there)
            pair = ["chart", board] if BOARDS[board].side == "deal" else [board, "tree"]
            desk.boards, desk.boards_of, desk.tab = pair, there.playing.state.x[STAGE], board
            yield f"desk-{board}", [desk]
        gate_only = DeskScreen(middle)
        gate_only.gate_only, gate_only.tab = True, "do"
        yield "desk-for-gate", [gate_only]
        person = DeskScreen(middle)
        person.person = next(p.at for p in middle.desk("zh").people if p.met)
        person.tab = "do"
        yield "desk-person", [person]
        open_card = max(middle.desk("zh").cards, key=lambda c: len(c.options))
        yield "card", [DeskScreen(middle), CardScreen(middle, open_card.action)]
        locked = middle.desk("zh").locked[0]
        yield "card-locked", [DeskScreen(middle), CardScreen(middle, locked.action)]
        yield "gate-closed", [DeskScreen(start), GateScreen(start)]
        gate = self.play(lambda p: p.playing.state.x[PHASE] >= 2 and is_legal(self.ready.compiled.tables, p.playing.state, PASS))
        yield "gate", [DeskScreen(gate), GateScreen(gate)]
        planning = GateScreen(gate)
        for action in offered(self.ready, planning.stage + 1)[1:4]:
            planning.on(TogglePlan(action))
        yield "gate-plan", [DeskScreen(gate), planning]
        stated = self.at_stage(2)
        stage = self.ready.compiled.ids.stages[1]
        value = self.ready.scenario.deal.value
        weeks = self.ready.scenario.deal.weeks
        stated.playing.say(said("forecast", stage=stage, win=65, value=value * 9 // 10, week=weeks * 7 // 10))
        plays = [(p.ready, p.playing) for p in (start, early, stated, middle)]
        yield "pipeline", [self.guide("title", None), PipelineScreen(lambda say: pipeline(plays, say))]
        yield "menu", [DeskScreen(middle), MenuScreen(middle)]
        yield "log", [DeskScreen(middle), LogScreen(middle)]
        yield "brief-again", [DeskScreen(middle), BriefScreen(middle)]
        for name, shown, answered in (("scene", 1, False), ("scene-answers", 9, False), ("scene-reply", 9, True)):
            asked = self.asked()
            scene = asked.desk("zh").scenes[0]
            talk = SceneScreen(asked, scene, asked.desk("zh"))
            talk.shown = min(shown, len(scene.lines))
            if answered:
                talk.on(Speak(scene.answers[0].decision))
            yield name, [DeskScreen(asked), talk]
        remembered = self.first(lambda p: bool(p.moments))
        moment = MomentScreen(remembered, remembered.moments[0])
        moment.shown = 9
        yield "moment", [DeskScreen(remembered), moment]
        told = self.first(lambda p: p.passed is not None and len(p.lines("zh", p.last)) > 3)
        yield "recap", [DeskScreen(told), RecapScreen(told)]
        awarded, before = self.awarded()
        award = AwardScreen(awarded, before)
        award.opened = 2
        yield "award", [DeskScreen(awarded), award]
        award = AwardScreen(awarded, before)
        award.opened = 99
        yield "award-open", [DeskScreen(awarded), award]
        won = self.won()
        table = DeskScreen(won)
        table.tab = "table"
        yield "negotiation", [table]
        yield "talk", [DeskScreen(won), TalkScreen(won, won.desk("zh"))]
        delivery = DeskScreen(won)
        delivery.boards, delivery.boards_of, delivery.tab = ["rivals", "delivery"], won.playing.state.x[STAGE] + 100, "delivery"
        yield "promises", [delivery]
        over = self.play()
        for tab in ("result", "steps", "forecasts", "hidden"):
            ending = self.guide("ending", over)
            ending.tab = tab  # type: ignore[attr-defined]
            yield f"ending-{tab}", [ending]
        judged = self.play()
        judged.companion = self.companion or Settled(self.ready)  # type: ignore[assignment]
        judged.judge()
        for tab in ("result", "review", "card", "causes", "forecasts"):
            ending = self.guide("ending", judged)
            ending.tab = tab  # type: ignore[attr-defined]
            yield f"debrief-{tab}", [ending]


@cache
def surface_of(size: tuple[int, int]) -> pygame.Surface:
    """One surface of each size for all: whoever keeps a picture copies it."""
    return pygame.Surface(size)


@cache
def type_of_all() -> Type:
    return Type()


def app_of(
    screens: list[Screen],
    size: tuple[int, int],
    language: str,
    theme: str = "dark",
    text_scale: float = 1.0,
    paint: bool = True,
    led: bool = True,
) -> App:
    """The window with these screens, painted on a surface of its own."""
    if not pygame.display.get_init():
        pygame.display.init()
        pygame.display.set_mode((64, 64))
    settings = Settings(language, theme, text_scale, led=True)
    app = App(surface_of(size), settings, lambda name, thing: screens[0], type_=type_of_all())
    for screen in screens[1:]:
        app.act(Push(screen))
    app.build()
    if paint:
        app.paint()
    return app


def picture_of(app: App) -> Image.Image:
    """What the window shows."""
    return Image.frombytes("RGB", app.pen.surface.get_size(), pygame.image.tobytes(app.pen.surface, "RGB"))


def keep(app: App, path: Path) -> None:
    """Keep the picture in few colours: a fifth of the bytes."""
    picture_of(app).quantize(COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)


def golden() -> None:
    """Keep the present look of the golden screens as the right one."""
    SNAPSHOTS.mkdir(parents=True, exist_ok=True)
    screens = dict(Gallery("office-supplies").screens())
    for name, language, theme, scale in GOLDEN:
        app = app_of(screens[name], (1280, 720), language, theme, scale)
        keep(app, SNAPSHOTS / f"{name}.{language}.{theme}.{round(100 * scale)}.png")


def show() -> None:
    """Write docs/screens anew, with a belief as people have it."""
    os.environ["BIG_ACCOUNT_BELIEF"] = "small"
    FOLDER.mkdir(parents=True, exist_ok=True)
    gallery = Gallery("smart-factory", belief=True)
    gallery.companion = Settled(gallery.ready)
    gallery.companion.found = judge_play(gallery.companion.case, gallery.play().playing)  # a real one: people read these
    for name, screens in gallery.screens():
        if name in SHOWN:
            for language in ("zh", "en"):
                app = app_of(screens, (1280, 720), language)
                keep(app, FOLDER / f"{name}.{language}.png")


if __name__ == "__main__":
    golden() if sys.argv[1:] == ["golden"] else show()
