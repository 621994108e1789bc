"""Golden playthroughs: the hash of 25 plays of every scenario and policy, and three plays as readable text.

`python -m tests.playthroughs.golden` writes them anew, after a wanted change of the rules or of a scenario.
"""

from __future__ import annotations

import json
from pathlib import Path

from game.belief.watched import Watched
from game.debrief.story import tell_story
from game.i18n import Say
from game.paths import SCENARIOS
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready, load_ready, names

HERE = Path(__file__).parent
HASHES = HERE / "hashes.json"
SEEDS = range(25)
TEXTS = (("office-supplies", "greedy", 3), ("office-supplies", "cautious", 8), ("smart-factory", "greedy", 7))


def played(ready: Ready, policy: str, seed: int) -> Playing:
    playing = start_playing(ready.compiled, seed)
    while not playing.over:
        playing.decide(POLICIES[policy](ready.compiled.tables, playing.state, seed))
    return playing


def hashes(ready: Ready) -> dict[str, list[str]]:
    """The last link of the chain of each play, by policy."""
    return {policy: [played(ready, policy, seed).record()["chain"][-1] for seed in SEEDS] for policy in POLICIES}


def text(ready: Ready, policy: str, seed: int) -> str:
    """A play as a person would read it."""
    story = tell_story(ready, Watched(played(ready, policy, seed)), Say("zh"))
    lines = [f"{story.title} · {policy} · {seed}"]
    for s in story.steps:
        odds = f"  当时看 {s.believed}%，其实 {s.true}%，点数 {s.roll}" if s.true is not None else ""
        lines.append(f"{s.number:3} 第{s.week}周 {s.stage} {s.what} {s.who}{odds}")
        lines += [f"      第{line.week}周 {line.text}" + (f"（{line.detail}）" if line.detail else "") for line in s.lines]
    lines.append(f"{story.kind_words} · {story.reason}：{story.points} 分，{story.payoff}，{story.weeks} 周")
    return "\n".join(lines) + "\n"


def write() -> None:
    found = {}
    for name in names(SCENARIOS):
        found[name] = hashes(load_ready(SCENARIOS / name, SCENARIOS))
    HASHES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for name, policy, seed in TEXTS:
        ready = load_ready(SCENARIOS / name, SCENARIOS)
        (HERE / f"{name}-{policy}-{seed}.txt").write_text(text(ready, policy, seed), encoding="utf-8")


if __name__ == "__main__":
    write()
