"""How the house is built: files and functions that fit on a screen or two, no name twice on a floor, every kind dealt with."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from game.paths import ROOT
from game.play.happenings import READINGS
from game.session.observer import ABOUT, LEARNT
from game.words.log import MAKERS

FILES = sorted((ROOT / "game").rglob("*.py")) + sorted((ROOT / "tests").rglob("*.py"))
LINES, LONGEST, MANY_FIELDS = 400, 50, 7
MAKERS_OF_CASES = {"tests/test_run.py", "tests/generate.py", "tests/judgements.py", "tests/screens/gallery.py"}
"""Long for a reason: what they make is one thing from top to bottom."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_are_of_a_size_one_can_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if name_of(path) in MAKERS_OF_CASES:
        return
    assert len(text.splitlines()) <= LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert (node.end_lineno or 0) - node.lineno < LONGEST, node.name


def test_no_class_is_named_twice_on_a_floor() -> None:
    found: Counter[tuple[str, str]] = Counter()
    for path in (ROOT / "game").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[path.parent.name, node.name] += 1
    assert [name for name, times in found.items() if times > 1] == []


def test_large_records_are_made_by_keyword() -> None:
    """From seven fields on nobody reads what stands where."""
    for path in (ROOT / "game").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            made = [ast.unparse(d) for d in node.decorator_list] if isinstance(node, ast.ClassDef) else []
            if isinstance(node, ast.ClassDef) and any("dataclass" in words for words in made):
                named = [field for field in node.body if isinstance(field, ast.AnnAssign)]
                by_key = any("kw_only" in words for words in made) or any(ast.unparse(f.annotation) == "KW_ONLY" for f in named)
                assert len(named) < MANY_FIELDS or by_key, f"{path}: {node.name}"


def test_every_reading_is_learnt_told_and_kept_from_the_others() -> None:
    """A new kind of reading has to say what it puts into the state of who learnt it, and what it is about."""
    kinds = set(READINGS.values())
    assert set(LEARNT) == kinds and set(ABOUT) == kinds and kinds <= set(MAKERS)
