from __future__ import annotations

import threading
from pathlib import Path

import pytest

from game.engine.state import digest
from game.errors import RecordError, StorageError
from game.i18n import LANGUAGES, Say
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.report.read import read_record
from game.report.write import write_record
from game.scenario.load import Ready
from game.scenario.tables import WAIT
from game.session.saves import BESIDE, FILE, PlayedElsewhere, Saves
from game.session.session import Session
from tests.said import said


def test_a_saved_deal_comes_back_at_the_same_decision(office: Ready, data: Path) -> None:
    saves = Saves(data)
    playing = start_playing(office.compiled, 11)
    deal = saves.begin(playing)
    for _ in range(8):
        playing.decide(POLICIES["greedy"](office.compiled.tables, playing.state, 11))
        playing.say(said("lesson", text="一句话"))
        saves.sync(deal, playing)
    saves.close()
    again = Saves(data)
    (saved,) = again.open_deals()
    back = again.load(saved.id, office.compiled)
    assert digest(back.state) == digest(playing.state) and back.record() == playing.record()


def test_a_full_disk_loses_nothing(office: Ready, data: Path) -> None:
    saves = Saves(data)
    playing = start_playing(office.compiled, 11)
    deal = saves.begin(playing)
    pages = saves.db.execute("PRAGMA page_count").fetchone()[0]
    saves.db.execute(f"PRAGMA max_page_count={pages}")
    failed = 0
    while not playing.over:
        playing.decide(POLICIES["random"](office.compiled.tables, playing.state, 11))
        playing.say(said("lesson", text="长" * 900))
        try:
            saves.sync(deal, playing)
        except StorageError:
            failed += 1
    assert failed
    saves.db.execute("PRAGMA max_page_count=1000000")
    saves.sync(deal, playing)
    assert saves.load(deal, office.compiled).record() == playing.record()


def test_an_edited_save_is_refused(office: Ready, data: Path) -> None:
    saves = Saves(data)
    playing = start_playing(office.compiled, 11)
    deal = saves.begin(playing)
    playing.decide(0)
    saves.sync(deal, playing)
    saves.db.execute("UPDATE decisions SET words='[\"withdraw\"]'")
    with pytest.raises(RecordError):
        saves.load(deal, office.compiled)


def test_records_that_are_no_records(tmp_path: Path) -> None:
    for name, raw in {"a": b"[" * 100_000, "b": b"{", "c": "中文".encode("gbk")}.items():
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(RecordError):
            read_record(tmp_path / name)


def test_a_record_is_written_whole(office: Ready, tmp_path: Path) -> None:
    playing = start_playing(office.compiled, 1)
    path = write_record(playing, tmp_path / "大 客户", "x")
    assert read_record(path) == playing.record()
    assert [p.name for p in path.parent.iterdir()] == ["x.play.json"]


def playing_of(office: Ready, seed: int = 11) -> Playing:
    return start_playing(office.compiled, seed)


def step(office: Ready, playing: Playing, policy: str = "greedy") -> None:
    playing.decide(POLICIES[policy](office.compiled.tables, playing.state, 11))


def test_two_doors_on_one_deal_lay_nothing_over_each_other(office: Ready, data: Path) -> None:
    """The second is told, what the first did stays, and going on from there works."""
    first, second = Saves(data), Saves(data)
    one = playing_of(office)
    deal = first.begin(one)
    step(office, one)
    first.sync(deal, one)
    other = second.load(deal, office.compiled)
    step(office, one)
    first.sync(deal, one)
    other.decide(WAIT)
    with pytest.raises(PlayedElsewhere):
        second.sync(deal, other)
    step(office, other)
    with pytest.raises(PlayedElsewhere):
        second.sync(deal, other)
    step(office, one)
    first.sync(deal, one)
    assert second.load(deal, office.compiled).record() == one.record()


def test_a_door_that_has_seen_less_is_told_too(office: Ready, data: Path) -> None:
    saves, one = Saves(data), playing_of(office)
    deal = saves.begin(one)
    step(office, one)
    saves.sync(deal, one)
    behind = saves.load(deal, office.compiled)
    step(office, one)
    saves.sync(deal, one)
    behind.say(said("lesson", text="那一边说的"))
    with pytest.raises(PlayedElsewhere):
        saves.sync(deal, behind)
    assert saves.load(deal, office.compiled).record() == one.record()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_door_is_told_in_words_and_goes_on(office: Ready, data: Path, language: str) -> None:
    saves = Saves(data)
    first = Session.begin(office, 11, saves, belief=False)
    second = Session(office, saves.load(first.deal, office.compiled), Saves(data), first.deal, belief=False)
    first.decide(WAIT)
    second.decide(POLICIES["greedy"](office.compiled.tables, second.playing.state, 11))
    assert isinstance(second.trouble, PlayedElsewhere) and len(second.playing.decisions) == 1
    assert second.trouble_words(language) == Say(language)("error.elsewhere") and not first.trouble


def test_any_thread_may_save(office: Ready, data: Path) -> None:
    saves, faults = Saves(data), []

    def play(seed: int) -> None:
        try:
            playing = start_playing(office.compiled, seed)
            deal = saves.begin(playing)
            for _ in range(6):
                step(office, playing)
                saves.sync(deal, playing)
            assert saves.load(deal, office.compiled).record() == playing.record()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=play, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults and len(saves.open_deals()) == 6


