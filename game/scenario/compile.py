"""Scenario → Tables: the only place where slots are given. Expects a scenario that `check` found sound."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from itertools import accumulate

from game.scenario.build import SCORE_LIMIT, exp_table, of_member, offsets
from game.scenario.compile_events import EventWriter
from game.scenario.compiled import Compiled, Ids
from game.scenario.expand import aliases, answer_name, expand, inject_name
from game.scenario.holding import hold
from game.scenario.linear import Condition, Linear, Not, read_form
from game.scenario.operations import applied
from game.scenario.outcome import Outcome
from game.scenario.procurement import RULES
from game.scenario.schema import Opening, Scenario
from game.scenario.source import DataPath
from game.scenario.tables import (
    CERTAIN,
    CLOSES,
    DECISIONS,
    FALSE,
    MONEY,
    NEWS,
    PHASE,
    RUNNING,
    SPENT,
    STAGE,
    TRUE,
    Tables,
    fields,
)
from game.scenario.walk import PACES

SAY = ".say"
NO_AIM = "10 * target.power - 0.5 * target.coverage"


def compile_scenario(sc: Scenario, name: str) -> tuple[Compiled, dict[DataPath, Condition]]:
    """Tables and names of a sound scenario, and its conditions by path (to say why something is not allowed). Raises Refused."""
    compiler = _Compiler(expand(sc))
    tables, ids = compiler.tables(), compiler.ids()
    hold(tables, ids, sc.size)
    canon = json.dumps([{n: getattr(tables, n) for n, _ in fields(Tables)}, ids.__dict__, sc.deal.best], sort_keys=True)
    mark = hashlib.sha256(canon.encode()).hexdigest()[:32]
    alias = dict(aliases(sc))
    words = [written.removesuffix(SAY) for written in (alias.get(path + SAY, path + SAY) for path in ids.branches)]
    by_book = {scene: list(sc.scenes[scene].answers).index(answer) for scene, answer in sc.course.answers.items()}
    found = Compiled(
        name=name,
        hash=mark,
        tables=tables,
        ids=ids,
        best=sc.deal.best,
        words=words,
        course=sc.course.order,
        course_answers=by_book,
        scenes=list(sc.scenes),
        after=compiler.after,
    )
    return found, compiler.conditions


class _Compiler(EventWriter):
    """Writes the parts in a fixed order: what is written first is numbered first."""

    def tables(self) -> Tables:
        for part in (
            self._scalars,
            self._quantities,
            self._actions,
            self._scenes,
            self._week,
            self._start,
            self._rivals,
            self._events,
            self._buyer,
            self._gates,
            self._award,
            self._endings,
            self._emit,
            self._history,
        ):
            part()
        return self.t

    # ---- scalars and slots
    def _scalars(self) -> None:
        t, sc, first = self.t, self.sc, self.slots.first
        t.n_person, t.n_member, t.n_stage = len(sc.people), len(sc.team), len(sc.stages)
        t.alternative = sc.deal.alternative
        t.n_rival, t.n_fact, t.last_week, t.fronts = len(sc.rivals), len(sc.facts), sc.deal.weeks, sc.deal.fronts
        t.wait, t.repeat, t.recover = sc.rules.wait, sc.rules.repeat * 100, sc.rules.recover * 100
        t.tire, t.rest, t.spread = sc.rules.tire * 100, sc.rules.rest * 100, sc.rules.spread * 1_000_000
        t.knot0, t.cover0, t.stance0, t.conviction0 = first("knot"), first("coverage"), first("stance"), first("conviction")
        t.here0, t.found0, t.met0, t.wins0, t.rapport0 = (first(f) for f in ("here", "found", "met", "wins", "rapport"))
        t.level0, t.read_week0, t.read_sure0, t.net0 = first("level"), first("read_week"), first("read_sure"), first("net")
        t.lure = sc.rules.lure
        t.truth0, t.heard0, t.denied0, t.knows0 = first("truth"), first("heard"), first("denied"), first("knows")
        t.refuted0, t.busy0, t.tired0, t.uses0 = first("refuted"), first("busy"), first("tired"), first("uses")
        t.away0, t.intel0 = first("away"), first("intel")
        t.honest0, t.promised0, t.n_promise = first("honest"), first("promised"), len(sc.promises)
        t.overpromise, t.compared = sc.rules.overpromise, sc.rules.comparison
        t.withdraw_cond = self.condition("rules", "withdraw")

    def _quantities(self) -> None:
        t, slots = self.t, self.slots
        every = [*slots.list, *slots.list[slots.hidden :]]
        t.n_slot, t.hidden, t.shift = len(every), slots.hidden, slots.shift
        t.x0 = [int((q.start * q.one).to_integral_value()) for q in every]
        t.lo, t.hi, t.one = [q.lo * q.one for q in every], [q.hi * q.one for q in every], [q.one for q in every]
        t.gain = [0] * t.n_slot
        t.gauge_form = [self.form("gauges", element, "value") for element in self.sc.gauges]
        for element in self.sc.gauges:
            for slot, coefficient in self.rows.terms(self.forms["gauges", element, "value"])[1]:
                t.gain[slot] += coefficient

    def _scenes(self) -> None:
        t, sc = self.t, self.sc
        t.n_scene, t.scene0, t.answered0 = len(sc.scenes), self.slots.first("scene"), self.slots.first("answered")
        t.n_inject, t.inject0 = len(sc.injects), self.slots.first("inject")
        t.scene_limit = [scene.limit for scene in sc.scenes.values()]
        answers = [[self.names.index(answer_name(name, key)) for key in scene.answers] for name, scene in sc.scenes.items()]
        t.scene_off, t.scene_action = offsets(answers), [a for row in answers for a in row]
        t.action_scene = [-1] * t.n_action
        for k, row in enumerate(answers):
            for a in row:
                t.action_scene[a] = k

    # ---- the week
    def _week(self) -> None:
        t, sc, n = self.t, self.sc, len(self.people)
        blocks = [
            (t.knot0, n * t.n_member, 0, sc.rules.knot_fade),
            (t.cover0, n, 0, sc.rules.knot_fade),
            (t.rapport0, n, 0, sc.rules.rapport_fade),
            *((t.net0 + side, n * t.n_rival, 0, sc.rules.knot_fade) for side in (0, t.shift)),
        ]
        blocks = [b for b in blocks if b[1] and b[3]]
        for name, m in sc.meters.items():
            if m.fade:
                slot = self.slots.of(name)
                to = m.to * self.slots.quantity(name).one
                blocks += [(slot, 1, to, m.fade)] + ([(slot + t.shift, 1, to, m.fade)] if m.hidden else [])
        t.n_fade = len(blocks)
        t.fade_slot, t.fade_n, t.fade_to, t.fade_rate = ([b[i] for b in blocks] for i in range(4))
        t.hears = [int(sc.people[p].hears.get(q, 0) * sc.rules.influence) for p in self.people for q in self.people]
        listens = [[q for q in range(n) if t.hears[p * n + q]] for p in range(n)]
        t.hear_off, t.hear_who = offsets(listens), [q for row in listens for q in row]
        t.anchor = [sc.rules.anchor] * n
        away = [(m, a, b) for m, member in enumerate(sc.team.values()) for a, b in member.away]
        t.n_away = len(away)
        t.away_member, t.away_from, t.away_to = ([row[i] for row in away] for i in range(3))
        told = [[f for f, fact in enumerate(sc.facts.values()) if p in fact.claimed_by] for p in self.people]
        t.told_off, t.told_fact = offsets(told), [f for row in told for f in row]
        t.fact_sure = [f.sure for f in sc.facts.values()]
        sync = [(self.slots.of(name), self.facts.index(f)) for name, m in sc.meters.items() for f in m.shown_by]
        t.n_sync = len(sync)
        t.sync_slot, t.sync_fact = [s for s, _ in sync], [f for _, f in sync]

    def _start(self) -> None:
        """The hidden draws: stances (with the conviction as twin), facts, rivals' scores, worths, the author's meters."""
        t, sc, of = self.t, self.sc, self.slots.of
        draws = []
        for n, p in sc.people.items():  # who is yet to come has a mind, and no say
            stance, conviction = of(f"{n}.stance"), of(f"{n}.conviction")
            draws.append((stance, conviction, p.stance) if p.here else (conviction, -1, p.stance))
        doubtful = [(n, p) for n, p in sc.people.items() if p.honest < CERTAIN]
        draws += [(of(f"{n}.honest"), -1, {Decimal(1): p.honest, Decimal(0): CERTAIN - p.honest}) for n, p in doubtful]
        draws += [(of(f"truth.{n}"), -1, {Decimal(1): f.prior, Decimal(0): CERTAIN - f.prior}) for n, f in sc.facts.items()]
        draws += [(of(f"{n}.{c}"), -1, score) for n, r in sc.rivals.items() for c, score in r.scores.items()]
        draws += [(of(f"net.{n}.{p}"), -1, hold) for n, r in sc.rivals.items() for p, hold in r.net.items() if len(hold) > 1]
        if sc.negotiation:
            draws += [(of(f"worth.{n}"), -1, i.worth) for n, i in sc.negotiation.issues.items()]
        draws += [(of(n), -1, m.start) for n, m in sc.meters.items() if m.hidden or len(m.start) > 1]
        t.n_start = len(draws)
        t.start_slot, t.start_twin = [d[0] for d in draws], [d[1] for d in draws]
        t.start_off = list(accumulate((len(d[2]) for d in draws), initial=0))
        t.start_value = [int(v * self.slots.list[d[0]].one) for d in draws for v in d[2]]
        t.start_share = [share for d in draws for share in d[2].values()]

    def _history(self) -> None:
        """A deal that begins in the middle, or after another's ending: what has been done already."""
        blank = list(self.t.x0)
        for path, opening, branch in self.openings:
            x0 = self._opened(list(blank), opening, branch)
            if path == ("start",):
                self.t.x0 = x0
            else:
                self.after[".".join(path[-2:])] = x0

    def _opened(self, x0: list[int], opening: Opening, branch: int) -> list[int]:
        t = self.t
        x0[STAGE] = list(self.sc.stages).index(opening.stage) if opening.stage else 0
        x0[PHASE] = list(self.sc.buyer.phases).index(opening.phase) if opening.phase else 0
        if 0 <= t.issue_phase <= x0[PHASE]:
            x0[CLOSES] = t.bid_weeks
        for slot, op, amount in self.rows.branches[branch][2]:
            value = min(max(applied(op, x0[slot], amount), t.lo[slot]), t.hi[slot])
            for place in (slot, slot + t.shift) if slot >= t.hidden else (slot,):
                x0[place] = value
        return x0

    # ---- others
    def _rivals(self) -> None:
        t = self.t
        t.move_cond, t.move_like, t.move_aim, t.move_weeks, t.move_roll = [], [], [], [], []
        t.move_off = list(accumulate((len(r.moves) for r in self.sc.rivals.values()), initial=0))
        aim = read_form(NO_AIM, self.lookup) if self.people else Linear((), Decimal(0))
        for name, rival in self.sc.rivals.items():
            for key, move in rival.moves.items():
                at = ("rivals", name, "moves", key)
                t.move_cond.append(self.condition(*at, "when"))
                t.move_like.append(self.form(*at, "appeal"))
                t.move_aim.append(self.form_of(self.forms.get((*at, "aim"), aim), *at, "aim"))
                t.move_weeks.append(move.weeks)
                outcomes = self._outcomes(move.outcomes, int(not move.hidden), ".".join((*at, "outcomes")))
                t.move_roll.append(self.rows.roll(self.form(*at, "chance"), (0, CERTAIN), outcomes))

    def _buyer(self) -> None:
        t, sc = self.t, self.sc
        t.n_phase, t.n_step = len(sc.buyer.phases), len(sc.buyer.steps)
        t.phase_cond, t.phase_roll, t.phase_branch, t.step_cond, t.step_branch = [], [], [], [], []
        t.phase_least, t.phase_spread, t.pace_off, t.pace_cond, t.pace_weeks = [], [], [0], [], []
        self._procurement()
        for name, phase in sc.buyer.phases.items():
            odds = self.form("buyer", "phases", name, "chance")
            t.phase_cond.append(self.condition("buyer", "phases", name, "when"))
            t.phase_roll.append(self.rows.roll(odds, (0, CERTAIN), [(0, Outcome(), 1, "", {}), (CERTAIN, Outcome(), 1, "", {})]))
            t.phase_branch.append(self._entering(phase.enter, f"buyer.phases.{name}.enter"))
            least, most = phase.weeks or (0, 0)
            t.phase_least.append(least)
            t.phase_spread.append(most - least)
            for group in PACES:
                for key, pace in getattr(phase, group).items():
                    asked = self.conditions["buyer", "phases", name, group, key, "when"]
                    t.pace_cond.append(self.rows.condition(Not(asked) if group == "work" else asked))
                    t.pace_weeks.append(-pace.weeks if group == "speeds" else pace.weeks)
            t.pace_off.append(len(t.pace_cond))
        for name, step in sc.buyer.steps.items():
            t.step_cond.append(self.condition("buyer", "steps", name, "when"))
            t.step_branch.append(self._entering(step.enter, f"buyer.steps.{name}.enter"))

    def _procurement(self) -> None:
        t, p = self.t, self.sc.procurement
        t.issue_phase = list(self.sc.buyer.phases).index(p.issue) if p else -1
        t.bid_weeks, t.judge_weeks = (p.weeks, p.judging) if p else (0, 0)
        t.bound = int(bool(p and RULES[p.kind].bound))
        talks = self.sc.negotiation
        t.talks_stage = list(self.sc.stages).index(talks.stage) if talks else -1

    def _gates(self) -> None:
        t, sc = self.t, self.sc
        points = [sc.gates.get(stage, []) for stage in sc.stages]
        t.point_off = list(accumulate((len(p) for p in points), initial=0))
        t.point_cond = [
            self.condition("gates", stage, k, "when") for stage in sc.stages for k in range(len(sc.gates.get(stage, [])))
        ]
        t.point_must = [int(p.must) for row in points for p in row]
        t.point_debt = [100 * p.weight * sc.rules.debt for row in points for p in row]
        t.gate_false = [
            self._entering(sc.false_claims[s], f"false_claims.{s}") if s in sc.false_claims else -1 for s in sc.stages
        ]

    def _award(self) -> None:
        t, sc, award = self.t, self.sc, self.sc.award
        t.exp = list(exp_table())
        t.n_bidder, t.n_criterion = len(sc.rivals) + 2, len(award.criteria) if award else 0
        t.temperature = 100 * award.spread if award else 100
        t.award_phase = list(sc.buyer.phases).index(award.at) if award else -1
        t.award_cond = self.condition("award", "bid")
        t.weight_slot, t.score_form, t.bias_form, t.bid_cond = [], [], [], []
        if not award:
            t.bias_form, t.bid_cond = [self.rows.number(0)] * t.n_bidder, [TRUE] * t.n_bidder
            return
        criteria = list(award.criteria)
        t.weight_slot = [self.slots.of(f"criterion.{c}") for c in criteria]
        scores = [[self.forms["award", "criteria", c, "us"] for c in criteria]]
        scores += [[self.lookup(f"{r}.{c}", 0) for c in criteria] for r in self.rivals]
        scores += [[self.forms["award", "criteria", c, "none"] for c in criteria]]
        t.score_form = [self.form_of(form, "award", "criteria", limit=SCORE_LIMIT) for row in scores for form in row]
        ours = self.forms["award", "extra"].plus(self.symbols.levels["support"], Decimal(award.stance))
        ours = ours.plus(Linear((("debt", Decimal(-1)),), Decimal(0)))
        theirs = [Linear((), Decimal(0)).plus(self.symbols.levels[f"net.{r}"], Decimal(award.net) / 100) for r in self.rivals]
        each = (ours, *theirs, self.forms["award", "none"])
        t.bias_form = [self.form_of(form, "award", "extra", limit=SCORE_LIMIT) for form in each]
        t.bid_cond = [t.award_cond, *(self.condition("rivals", r, "bid") for r in self.rivals), TRUE]

    def _endings(self) -> None:
        t, endings = self.t, self.sc.endings
        t.n_ending = len(endings)
        t.moment_cond = [self.condition("moments", name, "when") for name in self.sc.moments]
        t.epilogue_cond = [self.condition("epilogue", name, "when") for name in self.sc.epilogue]
        t.ending_cond = [self.condition("endings", name, "when") for name in endings]
        t.ending_pay = [self.form("endings", name, "payoff") for name in endings]
        t.ending_last = next(k for k, e in enumerate(endings.values()) if e.last)
        t.ends_by_start = int(self._asks_for_start(t.ending_cond))

    def _asks_for_start(self, atoms: list[int]) -> bool:
        """Whether any of these conditions asks for what merely starting an action moves. Each atom is looked at once: the ways
        through a condition are as many as 2 to the power of its atoms."""
        t = self.t
        blocks = (t.busy0, t.tired0, t.uses0)
        moved = {MONEY, SPENT, DECISIONS, NEWS, RUNNING} | {first + m for first in blocks for m in range(t.n_member)}
        seen, todo = {FALSE, TRUE}, list(atoms)
        while todo:
            at = todo.pop()
            if at in seen:
                continue
            seen.add(at)
            _, terms, yes, no = self.rows.atoms[at]
            if any(slot in moved for slot, _ in terms):
                return True
            todo += [yes, no]
        return False

    # ---- writing out
    def _emit(self) -> None:
        t, rows = self.t, self.rows
        terms = [[*form[1]] for form in rows.forms] + [atom[1][1:] for atom in rows.atoms]
        off = list(accumulate((len(row) for row in terms), initial=0))
        t.term_slot, t.term_coef = [s for row in terms for s, _ in row], [c for row in terms for _, c in row]
        n = len(rows.forms)
        t.form_c, t.form_off, t.atom_off = [form[0] for form in rows.forms], off[: n + 1], off[n:]
        t.form_mid = [off[f] + sum(not of_member(slot) for slot, _ in form[1]) for f, form in enumerate(rows.forms)]
        t.atom_c, t.atom_yes, t.atom_no = [a[0] for a in rows.atoms], [a[2] for a in rows.atoms], [a[3] for a in rows.atoms]
        t.atom_slot = [a[1][0][0] if a[1] else 0 for a in rows.atoms]
        t.atom_coef = [a[1][0][1] if a[1] else 0 for a in rows.atoms]
        t.roll_odds, t.roll_lo, t.roll_hi, t.roll_branch, t.roll_end = ([r[i] for r in rows.rolls] for i in range(5))
        t.branch_share, t.branch_told = [b[0] for b in rows.branches], [b[1] for b in rows.branches]
        t.branch_effect = list(accumulate((len(b[2]) for b in rows.branches), initial=0))
        t.branch_read = list(accumulate((len(b[3]) for b in rows.branches), initial=0))
        t.effect_slot, t.effect_op, t.effect_amount = ([e[i] for b in rows.branches for e in b[2]] for i in range(3))
        t.read_kind, t.read_what, t.read_sure = ([r[i] for b in rows.branches for r in b[3]] for i in range(3))

    def ids(self) -> Ids:
        sc = self.sc
        moves = [f"{r}.{m}" for r, rival in sc.rivals.items() for m in rival.moves]
        injects = [inject_name(name) for name in sc.injects]
        chance = [name for name in sc.events if name not in injects]
        events = [*chance, *(f"promises.{p}" for p in sc.promises), *(f"says.{name}" for name in sc.says), *injects]
        points = [f"{stage}.{p.id}" for stage in sc.stages for p in sc.gates.get(stage, [])]
        return Ids(
            actions=list(sc.actions),
            people=self.people,
            members=self.members,
            rivals=self.rivals,
            moves=moves,
            events=events,
            injects=list(sc.injects),
            facts=self.facts,
            stages=list(sc.stages),
            phases=list(sc.buyer.phases),
            steps=list(sc.buyer.steps),
            criteria=list(sc.award.criteria) if sc.award else [],
            endings=list(sc.endings),
            points=points,
            branches=[b[4] for b in self.rows.branches],
            slots=[q.name for q in self.slots.list],
        )
