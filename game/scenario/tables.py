"""A scenario compiled: frozen integer tables, all that the engine may import from here.

Every class below is declared once. The declaration is the Python object (scalars are ints, rows are plain lists), the
numpy dtype (`dtype`) and the mypy type. Rows are in compressed form throughout: the rows of owner i are
`x_off[i] … x_off[i + 1] - 1`.

Units. A slot holds an integer: hundredths for meters and everything a person feels, whole numbers for money, weeks, flags
and counters; `one[slot]` says how many make one of the author's units. A linear form counts in millionths of the author's
unit (`ONE`), so that a condition is exact and odds are `form / CENT` in 1/10000.
"""

from __future__ import annotations

from typing import Annotated

from game.scenario.records import CAPACITY as CAPACITY
from game.scenario.records import SIZES as SIZES
from game.scenario.records import Row as Row
from game.scenario.records import dtype as dtype
from game.scenario.records import fields as fields
from game.scenario.records import from_record as from_record
from game.scenario.records import room as room
from game.scenario.records import to_record as to_record

ONE = 1_000_000  # a form's unit: millionths of the author's
CENT = 10_000  # form / CENT = hundredths of the author's unit; of a percentage: 1/10000
CERTAIN = 10_000  # probabilities are parts of this

# A slot number from here on is relative: + the person the action is on; from PAIR on, + member * people + person.
TARGET = 1 << 16
PAIR = 1 << 17

# Where a condition ends: the two reserved atoms.
FALSE, TRUE = 0, 1

# What a reading reads: the target's stance, a named person's stance, a claim of a fact, the proof of a fact, what the target
# has to tell, the first claim not yet proved, a rival's prepared move.
READ_TARGET, READ_PERSON, CLAIM, VERIFY, ASK, CHECK, INTEL = range(7)

# The first slots. Scratch: written just before a form is asked, and no part of the state's identity.
PHASE_GAP, REPEAT, TIRED, FIT, WEEKS_LEFT, FREED, OVERSOLD = range(7)
# Header: the pointers of the three cycles and the accounts of the deal.
(
    STAGE,
    WEEK,
    PHASE,
    STEP,
    MONEY,
    SPENT,
    DEBT,
    FALSE_CLAIMS,
    WON,
    LOST,
    WITHDRAWN,
    WINNER,
    ENDED,
    DECISIONS,
    NEWS,
    RUNNING,
    UNDECIDED,
    PHASE_WEEKS,
    CLOSES,
    BIDS_OPEN,
    BIDS_LEFT,
    AWARD_WEEK,
    AWARD_STAGE,
) = range(8, 31)
FIRST_SLOT = 31
SCRATCH = 8

# Decisions by number: let time run, pass the gate, withdraw, then one for every start (action, member, person), then one for each
# inject, which only the trainer of a room takes.
WAIT, PASS, WITHDRAW, STARTS = range(4)

NOBODY = 1 << 40
"""The bit for what takes nobody's time."""


