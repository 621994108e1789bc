"""Texts go out to a translator as a table and come back: nothing is lost, what has aged is marked, what is strange is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from game.cli.main import main
from game.paths import SCENARIOS
from game.scenario.load import load, load_ready


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    shutil.copytree(SCENARIOS / "office-supplies", tmp_path / "deal")
    return tmp_path / "deal"


def out(deal: Path, name: str = "texts.xlsx") -> Path:
    path = deal.parent / name
    path.unlink(missing_ok=True)
    assert main(["texts", "out", str(deal), str(path), "--lang", "en"]) == 0
    return path


def taken(deal: Path, path: Path) -> int:
    return main(["texts", "in", str(deal), str(path), "--lang", "en"])


def edited(path: Path, change: Callable[[dict[str, list[str]]], None]) -> Path:
    """The workbook after somebody has worked in it: `change` gets the rows by id."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = {str(row[0].value): row for row in sheet.iter_rows(min_row=2)}
    values = {key: [str(cell.value or "") for cell in row] for key, row in rows.items()}
    change(values)
    for key, row in rows.items():
        for cell, value in zip(row, values[key], strict=True):
            cell.value = value
    book.save(path)
    return path


def english(deal: Path, text_id: str) -> str:
    return load_ready(deal, SCENARIOS).texts.get(text_id, "en")


@pytest.mark.parametrize("name", ["texts.xlsx", "texts.csv"])
def test_a_table_that_comes_back_as_it_went_changes_nothing(deal: Path, name: str) -> None:
    before = (deal / "en.yaml").read_bytes()
    assert taken(deal, out(deal, name)) == 0
    assert (deal / "en.yaml").read_bytes() == before and not list(deal.glob("*.before-*"))


def test_the_table_has_every_text_of_the_scenario_with_its_place(deal: Path) -> None:
    sheet = openpyxl.load_workbook(out(deal)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("id", "where", "original (zh)", "translation (en)", "state")
    line = (deal / "scenario.yaml").read_text(encoding="utf-8").splitlines()
    for text_id, place, original, translation, state in rows[1:]:
        assert original and translation and not state, text_id
        at = line[int(str(place).rpartition(":")[2]) - 1]
        assert at.strip()[:1] and (str(original).strip()[:4] in at or "brief" in str(text_id) or ".lines" in str(text_id)), (
            text_id
        )
    assert not [row for row in rows if str(row[0]).startswith("actions.visit.name")], "that one is the library's"


def test_changed_added_and_removed_texts_arrive_and_the_file_as_it_was_is_kept(deal: Path) -> None:
    before = (deal / "en.yaml").read_text(encoding="utf-8")

    def change(rows: dict[str, list[str]]) -> None:
        rows["title"][3] = "Toner: a county deal # 1"
        rows["people.wang.about"][3] = ""

    assert taken(deal, edited(out(deal), change)) == 0
    assert english(deal, "title") == "Toner: a county deal # 1"
    assert "people.wang.about" in load_ready(deal, SCENARIOS).texts.missing("en")
    assert (deal / "en.before-1.yaml").read_text(encoding="utf-8") == before
    back = edited(out(deal), lambda rows: rows["people.wang.about"].__setitem__(3, "Near retirement."))
    assert taken(deal, back) == 0 and english(deal, "people.wang.about") == "Near retirement."
    after = (deal / "en.yaml").read_text(encoding="utf-8").splitlines()
    where = [k for k, line in enumerate(after) if line.startswith(("people.wang.title", "people.wang.about", "people.wang.wins"))]
    assert where == sorted(where) and where[1] == where[0] + 1, "it stands where it belongs"


def test_a_translation_older_than_its_original_is_told_and_marked(deal: Path) -> None:
    assert taken(deal, out(deal)) == 0
    path = deal / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("快退了，怕出事", "刚上任，想出成绩", 1), encoding="utf-8")
    assert [p.values["first"] for p in load(deal, SCENARIOS).problems if p.code == "W303"] == ["people.wang.about"]
    rows = {row[0]: row for row in openpyxl.load_workbook(out(deal)).worksheets[0].iter_rows(values_only=True)}
    assert rows["people.wang.about"][4] == "original changed" and not rows["title"][4]
    assert taken(deal, out(deal)) == 0
    assert "W303" not in [p.code for p in load(deal, SCENARIOS).problems], "who sends it back has seen the new original"


def test_a_table_with_a_strange_text_changes_nothing(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (deal / "en.yaml").read_bytes()
    path = edited(out(deal), lambda rows: rows["title"].__setitem__(0, "titel"))
    assert taken(deal, path) == 2
    assert "titel" in capsys.readouterr().err and (deal / "en.yaml").read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no workbook", b"\xff\xfe\x00", b"a,b\n1,2\n"])
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_what_is_no_table_is_refused(deal: Path, data: bytes, name: str) -> None:
    (deal.parent / name).write_bytes(data)
    assert taken(deal, deal.parent / name) == 2


def test_a_chinese_spreadsheets_csv_is_read(deal: Path) -> None:
    text = out(deal, "texts.csv").read_text(encoding="utf-8-sig").replace("Toner for the County Office", '"Toner, 县机关"', 1)
    path = deal.parent / "saved.csv"
    path.write_bytes(text.encode("gbk", "ignore"))
    assert taken(deal, path) == 0 and english(deal, "title") == "Toner, 县机关"


def test_what_looks_like_a_formula_comes_back_as_it_was(deal: Path) -> None:
    assert taken(deal, edited(out(deal), lambda rows: rows["title"].__setitem__(3, "+1 toner"))) == 0
    assert "'+1 toner" in out(deal, "texts.csv").read_text(encoding="utf-8")
    assert taken(deal, deal.parent / "texts.csv") == 0 and english(deal, "title") == "+1 toner"


def test_a_table_that_is_there_is_not_written_over(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["texts", "out", str(deal), "--lang", "en"]) == 0
    path = deal / "texts.en.xlsx"
    edited(path, lambda rows: rows["title"].__setitem__(3, "Toner, at last"))
    assert main(["texts", "out", str(deal), "--lang", "en"]) != 0
    assert "may hold translations" in capsys.readouterr().err
    assert main(["texts", "in", str(deal), "--lang", "en"]) == 0
    assert english(deal, "title") == "Toner, at last"
