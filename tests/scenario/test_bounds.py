"""What is proved never to happen: planted impossibilities are found, and nothing proved impossible ever happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from game.engine.odds import odds, worn
from game.engine.step import is_legal, running
from game.play.playing import start_playing
from game.policies.policies import random_policy
from game.scenario.bounds import Bounds
from game.scenario.dominance import dominated, needless
from game.scenario.load import Ready, load
from game.scenario.tables import STARTS
from tests.generate import scenario_and_deal
from tests.judging.test_judge import TINY

GHOST = "events: {ghost: {text: 鬼, chance: 10, when: need <= -1, branches: {come: {need: 1, say: 来}}}}\n"
PLANTED = {
    "W401": ("dig:\n", "dig:\n    cost: {money: 200}\n"),
    "W402": ("dig:\n", "dig:\n    when: need >= 150\n"),
    "W403": ("  out:", "  ghost: {kind: lost, reason: 死, text: 死, when: need <= -1, payoff: 0}\n  out:"),
    "W404": (
        "endings:",
        "events: {ghost: {text: 鬼, chance: 10, when: need <= -1, branches: {come: {need: 1, say: 来}}}}\nendings:",
    ),
    "W405": ("when: need >= 90, must", "when: need >= 101, must"),
    "W406": (
        "  bold:",
        "  poor: {name: 差, stage: P0, by: ae, cut: [0, 100], chance: 50, cost: {money: 5},"
        " outcomes: {success: {need: 1, say: 好}, failure: {say: 坏}}}\n  bold:",
    ),
    "W408": (
        "gauges:",
        "scenes:\n  talk:\n    title: 谈\n    who: ae\n    text: 谈\n    lines: 谈\n    when: week >= 2\n"
        "    answers: {go: {say: 走, outcomes: {told: {need: 1}}}, poor: {say: 哦, outcomes: {told: {say: 哦}}}}\ngauges:",
    ),
    "W407": ("  bold:", "  poor: {name: 必成, stage: P0, by: ae, chance: 50, outcomes: {success: {need: -1, say: 好}}}\n  bold:"),
}


def text_with(code: str) -> str:
    old, new = PLANTED[code]
    return TINY.replace(old, new, 1)


@pytest.mark.parametrize("code", PLANTED)
def test_planted_impossibilities_are_found_where_they_stand(code: str, tmp_path: Path) -> None:
    folder = tmp_path / "planted"
    folder.mkdir()
    text = text_with(code)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    found = load(folder, tmp_path)
    problems = [p for p in found.problems if p.code not in ("W301", "W415")]  # in Chinese only; its fact is a die
    assert [p.code for p in problems] == [code]
    line = text.splitlines()[problems[0].place.line - 1]
    assert any(word in line for word in ("dig", "ghost", "P0", "poor"))


def test_the_sound_deal_has_none(tmp_path: Path) -> None:
    folder = tmp_path / "sound"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(TINY, encoding="utf-8")
    assert [p.code for p in load(folder, tmp_path).problems] == ["W301", "W415"]  # in Chinese only; its fact is a die


def test_the_shipped_deals_have_none(office: Ready, factory: Ready) -> None:
    for ready in (office, factory):
        bounds = Bounds(ready.compiled, ready.scenario)
        assert list(bounds.never()) == [] and needless(bounds) == []


@pytest.mark.parametrize("seed", range(120))
def test_what_is_proved_impossible_never_happens(seed: int) -> None:
    sc, compiled = scenario_and_deal(seed)
    t, ids = compiled.tables, compiled.ids
    found = list(Bounds(compiled, sc).never())
    dead = {n.path[-1] for n in found if n.code in ("W401", "W402")}
    endings, events = ({n.path[-1] for n in found if n.code == code} for code in ("W403", "W404"))
    for k in range(6):
        playing = start_playing(compiled, k)
        while not playing.over:
            for arm in range(t.n_arm):
                name = ids.actions[t.pair_action[t.arm_pair[arm]]]
                assert name not in dead or not is_legal(t, playing.state, STARTS + arm)
            playing.decide(random_policy(t, playing.state, k))
        assert playing.result()["ending"] not in endings
        assert not any(playing.state.event_count[e] and name in events for e, name in enumerate(ids.events))


@pytest.mark.parametrize(
    "better", ["{success: {need: 2, say: 好}, failure: {need: 1, say: 坏}}", "{success: {need: 1, say: 好}, failure: {say: 坏}}"]
)
def test_what_may_fail_does_not_stand_over_what_cannot(better: str, tmp_path: Path) -> None:
    """`sure` always brings 1; the other brings 2, and where it fails 1 or nothing."""
    folder = tmp_path / "risk"
    folder.mkdir()
    planted = "  sure: {name: 稳得, stage: P0, by: ae, cut: [0, 100], chance: 50, outcomes: {success: {need: 1, say: 好}}}\n"
    planted += f"  risky: {{name: 险, stage: P0, by: ae, cut: [0, 100], chance: 50, outcomes: {better}}}\n"
    (folder / "scenario.yaml").write_text(TINY.replace("  bold:", planted + "  bold:", 1), encoding="utf-8")
    problems = [p for p in load(folder, tmp_path).problems if p.code == "W406"]
    assert ("sure" in [p.values["name"] for p in problems]) == ("need: 1, say: 坏" in better)


LESSER = [
    {"cost": {"weeks": 4, "money": 4}},
    {"when": "({when}) and week <= 6"},
    {"by": ["ae"]},
    {},
]


@pytest.mark.parametrize("seed", range(120))
def test_what_stands_over_an_action_is_open_wherever_it_is_and_as_likely(seed: int) -> None:
    """A copy that is worse in one thing is found; and whatever else is found holds in play."""

    def plant(written: dict[str, Any]) -> None:
        for k, name in enumerate(list(written["actions"])):
            action = written["actions"][name]
            if "ae" in action["by"]:
                whole = {"chance": "50", "when": "week >= 0"} | action
                worse = {key: v.format(**whole) if isinstance(v, str) else v for key, v in LESSER[(seed + k) % 4].items()}
                written["actions"][f"{name}_worse"] = action | worse

    sc, compiled = scenario_and_deal(seed, plant)
    t, ids = compiled.tables, compiled.ids
    bounds = Bounds(compiled, sc)
    found = dict(dominated(bounds))
    copies = {name for name in ids.actions if name.endswith("_worse")}
    assert copies - {n.path[-1] for n in bounds.never()} <= set(found)
    starts = {
        (ids.actions[t.pair_action[t.arm_pair[k]]], t.pair_person[t.arm_pair[k]], t.arm_member[k]): k for k in range(t.n_arm)
    }
    for k in range(4):
        playing = start_playing(compiled, k)
        while not playing.over:
            s = playing.state
            for (name, person, member), arm in starts.items():
                if name not in found or not is_legal(t, s, STARTS + arm):
                    continue
                other = starts[found[name], person, member]
                if s.tries[t.arm_pair[other]] == 0 and not running(t, s, t.arm_pair[other]):
                    assert is_legal(t, s, STARTS + other)
                    assert odds(t, s, other, 0) + worn(t, s, t.arm_pair[arm]) >= odds(t, s, arm, 0)
            playing.decide(random_policy(t, s, k))
