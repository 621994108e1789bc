from __future__ import annotations

import re
from pathlib import Path

from game.i18n import fields_of, texts
from game.paths import ROOT, SCENARIOS
from game.scenario.load import load, names


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    zh, en = texts("zh"), texts("en")
    assert set(zh) == set(en)
    differing = {k for k in zh if fields_of(zh[k]) != fields_of(en[k])}
    # Chinese leaves out what its word order makes superfluous.
    assert differing <= {k for k in zh if fields_of(zh[k]) <= fields_of(en[k]) or fields_of(en[k]) <= fields_of(zh[k])}


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
