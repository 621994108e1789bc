"""Mistakes a trainer makes, each told with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.i18n import Say
from game.paths import SCENARIOS
from game.scenario.bounds import path_of
from game.scenario.load import Loaded, load
from game.scenario.problems import Problem, distance, errors, nearest, render


def loaded(tmp_path: Path, *edits: tuple[str, str]) -> Loaded:
    folder = tmp_path / "office-supplies"
    shutil.copytree(SCENARIOS / "office-supplies", folder)
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return load(folder, SCENARIOS)


def problems(tmp_path: Path, *edits: tuple[str, str]) -> list[Problem]:
    return errors(loaded(tmp_path, *edits).problems)


def test_the_shipped_scenario_is_sound(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("hears: {liu: 0.5", "hears: {lui: 0.5", "E201"),
        ("claimed_by: [zhao, chen]", "claimed_by: [zhao, chan]", "E201"),
        ("bid: said.bid", "bid: said.bidd", "E214"),
        ("when: phase <= decide\n", "when: phase <= dicide\n", "E201"),
        ("fronts: 2", "fornts: 2", "E203"),
        ("weeks: 14,", "weeks: fourteen,", "E204"),
        ("style: relationship", "style: friendly", "E210"),
        ("stance: {-1: 40%, 0: 50%, 1: 10%}", "stance: {-1: 40%, 0: 50%}", "E226"),
        ("when: target.rapport >= 20\n", "when: target.stance >= 0\n", "E208"),
        ("when: said.gift or said.stand_ins\n", "when: said.gift and\n", "E206"),
        ("chance: 52 + 0.3 * value_case", "chance: 52 + need * value_case", "E207"),
        ("success: {knot: 15, target.stance: -0.2}", "success: {trust: -1}", "E218"),
        ("use: [library/professional]", "use: [library/profesional]", "E117"),
        ("use: [library/professional]", "use: [../../etc/passwd]", "E116"),
        ("prior: 60%", "prior: 60", "E227"),
        ("about: 跑关系、约人、谈条件", "about: 跑关系,约人", "E229"),
        ("who: wang\n    when: wang.met", "who: wong\n    when: wang.met", "E201"),
        ("answers: {how_sure: plain}", "answers: {how_sure: plane}", "E201"),
        ("answers: {how_sure: plain}", "answers: {how_shure: plain}", "E201"),
    ],
)
def test_a_mistake_is_found_at_its_line(tmp_path: Path, old: str, new: str, code: str) -> None:
    found = problems(tmp_path, (old, new))
    assert code in [p.code for p in found]
    problem = next(p for p in found if p.code == code)
    lines = (tmp_path / "office-supplies" / "scenario.yaml").read_text(encoding="utf-8").splitlines()
    changed = next(k for k, line in enumerate(lines, 1) if new.split("\n")[0] in line)
    assert problem.place.line == changed
    for language in ("zh", "en"):
        assert "{" not in render(problem, Say(language)).splitlines()[0].replace(problem.source, "")


def test_the_caret_stands_under_the_word(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, ("hears: {liu: 0.5", "hears: {lui: 0.5"))
    place = problem.place
    assert problem.source[place.column - 1 : place.column - 1 + place.length] == "lui"
    assert "liu" in problem.message(Say("zh"))


def test_a_missing_folder_is_a_clear_word(tmp_path: Path) -> None:
    assert [p.code for p in load(tmp_path / "none", SCENARIOS).problems] == ["E113"]


def test_distance_counts_a_swap_once() -> None:
    assert distance("chen", "chne") == 1 and nearest("chne", ["chen", "zhou"]) == "chen" and nearest("ab", ["ac", "ad"]) == ""


@pytest.mark.parametrize("then", ["{arrives: wang}", "{trust: 5 + 0.1 * week}"])
def test_an_opening_takes_plain_numbers_and_brings_nobody_new(tmp_path: Path, then: str) -> None:
    folder = tmp_path / "deal"
    shutil.copytree(SCENARIOS / "office-supplies", folder)
    with (folder / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nstart: {{then: {then}}}\n")
    assert [p.code for p in errors(load(folder, SCENARIOS).problems)] == ["E230"]


def test_hidden_moves_bring_nobody_and_nets_name_people(tmp_path: Path) -> None:
    folder = tmp_path / "deal"
    shutil.copytree(SCENARIOS / "office-supplies", folder)
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    dinner = "success: {knot: 15, target.stance: -0.2}"
    net = "net: {liu: {30: 50%, 55: 50%}"
    assert text.count(dinner) == 1 and text.count(net) == 1
    path.write_text(text.replace(dinner, "success: {leaves: liu}").replace(net, "net: {lio: 30"), encoding="utf-8")
    found = errors(load(folder, SCENARIOS).problems)
    assert sorted(p.code for p in found) == ["E201", "E218"]


def test_a_warning_hides_no_error_of_a_later_layer(tmp_path: Path) -> None:
    found = {p.code for p in loaded(tmp_path, ("    chance: 8\n", "    chance: 0.00001\n")).problems}
    assert {"W409", "E221"} <= found


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ("claimed_by: [zhao, chen], sure: 85%", "claimed_by: [赵小磊, chen], sure: 85%", "zhao"),
        ("claimed_by: [zhao, chen], sure: 85%", "claimed_by: [小磊, chen], sure: 85%", "zhao"),
        ("stage: [P2, P3, P4, P5]\n    by: [ae, boss]", "stage: P2,P3\n    by: [ae, boss]", "[P2, P3]"),
        ("by: [ae, boss]\n    cost", "by: ae、boss\n    cost", "[ae, boss]"),
    ],
)
def test_what_is_called_by_its_shown_name_or_written_as_one_is_recognised(tmp_path: Path, old: str, new: str, near: str) -> None:
    found = problems(tmp_path, (old, new))
    assert [(p.code, p.values["near"]) for p in found] == [("E201", near)]
    assert near.strip("[]").split(",")[0] in found[0].hint(Say("zh"))


def test_several_names_without_brackets_are_told_as_one_list(tmp_path: Path) -> None:
    """In braces the second name becomes a key without a value, which says nothing to its author."""
    found = problems(
        tmp_path, ("said: problem_owned, verifies: overpay, asks", "said: problem_owned, verifies: overpay, stock, asks")
    )
    assert [(p.code, p.values["want"]) for p in found] == [("E249", "verifies: [overpay, stock]")]
    assert found[0].place.length == len("stock") and found[0].place.column > 100


def test_what_a_branch_can_change_is_listed_and_known_by_its_shown_name(tmp_path: Path) -> None:
    found = problems(tmp_path, ("success: {price_position: -8,", "success: {价格竞争力: -8,"))
    assert [(p.code, p.values["near"]) for p in found] == [("E225", "price_position")]
    assert "trust" in found[0].hint(Say("en"))


def test_texts_that_are_still_to_be_written_are_counted_at_the_first(tmp_path: Path) -> None:
    found = loaded(
        tmp_path, ("text: 客户为什么一直在原来那家买？我们给了他什么换的理由？", "text: 改：问什么"), ("coach: ", "coach: TODO ")
    ).problems
    (told,) = [p for p in found if p.code == "W304"]
    assert told.values["count"] >= 2 and "TODO" in told.source


def test_a_number_written_with_commas_is_one_slip(tmp_path: Path) -> None:
    found = problems(tmp_path, ("value: 380_000", "value: 3,600,000"))
    assert [(p.code, p.values["want"]) for p in found] == [("E243", "3_600_000")]


def test_a_remark_that_is_not_wanted_is_not_made_and_an_error_always(tmp_path: Path) -> None:
    idle = ("bones:\n", "bones:\n  idle: {name: 白操心}\n")
    assert "W419" in {p.code for p in loaded(tmp_path / "told", idle).problems}
    quiet = ("format: 2\n", "format: 2\n# lint: ignore W419 to be used in the second part\n# lint: ignore E201 never\n")
    found = {p.code for p in loaded(tmp_path / "quiet", idle, quiet, ("claimed_by: [liu]", "claimed_by: [lui]")).problems}
    assert "W419" not in found and "E201" in found
    bare = ("format: 2\n", "format: 2\n# lint: ignore W419\n")
    assert "W419" in {p.code for p in loaded(tmp_path / "bare", idle, bare).problems}  # without a reason nothing is left out


def test_too_dear_is_told_though_the_library_brings_money_once() -> None:
    """The internal review of a solution deal brings some, and asks not to have been done."""
    folder = SCENARIOS / "smart-factory"
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    dear = text.replace("  walk_floor:\n", "  walk_floor:\n    cost: {weeks: 1, money: 900_000}\n", 1)
    at = dear.index("    cost: {weeks: 1, money: 900_000}\n") + 10
    dear = dear[:at] + dear[at:].replace("    cost:", "    # cost:", 1)
    found = [p for p in load(folder, SCENARIOS, text=dear).problems if p.code == "W401"]
    assert [p.values["cost"] for p in found] == ["900,000"]


def test_an_action_that_is_called_like_something_made_stands_where_it_is_written() -> None:
    """`trade_event` is the library's own; only what is traded at the table stands with the negotiation."""
    scenario = load(SCENARIOS / "smart-factory", SCENARIOS).scenario
    assert scenario
    assert path_of("trade_event", scenario) == ("actions", "trade_event")
    assert path_of("trade_price", scenario) == ("negotiation", "issues", "price")
    assert path_of("adopt_downtime", scenario) == ("strategies", "downtime")


def test_odds_that_begin_with_a_fraction_are_told(tmp_path: Path) -> None:
    found = [p for p in loaded(tmp_path, ("chance: 55 + ", "chance: 0.55 + ")).problems if p.code == "W409"]
    assert [(p.values["found"], p.values["want"]) for p in found] == [("0.55", "55")]
