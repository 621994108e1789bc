"""Tables that people fill in with a spreadsheet, XLSX or CSV, and copies of what they wrote."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from game.errors import StorageError, UsageError
from game.report.tables import Row, csv_text, xlsx_bytes
from game.report.write import put_bytes

LARGEST = 20_000_000
"""Bytes of a table that are read."""
MOST_ROWS, MOST_COLUMNS = 20_000, 8


def put_rows(path: Path, name: str, rows: Sequence[Row]) -> None:
    """Write a table: CSV where the file is named so, else XLSX with a sheet of this name. StorageError where it cannot be."""
    csv_named = path.suffix.lower() == ".csv"
    put_bytes(csv_text(rows).encode("utf-8") if csv_named else xlsx_bytes([(name, rows)]), path)


def keep_copy(path: Path) -> Path | None:
    """A copy of a file as it is, under a name that is free; None where there is no file. StorageError where it cannot be kept."""
    if not path.exists():
        return None
    free = (path.with_name(f"{path.stem}.before-{n}{path.suffix}") for n in range(1, 10_000))
    kept = next(k for k in free if not k.exists())
    try:
        shutil.copyfile(path, kept)
    except OSError as error:
        raise StorageError("error.storage", why=str(error)) from error
    return kept


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
