"""What an open point of a gate takes, as the desk and the terminal say it."""

from __future__ import annotations

from game.belief.belief import AtFirst
from game.belief.watched import Watched
from game.desk.gates import Gates
from game.engine.effects import apply
from game.i18n import Say
from game.play.playing import start_playing
from game.scenario.load import Ready
from game.scenario.tables import STAGE
from game.session.session import Session
from game.words.names import Teller


def at_stage(ready: Ready, stage: int) -> Watched:
    watched = Watched(start_playing(ready.compiled, 1), AtFirst(ready.compiled.tables))
    watched.state.x[STAGE] = stage
    return watched


def test_every_point_but_the_customers_own_names_an_action_that_may_bring_it(office: Ready, factory: Ready) -> None:
    for ready in (office, factory):
        gates = Gates(Teller(ready, Say("zh")))
        for g, stage in enumerate(ready.compiled.ids.stages):
            serving = gates.serving(at_stage(ready, g))
            for point in ready.scenario.gates[stage]:
                text = gates.tell.text("gates", stage, point.id, "text")
                named = any(found.startswith(text) for points in serving.values() for found in points)
                assert named or point.when in ("phase >= decide", "won"), (stage, point.id)


def test_a_point_that_is_met_is_served_by_nothing(office: Ready) -> None:
    gates, watched = Gates(Teller(office, Say("zh"))), at_stage(office, 0)
    assert "call" in gates.serving(watched)
    watched.state.x[office.compiled.ids.slots.index("said.meeting")] = 1
    assert "call" not in gates.serving(watched)


def test_a_point_about_one_person_names_them(factory: Ready) -> None:
    """A visit counts at P3 only where it goes to the head of IT."""
    gates = Gates(Teller(factory, Say("zh")))
    person = gates.tell.person(factory.compiled.ids.people.index("luo"))
    assert any(person in text for text in gates.serving(at_stage(factory, 3))["visit"])


def test_breaches_never_count(factory: Ready) -> None:
    gates = Gates(Teller(factory, Say("zh")))
    for g in range(len(factory.compiled.ids.stages)):
        assert not any(factory.scenario.actions[a].breach for a in gates.serving(at_stage(factory, g)))


def test_who_reported_to_somebody_who_left_reports_to_the_successor(factory: Ready) -> None:
    play = Session.begin(factory, 4, None, belief=False)
    t, ids = factory.compiled.tables, factory.compiled.ids
    say = Say("en")

    def boss(name: str) -> str:
        return next(
            p.reports_to for p in play.presenter(say.language).desk(play.watched).people if p.at == ids.people.index(name)
        )

    assert boss("ding") == "Tang Lixin"
    apply(t, play.playing.state, play.playing.dice, ids.branches.index("events.transfer.branches.gone"), 0, 0)
    assert boss("ding") == boss("xie") == "Hou Jianbin"
    assert not [p for p in play.presenter(say.language).desk(play.watched).people if p.at == ids.people.index("tang")]
