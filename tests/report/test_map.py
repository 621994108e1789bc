"""The map of a scenario: everything is on it, every tie leads somewhere, and nothing in a file can do anything to the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.cli.routes import ready_of
from game.i18n import Say
from game.paths import SCENARIOS
from game.report.map import ScenarioMap, cut
from game.scenario.graph import Node, graph_of
from game.scenario.load import load, names
from tests.scenario import small


def page(folder: Path, shelf: Path, language: str) -> str:
    found = load(folder, shelf)
    ready = ready_of(found)
    assert ready, [p.message(Say("en")) for p in found.problems]
    return ScenarioMap(found, ready, Say(language)).html()


@pytest.mark.parametrize("name", names(SCENARIOS))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_link_leads_to_a_thing_and_every_thing_can_be_reached(name: str, language: str) -> None:
    text = page(SCENARIOS / name, SCENARIOS, language)
    things = set(re.findall(r'<article class="thing" id="(n\d+)"', text))
    chips = set(re.findall(r'class="chip [^"]*" href="#(n\d+)"', text))
    links = set(re.findall(r'href="#(n\d+)"', text))
    assert things == chips == links and len(things) > 100
    assert "<script" not in text and "http://" not in text and "https://" not in text


def test_what_writes_a_word_and_what_reads_it_stand_at_its_sides() -> None:
    found = load(SCENARIOS / "smart-factory", SCENARIOS)
    assert found.scenario
    graph = graph_of(found.scenario)
    word = Node("words", "poc_passed")
    assert graph.into(word) == {Node("actions", "poc"): ["success"]}
    readers = graph.out_of(word)
    assert readers[Node("criteria", "integration")] == ["us"] and readers[Node("promises", "interface")] == ["chance"]
    assert Node("facts", "erp_closed") in graph.out_of(Node("actions", "poc"))
    assert Node("actions", "poc") in graph.into(Node("people", "luo"))


def test_every_group_of_the_language_is_on_the_map(tmp_path: Path) -> None:
    text = page(small.write(tmp_path), tmp_path, "zh")
    for title in (
        "拜访",
        "低价",
        "冻结",
        "王总",
        "预算紧",
        "问一句",
        "下雨",
        "台风",
        "富家：请客",
        "尽快交货",
        "见过老板",
        "价格",
        "赢了",
        "见面了",
        "箱数",
        "said.bid",
    ):
        assert f">{title}</a>" in text, title


def test_a_remark_of_check_stands_at_its_thing(tmp_path: Path) -> None:
    folder = small.write(tmp_path, small.SCENARIO.replace("bones:\n", "bones:\n  idle: {name: 白操心}\n"))
    text = page(folder, tmp_path, "zh")
    assert 'class="chip bones bad"' in text and "W419" in text


def test_what_stands_in_a_file_is_only_text(tmp_path: Path) -> None:
    nasty = '"</pre><img src=x onerror=alert(1)>"'
    text = page(small.write(tmp_path, small.SCENARIO.replace("name: 拜访", f"name: {nasty}")), tmp_path, "en")
    assert "<img" not in text and "&lt;img" in text


def test_a_text_is_cut_by_its_width() -> None:
    assert cut("接口验证接口验证", 8) == "接口验证…" and cut("short", 8) == "short" and cut("a\nb\x1b", 9) == "a b"
