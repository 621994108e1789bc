"""`texts out` and `texts in`: a scenario's texts as a table for a translator, and back."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from game.cli.sheets import keep_copy, put_rows, sheet_rows
from game.cli.shown import show
from game.errors import ScenarioError, StorageError, UsageError
from game.i18n import LANGUAGES, Say
from game.paths import SCENARIOS
from game.report.tables import Row as Cells
from game.report.write import put_page
from game.scenario.files import FILE, find, shown
from game.scenario.load import Loaded, load
from game.scenario.problems import errors
from game.scenario.source import read_text
from game.scenario.stamps import STAMPS, read_stamps
from game.scenario.translation import Row, merged, rows_of, stamps_with

COLUMNS = ("id", "place", "original", "translation", "state")


def texts_verb(verbs: Any, say: Say, common: argparse.ArgumentParser) -> None:
    texts = verbs.add_parser("texts", help=say("help.texts"), description=say("help.texts"), parents=[common])
    texts.add_argument("way", choices=("out", "in"), help=say("help.texts_way"))
    texts.add_argument("scenario", help=say("help.path"))
    texts.add_argument("file", type=Path, nargs="?", help=say("help.texts_file"))
    texts.set_defaults(run=run_texts)


def run_texts(options: argparse.Namespace, say: Say) -> int:
    folder = find(options.scenario, SCENARIOS)
    found = load(folder, SCENARIOS)
    if errors(found.problems) or found.texts is None:
        raise ScenarioError(errors(found.problems))
    language = next(other for other in LANGUAGES if other != found.texts.language)
    rows = rows_of(found.texts, found.source, shown(folder / FILE), language, read_stamps(folder, language))
    path = options.file or folder / f"texts.{language}.xlsx"
    if options.way == "out":
        return put_out(path, rows, found, language, say)
    return take_in(path, rows, folder, language, say)


def put_out(path: Path, rows: list[Row], found: Loaded, language: str, say: Say) -> int:
    """Write the table; one that is there may be a translator's work by now."""
    if path.exists():
        raise UsageError("texts.there", path=path)
    assert found.texts is not None
    heads = {"original": found.texts.language, "translation": language}
    table: list[Cells] = [[say(f"texts.col.{c}", language=heads.get(c, "")) for c in COLUMNS]]
    for row in rows:
        table.append([row.id, row.place, row.original, row.translation, say(f"texts.{row.state}") if row.state else ""])
    put_rows(path, found.name, table)
    open_ = sum(bool(row.state) for row in rows)
    show(say("texts.out", path=path, many=len(rows), open=open_))
    return 0


def take_in(path: Path, rows: list[Row], folder: Path, language: str, say: Say) -> int:
    """Take a table's translations into the scenario; the file as it was is kept."""
    known = {row.id: row for row in rows}
    table = read_table(path)
    strange = [(n, text_id) for n, (text_id, _, _) in enumerate(table, 2) if text_id not in known]
    if strange:
        raise UsageError("texts.strange", row=strange[0][0], name=strange[0][1], many=len(strange))
    changed = {i: new for i, _, new in table if new != known[i].translation.strip()}
    target = folder / f"{language}.yaml"
    try:
        before = target.read_text(encoding="utf-8-sig") if target.exists() else ""
        after = merged(before, known, changed)
        if read_text(after, target.name).problems:
            raise UsageError("texts.unreadable", path=target)
        if changed:
            keep_copy(target)
            put_page(after, target)
        stamps = stamps_with(read_stamps(folder, language), {i: seen for i, seen, new in table if new})
        whole = {language: {i: s for i, s in stamps.items() if i in known}}
        put_page(json.dumps(whole, ensure_ascii=False, indent=0) + "\n", folder / STAMPS)
    except OSError as error:
        raise StorageError("error.storage", why=str(error)) from error
    added = sum(not known[i].translation for i, new in changed.items() if new)
    gone = sum(not new for new in changed.values())
    show(say("texts.in", path=target, added=added, changed=len(changed) - added - gone, gone=gone))
    return 0


def read_table(path: Path) -> list[tuple[str, str, str]]:
    """(text id, original, translation) of every row but the first; UsageError where the file is no such table."""
    rows = sheet_rows(path)
    if not rows or any(len(row) < 4 for row in rows):
        raise UsageError("texts.no_table", path=path)
    return [(row[0].strip(), _lines(row[2]), _lines(row[3]).strip()) for row in rows[1:] if row[0].strip()]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
