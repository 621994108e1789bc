"""What the balance tells an author: by what awards are lost, how near the plays came, what to turn."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from game.cli.authors import add_misses, author_data, author_findings, author_lines, happened_line
from game.cli.main import main
from game.cli.routes import ready_of
from game.cli.weighing import finding_lines, idle_facts
from game.i18n import Say
from game.paths import SCENARIOS
from game.scenario.load import Loaded, Ready, load, load_ready
from game.scenario.reference import FINDINGS
from tests.judging.test_judge import TINY

OFFICE = SCENARIOS / "office-supplies"
EN = Say("en")


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")


def changed(*changes: tuple[str, str]) -> tuple[Loaded, Ready]:
    text = (OFFICE / "scenario.yaml").read_text(encoding="utf-8").partition("\nroutes:")[0] + "\n"
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    found = load(OFFICE, SCENARIOS, text=text)
    ready = ready_of(found)
    assert ready, [p.message(EN) for p in found.problems]
    return found, ready


def told(*changes: tuple[str, str]) -> dict[str, str]:
    found, ready = changed(*changes)
    data: dict[str, Any] = author_data(ready, OFFICE)
    return {f["code"]: f["statement"] for f in author_findings(data, found, ready, EN)}


def test_a_rivals_move_that_never_comes_is_told_until_it_appeals_enough() -> None:
    """The rival takes the move that appeals most: one that always appeals less than another never comes."""
    less = ("appeal: 34 + 9 * phase", "appeal: 10 + 1 * phase")
    assert list(told(less)) == ["no_moves"]
    assert told() == {}


def test_a_criterion_that_loses_awards_is_named_with_the_sum_behind_our_mark() -> None:
    found = told(("us: 10 + 0.8 * price_position + 8 * truth.overpay, none: 40", "us: 1 + 0.1 * price_position, none: 1"))
    assert "Ours comes from: 1 + 0.1 * price_position" in found["behind"]


def test_an_award_that_comes_too_early_is_told_with_its_week() -> None:
    found, ready = changed()
    data = author_data(ready, OFFICE)
    data["award"] |= {"awards": 40, "week": 5.0, "stages": {"P1": 30, "P4": 10}}
    statements = {f["code"]: f["statement"] for f in author_findings(data, found, ready, EN)}
    assert "in week 5 of 14, in 75%" in statements["early_award"]


def test_a_point_that_keeps_most_plays_in_a_stage_is_told() -> None:
    found, ready = changed()
    data = author_data(ready, OFFICE)
    data["stays"] = [{"point": "P4.top", "share": 0.4}]
    data["award"] |= {"awards": 40, "without_bid": 20}
    rows = {f["code"]: f for f in author_findings(data, found, ready, EN)}
    assert "40% of the reference's" in rows["stuck"]["statement"] and rows["stuck"]["place"]["line"] > 1
    assert "50% of the awards came without a bid" in rows["no_bid"]["statement"]
    lines = finding_lines(list(rows.values()), EN)
    assert sum("What to do:" in line for line in lines) == len(rows)


def test_the_nearest_miss_says_what_was_missing(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    event = "events: {gold: {text: 金雨, when: need >= 40 and week >= 2, chance: 100, branches: {rain: {need: 1}}}}\nendings:"
    (folder / "scenario.yaml").write_text(TINY.replace("endings:", event), encoding="utf-8")
    ready = load_ready(folder, tmp_path)
    finding = {"code": "no_events", "name": "gold", "proved": False, "statement": "x"}
    add_misses([finding], ready, folder, EN)
    assert finding["miss"]["missing"] and "40" in finding["miss"]["missing"][0] and len(finding["miss"]["missing"]) == 1  # type: ignore[index]
    assert "only this was missing" in str(finding["statement"])


def test_the_lines_tell_routes_award_and_happenings() -> None:
    found, ready = changed()
    data = author_data(ready, OFFICE)
    data["happened"] = {"events.freeze": {"par": 0.25}, "scenes.papers": {"par": 0.5}}
    assert "The award comes in week" in author_lines(data, ready, EN)[-1]
    line = happened_line(data, ready, EN)
    assert line.index("50%") < line.index("25%")
    assert found.name == "office-supplies"


def test_every_finding_has_its_page_and_says_what_to_turn() -> None:
    for say in (EN, Say("zh")):
        for code in FINDINGS:
            assert say.has(f"finding.{code}")
            assert say.has(f"finding.turn.{code}") or code in ("parting", "idle_system")


def test_figures_without_a_reference_play_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(OFFICE, tmp_path / "deal")
    (tmp_path / "deal" / "par.json").unlink()
    assert main(["balance", str(tmp_path / "deal"), "--plays", "2", "--lang", "en"]) == 0
    warned = "There is no reference play for these rules"
    assert capsys.readouterr().out.startswith(warned)
    page = tmp_path / "page.html"
    assert main(["balance", str(tmp_path / "deal"), "--plays", "2", "--lang", "en", "--format", "html", "--out", str(page)]) == 0
    assert warned in page.read_text(encoding="utf-8")


def test_a_fact_that_misleads_is_not_called_idle() -> None:
    found, _ = changed()
    rows = {"stock": {"mean": -1.2, "lo": -1.6, "hi": -0.9}, "overpay": {"mean": 0.1, "lo": -0.2, "hi": 0.2}}
    told_of = {f["name"]: (f["code"], f["statement"]) for f in idle_facts(rows, found, EN)}
    assert told_of["stock"][0] == "misled" and "worse, by -1.2" in told_of["stock"][1] and told_of["overpay"][0] == "idle_fact"
