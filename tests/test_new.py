"""`new`: from a few answers or a sheet there is a scenario that checks clean and plays, in either language and any market."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from game.cli.main import main
from game.cli.new import asked, written
from game.i18n import Say
from game.paths import SCENARIOS
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.scenario.interview import MARKETS, Interview, names_for, number, of_rows, scalar
from game.scenario.load import Loaded, Ready, load, load_ready
from game.scenario.source import read_text


def sound(folder: Path) -> Loaded:
    """The scenario, in which nothing is wrong but that it has no translation yet."""
    found = load(folder, SCENARIOS)
    assert [p.code for p in found.problems] == ["W301", "W304"], [(p.code, p.place, p.values) for p in found.problems]
    return found


def written_to(folder: Path, interview: Interview) -> Path:
    folder.mkdir()
    (folder / "scenario.yaml").write_text(written(interview, folder.name, Say(interview.language)), encoding="utf-8")
    return folder


def ends(ready: Ready, seed: int) -> str:
    """How a plain player's deal ends."""
    playing = start_playing(ready.compiled, seed)
    while not playing.over:
        playing.decide(POLICIES["greedy"](ready.compiled.tables, playing.state, playing.seed))
    return str(playing.result()["ending"])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("market", MARKETS)
def test_with_nothing_but_a_market_there_is_a_deal_that_can_be_won_and_lost(tmp_path: Path, language: str, market: str) -> None:
    folder = written_to(tmp_path / "deal", Interview(language=language, market=market))
    sound(folder)
    ready = load_ready(folder, SCENARIOS)
    found = {ready.scenario.endings[ends(ready, seed)].kind for seed in range(12)}
    assert "won" in found or market == "fast"
    assert len(found) >= 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_example_of_the_sheet_becomes_a_scenario(tmp_path: Path, language: str, kind: str) -> None:
    sheet = tmp_path / f"sheet.{kind}"
    assert main(["new", "--sheet", str(sheet), "--lang", language]) == 0
    assert main(["new", "hospital", "--from", str(sheet), "--dir", str(tmp_path), "--lang", language]) == 0
    sc = sound(tmp_path / "hospital").scenario
    assert sc is not None and sc.market == "solution" and sc.deal.weeks == 24 and sc.deal.value == 4_800_000
    assert len(sc.people) == 4 and len(sc.rivals) == 1 and len(sc.facts) == 2
    assert {p.name for p in sc.people.values()} >= ({"周敏", "小何"} if language == "zh" else {"Ruth Chen", "Sam Ortiz"})
    deciders = [p.name for p in sc.people.values() if "decider" in p.roles]
    assert deciders == (["周敏"] if language == "zh" else ["Ruth Chen"])


def test_questions_are_asked_again_until_they_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    answers = "某厂仓库|要换货架|四十来万|45万||三个月|12||9|3|张总，总经理，高层，拍板|乱写，，谁|小李，仓管，基层|"
    lines = iter(f"{answers}|老货架厂，便宜||地面承重不够|".split("|"))
    interview = asked(Say("zh"), lambda _: next(lines))
    assert (interview.value, interview.weeks, interview.market) == (450_000, 12, "professional")
    assert [p["name"] for p in interview.people] == ["张总", "小李"] and interview.rivals[0]["name"] == "老货架厂"
    shown = capsys.readouterr().out
    assert "48万" in shown and "6 到 60" in shown and "1 到 4" in shown


def rows() -> Iterator[list[str]]:
    yield ["单子", "标题", "“好”: {a} [b] #c & *d 'e' \"f\"", "", "", ""]
    yield ["单子", "简介", "第一行\n{{ secret }} {% raw %}: - x\x1b[2J", "", "", ""]
    for k, name in enumerate(["and", "target", "O'Neil, Jr.", "王 五", "王五", "123", "——", "null"]):
        yield ["人物", name, "主任: {x}", ("高层", "中层", "基层")[k % 3], "", "#备注"]
    yield ["对手", "price", "", "", "", "- 便宜"]
    yield ["情报", "true", "", "", "", ""]


