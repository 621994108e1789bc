"""Random small deals, for laws that must hold in every scenario."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from game.judging.workers import Case
from game.policies.policies import new_player
from game.policies.simulation import simulation_of
from game.scenario.check import check
from game.scenario.compile import compile_scenario
from game.scenario.compiled import Compiled
from game.scenario.expand import aliases, expand
from game.scenario.load import Ready, Texts
from game.scenario.operations import BY_SIGN
from game.scenario.problems import Place
from game.scenario.schema import Scenario
from game.scenario.source import Source
from game.scenario.textids import texts_of


def deal(seed: int) -> Compiled:
    """A compiled deal of 1-4 stages, 0-4 people, 1-3 members, 0-2 rivals, made of everything the language has."""
    return scenario_and_deal(seed)[1]


def scenario_and_deal(seed: int, change: Callable[[dict[str, Any]], None] = lambda _: None) -> tuple[Scenario, Compiled]:
    """The deal beside the scenario it was made of; `change` may do something to that first."""
    rng = random.Random(seed)
    written = _Maker(rng).scenario()
    _Talks(written, random.Random(f"talks {seed}")).add()
    change(written)
    sc = Scenario.model_validate(written)
    problems = check(sc, Source(lines={"x": []}, places={(): Place("x")}))
    assert not problems, [(p.code, p.place, p.values) for p in problems]
    sc = expand(sc)
    return sc, compile_scenario(sc, f"generated-{seed}")[0]


def ready(seed: int, change: Callable[[dict[str, Any]], None] = lambda _: None) -> Ready:
    """A generated deal as doors want it, with its texts."""
    sc, _ = scenario_and_deal(seed, change)
    compiled, conditions = compile_scenario(sc, f"generated-{seed}")
    own = {".".join(map(str, path)): text for path, text in texts_of(sc)}
    return Ready(f"generated-{seed}", sc, Texts(sc.language, {sc.language: own}, dict(aliases(sc))), compiled, conditions)


def case(made: Ready) -> Case:
    """What a judge has to know of it; the reference plays greedily."""
    return Case(made.compiled, simulation_of(made), new_player(made.compiled.tables, "greedy"), "none")


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.stages = [f"P{k}" for k in range(rng.randint(1, 4))]
        self.phases = [f"f{k}" for k in range(rng.randint(2, 4))]
        self.people = ["甲", "乙", "丙", "丁"][: rng.randint(0, 4)]
        self.team = ["ae", "se", "exec"][: rng.randint(1, 3)]
        self.rivals = ["r1", "r2"][: rng.randint(0, 2)]
        self.meters = ["need", "risk", "dark"]
        self.facts = ["fa", "fb"][: rng.randint(0, 2)]

    def number(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def form(self, target: bool = False, hidden: bool = True) -> str:
        names = ["need", "risk", "week", "stage", "phase", "debt", *(["dark", "support"] if hidden else [])]
        names += [f"net.{r}" for r in self.rivals if hidden and self.people]
        names += ["target.rapport", "target.coverage", "target.wins", *(["target.stance"] if hidden else [])] if target else []
        terms = [
            f"{self.rng.choice(['+', '-'])} {self.rng.choice(['0.4', '2', '10.25'])} * {self.rng.choice(names)}" for _ in range(2)
        ]
        return f"{self.number(0, 90)} {' '.join(terms)}"

    def condition(self, target: bool = False) -> str:
        kinds = [
            "need >= 10",
            "not (risk > 60)",
            "week <= 9 or need >= 5",
            "said.word",
            "coverage >= 3 and stage < 3",
            "money != 7",
        ]
        return self.rng.choice([*kinds, "target.rapport < 80"] if target else kinds)

    def outcome(self, target: bool, told: bool = True) -> dict[str, Any]:
        if not told:
            theirs = {"knot": self.number(5, 40)} if target and self.rng.random() < 0.5 else {}
            return {"dark": self.number(-20, 20), **theirs}
        found: dict[str, Any] = {self.rng.choice(["need", "risk", "dark", "debt"]): Decimal(self.number(-30, 30)) / 2}
        if target:
            found |= {
                "target.stance": Decimal(self.number(-10, 10)) / 10,
                "target.rapport": self.number(-20, 30),
                "knot": self.number(-5, 20),
            }
            found |= {"reads": "70%", "asks": True} if self.rng.random() < 0.5 else {}
            found |= {"target.wins": "=1"} if self.rng.random() < 0.3 else {}
        if self.people and self.rng.random() < 0.2:
            found |= {self.rng.choice(["arrives", "leaves"]): [self.rng.choice(self.people)]}
        if self.rng.random() < 0.3:
            found |= {"need": f"={self.number(0, 100)}"}
        if self.rng.random() < 0.3:
            found |= {"risk": self.form(hidden=False)}
        if self.facts and self.rng.random() < 0.4:
            found |= {"verifies": [self.rng.choice(self.facts)], "claims": {self.rng.choice(self.facts): "60%"}}
        if self.rivals and self.rng.random() < 0.3:
            found |= {"reveals": "80%"}
        return found

    def outcomes(self, target: bool, told: bool = True) -> dict[str, Any]:
        found = {"success": self.outcome(target, told)}
        for name in ("partly", "failure")[: self.number(0, 2)]:
            found[name] = {"share": "40%", **self.outcome(target, told)}
        if len(found) > 1:
            del found[list(found)[-1]]["share"]
        return found

    def action(self) -> dict[str, Any]:
        target = bool(self.people) and self.rng.random() < 0.6
        found: dict[str, Any] = {
            "name": "做",
            "stage": self.rng.sample(self.stages, self.number(1, len(self.stages))),
            "by": self.rng.sample(self.team, self.number(1, len(self.team))),
            "outcomes": self.outcomes(target),
        }
        weeks = self.number(0, 3)
        found |= {"cost": {"weeks": weeks, "money": self.number(0, 3)}, "times": self.number(1, 9), "chance": self.form(target)}
        if len(found["outcomes"]) == 1:
            del found["chance"]
        found |= {"with": {"met": self.rng.choice([True, False, None]), "found": True}} if target else {}
        found |= {"when": self.condition(target)} if self.rng.random() < 0.5 else {}
        found |= {"phase": [self.rng.choice(self.phases)]} if self.rng.random() < 0.5 else {}
        return found

    def strategies(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.rng.random() < 0.6:
            found["pos"] = {"name": "位", "kind": "position", "chances": {"premortem": 5, "strategy": self.number(-9, 9)}}
        if len(self.facts) == 2:
            found["card"] = {"name": "卡", "pair": self.facts, "chances": {"strategy": 4}}
        return found

    def scenario(self) -> dict[str, Any]:
        rng = self.rng
        stance = {"-2": "20%", "0": "50%", "1": "30%"}
        people = {
            n: {
                "name": n,
                "title": "t",
                "level": rng.choice(["top", "middle", "staff"]),
                "function": "general",
                "stance": stance,
                "honest": rng.choice(["100%", "70%"]),
                "power": self.number(0, 10),
                "met": rng.random() < 0.5,
                "here": rng.random() < 0.8,
                "wins": {"business": "b", "personal": "p"},
                "hears": {q: Decimal("0.3") for q in self.people if q != n and rng.random() < 0.5},
            }
            for n in self.people
        }
        move = {"name": "m", "appeal": self.form(), "chance": self.form(bool(self.people)), "hidden": rng.random() < 0.5}
        move["outcomes"] = self.outcomes(bool(self.people), not move["hidden"])
        rivals = {
            r: {
                "name": r,
                "style": "price",
                "scores": {"price": {"40": "50%", "60": "50%"}},
                "net": {p: {"10": "50%", "60": "50%"} for p in self.people[:2]},
                "moves": {f"m{r}": move},
            }
            for r in self.rivals
        }
        actions = {f"a{k}": self.action() for k in range(self.number(1, 6))}
        actions["word"] = {
            "name": "说",
            "stage": self.stages,
            "by": self.team,
            "times": 2,
            "outcomes": {"success": {"said": "word"}},
        }
        events = {
            f"e{k}": {
                "text": "e",
                "chance": self.form(),
                "times": self.number(1, 3),
                "hidden": False,
                "when": self.condition(),
                "prevented_by": self.condition(),
                "branches": {"x": self.outcome(False)},
            }
            for k in range(self.number(0, 3))
        }
        point = {"id": "p", "text": "p", "when": self.condition(), "must": rng.random() < 0.4, "weight": self.number(0, 3)}
        return {
            "format": 2,
            "title": "t",
            "language": "zh",
            "market": "fast",
            "summary": "s",
            "brief": "b",
            "size": "S",
            "deal": {
                "value": 100,
                "unit": "元",
                "budget": self.number(0, 20),
                "weeks": self.number(1, 14),
                "fronts": self.number(1, 3),
                "best": 50,
            },
            "rules": {
                "influence": "30%",
                "anchor": "20%",
                "wait": self.number(1, 3),
                "comparison": self.number(1, 3),
                "mastery": self.number(0, 9),
                "foresee": self.number(0, 2),
            },
            "strategies": self.strategies(),
            "bones": {b: {"name": b} for b in ["b1", "b2", "b3"][: self.number(0, 3)]},
            "stages": {s: {"name": s, "milestone": "10%"} for s in self.stages},
            "team": {m: {"name": m, "role": "account", "uses": self.number(1, 9), "away": [[2, 3]]} for m in self.team},
            "people": people,
            "rivals": rivals,
            "meters": {
                "need": {"name": "n", "fade": "10%"},
                "risk": {"name": "r", "range": [-50, 100], "start": 10},
                "dark": {"name": "d", "seen": "never", "start": {"10": "50%", "40": "50%"}},
            },
            "facts": {
                f: {"text": f, "element": "need", "swot": "threat", "prior": "40%", "claimed_by": self.people[:1]}
                for f in self.facts
            },
            "actions": actions,
            "events": events,
            "buyer": {
                "phases": {p: {"name": p, "chance": self.form()} for p in self.phases},
                "steps": {"s0": {"name": "s", "when": "week >= 2"}},
            },
            "gates": {s: [point] for s in self.stages},
            "false_claims": {self.stages[0]: {"risk": 5}},
            "award": {
                "at": self.phases[-1],
                "criteria": {"price": {"name": "p", "weight": 40, "us": self.form()}},
                "none_name": "无",
            },
            "endings": {
                "won": {"kind": "won", "reason": "w", "text": "w", "when": "won", "payoff": "50 - spent"},
                "quit": {"kind": "withdrawn", "reason": "q", "text": "q", "when": "withdrawn", "payoff": "weeks_left"},
                "end": {"kind": "lost", "reason": "e", "text": "e", "payoff": "0 - spent", "last": True},
            },
        }


class _Talks:
    """Promises and a table, put into a deal on dice of their own."""

    def __init__(self, written: dict[str, Any], rng: random.Random) -> None:
        self.written, self.rng = written, rng

    def add(self) -> None:
        self.operations()
        if self.rng.random() < 0.6:
            self.promises()
        if self.rng.random() < 0.5:
            self.negotiation()
        if self.rng.random() < 0.5:
            self.pace()
        if self.rng.random() < 0.5:
            self.procurement()
        if self.written["people"] and self.rng.random() < 0.5:
            self.says()
        if self.rng.random() < 0.5:
            self.scenes()

    def scenes(self) -> None:
        """Scenes that come by a chance, wait or do not, open another, and cannot always be answered in every way."""
        who = sorted(self.written["people"]) or sorted(self.written["team"])
        found: dict[str, Any] = {}
        for name in ("talk", "more")[: self.rng.randint(1, 2)]:
            answers = {
                "one": {"say": "one", "outcomes": {"told": {"need": self.rng.randint(-3, 5)}}},
                "two": {"say": "two", "chance": "40 + 0.1 * need", "outcomes": {"well": {"need": 4}, "badly": {"risk": 3}}},
            }
            if self.rng.random() < 0.5:
                answers["three"] = {"say": "three", "when": "need >= 10", "breach": True, "outcomes": {"told": {"need": 9}}}
            scene = {"title": name, "who": self.rng.choice(who), "text": "text", "lines": ["line"], "answers": answers}
            scene |= {
                "when": self.rng.choice(["need >= 4", "week >= 2", "stage >= 1"]),
                "chance": self.rng.choice(["100", "30 + need"]),
            }
            if self.rng.random() < 0.5:
                scene |= {"limit": self.rng.randint(1, 3), "lapse": {"risk": 4}}
            found[name] = scene
        if len(found) == 2:
            del found["more"]["when"], found["more"]["chance"]
            found["talk"]["answers"]["one"]["outcomes"]["told"]["opens"] = ["more"]
        self.written["scenes"] = found

    def pace(self) -> None:
        """Phases with a length, and what holds and speeds them."""
        for phase in self.written["buyer"]["phases"].values():
            phase["weeks"] = [self.rng.randint(1, 2), self.rng.randint(2, 4)]
            for group, condition in (("work", "need >= 20"), ("speeds", "risk >= 15"), ("holds", "said.word or stage >= 1")):
                if self.rng.random() < 0.5:
                    phase[group] = {"one": {"text": group, "when": condition, "weeks": self.rng.randint(1, 2)}}

    def procurement(self) -> None:
        issue = self.rng.choice(sorted(self.written["buyer"]["phases"]))
        ways = ["private", "inquiry", "competitive_talks"] if len(self.written["rivals"]) >= 2 else ["private"]
        kind = self.rng.choice(ways)
        self.written["procurement"] = {"kind": kind, "issue": issue, "weeks": 2, "judging": self.rng.randint(1, 2)}
        if kind == "inquiry":
            for one in self.written.get("negotiation", {}).get("issues", {}).values():
                one["substance"] = False

    def says(self) -> None:
        """Somebody has a say, by a chance of the author's or the usual one."""
        say = {
            "by": self.rng.choice(sorted(self.written["people"])),
            "at": self.rng.choice(sorted(self.written["buyer"]["phases"])),
            "text": "say",
            "outcomes": {"carry": {"need": 5}, "bend": {"share": "40%", "risk": 3}, "stop": {"risk": 9}},
        }
        self.written["says"] = {"one": say | ({"chance": "40 + 0.1 * need"} if self.rng.random() < 0.5 else {})}

    def operations(self) -> None:
        """Every way to write an effect, on whatever action."""
        for sign in sorted(BY_SIGN):
            if sign:
                outcomes = self.written["actions"][self.rng.choice(sorted(self.written["actions"]))]["outcomes"]
                outcomes[self.rng.choice(sorted(outcomes))]["risk"] = f"{sign}{self.rng.randint(-20, 90)}"

    def promises(self) -> None:
        """One or two, given in outcomes of any action; they come due by a condition and hold by a chance."""
        names = ["soon", "always"][: self.rng.randint(1, 2)]
        self.written["promises"] = {
            name: {
                "text": name,
                "test": self.rng.choice(["week >= 3", "need >= 20", "stage >= 1 or week >= 5"]),
                "chance": self.rng.choice(["0", "50", "100", "need"]),
                "kept": {"need": self.rng.randint(0, 9)},
                "broken": {"risk": self.rng.randint(0, 20), "debt": self.rng.randint(0, 3)},
            }
            for name in names
        }
        given = self.rng.sample(sorted(self.written["actions"]), 1)[0]
        for name in names:
            outcome = self.rng.choice(sorted(self.written["actions"][given]["outcomes"]))
            self.written["actions"][given]["outcomes"][outcome].setdefault("promises", []).append(name)

    def negotiation(self) -> None:
        issue = {"name": "i", "give": "g", "trade": "t", "worth": {"1": "50%", "4": "50%"}}
        self.written["negotiation"] = {
            "stage": self.rng.choice(sorted(self.written["stages"])),
            "by": [self.rng.choice(sorted(self.written["team"]))],
            "when": self.rng.choice(["week >= 2", "need >= 5", "won"]),
            "patience": self.rng.randint(1, 4),
            "issues": {
                name: {**issue, "cost": self.rng.randint(0, 4), "gets": self.rng.randint(0, 5), "levels": self.rng.randint(1, 3)}
                for name in ["price", "term"][: self.rng.randint(1, 2)]
            },
            "trade_chance": self.rng.choice(["50", "need"]),
            "traded": {"need": 2},
            "refused": {"risk": 2},
        }