class Tables:
    """A compiled scenario. Built only by `compile.py`; nothing changes it afterwards."""

    n_slot: int
    """Slots in use, scratch and header included."""
    hidden: int
    """First hidden slot. Hidden slots are neighbours; what the trainee believes of slot i stands at i + `shift`."""
    shift: int
    """How many hidden slots there are: the distance from a hidden slot to its estimate."""
    n_person: int
    n_member: int
    n_stage: int
    n_action: int
    n_pair: int
    n_arm: int
    n_fade: int
    n_start: int
    n_rival: int
    n_event: int
    n_ending: int
    n_fact: int
    n_phase: int
    n_step: int
    n_sync: int
    n_away: int
    n_criterion: int
    n_bidder: int
    """Bidders: we, the rivals, and no decision, in this order."""
    last_week: int
    alternative: int
    """What a week of the freed team earns elsewhere, in money."""
    fronts: int
    wait: int
    """How many weeks a deliberate wait lasts at most, in weeks."""
    repeat: int
    """What repeating an action on the same person costs, in hundredths of a point of odds."""
    recover: int
    """How much of that comes back a week."""
    tire: int
    """What a week's work tires a member, in hundredths of a point of odds."""
    rest: int
    """How much an idle week gives back."""
    spread: int
    """How undecided a rival is between its moves, in forms' millionths."""
    knot0: int
    """First slot of the net: knot of member m with person p at knot0 + m * people + p."""
    cover0: int
    stance0: int
    conviction0: int
    here0: int
    found0: int
    met0: int
    wins0: int
    rapport0: int
    net0: int
    """First slot of the rivals' nets, hidden: the hold of rival r on person p at net0 + r * people + p."""
    lure: int
    """How far a week draws a person off whom a rival holds wholly and we not at all, in 1/10000 of the way to opposed."""
    honest0: int
    promised0: int
    n_promise: int
    overpromise: int
    """How many promises are believed before the next ones are hard to keep."""
    compared: int
    """How many rivals the customer compares us with at the award: the strongest ones."""
    level0: int
    """First slot of the last level read of a person's stance, hundredths."""
    read_week0: int
    read_sure0: int
    truth0: int
    heard0: int
    denied0: int
    knows0: int
    refuted0: int
    busy0: int
    tired0: int
    uses0: int
    away0: int
    intel0: int
    withdraw_cond: int
    award_phase: int
    issue_phase: int
    """The phase that begins with the tender papers going out; -1 where nothing is said of it."""
    bid_weeks: int
    """How many weeks bids are taken from then on; `judge_weeks`: how many pass at least from closing to the award."""
    judge_weeks: int
    bound: int
    """1 where the papers bind the customer: what the criteria count for stays once they are out."""
    talks_stage: int
    """The stage of the negotiation: the gates before it close when the customer has chosen us; -1 where there is none."""
    award_cond: int
    """Whether we have a bid."""
    temperature: int
    """Points of score, in hundredths, that multiply a bidder's chance by e."""

    x0: Annotated[Row, "slot"]
    """What every slot starts at, before the hidden draws."""
    lo: Annotated[Row, "slot"]
    hi: Annotated[Row, "slot"]
    one: Annotated[Row, "slot"]
    """How many of the slot's integers make one of the author's units: 1 or 100."""
    gain: Annotated[Row, "slot"]
    """What one integer of the slot adds to the sum of the gauges, in forms' millionths: what greedy looks at."""

    gauge_form: Annotated[Row, "gauge"]
    """The gauges' forms, in the scenario's order; they read visible slots only."""
    form_c: Annotated[Row, "form"]
    form_off: Annotated[Row, "form"]
    form_mid: Annotated[Row, "form"]
    """Where a form's terms begin that depend on the member."""
    term_slot: Annotated[Row, "term"]
    term_coef: Annotated[Row, "term"]

    atom_c: Annotated[Row, "atom"]
    """An atom holds when its form is >= 0: constant, the first term, then those of the row; then on to `yes`, else to `no`."""
    atom_slot: Annotated[Row, "atom"]
    atom_coef: Annotated[Row, "atom"]
    atom_off: Annotated[Row, "atom"]
    atom_yes: Annotated[Row, "atom"]
    atom_no: Annotated[Row, "atom"]

    roll_odds: Annotated[Row, "roll"]
    """The form of the first branch's chance; the other branches share the rest."""
    roll_lo: Annotated[Row, "roll"]
    roll_hi: Annotated[Row, "roll"]
    roll_branch: Annotated[Row, "roll"]
    roll_end: Annotated[Row, "roll"]
    branch_share: Annotated[Row, "branch"]
    """Share of what is not the first branch, in 1/10000; the rows of a roll but the first sum to 10000."""
    branch_told: Annotated[Row, "branch"]
    """1 when the trainee is told that this happened."""
    branch_effect: Annotated[Row, "branch"]
    branch_read: Annotated[Row, "branch"]
    effect_slot: Annotated[Row, "effect"]
    effect_op: Annotated[Row, "effect"]
    effect_amount: Annotated[Row, "effect"]
    read_kind: Annotated[Row, "reading"]
    read_what: Annotated[Row, "reading"]
    read_sure: Annotated[Row, "reading"]
    """How reliable the reading is, in 1/10000."""

    action_cond: Annotated[Row, "action"]
    """Its stages and its own condition; `action_own` is the latter alone, for those who look only at a stage's own actions."""
    action_own: Annotated[Row, "action"]
    action_weeks: Annotated[Row, "action"]
    action_money: Annotated[Row, "action"]
    action_roll: Annotated[Row, "action"]
    action_times: Annotated[Row, "action"]
    """How often it may be tried on one person."""
    action_from: Annotated[Row, "action"]
    """First buyer phase in which it works; `action_to` the last."""
    action_to: Annotated[Row, "action"]
    action_breach: Annotated[Row, "action"]
    action_free: Annotated[Row, "action"]
    """1 when it takes nobody's time and nobody's favour."""
    action_meets: Annotated[Row, "action"]
    """1 when its success is that we have met the person."""
    action_team: Annotated[Row, "action"]
    """Who could start it: a bit for each member; `NOBODY` where it takes nobody's time."""
    action_pair: Annotated[Row, "action"]
    pair_action: Annotated[Row, "pair"]
    pair_person: Annotated[Row, "pair"]
    """The person, or -1."""
    pair_cond: Annotated[Row, "pair"]
    pair_arm: Annotated[Row, "pair"]
    arm_pair: Annotated[Row, "arm"]
    arm_member: Annotated[Row, "arm"]
    arm_fit: Annotated[Row, "arm"]
    """How well the member fits the action and the person, in hundredths of a point of odds."""
    stage_off: Annotated[Row, "stage"]
    stage_action: Annotated[Row, "stage_action"]
    arm_off: Annotated[Row, "stage"]
    stage_arm: Annotated[Row, "stage_arm"]

    fade_slot: Annotated[Row, "fade"]
    fade_n: Annotated[Row, "fade"]
    fade_to: Annotated[Row, "fade"]
    fade_rate: Annotated[Row, "fade"]
    hear_off: Annotated[Row, "person"]
    hear_who: Annotated[Row, "pair_of_people"]
    """Whom each person listens to at all."""
    hears: Annotated[Row, "pair_of_people"]
    """Weekly pull of person q on person p, in 1/10000, at p * people + q."""
    anchor: Annotated[Row, "person"]
    away_member: Annotated[Row, "away"]
    away_from: Annotated[Row, "away"]
    away_to: Annotated[Row, "away"]

    start_slot: Annotated[Row, "start"]
    start_twin: Annotated[Row, "start"]
    """A second slot that gets the same value (a conviction beside the stance), or -1."""
    start_off: Annotated[Row, "start"]
    start_value: Annotated[Row, "start_value"]
    start_share: Annotated[Row, "start_value"]

    move_off: Annotated[Row, "rival"]
    move_cond: Annotated[Row, "move"]
    move_like: Annotated[Row, "move"]
    move_aim: Annotated[Row, "move"]
    move_weeks: Annotated[Row, "move"]
    move_roll: Annotated[Row, "move"]

    event_cond: Annotated[Row, "event"]
    event_guard: Annotated[Row, "event"]
    """Where this holds, the event was prevented."""
    event_roll: Annotated[Row, "event"]
    event_times: Annotated[Row, "event"]

    phase_cond: Annotated[Row, "phase"]
    """What must hold before the buyer may leave this phase."""
    phase_least: Annotated[Row, "phase"]
    """Weeks that the phase takes at least when nothing speeds or holds it; 0 where a weekly chance ends it."""
    phase_spread: Annotated[Row, "phase"]
    """By how many weeks it may be longer, all equally likely."""
    pace_off: Annotated[Row, "phase"]
    pace_cond: Annotated[Row, "pace"]
    pace_weeks: Annotated[Row, "pace"]
    """Weeks that the phase takes longer while the condition holds; below 0 where that speeds it."""
    phase_roll: Annotated[Row, "phase"]
    phase_branch: Annotated[Row, "phase"]
    """What entering the phase brings."""
    step_cond: Annotated[Row, "step"]
    step_branch: Annotated[Row, "step"]

    point_off: Annotated[Row, "stage"]
    point_cond: Annotated[Row, "point"]
    point_must: Annotated[Row, "point"]
    point_debt: Annotated[Row, "point"]
    """Debt that leaving it open costs, in hundredths."""
    gate_false: Annotated[Row, "stage"]
    """Branch applied by a false claim at this gate, or -1 where none is allowed."""

    weight_slot: Annotated[Row, "criterion"]
    score_form: Annotated[Row, "score"]
    """Score of bidder b on criterion c at b * criteria + c."""
    bias_form: Annotated[Row, "rival"]
    """What a bidder has beside the criteria: stance, debt, author's own."""
    bid_cond: Annotated[Row, "rival"]
    exp: Annotated[Row, "exp"]
    """round(2**20 * exp(-i / 64)): the softmax in integers."""

    told_off: Annotated[Row, "person"]
    told_fact: Annotated[Row, "told"]
    fact_sure: Annotated[Row, "fact"]
    sync_slot: Annotated[Row, "sync"]
    """A hidden meter that a verified fact shows; `sync_fact` is the fact."""
    sync_fact: Annotated[Row, "sync"]

    n_say: int
    say_person: Annotated[Row, "event"]
    """Who of the customer has a say; `say_event` is the event in which they use it, `say_phase` the phase."""
    say_event: Annotated[Row, "event"]
    say_phase: Annotated[Row, "event"]

    n_inject: int
    inject0: int
    """First slot of what the trainer of a room has let happen, one for each inject."""
    inject_event: Annotated[Row, "event"]
    """The event that each inject brings."""
    n_scene: int
    scene0: int
    """First slot of the scenes: 0 while one is not open, else the week it is in since it opened, from 1."""
    answered0: int
    scene_limit: Annotated[Row, "scene"]
    """How many weeks a scene may wait; 0 where it is answered before anything else."""
    scene_off: Annotated[Row, "scene"]
    scene_action: Annotated[Row, "answer"]
    """The actions that answer a scene; no stage offers them."""
    action_scene: Annotated[Row, "action"]
    """The scene that an action answers, or -1."""

    moment_cond: Annotated[Row, "moment"]
    """What must hold for each moment to have come."""
    epilogue_cond: Annotated[Row, "epilogue"]
    """What must hold at the end for each of its sentences to be told."""
    ending_cond: Annotated[Row, "ending"]
    ending_pay: Annotated[Row, "ending"]
    ends_by_start: int
    """1 where some ending asks for what merely starting an action moves: money, hands, favours, counters."""
    ending_last: int
    """The ending of a deal whose weeks are over and that no other ending fits."""


