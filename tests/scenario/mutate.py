"""Mutated scenarios: what an author's slip, a broken editor or ill will could make of a text. Each is known by its seed.

    python -m tests.scenario.mutate FIRST COUNT [--play EVERY] [--keep FOLDER]

runs a range of seeds and prints a summary, so that several processes can share the work.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from game.i18n import Say
from game.paths import SCENARIOS
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.scenario.compiled import Compiled
from game.scenario.load import Loaded, load
from game.scenario.problems import Problem, errors, render
from tests.scenario import small

SHIPPED_EVERY = 100
"""One mutant in so many is made of a shipped scenario; the others of the small one."""
PLAY_EVERY = 8
"""One of so many mutants that are accepted is played, under each policy that asks everything of the tables."""
SLOWEST = 10.0
"""Seconds of processor time; it catches what hangs, not what is slow."""
MOST_DECISIONS = 4_000

HOSTILE = (
    """
nan|inf|-inf|sNaN|1e999999|1e18|-1e18|==5|"=="|"=nan"|"=1e999999"|=|999999999999999|-999999999999999|9999999999999999
99999999999999.99|0.00001|1_0_0|0x10|007|１２|½|100%|101%|-5%|0%|33.333%|[]|[[]]|[[[[x]]]]|{}|{a: {b: {c: 1}}}|[1, [2, 3]]
null|~|true|no|""|" "|"\\e[31m"|"\\u202e"|"\\0"|"\\ud800"|"\\x85"|!x y|!!int 5|&a b|*a|"@kind.person"|"@nothing"|"{name}"
a.b|a..b|.|..|/etc/passwd|../../x|target.stance|knot|need|week|stage|nothing|said.bid|support|coverage|claims|-fit|theirs.rich
need >= 10|need and|not|((((((need))))))|need * need|1 / 0|need ** 9|9 * 9 * 9|0 * need|-need|1e9 * need|999999999 * need * 999999
week >= 2 or|(need|need)|need == 5 or need != 5|P0|boss|ae|account|aware|old|rich|tight|soon|pay|won
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
"""Values to put where a value stands."""
LIKE_NUMBERS = HOSTILE[: HOSTILE.index("[]")]
CHARACTERS = "：，（）－【】％＃“”\u3000\u00a0\t\x00\x1b\x7f\x85\u202e\u2028\ufeff\ufffe\U0001f600'\"[]{}:,-#&*!|>%@`\\\n \r0aé"
VALUE = re.compile(r'(?<=: )(?:"[^"\n]*"|[^\s,\[\]{}#"][^,\[\]{}\n#]*)')
KEY = re.compile(r"(?:(?<=^)|(?<=[ {,]))[\w.\-]+(?=:(?: |$))", re.MULTILINE)
WORD = re.compile(r"\w+")
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")
SCALES = ["-1", "0", "0.5", "10", "100", "1000000", "1000000000", "1000000000000"]
FLOW = re.compile(r"[\[{][^\[\]{}\n]*[\]}]")


# ---- ways to mutate: (random numbers, text) → another text
def flip(rng: random.Random, text: str) -> str:
    """A byte becomes another."""
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    if raw:
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    return raw.decode("utf-8", "surrogateescape")


