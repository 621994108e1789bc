"""Golden playthroughs: how 25 plays of every scenario and policy ended, and three plays as readable text.

    python -m tests.playthroughs.golden SCENARIO...

writes those of these scenarios anew, after a wanted change of theirs or of the rules, and says in words what that changed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path
from statistics import fmean

from game.belief.watched import Watched
from game.debrief.story import Unseen, tell_story
from game.i18n import Say
from game.paths import SCENARIOS
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready, load_ready, names

HERE = Path(__file__).parent
ENDINGS = HERE / "endings.json"
SEEDS = range(25)
TEXTS = (("office-supplies", "greedy", 3), ("office-supplies", "cautious", 8), ("smart-factory", "greedy", 7))
UNSEEN = ("smart-factory",)
"""Whose story is told without what was believed: going through a big deal's belief takes a minute."""


def played(ready: Ready, policy: str, seed: int) -> Playing:
    playing = start_playing(ready.compiled, seed)
    while not playing.over:
        playing.decide(POLICIES[policy](ready.compiled.tables, playing.state, seed))
    return playing


def endings(ready: Ready, policy: str) -> list[str]:
    """Of each play: how it ended, points, weeks, and the last link of its chain."""
    found = []
    for seed in SEEDS:
        playing = played(ready, policy, seed)
        result = playing.result()
        found.append(f"{result['ending']} {result['points']} {result['week']} {playing.record()['chain'][-1]}")
    return found


def text(ready: Ready, policy: str, seed: int) -> str:
    """A play as a person would read it."""
    playing = played(ready, policy, seed)
    story = tell_story(ready, Unseen(playing) if ready.name in UNSEEN else Watched(playing), Say("zh"))
    lines = [f"{story.title} · {policy} · {seed}"]
    for s in story.steps:
        odds = f"  当时看 {s.believed}%，其实 {s.true}%，点数 {s.roll}" if s.true is not None else ""
        lines.append(f"{s.number:3} 第{s.week}周 {s.stage} {s.what} {s.who}{odds}")
        lines += [f"      第{line.week}周 {line.text}" + (f"（{line.detail}）" if line.detail else "") for line in s.lines]
    lines.append(f"{story.kind_words} · {story.reason}：{story.points} 分，{story.payoff}，{story.weeks} 周")
    return "\n".join(lines) + "\n"


def changes(policy: str, before: Sequence[str], after: Sequence[str]) -> str:
    """What has become otherwise, in words; empty where nothing has."""
    many = sum(one != other for one, other in zip(before, after, strict=False)) + abs(len(after) - len(before))
    if not many:
        return ""
    one, other = (fmean(float(line.split()[1]) for line in lines) if lines else 0.0 for lines in (before, after))
    old, new = (Counter(line.split()[0] for line in lines) for lines in (before, after))
    moved = ", ".join(f"{end} {old[end]} -> {new[end]}" for end in sorted({*old, *new}) if old[end] != new[end])
    words = moved or "as many of each ending"
    return f"{policy}: {many} of {len(after)} end otherwise; points {one:.1f} -> {other:.1f}; {words}"


def write(chosen: Sequence[str]) -> None:
    """Renew these scenarios' plays."""
    kept = json.loads(ENDINGS.read_text(encoding="utf-8")) if ENDINGS.exists() else {}
    for name in chosen:
        ready, before = load_ready(SCENARIOS / name, SCENARIOS), kept.get(name, {})
        kept[name] = {policy: endings(ready, policy) for policy in POLICIES}
        told = [changes(policy, before.get(policy, []), lines) for policy, lines in kept[name].items()]
        for policy, seed in ((policy, seed) for other, policy, seed in TEXTS if other == name):
            path, after = HERE / f"{name}-{policy}-{seed}.txt", text(ready, policy, seed)
            old = path.read_text(encoding="utf-8") if path.exists() else ""
            told += list(unified_diff(old.splitlines(), after.splitlines(), path.name, path.name, lineterm="", n=0))
            path.write_text(after, encoding="utf-8")
        print(name, *(line for line in told if line), *(() if any(told) else ("as it was",)), sep="\n  ")
    ENDINGS.write_text(json.dumps({name: kept[name] for name in sorted(kept)}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(f"which of {', '.join(names(SCENARIOS))}?")
    write(sys.argv[1:])
