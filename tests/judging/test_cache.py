"""A deal is judged once on a computer; what was kept is checked before it counts."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from game.judging import cache, workers
from game.judging.workers import Case, Play, case_of, judges
from game.paths import SCENARIOS
from game.play.playing import Playing, start_playing
from game.scenario.load import Ready
from game.scenario.tables import WAIT, WITHDRAW


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")


def given_up(office: Ready, seed: int) -> Playing:
    playing = start_playing(office.compiled, seed)
    playing.decide(WITHDRAW)
    while not playing.over:
        playing.decide(WAIT)
    return playing


@pytest.fixture
def case(office: Ready) -> Case:
    return case_of(office, SCENARIOS / "office-supplies")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Seeds of the plays that were really judged; in this process."""
    seeds: list[int] = []
    real = workers.judge_some

    def some(case: Case, play: workers.Play, folder: Path | None) -> object:
        seeds.append(play.seed)
        return real(case, play, folder)

    monkeypatch.setattr(workers, "judge_some", some)
    monkeypatch.setattr(workers, "processors", lambda: 0)
    return seeds


def test_what_was_judged_is_not_judged_again(office: Ready, case: Case, asked: list[int], tmp_path: Path) -> None:
    plays = [given_up(office, seed) for seed in (1, 2, 3)]
    first = cache.judged_all(case, plays[:2], cache_folder=tmp_path)
    assert asked == [1, 2]
    again = cache.judged_all(case, plays, cache_folder=tmp_path)
    assert asked == [1, 2, 3] and again[:2] == first
    assert cache.read(cache.folder_of(tmp_path) / cache.name_of(case, plays[0]), plays[0]) == first[0]


def test_another_par_or_another_play_is_judged_anew(office: Ready, case: Case) -> None:
    play = given_up(office, 1)
    names = {cache.name_of(case, play), cache.name_of(case, given_up(office, 2))}
    case.player.least += 1
    names.add(cache.name_of(case, play))
    assert len(names) == 3


def test_a_broken_file_is_judged_again(office: Ready, case: Case, asked: list[int], tmp_path: Path) -> None:
    play = given_up(office, 7)
    good = cache.judged_all(case, [play], cache_folder=tmp_path)[0]
    path = cache.folder_of(tmp_path) / cache.name_of(case, play)
    text = zlib.decompress(path.read_bytes())
    other = text.replace(b'"result":', b'"result":1')
    for bad in (b"", b"{", zlib.compress(b"[]"), zlib.compress(other), path.read_bytes()[:-9]):
        path.write_bytes(bad)
        assert cache.judged_all(case, [play], cache_folder=tmp_path) == [good]
    assert len(asked) == 6


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, office: Ready, case: Case, asked: list[int]) -> None:
    monkeypatch.setattr(cache, "MOST", 2)
    monkeypatch.setattr(cache, "SPARE", 0)
    cache.judged_all(case, [given_up(office, seed) for seed in range(5)], cache_folder=tmp_path)
    assert len(list(cache.folder_of(tmp_path).glob("*"))) == 2


def test_a_worker_that_cannot_begin_says_so_and_none_is_begun_for_ever(office: Ready) -> None:
    case = replace(case_of(office, SCENARIOS / office.name), player=None)  # type: ignore[arg-type]
    with judges(case, 1) as answer, pytest.raises(AttributeError):
        list(answer([Play(1, (0,))]))
