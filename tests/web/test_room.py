"""A room at its addresses: who comes in, what is kept, what nobody else may see or do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from game.errors import UsageError
from game.fonts import Type
from game.i18n import Say
from game.paths import SCENARIOS
from game.scenario.load import Ready, load_ready
from game.web.classroom import Classroom
from game.web.room import Room, RoomPlan
from game.web.server import Server

BASE = "http://testserver"
ASK = {"x-room": "1", "origin": BASE}


class Open:
    """A room under test, with browsers."""

    def __init__(self, folder: Path, ready: Ready, language: str = "en", seed: int | None = 7) -> None:
        plan = RoomPlan(scenario=ready.name, mode="workshop", seed=seed, language=language)
        self.room = Room(folder, ready, plan, Type())
        self.classroom = Classroom(self.room, None)
        self.server = Server(self.room, self.classroom)

    def browser(self) -> TestClient:
        return TestClient(self.server.app, base_url=BASE, follow_redirects=False)

    def joined(self, name: str) -> Browser:
        web = self.browser()
        answer = web.post("/join", data={"name": name, "code": self.room.code})
        assert answer.status_code == 303, answer.text
        return Browser(web)

    def trainer(self) -> TestClient:
        web = self.browser()
        assert web.get("/console", params={"key": self.server.key}).status_code == 303
        return web

    def close(self) -> None:
        self.room.close()


class Browser:
    """A page that presses."""

    def __init__(self, web: TestClient) -> None:
        self.web, self.n, self.have, self.page = web, 0, -1, list[str]()

    def act(self, again: bool = False, **what: Any) -> dict[str, Any]:
        self.n += 0 if again else 1
        body = {"press": "", "key": "", "text": None, "enter": False, "outside": False, "size": [1280, 720], **what}
        answer = self.web.post("/act", json={**body, "n": self.n, "have": self.have}, headers=ASK)
        assert answer.status_code == 200, answer.status_code
        found: dict[str, Any] = answer.json()
        if found["whole"]:
            self.page = found["html"]
        else:
            self.page[found["from"] : found["to"]] = found["html"]
        self.have = found["v"]
        return found

    def press(self, id: str, again: bool = False) -> dict[str, Any]:
        return self.act(again, press=id)

    def ids(self) -> list[str]:
        """What can be pressed on the page."""
        return re.findall(r'<button type="button" id="([^"]+)"', "".join(self.page))

    @property
    def html(self) -> str:
        return "".join(self.page)

    def to_the_desk(self) -> Browser:
        self.act()
        for id in ("enter", "begin", "lead:skip"):
            self.press(id)
        return self


def decisions(room: Open, name: str) -> int:
    return next(len(s.session.playing.decisions) for s in room.room.seats.values() if s.name == name)


def test_a_trainee_comes_in_by_code_and_plays(room: Open) -> None:
    me = room.joined("Ann").to_the_desk()
    assert 'id="wait"' in me.html
    me.press("card:" + re.findall(r'id="card:(\d+)"', me.html)[0])
    me.press("option:0")
    assert decisions(room, "Ann") == 1


def test_only_the_code_opens_the_door_and_a_name_is_there_once(room: Open) -> None:
    web, say = room.browser(), Say("en")
    wrong = web.post("/join", data={"name": "Ann", "code": "XXXXXX"})
    assert wrong.status_code == 403 and say("join.wrong_code").replace("'", "&#39;") in wrong.text and not room.room.seats
    room.joined("Ann")
    taken = room.browser().post("/join", data={"name": " ann ", "code": room.room.code})
    assert taken.status_code == 409 and "taken" in taken.text
    assert room.browser().post("/join", data={"name": " ", "code": room.room.code}).status_code == 409


def test_guessing_codes_is_slowed_down(room: Open) -> None:
    web = room.browser()
    answers = [web.post("/join", data={"name": "Ann", "code": f"AAAA{k:02d}"}).status_code for k in range(60)]
    assert answers[-1] == 429 and not room.room.seats
    # Who knows the code is not kept out by somebody else's guesses, unless these go on and on.
    assert web.post("/join", data={"name": "Ann", "code": room.room.code}).status_code == 303
    room.server.tries.most = 1
    assert room.browser().post("/join", data={"name": "Bob", "code": room.room.code}).status_code == 429


def test_a_name_is_text_and_nothing_else(room: Open) -> None:
    me = room.joined("<img src=x onerror=alert(1)>\x1b[2J")
    me.act()
    assert "<img" not in me.html and "&lt;img" in me.html and "\x1b" not in me.html
    assert "<img src=x" not in room.trainer().get("/console").text


def test_what_was_answered_is_on_the_disk_and_the_room_goes_on_after_a_crash(tmp_path: Path, ready: Ready) -> None:
    first = Open(tmp_path, ready)
    me = first.joined("Ann").to_the_desk()
    me.press("wait")
    me.press("idle")
    assert decisions(first, "Ann") == 1
    first.room.pause(True)
    cookies = dict(me.web.cookies)
    # No close: a crash closes nothing, but the system lets its lock go.
    first.room.store.guard.close()
    second = Open(tmp_path, ready)
    assert second.room.code == first.room.code and second.room.paused and decisions(second, "Ann") == 1
    again = Browser(second.browser())
    again.web.cookies.update(cookies)
    second.room.pause(False)
    assert again.act()["whole"] and "Ann" in again.html
    again.press("enter")
    assert 'id="wait"' in again.html
    second.close()


def test_an_act_that_comes_twice_is_done_once(room: Open) -> None:
    me = room.joined("Ann").to_the_desk()
    me.press("wait")
    me.press("idle")
    me.press("idle", again=True)
    assert decisions(room, "Ann") == 1


def test_a_pause_stops_everybody_until_it_is_over(room: Open) -> None:
    me, trainer = room.joined("Ann").to_the_desk(), room.trainer()
    me.press("wait")
    assert trainer.post("/console/do", json={"do": "pause"}, headers=ASK).json()["ok"]
    assert me.press("idle")["held"] and decisions(room, "Ann") == 0
    trainer.post("/console/do", json={"do": "resume"}, headers=ASK)
    assert not me.press("idle")["held"] and decisions(room, "Ann") == 1


def test_nobody_goes_beyond_the_gate_that_was_set(room: Open) -> None:
    me = room.joined("Ann").to_the_desk()
    room.room.hold_at(0)
    seat = next(iter(room.room.seats.values()))
    assert not room.room.waits(seat)
    seat.session.playing.state.x[room.room.ready.compiled.ids.slots.index("stage")] = 1
    assert me.act()["waits"] and room.room.state()["seats"][0]["waits"]
    # One may look around, and decides nothing.
    assert "tab:facts" in me.html or me.press("p:0")["told"] == ""
    me.press("wait")
    told = me.press("idle")["told"] if "idle" in me.ids() else ""
    assert told == Say("en")("room.held") and decisions(room, "Ann") == 0
    room.room.hold_at(-1)
    me.press("wait")
    assert "idle" not in me.ids() or me.press("idle")["told"] == ""
    assert decisions(room, "Ann") == 1


def test_a_countdown_stops_all_may_be_cancelled_and_outlives_the_room(room: Open, tmp_path: Path, ready: Ready) -> None:
    me = room.joined("Ann").to_the_desk()
    room.room.count_down(600)
    assert me.act()["left"] in (599, 600)
    room.room.count_down(0)
    assert me.act()["left"] is None
    room.room.count_down(300)
    room.close()
    again = Open(tmp_path, ready)
    assert again.room.left() in (299, 300)
    again.room.until = 1.0
    assert again.room.held(next(iter(again.room.seats.values()))) == "room.time_up"
    assert again.room.state()["paused"] and again.room.state()["timed"]
    again.room.pause(False)
    assert again.room.held(next(iter(again.room.seats.values()))) == ""
    again.close()


def test_who_is_taken_out_is_a_stranger_until_let_in(room: Open) -> None:
    me, trainer = room.joined("Ann").to_the_desk(), room.trainer()
    trainer.post("/console/do", json={"do": "out", "seat": 1}, headers=ASK)
    body = {"press": "", "key": "", "text": None, "enter": False, "outside": False, "size": [1280, 720], "n": 99, "have": -1}
    assert me.web.post("/act", json=body, headers=ASK).status_code == 401
    trainer.post("/console/do", json={"do": "in", "seat": 1}, headers=ASK)
    assert me.web.post("/act", json=body, headers=ASK).status_code == 200


def test_a_lost_browser_gets_a_way_back_and_the_old_one_is_closed(room: Open) -> None:
    me, trainer = room.joined("Ann").to_the_desk(), room.trainer()
    told = trainer.post("/console/do", json={"do": "browser", "seat": 1}, headers=ASK).json()["answer"]
    assert "<svg" in told["qr"]
    assert me.web.get("/play").status_code == 303
    other = Browser(room.browser())
    assert other.web.get(told["link"]).status_code == 303
    assert other.web.get("/play").status_code == 200


def test_nobody_fills_the_room_from_one_address(room: Open) -> None:
    room.server.joins.most = 3
    answers = [room.browser().post("/join", data={"name": f"N{k}", "code": room.room.code}).status_code for k in range(5)]
    assert answers == [303, 303, 303, 429, 429] and len(room.room.seats) == 3


def test_the_consoles_link_opens_once(room: Open) -> None:
    link = {"key": room.server.key}
    assert room.browser().get("/console", params={"key": "wrong"}).status_code == 403
    assert room.browser().get("/console", params=link).status_code == 303
    assert room.browser().get("/console", params=link).status_code == 403


def test_the_console_goes_on_when_the_room_is_opened_again(room: Open, tmp_path: Path, ready: Ready) -> None:
    cookie = room.trainer().cookies[f"trainer-{room.room.code}"]
    room.close()
    again = Open(tmp_path, ready)
    web = again.browser()
    web.cookies.set(f"trainer-{room.room.code}", cookie)
    assert web.get("/console").status_code == 200
    assert web.post("/console/do", json={"do": "pause"}, headers=ASK).json()["ok"] and again.room.paused
    again.close()


def test_the_trainer_has_model_answers_in_both_languages(room: Open) -> None:
    trainer = room.trainer()
    for language, words in (("en", ("Liu Haiyan", "so in", "Phone for a meeting")), ("zh", ("刘海燕", "局是真的", "打电话约见"))):
        page = trainer.get("/answers", params={"lang": language}).text
        assert all(word in page for word in words) and "{" not in page.partition("<body")[2]


def routes(room: Open) -> list[str]:
    return [
        route.path.replace("{seat:int}", "1").replace("{name}", "play").replace("{face}", "zh").replace("{token}", "x")
        for route in room.server.routes()
    ]


@pytest.mark.parametrize("who", ["stranger", "trainee"])
def test_every_address_as_everybody_else(room: Open, who: str) -> None:
    """What only the trainer may see stays with the trainer, and nobody's deal is shown to anybody else."""
    owner = room.joined("Ann").to_the_desk()
    web = room.joined("Bob").web if who == "trainee" else room.browser()
    for path in routes(room):
        if path == "/events" and who == "trainee":
            continue  # the trainee's own line, which never ends
        for answer in (web.get(path), web.post(path, json={"do": "pause"}, headers=ASK)):
            assert "Ann" not in answer.text, path
            assert answer.status_code < 500, path
    assert not room.room.paused and decisions(room, "Ann") == 0
    assert owner.act()["held"] == ""