@pytest.mark.parametrize("damage", ["text", "empty page", "cut", "newer", "columns"])
def test_a_file_that_is_no_store_is_set_aside_and_a_new_one_begun(office: Ready, data: Path, damage: str) -> None:
    saves = Saves(data)
    playing = playing_of(office)
    deal = saves.begin(playing)
    for _ in range(20):
        if not playing.over:
            step(office, playing)
    saves.sync(deal, playing)
    if damage == "newer":
        saves.db.execute("PRAGMA user_version=99")
    if damage == "columns":
        saves.db.execute("ALTER TABLE deals ADD COLUMN more TEXT")
    saves.close()
    path = data / FILE
    whole = path.read_bytes()
    if damage in ("text", "empty page", "cut"):
        bad = {
            "text": b"no database at all",
            "empty page": whole[:4096] + bytes(len(whole) - 4096),
            "cut": whole[: len(whole) // 2],
        }
        path.write_bytes(bad[damage])
        for part in BESIDE[1:]:
            path.with_name(path.name + part).unlink(missing_ok=True)
    again = Saves(data)
    assert again.set_aside and again.set_aside.is_file() and again.open_deals() == []
    new = again.begin(playing_of(office))
    assert [s.id for s in again.open_deals()] == [new]
    again.close()
    assert Saves(data).set_aside is None, "once"


def test_a_bad_row_keeps_nobody_from_the_other_deals(office: Ready, data: Path) -> None:
    saves = Saves(data)
    good = playing_of(office)
    deals = [saves.begin(playing_of(office, seed)) for seed in range(5)]
    deal = saves.begin(good)
    step(office, good)
    saves.sync(deal, good)
    saves.db.execute("UPDATE deals SET seed='many' WHERE id=?", (deals[0],))
    saves.db.execute("UPDATE deals SET scenario=x'00ff' WHERE id=?", (deals[1],))
    saves.db.execute("INSERT INTO decisions VALUES(?,0,'{',7)", (deals[2],))
    saves.db.execute("INSERT INTO statements VALUES(?,0,'{\"kind\": []}')", (deals[3],))
    saves.db.execute("INSERT INTO decisions VALUES(?,0,'[[[[',x'00')", (deals[4],))
    saves.db.execute("INSERT INTO results VALUES(77,'office-supplies','very many')")
    assert deal in [s.id for s in saves.open_deals()] and deals[1] not in [s.id for s in saves.open_deals()]
    for bad in (deals[0], deals[2], deals[3], deals[4]):
        with pytest.raises(RecordError):
            saves.load(bad, office.compiled)
    assert saves.load(deal, office.compiled).record() == good.record()
    assert saves.best("office-supplies") is None


def arranged(office: Ready, saves: Saves, seed: int = 11) -> Session:
    """A deal with something just arranged, that can still be taken back."""
    session = Session.begin(office, seed, saves, belief=False)
    while not session.may_undo:
        session.decide(POLICIES["greedy"](office.compiled.tables, session.playing.state, seed))
    return session


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_went_on_elsewhere_is_not_taken_back_here(office: Ready, data: Path, language: str) -> None:
    """The other door's deal stays the one that is offered, and this door is told why nothing happened."""
    first = arranged(office, Saves(data))
    other = Session(office, Saves(data).load(first.deal, office.compiled), Saves(data), first.deal, belief=False)
    other.decide(WAIT)
    before = list(first.playing.decisions)
    assert not first.take_back() and first.playing.decisions == before
    assert first.trouble_words(language) == Say(language)("error.elsewhere")
    (saved,) = Saves(data).open_deals()
    assert (saved.id, saved.decisions) == (other.deal, len(other.playing.decisions))


def test_what_was_taken_back_elsewhere_is_not_gone_on_with_here(office: Ready, data: Path) -> None:
    first = arranged(office, Saves(data))
    other = Session(office, Saves(data).load(first.deal, office.compiled), Saves(data), first.deal, belief=False)
    assert first.take_back()
    other.decide(WAIT)
    assert isinstance(other.trouble, PlayedElsewhere)
    assert [saved.id for saved in Saves(data).open_deals()] == [first.deal]


def test_a_deal_is_whole_on_the_disk_from_its_first_moment(office: Ready, data: Path) -> None:
    """Left before the first decision: mode and name come back with it."""
    session = Session.begin(office, 4, Saves(data), "exam", "王小明", belief=False)
    back = Session(office, Saves(data).load(session.deal, office.compiled), belief=False)
    assert (back.mode.key, back.playing.who) == ("exam", "王小明")


def test_where_nothing_can_be_written_one_is_told_and_plays_on(office: Ready, data: Path) -> None:
    """Beginning, taking back, branching and beginning again: each goes on or changes nothing, and the next save heals it."""
    saves = Saves(data)
    session = arranged(office, saves)
    saves.db.execute("PRAGMA query_only=1")
    before = list(session.playing.decisions)
    assert not session.take_back() and session.trouble and session.playing.decisions == before
    others = [session.again(3), session.branch(1), Session.begin(office, 5, saves, belief=False)]
    assert all(other.trouble for other in others)
    for other in others:
        other.decide(WAIT)
        assert other.trouble
    saves.db.execute("PRAGMA query_only=0")
    for other in others:
        other.decide(WAIT)
        assert not other.trouble
        assert saves.load(other.deal, office.compiled).record() == other.playing.record()


def test_of_two_programs_at_a_damaged_file_one_puts_it_aside(office: Ready, data: Path) -> None:
    data.mkdir(parents=True)
    (data / FILE).write_bytes(b"no database " * 999)
    found: list[Saves] = []
    threads = [threading.Thread(target=lambda: found.append(Saves(data))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6 and sum(saves.set_aside is not None for saves in found) == 1
    assert len(list(data.glob("*.unreadable-*"))) == 1
    Session.begin(office, 1, found[0], belief=False)
    assert all(len(saves.open_deals()) == 1 for saves in found)
