"""What an author writes in a form of its own becomes ordinary actions: the negotiation table, strategies, the premortem.
A rival's knots are those of its own net."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from game.scenario.names import THEIRS
from game.scenario.operations import OPERATIONS, SET, read_amount
from game.scenario.outcome import Outcome
from game.scenario.schema import Action, Cost, Event, Promise, Rival, Scenario, Strategy

AT_ONCE = Cost(weeks=0)


def expand(sc: Scenario) -> Scenario:
    """The scenario with everything said in actions, and promises weighed by the market's after-sales."""
    actions = {**sc.actions, **_strategies(sc), **_bones(sc), **_table(sc), **_answers(sc)}
    promises = {name: _weighed(promise, sc.rules.aftersales) for name, promise in sc.promises.items()}
    rivals = {name: _with_own_knots(name, rival) for name, rival in sc.rivals.items()}
    events = {**sc.events, **_scenes(sc), **_injects(sc)}
    return sc.model_copy(update={"actions": actions, "promises": promises, "rivals": rivals, "events": events})


def _with_own_knots(name: str, rival: Rival) -> Rival:
    """A rival whose moves tie its own net."""
    moves = {
        key: move.model_copy(update={"outcomes": {word: _of_rival(outcome, name) for word, outcome in move.outcomes.items()}})
        for key, move in rival.moves.items()
    }
    return rival.model_copy(update={"moves": moves})


def _of_rival(outcome: Outcome, rival: str) -> Outcome:
    """What a rival's move brings: a knot it ties is one of its own net."""
    effects = {THEIRS + rival if name == "knot" else name: amount for name, amount in outcome.effects.items()}
    return outcome.model_copy(update={"effects": effects})


def _of_the_team(sc: Scenario, stages: list[str], when: str, effects: dict[str, str], **more: Any) -> Action:
    """Something the team decides at once, at nobody's cost."""
    return Action(
        stage=stages,
        by=[next(iter(sc.team))],
        cost=AT_ONCE,
        when=when,
        times=9,
        free=True,
        outcomes={"success": Outcome(effects=effects)},
        **more,
    )


def _strategies(sc: Scenario) -> dict[str, Action]:
    """Positions, one of them; and cards of SWOT pairs, each open while both facts of its pair are held, a few carried at most."""
    stages = list(sc.stages)
    found = {}
    for name, s in sc.strategies.items():
        effects = {f"held.{name}": "=1", "positions" if s.kind == "position" else "carried": "1"}
        effects |= {f"bend.{family}": str(points) for family, points in s.bends.items()}
        when = " and ".join([f"held.{name} <= 0", *_asked(sc, s)])
        where = stages[:3] if s.kind == "position" else stages[:-1] or stages
        found[f"adopt_{name}"] = _of_the_team(
            sc,
            where,
            when,
            effects,
            name=s.name,
            about=s.about,
            family="strategy",
            tags=["strategy/strategy design" if s.kind == "position" else "strategy/competitive strategy"],
        )
    return found


def _asked(sc: Scenario, s: Strategy) -> list[str]:
    own = [f"({s.when})"] if s.when else []
    if s.kind == "position":
        return [*own, "positions <= 0"]
    return [*own, f"carried <= {sc.rules.carry - 1}", *(f"(knows.{fact} or heard.{fact})" for fact in s.pair)]


def _bones(sc: Scenario) -> dict[str, Action]:
    """The premortem, before anything is done: what could kill this deal."""
    found = {}
    for name, bone in sc.bones.items():
        when = f"bone.{name} <= 0 and foreseen <= {sc.rules.foresee - 1} and week <= 1"
        effects = {f"bone.{name}": "=1", "foreseen": "1"}
        found[f"foresee_{name}"] = _of_the_team(
            sc,
            list(sc.stages)[:1],
            when,
            effects,
            name=bone.name,
            about=bone.about,
            family="premortem",
            tags=["business/project management"],
        )
    return found


def _table(sc: Scenario) -> dict[str, Action]:
    """Give a level of an issue, or trade it for something in return."""
    n = sc.negotiation
    if n is None:
        return {}
    more: dict[str, Action] = {}
    for name, issue in n.issues.items():
        when = f"({n.when}) and patience >= 1 and issue.{name} <= {issue.levels - 1}"
        given = {f"issue.{name}": "1", "conceded": str(issue.cost), "their_gain": f"worth.{name}"}
        traded = {**given, "conceded": str(issue.cost - issue.gets)}
        common: dict[str, Any] = {
            "stage": [n.stage],
            "by": n.by,
            "cost": AT_ONCE,
            "when": when,
            "times": 9,
            "family": "negotiation",
            "tags": ["business/negotiation"],
        }
        more[f"give_{name}"] = Action(name=issue.give, outcomes={"success": _said(_with(n.give, given), issue.on_give)}, **common)
        outcomes = {"success": _said(_with(n.traded, traded), issue.on_trade), "failure": _said(n.refused, issue.on_refuse)}
        more[f"trade_{name}"] = Action(name=issue.trade, chance=n.trade_chance, outcomes=outcomes, **common)
    return more


def _said(outcome: Outcome, say: list[str] | None) -> Outcome:
    """The outcome with words of its own, where there are any."""
    return outcome.model_copy(update={"say": say}) if say else outcome


def answer_name(scene: str, answer: str) -> str:
    """The name of the action that an answer becomes."""
    return f"answer_{scene}_{answer}"


