"""The save survives a process that is killed: what the player was told is saved is there at the next start."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from game.paths import ROOT
from game.play.playing import start_playing
from game.scenario.load import Ready
from game.session.saves import Saves

PLAYER = """
import sys
from pathlib import Path
from game.policies.policies import POLICIES
from game.play.playing import start_playing
from game.paths import SCENARIOS
from game.scenario.load import load_ready
from game.session.saves import Saves
ready = load_ready(SCENARIOS / "office-supplies", SCENARIOS)
saves = Saves(Path(sys.argv[1]))
for seed in range(1_000):
    playing = start_playing(ready.compiled, seed)
    deal = saves.begin(playing)
    while not playing.over:
        playing.decide(POLICIES["random"](ready.compiled.tables, playing.state, seed))
        saves.sync(deal, playing)
        print(deal, len(playing.decisions), playing.chain[-1], flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_killed_at_random_moments_nothing_is_lost(office: Ready, tmp_path: Path) -> None:
    kills = int(os.environ.get("BIG_ACCOUNT_KILLS", "6"))
    rng = random.Random(3)
    for _ in range(kills):
        variables = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", PLAYER, str(tmp_path)]
        player = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE)
        assert player.stdout is not None
        player.stdout.readline()
        time.sleep(rng.random() * 0.4)
        player.kill()
        told = player.stdout.read().decode().splitlines()
        player.wait()
        whole = [line.split() for line in told if len(line.split()) == 3 and len(line.split()[2]) == 24]
        saves = Saves(tmp_path)
        for deal, count, chain in whole[-1:]:
            back = saves.load(int(deal), office.compiled)
            assert len(back.decisions) >= int(count) and back.chain[int(count) - 1] == chain
        for saved in saves.open_deals():
            saves.load(saved.id, office.compiled)
            saves.give_up(saved.id)
        saves.close()


TWO = """
import random, sys
from pathlib import Path
from game.paths import SCENARIOS
from game.engine.step import legal
from game.scenario.load import load_ready
from game.session.saves import PlayedElsewhere, Saves
ready = load_ready(SCENARIOS / "office-supplies", SCENARIOS)
saves, rng = Saves(Path(sys.argv[1])), random.Random(int(sys.argv[2]))
print("ready", flush=True)
for deal in sorted(d.id for d in saves.open_deals()):
    playing = saves.load(deal, ready.compiled)
    while not playing.over:
        allowed = [k for k, ok in enumerate(legal(ready.compiled.tables, playing.state)) if ok and k != 2]
        playing.decide(rng.choice(allowed))
        try:
            saves.sync(deal, playing)
            print(deal, len(playing.decisions), playing.chain[-1], flush=True)
        except PlayedElsewhere:
            playing = saves.load(deal, ready.compiled)
"""


@dataclass
class Player:
    """One of two processes that play the same deals; what it was told is saved goes into a file."""

    folder: Path
    number: int

    def __post_init__(self) -> None:
        self.said = self.folder / f"said-{self.number}"
        variables = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", TWO, str(self.folder), str(self.number)]
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=out)

    def wait_until_it_plays(self) -> None:
        while self.process.poll() is None and not self.said.read_bytes().count(b"\n"):
            time.sleep(0.01)

    def killed(self) -> list[tuple[int, int, str]]:
        """End it; the deal, the number of decisions and the last link of each save it was told of."""
        self.process.kill()
        self.process.wait()
        rows = [line.split() for line in self.said.read_text(encoding="utf-8").splitlines()]
        return [(int(row[0]), int(row[1]), row[2]) for row in rows if len(row) == 3 and len(row[2]) == 24]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_two_play_the_same_deals_and_are_killed_and_nothing_saved_is_lost(office: Ready, tmp_path: Path) -> None:
    """Every save that either was told of is in the one play that is left, which is whole."""
    kills, rng, saves = int(os.environ.get("BIG_ACCOUNT_KILLS", "6")), random.Random(4), Saves(tmp_path)
    for seed in range(20 * kills):
        saves.begin(start_playing(office.compiled, seed))
    players, told = [Player(tmp_path, n) for n in (0, 1)], list[tuple[int, int, str]]()
    for kill in range(kills):
        k = rng.randrange(2)
        players[k].wait_until_it_plays()
        time.sleep(rng.random() * 0.4)
        told += players[k].killed()
        players[k] = Player(tmp_path, 2 + kill)
    for player in players:
        told += player.killed()
    assert told
    left = {deal: saves.load(deal, office.compiled) for deal in {deal for deal, _, _ in told}}
    assert all(left[deal].chain[count - 1] == link for deal, count, link in told)
    saves.close()
