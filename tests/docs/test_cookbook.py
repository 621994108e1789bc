"""Every example of the cookbook goes into a deal as it stands: it checks clean there, and what it brings is seen in play."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from game.cli.new import written
from game.cli.routes import ready_of, route_report
from game.i18n import Say
from game.paths import ROOT, SCENARIOS
from game.policies.policies import new_player
from game.policies.simulation import simulation_of
from game.scenario.interview import Interview
from game.scenario.load import Loaded, load
from game.weighing.batches import FIRST, Runner, add, cut

PAGES = {language: (ROOT / "docs" / f"cookbook.{language}.md").read_text(encoding="utf-8") for language in ("zh", "en")}
RECIPE = re.compile(r"^## (.+?)\n.*?```yaml\n(.*?)```", re.MULTILINE | re.DOTALL)
RECIPES = [(language, title, text) for language, page in PAGES.items() for title, text in RECIPE.findall(page)]
PLAYS = 48
SEEN_BY = ("random", "uniform", "greedy")


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")


def with_recipe(shelf: Path, language: str, text: str) -> Loaded:
    """The deal that `new` makes, with the recipe in its own file."""
    shutil.copytree(SCENARIOS / "library", shelf / "library")
    say = Say(language)
    first = shelf / "first-order"
    first.mkdir()
    base = written(Interview(language=language, market="professional"), "deal", say)
    (first / "scenario.yaml").write_text(base, encoding="utf-8")
    deal = shelf / "deal"
    deal.mkdir()
    whole, recipe = yaml.safe_load(base), yaml.safe_load(text)
    ahead = {"endings": {**recipe.get("endings", {}), **whole["endings"]}}
    merged = laid_over(whole, recipe) | ahead
    (deal / "scenario.yaml").write_text(yaml.safe_dump(merged, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load(deal, shelf)


def laid_over(base: Any, over: Any) -> Any:
    """A recipe's lines under the headings of the same name; outcomes are replaced as a whole, as the language has it."""
    found = dict(base)
    for key, value in over.items():
        whole = key in ("outcomes", "branches", "stance", "worth")
        found[key] = (
            laid_over(found[key], value) if isinstance(value, dict) and isinstance(found.get(key), dict) and not whole else value
        )
    return found


@pytest.mark.parametrize(("language", "title", "text"), RECIPES, ids=[f"{language}: {title}" for language, title, _ in RECIPES])
def test_a_recipe_checks_clean_and_what_it_brings_is_seen(tmp_path: Path, language: str, title: str, text: str) -> None:
    found = with_recipe(tmp_path, language, text)
    say = Say("en")
    assert not [p.message(say) for p in found.problems if p.code not in ("W301", "W304")], title
    _, short = route_report(found, say)
    assert not [p.message(say) for p in short], title
    ready = ready_of(found)
    assert ready
    deal, t = simulation_of(ready), ready.compiled.tables
    runner = Runner(deal, plain=True)
    tally = add([runner.play(cut(new_player(t, by), FIRST, PLAYS, watch=True)[0]) for by in SEEN_BY])
    recipe = yaml.safe_load(text)
    ids = ready.compiled.ids
    for name in recipe.get("actions", {}):
        assert tally.offered[ids.actions.index(name)], (title, name)
    for name in (*recipe.get("events", {}), *(f"scene_{n}" for n in recipe.get("scenes", {}))):
        assert tally.happened[ids.events.index(name)], (title, name)
    for name in recipe.get("facts", {}):
        k = ids.facts.index(name)
        assert tally.claimed[k] and tally.proved[k] + tally.refuted[k], (title, name)


def test_both_languages_have_the_same_recipes() -> None:
    per = {language: [yaml.safe_load(text) for lang, _, text in RECIPES if lang == language] for language in PAGES}
    assert len(per["zh"]) == len(per["en"]) >= 11
    assert [sorted(r) for r in per["zh"]] == [sorted(r) for r in per["en"]]
    for zh, en in zip(per["zh"], per["en"], strict=True):
        for group in ("facts", "actions", "events", "scenes", "promises", "routes"):
            assert list(zh.get(group, {})) == list(en.get(group, {}))
