"""`map`: everything in a scenario as one page to click through."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from game.cli.checking import say_of
from game.cli.routes import ready_of
from game.cli.shown import show
from game.errors import ScenarioError
from game.i18n import Say
from game.paths import SCENARIOS
from game.report.map import ScenarioMap
from game.report.write import put_page
from game.scenario.files import find
from game.scenario.load import load


def map_verb(verbs: Any, say: Say, common: argparse.ArgumentParser) -> None:
    chart = verbs.add_parser("map", help=say("help.map"), description=say("help.map"), parents=[common])
    chart.add_argument("path", help=say("help.path"))
    chart.add_argument("--out", type=Path, metavar="FILE", help=say("help.out_map"))
    chart.set_defaults(run=run_map)


def run_map(options: argparse.Namespace, say: Say) -> int:
    """Write the page beside where one stands, or where it was asked for."""
    found = load(find(options.path, SCENARIOS), SCENARIOS)
    ready = ready_of(found)
    if ready is None:
        raise ScenarioError(found.problems)
    spoken = say if options.lang else say_of(found, say)
    path = options.out or Path(f"map-{found.name}.html")
    show(spoken("con.map", path=put_page(ScenarioMap(found, ready, spoken).html(), path)))
    return 0
