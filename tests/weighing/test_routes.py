"""Routes: that they are played as they are written, that what they come to is told, and that no slip in one goes by."""

from __future__ import annotations

import pytest

from game.cli.routes import route_report
from game.engine.chance import seed_of
from game.i18n import Say
from game.paths import SCENARIOS
from game.play.playing import start_playing
from game.policies.route import route_policy
from game.policies.simulation import simulation_of
from game.scenario.load import Loaded, Ready, load, load_ready
from game.weighing.batches import FIRST, Runner, at_once, cut
from game.weighing.routes import PLAYS, route_player, routes_played

OFFICE = SCENARIOS / "office-supplies"
WRITTEN = (OFFICE / "scenario.yaml").read_text(encoding="utf-8")
"""A deal to add routes to."""


def with_routes(text: str) -> Loaded:
    without = WRITTEN.partition("\nroutes:")[0] + "\n" if "\nroutes:" in WRITTEN else WRITTEN
    return load(OFFICE, SCENARIOS, text=f"{without}\nroutes:\n{text}")


def ready_with(text: str) -> Ready:
    found = with_routes(text)
    assert found.scenario and found.texts and found.compiled, [p.code for p in found.problems]
    return Ready(found.name, found.scenario, found.texts, found.compiled, found.conditions)


@pytest.mark.parametrize(
    ("written", "code", "at"),
    [
        ("  a: {text: 走一走, order: {P0: [cal]}}", "E201", "cal"),
        ("  a: {text: 走一走, order: {P0: [call.lily]}}", "E201", "call.lily"),
        ("  a: {text: 走一走, order: {P9: [call]}}", "E201", "P9"),
        ("  a: {text: 走一走, order: {P0: [sign]}}", "E236", "sign"),
        ("  a: {text: 走一走, endings: victory}", "E201", "victory"),
        ("  a: {text: 走一走, answers: {how_sure: plane}}", "E201", "plane"),
        ("  a: {text: 走一走, wins: 0.5}", "E227", "0.5"),
        ("  a: {text: 走一走, then: {P0: [call]}}", "E203", "then"),
    ],
)
def test_a_slip_in_a_route_is_told_where_it_stands(written: str, code: str, at: str) -> None:
    found = with_routes(written)
    assert [p.code for p in found.problems if p.severity == "error"] == [code]
    problem = found.problems[0]
    assert problem.source[problem.place.column - 1 :].startswith(at)


def test_work_with_somebody_it_is_not_for_is_told() -> None:
    """Only users of the goods take part in a trial."""
    found = with_routes("  a: {text: 走一走, order: {P1: [trial.wang]}}")
    assert [p.code for p in found.problems if p.severity == "error"] == ["E248"]


def test_a_route_is_played_as_it_is_written() -> None:
    """In its order, as often as a thing stands there, with whom it names."""
    ready = ready_with("  a: {text: 走一走, order: {P0: [call.liu, account_plan, call.liu], P1: [visit]}}")
    playing = start_playing(ready.compiled, seed_of(FIRST, 4))
    player, t = route_player(ready, "a"), ready.compiled.tables
    while not playing.over and playing.stage == 0:
        playing.decide(route_policy(t, playing.state, player))
    starts = [tuple(words[1:2] + words[3:]) for words in playing.decisions if words[0] == "start"]
    assert starts[0] == ("call", "liu")
    assert set(starts[:3]) == {("call", "liu"), ("account_plan",)}


def test_the_same_comes_out_with_and_without_machine_code() -> None:
    ready = ready_with("  a: {text: 走一走, order: {P0: [call, account_plan]}}")
    deal, player = simulation_of(ready), route_player(ready, "a")
    block = cut(player, FIRST, 24, watch=True)[0]
    with at_once(deal) as answer:
        at_hand = next(iter(answer([block])))
    plain = Runner(deal, plain=True).play(block)
    assert vars(at_hand) == vars(plain)


def test_stages_a_route_leaves_out_are_worked_as_the_course_has_them() -> None:
    ready = ready_with("  a: {text: 走一走}\n  b: {text: 走一走, order: {P3: [call]}}")
    a, b = (route_player(ready, name) for name in "ab")
    assert a.order != b.order
    names = ready.compiled.ids.actions
    assert [names[k] for k in a.order[: a.order_end[0]]] == ready.compiled.course["P0"]
    assert b.order_end[3] - b.order_first[3] == 1


def test_a_route_that_falls_short_is_told_with_what_stands_in_its_way() -> None:
    found = with_routes("  idle: {text: 干等, wins: 90%, order: {P0: [call], P1: [], P2: [], P3: [], P4: [], P5: []}}")
    lines, problems = route_report(found, Say("en"))
    short = [p for p in problems if p.code == "E501"]
    assert len(lines) == len(short) == 1 and "90%" in lines[0]
    assert "The award comes in week" in short[0].hint(Say("en"))
    assert "idle" in short[0].source


def test_work_of_a_route_that_is_never_done_is_told_with_the_reason() -> None:
    found = with_routes(
        "  a: {text: 走一走, wins: 1%, order: {P0: [call], P2: [find_coach], P1: [find_coach, find_coach, find_coach]}}"
    )
    _, problems = route_report(found, Say("en"))
    assert not [p for p in problems if p.code == "E501"]
    told = {p.values["step"]: p.message(Say("en")) for p in problems if p.code == "W503"}
    assert all("never done" in sentence for sentence in told.values())


def test_the_routes_of_the_shipped_deals_win_as_often_as_they_say() -> None:
    for folder in (SCENARIOS / name for name in ("office-supplies", "smart-factory", "plant-two")):
        found = load(folder, SCENARIOS)
        lines, problems = route_report(found, Say("zh"))
        assert len(lines) >= 2 and not problems, [p.message(Say("en")) for p in problems]


def test_plays_do_not_depend_on_how_many_routes_there_are() -> None:
    ready = load_ready(OFFICE, SCENARIOS)
    deal = simulation_of(ready)
    with at_once(deal) as answer:
        rows = routes_played(ready, answer)
    assert [row["name"] for row in rows] == list(ready.scenario.routes)
    assert all(row["wins"]["n"] == PLAYS for row in rows)
