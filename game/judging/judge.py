"""Every decision of a play judged on what could be known: value, regret, advantage and luck, by playing on under par.

With b the belief before a decision, a the decision and pi par play (shared with the design, debrief.md section 1):

    V(b) = E over worlds w in b of payoff when pi plays on          Q(b, a) = E of payoff when a is played, then pi
    regret = max(0, Q(b, best) - max(Q(b, a), Q(b, a then best)))  advantage = Q(b, a) - V(b)      luck = V(b after) - Q(b, a)
    result - V(b at the start) = sum of advantages + sum of luck

What could still be done right afterwards, and loses nothing by it, is no regret yet: otherwise leaving a thing undone would be
charged anew at every decision (docs/decisions/004). Where it can be done again and again, what was left out is gone all the same:
then the best done twice is set against it. Every arm faces the same worlds and the same dice (common random numbers);
sequential halving finds the best arm, fresh replicates measure it, so that no decision is blamed by the numbers that chose
another. The seeds of these worlds have nothing to do with the play's own. Unit: points; a second pass gives the same in
chances to win.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Any

import numpy as np

from game.belief.belief import ROOT as FIRST_SEED
from game.belief.belief import Belief, Numbers
from game.belief.kernels import ARMS, PARTS
from game.belief.particles import Particles
from game.engine.chance import (
    seed_of,
)
from game.engine.gates import required_met
from game.engine.odds import odds
from game.engine.step import asked, is_legal
from game.judging.cuts import cut_up
from game.judging.estimates import chance_of, error_of, mean_of, weighted
from game.judging.judgement import STEPS, Candidate, Judged, LuckPart
from game.judging.level import COARSE, FINE, Level
from game.play.decisions import action_of, event_of, injected, starts
from game.play.happenings import Happening
from game.play.playing import Playing
from game.policies.policies import choose
from game.policies.simulation import Simulation
from game.policies.table import Player
from game.scenario.tables import ONE, PASS, PHASE, RUNNING, STAGE, STARTS, STEP, WAIT, WEEK, WITHDRAW, State, Tables

ROOT = 0x1DEB21EF
"""Makes the first seed of the worlds that a play's decisions are judged in, apart from all its own draws. All its decisions share
these worlds, so that nothing changes in value where nothing happened; plays with other seeds are judged in others."""
FRESH = 1 << 20
"""The first of the fresh replicates."""
CONFIRM = 1 << 24
"""The first of the replicates that confirm a charge: no run of the others comes so far."""
SLIGHT = STEPS[0]
"""Points below which no error is charged."""
BESIDE = 2.0
"""Points by which work may be behind what takes nobody's time and still be named the better choice."""
GOLDEN = 0.618033988749895


