"""What can never matter is told, where it stands; in the shipped scenarios there is nothing of the kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.i18n import Say
from game.paths import ROOT, SCENARIOS
from game.scenario.load import load, names
from tests.scenario.slips import EN, ZH

DEAD = (
    (EN, "function: general, roles", "function: general, here: false, roles", "W412", "lowe:"),
    (EN, "function: general, roles", "function: general, found: false, roles", "W413", "lowe:"),
    (EN, "reports_to: grant", "reports_to: diaz", "W414", "diaz:"),
    (ZH, "level: top, function: general", "reports_to: liu, level: top, function: general", "W414", "wang:"),
    (EN, "claimed_by: [diaz], sure: 85%", "sure: 85%", "W415", "stock:"),
    (EN, "prior: 35%", "prior: 100%", "W416", "stock:"),
    (EN, "partly:  {share: 60%, need: 5,", "partly:  {share: 60%, said: half_a_week, need: 5,", "W417", "partly:"),
    (
        ZH,
        "promises:\n  four",
        "promises:\n  idle: {text: 白说, test: stage >= P7, chance: 50, kept: {}, broken: {}}\n  four",
        "W418",
        "idle:",
    ),
    (EN, "facts:\n", "meters:\n  mood: {name: Mood}\nbones:\n  gloom: {name: Gloom}\nfacts:\n", "W419", "gloom:"),
    (EN, "chance: 65 + 0.2", "chance: 65 + 0.1 * mood + 0.2", "W421", "mood:"),
    (
        EN,
        "  promise_loan:\n",
        "  chat:\n    name: Small talk\n    stage: P1\n    by: ae\n    outcomes: {done: {say: Rain.}}\n  promise_loan:\n",
        "W425",
        "chat:",
    ),
    (EN, "cost: {weeks: 1, money: 300}", "cost: {weeks: 6, money: 300}", "W426", "cost:"),
    (EN, "partly:  {share: 60%, need: 5,", "partly:  {share: 0%, need: 5,", "W427", "partly:"),
    (EN, "name: Tom (regional head), role: sponsor", "name: Tom (regional head), role: delivery", "W428", "boss:"),
    (
        ZH,
        "      plain:\n        say: “一半一半",
        "      plain:\n        when: stage >= 99\n        say: “一半一半",
        "W441",
        "when:",
    ),
    (EN, "when: phase <= select and not said.signed", "when: stage >= 99", "W447", "when:"),
    (ZH, " - 4 * bone.nobody_decides", "", "W419", "nobody_decides:"),
    (EN, "facts:\n", "meters:\n  mood: {name: Mood}\n\nfacts:\n", "W420", "mood:"),
    (EN, "by: [solution]", "by: [delivery]", "W423", "by:"),
    (EN, "with: {role: user, met: true}", "with: {role: user, level: top, met: true}", "W424", "with:"),
    (EN, "role: sponsor, level: top, uses: 3", "role: sponsor, level: top, uses: 0", "W429", "boss:"),
    (EN, "level: staff, about: knows the pumps", "level: staff, away: [[9, 3]], about: knows the pumps", "W430", "se:"),
    (EN, "good_at: {trial: 8, grant: 5}", "good_at: {promise_loan: 8, grant: 5}", "W431", "se:"),
    (EN, "when: won and patience <= 0 and not said.signed", "when: lost and won", "W432", "broken:"),
    (
        EN,
        "  signed:   {kind: won,",
        "  second:   {kind: won, reason: R, text: T, when: stage >= 8 and said.signed, payoff: 0}\n  signed:   {kind: won,",
        "W432",
        "second:",
    ),
    (ZH, "{id: spec, weight: 2,", "{id: spec, weight: 0,", "W434", "- {id: spec"),
    (ZH, "when: said.spec_confirmed}", "when: said.top_met}", "W433", "- {id: spec"),
    (EN, "weight: 45, us:", "weight: 55, us:", "W435", "criteria:"),
    (EN, "when: phase <= select and not said.signed", "when: week >= 99", "W436", "moves:"),
    (EN, "name: Peter Lowe", "name: Helen Grant", "W437", "lowe:"),
    (EN, "when: stage >= 8 or said.accepted", "when: stage >= 9 or said.accepted", "W438", "done:"),
    (ZH, "when: week >= 4 and week <= 8 and not won and not said.top_met", "when: week >= 44 and not won", "W442", "when:"),
    (ZH, "when: zhao.met or liu.met or chen.met", "when: week >= 99", "W445", "reading:"),
    (ZH, "{who: zhao, when: undecided or not won,", "{who: zhao, when: stage >= 99,", "W444", "nothing:"),
    (
        ZH,
        "    when: phase <= measurement\n    branches:\n      quoted",
        "    when: stage >= 99\n    branches:\n      quoted",
        "W446",
        "when:",
    ),
    (ZH, "test: stage >= P7", "test: stage >= 12", "W450", "test:"),
)
"""The folder, what is found in its file, what is written instead, the code, how the line begins that is pointed at."""


GONE = "".join(f"  {name}: {{by: [ae]}}\n" for name in ("study", "reference", "prepare_delivery", "acceptance"))
ALSO = {
    "W421": ("facts:\n", "meters:\n  mood: {name: Mood}\nfacts:\n"),
    "W428": ("actions:\n", f"actions:\n{GONE}"),
    "W426": ("weeks: 14, fronts", "weeks: 5, fronts"),
}
"""What is changed beside that, for some."""


@pytest.mark.parametrize(("folder", "found", "instead", "code", "begins"), DEAD, ids=lambda value: str(value)[:20])
def test_it_is_told_where_it_stands(folder: Path, found: str, instead: str, code: str, begins: str) -> None:
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    assert found in text
    text = text.replace(found, instead, 1)
    text = text.replace(*ALSO.get(code, ("", "")), 1) if code in ALSO else text
    problems = {p.code: p for p in reversed(load(folder, SCENARIOS, text=text).problems)}
    assert code in problems, sorted(problems)
    assert problems[code].source.strip().startswith(begins)
    for language in ("zh", "en"):
        assert problems[code].message(Say(language)) and problems[code].hint(Say(language))


@pytest.mark.parametrize("folder", [*(SCENARIOS / name for name in names(SCENARIOS)), EN], ids=lambda folder: folder.name)
def test_in_the_shipped_scenarios_nothing_is_dead(folder: Path) -> None:
    found = [(p.code, p.place.line) for p in load(folder, SCENARIOS).problems if p.code.startswith("W4")]
    assert found == []


def test_every_finding_has_a_sentence_and_a_hint_in_both_languages() -> None:
    source = (ROOT / "game" / "scenario" / "dead.py").read_text(encoding="utf-8")
    for code in set(re.findall(r"W4\d\d", source)):
        for language in ("zh", "en"):
            assert Say(language).has(f"problem.{code}") and Say(language).has(f"hint.{code}"), code
