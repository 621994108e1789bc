"""One sign deleted or typed in full width, anywhere in a file's structure: how often the first message stands on that very line.

python -m tests.scenario.mistype SEED COUNT     so many slips in each of three scenarios; prints the shares and what was missed
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from game.paths import SCENARIOS
from game.scenario.load import load
from tests.scenario.slips import EN, ZH

FULL = {":": "：", ",": "，", "{": "｛", "}": "｝", "[": "【", "]": "】"}
APART = ("W301", "W302", "W501", "W502")


@dataclass(frozen=True)
class Mistyped:
    """A text with one slip, its line, and where the first message stands: 'right', 'near' (the line before or after), 'wrong', or
    'silent' where there is none."""

    line: int
    text: str
    told: str


def places(lines: list[str]) -> dict[str, list[tuple[int, int]]]:
    """Each sign of structure → where it stands. What is under a `|` is text."""
    found: dict[str, list[tuple[int, int]]] = {}
    in_text = False
    for k, line in enumerate(lines):
        in_text = line.endswith(": |") or (in_text and (line.startswith(" ") or not line))
        if in_text or line.strip().startswith("#"):
            continue
        for column, sign in enumerate(line):
            if sign != '"' and line[:column].count('"') % 2:
                continue  # in a quoted text anything may stand
            if sign in ':{}[],"' or (sign == " " and (column == 0 or line[column - 1] == ":")):
                found.setdefault(sign, []).append((k, column))
    return found


def mistyped(folder: Path, seed: int, many: int) -> Iterator[Mistyped]:
    """So many slips in this scenario, each kind of sign as often as the others."""
    lot = random.Random(seed)
    lines = (folder / "scenario.yaml").read_text(encoding="utf-8").split("\n")
    signs = places(lines)
    for _ in range(many):
        sign = lot.choice(sorted(signs))
        k, column = lot.choice(signs[sign])
        typed = FULL.get(sign, "") if lot.random() < 0.5 else ""
        line = lines[k][:column] + typed + lines[k][column + 1 :]
        problems = load(folder, SCENARIOS, text="\n".join([*lines[:k], line, *lines[k + 1 :]])).problems
        at = [p.place.line for p in problems if p.code not in APART]
        told = "silent" if not at else "right" if at[0] == k + 1 else "near" if abs(at[0] - k - 1) == 1 else "wrong"
        yield Mistyped(k + 1, line.strip(), told)


def main(seed: int, many: int) -> None:
    found = [(folder.name, slip) for folder in (ZH, EN, SCENARIOS / "smart-factory") for slip in mistyped(folder, seed, many)]
    for told, share in sorted(Counter(slip.told for _, slip in found).items()):
        print(f"{told:7} {share:5}  {share / len(found):.1%}")
    for name, slip in found:
        if slip.told != "right":
            print(f"{slip.told:7} {name}:{slip.line}  {slip.text[:100]}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
