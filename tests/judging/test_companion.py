"""A child process judges plays while they are played: several in turn, from any thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.judging.companion import AT_ONCE, Companion
from game.judging.workers import case_of, judge_play
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready, load_ready
from game.scenario.tables import WAIT, WITHDRAW
from game.session.session import Session
from tests.scenario import small


@pytest.fixture(scope="module")
def deal(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    """A deal of a few weeks: what is tried here is who judges what, not how well."""
    shelf = tmp_path_factory.mktemp("shelf")
    return load_ready(small.write(shelf), shelf)


@pytest.fixture
def companion(deal: Ready, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Companion]:
    """In plain Python, so that nothing has to be compiled here."""
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")
    found = Companion(case_of(deal, tmp_path / "nowhere"), tmp_path)
    yield found
    found.close()
    assert not found.process.is_alive()


def wait_for(companion: Companion, *plays: Playing) -> None:
    until = time.monotonic() + 240  # the child is polite: beside other tests it waits for them
    while any(companion.update(p).left for p in plays) and time.monotonic() < until:
        time.sleep(0.05)
    assert not companion.failed and not any(companion.left(p) for p in plays)


def test_a_deal_is_judged_while_it_is_played_and_again_where_a_decision_was_taken_back(deal: Ready, companion: Companion) -> None:
    play = Session.begin(deal, 7, mode="practice", belief=False)
    play.companion = companion
    for _ in range(3):
        play.decide(POLICIES["greedy"](deal.compiled.tables, play.playing.state, 7))
    wait_for(companion, play.playing)
    assert sorted(companion.of(play.playing).found) == [1, 2, 3] and companion.ready
    assert play.take_back()
    play.decide(WAIT)
    wait_for(companion, play.playing)
    assert companion.of(play.playing).found[3].decision == WAIT
    assert play.judge() is None, "the deal is not over"


def test_two_plays_in_turn_are_judged_as_each_alone_and_neither_is_begun_again(deal: Ready, companion: Companion) -> None:
    plays = [start_playing(deal.compiled, seed) for seed in (3, 4)]
    for k in range(4):
        for playing in plays:
            if not playing.over:
                playing.decide(WITHDRAW if k == 3 else POLICIES["greedy"](deal.compiled.tables, playing.state, 1))
            companion.update(playing)
    for playing in plays:
        while not playing.over:
            playing.decide(WAIT)
    wait_for(companion, *plays)
    for playing in plays:
        found = companion.judgement(playing)
        alone = judge_play(companion.case, playing, processes=0)
        assert found is not None and found == alone, "plays too: nothing was judged twice"


def test_more_plays_than_the_child_has_in_mind(deal: Ready, companion: Companion) -> None:
    plays = [start_playing(deal.compiled, seed) for seed in range(AT_ONCE + 2)]
    for _ in range(2):
        for playing in plays:
            playing.decide(WAIT)
            companion.update(playing)
    wait_for(companion, *plays)
    assert all(sorted(companion.of(p).found) == [1, 2] for p in plays)


def test_two_threads_play_two_deals_beside_one_companion(deal: Ready, companion: Companion) -> None:
    sessions = [Session.begin(deal, seed, belief=False) for seed in (5, 6)]

    def play(session: Session) -> None:
        session.companion = companion
        for _ in range(5):
            session.decide(POLICIES["random"](deal.compiled.tables, session.playing.state, 3))
            session.desk("en")

    threads = [threading.Thread(target=play, args=(s,)) for s in sessions]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    wait_for(companion, *(s.playing for s in sessions))
    assert [sorted(companion.of(s.playing).found) for s in sessions] == [[1, 2, 3, 4, 5]] * 2
