"""A scene on the screen: lines one by one, answers by number, what came of it, then the desk again."""

from __future__ import annotations

import pytest

from game.engine.step import asked
from game.scenario.load import Ready
from game.scenario.scenes import Place
from game.screens.desk import DeskScreen
from game.screens.messages import Back, LetRun, Onward, OpenScene, SceneAnswered, Speak
from game.screens.pictures.scenery import PLACES
from game.screens.scene import SceneScreen
from game.screens.screen import Pop, Push
from game.session.session import Session
from tests.screens.gallery import Gallery, app_of


@pytest.fixture(scope="module")
def gallery() -> Gallery:
    return Gallery("office-supplies")


def at(gallery: Gallery, waits: bool) -> Session:
    """A deal in which somebody waits who can wait, or cannot."""
    for seed in range(1, 80):
        gallery.seed = seed
        play = gallery.play(lambda p: any(bool(s.left) == waits for s in p.desk("zh").scenes))
        if not play.playing.over:
            return play
    raise LookupError


def test_nothing_else_is_begun_while_somebody_waits_for_an_answer(gallery: Gallery) -> None:
    play = at(gallery, waits=False)
    desk = DeskScreen(play)
    app_of([desk], (1280, 720), "zh")
    answer = desk.on(LetRun())
    assert isinstance(answer, Push) and isinstance(answer.screen, SceneScreen)


def test_lines_come_one_by_one_and_then_what_we_may_say(gallery: Gallery) -> None:
    play = at(gallery, waits=False)
    scene, before = play.desk("en").scenes[0], play.desk("en")
    talk = SceneScreen(play, scene, before)
    app = app_of([DeskScreen(play), talk], (1280, 720), "en")
    many = len(play.playing.decisions)
    for _ in range(len(scene.lines) - 1):
        assert not any(b.id.startswith("answer:") for b in app.pressables())
        assert talk.on(Onward()) is None
        app.build()
    assert talk.on(Back()) is None, "who cannot wait is not put off"
    assert talk.on(Speak(scene.answers[0].decision)) is None
    assert len(play.playing.decisions) == many + 1
    app.build()
    app.paint()
    answer = talk.on(Onward())
    assert isinstance(answer, Pop) and isinstance(answer.message, SceneAnswered)
    t, s = play.ready.compiled.tables, play.playing.state
    assert not s.x[t.scene0 + play.ready.compiled.scenes.index(scene.name)] or asked(t, s) < 0


def test_who_can_wait_is_put_off_and_found_again(gallery: Gallery) -> None:
    play = at(gallery, waits=True)
    scene = next(s for s in play.desk("zh").scenes if s.left)
    desk = DeskScreen(play)
    app_of([desk], (1280, 720), "zh")
    opened = desk.on(OpenScene(scene.name))
    assert isinstance(opened, Push) and isinstance(opened.screen, SceneScreen)
    opened.screen.build(app_of([desk, opened.screen], (1280, 720), "zh").look())
    assert isinstance(opened.screen.on(Back()), Pop)
    assert play.desk("zh").scenes[0].name == scene.name


def test_every_place_is_drawn(factory: Ready) -> None:
    from typing import get_args

    assert set(PLACES) == set(get_args(Place))
    assert {scene.place for scene in factory.scenario.scenes.values()} <= set(PLACES)
