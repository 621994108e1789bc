"""A scenario has one budget for all its files, and no file makes the check slow, heavy or endless."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from game.i18n import Say
from game.scenario.load import Loaded, load
from game.scenario.problems import MOST, distance, errors, nearest, render
from game.scenario.source import Budget
from tests.judging.test_judge import TINY

SLOWEST = 6.0
"""Seconds of processor time; what hangs takes minutes. The slowest here needs about one."""
HEAVIEST = 400
"""MB that the whole of these tests may add to what Python takes anyhow."""
ROW = "  a{k}: {{name: 做, stage: P0, by: ae, chance: 50, outcomes: {{success: {{need: 1, say: 好好好好好好好好}}}}}}\n"


def checked(shelf: Path, text: str, **more: str) -> Loaded:
    """The scenario with the files beside it, looked at and told in time."""
    folder = shelf / "deal"
    folder.mkdir(exist_ok=True)
    for name, content in {"scenario": text, **more}.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    start = time.process_time()
    found = load(folder, shelf)
    for problem in found.problems:
        assert len(render(problem, Say("zh"))) < 2_000
    assert time.process_time() - start < SLOWEST
    return found


def codes(found: Loaded) -> list[str]:
    return list(dict.fromkeys(p.code for p in found.problems))


def section(name: str, rows: int, row: str) -> str:
    return f"{name}:\n" + "".join(row.format(k=k) for k in range(rows))


def with_actions(rows: int, row: str, text: str = TINY) -> str:
    return text.replace("gauges:", "".join(row.format(k=k) for k in range(rows)) + "gauges:", 1)


def test_many_files_are_no_way_round_the_limit_of_one(tmp_path: Path) -> None:
    """24 files of just under 1 MB: reading stops early, with one word that it did."""
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = 950_000 // len(ROW.encode())
    parts = {f"p{n}": section("actions", rows, ROW.replace("a{k}", f"a{n}_{{k}}")) for n in range(24)}
    assert all(900_000 < len(text.encode()) < 1_000_000 for text in parts.values())
    found = checked(tmp_path, f"{TINY}use: [{', '.join(parts)}]\n", **parts)
    assert codes(found) == ["E104"] and len(found.problems) == 1
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (after - before) // 1024 < HEAVIEST


def test_bytes_are_counted_over_all_files_too(tmp_path: Path) -> None:
    parts = {f"p{n}": f"# {'x' * 990_000}\ncoaching: {{}}\n" for n in range(6)}
    found = checked(tmp_path, f"{TINY}use: [{', '.join(parts)}]\n", **parts)
    assert codes(found) == ["E121"] and found.problems[0].place.file.endswith("p4.yaml")
    assert Budget.bytes < 5_000_000


def test_translations_are_read_from_the_same_budget(tmp_path: Path) -> None:
    parts = {f"p{n}": f"# {'x' * 990_000}\ncoaching: {{}}\n" for n in range(4)}
    found = checked(tmp_path, f"{TINY}use: [{', '.join(parts)}]\n", en=f"# {'x' * 500_000}\n", **parts)
    assert [p.code for p in errors(found.problems)] == ["E121"] and found.problems[0].place.file.endswith("en.yaml")
    notes = section("coaching", 12_000, "  c{k}: {{when: need, text: a}}\n")
    english = "".join(f"coaching.c{k}.text: a\n" for k in range(18_000))
    many = checked(tmp_path, f"{TINY}use: p0\n", p0=notes, en=english)
    assert [p.code for p in errors(many.problems)] == ["E104"]


def test_the_deal_before_is_read_from_the_same_budget(tmp_path: Path) -> None:
    for n in range(6):
        (tmp_path / f"before{n}").mkdir()
        (tmp_path / f"before{n}" / "scenario.yaml").write_text(f"# {'x' * 990_000}\nendings: {{won: {{}}}}\n", encoding="utf-8")
    after = ", ".join(f"before{n}: {{won: {{}}}}" for n in range(6))
    found = checked(tmp_path, f"{TINY}start: {{after: {{{after}}}}}\n")
    assert codes(found) == ["E121"]


FLOODS = {
    "wrong tags": TINY.replace("by: ae, cut", f"by: ae, tags: [{', '.join(['x'] * 40_000)}], cut", 1),
    "yaml tags": TINY + section("coaching", 25_000, "  k{k}: {{when: need, text: !x a}}\n"),
    "unknown keys": TINY + "".join(f"key{k}: 1\n" for k in range(45_000)),
    "missing keys": TINY.replace("facts:\n", section("facts", 20_000, "  f{k}: {{texx: a}}\n")),
    "keys twice": TINY + section("coaching", 15_000, "  k: {{when: need, text: a}}\n"),
    "unknown effects": TINY.replace("success: {need: 1,", "success: {" + "".join(f"need{k}: 1, " for k in range(40_000)), 1),
    "unknown stages": TINY.replace("stage: P0, by", f"stage: [{', '.join(f'Q{k}' for k in range(40_000))}], by", 1),
    "odd spaces": TINY + section("coaching", 80_000, "\tk{k}: 1\n"),
    "files to use": f"{TINY}use: [{', '.join(f'u{k}' for k in range(60_000))}]\n",
    "deals before": f"{TINY}start: {{after: {{{', '.join(f'u{k}: {{}}' for k in range(20_000))}}}}}\n",
    "control characters": TINY + section("coaching", 20_000, '  k{k}: "\\e"\n'),
    "conditions": TINY + section("coaching", 20_000, "  k{k}: {{when: neeed, text: a}}\n"),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_of_a_flood_of_mistakes_the_first_are_told(tmp_path: Path, flood: str) -> None:
    found = checked(tmp_path, FLOODS[flood])
    assert errors(found.problems) and len(found.problems) <= 2 * MOST + 1
    if len(found.problems) > MOST:
        assert found.problems[-1].code == "W101" and str(MOST) in found.problems[-1].message(Say("en"))


def test_a_flood_of_remarks_hides_no_error(tmp_path: Path) -> None:
    english = "".join(f"actions.x{k}.name: a\n" for k in range(40_000)) + "title: [a]\n"
    found = checked(tmp_path, TINY, en=english)
    assert [p.code for p in errors(found.problems)] == ["E204"] and found.problems[-1].code == "W101"


PERSON = "  p{k}: {{name: a, title: b, level: top, function: general, stance: 0}}\n"
TEAM = "".join(f"m{k}: {{name: a, role: account}}, " for k in range(4_000))
HEAVY = {
    "people": TINY.replace("meters:", section("people", 4_000, PERSON) + "meters:").replace("team: {", "team: {" + TEAM),
    "facts": TINY.replace("facts:\n", section("facts", 6_000, "  f{k}: {{text: a, element: need, swot: threat, prior: 50%}}\n"))
    + section("coaching", 5_000, "  c{k}: {{when: need >= 3, text: a}}\n"),
    "actions": with_actions(5_000, ROW).replace("size: S", "size: L"),
    "names": TINY + f"? {'a' * 400_000}x\n: 1\n? {'a' * 400_000}y\n: 1\n",
}


@pytest.mark.parametrize("heavy", HEAVY)
def test_nothing_is_made_of_more_than_there_is_room_for(tmp_path: Path, heavy: str) -> None:
    assert codes(checked(tmp_path, HEAVY[heavy])) == ["E203" if heavy == "names" else "E215"]


def test_conditions_with_very_many_ways_are_no_trap(tmp_path: Path) -> None:
    """(a or b) and (c or d) and … can be gone through in as many ways as 2 to the power of its parts."""
    meters = "".join(f"  a{k}: {{name: 甲, start: 0}}\n  b{k}: {{name: 乙, start: 0}}\n" for k in range(20))
    moves = ", ".join(f"a{k}: 1, b{k}: 1" for k in range(20))
    every = " and ".join(f"(a{k} >= 1 or b{k} >= 1)" for k in range(20))
    text = TINY.replace("meters:\n", "meters:\n" + meters).replace("when: need >= 90, payoff", f"when: {every}, payoff", 1)
    rows = f"  move: {{name: 动, stage: P0, by: ae, chance: 50, outcomes: {{a: {{{moves}}}, b: {{say: 坏}}}}}}\n"
    rows += "".join(
        f"  w{k}: {{name: 做, stage: P0, by: ae, chance: 50, when: {every} and need >= {k}, outcomes: {{a: {{}}}}}}\n"
        for k in (1, 2)
    )
    rows += "".join(
        f"  n{k}: {{name: 做, stage: P0, by: ae, chance: 50, when: {every} and need <= -1, outcomes: {{a: {{}}}}}}\n"
        for k in (1, 2)
    )
    found = checked(tmp_path, text.replace("gauges:", rows + "gauges:"))
    assert not errors(found.problems) and found.compiled is not None


def test_the_largest_deals_are_looked_through_in_time(tmp_path: Path) -> None:
    """A thousand actions, each open only after the next one; and a thousand that could each stand over every other."""
    large = TINY.replace("size: S", "size: L")
    chain = "  m{k}: {{name: 做, stage: P0, by: ae, when: said.w{k} or week >= 3, outcomes: {{a: {{said: v{k}}}}}}}\n"
    last = "  last: {name: 做, stage: P0, by: ae, times: 1, outcomes: {a: {said: w599}}}\n"
    text = with_actions(600, chain, large.replace("gauges:", last + "gauges:"))
    for k in range(599):
        text = text.replace(f"said: v{k + 1}}}", f"said: w{k}}}", 1)
    assert not errors(checked(tmp_path, text).problems)
    open_to = "(need >= 3 or week >= 2) and need <= 9{k}"
    same = f"  m{{k}}: {{{{name: 做, stage: P0, by: ae, when: {open_to}, outcomes: {{{{a: {{{{need: {{k}}}}}}}}}}}}}}\n"
    assert not errors(checked(tmp_path, with_actions(1_000, same, large)).problems)


def test_what_the_program_puts_together_may_be_longer_than_what_is_written(tmp_path: Path) -> None:
    """Stages, promises, strategies and the table add to the author's conditions; none of them breaks for that."""
    longest = " or ".join(["need >= 1"] * 100)
    stages = "{P0: {name: 零, milestone: 10%}, " + ", ".join(f"Q{k}: {{name: 零, milestone: 10%}}" for k in range(60)) + "}"
    text = TINY.replace("stages: {P0: {name: 零, milestone: 10%}}", f"stages: {stages}").replace("size: S", "size: L")
    text = text.replace("stage: P0, by", f"stage: [P0, {', '.join(f'Q{k}' for k in range(60))}{', P0' * 100}], by", 1)
    text += f"strategies: {{s: {{name: 略, kind: position, when: {longest}, chances: {{strategy: 3}}}}}}\n"
    text += f"promises: {{p: {{text: 约, test: {longest}, chance: 50, kept: {{}}, broken: {{}}}}}}\n"
    issue = "{name: 价, cost: 5, worth: 3, give: 让, trade: 换}"
    text += f"negotiation: {{stage: P0, by: ae, when: {longest}, issues: {{{'价' * 80}: {issue}}}}}\n"
    assert not errors(checked(tmp_path, text).problems)
    assert codes(checked(tmp_path, text.replace("价" * 80, "价" * 81)))[0] == "E220"


def test_looking_for_the_nearest_name_is_bounded() -> None:
    start = time.process_time()
    assert nearest("a" * 100_000, ["a" * 100_000 + "b"]) == ""
    assert nearest("x" * 30, [f"{k:030}" for k in range(100_000)]) == ""
    assert distance("a" * 1_000_000, "b" * 1_000_000, 2) == 3
    assert time.process_time() - start < 1
