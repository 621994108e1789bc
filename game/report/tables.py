"""A class as tables for spreadsheets: CSV that no spreadsheet runs, and XLSX with strings as strings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from game.debrief.cohort import Cohort
from game.i18n import Say
from game.printable import printable
from game.scenario.topics import COLUMNS

Cell = str | float | int | None
Row = list[Cell]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet might run (OWASP, CSV injection), full-width forms too."""
SPLIT = re.compile(r"([;\t\n])(?=[ \u00a0\u3000'\"]*[=+\-@|%＝＋－＠])")
"""Where a spreadsheet that parts cells by semicolons or tabs would begin a new one that it might run."""
LONGEST = 32_000


def clean(text: str) -> str:
    """Without characters that break files or turn the reading direction."""
    return printable(text)[:LONGEST]


def harmless(value: Cell) -> Cell:
    """A text that no spreadsheet takes for a formula, whatever it parts cells by."""
    if not isinstance(value, str):
        return value
    text = SPLIT.sub(r"\1'", clean(value))
    return "'" + text if text.lstrip(" \u00a0\u3000'\"").startswith(DANGEROUS) or text.startswith(DANGEROUS) else text


def people_rows(cohort: Cohort, say: Say) -> list[Row]:
    """A heading and a row for every person."""
    head: Row = [say(f"class.col.{k}") for k in ("name", "adjusted", "points", "luck", "given")]
    head += [say(f"class.col.{k}") for k in ("passed", "won", "ending", "weeks", "decisions", "total")]
    head += [p.name for p in cohort.people[0].card.pillars] + [say(f"column.{k}") for k in COLUMNS]
    rows: list[Row] = [head]
    for p in cohort.people:
        row: Row = [p.name, *(round(x, 2) for x in (p.adjusted, p.points, p.luck, p.given)), int(p.passed), int(p.won)]
        row += [p.ending, p.weeks, p.decisions, _round(p.card.total)]
        row += [_round(x.points) for x in p.card.pillars] + [_round(p.column(k)) for k in COLUMNS]
        rows.append(row)
    return rows


def choice_rows(cohort: Cohort, say: Say) -> list[Row]:
    """What the room chose, stage by stage."""
    rows: list[Row] = [[say(f"class.col.{k}") for k in ("stage", "choice", "people", "of", "mean_given", "lo", "hi")]]
    for k in cohort.key_points:
        for c in k.choices:
            g = c.given
            rows.append([k.stage, c.name, c.people, k.people, _round(g["mean"]), _round(g["lo"]), _round(g["hi"])])
    return rows


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def csv_text(rows: Sequence[Row]) -> str:
    """CSV for spreadsheets; to be written as UTF-8 after a byte-order mark (it is the first character)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    for row in rows:
        writer.writerow(["" if v is None else harmless(v) for v in row])
    return "\ufeff" + out.getvalue()


def xlsx_bytes(sheets: Sequence[tuple[str, Sequence[Row]]]) -> bytes:
    """A workbook; strings stay strings whatever they look like."""
    out = io.BytesIO()
    options: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, {**options, "strings_to_numbers": False}) as book:
        bold = book.add_format({"bold": True})
        for title, rows in sheets:
            sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", clean(title))[:31])
            sheet.freeze_panes(1, 1)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(r, c, clean(value), bold if r == 0 else None)
                    elif value is not None:
                        sheet.write_number(r, c, value)
            sheet.autofit()
    return out.getvalue()
