"""Class reports and exports: complete, checked by others' readers, and harmless whatever names and texts say."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import re
import shutil
import subprocess
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ralph.models.xapi.base.statements import BaseXapiStatement

from game.cli.main import main
from game.debrief.cohort import Cohort, tell_cohort
from game.debrief.entries import Entry, RefusedFile
from game.debrief.records import Review
from game.debrief.review import other_ways, tell_review
from game.debrief.story import Story, Unseen, tell_story
from game.i18n import LANGUAGES, Say
from game.report.html import class_html, report_html
from game.report.read import gather
from game.report.tables import choice_rows, csv_text, harmless, people_rows, xlsx_bytes
from game.report.write import put_class, write_record
from game.report.xapi import statements
from game.scenario.load import Ready
from tests.debrief.test_review import played
from tests.judgements import Settled, made_up
from tests.report.test_html import CHROMIUM, Reader

HOSTILE: list[str] = json.loads((Path(__file__).parent / "hostile.json").read_text(encoding="utf-8"))
HOSTILE += [f"{h}{k}" for k, h in enumerate(HOSTILE * 2)][: 200 - len(HOSTILE)]


def test_two_hundred_of_them() -> None:
    assert len(HOSTILE) == 200


@pytest.fixture(scope="module")
def settled(office: Ready) -> Settled:
    return Settled(office)


def entries_of(office: Ready, settled: Settled, names: list[str]) -> list[Entry]:
    play = played(office, 7)
    judged = made_up(settled.case, play)
    return [Entry(name, play, judged, "2026-11-23T10:00:00Z") for name in names]


def hostile_cohort(cohort: Cohort, text: str) -> Cohort:
    """With this in every text field."""
    return with_text(cohort, text)


def with_text(thing: Any, text: str) -> Any:
    """Every free text inside replaced; keys that choose a look stay."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        keep = {"grade", "verdict", "key", "kind", "column", "became", "language", "came", "pillar", "mood", "scenario", "status"}
        fields = {f.name: getattr(thing, f.name) for f in dataclasses.fields(thing) if f.name not in keep}
        return dataclasses.replace(thing, **{k: with_text(v, text) for k, v in fields.items()})
    if isinstance(thing, str):
        return thing if thing in ("done", "tried", "open", "kept", "broken") else text
    if isinstance(thing, (list, tuple)):
        return type(thing)(with_text(x, text) for x in thing)
    if isinstance(thing, dict):
        return {k: with_text(v, text) for k, v in thing.items()}
    return thing


def told(office: Ready, settled: Settled) -> tuple[dict[str, Story], dict[str, Review]]:
    play = played(office, 7)
    judged = made_up(settled.case, play)
    seen, others = Unseen(play), other_ways(settled.case, play, judged)
    stories = {k: tell_story(office, seen, Say(k)) for k in LANGUAGES}
    return stories, {k: tell_review(office, seen, judged, stories[k], others, Say(k)) for k in LANGUAGES}


def test_no_text_becomes_markup_anywhere(office: Ready, settled: Settled) -> None:
    stories, reviews = told(office, settled)
    cohort = tell_cohort(
        office, entries_of(office, settled, ["甲", "乙"]), [RefusedFile("x", "class.same", {"other": "y"})], Say("zh")
    )
    plain: dict[str, int] = {}
    for k, text in enumerate(HOSTILE[::7]):  # all of them at once stand in the browser below
        bad_stories = {n: with_text(s, text) for n, s in stories.items()}
        page = report_html(bad_stories, {n: with_text(r, text) for n, r in reviews.items()})
        pages = {"deal": page, "class": class_html({"zh": with_text(cohort, text)}, text)}
        for name, found in pages.items():
            reader = Reader()
            reader.feed(found)
            tags = len(reader.tags)
            assert plain.setdefault(name, tags) == tags or not k, text
            assert not {"script", "img", "iframe", "base", "form"} & {tag for tag, _ in reader.tags}
            assert not any(a.startswith("on") or (a == "href") for _, attributes in reader.tags for a in attributes)