def delete_line(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    del lines[at : at + rng.choice([1, 1, 1, 2, 5])]
    return "".join(lines)


def repeat_line(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    lines[at:at] = [lines[at]] * rng.choice([1, 1, 2, 30])
    return "".join(lines)


def swap_lines(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return "".join(lines)


def indent(rng: random.Random, text: str) -> str:
    """A line, or some, stand farther left or right."""
    lines = text.splitlines(keepends=True)
    at, many = rng.randrange(len(lines)), rng.choice([1, 1, 2, 4])
    by = rng.choice([-4, -2, -1, 1, 2, 4, 40])
    for k in range(at, min(at + many, len(lines))):
        lines[k] = " " * by + lines[k] if by > 0 else lines[k][min(-by, len(lines[k]) - len(lines[k].lstrip(" "))) :]
    return "".join(lines)


def _one(rng: random.Random, text: str, pattern: re.Pattern[str], new: Callable[[str], str]) -> str:
    """One of the places that a pattern finds, written anew."""
    found = [m.span() for m in pattern.finditer(text)]
    if not found:
        return text
    start, end = rng.choice(found)
    return text[:start] + new(text[start:end]) + text[end:]


def swap_values(rng: random.Random, text: str) -> str:
    """Two values change places."""
    found = [m.span() for m in VALUE.finditer(text)]
    if len(found) < 2:
        return text
    (a, b), (c, d) = sorted(rng.sample(found, 2))
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def other_value(rng: random.Random, text: str) -> str:
    """A value becomes one that stands elsewhere."""
    values = VALUE.findall(text)
    return _one(rng, text, VALUE, lambda _: rng.choice(values)) if values else text


def hostile_value(rng: random.Random, text: str) -> str:
    return _one(rng, text, VALUE, lambda _: rng.choice(HOSTILE))


def hostile_flow(rng: random.Random, text: str) -> str:
    """A list or mapping on one line becomes something else."""
    return _one(rng, text, FLOW, lambda old: rng.choice([*HOSTILE, f"[{old}]", f"[{old}, {old}]", f"{{a: {old}}}"]))


def empty(rng: random.Random, text: str) -> str:
    """A list or mapping on one line is emptied, loses what stands first or last, or is left with one thing only."""

    def new(old: str) -> str:
        inside = old[1:-1].split(", ")
        kept = rng.choice([[], [], inside[1:], inside[:-1], inside[:1], inside[::-1], inside * 2])
        return old[0] + ", ".join(kept) + old[-1]

    return _one(rng, text, FLOW, new)


def no_number(rng: random.Random, text: str) -> str:
    """A number becomes what only looks like one."""
    return _one(rng, text, NUMBER, lambda _: rng.choice(LIKE_NUMBERS))


def rename_key(rng: random.Random, text: str) -> str:
    keys = KEY.findall(text)
    names = [*keys, *HOSTILE, "worth", "when", "chance", "share", "target.stance", "x" * 300]
    return _one(rng, text, KEY, lambda old: rng.choice([rng.choice(names), old + "x", old[:-1], old[::-1]]))


def number_key(rng: random.Random, text: str) -> str:
    """A key of a distribution becomes something else."""
    return _one(rng, text, re.compile(r"-?\d+(?=: \d+(?:\.\d+)?%)"), lambda _: rng.choice(HOSTILE))


def scale(rng: random.Random, text: str) -> str:
    """A number, or a few, by a factor, or another number altogether."""
    for _ in range(rng.choice([1, 1, 1, 3])):
        factor = rng.choice(SCALES)
        text = _one(rng, text, NUMBER, lambda old, f=factor: f"{float(old) * float(f):.10g}" if rng.random() < 0.8 else f)
    return text


def whole_scale(rng: random.Random, text: str) -> str:
    """A whole number becomes another whole one: these are the mutants that are most often accepted."""
    new = rng.choice(["0", "1", "2", "3", "7", "9", "19", "40", "100", "200", "250", "1000", "1_000_000", "999_999_999"])
    return _one(rng, text, re.compile(r"(?<![\w.%])\d+(?![\w.%])"), lambda _: new)


def word(rng: random.Random, text: str) -> str:
    """A word becomes another word of the text."""
    words = WORD.findall(text)
    return _one(rng, text, WORD, lambda _: rng.choice(words)) if words else text


def drop_section(rng: random.Random, text: str) -> str:
    """A key at the outermost level goes, with all that is in it; or comes twice."""
    parts = re.split(r"(?m)^(?=\w)", text)
    at = rng.randrange(len(parts))
    if rng.random() < 0.8:
        del parts[at]
    else:
        parts.insert(rng.randrange(len(parts)), parts[at])
    return "".join(parts)


def drop_block(rng: random.Random, text: str) -> str:
    """A line goes with all that stands farther right below it."""
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    depth = len(lines[at]) - len(lines[at].lstrip(" "))
    end = at + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip(" ")) > depth:
        end += 1
    return "".join(lines[:at] + lines[end:])


def insert(rng: random.Random, text: str) -> str:
    """A character or two somewhere."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + "".join(rng.choice(CHARACTERS) for _ in range(rng.choice([1, 1, 2]))) + text[at:]


def cut(rng: random.Random, text: str) -> str:
    """The file ends early, or a piece is missing."""
    at = rng.randrange(len(text) + 1)
    return text[:at] if rng.random() < 0.3 else text[:at] + text[at + rng.choice([1, 2, 10, 100]) :]


def add_line(rng: random.Random, text: str) -> str:
    """A line that was not there, at some depth."""
    lines = text.splitlines(keepends=True)
    keys = KEY.findall(text)
    value, key = rng.choice(HOSTILE), rng.choice(keys or ["a"])
    new = rng.choice([f"{key}: {value}", f"- {value}", value, "---", "%YAML 1.1"])
    lines.insert(rng.randrange(len(lines) + 1), " " * rng.choice([0, 2, 2, 4, 4, 6]) + new + "\n")
    return "".join(lines)


WAYS: dict[Callable[[random.Random, str], str], int] = {
    flip: 2, delete_line: 3, repeat_line: 2, swap_lines: 2, indent: 2, swap_values: 4, other_value: 5, hostile_value: 7,
    hostile_flow: 3, empty: 4, no_number: 5, rename_key: 3, number_key: 2, scale: 5, whole_scale: 8, word: 6, drop_section: 2,
    drop_block: 4, insert: 3, cut: 2, add_line: 3,
}  # fmt: skip
"""Each way and how often it is taken."""


def mutated(rng: random.Random, text: str) -> str:
    """The text after one to four mutations."""
    for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4])):
        text = rng.choices(list(WAYS), list(WAYS.values()))[0](rng, text) or "\n"
    return text


# ---- what must hold of each
@cache
def shipped() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in SCENARIOS.glob("*/scenario.yaml")))


class Bench:
    """Folders in which mutants are written one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        small.write(folder / "small-shelf")
        shutil.copytree(SCENARIOS, folder / "shipped-shelf")

    def write(self, seed: int) -> tuple[Path, Path]:
        """The mutant of this seed; its folder and its shelf."""
        rng = random.Random(seed)
        if seed % SHIPPED_EVERY == SHIPPED_EVERY - 1:
            shelf, name = self.folder / "shipped-shelf", rng.choice(shipped())
            text = (SCENARIOS / name / "scenario.yaml").read_text(encoding="utf-8")
            _put(shelf / name / "scenario.yaml", mutated(rng, text))
            return shelf / name, shelf
        shelf = self.folder / "small-shelf"
        texts = {"small/scenario.yaml": small.SCENARIO, "library/part.yaml": small.PART, "small/en.yaml": small.ENGLISH}
        chosen = rng.choices(list(texts), [20, 1, 1])[0]
        for path, text in texts.items():
            _put(shelf / path, mutated(rng, text) if path == chosen else text)
        return shelf / "small", shelf


def _put(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogateescape") if "\ud800" not in text else text.encode("utf-8", "surrogatepass"))


@dataclass
class Tally:
    """What became of a range of mutants."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    seconds: float = 0.0
    played: int = 0


def outcome_of(bench: Bench, seed: int, play_every: int) -> str:
    """The code of the first error of a mutant, or what it was accepted with. AssertionError, or any other, where it is one that
    must not be."""
    folder, shelf = bench.write(seed)
    found = load(folder, shelf)
    for problem in found.problems:
        told_properly(found, problem)
    wrong = errors(found.problems)
    if wrong:
        return wrong[0].code
    assert found.compiled is not None and found.texts is not None and found.scenario is not None
    if seed % play_every == 0:
        for policy in ("random", "greedy"):
            play(found.compiled, policy, seed)
        return "played"
    return "accepted"


def told_properly(found: Loaded, problem: Problem) -> None:
    """The place is one of the file, and there is a sentence in both languages."""
    at = problem.place
    lines = found.source.lines.get(at.file)
    if not lines:  # of a translation, of the deal before, or no text at all
        assert at.file.endswith(".yaml"), at
        lines = Path(at.file).read_text(encoding="utf-8", errors="replace").splitlines()
    assert 1 <= at.line <= len(lines) + 1 and at.length >= 1, at
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    assert 1 <= at.column <= len(line) + 1, (at, problem.code)
    for language in ("zh", "en"):
        told = render(problem, Say(language))
        assert told.isprintable() or all(c.isprintable() or c in "\n\t" or ord(c) > 0x9F for c in told), problem.code


def play(compiled: Compiled, policy: str, seed: int) -> None:
    """To the end, every number within 64 bits."""
    playing = start_playing(compiled, seed)
    while not playing.over and len(playing.decisions) < MOST_DECISIONS:
        playing.decide(POLICIES[policy](compiled.tables, playing.state, seed))
        assert all(-(1 << 63) <= x < 1 << 63 for x in playing.state.x)
    assert abs(playing.result()["payoff"]) < 1 << 62
    assert playing.over, "it never ends"


def run(first: int, count: int, folder: Path, play_every: int = PLAY_EVERY) -> Tally:
    """A range of mutants."""
    tally, bench = Tally(), Bench(folder)
    for seed in range(first, first + count):
        start = time.process_time()
        try:
            outcome = outcome_of(bench, seed, play_every)
        except Exception:
            outcome = "failed"
            tally.failures.append((seed, traceback.format_exc()))
        took = time.process_time() - start
        if took > SLOWEST:
            tally.failures.append((seed, f"{took:.1f} s"))
        tally.outcomes[outcome] += 1
        tally.slowest = max(tally.slowest, (took, seed))
        tally.seconds += took
    return tally


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--keep", type=Path, help="leave the last mutant in this folder")
    parser.add_argument("--play", type=int, default=PLAY_EVERY, help="play every so many of those that are accepted")
    options = parser.parse_args(arguments)
    if options.keep:
        tally = run(options.first, options.count, options.keep, options.play)
    else:
        with tempfile.TemporaryDirectory() as folder:
            tally = run(options.first, options.count, Path(folder), options.play)
    print(f"{options.count} mutants from {options.first}, {1000 * tally.seconds / max(1, options.count):.1f} ms each")
    print(f"slowest: {tally.slowest[0]:.2f} s, seed {tally.slowest[1]}")
    print(" ".join(f"{outcome} {n}" for outcome, n in tally.outcomes.most_common()))
    for seed, why in tally.failures:
        print(f"--- seed {seed}\n{why}")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
