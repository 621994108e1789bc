"""A deal is judged once on a computer; what was kept is checked before it counts."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
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
    assert cache.kept_play(case, plays[0], tmp_path) == cache.Kept(first[0])


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
    whole = path.read_bytes()
    text = zlib.decompress(whole[cache.SIGN_BYTES :])
    other = whole[: cache.SIGN_BYTES] + zlib.compress(text.replace(b'"result":', b'"result":1'))
    for bad in (b"", b"{", zlib.compress(b"[]"), other, whole[:-9]):
        path.write_bytes(bad)
        assert cache.judged_all(case, [play], cache_folder=tmp_path) == [good]
    assert len(asked) == 6


def test_figures_that_hang_together_but_are_not_ours_are_judged_again(
    office: Ready, case: Case, asked: list[int], tmp_path: Path
) -> None:
    """Whoever may write into the folder can make a judgement that adds up; without the key it counts for nothing."""
    play = given_up(office, 7)
    good = cache.judged_all(case, [play], cache_folder=tmp_path)[0]
    folder = cache.folder_of(tmp_path)
    path = folder / cache.name_of(case, play)
    better = replace(good, start_value=good.start_value + 5, result=good.result)
    decisions = (replace(good.decisions[0], value=good.decisions[0].value + 5), *good.decisions[1:])
    forged = zlib.compress(cache.FORM.dump_json(cache.Kept(replace(better, decisions=decisions))))
    for mark in (b"", bytes(cache.SIGN_BYTES), cache.signed(bytes(cache.KEY_BYTES), path, forged)):
        path.write_bytes(mark + forged)
        assert cache.judged_all(case, [play], cache_folder=tmp_path) == [good]
    other = given_up(office, 8)
    cache.judged_all(case, [other], cache_folder=tmp_path)
    path.write_bytes((folder / cache.name_of(case, other)).read_bytes())
    assert cache.judged_all(case, [play], cache_folder=tmp_path) == [good], "one play's judgement under another's name"


@pytest.mark.skipif(os.name != "posix", reason="no such modes on this system")
def test_a_key_that_others_could_read_is_not_used(office: Ready, case: Case, asked: list[int], tmp_path: Path) -> None:
    play = given_up(office, 7)
    good = cache.judged_all(case, [play], cache_folder=tmp_path)[0]
    key = cache.folder_of(tmp_path) / cache.KEY
    assert key.stat().st_mode & 0o777 == 0o600
    key.chmod(0o640)
    assert cache.kept_play(case, play, tmp_path) is None
    assert cache.judged_all(case, [play], cache_folder=tmp_path) == [good]
    key.chmod(0o600)
    assert cache.kept_play(case, play, tmp_path) == cache.Kept(good)


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, office: Ready, case: Case, asked: list[int]) -> None:
    monkeypatch.setattr(cache, "MOST", 2)
    monkeypatch.setattr(cache, "SPARE", 0)
    cache.judged_all(case, [given_up(office, seed) for seed in range(5)], cache_folder=tmp_path)
    assert len(list(cache.folder_of(tmp_path).glob("*.z"))) == 2


def test_a_worker_that_cannot_begin_says_so_and_none_is_begun_for_ever(office: Ready) -> None:
    case = replace(case_of(office, SCENARIOS / office.name), player=None)  # type: ignore[arg-type]
    with judges(case, 1) as answer, pytest.raises(AttributeError):
        list(answer([Play(1, (0,))]))


def test_nobody_is_told_to_wait_where_nothing_has_to_be_judged(
    office: Ready, case: Case, asked: list[int], tmp_path: Path
) -> None:
    """The half minute for machine code is announced only where it is needed; for a class as for one deal."""
    waited: list[str] = []

    @contextmanager
    def waiting(what: str) -> Iterator[None]:
        waited.append(what)
        yield

    plays = [given_up(office, seed) for seed in (1, 2)]
    for _ in range(2):
        cache.judged_play(case, plays[0], cache_folder=tmp_path, while_judging=waiting("play"))
        cache.judged_all(case, plays, cache_folder=tmp_path, while_judging=waiting("class"))
    assert waited == ["play", "class"]
