"""Some plays looked at closely, with all that the author knows: where they stay, what keeps work from being done, and by what the
award was won or lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from statistics import mean

from game.engine.award import score
from game.engine.chance import seed_of
from game.engine.odds import form, holds, rounded
from game.engine.step import OPEN, action_refusal, manning_refusal, pair_refusal
from game.play.happenings import RivalMoved
from game.play.playing import Playing, start_playing
from game.policies.route import decided
from game.policies.table import Player
from game.scenario.load import Ready
from game.scenario.tables import AWARD_STAGE, CENT, CERTAIN, ENDED, STAGE, STARTS, WEEK, WINNER, State, Tables
from game.statistics import Data
from game.weighing.batches import FIRST

Thing = tuple[int, int, int]
"""(stage, action, person or -1 for anybody)."""
Look = Callable[[Playing], None]
Refusals = dict[Thing, Counter[int]]
"""How often a decision found it refused, by the reason; OPEN where it could be started."""


@dataclass(kw_only=True)
class Closeup:
    """What some plays of one player came to."""

    plays: int = 0
    stays: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    """(ending, stage in which it came, gate point that had to hold there and did not, or -1)."""
    started: Counter[Thing] = field(default_factory=Counter)
    """In how many plays a thing was started in its stage."""
    refused: Refusals = field(default_factory=lambda: defaultdict(Counter))
    moves: Counter[int] = field(default_factory=Counter)
    """In how many plays each move of a rival came."""
    awards: list[Data] = field(default_factory=list)
    """Of each award: week, stage, whether we won, odds, scores by bidder and criterion, what counts beside the criteria."""
    arrivals: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """The weeks in which the plays came to each stage."""


def closeup(
    ready: Ready, player: Player, plays: int, wanted: Set[Thing] = frozenset(), short: bool = False, look: Look | None = None
) -> Closeup:
    """So many plays of a player. `wanted`: what to keep of what stands against it; with `short`, until all of it was started.
    `look` is called before every decision, and at the end."""
    found, t = Closeup(), ready.compiled.tables
    for k in range(plays):
        if short and all(found.started[thing] for thing in wanted):
            break
        playing = start_playing(ready.compiled, seed_of(FIRST, k))
        _watch(t, playing, player, found, wanted, look)
        found.plays += 1
        found.stays[(playing.state.x[ENDED] - 1, *staying(t, playing.state))] += 1
    return found


def _watch(t: Tables, playing: Playing, player: Player, found: Closeup, wanted: Set[Thing], look: Look | None) -> None:
    s, seen, stage = playing.state, set[Thing](), -1
    while not playing.over:
        if look:
            look(playing)
        while stage < s.x[STAGE]:
            stage += 1
            found.arrivals[stage].append(s.x[WEEK])
        for thing in wanted:
            if thing[0] == s.x[STAGE]:
                found.refused[thing][refusal_of(t, s, thing[1], thing[2])] += 1
        decision = decided(t, s, player, playing.seed)
        if decision >= STARTS:
            pair = t.arm_pair[decision - STARTS]
            seen |= {(s.x[STAGE], t.pair_action[pair], person) for person in (t.pair_person[pair], -1)}
        open_award = s.x[WINNER] == 0
        playing.go_on(decision)
        if s.x[WINNER] and open_award:
            found.awards.append(award_of(t, s))
    if look:
        look(playing)
    found.moves.update({h.move for h in playing.happenings if isinstance(h, RivalMoved)})
    found.started.update(seen)


def refusal_of(t: Tables, s: State, action: int, person: int) -> int:
    """What stands against an action of this stage now, with this person or with whomever it is nearest; OPEN for nothing."""
    first = action_refusal(t, s, action)
    if first != OPEN:
        return first
    nearest = -1
    for pair in range(t.action_pair[action], t.action_pair[action + 1]):
        if person >= 0 and t.pair_person[pair] != person:
            continue
        refused = pair_refusal(t, s, pair)
        manned = [manning_refusal(t, s, arm) for arm in range(t.pair_arm[pair], t.pair_arm[pair + 1])]
        if refused == OPEN and OPEN in manned:
            return OPEN
        nearest = refused if refused != OPEN else manned[0] if nearest < 0 and manned else nearest
    return nearest


def staying(t: Tables, s: State) -> tuple[int, int]:
    """The stage in which a deal ended, and the first required point of its gate that did not hold, -1 where all did."""
    g = s.x[STAGE]
    if g >= t.n_stage:
        return t.n_stage, -1
    required = (k for k in range(t.point_off[g], t.point_off[g + 1]) if t.point_must[k])
    return g, next((k for k in required if not holds(t, s, t.point_cond[k], 0, 0)), -1)


def award_of(t: Tables, s: State) -> Data:
    """What the award was decided by; each bidder's scores from 0, ours first, "no decision" last."""
    bidders = [b for b in range(t.n_bidder) if holds(t, s, t.bid_cond[b], 0, 0)]
    marks = {
        b: [rounded(form(t, s, t.score_form[b * t.n_criterion + c], 0, 0, 0), CENT) / 100 for c in range(t.n_criterion)]
        for b in bidders
    }
    beside = {b: rounded(form(t, s, t.bias_form[b], 0, 0, 0), CENT) / 100 for b in bidders}
    return {
        "week": s.x[WEEK],
        "stage": s.x[AWARD_STAGE],
        "winner": s.x[WINNER] - 1,
        "odds": s.bid_odds[0] / CERTAIN,
        "scores": {b: score(t, s, b, 0) / 100 for b in bidders},
        "marks": marks,
        "beside": beside,
        "weights": [s.x[t.weight_slot[c]] for c in range(t.n_criterion)],
    }


def awards_data(ready: Ready, look: Closeup) -> Data:
    """When the award comes and where we are by then; of the awards that went to a rival, our mean marks beside those of who won
    (`lost`, None where none did). Awards without a bid of ours are counted, and have no marks."""
    ids, awards = ready.compiled.ids, look.awards
    lost = [a for a in awards if 0 < a["winner"] <= len(ids.rivals) and a["winner"] in a["marks"]]
    met = [a for a in lost if 0 in a["marks"]]
    winners = Counter(ids.rivals[a["winner"] - 1] for a in lost)
    return {
        "plays": look.plays,
        "awards": len(awards),
        "week": mean(a["week"] for a in awards) if awards else None,
        "stages": {ids.stages[g]: many for g, many in sorted(Counter(a["stage"] for a in awards).items())},
        "won": sum(a["winner"] == 0 for a in awards),
        "lost": len(lost),
        "without_bid": len(lost) - len(met),
        "winners": dict(winners.most_common()),
        "marks": _marks(ids.criteria, met) if met else None,
    }


def _marks(criteria: list[str], met: list[Data]) -> Data:
    """Mean marks of ours and of who won, and the weight, by criterion; and what counts beside the criteria."""
    rows = {}
    for c, name in enumerate(criteria):
        ours, theirs = (mean(a["marks"][w][c] for a, w in pairs) for pairs in _sides(met))
        rows[name] = {"ours": ours, "theirs": theirs, "weight": mean(a["weights"][c] / max(1, sum(a["weights"])) for a in met)}
    ours, theirs = (mean(a["beside"][w] for a, w in pairs) for pairs in _sides(met))
    return {"criteria": rows, "beside": {"ours": ours, "theirs": theirs}}


def _sides(met: list[Data]) -> tuple[list[tuple[Data, int]], list[tuple[Data, int]]]:
    """The awards with whom a number is asked of: us, and who won."""
    return [(a, 0) for a in met], [(a, int(a["winner"])) for a in met]