@pytest.mark.skipif(CHROMIUM is None, reason="not installed: chromium")
def test_nothing_runs_in_a_real_browser(office: Ready, settled: Settled, tmp_path: Path) -> None:
    """All two hundred at once, as the names of a class and in a trainee's report."""
    stories, reviews = told(office, settled)
    everything = " ".join(HOSTILE).encode("utf-8", "replace").decode()
    page = tmp_path / "deal.html"
    page.write_text(report_html({k: with_text(s, everything[:20_000]) for k, s in stories.items()}, reviews), encoding="utf-8")
    put_class(
        office,
        entries_of(office, settled, HOSTILE),
        [RefusedFile(h, "class.same", {"other": h}) for h in HOSTILE],
        tmp_path,
        "zh",
        "now",
    )
    for name in (page, tmp_path / "class-office-supplies.html"):
        out = subprocess.run(
            [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000", "--dump-dom", name.as_uri()],
            check=True, capture_output=True, timeout=120,
        ).stdout.decode("utf-8", "replace")  # fmt: skip
        title = re.search(r"<title>(.*?)</title>", out, re.DOTALL)
        assert "</html>" in out and title and title.group(1) != "RUN"


def test_no_cell_is_a_formula(office: Ready, settled: Settled) -> None:
    cohort = tell_cohort(office, entries_of(office, settled, HOSTILE), [], Say("en"))
    people, choices = people_rows(cohort, Say("en")), choice_rows(cohort, Say("en"))
    text = csv_text(people)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert len(rows) == 201 and {len(row) for row in rows} == {len(people[0])}
    for row in rows:
        for cell in row:
            number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
            assert number or not cell.lstrip(" \u3000").startswith(("=", "+", "-", "@", "\t", "\r", "|", "%")), cell
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([("x", people), ("y", choices)])))
    for sheet in book:
        for line in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in line)
    assert book.worksheets[0].max_row == 201


@pytest.mark.parametrize("value", [3, -2.5, None])
def test_numbers_stay_numbers(value: float | None) -> None:
    assert harmless(value) == value


def test_every_statement_is_xapi(office: Ready, settled: Settled) -> None:
    found = list(statements(office, entries_of(office, settled, [f"{h}#{k}" for k, h in enumerate(HOSTILE[:60])])))
    verbs = [s["verb"]["display"]["en-US"] for s in found]
    assert set(verbs) <= {"initialized", "answered", "completed", "passed", "failed", "terminated"}
    one = verbs[: verbs.index("terminated") + 1]
    assert one[0] == "initialized" and one[-3] == "completed" and one[-2] in ("passed", "failed")
    assert one.count("answered") == len(entries_of(office, settled, ["x"])[0].playing.decisions)
    assert len({s["id"] for s in found}) == len(found)
    for s in found:
        BaseXapiStatement.model_validate(s)
        assert datetime.fromisoformat(s["timestamp"].replace("Z", "+00:00")).utcoffset() is not None
        score = s.get("result", {}).get("score")
        assert (score is not None) == (s["verb"]["display"]["en-US"] in ("passed", "failed"))
        if score:
            assert 0 <= score["scaled"] <= 1 and score["min"] <= score["raw"] <= score["max"]
        json.dumps(s)


def test_a_folder_becomes_a_class_and_bad_files_are_named(
    office: Ready, tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.cli.reports.judged_all", lambda case, plays, *_, **__: [made_up(case, p) for p in plays])
    records, out = tmp_path / "records", tmp_path / "out"
    for seed in (7, 8, 9):
        write_record(played(office, seed), records, f"学员{seed}")
    shutil.copy(records / "学员7.play.json", records / "again.play.json")
    edited = json.loads((records / "学员8.play.json").read_text(encoding="utf-8"))
    edited["result"]["points"] = 100
    (records / "edited.play.json").write_text(json.dumps(edited), encoding="utf-8")
    (records / "broken.play.json").write_text("{", encoding="utf-8")
    assert main(["report", str(records), "--out", str(out), "--lang", "en"]) == 0
    told_of = capsys.readouterr()
    assert all(name in told_of.err for name in ("edited.play.json", "broken.play.json"))
    assert {p.suffix for p in out.iterdir()} == {".html", ".csv", ".xlsx", ".json", ".jsonl"}
    data_ = json.loads((out / "class-office-supplies.json").read_text(encoding="utf-8"))
    assert data_["people"] == 3 and len(data_["refused"]) == 3
    assert main(["report", str(records), "--out", str(out), "--lang", "en", "--anonymous"]) == 0
    assert "学员" not in (out / "class-office-supplies.html").read_text(encoding="utf-8")
    assert "学员7" in (out / "names-office-supplies.csv").read_text(encoding="utf-8") or "again" in (
        out / "names-office-supplies.csv"
    ).read_text(encoding="utf-8")


def test_an_empty_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path), "--lang", "en"]) == 2
    assert "no usable record" in capsys.readouterr().err


