"""The page on how scenarios are written: every line in its boxes is read as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from game.cli.new import written
from game.i18n import Say
from game.paths import ROOT, SCENARIOS
from game.scenario.interview import Interview
from game.scenario.load import load
from game.scenario.overlay import overlay
from game.scenario.problems import errors
from game.scenario.source import Source, read_text

OFFICE = SCENARIOS / "office-supplies"
LANGUAGES = ("zh", "en")


def page(name: str, language: str) -> str:
    return (ROOT / "docs" / f"{name}.{language}.md").read_text(encoding="utf-8")


def boxes(text: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def lines(kind: str) -> list[tuple[str, str]]:
    found = []
    for language in LANGUAGES:
        for box in boxes(page("writing", language), kind):
            found += [(language, line.partition("  # ")[0].strip()) for line in box.splitlines()]
    return found


def told(language: str, old: str, new: str) -> list[str]:
    """What is wrong with the deal that `new` makes, with this put into it."""
    base = written(Interview(language=language, market="professional"), "deal", Say(language))
    assert old in base
    found = load(OFFICE, SCENARIOS, text=base.replace(old, new, 1))
    return [p.message(Say("en")) for p in errors(found.problems)]


@pytest.mark.parametrize(("language", "line"), lines("conditions"))
def test_a_condition_of_the_page_can_stand_in_an_event(language: str, line: str) -> None:
    assert not told(language, "when: phase <= decide and week >= 2", f"when: {line}")


@pytest.mark.parametrize(("language", "line"), lines("odds"))
def test_a_sum_of_the_page_can_be_the_odds_of_an_action(language: str, line: str) -> None:
    assert not told(language, "chance: 55 + 0.3 * target.rapport - 8 * phase_gap", f"chance: {line}")


@pytest.mark.parametrize(("language", "line"), lines("effects"))
def test_an_effect_of_the_page_can_stand_in_an_outcome(language: str, line: str) -> None:
    base = written(Interview(language=language, market="professional"), "deal", Say(language))
    outcome = re.search(r"      failure: \{target\.rapport: -3.*\n", base)
    assert outcome
    assert not told(language, outcome[0], f"      failure:\n        {line}\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_go_together_as_the_page_says(language: str) -> None:
    (box,) = boxes(page("writing", language), "merge")
    library, yours, together = box.split("---\n")
    whole = Source()
    overlay(whole, read_text(library, "library"))
    overlay(whole, read_text(yours, "yours"))
    assert whole.data == read_text(together, "together").data
    assert yaml.safe_load(together)


@pytest.mark.parametrize("name", ["writing", "cookbook", "tutorial"])
def test_links_between_pages_lead_to_pages(name: str) -> None:
    for language in LANGUAGES:
        path = ROOT / "docs" / f"{name}.{language}.md"
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).is_file(), (path.name, target)


def test_both_languages_say_the_same_number_of_things() -> None:
    for name in ("writing", "cookbook", "tutorial"):
        zh, en = (page(name, language) for language in LANGUAGES)
        for mark in ("\n## ", "```", "\n| "):
            assert zh.count(mark) == en.count(mark), (name, mark)
    assert Path(OFFICE).is_dir()
