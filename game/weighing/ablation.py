"""Systems of the method that can be switched off, to see whether they matter: a copy of the tables without their rule."""

from __future__ import annotations

import copy
from collections.abc import Callable

from game.scenario.compiled import Compiled
from game.scenario.tables import (
    CERTAIN,
    CHECK,
    CLOSES,
    FALSE,
    ONE,
    PAIR,
    READ_PERSON,
    READ_TARGET,
    TARGET,
    TRUE,
    VERIFY,
    Row,
    Tables,
)
from game.weighing.reads import moved_by, slots_of

EVEN_PACE = 30
"""Percent a week at which a customer without a mind of its own moves on."""
Switch = Callable[[Tables, Compiled], None]


def without(compiled: Compiled, system: str) -> Tables:
    """The tables with one system switched off. KeyError for a name that is none."""
    t = copy.copy(compiled.tables)
    for name, value in vars(compiled.tables).items():
        if isinstance(value, list):
            setattr(t, name, list(value))
    SYSTEMS[system](t, compiled)
    return t


def _cycles(t: Tables, _: Compiled) -> None:
    """An action works in any phase of the buyer."""
    t.action_from = [0] * t.n_action
    t.action_to = [t.n_phase] * t.n_action


def _profile(t: Tables, _: Compiled) -> None:
    """The customer moves on at an even pace, whatever hurts it and however urgent it is."""
    t.phase_least = [0] * t.n_phase
    even = len(t.form_c)
    t.form_c.append(EVEN_PACE * ONE)
    t.form_off.append(t.form_off[-1])
    t.form_mid.append(t.form_off[-1])
    for roll in t.phase_roll:
        t.roll_odds[roll] = even


def _actions(t: Tables, compiled: Compiled, *prefixes: str) -> None:
    for a, name in enumerate(compiled.ids.actions):
        if name.startswith(prefixes):
            t.action_cond[a] = t.action_own[a] = FALSE


def _strategies(t: Tables, c: Compiled) -> None:
    _actions(t, c, "adopt_")


def _premortem(t: Tables, c: Compiled) -> None:
    _actions(t, c, "foresee_")


def _trading(t: Tables, c: Compiled) -> None:
    _actions(t, c, "trade_")


def _claims(t: Tables, _: Compiled) -> None:
    """Everybody tells the truth."""
    t.fact_sure = [CERTAIN] * len(t.fact_sure)
    t.read_sure = [
        sure if kind in (READ_TARGET, READ_PERSON) else CERTAIN for kind, sure in zip(t.read_kind, t.read_sure, strict=True)
    ]
    for k in range(t.n_start):
        if t.honest0 <= t.start_slot[k] < t.honest0 + t.n_person:
            for i in range(t.start_off[k], t.start_off[k + 1]):
                t.start_value[i] = 100


def _checking(t: Tables, _: Compiled) -> None:
    """Nothing can be proved."""
    for b in range(len(t.branch_read) - 1):
        for k in range(t.branch_read[b], t.branch_read[b + 1]):
            if t.read_kind[k] in (VERIFY, CHECK):
                t.read_kind[k] = -1


def _influence(t: Tables, _: Compiled) -> None:
    t.hears = [0] * len(t.hears)


def _net(t: Tables, _: Compiled) -> None:
    """Contacts make no knots."""
    for k, slot in enumerate(t.effect_slot):
        if slot >= PAIR:
            t.effect_amount[k] = 0


def _rival_nets(t: Tables, _: Compiled) -> None:
    """No rival holds anybody."""
    nets = range(t.net0, t.net0 + t.n_rival * t.n_person)
    t.effect_amount = [
        0 if _first_meant(slot) in nets else amount for slot, amount in zip(t.effect_slot, t.effect_amount, strict=True)
    ]
    for k in range(t.n_start):
        if t.start_slot[k] in nets:
            t.start_value[t.start_off[k] : t.start_off[k + 1]] = [0] * (t.start_off[k + 1] - t.start_off[k])
    for slot in nets:
        t.x0[slot] = t.x0[slot + t.shift] = 0


def _turnover(t: Tables, _: Compiled) -> None:
    """Nobody comes or goes."""
    people = range(t.here0, t.here0 + t.n_person)
    t.branch_effect, t.effect_slot, t.effect_op, t.effect_amount = _keep(t, lambda slot: slot not in people)


def _wins(t: Tables, _: Compiled) -> None:
    """Nobody's personal win is ever learnt."""
    people = range(t.wins0, t.wins0 + t.n_person)
    t.branch_effect, t.effect_slot, t.effect_op, t.effect_amount = _keep(t, lambda slot: _first_meant(slot) not in people)


def _first_meant(slot: int) -> int:
    """A slot, or the first of those that one relative to the person may mean."""
    return slot - TARGET if TARGET <= slot < PAIR else slot


