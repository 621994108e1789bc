"""The tutorial, done as it says: every file written, every line changed, every command run, and what it promises is printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from game.cli import main as cli
from game.i18n import Say
from game.paths import ROOT, SCENARIOS

BLOCK = re.compile(r"```(\w+)(?: ([^\n]*))?\n(.*?)```", re.DOTALL)
NAMES = {"en": "harbour", "zh": "gangkou"}


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIG_ACCOUNT_PLAIN", "1")


class Reader:
    """Somebody who does what the page says, in a folder of their own."""

    def __init__(self, shelf: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.shelf, self.language, self.capsys, self.name = shelf, language, capsys, NAMES[language]
        self.file = shelf / self.name / "scenario.yaml"
        self.looked_for = self.printed = ""
        self.done: list[str] = []

    def follow(self, kind: str, note: str, text: str) -> None:
        text = text if kind == "csv" else text.rstrip("\n")
        if kind == "csv":
            (self.shelf / note).write_text(text, encoding="utf-8")
        elif kind == "yaml" and note == "find":
            self.looked_for = text
            assert text in self.file.read_text(encoding="utf-8"), text
        elif kind == "yaml":
            written = self.file.read_text(encoding="utf-8")
            self.file.write_text(written.replace(self.looked_for, text, 1), encoding="utf-8")
        elif kind == "sh":
            self.printed = "".join(self.run(line, note) for line in text.splitlines())
        elif kind == "says":
            for line in text.splitlines():
                assert line in self.printed, self.printed

    def run(self, line: str, note: str) -> str:
        words = line.split()
        assert words[:2] == ["python", "run.py"]
        args = [self.put(word) for word in words[2:]]
        if note == "later":
            cli._parser(Say(self.language)).parse_args(args)
            return ""
        args += ["--dir", str(self.shelf)] if args[0] == "new" else []
        code = cli.main([*args, "--lang", self.language])
        assert code == (1 if note == "fails" else 0), line
        self.done.append(args[0])
        printed = self.capsys.readouterr().out
        assert "W503" not in printed and "E501" not in printed
        return printed

    def put(self, word: str) -> str:
        """A word of a command as it is here: the deal stands in another folder, and fewer plays tell as much."""
        if word == self.name and (self.shelf / self.name).exists():
            return str(self.shelf / self.name)
        if word.endswith((".csv", ".html")):
            return str(self.shelf / word)
        return "6" if word == "200" else word


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_step_does_what_the_page_says(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SCENARIOS / "library", tmp_path / "library")
    reader = Reader(tmp_path, language, capsys)
    for kind, note, text in BLOCK.findall((ROOT / "docs" / f"tutorial.{language}.md").read_text(encoding="utf-8")):
        reader.follow(kind, note, text)
    assert {"new", "check", "map", "balance", "texts"} <= set(reader.done)
    assert (tmp_path / f"{reader.name}-map.html").is_file()
