"""`new`: a few questions, or a sheet that was filled in at an interview, and there is a scenario that can be played."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from game.cli.sheets import put_rows, sheet_rows
from game.cli.shown import show
from game.errors import UsageError
from game.i18n import Say
from game.paths import ROOT, SCENARIOS
from game.printable import printable
from game.report.tables import Row as Cells
from game.report.write import put_page
from game.scenario.files import FILE
from game.scenario.interview import Interview, SheetRefused, add_person, amount, frame, of_rows, scalar, set_deal
from game.scenario.load import load
from game.scenario.problems import errors, render

FRAMES = ROOT / "assets" / "new"
NAME = re.compile(r"[\w\-]{1,60}")
ASKED = ("title", "summary", "value", "unit", "weeks", "budget", "market")


def new_verb(verbs: Any, say: Say, common: argparse.ArgumentParser) -> None:
    new = verbs.add_parser("new", help=say("help.new"), description=say("help.new"), parents=[common])
    new.add_argument("name", nargs="?", help=say("help.new_name"))
    new.add_argument("--from", dest="sheet", type=Path, metavar="FILE", help=say("help.new_from"))
    new.add_argument("--sheet", dest="empty", type=Path, metavar="FILE", help=say("help.new_sheet"))
    new.add_argument("--dir", type=Path, default=SCENARIOS, help=say("help.new_dir"))
    new.set_defaults(run=run_new)


def run_new(options: argparse.Namespace, say: Say) -> int:
    if options.empty:
        return put_sheet(options.empty, say)
    if not options.name or not NAME.fullmatch(options.name):
        raise UsageError("new.name", name=options.name or "")
    folder = options.dir / options.name
    if folder.exists():
        raise UsageError("new.there", path=folder)
    try:
        interview = of_rows(sheet_rows(options.sheet), say.language) if options.sheet else asked(say, input)
    except SheetRefused as refused:
        for row, kind, name, value in refused.rows:
            key = f"new.again.{kind}" if say.has(f"new.again.{kind}") else "new.again.deal"
            show(say("new.row", row=row, name=name, value=value, allowed=say(key)), error=True)
        raise
    text = written(interview, options.name, say)
    put_page(text, folder / FILE)
    found = load(folder, SCENARIOS)
    for problem in errors(found.problems):
        show(render(problem, say))
    show(say("new.done", path=folder / FILE, name=options.name if options.dir == SCENARIOS else folder))
    return 1 if errors(found.problems) else 0


def written(interview: Interview, name: str, say: Say) -> str:
    """The scenario's file."""
    frames = Environment(loader=FileSystemLoader(FRAMES), undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    frames.filters |= {"y": scalar, "n": amount}
    clean = {k: printable(v) if isinstance(v, str) else v for k, v in frame(interview, name, say).items()}
    return frames.get_template(f"scenario.{interview.language}.yaml").render(clean)


# ---- questions
def asked(say: Say, ask: Callable[[str], str]) -> Interview:
    """The answers of somebody at a terminal; an empty line takes what is usual, and ends a list."""
    interview = Interview(language=say.language)
    show(say("new.begin"))
    for key in ASKED:
        while text := printable(ask(say(f"new.ask.{key}") + " ")).strip():
            if set_deal(interview, key, text):
                break
            show(say(f"new.again.{key}" if say.has(f"new.again.{key}") else "new.again"))
    show(say("new.people"))
    for cells in lines_asked(say, ask, "new.ask.person"):
        if not add_person(interview, cells):
            show(say("new.again.person"))
    for kind, rows in (("rival", interview.rivals), ("fact", interview.facts)):
        for cells in lines_asked(say, ask, f"new.ask.{kind}"):
            rows.append({"name": cells[0], "note": " ".join(cells[1:])})
    return interview


def lines_asked(say: Say, ask: Callable[[str], str], key: str) -> Iterator[list[str]]:
    """The parts of one line after another, until an empty one."""
    while text := printable(ask(say(key) + " ")).strip():
        yield [cell.strip() for cell in re.split(r"[,，;；]", text)]


# ---- the sheet
def put_sheet(path: Path, say: Say) -> int:
    """An empty sheet for an interview, with a row of each kind as an example. One that is there may be filled in by now."""
    if path.exists():
        raise UsageError("new.there", path=path)
    rows: list[Cells] = [list(row.split("|")) for row in say("new.sheet").strip().splitlines()]
    put_rows(path, say("new.sheet_name"), rows)
    show(say("new.sheet_done", path=path))
    return 0
