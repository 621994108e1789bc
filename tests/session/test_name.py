"""Who plays is asked at the briefing, kept for the next deal, and stands on the record, on the report and in the class."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.engine.step import is_legal
from game.errors import RecordError
from game.play.playing import start_playing
from game.play.record import replay
from game.play.statements import LONGEST_NAME
from game.report.read import gather, name_of
from game.report.write import put_deal, stem_of
from game.scenario.load import Ready
from game.scenario.tables import WAIT, WITHDRAW
from game.screens.briefing import BriefingScreen
from game.screens.messages import Begin, Leave, Write
from game.screens.screen import Goto
from game.screens.settings import Settings
from game.session.session import Session
from tests.said import said
from tests.screens.gallery import app_of


def test_a_name_is_typed_once_and_stays(office: Ready, tmp_path: Path) -> None:
    screen = BriefingScreen(Session.begin(office, 4, None, belief=False))
    app = app_of([screen], (1280, 720), "zh")
    app.folder = tmp_path
    screen.on(Write())
    assert screen.typing()
    screen.typed("  二组")
    app.act(screen.on(Begin()))
    assert screen.play.playing.who == "二组"
    assert replay(office.compiled, screen.play.playing.record()).who == "二组"
    assert Settings.read(tmp_path, "zh").name == "二组"
    again = BriefingScreen(Session.begin(office, 5, None, belief=False))
    later = app_of([again], (1280, 720), "zh")
    again.asked, later.settings.name = False, "二组"
    later.build()
    assert again.line.text == "二组"


def test_keys_of_the_line_are_not_keys_of_the_screen(office: Ready) -> None:
    screen = BriefingScreen(Session.begin(office, 4, None, belief=False))
    screen.on(Write())
    screen.typed("ab")
    assert screen.key("backspace") is None and screen.line.text == "a"
    assert screen.key("tab") is False
    assert screen.key("escape") is None and not screen.typing()
    assert screen.key("escape") is False
    screen.typed("x" * 200)
    assert len(screen.line.text) == LONGEST_NAME
    assert isinstance(screen.on(Leave()), Goto)


def test_the_report_and_the_class_have_the_name_of_the_record(office: Ready, tmp_path: Path) -> None:
    playing = start_playing(office.compiled, 3)
    assert name_of(playing, tmp_path / "张三.play.json") == "张三"
    playing.say(said("name", text="李四 <b>"))
    playing.decide(WITHDRAW if is_legal(office.compiled.tables, playing.state, WITHDRAW) else WAIT)
    while not playing.over:
        playing.decide(WAIT)
    files = put_deal(office, Session(office, playing, belief=False).watched, tmp_path, "zh", who=playing.who)
    assert files[0].name == "李四_b-office-supplies-3.play.json"
    assert "李四 &lt;b&gt;" in files[1].read_text(encoding="utf-8")
    assert gather(tmp_path).found[office.name][0].name == "李四 <b>"


@pytest.mark.parametrize("who", ["", "../../etc", "CON", "a" * 300, "名\u202e字/\\:*?", "."])
def test_no_name_breaks_a_file(who: str, tmp_path: Path) -> None:
    stem = stem_of(who, "office", 7)
    assert stem.endswith("office-7") and len(stem) < 60 and not set('/\\:*?"<>|.') & set(stem)
    (tmp_path / stem).write_text("x", encoding="utf-8")


def test_a_name_too_long_is_refused(office: Ready) -> None:
    playing = start_playing(office.compiled, 3)
    with pytest.raises(RecordError):
        playing.say(said("name", text="x" * (LONGEST_NAME + 1)))
    assert playing.who == ""
