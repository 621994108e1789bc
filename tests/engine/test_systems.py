"""Every system of the method is a rule: it bites when it is on, and what it does is gone when it is switched off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.engine.award import award_odds
from game.engine.chance import HAPPENED, MOVED, READ, TRACE_WIDTH, seed_of
from game.engine.effects import apply
from game.engine.gates import debt_of
from game.engine.odds import holds, odds
from game.engine.state import new_dice, new_state
from game.engine.step import begin, is_legal, run_on, step
from game.engine.week import clock, lure, turning_odds, week
from game.policies.policies import POLICIES
from game.policies.rollout import rollout
from game.scenario.load import Ready
from game.scenario.tables import (
    BIDS_OPEN,
    CLAIM,
    ENDED,
    FALSE,
    PASS,
    PHASE,
    PHASE_WEEKS,
    STAGE,
    STARTS,
    VERIFY,
    WAIT,
    WITHDRAW,
    WON,
    State,
    Tables,
)
from game.weighing.ablation import SYSTEMS, without

Probe = Callable[[Tables, Ready], bool]


def fresh(t: Tables, seed: int = 1) -> State:
    s, d = new_state(t), new_dice(seed)
    begin(t, s, d)
    return s


def arm_of(ready: Ready, action: str, person: str = "", member: str = "") -> int:
    t, ids = ready.compiled.tables, ready.compiled.ids
    for pair in range(t.action_pair[ids.actions.index(action)], t.action_pair[ids.actions.index(action) + 1]):
        if not person or ids.people[t.pair_person[pair]] == person:
            for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1]):
                if not member or ids.members[t.arm_member[arm]] == member:
                    return arm
    raise LookupError(action)


def rows(t: Tables, ready: Ready, policy: str, seeds: range) -> list[list[int]]:
    """The trace of some plays."""
    found = []
    for seed in seeds:
        s, d = new_state(t), new_dice(seed, tracing=True)
        begin(t, s, d)
        over = run_on(t, s, d, 0)
        while not over:
            d.n = 0
            over = step(t, s, d, POLICIES[policy](t, s, seed) if policy else WAIT)
            found += [d.trace[k : k + TRACE_WIDTH] for k in range(0, d.n, TRACE_WIDTH)]
    return found


def meet(ready: Ready, s: State, person: str) -> None:
    s.x[ready.compiled.ids.slots.index(f"{person}.met")] = 1


def out_of_step_costs(t: Tables, ready: Ready) -> bool:
    s, arm = fresh(t), arm_of(ready, "exchange")
    a = ready.compiled.ids.actions.index("exchange")
    s.x[PHASE] = ready.compiled.tables.action_from[a]
    inside = odds(t, s, arm, 0)
    s.x[PHASE] = 0
    return odds(t, s, arm, 0) < inside


def work_done_drives_the_customer(t: Tables, ready: Ready) -> bool:
    s, owned = fresh(t), ready.compiled.ids.slots.index("said.problem_owned")
    s.x[PHASE_WEEKS] = 2
    before = turning_odds(t, s)
    s.x[owned] = 1
    return turning_odds(t, s) > before


def who_has_a_say_uses_it(t: Tables, ready: Ready) -> bool:
    s = fresh(t)
    s.x[PHASE] = min(t.say_phase)
    return any(holds(t, s, t.event_cond[e], 0, 0) for e in t.say_event)


def bids_have_their_time(t: Tables, ready: Ready) -> bool:
    s = fresh(t)
    s.x[STAGE] = 4
    clock(t, s)
    return not s.x[BIDS_OPEN] and t.issue_phase >= 0


def can(action: str, **at: int) -> Probe:
    def probe(t: Tables, ready: Ready) -> bool:
        s = fresh(t)
        for slot, value in at.items():
            s.x[{"stage": STAGE, "won": WON, "phase": PHASE}[slot]] = value
        arms = [k for k, name in enumerate(_names(ready)) if name.startswith(action)]
        return any(is_legal(t, s, STARTS + arm) for arm in arms)

    return probe


def _names(ready: Ready) -> list[str]:
    t, ids = ready.compiled.tables, ready.compiled.ids
    return [ids.actions[t.pair_action[t.arm_pair[arm]]] for arm in range(t.n_arm)]


def claims_can_be_false(t: Tables, ready: Ready) -> bool:
    false = 0
    for seed in range(6):
        s, d = new_state(t), new_dice(seed, tracing=True)
        begin(t, s, d)
        over = run_on(t, s, d, 0)
        while not over:
            d.n = 0
            over = step(t, s, d, POLICIES["random"](t, s, seed))
            for k in range(0, d.n, TRACE_WIDTH):
                if d.trace[k] == READ and d.trace[k + 1] == CLAIM:
                    false += d.trace[k + 6] != int(s.x[t.truth0 + d.trace[k + 2]] > 0)
    return false > 0


def facts_are_proved(t: Tables, ready: Ready) -> bool:
    return any(row[0] == READ and row[1] == VERIFY for row in rows(t, ready, "random", range(4)))


def stances_are_pulled(t: Tables, ready: Ready) -> bool:
    quiet = without(ready.compiled, "rivals")
    quiet.hears, quiet.lure, quiet.event_cond = t.hears, 0, [FALSE] * len(t.event_cond)
    s = fresh(quiet)
    before = s.x[t.stance0 : t.stance0 + t.n_person]
    for _ in range(3):
        week(quiet, s, new_dice(1))
    return s.x[t.stance0 : t.stance0 + t.n_person] != before


def strangers_cannot_be_visited(t: Tables, ready: Ready) -> bool:
    s = fresh(t)
    s.x[STAGE] = 1
    return not is_legal(t, s, STARTS + arm_of(ready, "visit", "zhou"))


def branch_of(ready: Ready, path: str) -> int:
    return ready.compiled.ids.branches.index(path)


def people_come_and_go(t: Tables, ready: Ready) -> bool:
    s, ids = fresh(t), ready.compiled.ids
    apply(t, s, new_dice(1), branch_of(ready, "events.transfer.branches.gone"), 0, 0)
    there = [bool(s.x[t.here0 + ids.people.index(name)]) for name in ("tang", "hou")]
    return there == [False, True]


def a_personal_win_helps(t: Tables, ready: Ready) -> bool:
    s, arm = fresh(t), arm_of(ready, "joint_roi", "shen")
    before = odds(t, s, arm, 0)
    visit = branch_of(ready, "actions.visit.outcomes.success")
    shen = ready.compiled.ids.people.index("shen")
    apply(t, s, new_dice(1), visit, shen, 0)
    s.x[t.rapport0 + shen] = t.x0[t.rapport0 + shen]
    return odds(t, s, arm, 0) > before


def rivals_draw_people_off(t: Tables, ready: Ready) -> bool:
    """Somebody whom a rival holds and we do not is drawn off; with our own hold as firm, not."""
    s = fresh(t)
    luo = ready.compiled.ids.people.index("luo")
    before = s.x[t.stance0 + luo]
    lure(t, s)
    after = s.x[t.stance0 + luo]
    s.x[t.cover0 + luo] = 10_000
    lure(t, s)
    return after < before and s.x[t.stance0 + luo] == after


def contacts_make_knots(t: Tables, ready: Ready) -> bool:
    s, d = new_state(t), new_dice(3)
    begin(t, s, d)
    for _ in range(25):
        step(t, s, d, POLICIES["greedy"](t, s, 3))
    return sum(s.x[t.cover0 : t.cover0 + t.n_person]) > 0


def knots_fade(t: Tables, ready: Ready) -> bool:
    s = fresh(t)
    s.x[t.knot0] = 5_000
    week(t, s, new_dice(1))
    return s.x[t.knot0] < 5_000


def rivals_move(t: Tables, ready: Ready) -> bool:
    return any(row[0] == MOVED for row in rows(t, ready, "", range(1)))


def things_happen(t: Tables, ready: Ready) -> bool:
    events = ready.compiled.ids.events
    return any(
        row[0] == HAPPENED and not events[row[1]].startswith(("promises.", "says.")) for row in rows(t, ready, "greedy", range(8))
    )


def promises_are_tested(t: Tables, ready: Ready) -> bool:
    s, events = fresh(t), ready.compiled.ids.events
    s.x[STAGE] = ready.compiled.ids.stages.index("P7")
    for k in range(t.n_promise):
        s.x[t.promised0 + k] = 1
    d = new_dice(1, tracing=True)
    for name in ("said.live", "said.accepted", "said.trained"):
        if name in ready.compiled.ids.slots:
            s.x[ready.compiled.ids.slots.index(name)] = 1
    for _ in range(4):
        week(t, s, d)
    found = [d.trace[k : k + TRACE_WIDTH] for k in range(0, d.n, TRACE_WIDTH)]
    return any(row[0] == HAPPENED and events[row[1]].startswith(("promises.", "says.")) for row in found)


def gates_hold(t: Tables, ready: Ready) -> bool:
    return not is_legal(t, fresh(t), PASS)


def open_points_leave_debt(t: Tables, ready: Ready) -> bool:
    return debt_of(t, fresh(t)) > 0


def repeating_costs(t: Tables, ready: Ready) -> bool:
    s, d, arm = fresh(t), new_dice(1), arm_of(ready, "call")
    before = odds(t, s, arm, 0)
    step(t, s, d, STARTS + arm)
    s.x[t.tired0 : t.tired0 + t.n_member] = [0] * t.n_member
    for slot in range(t.n_slot):
        if ready.compiled.ids.slots[slot].endswith(".rapport") if slot < len(ready.compiled.ids.slots) else False:
            s.x[slot] = t.x0[slot]
    return odds(t, s, arm, 0) < before


def work_tires(t: Tables, ready: Ready) -> bool:
    s = fresh(t)
    arm = arm_of(ready, "call")
    step(t, s, new_dice(1), STARTS + arm)
    return s.x[t.tired0 + t.arm_member[arm]] > 0


def members_differ(t: Tables, ready: Ready) -> bool:
    s = fresh(t)
    pair = t.arm_pair[arm_of(ready, "visit", "zhou")]
    return len({odds(t, s, arm, 0) for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1])}) > 1


def favours_run_out(t: Tables, ready: Ready) -> bool:
    return any(s < 100 for s in fresh(t).x[t.uses0 : t.uses0 + t.n_member])


def members_can_be_away(t: Tables, ready: Ready) -> bool:
    s = fresh(t)
    for _ in range(38):
        week(t, s, new_dice(1))
        if any(s.x[t.away0 : t.away0 + t.n_member]):
            return True
    return False


def only_the_strongest_are_compared(t: Tables, ready: Ready) -> bool:
    s = fresh(t)
    s.x[PHASE] = t.award_phase
    award_odds(t, s, 0)
    bidding = sum(holds(t, s, t.bid_cond[b], 0, 0) for b in range(1, t.n_rival + 1))
    # Who is far behind has no chance by the softmax alone: what is left out stands at the lowest score.
    return bidding > t.compared and sum(chance > 0 for chance in s.scratch[1 : t.n_rival + 1]) == t.compared


def too_many_promises_tell(t: Tables, ready: Ready) -> bool:
    s = fresh(t)
    for k in range(t.n_promise):
        s.x[t.promised0 + k] = 1
    clock(t, s)
    return s.x[ready.compiled.ids.slots.index("oversold")] > 0


def withdrawing_is_allowed(t: Tables, ready: Ready) -> bool:
    return is_legal(t, fresh(t), WITHDRAW)


def breaches_come_out(t: Tables, ready: Ready) -> bool:
    """Somebody who takes whatever there is to take is excluded for it now and then."""
    ids, compiled = ready.compiled.ids, ready.compiled.tables
    excluded = [k for k, e in enumerate(ids.endings) if ready.scenario.endings[e].kind == "excluded"]
    ends = [rollout(t, seed_of(9, i), POLICIES["random"]).x[ENDED] - 1 for i in range(120)]
    return any(compiled.action_breach) and any(e in excluded for e in ends)


PROBES: dict[str, Probe] = {
    "cycles": out_of_step_costs,
    "profile": work_done_drives_the_customer,
    "strategies": can("adopt_"),
    "premortem": can("foresee_"),
    "claims": claims_can_be_false,
    "checking": facts_are_proved,
    "influence": stances_are_pulled,
    "people": strangers_cannot_be_visited,
    "turnover": people_come_and_go,
    "wins": a_personal_win_helps,
    "net": contacts_make_knots,
    "rival_nets": rivals_draw_people_off,
    "decay": knots_fade,
    "rivals": rivals_move,
    "events": things_happen,
    "gates": gates_hold,
    "debt": open_points_leave_debt,
    "repeating": repeating_costs,
    "fatigue": work_tires,
    "fit": members_differ,
    "favours": favours_run_out,
    "absence": members_can_be_away,
    "comparison": only_the_strongest_are_compared,
    "overpromise": too_many_promises_tell,
    "promises": promises_are_tested,
    "says": who_has_a_say_uses_it,
    "dates": bids_have_their_time,
    "trading": can("trade_", stage=6, won=1),
    "breach": breaches_come_out,
    "withdrawal": withdrawing_is_allowed,
}


def test_every_system_has_a_probe() -> None:
    assert set(PROBES) == set(SYSTEMS)


@pytest.mark.parametrize("system", list(SYSTEMS))
def test_the_rule_bites_and_is_gone_when_it_is_off(factory: Ready, system: str) -> None:
    assert PROBES[system](factory.compiled.tables, factory)
    assert not PROBES[system](without(factory.compiled, system), factory)
