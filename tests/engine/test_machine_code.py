"""Machine code kept on disk, on a tiny module of rules: whatever happens to the files, the answer is right."""

from __future__ import annotations

import errno
import importlib.util
import json
import multiprocessing
import os
import pickle
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from game.engine import jit
from game.engine.machine_code import MachineCode
from game.errors import StorageError

pytestmark = pytest.mark.skipif(not jit.available(), reason="there is no numba here")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps users apart by other means")
SOURCE = """
def doubled_for_a_test(n):
    return {factor} * n


def summed_for_a_test(row):
    total = 0
    for k in range(len(row)):
        total += doubled_for_a_test(row[k])
    return total
"""
ENTRY = "summed_for_a_test"


def rules(folder: Path, factor: int = 2) -> ModuleType:
    """A module of rules in a file of its own."""
    path = folder / "rules_for_a_test.py"
    source = SOURCE.format(factor=factor)
    if not path.exists() or path.read_text(encoding="utf-8") != source:  # several processes may begin at once
        path.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("rules_for_a_test", path)
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.modules[found.__name__] = found
    spec.loader.exec_module(found)
    return found


def first_call(folder: Path, kind: str = "int64", factor: int = 2) -> tuple[int, bool]:
    """What a process that begins gets, and whether it was kept from before."""
    entry = getattr(jit.compiled(rules(folder, factor), entries=[ENTRY], cache_folder=folder / "compiled"), ENTRY)
    found = int(entry(np.arange(10).astype(kind)))
    return found, sum(entry.stats.cache_hits.values()) == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the machine code of one call was kept."""
    assert first_call(tmp_path) == (90, False)
    return tmp_path


def kept(folder: Path, ending: str) -> Path:
    return next((folder / "compiled").rglob(f"*.{ending}"))


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def random_bytes(path: Path) -> None:
    path.write_bytes(bytes(k * 37 % 251 for k in range(path.stat().st_size)))


def another_pickle(path: Path) -> None:
    path.write_bytes(pickle.dumps({"of": "something else"}))


def another_protocol(path: Path) -> None:
    path.write_bytes(b"\x80\xff" + path.read_bytes()[2:])


def one_bit_of_the_code(path: Path) -> None:
    """What pickle does not notice: it would be run."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def folder_in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "in the way").write_text("", "utf-8")


def gone(path: Path) -> None:
    path.unlink()


DAMAGES = [cut_short, emptied, random_bytes, another_pickle, another_protocol, one_bit_of_the_code, folder_in_its_place, gone]


def test_what_was_kept_is_found_again(folder: Path) -> None:
    assert first_call(folder) == (90, True)
    assert first_call(folder, "float64") == (90, False)
    assert [first_call(folder), first_call(folder, "float64")] == [(90, True)] * 2


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("ending", ["nbi", "nbc", "json"])
def test_what_was_damaged_is_made_again(folder: Path, ending: str, damage: Callable[[Path], None]) -> None:
    damage(kept(folder, ending))
    assert first_call(folder) == (90, False)
    assert first_call(folder) == (90, True)


def test_a_file_in_a_folders_place_is_cleared_away(folder: Path) -> None:
    for place in (kept(folder, "nbi").parent, kept(folder, "json").parent):
        shutil.rmtree(place)
        place.write_text("in the way", "utf-8")
        assert first_call(folder) == (90, False)
        assert first_call(folder) == (90, True)


def test_code_that_was_written_half_way_before_a_kill_is_made_again(folder: Path) -> None:
    """Its files are there, but nobody vouches for them."""
    shutil.copy(kept(folder, "nbc"), kept(folder, "nbc").with_suffix(".2.nbc"))
    assert first_call(folder) == (90, False)


def test_code_that_is_vouched_for_but_cannot_be_read_is_made_again(folder: Path) -> None:
    another_pickle(kept(folder, "nbi"))
    MachineCode(kept(folder, "json").parent, (ENTRY,)).seal()
    assert first_call(folder) == (90, False)
    assert first_call(folder) == (90, True)


def test_of_older_sources_the_newest_two_are_kept(tmp_path: Path) -> None:
    for factor in (2, 3, 4, 5):
        assert first_call(tmp_path, factor=factor) == (45 * factor, False)
        assert first_call(tmp_path, factor=factor) == (45 * factor, True)
    assert len(list((tmp_path / "compiled").rglob("*.nbi"))) == 2
    assert [first_call(tmp_path, factor=factor)[1] for factor in (4, 5, 3)] == [True, True, False]


def test_a_state_that_was_used_lately_outlives_one_that_is_newer(tmp_path: Path) -> None:
    for factor in (2, 3):
        first_call(tmp_path, factor=factor)
    for k, manifest in enumerate(sorted((tmp_path / "compiled").rglob("*.json"), key=lambda path: path.stat().st_mtime)):
        os.utime(manifest, (1000 + k, 1000 + k))
    assert first_call(tmp_path, factor=2) == (90, True)
    first_call(tmp_path, factor=4)
    assert first_call(tmp_path, factor=2) == (90, True)


def test_what_others_put_there_stays(folder: Path) -> None:
    """The code of other entries, and the marks of who asks."""
    other = jit.compiled(rules(folder), entries=["doubled_for_a_test"], cache_folder=folder / "compiled")
    assert other.doubled_for_a_test(4) == 8
    (kept(folder, "json").parent / "jobs-S").touch()
    for factor in (3, 4):
        first_call(folder, factor=factor)
    assert len(list((folder / "compiled").rglob("*.doubled*.nbi"))) == 1


def call_in_a_process(folder: Path) -> tuple[int, bool]:
    return first_call(folder)


def test_many_at_once_do_not_get_in_each_others_way(folder: Path) -> None:
    cut_short(kept(folder, "nbc"))
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert [value for value, _ in pool.map(call_in_a_process, [folder] * 6, chunksize=1)] == [90] * 6
    assert first_call(folder) == (90, True)


def test_where_nothing_can_be_kept_it_is_made_each_time(tmp_path: Path) -> None:
    (tmp_path / "compiled").write_text("in the way", "utf-8")
    assert [first_call(tmp_path), first_call(tmp_path)] == [(90, False)] * 2
    assert not list(tmp_path.rglob("*.nb?"))


def test_a_full_disk_is_no_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from numba.core.caching import IndexDataCacheFile

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(IndexDataCacheFile, "_save_data", full)
        assert first_call(tmp_path) == (90, False)
    assert first_call(tmp_path) == (90, False)
    assert first_call(tmp_path) == (90, True)


@posix_only
def test_a_folder_that_others_can_write_in_is_refused(folder: Path) -> None:
    (folder / "compiled").chmod(0o777)
    with pytest.raises(StorageError):
        first_call(folder)


def test_no_settings_make_it_keep_code_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_LOCATOR_CLASSES", "InTreeCacheLocator")
    assert [first_call(tmp_path), first_call(tmp_path)] == [(90, False)] * 2
    assert not list(tmp_path.rglob("*.nb?"))


def test_the_manifest_says_what_is_there(folder: Path) -> None:
    said = json.loads(kept(folder, "json").read_text("utf-8"))
    assert said["entries"] == [ENTRY] and len(said["files"]) == 2
