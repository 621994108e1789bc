"""How far the accounts of a deal really get from 0.

Their ranges are wide, the same in every scenario. What a scenario can do to them is far less, and forms that read them must be
proved to stay below 2**63. So everything that moves them is added up, each as often as it can come at all.
"""

from __future__ import annotations

import re
from decimal import Decimal

from game.scenario.kinds import MANY
from game.scenario.operations import ADD, read_amount
from game.scenario.schema import Scenario
from game.scenario.source import DataPath
from game.scenario.walk import walk_branches

EVER = 250
"""How often an action may be tried on somebody where the author sets no limit."""
AT_TABLE = 9
"""How often each issue is given, and how often traded, at most."""
LONGEST_WORK = 6
"""Weeks that an action may take at most."""


def reaches(sc: Scenario) -> dict[str, int]:
    """Account → the largest amount it can come to, in the author's units, up or down."""
    issues = sc.negotiation.issues.values() if sc.negotiation else ()
    conceded = sum(2 * AT_TABLE * (issue.cost + issue.gets) for issue in issues)
    debt = sum(point.weight * sc.rules.debt for points in sc.gates.values() for point in points)
    found = {"stage": len(sc.stages), "false_claims": len(sc.stages), "phase": len(sc.buyer.phases), "step": len(sc.buyer.steps)}
    weeks = sc.deal.weeks + 1
    bids = sc.procurement.weeks if sc.procurement else 0
    found |= {"phase_weeks": weeks, "award_week": weeks, "award_stage": len(sc.stages)}
    found |= {"tender.closes": weeks + bids, "tender.left": bids}
    found |= {"phase_gap": len(sc.buyer.phases), "oversold": len(sc.promises), "spent": _spent(sc)}
    found |= {f"tired.{name}": max(100, sc.rules.tire * (sc.deal.weeks + LONGEST_WORK)) for name in sc.team}
    for name, first in (("money", sc.deal.budget), ("debt", debt), ("conceded", conceded)):
        found[name] = min(MANY, first + _moved(sc, name))
    return found


def _moved(sc: Scenario, name: str) -> int:
    """All that branches can do to an account, added up whatever its sign; MANY where a form moves it."""
    total = 0
    for branch in walk_branches(sc):
        written = branch.outcome.effects.get(name)
        number = read_amount(written) if written is not None else (ADD, Decimal(0))
        if number is None:
            return MANY
        total += (int(abs(number[1])) + 1) * _often(sc, branch.path) if number[1] else 0
    return total


def _often(sc: Scenario, path: DataPath) -> int:
    """How often a branch can come at most."""
    if path[0] == "actions":
        action = sc.actions[str(path[1])]
        return (action.times or EVER) * (max(1, len(sc.people)) if action.on else 1)
    if path[0] == "rivals":
        return sc.deal.weeks
    if path[0] == "events":
        return sc.events[str(path[1])].times
    return 2 * AT_TABLE * len(sc.negotiation.issues) if path[0] == "negotiation" and sc.negotiation else 1


def _spent(sc: Scenario) -> int:
    """The budget; but where some branch brings money, all that can be done as often as it can be done."""
    if not any("money" in branch.outcome.effects for branch in walk_branches(sc)):
        return sc.deal.budget
    return sum(a.cost.money * _often(sc, ("actions", name)) for name, a in sc.actions.items())


def most_money(sc: Scenario) -> int:
    """The most money there can ever be: the budget, and every branch that brings some as often as it can come. One that keeps a
    word which its action asks not to have been said comes once."""
    total = sc.deal.budget
    for branch in walk_branches(sc):
        number = read_amount(branch.outcome.effects.get("money", "0"))
        if number is None:
            return MANY
        if number[1] > 0:
            once = branch.path[0] == "actions" and _closes_itself(sc.actions[str(branch.path[1])].when or "", branch.outcome.said)
            total += int(number[1]) * (1 if once else _often(sc, branch.path))
    return min(MANY, total)


def _closes_itself(when: str, said: list[str]) -> bool:
    return " or " not in when and any(re.search(rf"\bnot said\.{re.escape(word)}\b", when) for word in said)