class State:
    """Everything about a playthrough at one moment. `x` holds the quantities; the rest what is not a quantity."""

    x: Annotated[Row, "slot"]
    tries: Annotated[Row, "pair"]
    """How often an action was started on a person."""
    worn: Annotated[Row, "pair"]
    """What repeating cost when it was last started, hundredths of a point; it recovers with weeks since `worn_week`."""
    worn_week: Annotated[Row, "pair"]
    front_arm: Annotated[Row, "front"]
    """The arm that runs on a front, or -1."""
    front_left: Annotated[Row, "front"]
    front_odds: Annotated[Row, "front"]
    """The chance of its first branch as it was when it started, in 1/10000."""
    front_try: Annotated[Row, "front"]
    rival_move: Annotated[Row, "rival"]
    """The move a rival has prepared, or -1; hidden."""
    rival_person: Annotated[Row, "rival"]
    rival_wait: Annotated[Row, "rival"]
    intel_move: Annotated[Row, "rival"]
    """What the trainee was told of it, or -1."""
    intel_person: Annotated[Row, "rival"]
    intel_week: Annotated[Row, "rival"]
    event_count: Annotated[Row, "event"]
    bid_odds: Annotated[Row, "rival"]
    """The award's chances as they were drawn, in 1/10000; zeros before."""
    scratch: Annotated[Row, "person"]
    """Working room of one function; never read across calls."""
