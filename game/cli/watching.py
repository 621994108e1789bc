"""`watch`: checks a scenario again each time one of its files is saved, and says what is new and what is mended."""

from __future__ import annotations

import argparse
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from game.cli.checking import say_of
from game.cli.previewing import Preview
from game.cli.routes import ready_of, route_report
from game.cli.shown import show
from game.errors import UsageError
from game.i18n import Say
from game.paths import SCENARIOS
from game.scenario.files import find, shown
from game.scenario.kept import Files
from game.scenario.load import Loaded, load
from game.scenario.problems import Problem, errors, render

BEAT = 0.2
"""Seconds between looks at the files."""
MOST = 12
"""Problems shown at once; the rest is counted."""


def watch_verb(verbs: Any, say: Say, common: argparse.ArgumentParser) -> None:
    watch = verbs.add_parser("watch", help=say("help.watch"), description=say("help.watch"), parents=[common])
    watch.add_argument("path", help=say("help.path"))
    watch.add_argument("--preview", type=Path, metavar="FILE", help=say("help.preview"))
    watch.add_argument("--from", dest="at", metavar="WEEK|STAGE", default="1", help=say("help.preview_from"))
    watch.add_argument("--along", metavar="ROUTE", help=say("help.preview_along"))
    watch.add_argument("--seed", type=int, default=1, help=say("help.seed"))
    watch.set_defaults(run=run_watch)


def run_watch(options: argparse.Namespace, say: Say) -> int:
    """Until Ctrl+C. That is heeded at the next beat: raised amid the loading of machine code it would be lost."""
    if not 0 <= options.seed < 1 << 62:
        raise UsageError("error.seed")
    folder, kept, stop = find(options.path, SCENARIOS), Files(), threading.Event()
    before: list[Problem] | None = None
    preview = Preview(options.preview, options.at, options.along, options.seed) if options.preview else None
    if preview:
        show(say("watch.preview", path=options.preview))
    usual = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        while not stop.is_set():
            state = state_of(folder)
            found = load(folder, SCENARIOS, kept=kept)
            spoken = say if options.lang else say_of(found, say)
            before = tell(found, before, spoken)
            if preview:
                preview.show(found, ready_of(found), folder, before, spoken)
            if not errors(before):
                tell_routes(found, spoken)
            while not stop.wait(BEAT) and state_of(folder) == state:
                pass
    finally:
        signal.signal(signal.SIGINT, usual)
    show("")
    return 0


def state_of(folder: Path) -> list[tuple[str, int, int]]:
    """Which files there are that a scenario may be made of, and which versions of them."""
    found = []
    for path in sorted((*folder.glob("*.yaml"), *(SCENARIOS / "library").glob("*.yaml"))):
        try:
            about = path.stat()
        except OSError:
            continue  # it is being replaced just now
        found.append((shown(path), about.st_mtime_ns, about.st_size))
    return found


def tell(found: Loaded, before: list[Problem] | None, say: Say) -> list[Problem]:
    """Say what is wrong now: what is new first; what was mended is counted."""
    problems, wrong = found.problems, errors(found.problems)
    old = Counter(map(name_of, before or []))
    new, known = list[Problem](), list[Problem]()
    for problem in problems:
        (known if old[name_of(problem)] > 0 else new).append(problem)
        old[name_of(problem)] -= 1
    unseen = {name_of(p) for p in before or [] if wrong and p.severity != "error"}  # with an error they are not looked for
    mended = sum(count for name, count in old.items() if count > 0 and name not in unseen)
    key = "check.bad" if wrong else "check.good"
    head = say(key, name=found.name, errors=len(wrong), others=len(problems) - len(wrong))
    show(f"{time.strftime('%H:%M:%S')}  {head}{say('watch.mended', many=mended) if mended else ''}")
    for problem in shown_first([*new, *known]):
        show(render(problem, say))
    if len(problems) > MOST:
        show(say("watch.more", many=len(problems) - MOST))
    show("")
    return problems


def tell_routes(found: Loaded, say: Say) -> None:
    """How often the scenario's routes win now, after what is told at once: they have to be played first."""
    lines, problems = route_report(found, say)
    for line in [*lines, *(render(problem, say) for problem in problems)]:
        show(line)
    if lines:
        show("")


def shown_first(problems: Iterable[Problem]) -> list[Problem]:
    """Errors before others, each group as it came."""
    return sorted(problems, key=lambda problem: problem.severity != "error")[:MOST]


def name_of(problem: Problem) -> tuple[str, str, str]:
    """What tells a problem from another, wherever its line has gone by now."""
    return problem.code, problem.source.strip(), str(sorted((k, str(v)) for k, v in problem.values.items()))
