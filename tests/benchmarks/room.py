"""How a room bears a class: `python -m tests.benchmarks.room CLIENTS SECONDS [PACE] [SCENARIO]`.

Starts a room of its own and lets so many clients press what stands on their pages, one press every PACE seconds (20 by default)
on average. Prints the time from a press to the new page at the median and at 95 %, for presses that took a decision and for all,
and what the server's process holds in memory for each trainee.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

BUTTON = re.compile(r'<button type="button" id="([^"]+)"[^>]*?(disabled)? style')
AVOID = ("menu", "help", "back", "withdraw", "leave", "quit", "set:", "title", "team", "page", "log", "figure")
ROOT = Path(__file__).resolve().parents[2]


def opened(scenario: str, port: int, data: str) -> tuple[subprocess.Popen[str], str]:
    """A room on this port: its process and its code."""
    env = {**os.environ, "BIG_ACCOUNT_DATA": data, "PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-m", "game.cli", "host", scenario, "--port", str(port), "--lang", "en"]
    process = subprocess.Popen(words, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"room code  (\w+)", line)
        if found:
            return process, found.group(1)
    raise SystemExit("the room did not open")


def memory(pid: int) -> float:
    """Resident megabytes of a process."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) / 1024 if found else 0.0


class Client:
    """Somebody who presses at random, rather what leads on."""

    def __init__(self, k: int, base: str, code: str) -> None:
        self.lot, self.base, self.code, self.name = random.Random(k), base, code, f"Trainee {k}"
        self.n = 0
        self.have = -1
        self.elements: list[str] = []
        self.weeks = ""
        self.took: list[tuple[float, bool]] = []

    async def live(self, until: float, pace: float) -> None:
        async with httpx.AsyncClient(base_url=self.base, timeout=60, headers={"x-room": "1"}) as http:
            await http.post("/join", data={"name": self.name, "code": self.code})
            await self.act(http, "")
            while time.monotonic() < until:
                await asyncio.sleep(pace * self.lot.uniform(0.5, 1.5))
                await self.act(http, self.choice())

    def choice(self) -> str:
        """What to press: mostly what is most to the front."""
        ids = [i for i, off in BUTTON.findall(self.elements[-1] if self.elements else "") if not off]
        ids = ids or [i for i, off in BUTTON.findall("".join(self.elements)) if not off]
        liked = [i for i in ids if not i.startswith(AVOID)] or ids
        leads = [
            i
            for i in liked
            if i.startswith(("option:", "answer:", "next", "enter", "begin", "pass", "idle", "lead:skip", "card:", "wait"))
        ]
        return self.lot.choice(leads or liked) if liked else ""

    async def act(self, http: httpx.AsyncClient, press: str) -> None:
        self.n += 1
        body = {"n": self.n, "have": self.have, "size": [1280, 720], "press": press, "key": "", "text": None}
        began = time.perf_counter()
        answer = await http.post("/act", json={**body, "enter": False, "outside": False})
        took = time.perf_counter() - began
        page = answer.json()
        self.elements[page["from"] : page["to"] if not page["whole"] else None] = page["html"]
        self.have = page["v"]
        decided = press.startswith(("option:", "answer:", "wait", "idle", "pass"))
        self.took.append((took, decided))


def told(name: str, times: list[float]) -> str:
    times = sorted(times)
    if not times:
        return f"{name}: none"
    at = [times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.95)]
    return (
        f"{name}: {len(times)}, median {1000 * at[0]:.0f} ms, 95 % within {1000 * at[1]:.0f} ms, most {1000 * times[-1]:.0f} ms"
    )


async def load(clients: list[Client], seconds: float, pace: float) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(*(client.live(until, pace) for client in clients))


def main() -> None:
    many, seconds = int(sys.argv[1]), float(sys.argv[2])
    pace = float(sys.argv[3]) if len(sys.argv) > 3 else 20.0
    scenario = sys.argv[4] if len(sys.argv) > 4 else "office-supplies"
    with tempfile.TemporaryDirectory() as data:
        process, code = opened(scenario, 8199, data)
        before = memory(process.pid)
        clients = [Client(k, "http://127.0.0.1:8199", code) for k in range(many)]
        try:
            asyncio.run(load(clients, seconds, pace))
            print(told("decisions", [t for c in clients for t, decided in c.took if decided]))
            print(told("all presses", [t for c in clients for t, _ in c.took]))
            print(f"memory: {before:.0f} MB empty, {(memory(process.pid) - before) / many:.1f} MB more for each of {many}")
        finally:
            process.terminate()
            process.wait(10)


if __name__ == "__main__":
    main()
