"""A small stochastic story of S stages with C choices, two decisions a stage, written as a scenario for any S and C.

It is used to compare speed and to check the rules against results that other programs found. All numbers are whole, d100 is
uniform on 1 … 100; s counts stages from 0, c choices from 0:

    state      trust=3 insight=0 risk=0 score=0 purse=6 competitor=0
    cost(s,c)  0 if c = 0, else 1 + (s+c) mod 3
    gate(s,c)  none if c < 3, else (s+c) mod 5 + s div 2
    base(s,c)  70 - 6·(c mod 6) + (7s+3c) mod 11

    for each stage s, twice:
      available(c): purse >= cost and trust >= gate           the player picks uniformly among the available
      purse -= cost
      d100 <= base + 2·insight - 3·risk ?                     cut to 0 … 100
        yes: trust += 1 + c mod 3;  insight += (s+c) mod 3;  score += 2 + 2·(c mod 6)
        no:  trust -= 1 + c mod 2;  risk += 1 + (s+c) mod 2
      d100 <= 10: purse -= 1 if purse > 0;  > 90: competitor += 3
      after the second decision: purse += 3
    won  iff  score >= competitor + 4·S

Here a decision takes a week, and passing a gate is a decision of its own that the policy takes as soon as it may.
Run as `python -m tests.benchmarks.ladder S C OUT`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

WIDE = [-1_000_000, 1_000_000]
REFERENCE = {(8, 6): (51.17, 0.6973), (4, 6): (27.24, 0.7245), (8, 12): (51.07, 0.7052)}
"""Mean final score and share of wins of the uniform player, by 5.6 million plays of an independent program."""


def cost(s: int, c: int) -> int:
    return 0 if c == 0 else 1 + (s + c) % 3


def gate(s: int, c: int) -> int | None:
    return None if c < 3 else (s + c) % 5 + s // 2


def base(s: int, c: int) -> int:
    return 70 - 6 * (c % 6) + (7 * s + 3 * c) % 11


def action(s: int, c: int) -> dict[str, Any]:
    """Choice c of stage s."""
    needs = [f"purse >= {cost(s, c)}"] if c else []
    needs += [f"trust >= {gate(s, c)}"] if c >= 3 else []
    yes = {"trust": 1 + c % 3, "insight": (s + c) % 3, "score": 2 + 2 * (c % 6), "purse": -cost(s, c)}
    no = {"trust": -1 - c % 2, "risk": 1 + (s + c) % 2, "purse": -cost(s, c)}
    found: dict[str, Any] = {
        "name": f"Choice {c} of stage {s}",
        "stage": f"s{s}",
        "by": "player",
        "chance": f"{base(s, c)} + 2 * insight - 3 * risk",
        "outcomes": {"success": {k: v for k, v in yes.items() if v}, "failure": {k: v for k, v in no.items() if v}},
    }
    return found | ({"when": " and ".join(needs)} if needs else {})


def meter(name: str, start: int = 0, low: int = WIDE[0]) -> dict[str, Any]:
    return {"name": name, "range": [low, WIDE[1]], "start": start, "whole": True}


def events(stages: int) -> dict[str, Any]:
    """The third draw of a decision, and the money that comes after the second."""
    luck = {"loss": {"share": "50%", "say": "Something broke", "purse": -1}, "rival": {"say": "They moved", "competitor": 3}}
    income = {
        "text": "Income",
        "chance": 100,
        "times": stages,
        "when": "week - 2 * stage >= 2",
        "branches": {"paid": {"purse": 3}},
    }
    return {"luck": {"text": "Luck", "chance": 20, "times": 2 * stages, "branches": luck}, "income": income}


def ladder(stages: int, choices: int) -> dict[str, Any]:
    """The scenario as data."""
    won = f"stage >= {stages} and score - competitor >= {4 * stages}"
    return {
        "format": 2,
        "title": f"Ladder {stages} x {choices}",
        "language": "en",
        "market": "fast",
        "summary": "A benchmark",
        "brief": "A benchmark",
        "size": next(z for z, most in (("S", 96), ("M", 256), ("L", 1024)) if stages * choices <= most),
        "deal": {"value": 0, "unit": "points", "budget": 0, "weeks": 2 * stages + 1, "fronts": 1, "best": 100},
        "rules": {
            "repeat": 0,
            "tire": 0,
            "recover": 0,
            "rest": 0,
            "knot_fade": "0%",
            "rapport_fade": "0%",
            "cut": [0, 100],
            "withdraw": "0",
        },
        "stages": {f"s{s}": {"name": f"Stage {s}", "milestone": "50%"} for s in range(stages)},
        "team": {"player": {"name": "Player", "role": "account"}},
        "meters": {
            "trust": meter("Trust", 3),
            "insight": meter("Insight"),
            "risk": meter("Risk"),
            "score": meter("Score"),
            "purse": meter("Purse", 6, 0),
            "competitor": meter("Competitor"),
        },
        "actions": {f"s{s}_c{c}": action(s, c) for s in range(stages) for c in range(choices)},
        "events": events(stages),
        "buyer": {"phases": {"waiting": {"name": "Waiting"}}},
        "gates": {
            f"s{s}": [{"id": "twice", "text": "Two decisions made", "must": True, "when": f"week >= {2 * s + 3}"}]
            for s in range(stages)
        },
        "endings": {
            "won": {"kind": "won", "reason": "Won", "text": "Won", "when": won, "payoff": "score"},
            "lost": {"kind": "lost", "reason": "Lost", "text": "Lost", "payoff": "score", "when": f"stage >= {stages}"},
            "late": {"kind": "lost", "reason": "Late", "text": "Late", "payoff": "score", "last": True},
        },
    }


def write(stages: int, choices: int, folder: Path) -> Path:
    """Put the scenario into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(ladder(stages, choices), sort_keys=False, allow_unicode=True, width=130)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    write(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
