"""What verbs print alike: a result, files that were written, a bar with the time left. Nothing printed drives a terminal."""

from __future__ import annotations

import contextlib
import difflib
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from game.belief.particles import is_kept
from game.engine import jit
from game.i18n import Say
from game.paths import code_folder
from game.play.playing import Playing
from game.printable import printable
from game.scenario.load import Ready


def show(text: str, *, error: bool = False) -> None:
    """Print a text, without what a terminal would take for commands."""
    print(printable(text), file=sys.stderr if error else sys.stdout)


def show_changes(before: str, after: str) -> int:
    """The lines that were changed, as they were and as they are; how many."""
    changed = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]
    for line in changed:
        if not line.startswith("@@"):
            show(line)
    return sum(line.startswith("+") for line in changed)


def shown_files(files: Iterable[Path], say: Say) -> None:
    """Where records and reports are now."""
    for path in files:
        show(say("con.record" if path.name.endswith(".play.json") else "con.report", path=path))


def print_result(ready: Ready, playing: Playing, say: Say) -> None:
    """How a deal that is over ended."""
    result, texts = playing.result(), ready.texts
    kind = say(f"kind.{ready.scenario.endings[result['ending']].kind}")
    show(say("con.ending", kind=kind, reason=texts.get(f"endings.{result['ending']}.reason", say.language)))
    money = say("money", amount=f"{result['payoff']:,}", unit=texts.get("deal.unit", say.language))
    show(
        say(
            "con.result",
            points=result["points"],
            line=ready.scenario.deal.pass_,
            payoff=money,
            weeks=playing.week,
            decisions=result["decisions"],
        )
    )


@contextlib.contextmanager
def waiting_for_code(size: str, say: Say) -> Iterator[None]:
    """Say that the first judgement on this computer has to wait for its machine code, and for how long it has."""
    if not jit.available() or is_kept(code_folder(), size):
        yield
        return
    begun, done = time.monotonic(), threading.Event()

    def tell() -> None:
        while not done.wait(0.5) and not is_kept(code_folder(), size):
            print("\r" + say("mass.preparing", seconds=round(time.monotonic() - begun)), end="  ", file=sys.stderr, flush=True)
        print(file=sys.stderr)

    if not sys.stderr.isatty():
        show(say("debrief.starting"), error=True)
        yield
        return
    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join(1)


def progress_bar(say: Say) -> Callable[[int, int], None]:
    """A bar with the time left, on the error stream and only at a terminal."""
    begun = time.monotonic()

    def step(done: int, many: int) -> None:
        if sys.stderr.isatty():
            left = (time.monotonic() - begun) * (many - done) / max(1, done)
            bar = "█" * (24 * done // many) + "░" * (24 - 24 * done // many)
            words = say("mass.progress", bar=bar, percent=100 * done // many, seconds=round(left))
            print("\r" + words, end="  ", file=sys.stderr)
            if done == many:
                print(file=sys.stderr)

    return step