def class_folder(office: Ready, folder: Path) -> Path:
    """Three good records."""
    for seed in (7, 8, 9):
        write_record(played(office, seed), folder, f"学员{seed}")
    return folder


def edited(path: Path, **changes: Any) -> bytes:
    return json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}).encode()


def test_no_bad_file_ends_a_class(office: Ready, tmp_path: Path) -> None:
    """Links to nowhere, to themselves and out; times beyond any date; values of wrong kinds; halves of characters."""
    folder = class_folder(office, tmp_path / "records")
    good = folder / "学员7.play.json"
    (folder / "nowhere.play.json").symlink_to(folder / "gone")
    (folder / "itself.play.json").symlink_to(folder / "itself.play.json")
    (folder / "round").symlink_to(folder)
    (folder / "outside.play.json").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.play.json")
    (folder / "folder.play.json").mkdir()
    for k, kind in enumerate(([], {}, 7, None)):
        (folder / f"kind{k}.play.json").write_bytes(edited(good, statements=[{"kind": kind, "at": 0}]))
    (folder / "half.play.json").write_bytes(edited(good, statements=[{"kind": "name", "at": 0, "text": "\ud800"}]))
    (folder / "name.play.json").write_bytes(edited(good, scenario="\udc80" * 9))
    (folder / "deep.play.json").write_bytes(b'{"format":' + b"[" * 90_000)
    (folder / "numbers.play.json").write_bytes(b'{"seed": ' + b"9" * 6_000 + b"}")
    os.utime(folder / "学员8.play.json", (2**38, 2**38))
    found = gather(folder)
    names = {f.name for f in found.found["office-supplies"]}
    assert names == {"学员7", "学员8", "学员9"}
    bad = {r.file for r in found.refused}
    assert {"nowhere.play.json", "itself.play.json", "outside.play.json", "pipe.play.json"} <= bad and len(bad) == 12
    assert all(f.when < "9999-12-31T23:59:59Z~" for f in found.found["office-supplies"])
    for language in LANGUAGES:
        assert all(Say(language)(r.key, **r.values) for r in found.refused)


def test_more_records_than_are_read_is_said(office: Ready, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.report.read.MOST", 2)
    found = gather(class_folder(office, tmp_path))
    assert len(found.found["office-supplies"]) == 2
    (told_of,) = found.refused
    assert told_of.key == "class.too_many" and told_of.values == {"n": 1, "most": 2}


@pytest.mark.parametrize("text", ["x;=1+1", "x;  @SUM(1)", 'a;"=1"', "a\t=2", "a\n-3", "甲；乙;＝1", "=1;=2", "a;;+1"])
def test_no_cell_is_a_formula_whatever_parts_the_cells(text: str) -> None:
    line = csv_text([["name", "points"], [text, 3]])[1:]
    for delimiter in (",", ";", "\t"):
        for row in csv.reader(io.StringIO(line), delimiter=delimiter):
            for cell in row:
                number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
                runs = cell.lstrip(" \u3000\"'").startswith(("=", "+", "-", "@", "＝"))
                assert number or not runs or cell.startswith("'"), cell


def test_equal_plays_and_other_deals_are_marked(office: Ready, settled: Settled) -> None:
    """Nothing is proved by it, so nobody is left out."""
    entries = entries_of(office, settled, ["甲", "乙"])
    other = played(office, 8)
    entries.append(Entry("丙", other, made_up(settled.case, other), "2026-11-23T10:00:00Z"))
    for language in LANGUAGES:
        cohort = tell_cohort(office, entries, [], Say(language))
        assert len(cohort.people) == 3 and len(cohort.marks) == 2
        assert "甲" in cohort.marks[0] and "乙" in cohort.marks[0] and "丙" in cohort.marks[1]
        page = class_html({language: cohort}, "now")
        assert all(mark in unescape(page) for mark in cohort.marks)
        assert Say(language)("class.foot") in page
    assert len(tell_cohort(office, entries, [], Say("zh"), seed=8).marks) == 3
    alone = [Entry(f"{k}", p, made_up(settled.case, p), "") for k in (1, 2) if (p := played(office, 20 + k))]
    assert tell_cohort(office, alone, [], Say("zh")).marks == [], "everybody a deal of their own"