@dataclass
class Judge:
    """Judges the decisions of one play as they are taken."""

    deal: Simulation
    player: Player
    best: int
    """The payoff worth 100 points."""
    playing: Playing
    """The play from its beginning; `take` goes on with it."""
    _: KW_ONLY
    entry: Any = None
    """Compiled jobs, or None for plain Python."""
    level: Level | None = None
    worlds: int = 0
    """In which worlds it is judged: what is said must hold in any. 0 for all that is shown."""
    plays: int = 0
    belief: Belief = field(init=False)
    root: int = field(init=False)

    def __post_init__(self) -> None:
        self.level = self.level or (FINE if self.entry else COARSE)
        self.root = seed_of(ROOT ^ self.playing.seed, self.worlds)
        t, level = self.deal.tables, self.level
        cloud = Particles(t, level.many, self.player, self.deal.won, self.deal.size, self.entry)
        self.belief = Belief(t, level.many, FIRST_SEED + self.worlds, effort=level.effort, cloud=cloud).follow(self.playing)

    def take(self, decision: int, judged: bool = True) -> Judged | None:
        """Take a decision; what it was worth, but for its luck, which `assemble` knows. None where it need not be judged."""
        k = len(self.playing.decisions)
        weighed = (
            None
            if not judged
            else self._weigh(k, decision)
            if injected(self.deal.tables, decision) < 0
            else self._world(k, decision)
        )
        week = self.playing.state.x[WEEK]
        happened = self.playing.decide(decision)
        weeks = range(week, self.playing.state.x[WEEK])
        found = None
        if weighed is not None:
            found, pays, wins = weighed
            found = replace(found, parts=() if found.world >= 0 else self._parts(decision, happened, weeks, pays, wins))
        self.belief.advance(decision, self.belief.script(happened))
        return found

    def _world(self, k: int, decision: int) -> tuple[Judged, Numbers, Numbers]:
        """What the trainer lets happen is nobody's decision: worth what par makes of where the player stands; what it changes is
        luck."""
        t, s = self.deal.tables, self.playing.state
        j, pays, wins = self._weigh(k, choose(t, s, self.player, ROOT))
        j = replace(j, decision=decision, par=decision, best=decision, chosen=j.value, chosen_win=j.win, candidates=(), then=None)
        return replace(j, regret=0.0, measured=0.0, win_regret=0.0, ahead_se=0.0, world=event_of(t, decision)), pays, wins

    def weigh(self, decision: int) -> Judged:
        """What a decision would be worth now, without taking it."""
        return self._weigh(len(self.playing.decisions), decision)[0]

    # ---- arms
    def _weigh(self, k: int, decision: int) -> tuple[Judged, Numbers, Numbers]:
        """The candidates: halving, then fresh replicates for the best, the chosen and par's. Also the chosen one's points and
        wins in the fresh replicates."""
        assert self.level is not None
        t, s = self.deal.tables, self.playing.state
        par = choose(t, s, self.player, ROOT)
        kept, sums, best = self._found(par, decision)
        trio, pays, wins = self._trio(best, par, decision)
        if self._rather_par(best, par, decision, dict(zip(trio, pays, strict=False))):
            best = par
            trio, pays, wins = self._trio(best, par, decision)
        rows, won = dict(zip(trio, pays, strict=False)), dict(zip(trio, wins, strict=False))
        top, low = _ways(best, decision, rows)
        given, given_win = rows[top] - rows[low], won[top] - won[low]
        if best != decision:
            given, given_win = self._more(given, given_win, top, low, best)
        given, given_win, sure = self._confirmed(given, given_win, top, low, best)
        mean, error = float(given.mean()), error_of(given)
        value = float(rows[par].mean())
        then = _late(best, value, rows[low] - rows[par], won[low]) if low != decision else None
        if mean <= 0:
            best, mean = decision, 0.0
        sure = sure and mean > 0
        ahead = _ahead([*sums[decision], rows[decision]], [*sums[par], rows[par]])
        known = {a: (rows[a], rows[par]) for a in trio if a >= 0}
        known |= {a: (np.concatenate(sums[a]), np.concatenate(sums[par][: len(sums[a])])) for a in kept if a not in rows}
        judged = Judged(
            number=k + 1,
            decision=decision,
            par=par,
            best=best if sure else decision,
            value=value,
            value_se=error_of(rows[par]),
            ahead_se=error_of(np.concatenate(ahead)),
            chosen=value + mean_of(ahead),
            regret=mean if sure else 0.0,
            measured=mean,
            se=error,
            win=max(chance_of(won[a]) for a in {par, decision, best} if a in won),
            chosen_win=chance_of(won[decision]),
            win_regret=max(0.0, float(given_win.mean())) if sure else 0.0,
            candidates=_candidates(value, known, won),
            at=(s.x[WEEK], s.x[STAGE], s.x[PHASE], s.x[STEP]),
            then=then,
        )
        return judged, rows[decision], won[decision]

    def _found(self, par: int, decision: int) -> tuple[list[int], dict[int, list[Numbers]], int]:
        """By halving: the arms of the last round, every arm's points, and the best."""
        t, s = self.deal.tables, self.playing.state
        others = by_others(t, s, decision)
        arms = list(dict.fromkeys([decision, par, *candidates(t, s), *others]))
        kept, sums = self._halve(list(dict.fromkeys([decision, par])), arms, others)
        best = max(kept, key=lambda a: mean_of(sums[a])) if sums[decision] else decision
        return kept, sums, self._work_for(self._same_by(others, best, kept, sums), decision, kept, sums)

    def _rather_par(self, best: int, par: int, decision: int, rows: dict[int, Numbers]) -> bool:
        """Whether fresh replicates put par's choice before what halving found. Not before the same work by somebody else."""
        if par in (best, decision) or best in by_others(self.deal.tables, self.playing.state, decision):
            return False
        beside = BESIDE if self._free(best) and not self._free(par) and not self._free(decision) else 0.0
        return bool(rows[par].mean() > rows[best].mean() - beside)

    def _same_by(self, others: list[int], best: int, kept: list[int], sums: dict[int, list[Numbers]]) -> int:
        """The very same work by somebody else, where that is hardly behind the best: who sent the wrong one is told whom to
        send."""
        same = max((a for a in kept if a in others), key=lambda a: mean_of(sums[a]), default=best)
        return same if mean_of(sums[same]) >= mean_of(sums[best]) - BESIDE else best

    def _work_for(self, best: int, decision: int, kept: list[int], sums: dict[int, list[Numbers]]) -> int:
        """Instead of what takes nobody's time, or of an idle week, the best option that is work, where it is hardly behind.

        Who chose the wrong work is told the right work, not what could have been noted beside it.
        """
        if not self._beside(best) or self._free(decision):
            return best
        work = max((a for a in kept if a != decision and not self._beside(a)), key=lambda a: mean_of(sums[a]), default=best)
        return work if mean_of(sums[work]) >= mean_of(sums[best]) - BESIDE else best

    def _beside(self, decision: int) -> bool:
        return self._free(decision) or (decision == WAIT and self.playing.state.x[RUNNING] == 0)

    def _free(self, decision: int) -> bool:
        t = self.deal.tables
        return starts(t, decision) and t.action_free[action_of(t, decision)] == 1

    def _halve(self, always: list[int], arms: list[int], one_of: list[int]) -> tuple[list[int], dict[int, list[Numbers]]]:
        """Sequential halving: the arms of the last round, and every arm's points round by round (all from the same first
        replicates on). Those in `always` stay in every round, and the best of `one_of`."""
        assert self.level is not None
        sums: dict[int, list[Numbers]] = {a: [] for a in arms}
        at, kept = 0, arms
        for replicates, most in self.level.rounds:
            others = [a for a in kept if a not in always]
            others.sort(key=lambda a: -mean_of(sums[a]))
            stays = always + [a for a in others if a in one_of][:1]
            kept = stays + [a for a in others if a not in stays][: max(0, most - len(stays))]
            if len(kept) == 1:
                break
            pays, _ = self.run(kept, at, replicates)
            at += replicates
            for a, row in zip(kept, pays, strict=True):
                sums[a].append(row)
        return kept, sums

    def _trio(self, best: int, par: int, decision: int) -> tuple[list[int], Numbers, Numbers]:
        """The best, par's and the chosen decision, in this order and each once, in fresh replicates. Where the chosen one is not
        the best: that one with the best right after it too, and the best done twice (see `_ways`)."""
        assert self.level is not None
        trio = [a for a in dict.fromkeys([best, par]) if a != decision] + [decision]
        trio += [_and_then(decision), _and_then(best)] if best != decision else []
        return (trio, *self.run(trio, FRESH, self.level.fresh[0], best))

    def _more(self, given: Numbers, won: Numbers, top: int, low: int, then: int) -> tuple[Numbers, Numbers]:
        """Fresh replicates of what the better way has over the chosen one, until that is known well enough."""
        assert self.level is not None
        _, most, more = self.level.fresh
        while not self._known(given):
            number = min(max(len(given) // 3, more), most - len(given))
            if number <= 0:
                break
            pays, wins = self.run([top, low], FRESH + len(given), number, then)
            given, won = np.append(given, pays[0] - pays[1]), np.append(won, wins[0] - wins[1])
        return given, won

    def _confirmed(self, given: Numbers, won: Numbers, top: int, low: int, then: int) -> tuple[Numbers, Numbers, bool]:
        """Whether something was given away: beyond two errors and what is slight, and in a second batch beyond two of its errors.
        Both batches together then say how much."""
        if top == low or not _shown(given):
            return given, won, False
        pays, wins = self.run([top, low], CONFIRM, len(given), then)
        again = pays[0] - pays[1]
        both, both_won = np.append(given, again), np.append(won, wins[0] - wins[1])
        return both, both_won, float(again.mean()) >= 2 * error_of(again) and _shown(both)

    def _known(self, given: Numbers) -> bool:
        """Whether more replicates would change no judgement: no grade begins within two errors, or the error is small."""
        assert self.level is not None
        mean, error = float(given.mean()), error_of(given)
        settled = all(abs(mean - step) > 2 * error for step in STEPS)
        return error <= self.level.aim or (settled and error <= self.level.worst)

    def run(self, arms: list[int], first: int, replicates: int, then: int = -1) -> tuple[Numbers, Numbers]:
        """Points and wins of each arm in the same worlds. Shape (arms, replicates)."""
        cloud = self.belief.cloud
        cloud.make_room(len(arms), replicates)
        cloud.work(ARMS, self._picks(first, replicates), arms, root=self.root, first=first, then=then)
        self.plays += len(arms) * replicates
        return self._answers(len(arms), replicates)

    def _answers(self, rows: int, columns: int) -> tuple[Numbers, Numbers]:
        cloud = self.belief.cloud
        pays = np.array([row[:columns] for row in cloud.money[:rows]], dtype=float) * (100 / self.best)
        return pays, np.array([row[:columns] for row in cloud.won[:rows]], dtype=float) / ONE

    def _picks(self, first: int, replicates: int) -> list[int]:
        """A particle for each replicate: every run of them is spread evenly over the weights (golden-ratio sequence)."""
        at = (np.arange(first + 1, first + replicates + 1) * GOLDEN) % 1.0
        found = np.searchsorted(np.cumsum(self.belief.weights), at)
        return [int(i) for i in np.minimum(found, self.belief.many - 1)]

    # ---- luck
    def _parts(
        self, decision: int, happened: list[Happening], weeks: range, pays: Numbers, wins: Numbers
    ) -> tuple[LuckPart, ...]:
        """What each announcement gave or took, and each silence: the value with what was announced up to it, less the value
        without it, in the same worlds. `pays` and `wins` are those of the decision by itself."""
        assert self.level is not None
        script = self.belief.script(happened)
        cuts = cut_up(script, weeks)
        if not cuts:
            return ()
        n = min(self.level.parts, len(pays))
        cloud = self.belief.cloud
        cloud.make_room(len(cuts), n)
        numbers = [number for cut in cuts for number in (cut.end, cut.week, cut.part)]
        cloud.work(PARTS, self._picks(FRESH, n), numbers, decision, self.root, script, FRESH)
        self.plays += len(cuts) * n
        new_pays, new_wins = self._answers(len(cuts), n)
        weights = np.array([row[:n] for row in cloud.weights[: len(cuts)]], dtype=float)
        parts, before, before_win = [], weighted(pays[:n], np.ones(n)), weighted(wins[:n], np.ones(n))
        for cut, pay, won, weight in zip(cuts, new_pays, new_wins, weights, strict=True):
            if weight.sum() <= 0:
                continue
            value, win = weighted(pay, weight), weighted(won, weight)
            error = error_of(value[1] - before[1])
            parts.append(cut.as_part(value[0] - before[0], win[0] - before_win[0], error))
            before, before_win = value, win
        return tuple(parts)


def _and_then(decision: int) -> int:
    """The arm that is this decision with another right after it."""
    return -1 - decision


def _ways(best: int, chosen: int, pays: dict[int, Numbers]) -> tuple[int, int]:
    """The two ways to compare. What can still be done right after the chosen decision is not given away; but then it is set
    against the best done twice, where that is worth more: a week in which it could have been done is gone."""
    late, twice = _and_then(chosen), _and_then(best)
    if best == chosen or pays[late].mean() < pays[chosen].mean():
        return best, chosen
    return (twice if pays[twice].mean() > pays[best].mean() else best), late


def _shown(given: Numbers) -> bool:
    """Whether a batch by itself shows that something was given away."""
    return float(given.mean()) >= max(SLIGHT, 2 * error_of(given))


def _ahead(chosen: list[Numbers], par: list[Numbers]) -> list[Numbers]:
    """Par's choice and the chosen one were in every round, whatever their numbers: their difference may use them all."""
    return [np.subtract(*both) for both in zip(chosen, par, strict=True)]


def _late(best: int, value: float, ahead: Numbers, won: Numbers) -> Candidate:
    """What the best option is worth right after the decision, by how far it is ahead of par's choice."""
    return Candidate(best, value + float(ahead.mean()), error_of(ahead), chance_of(won))


def _candidates(value: float, known: dict[int, tuple[Numbers, Numbers]], won: dict[int, Numbers]) -> tuple[Candidate, ...]:
    """What each option is worth, the best first, by how far its points were from par's in the same replicates."""
    found = [
        Candidate(a, value + float((row - base).mean()), error_of(row - base), chance_of(won[a]) if a in won else -1.0)
        for a, (row, base) in known.items()
    ]
    return tuple(sorted(found, key=lambda c: -c.value))


def answers(t: Tables, s: State, breaches: bool) -> list[int]:
    """The starts that answer a scene now; of one that cannot wait only its own."""
    urgent = asked(t, s)
    found = []
    for k in range(t.n_scene) if urgent < 0 else (urgent,):
        for a in t.scene_action[t.scene_off[k] : t.scene_off[k + 1]]:
            arm = t.pair_arm[t.action_pair[a]]
            if is_legal(t, s, STARTS + arm) and (breaches or not t.action_breach[a]):
                found.append(arm)
    return found


def by_others(t: Tables, s: State, decision: int) -> list[int]:
    """The same start on the same person by other members who could make it now."""
    if not starts(t, decision):
        return []
    pair = t.arm_pair[decision - STARTS]
    arms = range(t.pair_arm[pair], t.pair_arm[pair + 1])
    return [STARTS + arm for arm in arms if STARTS + arm != decision and is_legal(t, s, STARTS + arm)]


def candidates(t: Tables, s: State, breaches: bool = False) -> list[int]:
    """What an honest player could do here: on each person each action by whom it suits best, wait, pass, withdraw.

    False claims and breaches are legal but never advised; `breaches` lists the latter all the same. Who stands before us is
    answered: to let them stand is legal, and no advice.
    """
    talk = [STARTS + arm for arm in answers(t, s, breaches)]
    if asked(t, s) >= 0:
        return talk or [WAIT]
    found = [WAIT, *talk]
    if s.x[STAGE] < t.n_stage and required_met(t, s):
        found.append(PASS)
    if is_legal(t, s, WITHDRAW):
        found.append(WITHDRAW)
    best: dict[int, tuple[int, int]] = {}
    g = min(s.x[STAGE], t.n_stage)
    for k in range(t.arm_off[g], t.arm_off[g + 1]):
        arm = t.stage_arm[k]
        pair = t.arm_pair[arm]
        if (t.action_breach[t.pair_action[pair]] == 1 and not breaches) or not is_legal(t, s, STARTS + arm):
            continue
        chance = odds(t, s, arm, t.shift)
        if pair not in best or chance > best[pair][0]:
            best[pair] = (chance, arm)
    return found + [STARTS + arm for _, arm in best.values()]
