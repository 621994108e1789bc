"""`check`: what is wrong with a scenario, and what of it can be mended."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path

from game.cli.routes import SHORT, route_report
from game.cli.sheets import keep_copy
from game.cli.shown import show, show_changes
from game.cli.weighing import played_findings, reference_problems
from game.errors import StorageError
from game.i18n import LANGUAGES, Say
from game.paths import SCENARIOS, SCHEMA
from game.report.write import put_page
from game.scenario.files import FILE, shown
from game.scenario.json_schema import written_schema
from game.scenario.load import Loaded, find, load
from game.scenario.mend import mended
from game.scenario.problems import Problem, as_json, errors, render
from game.scenario.source import MAX_BYTES

LANGUAGE = re.compile(r"language: *(\w+)")


def run_check(options: argparse.Namespace, say: Say) -> int:
    folder = find(options.path, SCENARIOS)
    found = load(folder, SCENARIOS)
    say = say if options.lang else say_of(found, say)
    if options.fix and found.problems:
        mend(folder, say)
        found = load(folder, SCENARIOS)
    if found.compiled:
        found.problems += reference_problems(found.name, found.compiled, folder, options.path)
    wrong = errors(found.problems)
    lines, of_routes = route_report(found, say) if not wrong else ([], [])
    found.problems += of_routes
    if options.format == "json":
        print(json.dumps([as_json(p, say) for p in found.problems], ensure_ascii=False, indent=1))
        return 1 if errors(found.problems) else 0
    for problem in found.problems:
        show(render(problem, say))
    for line in lines:
        show(line)
    for line in played_findings(options.path, options.plays, say) if options.plays > 1 and not wrong else []:
        show(line)
    show(verdict(found, say))
    return 1 if errors(found.problems) else 0


def verdict(found: Loaded, say: Say) -> str:
    """Whether the scenario can be played, and how many remarks there are."""
    wrong = errors(found.problems)
    short = sum(problem.code == SHORT for problem in wrong)
    key = "check.bad" if len(wrong) > short else "check.short" if short else "check.good"
    return say(key, name=found.name, errors=len(wrong), routes=short, others=len(found.problems) - len(wrong))


def run_schema(options: argparse.Namespace, say: Say) -> int:
    """Write the language as a JSON Schema, for editors."""
    path = options.out or SCHEMA
    put_page(written_schema(), path)
    show(say("schema.written", path=path))
    return 0


def say_of(found: Loaded, say: Say) -> Say:
    """The language of the file; even one that cannot be read says what it is written in."""
    written = next(
        (line for lines in list(found.source.lines.values())[:1] for line in lines if line.startswith("language:")), ""
    )
    match = LANGUAGE.match(written)
    return Say(match[1]) if match and match[1] in LANGUAGES else say


def mend(folder: Path, say: Say) -> None:
    """Mend the scenario's file, show what was changed, and keep the file as it was beside it."""
    path = folder / FILE
    try:
        raw = path.read_bytes()
        before = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError("error.storage", why=str(error)) from error
    after = mended(before, lambda text: _looked_at(folder, text)) if len(raw) <= MAX_BYTES else before
    if after == before:
        show(say("check.nothing_mended"))
        return
    kept = keep_copy(path)
    put_page(after, path)
    show(say("check.mended", many=show_changes(before, after), path=kept))


def _looked_at(folder: Path, text: str) -> Sequence[Problem]:
    """What is wrong with the scenario if its file reads like this; of its own file alone."""
    found = load(folder, SCENARIOS, text=text)
    return [p for p in found.problems if p.place.file == shown(folder / FILE)]
