"""The user's own folders: nobody else can put anything into them."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from game import paths
from game.errors import GameError, ScenarioError, StorageError
from game.i18n import LANGUAGES, Say
from game.paths import private, user_cache, user_data

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps users apart by other means")
root_only = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give things away")
SOMEBODY = 54321
"""A user who is neither root nor the one who runs the tests."""


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture(params=[0o000, 0o002, 0o022])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@posix_only
@pytest.mark.usefixtures("umask")
def test_a_folder_that_is_made_is_for_us_alone_and_so_are_those_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "c"
    assert private(folder) == folder
    assert [mode_of(f) for f in (folder, folder.parent, folder.parent.parent)] == [0o700] * 3


@posix_only
@pytest.mark.parametrize("mode", [0o700, 0o755, 0o750])
def test_a_folder_that_others_may_only_read_is_left_as_it_is(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(mode)
    assert mode_of(private(folder)) == mode


@posix_only
def test_a_folder_of_ours_that_our_group_could_write_in_is_closed_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o775)
    assert mode_of(private(folder)) == 0o755


@posix_only
def test_a_folder_that_everybody_could_write_in_is_refused_by_name_in_both_languages(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(StorageError) as refused:
        private(folder)
    for language in LANGUAGES:
        assert str(folder) in Say(language)(refused.value.key, **refused.value.values)


@posix_only
@root_only
@pytest.mark.parametrize("mode", [0o700, 0o755, 0o775])
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(mode)
    os.chown(folder, SOMEBODY, SOMEBODY)
    with pytest.raises(StorageError):
        private(folder)
    assert mode_of(folder) == mode


@posix_only
def test_a_folder_of_another_user_than_the_one_who_runs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = private(tmp_path / "cache")
    if folder.stat().st_uid == 0:
        os.chown(folder, SOMEBODY, SOMEBODY)
    monkeypatch.setattr(os, "geteuid", lambda: SOMEBODY + 1)
    with pytest.raises(StorageError):
        private(folder)


@posix_only
def test_a_link_of_our_own_is_followed_to_a_folder_of_our_own(tmp_path: Path) -> None:
    link = tmp_path / "cache"
    link.symlink_to(private(tmp_path / "elsewhere"))
    assert private(link) == link
    (tmp_path / "elsewhere").chmod(0o777)
    with pytest.raises(StorageError):
        private(link)


@posix_only
@root_only
def test_a_link_that_somebody_else_planted_is_not_followed(tmp_path: Path) -> None:
    link = tmp_path / "cache"
    link.symlink_to(private(tmp_path / "elsewhere"))
    os.chown(link, SOMEBODY, SOMEBODY, follow_symlinks=False)
    with pytest.raises(StorageError):
        private(link)


def test_where_no_folder_can_be_made_the_system_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OSError):
        private(tmp_path / "file" / "cache")
    with pytest.raises(OSError):
        private(tmp_path / "file")


def test_a_drive_that_is_not_there_is_its_own_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda _: False)
    assert private(tmp_path / "cache").is_dir()


@posix_only
def test_a_relative_folder_in_a_place_that_is_gone_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(OSError):
        private(Path("cache"))


@posix_only
def test_the_users_folders_are_handed_out_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BIG_ACCOUNT_DATA", raising=False)
    monkeypatch.setenv("BIG_ACCOUNT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(paths, "user_data_path", lambda *_, **__: tmp_path / "data")
    assert [mode_of(user_cache()), mode_of(user_data())] == [0o700, 0o700]


@posix_only
def test_where_everybody_could_write_code_is_refused_but_saves_are_kept_and_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BIG_ACCOUNT_DATA", raising=False)
    monkeypatch.setenv("BIG_ACCOUNT_CACHE", str(tmp_path))
    monkeypatch.setattr(paths, "user_data_path", lambda *_, **__: tmp_path)
    tmp_path.chmod(0o777)
    with pytest.raises(StorageError):
        user_cache()
    assert mode_of(user_data()) == 0o755


def test_a_folder_for_saves_that_the_user_chose_may_be_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o777)
    monkeypatch.setenv("BIG_ACCOUNT_DATA", str(tmp_path / "shared"))
    assert user_data() == tmp_path / "shared"


def test_a_home_where_nothing_can_be_made_is_no_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").write_text("", "utf-8")
    monkeypatch.setenv("BIG_ACCOUNT_CACHE", str(tmp_path / "home" / "cache"))
    assert user_cache() == tmp_path / "home" / "cache"


@pytest.mark.parametrize("error", [StorageError("error.storage", why="full"), ScenarioError([1, 2])])
def test_an_error_comes_back_whole_from_another_process(error: GameError) -> None:
    """One that cannot be read there would leave whoever asked waiting for ever."""
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.key, vars(again)) == (type(error), error.key, vars(error))
