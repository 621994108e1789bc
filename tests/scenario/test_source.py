from __future__ import annotations

import time

import pytest

from game.scenario.source import read_bytes, read_text


def codes(text: str) -> list[str]:
    return [p.code for p in read_text(text, "x.yaml").problems]


def test_values_and_their_places() -> None:
    source = read_text("a: 1\n中文: {b: [x, 0.5], no: NO}\n", "x.yaml")
    assert source.data["a"] == 1 and source.data["中文"]["no"] == "NO"
    place = source.places["中文", "b", 1]
    assert (place.line, place.column) == (2, 13)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- " * 50_000, "E103"),
        ("[" * 100_000, "E103"),
        ("a: &x 1\n", "E106"),
        ("a: &a [x]\nb: &b [*a, *a]\n", "E106"),
        ("a: !!python/object:os.system x\n", "E107"),
        ("a: 1\n---\nb: 2\n", "E108"),
        ("a: 1\na: 2\n", "E109"),
        ("a: 1234567890123456\n", "E110"),
        ("a: [1\nb: 2\n", "E129"),
        ("a:\n  cost：2\n  weeks: 1\n", "E111"),
        ("a:\n\u00a0\u00a0b: 1\n  c: 2\n", "E112"),
        ("? [a]\n: b\n", "E114"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    assert code in codes(text)


def test_hostile_files_are_refused_at_once() -> None:
    start = time.process_time()
    codes("a: &a [" + "x," * 50 + "]\n" + "".join(f"{c}: &{c} [*a,*a,*a]\n" for c in "bcdefghij"))
    codes("- " * 50_000)
    codes("x: [" + "1," * 400_000)
    print(f"{time.process_time() - start:.2f} s")


def test_gbk_is_named() -> None:
    (problem,) = read_bytes("标题: 大客户\n".encode("gbk"), "x.yaml").problems
    assert problem.code == "E101" and problem.values["guess"] == "encoding.gbk"


def test_a_large_file_is_refused_by_its_size() -> None:
    assert read_bytes(b"a" * 1_000_001, "x").problems[0].code == "E102"
