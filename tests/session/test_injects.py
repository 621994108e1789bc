"""What a trainer lets happen: it comes, is on record, is heard of by belief, and is nobody's fault or merit."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.debrief.review import tell_review
from game.debrief.story import Unseen, tell_story
from game.engine.step import legal
from game.i18n import Say
from game.judging.judge import Judge
from game.judging.level import COARSE
from game.judging.workers import case_of, judgement, numbers_of
from game.paths import SCENARIOS
from game.play.happenings import EventCame
from game.play.playing import start_playing
from game.play.record import replay
from game.policies.policies import POLICIES
from game.policies.rollout import rollout
from game.scenario.load import Ready, load_ready
from game.scenario.tables import STARTS, WAIT
from game.session.injects import let_happen
from game.session.saves import Saves
from game.session.session import Session
from tests.scenario import small

SHIPPED = ("office-supplies", "smart-factory", "plant-two")


@pytest.fixture(scope="module", params=SHIPPED)
def ready(request: pytest.FixtureRequest) -> Ready:
    return load_ready(SCENARIOS / request.param, SCENARIOS)


def event_at(ready: Ready, k: int) -> int:
    return ready.compiled.tables.inject_event[k]


def test_without_a_trainer_it_never_comes_and_is_no_option(ready: Ready) -> None:
    t = ready.compiled.tables
    for seed in range(20):
        s = rollout(t, seed, POLICIES["random"])
        assert not any(s.event_count[e] for e in t.inject_event)
    session = Session.begin(ready, 3, belief=False)
    assert len(legal(t, session.playing.state)) == STARTS + t.n_arm


def test_each_comes_where_it_is_let_happen_and_says_so(ready: Ready) -> None:
    ids = ready.compiled.ids
    for k, name in enumerate(ids.injects):
        session = Session.begin(ready, 5, belief=False)
        assert let_happen(session, name) and not let_happen(session, name) and not let_happen(session, "nothing")
        came = []
        for _ in range(12):
            if not session.playing.over:
                came += [h for h in session.decide(WAIT) if isinstance(h, EventCame) and h.event == event_at(ready, k)]
        assert len(came) == 1, name
        for language in ("zh", "en"):
            line = session.lines(language, came)[0].text
            assert ready.texts.get(f"injects.{name}.text", language) in line
            assert (
                ready.texts.get(f"injects.{name}.branches.{next(iter(ready.scenario.injects[name].branches))}.say", language)
                in line
            )


def test_it_is_on_record_counts_as_nobodys_decision_and_cannot_be_taken_back(tmp_path: Path, office: Ready) -> None:
    saves = Saves(tmp_path)
    session = Session.begin(office, 5, saves, "practice", belief=False)
    session.decide(WAIT)
    assert let_happen(session, "auditors")
    assert not session.take_back() and session.playing.decisions[-1] == ["inject", "auditors"]
    session.decide(WAIT)
    assert session.playing.result()["decisions"] == 2
    again = replay(office.compiled, session.playing.record())
    assert again.chain == session.playing.chain
    kept = saves.load(session.deal, office.compiled)
    assert kept.decisions == session.playing.decisions


def test_belief_hears_of_it(office: Ready) -> None:
    """It surprises nobody: every particle goes through it, and the deal goes on being believed."""
    session = Session.begin(office, 5)
    assert let_happen(session, "platform")
    for _ in range(3):
        session.decide(WAIT)
    assert session.watched.belief.surprises == 0 and session.watched.belief.effective > 5


def test_it_is_luck_and_not_the_players_doing(tmp_path: Path) -> None:
    ready = load_ready(small.write(tmp_path), tmp_path)
    case = case_of(ready, tmp_path / "small")
    session = Session(ready, start_playing(ready.compiled, 11), belief=False)
    playing, policy = session.playing, POLICIES["greedy"]
    judge = Judge(case.deal, case.player, ready.compiled.best, start_playing(ready.compiled, 11), level=COARSE)
    while not playing.over:
        if len(playing.decisions) == 2:
            assert let_happen(session, "storm")
        session.decide(policy(ready.compiled.tables, playing.state, playing.seed))
    found = judgement(case, playing, [j for n in numbers_of(playing) if (j := judge.take(n))], judge.plays)
    j = found.decisions[2]
    assert (j.advantage, j.regret, j.grade, j.candidates) == (0.0, 0.0, "world", ())
    assert j.world == event_at(ready, ready.compiled.ids.injects.index("storm"))
    assert [(part.kind, part.what) for part in j.parts] == [("event", j.world)] and j.parts[0].luck == j.luck
    assert found.result == pytest.approx(found.start_value + found.advantage + found.luck)
    seen = Unseen(playing)
    story = tell_story(ready, seen, Say("zh"))
    review = tell_review(ready, seen, found, story, {}, Say("zh"))
    assert review.moves[2].what == "讲师放进来的事：台风" and review.moves[2].grade_words == "不算你的"
