"""A small deal in which every section of the language stands, with a file it uses, a translation and the deal it goes on from."""

from __future__ import annotations

from pathlib import Path

from game.paths import ROOT

AFTER = '  after: {before: {won: {stage: P1, phase: weigh, then: {need: "=20", boss.met: 1}}}}\n'
EXAMPLE = (ROOT / "docs" / "example" / "zh" / "scenario.yaml").read_text(encoding="utf-8")
"""The deal as the docs show it; it uses nothing, and goes on from none."""
OPENED = "  then: {need: 3, said: old_word}\n"
SCENARIO = (
    EXAMPLE[EXAMPLE.index("format:") :].replace("size: S\n", "size: S\nuse: [library/part]\n").replace(OPENED, OPENED + AFTER)
)
PART = """\
coaching:
  early: {when: week <= 1, text: 别急}
meters:
  need: {name: 需要, range: [0, 100], start: 5}
"""
BEFORE = "endings: {won: {kind: won}, lost: {kind: lost}}\n"
ENGLISH = (
    "title: Small deal\nactions.visit.name: Call\nactions.visit.outcomes.success.say: [Good, Good again]\nsummary: A small deal\n"
)


def write(shelf: Path, text: str = SCENARIO, part: str = PART, english: str = ENGLISH) -> Path:
    """The deal on a shelf of its own, with these texts instead; its folder."""
    files = {"small/scenario.yaml": text, "library/part.yaml": part, "small/en.yaml": english, "before/scenario.yaml": BEFORE}
    for name, content in files.items():
        path = shelf / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
    return shelf / "small"
