"""`texts out` and `texts in`: a scenario's texts as a table for a translator, and back."""

from __future__ import annotations

import argparse
import csv
import io
import json
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from game.cli.shown import show
from game.errors import ScenarioError, StorageError, UsageError
from game.i18n import LANGUAGES, Say
from game.paths import SCENARIOS
from game.report.tables import Row as Cells
from game.report.tables import csv_text, xlsx_bytes
from game.scenario.files import FILE, find, shown
from game.scenario.load import Loaded, load
from game.scenario.problems import errors
from game.scenario.source import read_text
from game.scenario.stamps import STAMPS, read_stamps
from game.scenario.translation import Row, merged, rows_of, stamps_with

LARGEST = 20_000_000
"""Bytes of a table that are read."""
MOST_ROWS, MOST_COLUMNS = 20_000, 8
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
    if options.way == "out":
        return put_out(options.file or Path(f"{found.name}.{language}.xlsx"), rows, found, language, say)
    if options.file is None:
        raise UsageError("texts.no_file")
    return take_in(options.file, rows, folder, language, say)


def put_out(path: Path, rows: list[Row], found: Loaded, language: str, say: Say) -> int:
    """Write the table."""
    assert found.texts is not None
    heads = {"original": found.texts.language, "translation": language}
    table: list[Cells] = [[say(f"texts.col.{c}", language=heads.get(c, "")) for c in COLUMNS]]
    for row in rows:
        table.append([row.id, row.place, row.original, row.translation, say(f"texts.{row.state}") if row.state else ""])
    try:
        if path.suffix.lower() == ".csv":
            path.write_text(csv_text(table), encoding="utf-8", newline="")
        else:
            path.write_bytes(xlsx_bytes([(found.name, table)]))
    except OSError as error:
        raise StorageError("error.storage", why=str(error)) from error
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
            keep(target)
            replace(target, after)
        stamps = stamps_with(read_stamps(folder, language), {i: seen for i, seen, new in table if new})
        whole = {language: {i: s for i, s in stamps.items() if i in known}}
        replace(folder / STAMPS, json.dumps(whole, ensure_ascii=False, indent=0) + "\n")
    except OSError as error:
        raise StorageError("error.storage", why=str(error)) from error
    added = sum(not known[i].translation for i, new in changed.items() if new)
    gone = sum(not new for new in changed.values())
    show(say("texts.in", path=target, added=added, changed=len(changed) - added - gone, gone=gone))
    return 0


def keep(path: Path) -> None:
    """A copy of a file as it is, under a name that is free."""
    if path.exists():
        shutil.copyfile(
            path, next(k for n in range(1, 10_000) if not (k := path.with_name(f"{path.stem}.before-{n}.yaml")).exists())
        )


def replace(path: Path, text: str) -> None:
    """Write a file in one step: it is the old one or the new one."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8", newline="")
    fresh.replace(path)


def read_table(path: Path) -> list[tuple[str, str, str]]:
    """(text id, original, translation) of every row but the first; UsageError where the file is no such table."""
    rows = sheet_rows(path)
    if not rows or any(len(row) < 4 for row in rows):
        raise UsageError("texts.no_table", path=path)
    return [(row[0].strip(), _lines(row[2]), _lines(row[3]).strip()) for row in rows[1:] if row[0].strip()]


def sheet_rows(path: Path) -> list[list[str]]:
    """The rows of a table, XLSX or CSV; UsageError where it is none, StorageError where it cannot be read."""
    try:
        raw = path.read_bytes()[: LARGEST + 1]
    except OSError as error:
        raise StorageError("error.storage", why=str(error)) from error
    if len(raw) > LARGEST:
        raise UsageError("texts.no_table", path=path)
    rows = list(_of_csv(raw, path) if path.suffix.lower() == ".csv" else _of_xlsx(raw, path))
    if len(rows) > MOST_ROWS:
        raise UsageError("texts.no_table", path=path)
    return rows


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_csv(raw: bytes, path: Path) -> Iterable[list[str]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gbk")  # as a Chinese spreadsheet saves it
        except UnicodeDecodeError as error:
            raise UsageError("texts.no_table", path=path) from error
    first = text.partition("\n")[0]
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","):
            # An apostrophe at the beginning keeps spreadsheets from running what follows; it is none of the text's.
            yield [cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@|%＝＋－＠" else cell for cell in row]
    except csv.Error as error:
        raise UsageError("texts.no_table", path=path) from error


def _of_xlsx(raw: bytes, path: Path) -> Iterable[list[str]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 1, values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError) as error:
        raise UsageError("texts.no_table", path=path) from error