def test_whatever_is_written_in_the_sheet_is_a_text_in_the_scenario(tmp_path: Path) -> None:
    sc = sound(written_to(tmp_path / "deal", of_rows(rows(), "zh"))).scenario
    assert sc is not None and sc.title == "“好”: {a} [b] #c & *d 'e' \"f\"" and len(sc.people) == 8
    assert [p.name for p in sc.people.values()][:4] == ["and", "target", "O'Neil, Jr.", "王 五"]
    assert "{{ secret }}" in sc.brief and "\x1b" not in sc.brief


def test_a_row_that_is_not_understood_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["类别", "名称", "内容"],
        ["单子", "周数", "很久"],
        ["人物", "王工", "工程师", "中等偏上"],
        ["情报", "有人要走", ""],
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "x.xlsx")
    assert main(["new", "deal", "--from", str(tmp_path / "x.xlsx"), "--dir", str(tmp_path), "--lang", "zh"]) == 2
    told = capsys.readouterr().err
    assert "第 2 行“周数”没看懂：很久" in told and "周数（6 到 60）" in told
    assert "第 3 行“王工”" in told and "高层、中层、基层" in told and "有 2 行没看懂" in told
    assert not (tmp_path / "deal").exists()


@pytest.mark.parametrize("name", ["", "../x", "a b", "a/b", "x" * 99])
def test_a_name_that_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    assert main(["new", name, "--dir", str(tmp_path), "--lang", "en"]) == 2
    assert not list(tmp_path.iterdir())


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "deal").mkdir()
    assert main(["new", "deal", "--dir", str(tmp_path), "--lang", "en"]) == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("48万", 480_000),
        ("380,000", 380_000),
        ("1.2m", 1_200_000),
        ("12k", 12_000),
        ("9_000", 9_000),
        ("很多", None),
        ("-3", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: int | None) -> None:
    assert number(text) == value


def test_ids_are_words_and_each_its_own() -> None:
    found = names_for(["王建平", "Helen Grant", "Grant", "and", "——", "王建平（主任）"])
    assert found[:2] == ["王建平", "grant"] and len(set(found)) == 6 and all(name.isidentifier() for name in found)


@pytest.mark.parametrize("text", ["a: b", "- x", "#", "1e5", "yes", "null", "“好，好”", "x\ty", "{", "it's", "a, b", " x ", ""])
def test_a_text_stays_the_text_it_is(text: str) -> None:
    assert str(read_text(f"a: {{b: {scalar(text)}}}\n", "x").data["a"]["b"]) == text


def test_a_sheet_that_was_filled_in_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.xlsx"
    sheet.write_bytes(b"what somebody filled in")
    assert main(["new", "--sheet", str(sheet), "--lang", "en"]) == 2
    assert sheet.read_bytes() == b"what somebody filled in" and "sheet.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("38万", 380_000),
        ("380,000", 380_000),
        ("四十", 40),
        ("$2.6m", 2_600_000),
        ("３８万", 380_000),
        ("-3", None),
        ("2.5", None),
    ],
)
def test_a_whole_number_is_read_as_people_write_it(text: str, value: int | None) -> None:
    assert number(text) == value


def test_a_role_that_is_not_understood_is_refused_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("人,王建平,主任,高层,老板娘,\n", encoding="utf-8")
    assert main(["new", "deal", "--from", str(sheet), "--dir", str(tmp_path), "--lang", "zh"]) == 2
    assert "老板娘" in capsys.readouterr().err and not (tmp_path / "deal").exists()


def test_a_role_is_understood_by_the_word_in_it() -> None:
    roles = [person["roles"] for person in of_rows([("人", "王建平", "主任", "高层", "审批人")], "zh").people]
    assert roles == [["approver"]]


def test_a_rivals_style_comes_from_its_note_and_a_facts_note_is_kept() -> None:
    rows = [
        ("对手", "宏达", "", "", "", "靠低价"),
        ("对手", "远大", "", "", "", "十年的关系"),
        ("事实", "库存积压", "", "", "", "账上看得见"),
    ]
    text = written(of_rows(rows, "zh"), "deal", Say("zh"))
    styles = [line.strip() for line in text.splitlines() if line.strip().startswith("style:")]
    assert styles == ["style: price", "style: relationship"] and "库存积压，账上看得见" in text
