"""The server killed at random moments: nothing it acknowledged is lost, nothing is done twice, and everybody goes on."""

from __future__ import annotations

import os
import random
import re
import signal
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.test_browsers import Hosted, hosted

KILLS = int(os.environ.get("BIG_ACCOUNT_ROOM_KILLS", "2"))
SEATS = 3
IN_A_ROOM = 50
"""Kills of one room; then another one is opened."""


class Player:
    """A browser that lets time run, and keeps count of what it was told is done."""

    def __init__(self, name: str) -> None:
        self.name, self.told, self.n, self.deals = name, 0, 0, 0
        self.cookies: dict[str, str] = {}
        self.stop = False

    def join(self, room: Hosted) -> None:
        """A place of their own, with another deal each time."""
        self.deals, self.told = self.deals + 1, 0
        answer = httpx.post(f"{room.base}/join", data={"name": f"{self.name} {self.deals}", "code": room.code})
        self.cookies = {name: value for name, value in answer.cookies.items() if name.startswith("seat")}
        if not self.cookies:
            raise KeyError(self.name)

    def play(self, room: Hosted) -> None:
        """Press what leads on until the server is gone."""
        try:
            while not self.stop:
                with httpx.Client(base_url=room.base, cookies=self.cookies, headers={"x-room": "1"}, timeout=10) as http:
                    self.to_the_end(http)
                self.join(room)
        except (httpx.HTTPError, KeyError):
            return

    def to_the_end(self, http: httpx.Client) -> None:
        for id in ("", "enter", "begin", "lead:skip"):
            html = self.act(http, id)
        while "tab:result" not in html:
            html = self.act(http, self.leads_on(self.act(http, "wait")))

    def act(self, http: httpx.Client, press: str) -> str:
        self.n += 1
        body = {"n": self.n, "have": -1, "size": [1280, 720], "press": press, "key": "", "text": None, "enter": False}
        page = http.post("/act", json={**body, "outside": False}).json()
        html = "".join(page["html"])
        self.told = max(self.told, decided(html))
        return html

    @staticmethod
    def leads_on(html: str) -> str:
        ids = re.findall(r'<button type="button" id="([^"]+)"', html)
        return next((i for i in ids if i.startswith(("next", "idle", "answer:", "option:", "pass"))), "wait")


def decided(html: str) -> int:
    """The week that a page shows, as a measure of how far a deal has come."""
    found = re.search(r"Week (\d+)/14", html)
    return int(found.group(1)) if found else 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_killed_at_random_moments_the_room_goes_on(tmp_path: Path) -> None:
    lot = random.Random(1)
    for number in range(0, KILLS, IN_A_ROOM):
        killed(tmp_path / str(number), min(IN_A_ROOM, KILLS - number), lot)


def killed(folder: Path, times: int, lot: random.Random) -> None:
    """A room that is killed so many times, and what it had told its players each time."""
    room = hosted(folder, "office-supplies", "--seed", "7")
    players = [Player(f"Player {k}") for k in range(SEATS)]
    for player in players:
        player.join(room)
    try:
        for _ in range(times):
            threads = [threading.Thread(target=player.play, args=(room,)) for player in players]
            for thread in threads:
                thread.start()
            time.sleep(lot.uniform(0.2, 2.0))
            room.process.send_signal(signal.SIGKILL)
            for thread in threads:
                thread.join(15)
            room.process.wait(10)
            room = hosted(folder, "--again")
            for player in players:
                assert week_of(room, player) >= player.told, player.name
    finally:
        room.process.terminate()
        room.process.wait(20)


def week_of(room: Hosted, player: Player) -> int:
    """How far the deal stands after the restart: opened anew from the lobby."""
    with httpx.Client(base_url=room.base, cookies=player.cookies, headers={"x-room": "1"}, timeout=10) as http:
        pages = [player.act(http, id) for id in ("", "enter", "begin", "lead:skip")]
    shown: list[Any] = [decided(html) for html in pages]
    over = any("tab:result" in html for html in pages)
    return 99 if over else max(shown)