def _answers(sc: Scenario) -> dict[str, Action]:
    """What may be answered in a scene: at once, at nobody's cost, and the scene is over."""
    found = {}
    for name, scene in sc.scenes.items():
        for key, answer in scene.answers.items():
            when = " and ".join([f"scene.{name} >= 1", *([f"({answer.when})"] if answer.when else [])])
            found[answer_name(name, key)] = Action(
                name=answer.say,
                stage=list(sc.stages),
                by=[next(iter(sc.team))],
                cost=AT_ONCE,
                when=when,
                times=1,
                free=True,
                chance=answer.chance,
                outcomes={word: _with(o, _closed(name)) for word, o in answer.outcomes.items()},
                breach=answer.breach,
                family="scene",
                tags=scene.tags,
                coach=answer.coach,
            )
    return found


def _closed(scene: str) -> dict[str, str]:
    return {f"scene.{scene}": "=0", f"answered.{scene}": "=1"}


def _scenes(sc: Scenario) -> dict[str, Event]:
    """How scenes come by themselves, and how those that could wait lapse."""
    found = {}
    for name, scene in sc.scenes.items():
        if scene.when or scene.chance:
            when = f"({scene.when})" if scene.when else None
            opened = {"opens": Outcome(opens=[name])}
            found[f"scene_{name}"] = Event(text=scene.title, when=when, chance=scene.chance or "100", branches=opened)
        if scene.lapse:
            late = f"scene.{name} >= {max(1, scene.limit) + 1}"
            lapsed = {"lapse": _with(scene.lapse, _closed(name))}
            found[f"lapse_{name}"] = Event(text=scene.title, when=late, chance="100", branches=lapsed)
    return found


def _injects(sc: Scenario) -> dict[str, Event]:
    """What the trainer lets happen, once it was asked for."""
    found = {}
    for name, inject in sc.injects.items():
        when = " and ".join([f"inject.{name} >= 1", *([f"({inject.when})"] if inject.when else [])])
        found[inject_name(name)] = Event(text=inject.text, when=when, chance="100", branches=inject.branches)
    return found


def inject_name(inject: str) -> str:
    """The name of the event that an inject becomes."""
    return f"inject_{inject}"


def _with(outcome: Outcome, effects: dict[str, str]) -> Outcome:
    return outcome.model_copy(update={"effects": {**outcome.effects, **effects}})


def _weighed(promise: Promise, percent: int) -> Promise:
    """A broken promise weighs as much as after-sales do in this market."""
    if percent == 100:
        return promise
    effects = {name: _part(written, percent) for name, written in promise.broken.effects.items()}
    return promise.model_copy(update={"broken": promise.broken.model_copy(update={"effects": effects})})


def _part(written: str, percent: int) -> str:
    op, value = read_amount(written) or (SET, Decimal(0))
    if not OPERATIONS[op].adds:
        return written
    value = value * percent / 100
    return f"{value.quantize(Decimal('0.01') if abs(value) < 1000 else Decimal(1), ROUND_HALF_UP):f}"


def made(sc: Scenario) -> set[str]:
    """The names of the actions that `expand` makes."""
    issues = sc.negotiation.issues if sc.negotiation else {}
    found = {f"adopt_{name}" for name in sc.strategies} | {f"foresee_{name}" for name in sc.bones}
    found |= {answer_name(name, key) for name, scene in sc.scenes.items() for key in scene.answers}
    return found | {f"{word}_{name}" for name in issues for word in ("give", "trade")}


REPLIES = (
    ("give", "success", "on_give", "give"),
    ("trade", "success", "on_trade", "traded"),
    ("trade", "failure", "on_refuse", "refused"),
)
"""Action and grade, and where their reply is written: with the issue, else for the whole table."""


def aliases(sc: Scenario) -> list[tuple[str, str]]:
    """Text ids of what `expand` made, as the ids under which their texts are written."""
    found = []
    for group, word in (("strategies", "adopt"), ("bones", "foresee")):
        for name in getattr(sc, group):
            found += [(f"actions.{word}_{name}.{part}", f"{group}.{name}.{part}") for part in ("name", "about")]
    for name, scene in sc.scenes.items():
        found += [(f"events.{word}_{name}.text", f"scenes.{name}.title") for word in ("scene", "lapse")]
        found.append((f"events.lapse_{name}.branches.lapse.say", f"scenes.{name}.lapse.say"))
        for key, answer in scene.answers.items():
            made_of, written = f"actions.{answer_name(name, key)}", f"scenes.{name}.answers.{key}"
            found += [(f"{made_of}.name", f"{written}.say"), (f"{made_of}.coach", f"{written}.coach")]
            found += [(f"{made_of}.outcomes.{word}.say", f"{written}.outcomes.{word}.say") for word in answer.outcomes]
    for name, inject in sc.injects.items():
        made_of, written = f"events.{inject_name(name)}", f"injects.{name}"
        found.append((f"{made_of}.text", f"{written}.text"))
        found += [(f"{made_of}.branches.{word}.say", f"{written}.branches.{word}.say") for word in inject.branches]
    for name, issue in (sc.negotiation.issues if sc.negotiation else {}).items():
        found += [(f"actions.{word}_{name}.name", f"negotiation.issues.{name}.{word}") for word in ("give", "trade")]
        for action, grade, own, common in REPLIES:
            written = f"issues.{name}.{own}" if getattr(issue, own) else f"{common}.say"
            found.append((f"actions.{action}_{name}.outcomes.{grade}.say", f"negotiation.{written}"))
    return found