def _keep(t: Tables, wanted: Callable[[int], bool]) -> tuple[Row, Row, Row, Row]:
    """The branches' effects, only those on slots that are wanted."""
    off, rows = [0], list[tuple[int, int, int]]()
    for b in range(len(t.branch_effect) - 1):
        for k in range(t.branch_effect[b], t.branch_effect[b + 1]):
            if wanted(t.effect_slot[k]):
                rows.append((t.effect_slot[k], t.effect_op[k], t.effect_amount[k]))
        off.append(len(rows))
    return off, [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]


def _decay(t: Tables, c: Compiled) -> None:
    """Knots and rapport last."""
    rapport = {k for k, name in enumerate(c.ids.slots) if name.endswith(".rapport")}
    lasting = {slot for slot in t.fade_slot if t.knot0 <= slot < t.knot0 + t.n_member * t.n_person} | rapport
    t.fade_rate = [0 if slot in lasting else rate for slot, rate in zip(t.fade_slot, t.fade_rate, strict=True)]


def _rivals(t: Tables, _: Compiled) -> None:
    t.move_cond = [FALSE] * len(t.move_cond)


def _events(t: Tables, c: Compiled) -> None:
    t.event_cond = [x if "." in c.ids.events[e] else FALSE for e, x in enumerate(t.event_cond)]


def _promises(t: Tables, c: Compiled) -> None:
    t.event_cond = [FALSE if c.ids.events[e].startswith("promises.") else x for e, x in enumerate(t.event_cond)]


def _says(t: Tables, c: Compiled) -> None:
    """Nobody of the customer has a say."""
    t.event_cond = [FALSE if c.ids.events[e].startswith("says.") else x for e, x in enumerate(t.event_cond)]


def _dates(t: Tables, _: Compiled) -> None:
    """Bids are taken from the first week on, and nobody is given notice."""
    t.judge_weeks = 0
    t.x0[CLOSES] = t.last_week + 1
    t.issue_phase = -1


def _debt(t: Tables, _: Compiled) -> None:
    t.point_debt = [0] * len(t.point_debt)


def _gates(t: Tables, _: Compiled) -> None:
    """Every gate stands open."""
    t.point_must = [0] * len(t.point_must)


def _repeating(t: Tables, _: Compiled) -> None:
    t.repeat = 0


def _fatigue(t: Tables, _: Compiled) -> None:
    t.tire = 0


def _fit(t: Tables, _: Compiled) -> None:
    """Anybody can do anything equally well; mastery of the product goes with it."""
    t.arm_fit = [0] * t.n_arm


def _favours(t: Tables, _: Compiled) -> None:
    for m in range(t.n_member):
        t.x0[t.uses0 + m] = 1_000_000


def _absence(t: Tables, _: Compiled) -> None:
    t.n_away = 0


def _overpromise(t: Tables, _: Compiled) -> None:
    t.overpromise = 99


def _comparison(t: Tables, _: Compiled) -> None:
    t.compared = 99


def _breach(t: Tables, _: Compiled) -> None:
    """Nothing ever comes out: no event asks for what only breaches leave behind."""
    breaches = [moved_by(t, t.action_roll[a]) for a in range(t.n_action) if t.action_breach[a]]
    honest = [moved_by(t, t.action_roll[a]) for a in range(t.n_action) if not t.action_breach[a]]
    traces = set().union(*breaches) - set().union(*honest)
    t.event_cond = [FALSE if traces & slots_of(t, cond) else cond for cond in t.event_cond]


def _withdrawal(t: Tables, _: Compiled) -> None:
    t.withdraw_cond = FALSE


def _meeting_people(t: Tables, _: Compiled) -> None:
    """Who the customer's people are and whether one has met them does not matter."""
    t.pair_cond = [TRUE] * t.n_pair


SYSTEMS: dict[str, Switch] = {
    "cycles": _cycles,
    "profile": _profile,
    "strategies": _strategies,
    "premortem": _premortem,
    "claims": _claims,
    "checking": _checking,
    "influence": _influence,
    "people": _meeting_people,
    "turnover": _turnover,
    "wins": _wins,
    "net": _net,
    "rival_nets": _rival_nets,
    "decay": _decay,
    "rivals": _rivals,
    "events": _events,
    "gates": _gates,
    "debt": _debt,
    "repeating": _repeating,
    "fatigue": _fatigue,
    "fit": _fit,
    "favours": _favours,
    "absence": _absence,
    "comparison": _comparison,
    "overpromise": _overpromise,
    "promises": _promises,
    "says": _says,
    "dates": _dates,
    "trading": _trading,
    "breach": _breach,
    "withdrawal": _withdrawal,
}
