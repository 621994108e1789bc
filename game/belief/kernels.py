"""Possible worlds: particles that follow what was announced, and playthroughs from them under par.

Everything here runs compiled and as plain Python alike. Records come as rows (`tt[0]`, `ss[i]`): arrays of records when
compiled, lists of objects in plain Python; tables of numbers are arrays when compiled, lists of lists otherwise. `do_job` is
the one entry: compiled code holds the rules once, whatever is asked of it.
"""

from __future__ import annotations

import math

from game.engine.award import award_odds
from game.engine.chance import FULL_WEIGHT, OUTCOME, POLICY, START, Dice, seed_of, uniform
from game.engine.effects import apply_effects
from game.engine.ending import payoff
from game.engine.odds import rounded
from game.engine.state import copy_into, reset
from game.engine.step import begin, is_legal, run_on, step
from game.policies.policies import choose
from game.policies.table import Player
from game.scenario.tables import CERTAIN, ENDED, ONE, State, Tables

# What `do_job` may be asked for.
BEGIN, FOLLOW, AGAIN, KEEP, METROPOLIS, AWARDS, ARMS, PARTS, SWINGS = range(9)
NEVER = -1e300
"""The log likelihood of what cannot be."""
BEGINNING = -1
"""In the history: no decision, only the weeks before the first."""
PULL_TRIES = 8
"""Steps that each truth gets for itself, at most, before truths are drawn together."""
ENOUGH_PULL = 2.0
"""Truths drawn together pull at most this hard: of a change by 2 in the logarithm about one in three is kept."""
MOST_PULL = 4.0
"""What cannot be at all counts as this."""
LANES = 8
"""Truths drawn at once, at most, as a power of two. Keys are below 2**24."""


def start_particle(t: Tables, s: State, d: Dice, genes: list[int], seed: int) -> None:
    """The first morning with these hidden truths."""
    reset(t, s)
    d.following = 1
    d.seed = seed
    d.n_script = 0
    for k in range(t.n_start):
        d.genes[k] = genes[k]
    begin(t, s, d)


def follow(t: Tables, s: State, d: Dice, seed: int, decision: int, script: list[int], first: int, end: int) -> bool:
    """A decision, and what was announced after it. The likelihood is in d.weight; True when the deal is over."""
    d.following = 1
    d.weight = FULL_WEIGHT
    d.seed = seed
    d.used = 0
    d.n_script = end - first
    for i in range(end - first):
        d.script[i] = script[first + i]
    if decision == BEGINNING:
        return run_on(t, s, d, 0)
    if not is_legal(t, s, decision):
        # Only a world that went another way long ago comes here.
        d.weight = 0
        return False
    return step(t, s, d, decision)


def again(
    t: Tables, s: State, d: Dice, genes: list[int], seeds: list[int], decisions: list[int], script: list[int], off: list[int]
) -> float:
    """The whole history with these hidden truths; its log likelihood."""
    d.partial = 0
    start_particle(t, s, d, genes, seeds[0])
    log = 0.0
    for k in range(len(decisions)):
        follow(t, s, d, seeds[k], decisions[k], script, off[k], off[k + 1])
        if d.weight == 0:
            return NEVER
        log += math.log(d.weight / FULL_WEIGHT)
    return log