def test_bodies_that_make_no_sense_change_nothing(room: Open) -> None:
    me = room.joined("Ann").to_the_desk()
    good = {"press": "", "key": "", "text": None, "enter": False, "outside": False, "size": [1280, 720], "n": 50, "have": -1}
    wrong: list[Any] = [
        {**good, "press": "x" * 500},
        {**good, "n": -1},
        {**good, "n": True},
        {**good, "size": [1280]},
        {**good, "more": 1},
        {k: v for k, v in good.items() if k != "have"},
        [],
        None,
    ]
    for body in wrong:
        assert me.web.post("/act", json=body, headers=ASK).status_code == 400, body
    for data in (b"{", b"\xff" * 20, b"[" * 4000, json.dumps({**good, "text": "y" * 5000}).encode()):
        assert me.web.post("/act", content=data, headers=ASK).status_code == 400
    assert me.web.post("/act", json=good).status_code == 400
    assert me.web.post("/act", json=good, headers={**ASK, "origin": "http://elsewhere"}).status_code == 400
    assert me.act(size=[1, 10**9])["whole"] is False or True
    assert decisions(room, "Ann") == 0


def test_pages_keep_to_themselves(room: Open) -> None:
    answer = room.browser().get("/")
    rules = answer.headers["content-security-policy"]
    assert "default-src 'none'" in rules and "script-src 'self'" in rules
    cookie = room.browser().post("/join", data={"name": "Ann", "code": room.room.code}).headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie


def test_the_scripts_and_faces_are_small(room: Open) -> None:
    web = room.browser()
    assert len(web.get("/script/play.js").content) < 15_000
    assert sum(len(web.get(f"/font/{face}.woff").content) for face in ("zh", "latin", "latin_bold")) < 600_000


def test_only_what_changed_travels(room: Open) -> None:
    me = room.joined("Ann").to_the_desk()
    whole = len(me.html)
    nothing = me.act()
    assert not nothing["whole"] and nothing["html"] == []
    some = me.press("board:1:account") if 'id="board:1:account"' in me.html else me.press("all")
    assert len("".join(some["html"])) < whole


def test_what_the_trainer_says_reaches_those_it_is_for(room: Open) -> None:
    room.joined("Ann")
    room.joined("Bob")
    trainer = room.trainer()
    trainer.post("/console/do", json={"do": "say", "text": "to all <b>"}, headers=ASK)
    trainer.post("/console/do", json={"do": "say", "text": "to Bob", "seat": 2}, headers=ASK)
    assert [text for _, text in room.room.store.notes(1)] == ["to all <b>"]
    assert [text for _, text in room.room.store.notes(2)] == ["to all <b>", "to Bob"]


def test_a_question_is_answered_once_by_each_and_shown_when_it_is_closed(room: Open) -> None:
    ann, bob, trainer = room.joined("Ann"), room.joined("Bob"), room.trainer()

    def ask(**order: Any) -> Any:
        return trainer.post("/console/do", json=order, headers=ASK).json()["ok"]

    assert not ask(do="ask", text="Only a question")
    assert ask(do="ask", text="Whom first?\nWang\n<b>Zhao")
    assert ann.act()["poll"]["answers"] == ["Wang", "<b>Zhao"]
    assert ann.web.post("/vote", json={"number": 1, "answer": 1}, headers=ASK).json()["ok"]
    assert not ann.web.post("/vote", json={"number": 1, "answer": 7}, headers=ASK).json()["ok"]
    assert bob.web.post("/vote", json={"number": 1, "answer": 0}, headers=ASK).json()["ok"]
    assert bob.web.post("/vote", json={"number": 1, "answer": 1}, headers=ASK).json()["ok"]
    told = room.room.state()["poll"]
    assert told["n"] == 2 and "counts" not in told
    assert ask(do="close") and room.room.state()["poll"]["counts"] == [0, 2]
    assert ann.act()["poll"] is None
    assert not ann.web.post("/vote", json={"number": 1, "answer": 0}, headers=ASK).json()["ok"]
    assert room.browser().post("/vote", json={"number": 1, "answer": 0}, headers=ASK).status_code == 401


@pytest.mark.parametrize("language", ["zh", "en"])
def test_worksheets_name_who_is_known_and_only_them(room: Open, language: str) -> None:
    page = room.trainer().get("/sheets", params={"lang": language}).text
    ready = room.room.ready
    for name, person in ready.scenario.people.items():
        assert (ready.texts.get(f"people.{name}.name", language) in page) == (person.here and person.found)


def test_a_room_whose_scenario_was_changed_says_so(tmp_path: Path, ready: Ready) -> None:
    first = Open(tmp_path, ready)
    first.joined("Ann")
    first.close()
    other = load_ready(SCENARIOS / "plant-two", SCENARIOS)
    with pytest.raises(UsageError, match="room_scenario"):
        Open(tmp_path, other)
