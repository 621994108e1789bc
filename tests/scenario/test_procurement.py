"""The twenty-five points of docs/procurement, each by its number: what the law asks of a deal holds in the deals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from game.engine.award import award_odds
from game.engine.odds import holds, roll_odds
from game.engine.state import new_dice, new_state
from game.engine.step import begin, is_legal, run_on, step
from game.judging.judge import candidates
from game.paths import ROOT, SCENARIOS
from game.policies.policies import POLICIES
from game.scenario.load import Ready, load_ready
from game.scenario.problems import Problem
from game.scenario.procurement import NOTICE, RULES
from game.scenario.tables import BIDS_OPEN, CLOSES, PHASE, STAGE, STARTS, WEEK, WINNER, State
from tests.scenario.test_check import problems

BIG = ("smart-factory", "plant-two")
DEALS = (*BIG, "office-supplies")
PROCUREMENT = "procurement: {kind: inquiry, issue: measurement, weeks: 2, judging: 1}"
RIVAL = "  mall:\n    name: 电商专区（网上商城）"
PRICE = "price:   {name: 价格, weight: 45,"


def bought(kind: str, weeks: int, judging: int = 1) -> tuple[str, str]:
    """An edit of the small deal: another way of buying."""
    return PROCUREMENT, f"procurement: {{kind: {kind}, issue: measurement, weeks: {weeks}, judging: {judging}}}"


def codes(found: list[Problem]) -> set[str]:
    return {p.code for p in found}


def shipped(name: str) -> Ready:
    return load_ready(SCENARIOS / name, SCENARIOS)


def actions(ready: Ready, *wanted: str) -> list[int]:
    return [ready.compiled.ids.actions.index(name) for name in wanted if name in ready.compiled.ids.actions]


def starts(ready: Ready, *wanted: str) -> list[int]:
    """The decisions that start one of these actions."""
    t, names = ready.compiled.tables, ready.compiled.ids.actions
    return [STARTS + arm for arm in range(t.n_arm) if names[t.pair_action[t.arm_pair[arm]]] in wanted]


@dataclass
class Moment:
    ready: Ready
    s: State
    before: State


def moments(ready: Ready, policy: str, seeds: range) -> list[Moment]:
    """The states of some plays, each with the one before it."""
    t, found = ready.compiled.tables, []
    for seed in seeds:
        s, d = new_state(t), new_dice(seed)
        begin(t, s, d)
        over = run_on(t, s, d, 0)
        while not over:
            before = copied(s)
            over = step(t, s, d, POLICIES[policy](t, s, seed))
            found.append(Moment(ready, copied(s), before))
    return found


def copied(s: State) -> State:
    found = State()
    for name, value in vars(s).items():
        setattr(found, name, list(value))
    return found


# ---- 1 to 8: how long bids are taken
@pytest.mark.parametrize("kind", sorted(RULES))
def test_points_1_to_8_bids_are_taken_as_long_as_the_way_of_buying_asks(tmp_path: Path, kind: str) -> None:
    least = RULES[kind].weeks
    assert "E234" not in codes(problems(tmp_path / "a", bought(kind, least, NOTICE)))
    if least > 1:
        assert "E234" in codes(problems(tmp_path / "b", bought(kind, least - 1, NOTICE)))


def test_point_9_from_the_papers_to_the_award_nobody_is_surprised(tmp_path: Path) -> None:
    assert "E235" in codes(problems(tmp_path, bought("private", 1, 1)))


@pytest.mark.parametrize("name", DEALS)
def test_point_10_no_award_before_bids_are_closed_and_judged(name: str) -> None:
    ready = shipped(name)
    t, seen = ready.compiled.tables, 0
    for m in moments(ready, "greedy", range(8)):
        if m.s.x[WINNER] and not m.before.x[WINNER] and m.s.x[CLOSES]:
            assert m.s.x[WEEK] >= m.s.x[CLOSES] + t.judge_weeks
            seen += 1
    assert seen


@pytest.mark.parametrize("name", DEALS)
def test_points_11_and_12_no_bid_before_the_papers_nor_after_the_closing(name: str) -> None:
    ready = shipped(name)
    t, bids = ready.compiled.tables, starts(ready, "submit_bid", "bid_lean", "bid_deep")
    closed = {"before": 0, "after": 0}
    for m in moments(ready, "greedy", range(8)):
        if not m.s.x[BIDS_OPEN]:
            assert not any(is_legal(t, m.s, k) for k in bids)
            closed["after" if m.s.x[CLOSES] else "before"] += 1
    assert closed["before"] and closed["after"]


# ---- 13 and 14: bidders
@pytest.mark.parametrize("kind", [kind for kind, rules in sorted(RULES.items()) if rules.bidders == 3])
def test_point_13_with_two_bidders_it_fails(tmp_path: Path, kind: str) -> None:
    text = (SCENARIOS / "office-supplies" / "scenario.yaml").read_text(encoding="utf-8")
    third = text[text.index(RIVAL) : text.index("\ngauges:")]
    assert "E237" in codes(problems(tmp_path / "a", bought(kind, 4), (third, "")))
    assert "E237" not in codes(problems(tmp_path / "b", bought(kind, 4)))


def test_point_14_a_single_source_has_nobody_beside_it(tmp_path: Path) -> None:
    assert "E238" in codes(problems(tmp_path, bought("single_source", 3)))


# ---- 15 to 18: criteria
@pytest.mark.parametrize(("weight", "sound"), [(20, False), (24, True), (80, True), (90, False)])
@pytest.mark.parametrize("kind", [kind for kind, rules in sorted(RULES.items()) if rules.scored])
def test_points_15_and_16_the_price_of_goods_counts_for_30_to_60_percent(
    tmp_path: Path, kind: str, weight: int, sound: bool
) -> None:
    found = codes(problems(tmp_path, bought(kind, 3), (PRICE, f"price:   {{name: 价格, weight: {weight},")))
    assert ("E239" not in found) == sound


def weights(ready: Ready, s: State) -> list[int]:
    return [s.x[slot] for slot in ready.compiled.tables.weight_slot]


def test_points_17_and_18_criteria_move_before_the_papers_and_stand_after_them(office: Ready) -> None:
    moved = 0
    for m in [m for policy in ("random", "greedy") for m in moments(office, policy, range(20))]:
        if m.before.x[CLOSES]:
            assert weights(office, m.s) == weights(office, m.before)
        moved += weights(office, m.s) != weights(office, m.before)
    assert moved


# ---- 19 to 21: the price
@pytest.mark.parametrize("name", DEALS)
def test_point_19_nobody_bargains_before_the_award_where_the_papers_bind(name: str) -> None:
    ready = shipped(name)
    t = ready.compiled.tables
    issues = ready.scenario.negotiation.issues if ready.scenario.negotiation else {}
    talks = starts(ready, *(f"{way}_{name}" for way in ("give", "trade") for name in issues))
    assert talks
    for m in moments(ready, "greedy", range(6)):
        assert m.s.x[WINNER] == 1 or not any(is_legal(t, m.s, k) for k in talks)


@pytest.mark.parametrize("kind", [kind for kind, rules in sorted(RULES.items()) if rules.bound])
def test_point_20_the_contract_is_what_the_bid_said(tmp_path: Path, kind: str) -> None:
    edit = ("worth: {3: 40%, 5: 60%}, substance: false,", "worth: {3: 40%, 5: 60%},")
    assert "E240" in codes(problems(tmp_path / "a", bought(kind, 4), edit))
    assert "E240" not in codes(problems(tmp_path / "b", bought(kind, 4)))


def test_point_21_no_special_price_once_bids_are_closed(office: Ready) -> None:
    t, specials = office.compiled.tables, starts(office, "adjust_price")
    legal = {True: 0, False: 0}
    for m in moments(office, "greedy", range(10)):
        for k in specials:
            closed = bool(m.s.x[CLOSES]) and not m.s.x[BIDS_OPEN]
            legal[closed] += is_legal(t, m.s, k)
    assert legal[False] and not legal[True]


@pytest.mark.parametrize("name", DEALS)
def test_point_22_a_clarification_changes_no_price(name: str) -> None:
    ready = shipped(name)
    for key in ("clarify", "rehearsal"):
        if key in ready.scenario.actions:
            for outcome in ready.scenario.actions[key].outcomes.values():
                assert not {slot for slot in outcome.effects if "price" in slot or slot == "conceded"}


# ---- 23 and 24: form
@pytest.mark.parametrize("name", DEALS)
def test_point_23_a_bid_out_for_its_form_is_judged_no_further(name: str) -> None:
    ready = shipped(name)
    t, ids = ready.compiled.tables, ready.compiled.ids
    s = new_state(t)
    begin(t, s, new_dice(2))
    s.x[PHASE], s.x[ids.slots.index("said.bid_void")] = t.award_phase - 1, 1
    award_odds(t, s, 0)
    assert s.scratch[0] == 0
    s.x[ids.slots.index("said.bid")] = 1
    award_odds(t, s, 0)
    assert s.scratch[0] > 0


@pytest.mark.parametrize("name", DEALS)
def test_point_24_a_check_before_the_closing_keeps_the_form_right(name: str) -> None:
    ready = shipped(name)
    t, ids = ready.compiled.tables, ready.compiled.ids
    s = new_state(t)
    begin(t, s, new_dice(2))
    for a in actions(ready, "submit_bid", "bid_lean", "bid_deep"):
        roll = t.action_roll[a]
        s.x[ids.slots.index("said.bid_checked")] = 0
        unchecked = roll_odds(t, s, roll, 0, 0, 0)
        s.x[ids.slots.index("said.bid_checked")] = 1
        assert unchecked < roll_odds(t, s, roll, 0, 0, 0)


# ---- 25: bribes, sealed bids
@pytest.mark.parametrize("name", DEALS)
def test_point_25_bribes_and_peeping_are_breaches_never_advised_and_end_the_deal_when_they_come_out(name: str) -> None:
    ready = shipped(name)
    t, ids = ready.compiled.tables, ready.compiled.ids
    breaches = {key for key, a in ready.scenario.actions.items() if "违规" in (a.about or "")}
    every = {key for key, a in ready.scenario.actions.items() if a.breach}
    assert breaches and all(key.startswith("answer_") for key in every - breaches)
    breaches = every
    for m in moments(ready, "random", range(4)):
        advised = {ids.actions[t.pair_action[t.arm_pair[d - STARTS]]] for d in candidates(t, m.s) if d >= STARTS}
        assert not advised & breaches
    excluded = [k for k, name in enumerate(ids.endings) if ready.scenario.endings[name].kind == "excluded"]
    s = new_state(t)
    begin(t, s, new_dice(1))
    s.x[ids.slots.index("said.exposed")], s.x[STAGE], s.x[WINNER] = 1, t.n_stage, 1
    assert any(holds(t, s, t.ending_cond[k], 0, 0) for k in excluded)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_docs_list_these_points(language: str) -> None:
    text = (ROOT / "docs" / f"procurement.{language}.md").read_text(encoding="utf-8")
    assert [int(n) for n in re.findall(r"^\| (\d+) \|", text, re.M)] == list(range(1, 26))
