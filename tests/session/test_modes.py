"""Practice, workshop and exam."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.engine.state import digest
from game.errors import RecordError
from game.play.happenings import ClaimHeard, FactProved, IntelHeard, StanceRead
from game.play.record import replay
from game.play.walk import up_to
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.scenario.tables import RUNNING, STARTS, WAIT, WEEK
from game.screens.card import CardScreen
from game.screens.desk import DeskScreen
from game.screens.layout import walk
from game.screens.meeting import MeetingScreen
from game.screens.messages import Onward
from game.screens.screen import Pop
from game.screens.widgets import Text
from game.session.observer import readings_of
from game.session.saves import Saves
from game.session.session import Session
from tests.said import said
from tests.screens.gallery import app_of


def begun(ready: Ready, mode: str, steps: int = 6, saves: Saves | None = None) -> Session:
    play = Session.begin(ready, 4, saves, mode, belief=False)
    for _ in range(steps):
        play.decide(POLICIES["greedy"](ready.compiled.tables, play.playing.state, 4))
    return play


def test_practice_takes_decisions_back_one_by_one(office: Ready, tmp_path: Path) -> None:
    saves = Saves(tmp_path)
    play = begun(office, "practice", saves=saves)
    before = begun(office, "practice", 5)
    play.state(said("forecast", stage="P0", win=40, value=1, week=5))
    assert play.take_back()
    assert digest(play.playing.state) == digest(before.playing.state)
    assert [s.kind for s in play.playing.statements] == ["mode"]
    for _ in range(5):
        assert play.take_back()
    assert not play.take_back()
    assert len(saves.open_deals()) == 1 and saves.open_deals()[0].decisions == 0
    saves.close()


@pytest.mark.parametrize("mode", ["workshop", "exam"])
def test_elsewhere_what_something_has_come_of_is_done(office: Ready, mode: str) -> None:
    assert not begun(office, mode).take_back()


@pytest.mark.parametrize("mode", ["workshop", "exam"])
def test_a_start_is_taken_back_until_time_runs(office: Ready, mode: str, tmp_path: Path) -> None:
    saves = Saves(tmp_path)
    play = Session.begin(office, 4, saves, mode)
    while play.playing.state.x[RUNNING] or len([c for c in play.desk("zh").cards if c.weeks]) < 4:
        play.decide(POLICIES["greedy"](office.compiled.tables, play.playing.state, 4))
    many, facts = len(play.playing.decisions), range(office.compiled.tables.n_fact)
    start = next(c for c in play.desk("zh").cards if c.weeks).options[0].decision
    stood, believed = digest(play.playing.state), [play.watched.fact(f) for f in facts]
    assert not play.may_undo and not play.take_back()
    play.decide(start)
    assert play.may_undo and play.desk("zh").fronts
    assert play.take_back() and not play.may_undo
    assert digest(play.playing.state) == stood and not play.desk("zh").fronts
    assert [play.watched.fact(f) for f in facts] == believed
    assert saves.open_deals()[0].decisions == len(play.playing.decisions) == many
    for _ in range(2):
        play.decide(start if not play.may_undo else WAIT)
    again = Session(office, up_to(play.playing, many + 2))
    assert not play.may_undo and digest(play.playing.state) == digest(again.playing.state)
    assert [play.watched.fact(f) for f in facts] == [again.watched.fact(f) for f in facts]
    assert saves.open_deals()[0].decisions == many + 2
    saves.close()


def test_a_hint_is_a_legal_decision(office: Ready) -> None:
    play = begun(office, "practice", 3)
    play.decide(play.hint())


def test_an_exam_shows_no_odds_in_numbers(factory: Ready) -> None:
    play = begun(factory, "exam", 12)
    while not play.desk("zh").cards:  # somebody waits for an answer
        play.decide(POLICIES["greedy"](factory.compiled.tables, play.playing.state, 1))
    desk = DeskScreen(play)
    card = max(play.desk("zh").cards, key=lambda c: len(c.options))
    for screens in ([desk], [DeskScreen(play), CardScreen(play, card.action)]):
        app = app_of(list(screens), (1280, 720), "zh")
        texts = [n.text for n in walk(app.root) if isinstance(n, Text)]
        assert not [t for t in texts if re.fullmatch(r"(至多 )?\d+%( ±\d+)?", t)]
        assert any(t in ("把握小", "难说", "有把握", "很有把握") for t in texts)


def test_the_mode_is_on_record(office: Ready) -> None:
    play = begun(office, "practice", 0)
    while not play.playing.over:
        play.decide(POLICIES["cautious"](office.compiled.tables, play.playing.state, 4))
    again = replay(office.compiled, play.playing.record())
    assert Session(office, again, belief=False).mode.key == "practice"
    with pytest.raises(RecordError):
        play.playing.say(said("mode", mode="cheat"))


def test_what_a_role_learns_is_theirs_until_the_meeting(factory: Ready) -> None:
    play = Session.begin(factory, 4, None, belief=False)
    play.play_as_team(True)
    while not any(play.private(m) for m in range(factory.compiled.tables.n_member)):
        play.decide(POLICIES["greedy"](factory.compiled.tables, play.playing.state, 4))
    learned = [h for m in range(factory.compiled.tables.n_member) for h in play.private(m)]
    for viewer, own in ((None, []), *((m, play.private(m)) for m in range(factory.compiled.tables.n_member))):
        assert [h for h in play.seen_by(viewer).happenings if h in learned] == own
    assert not any(h in play.public(play.playing.happenings) for h in learned)
    meeting = MeetingScreen(play)
    assert len(meeting.members) >= 1
    for _ in range(2 * len(meeting.members)):
        app_of([meeting], (1280, 720), "zh")
        assert meeting.on(Onward()) is None
    assert isinstance(meeting.on(Onward()), Pop)
    assert all(h in play.public(play.playing.happenings) for h in learned)


def test_why_a_card_is_locked_gives_no_secret_away(factory: Ready) -> None:
    """Desk research is needless once a fact is checked; that it was is news until the meeting."""
    t, ids = factory.compiled.tables, factory.compiled.ids
    refuted = t.refuted0 + ids.facts.index("trace")
    research = next(
        STARTS + arm
        for arm in range(t.n_arm)
        if ids.actions[t.pair_action[t.arm_pair[arm]]] == "research" and ids.members[t.arm_member[arm]] == "se"
    )
    for seed in range(60):
        play = Session.begin(factory, seed, None, belief=False)
        play.play_as_team(True)
        play.decide(research)
        while not play.playing.state.x[refuted] and play.playing.state.x[WEEK] <= 2:
            play.decide(WAIT)
        if play.playing.state.x[refuted]:
            break

    def reasons() -> str:
        return " ".join(reason for card in play.desk("zh").locked for reason in card.why_not)

    assert "查清了不是真的" not in reasons()
    play.share()
    assert "查清了不是真的" in reasons()


def test_the_boards_show_what_all_know(factory: Ready) -> None:
    """Board by board: as at the last meeting where only one role knows better, and up to date right after the next."""
    t, ids = factory.compiled.tables, factory.compiled.ids
    play = Session.begin(factory, 6, belief=False)
    play.play_as_team(True)
    then, hidden = play.desk("zh"), set()
    while not play.playing.over and len(hidden) < 3:
        shown = play.desk("zh")
        assert play.meeting
        for by, h in readings_of(play.playing.happenings, play.meeting.many):
            own = play.desk("zh", by)
            if isinstance(h, StanceRead):
                hidden.add("people")
                was = next((p for p in then.people if p.at == h.person), None)
                now = next(p for p in shown.people if p.at == h.person)
                assert now.stance_level == (was.stance_level if was else None)
                assert next(p for p in own.people if p.at == h.person).stance_level is not None
            elif isinstance(h, (ClaimHeard, FactProved)):
                hidden.add("tree")
                names = {e.fact for e in shown.more["swot"].evidence} - {e.fact for e in then.more["swot"].evidence}
                assert ids.facts[h.fact] not in names
            elif isinstance(h, IntelHeard):
                hidden.add("rivals")
                assert shown.rivals[h.rival].intel == then.rivals[h.rival].intel
                assert own.rivals[h.rival].known
        if len(play.playing.decisions) % 9 == 8:
            play.share()
            then = play.desk("zh")
            assert then == play.presenter("zh").desk(play.watched)
        decision = POLICIES["random" if len(play.playing.decisions) % 2 else "greedy"](t, play.playing.state, 5)
        play.decide(decision)
    assert {"people", "tree"} <= hidden


def test_an_exam_tells_no_roll_until_the_deal_is_over(office: Ready) -> None:
    told = {}
    for mode in ("workshop", "exam"):
        session = Session.begin(office, 5, mode=mode, belief=False)
        lines = []
        while not session.playing.over:
            new = session.decide(POLICIES["greedy"](office.compiled.tables, session.playing.state, 5))
            lines += [] if session.playing.over else session.lines("en", new)
        told[mode] = any("rolled" in line.detail for line in lines)
        assert any("rolled" in line.detail for line in session.lines("en", session.playing.happenings))
    assert told == {"workshop": True, "exam": False}
