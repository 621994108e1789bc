"""The save survives a process that is killed: what the player was told is saved is there at the next start."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.paths import ROOT
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
