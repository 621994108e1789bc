"""`upgrade`: brings a scenario that was written for an older version into today's words."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from game.cli.sheets import keep_copy
from game.cli.shown import show, show_changes
from game.errors import ScenarioError, StorageError
from game.i18n import Say
from game.paths import SCENARIOS
from game.report.write import put_page
from game.scenario.files import FILE, find, shown
from game.scenario.formats import LATEST, upgraded
from game.scenario.problems import errors
from game.scenario.source import read_bytes


def upgrade_verb(verbs: Any, say: Say, common: argparse.ArgumentParser) -> None:
    upgrade = verbs.add_parser("upgrade", help=say("help.upgrade"), description=say("help.upgrade"), parents=[common])
    upgrade.add_argument("path", help=say("help.upgrade_path"))
    upgrade.set_defaults(run=run_upgrade)


def run_upgrade(options: argparse.Namespace, say: Say) -> int:
    """Show what is called otherwise now, and keep the file as it was beside it."""
    asked = Path(options.path)
    path = asked if asked.is_file() else find(options.path, SCENARIOS) / FILE
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StorageError("error.storage", why=str(error)) from error
    part = read_bytes(raw, shown(path))
    if errors(part.problems):
        raise ScenarioError(part.problems)
    before = raw.decode("utf-8-sig")
    after = upgraded(before, part)
    if after == before:
        show(say("upgrade.nothing", path=shown(path), format=LATEST))
        return 0
    kept = keep_copy(path)
    put_page(after, path)
    many = show_changes(before, after)
    show(say("upgrade.done", path=shown(path), many=many, format=LATEST, kept=kept))
    return 0
