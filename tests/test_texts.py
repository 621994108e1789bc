from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.i18n import LANGUAGES, Say, fields_of, texts
from game.paths import ROOT, SCENARIOS, TEXTS
from game.scenario.load import load, names


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    zh, en = texts("zh"), texts("en")
    assert set(zh) == set(en)
    differing = {k for k in zh if fields_of(zh[k]) != fields_of(en[k])}
    # Chinese leaves out what its word order makes superfluous.
    assert differing <= {k for k in zh if fields_of(zh[k]) <= fields_of(en[k]) or fields_of(en[k]) <= fields_of(zh[k])}


def test_no_text_stands_twice() -> None:
    for language in LANGUAGES:
        keys = Counter(
            line.split(":")[0]
            for path in TEXTS.glob(f"*.{language}.yaml")
            for line in path.read_text(encoding="utf-8").splitlines()
            if re.match(r"[a-z]", line)
        )
        assert not [key for key, times in keys.items() if times > 1]
        assert len(keys) == len(texts(language))


def test_texts_get_the_values_they_ask_for() -> None:
    for path in sorted((ROOT / "game").rglob("*.py")):
        for key, values in calls_of_say(ast.parse(path.read_text(encoding="utf-8"))):
            for language in LANGUAGES:
                assert fields_of(texts(language)[key]) <= values, f"{path.name}: {key}"


def calls_of_say(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """Every `say("key", name=…)` of a file whose key is written out and whose values are."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        key = node.args[0]
        if name == "say" and isinstance(key, ast.Constant) and all(k.arg for k in node.keywords):
            yield key.value, {str(k.arg) for k in node.keywords}


def test_every_code_that_is_raised_has_its_sentence() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "game").rglob("*.py"))
    for found in set(re.findall(r'"([EW]\d{3})"', code)):
        assert f"problem.{found}" in texts("zh"), found


def test_locks_hold_hashes_and_no_addresses() -> None:
    for path in ROOT.glob("*.lock"):
        text = Path(path).read_text(encoding="utf-8")
        assert "://" not in text and "file:" not in text and "--hash=sha256:" in text


def test_the_shipped_scenarios_are_complete_in_both_languages() -> None:
    for name in names(SCENARIOS):
        found = load(SCENARIOS / name, SCENARIOS)
        assert found.problems == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_may_be_unknown_has_a_name(language: str) -> None:
    """The kinds that checks name: a misspelt one of each is told in words."""
    kinds: set[str] = set()
    for path in (ROOT / "game" / "scenario").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "unknown":
                kinds |= {arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant)}
    assert {"action", "person", "scene"} <= kinds
    assert not [kind for kind in kinds if not Say(language).has(f"kind.{kind}")]
