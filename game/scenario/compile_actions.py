"""Actions as rows of the tables: what may be done, on whom, by whom, and what each stage offers."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate

from game.scenario.build import offsets
from game.scenario.expand import answer_name
from game.scenario.linear import Either, Linear
from game.scenario.reach import EVER
from game.scenario.schema import Action, Scenario
from game.scenario.tables import NOBODY, TRUE
from game.scenario.writer import Writer

PRODUCT = frozenset({"proposal", "proof"})
"""Families of actions in which the product must be known."""
MASTERS = frozenset({"solution", "delivery"})


class ActionWriter(Writer):
    """Writes the actions."""

    def _actions(self) -> None:
        t, sc = self.t, self.sc
        t.action_meets = []
        t.action_cond, t.action_weeks, t.action_money, t.action_roll, t.action_times = [], [], [], [], []
        t.action_from, t.action_to, t.action_breach, t.action_free, t.action_own = [], [], [], [], []
        phases, answers = list(sc.buyer.phases), self._answers()
        for name, a in sc.actions.items():
            window = [phases.index(p) for p in a.phase] if a.phase else [0, len(phases) - 1]
            t.action_own.append(self._own_condition(name, a))
            own = t.action_own[-1]
            t.action_cond.append(own if name in answers else self._stage_condition(a, own))
            t.action_weeks.append(a.cost.weeks)
            t.action_meets.append(int("target.met" in next(iter(a.outcomes.values())).effects))
            t.action_money.append(a.cost.money)
            t.action_times.append(a.times or EVER)
            t.action_from.append(min(window))
            t.action_to.append(max(window))
            t.action_breach.append(int(a.breach))
            t.action_free.append(int(a.free))
            t.action_roll.append(self._action_roll(name, a))
        self._starts()

    def _own_condition(self, name: str, a: Action) -> int:
        """The action's own part; a condition that reads the target belongs to the pairs."""
        return TRUE if a.on is not None else self.condition("actions", name, "when")

    def _stage_condition(self, a: Action, then: int) -> int:
        """Only in its stages."""
        stages = list(self.sc.stages)
        each = tuple(self.read(f"stage == {stages.index(s)}") for s in dict.fromkeys(a.stage))
        return self.rows.condition(each[0] if len(each) == 1 else Either(each), then)

    def _action_roll(self, name: str, a: Action) -> int:
        odds = self.forms.get(("actions", name, "chance"))
        low, high = a.cut or self.sc.rules.cut
        if odds is None:
            odds, low, high = Linear((), Decimal(100)), 100, 100
        else:
            auto = Linear((("-fit", Decimal(1)), ("-repeat", Decimal(-1)), ("-tired", Decimal(-1))), Decimal(0))
            odds = odds.plus(auto)
            if f"bend.{a.family}" in self.symbols.quantities:
                odds = odds.plus(Linear(((f"bend.{a.family}", Decimal(1)),), Decimal(0)))
        form = self.form_of(odds, "actions", name, "chance")
        return self.rows.roll(form, (low * 100, high * 100), self._outcomes(a.outcomes, 1, f"actions.{name}.outcomes"))

    def _starts(self) -> None:
        """Pairs (action, person) and arms (pair, member), and what each stage offers."""
        t, sc = self.t, self.sc
        self.names = list(sc.actions)
        arms: list[tuple[int, int, int]] = []
        per_action, per_pair, team = [], [], []
        for k, (name, a) in enumerate(sc.actions.items()):
            who = [-1] if a.on is None else [p for p, person in enumerate(self.people) if selects(sc, a, person)]
            by = [m for m, member in enumerate(self.members) if member in a.by or sc.team[member].role in a.by]
            team.append(NOBODY if a.free else sum(1 << m for m in by))
            per_action.append(len(who))
            for p in who:
                per_pair.append(len(by))
                arms += [(len(self.pairs), m, self._fit(name, a, m, p)) for m in by]
                self.pairs.append((k, p))
        t.action_team = team
        t.n_action, t.n_pair, t.n_arm = len(sc.actions), len(self.pairs), len(arms)
        t.action_pair, t.pair_arm = list(accumulate(per_action, initial=0)), list(accumulate(per_pair, initial=0))
        t.pair_action, t.pair_person = [k for k, _ in self.pairs], [p for _, p in self.pairs]
        t.pair_cond = [self._pair_condition(k, p) for k, p in self.pairs]
        t.arm_pair, t.arm_member, t.arm_fit = ([arm[i] for arm in arms] for i in range(3))
        self._offers()

    def _answers(self) -> set[str]:
        """What answers a scene; no stage offers it, and every stage lets it be said."""
        return {answer_name(name, key) for name, scene in self.sc.scenes.items() for key in scene.answers}

    def _offers(self) -> None:
        """What each stage offers; the last row is that of a deal that is through all of them."""
        answers = self._answers()
        stages = [frozenset[str]() if name in answers else frozenset(a.stage) for name, a in self.sc.actions.items()]
        t = self.t
        offered = [[k for k, at in enumerate(stages) if stage in at] for stage in self.sc.stages] + [[]]
        first = [t.pair_arm[pair] for pair in t.action_pair]
        inside = [[i for k in ks for i in range(first[k], first[k + 1])] for ks in offered]
        t.stage_off, t.stage_action = offsets(offered), [k for ks in offered for k in ks]
        t.arm_off, t.stage_arm = offsets(inside), [i for row in inside for i in row]

    def _fit(self, name: str, a: Action, member: int, person: int) -> int:
        fit = self.sc.team[self.members[member]].fit
        keys = {name, a.family or "", self.people[person] if person >= 0 else ""} - {""}
        unfit = self.sc.rules.mastery if a.family in PRODUCT and self.sc.team[self.members[member]].role not in MASTERS else 0
        return 100 * (sum(fit.get(key, 0) for key in keys) - unfit)

    def _pair_condition(self, action: int, person: int) -> int:
        if person < 0:
            return TRUE
        name, a = self.names[action], self.sc.actions[self.names[action]]
        asked = [f"target.{field} >= 1" for field in ("found", "met") if a.on and getattr(a.on, field)]
        asked += [f"{self.people[person]}.here >= 1"] if self.people[person] in self.movers else []
        asked += ["target.met <= 0"] if a.on and a.on.met is False else []
        first = self.condition("actions", name, "when")
        for text in asked:
            first = self.rows.condition(self.read(text), first)
        return first


def selects(sc: Scenario, a: Action, person: str) -> bool:
    """Whether an action can ever be on this person."""
    on, p = a.on, sc.people[person]
    if on is None:
        return False
    named = on.people is None or person in on.people
    level = on.level is None or p.level in on.level
    function = on.function is None or p.function in on.function
    return named and level and function and (on.role is None or any(r in on.role for r in p.roles))