def metropolis(
    t: Tables, ss: list[State], d: Dice, genes: list[list[int]], seeds: list[list[int]], logs: list[float],
    decisions: list[int], script: list[int], off: list[int], order: list[int], steps: int, seed: int, spare: int,
    pull: list[float],
) -> None:  # fmt: skip
    """Steps of Metropolis over the particles in `order`: truths drawn anew, kept as often as the history supports them.

    The first steps draw one truth each, all in turn, and find out how hard the history pulls at it: the mean change of the log
    likelihood, into `pull`. From then on as many are drawn at once as together pull little enough, so that what nothing was
    heard of stays as wide as the priors. Every other step begins with a person: stances wear thin first.
    """
    tries = min(PULL_TRIES, steps // (2 * t.n_start))
    for n in range(tries * t.n_start):
        k = n % t.n_start
        pull[k] = 0.0 if n < t.n_start else pull[k]
        i = order[n % len(order)]
        copy_genes(t, genes[i], genes[spare])
        genes[spare][k] = uniform(seed, START, n << LANES)
        change = move(t, ss, d, genes, seeds, logs, decisions, script, off, i, uniform(seed, OUTCOME, n), spare)
        pull[k] += min(abs(change), MOST_PULL) / tries
    for n in range(tries * t.n_start, steps):
        i = order[n % len(order)]
        copy_genes(t, genes[i], genes[spare])
        among = max(1, t.n_person if n % 2 == 1 and t.n_person > 0 else t.n_start)
        room = ENOUGH_PULL
        for lane in range(min(t.n_start, 1 << LANES)):
            k = uniform(seed, POLICY, n << LANES | lane) % (among if lane == 0 else t.n_start)
            room -= pull[k] if tries > 0 else ENOUGH_PULL / 2
            if lane > 0 and room < 0:
                break
            genes[spare][k] = uniform(seed, START, n << LANES | lane)
        move(t, ss, d, genes, seeds, logs, decisions, script, off, i, uniform(seed, OUTCOME, n), spare)


def copy_genes(t: Tables, source: list[int], target: list[int]) -> None:
    """The hidden truths of one particle for another."""
    for k in range(t.n_start):
        target[k] = source[k]


def move(
    t: Tables, ss: list[State], d: Dice, genes: list[list[int]], seeds: list[list[int]], logs: list[float],
    decisions: list[int], script: list[int], off: list[int], i: int, drawn: int, spare: int,
) -> float:  # fmt: skip
    """Particle i goes over to the spare genes as often as the history supports them; how much more it does, as a logarithm."""
    log = again(t, ss[spare], d, genes[spare], seeds[i], decisions, script, off)
    change = log - logs[i]
    if log > NEVER and math.log((drawn + 0.5) / CERTAIN) < change:
        logs[i] = log
        copy_into(t, ss[spare], ss[i])
        copy_genes(t, genes[spare], genes[i])
    return change


def play_on(t: Tables, s: State, d: Dice, p: Player, over: bool) -> None:
    """To the end under the player's policy."""
    d.following = 0
    while not over:
        over = step(t, s, d, choose(t, s, p, d.seed))


def count_swings(d: Dice, p: Player) -> None:
    """From here on what chance does is counted."""
    d.n_swing = p.n_worth
    for i in range(p.n_worth):
        d.swings[i] = 0


def settle_up(t: Tables, s: State, d: Dice, p: Player, wins: list[int], money: list[int], won: list[int], r: int) -> None:
    """What a finished playthrough came to, less what its dice gave it as far as that is known: control variates, whose mean is
    0. Payoff in whole units of money, wins in millionths."""
    money[r] = payoff(t, s)
    won[r] = wins[s.x[ENDED] - 1] * ONE
    luck = 0
    luck_win = 0
    for i in range(d.n_swing):
        luck += p.worth[i] * d.swings[i]
        luck_win += p.chance[i] * d.swings[i]
    money[r] -= rounded(luck, CERTAIN)
    won[r] -= rounded(luck_win, CERTAIN)
    d.n_swing = 0


def try_swings(
    t: Tables, s: State, d: Dice, p: Player, plays: int, root: int, money: list[list[int]], won: list[list[int]],
    swings: list[list[float]], wins: list[int],
) -> None:  # fmt: skip
    """Whole playthroughs from the first morning: payoffs, wins, and what chance did in each."""
    d.partial = 0
    for r in range(plays):
        d.seed = seed_of(root, r)
        d.following = 0
        count_swings(d, p)
        reset(t, s)
        begin(t, s, d)
        play_on(t, s, d, p, run_on(t, s, d, 0))
        money[0][r] = payoff(t, s)
        won[0][r] = wins[s.x[ENDED] - 1]
        for i in range(p.n_worth):
            swings[i][r] = d.swings[i]
    d.n_swing = 0


def try_arms(
    t: Tables, ss: list[State], d: Dice, p: Player, arms: list[int], then: int, picks: list[int], root: int, first: int,
    money: list[list[int]], won: list[list[int]], wins: list[int], spare: int,
) -> None:  # fmt: skip
    """Every decision in `arms` in the same worlds: replicate r is particle picks[r] under the seed of (root, first + r).

    An arm given as -1 - decision is that decision with `then` right after it, where that is still allowed.
    """
    s = ss[spare]
    d.partial = 0
    for r in range(len(picks)):
        d.seed = seed_of(root, first + r)
        for j in range(len(arms)):
            copy_into(t, ss[picks[r]], s)
            d.following = 0
            count_swings(d, p)
            over = step(t, s, d, arms[j] if arms[j] >= 0 else -1 - arms[j])
            if arms[j] < 0 and not over and is_legal(t, s, then):
                over = step(t, s, d, then)
            play_on(t, s, d, p, over)
            settle_up(t, s, d, p, wins, money[j], won[j], r)


def try_parts(
    t: Tables, ss: list[State], d: Dice, p: Player, decision: int, script: list[int], cuts: list[int], picks: list[int],
    root: int, first: int, money: list[list[int]], won: list[list[int]], weights: list[list[float]], wins: list[int],
    spare: int,
) -> None:  # fmt: skip
    """A decision followed by only the beginning of what was announced after it, up to each cut; then as it falls.

    A cut is three numbers: how much of the script, and the part of a week up to which nothing else is announced either (a week
    of -1: only up to the last announcement). `weights` is how likely that beginning was in the world of the replicate.
    """
    s = ss[spare]
    for r in range(len(picks)):
        for j in range(len(cuts) // 3):
            copy_into(t, ss[picks[r]], s)
            d.stop_week = cuts[3 * j + 1]
            d.stop_part = cuts[3 * j + 2]
            d.partial = 1 if d.stop_week < 0 else 2
            count_swings(d, p)
            over = follow(t, s, d, seed_of(root, first + r), decision, script, 0, cuts[3 * j])
            weights[j][r] = d.weight / FULL_WEIGHT
            money[j][r] = 0
            won[j][r] = 0
            if d.weight > 0:
                d.partial = 0
                play_on(t, s, d, p, over)
                settle_up(t, s, d, p, wins, money[j], won[j], r)
            d.n_swing = 0
    d.partial = 0


def follow_all(
    t: Tables, ss: list[State], d: Dice, genes: list[list[int]], seeds: list[list[int]], logs: list[float],
    decisions: list[int], script: list[int], off: list[int], weights: list[float],
) -> None:  # fmt: skip
    """The last decision of the history on every particle that can still be true."""
    k = len(decisions) - 1
    d.partial = 0
    for i in range(len(ss) - 1):
        weights[i] = 0.0
        if logs[i] == NEVER:
            continue
        for g in range(t.n_start):
            d.genes[g] = genes[i][g]
        follow(t, ss[i], d, seeds[i][k], decisions[k], script, off[k], off[k + 1])
        weights[i] = d.weight / FULL_WEIGHT
        logs[i] = logs[i] + math.log(d.weight / FULL_WEIGHT) if d.weight > 0 else NEVER


def do_job(
    job: int, tt: list[Tables], ss: list[State], dd: list[Dice], pp: list[Player], genes: list[list[int]],
    seeds: list[list[int]], logs: list[float], decisions: list[int], script: list[int], off: list[int], picks: list[int],
    row: list[int], number: int, root: int, first: int, then: int, money: list[list[int]], won: list[list[int]],
    weights: list[list[float]], wins: list[int],
) -> None:  # fmt: skip
    """One piece of work over all particles. The last state and the last row of genes are spare.

    BEGIN: every particle at its first morning. FOLLOW: the last decision of the history, likelihoods to weights[0].
    AGAIN: particle picks[0] with the spare genes, log to weights[0][0]; KEEP takes it over. METROPOLIS: `number` steps.
    AWARDS: each particle's award, were it drawn now, after branch `first` where that is not below 0, to money. ARMS: the
    decisions in `row`. PARTS: decision `number`, what was announced in `script`, cuts in `row`. Replicates count from `first`.
    SWINGS: `number` whole plays, what chance did to weights.
    """
    t = tt[0]
    d = dd[0]
    spare = len(ss) - 1
    if job == BEGIN:
        for i in range(spare):
            start_particle(t, ss[i], d, genes[i], seeds[i][0])
    elif job == FOLLOW:
        follow_all(t, ss, d, genes, seeds, logs, decisions, script, off, weights[0])
    elif job == AGAIN:
        weights[0][0] = again(t, ss[spare], d, genes[spare], seeds[picks[0]], decisions, script, off)
    elif job == KEEP:
        i = picks[0]
        copy_into(t, ss[spare], ss[i])
        logs[i] = weights[0][0]
        for g in range(t.n_start):
            genes[i][g] = genes[spare][g]
    elif job == METROPOLIS:
        metropolis(t, ss, d, genes, seeds, logs, decisions, script, off, picks, number, root, spare, weights[0])
    elif job == AWARDS:
        for i in range(spare):
            copy_into(t, ss[i], ss[spare])
            if first >= 0:
                apply_effects(t, ss[spare], first, 0, 0)
            award_odds(t, ss[spare], 0)
            for b in range(t.n_bidder):
                money[i][b] = ss[spare].scratch[b]
    elif job == ARMS:
        try_arms(t, ss, d, pp[0], row, then, picks, root, first, money, won, wins, spare)
    elif job == SWINGS:
        try_swings(t, ss[spare], d, pp[0], number, root, money, won, weights, wins)
    else:
        try_parts(t, ss, d, pp[0], number, script, row, picks, root, first, money, won, weights, wins, spare)
