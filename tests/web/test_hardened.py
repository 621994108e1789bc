"""What a room must bear: people who come while others act, two tabs, answers and rows that are lost, judges that die."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from game.errors import StorageError
from game.judging.companion import Companion
from game.judging.workers import case_of
from game.paths import SCENARIOS
from game.scenario.load import Ready
from game.web.classroom import PATIENCE, Classroom
from tests.web.test_room import Browser, Open, decisions


def let_run(browser: Browser, again: bool = False) -> dict[str, Any]:
    found = browser.press("wait", again)
    return browser.press("idle") if "idle" in browser.ids() else found


def test_mates_come_in_while_their_captain_acts(room: Open) -> None:
    """Nobody waits for whoever waits for them."""
    captains = []
    for k in range(3):
        web = room.browser()
        web.post("/join", data={"name": f"Captain {k}", "team": f"Team {k}", "code": room.room.code})
        captains.append(Browser(web).to_the_desk())
    stop = threading.Event()

    def act(k: int) -> None:
        while not stop.is_set():
            captains[k].act()

    def come(k: int) -> None:
        for n in range(8):
            room.room.join(f"Mate {n}", f"Team {k}")

    acting = [threading.Thread(target=act, args=(k,), daemon=True) for k in range(3)]
    coming = [threading.Thread(target=come, args=(k,), daemon=True) for k in range(3)]
    for thread in (*acting, *coming):
        thread.start()
    for thread in coming:
        thread.join(20)
    stop.set()
    for thread in acting:
        thread.join(20)
    assert not any(thread.is_alive() for thread in (*acting, *coming))
    assert all(len(seat.mates) == 8 for seat in room.room.seats.values())


def test_two_tabs_do_not_wake_each_other(room: Open) -> None:
    one = room.joined("Ann").to_the_desk()
    two = Browser(one.web)
    two.n = 1_000
    two.act()
    versions = [browser.act()["v"] for _ in range(5) for browser in (one, two)]
    assert len(set(versions)) == 1


def test_what_changes_while_a_page_is_drawn_is_asked_for(room: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    one = room.joined("Ann").to_the_desk()
    view = next(iter(room.room.seats.values())).view
    draw, drawn = view.draw, threading.Event()

    def slowly() -> Any:
        found = draw()
        drawn.set()
        time.sleep(0.3)
        return found

    monkeypatch.setattr(view, "draw", slowly)
    answers: list[dict[str, Any]] = []
    asking = threading.Thread(target=lambda: answers.append(one.act()), daemon=True)
    asking.start()
    assert drawn.wait(10)
    view.stir()
    asking.join(10)
    assert answers[0]["v"] != view.version


def test_an_act_whose_answer_was_lost_is_done_once_whatever_another_tab_did(room: Open) -> None:
    one = room.joined("Ann").to_the_desk()
    let_run(one)
    before = decisions(room, "Ann")
    page = one.have
    one.n += 1
    body = {
        "press": "wait",
        "key": "",
        "text": None,
        "enter": False,
        "outside": False,
        "size": [1280, 720],
        "n": one.n,
        "have": page,
    }
    lost = one.web.post("/act", json=body, headers={"x-room": "1"}).json()
    two = Browser(one.web)
    two.n = 10_000
    two.act()
    again = one.web.post("/act", json=body, headers={"x-room": "1"}).json()
    assert lost["v"] and again["whole"] and decisions(room, "Ann") <= before + 1


def test_a_press_on_a_page_that_is_gone_does_nothing(room: Open) -> None:
    one = room.joined("Ann").to_the_desk()
    old = one.have
    let_run(one)
    before = decisions(room, "Ann")
    one.have = old
    assert one.press("wait")["whole"] and decisions(room, "Ann") == before


def test_a_deal_that_cannot_be_read_is_begun_anew_and_the_others_go_on(room: Open, tmp_path: Path, ready: Ready) -> None:
    for name in ("Ann", "Bob"):
        let_run(room.joined(name).to_the_desk())
    deal = next(seat.session.deal for seat in room.room.seats.values() if seat.title == "Ann")
    room.close()
    with sqlite3.connect(tmp_path / "saves.sqlite3") as db:
        db.execute("UPDATE decisions SET words='nonsense' WHERE deal=?", (deal,))
    again = Open(tmp_path, ready)
    assert again.room.lost == ["Ann"] and decisions(again, "Ann") == 0 and decisions(again, "Bob") == 1
    assert again.room.state()["lost"] == ["Ann"]
    again.close()


def test_a_decision_taken_back_just_before_the_end_is_followed(room: Open, tmp_path: Path, ready: Ready) -> None:
    """The deal was put in the place of the one before, and the room stopped before the seat knew."""
    let_run(room.joined("Ann").to_the_desk())
    seat = next(iter(room.room.seats.values()))
    old = seat.session.deal
    seat.session.undoable = [seat.session.watched.kept()]
    assert seat.session.take_back() and seat.session.deal != old
    now = seat.session.deal
    room.close()
    again = Open(tmp_path, ready)
    found = next(iter(again.room.seats.values())).session
    assert found.deal == now and not found.playing.decisions
    again.close()


def test_who_cannot_be_kept_leaves_the_name_free(room: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise StorageError("error.storage", why="full")

    with monkeypatch.context() as broken:
        broken.setattr(room.room.store, "sit_down", full)
        answer = room.browser().post("/join", data={"name": "Ann", "code": room.room.code})
        assert answer.status_code == 503 and not room.room.seats
    assert room.browser().post("/join", data={"name": "Ann", "code": room.room.code}).status_code == 303


def test_whoever_is_out_leaves_the_name_and_the_place_and_the_door_can_be_closed(room: Open) -> None:
    room.joined("Ann")
    room.room.take_out(1, True)
    assert room.joined("Ann").act()["v"]
    room.room.shut(True)
    assert room.browser().post("/join", data={"name": "Eve", "code": room.room.code}).status_code == 409
    room.room.shut(False)
    assert room.browser().post("/join", data={"name": "Eve", "code": room.room.code}).status_code == 303


def test_two_programs_do_not_serve_one_room(room: Open, tmp_path: Path, ready: Ready) -> None:
    with pytest.raises(StorageError):
        Open(tmp_path, ready)


class Mortal(Companion):
    """A judge that dies at one deal."""

    def __init__(self, case: Any) -> None:
        self.case, self.failed, self.ready = case, False, True

    def of(self, playing: Any) -> Any:
        return type("Attended", (), {"sent": []})()

    def update(self, playing: Any) -> Any:
        self.failed = playing.who == "Bad"
        return type("Attended", (), {"left": 0})()

    def judgement(self, playing: Any) -> Any:
        return None

    def close(self) -> None:
        pass


def test_a_deal_at_which_judges_die_keeps_nobody_else_waiting(room: Open, ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.web.classroom.Companion", Mortal)
    seen: list[str] = []
    monkeypatch.setattr(Mortal, "judgement", lambda self, playing: seen.append(playing.who))
    for name in ("Bad", "Good"):
        room.joined(name)
    for seat in room.room.seats.values():
        seat.session.playing.over = True
    classroom = Classroom(room.room, case_of(ready, SCENARIOS / "office-supplies"), judges=1)
    until = time.monotonic() + 20
    while "Good" not in seen and time.monotonic() < until:
        time.sleep(0.05)
    classroom.close()
    assert "Good" in seen and classroom.failed == {1: PATIENCE}
