"""What the title offers: scenarios, saved deals, the best result so far."""

from __future__ import annotations

import shutil
from pathlib import Path

from game.errors import StorageError
from game.i18n import Say
from game.paths import SCENARIOS
from game.policies.policies import POLICIES
from game.session.saves import Saves
from game.session.shelf import Shelf


def scenarios(tmp_path: Path) -> Path:
    """The library and the small deal, and a broken one beside it."""
    folder = tmp_path / "scenarios"
    for name in ("library", "office-supplies"):
        shutil.copytree(SCENARIOS / name, folder / name)
    (folder / "broken").mkdir()
    (folder / "broken" / "scenario.yaml").write_text("format: 2\ntitle: [", encoding="utf-8")
    return folder


def read(shelf: Shelf) -> Shelf:
    while shelf.read_one():
        pass
    return shelf


def test_a_broken_scenario_is_named_and_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    shelf = read(Shelf(scenarios(tmp_path), None))
    assert [o.name for o in shelf.offers("zh")] == ["office-supplies"]
    assert "broken" in shelf.troubles(Say("zh"))[0]


def test_a_deal_left_is_offered_and_goes_on_where_it_was(tmp_path: Path) -> None:
    saves = Saves(tmp_path / "data")
    shelf = read(Shelf(scenarios(tmp_path), saves, seed=4))
    play = shelf.begin("office-supplies", "practice")
    assert play
    for _ in range(3):
        play.decide(POLICIES["greedy"](play.ready.compiled.tables, play.playing.state, 4))
    assert [s.decisions for s in shelf.open_deals()] == [3]
    again = shelf.resume(shelf.open_deals()[0].id)
    assert again and again.playing.decisions == play.playing.decisions and again.mode.key == "practice"
    saves.close()


def test_a_finished_deal_is_the_best_so_far_and_no_longer_offered(tmp_path: Path) -> None:
    saves = Saves(tmp_path / "data")
    shelf = read(Shelf(scenarios(tmp_path), saves, seed=4))
    assert shelf.offers("zh")[0].best is None
    play = shelf.begin("office-supplies")
    assert play
    while not play.playing.over:
        play.decide(POLICIES["greedy"](play.ready.compiled.tables, play.playing.state, 4))
    assert shelf.offers("zh")[0].best == play.playing.result()["points"]
    assert not shelf.open_deals()
    # Its debrief opens again, as it was.
    over = shelf.finished_deals()[0]
    again = shelf.reopen(over.id)
    assert over.points == play.playing.result()["points"]
    assert again and again.playing.over and again.playing.decisions == play.playing.decisions
    assert shelf.reopen(over.id + 1) is None
    saves.close()


def test_a_save_that_no_longer_fits_is_told_and_not_offered_again(tmp_path: Path) -> None:
    folder = scenarios(tmp_path)
    saves = Saves(tmp_path / "data")
    assert Shelf(folder, saves, seed=4).begin("office-supplies")
    path = folder / "office-supplies" / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("budget: 12_000", "budget: 13_000"), encoding="utf-8")
    shelf = read(Shelf(folder, saves))
    assert shelf.resume(shelf.open_deals()[0].id) is None
    assert not shelf.open_deals() and shelf.troubles(Say("en"))
    saves.close()


def test_where_nothing_can_be_kept_one_is_told(tmp_path: Path) -> None:
    """Playing goes on, but nobody believes that it is saved."""
    shelf = Shelf(SCENARIOS, None, trouble=StorageError("error.storage", why="read-only"))
    for lang in ("zh", "en"):
        assert any("read-only" in text for text in shelf.troubles(Say(lang)))


def test_a_store_that_breaks_while_the_title_is_open_is_told(tmp_path: Path) -> None:
    saves = Saves(tmp_path / "data")
    shelf = read(Shelf(scenarios(tmp_path), saves, seed=4))
    shelf.begin("office-supplies")
    number = shelf.open_deals()[0].id
    saves.db.close()
    assert shelf.open_deals() == [] and shelf.offers("zh")[0].best is None and shelf.resume(number) is None
    assert shelf.pipeline(Say("zh")) and shelf.troubles(Say("zh"))


def test_a_deal_that_another_program_has_ended_is_told_and_the_next_is_not_taken_for_it(tmp_path: Path) -> None:
    saves = Saves(tmp_path / "data")
    shelf = read(Shelf(scenarios(tmp_path), saves, seed=4))
    for _ in range(2):
        shelf.begin("office-supplies")
    newest, older = (saved.id for saved in shelf.open_deals())
    saves.give_up(newest)
    assert shelf.resume(newest) is None and Say("zh")("saves.gone") in shelf.troubles(Say("zh"))
    again = shelf.resume(older)
    assert again and again.deal == older and Say("zh")("saves.gone") not in shelf.troubles(Say("zh"))
