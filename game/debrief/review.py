"""The debrief: what a play's decisions were worth and what the dice did, in one language, as data for screens and reports.

The record (see `story`) says what happened; this says what it was worth. The decision always comes before the dice.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from math import hypot

from game.debrief.advice import Adviser
from game.debrief.figures import whole
from game.debrief.foreseen import foreseen
from game.debrief.reasons import Reasons
from game.debrief.records import CandidateTold, Cause, Gift, MoveReview, Review, Sorted, grouped, named
from game.debrief.scorecard import ScoreMaker, forecasts, tag_of
from game.debrief.story import Seen, Story, StoryTeller
from game.debrief.verdict import verdict
from game.i18n import Say
from game.judging.counterfactual import other_way
from game.judging.judgement import Candidate, Judged, Judgement, LuckPart
from game.judging.workers import Case
from game.play import outcomes
from game.play.decisions import action_of, starts
from game.play.playing import Playing
from game.play.statements import SortingSaid, all_of
from game.play.walk import walk
from game.scenario.load import Ready
from game.scenario.tables import STAGE, STARTS, WEEK, State

TURNING = 3
FIRST = 5
SHOWN = 5
"""Options listed beside a decision."""
NOTED = 1.0
"""Points from which it is said that a better option could still follow."""
ALIKE = 5.0
"""Points within which the same dice made no difference."""


Others = dict[int, tuple[Playing, Playing]]
"""By decision number: the play with the better decision, and with one's own, both under par from there on."""


def other_ways(case: Case, playing: Playing, judged: Judgement) -> Others:
    """The same dice, the other way, for the decisions that gave away most."""
    worst = sorted((j for j in judged.decisions if j.best != j.decision), key=lambda j: -j.regret)[:TURNING]
    return {
        j.number: (other_way(case, playing, j.number - 1, j.best), other_way(case, playing, j.number - 1, j.decision))
        for j in worst
    }


def cautions(judged: Judgement, say: Say) -> list[str]:
    """What a reader of the figures should know: rough ones, a reference that was not tuned for these rules."""
    found = [say("debrief.coarse")] if judged.coarse else []
    return found if judged.reference == "tuned" else [*found, say(f"debrief.reference.{judged.reference}")]


def tell_review(ready: Ready, watched: Seen, judged: Judgement, story: Story, others: Others, say: Say) -> Review:
    """The debrief of a play that is over and was judged."""
    return _Reviewer(ready, watched, judged, story, others, say).review()


class _Reviewer:
    def __init__(self, ready: Ready, watched: Seen, judged: Judgement, story: Story, others: Others, say: Say) -> None:
        self.ready, self.playing, self.judged, self.story, self.say = ready, watched.playing, judged, story, say
        self.others, self.seen = others, watched
        self.teller = StoryTeller(ready, watched, say)
        self.tell = self.teller.tell
        self.reasons = Reasons(ready, self.tell, say)
        self.t, self.ids = ready.compiled.tables, ready.compiled.ids

    def review(self) -> Review:
        say, j = self.say, self.judged
        moves = self.moves()
        self.week_of = {m.number: m.week for m in moves}
        self.stage_of = {m.number: m.stage for m in moves}
        told = verdict(j)
        card = ScoreMaker(self.ready, self.seen, j, say).card()
        advice = Adviser(self.ready, self.playing, j, self.tell, say)
        gifts = [gift for move in moves for gift in move.gifts if gift.name]
        return Review(
            title=self.story.title,
            verdict=told,
            verdict_words=say(f"debrief.verdict.{told}"),
            summary=self.summary(moves),
            start=j.start_value,
            quality=j.start_value + j.advantage,
            advantage=j.advantage,
            luck=j.luck,
            start_se=j.start_se,
            advantage_se=j.advantage_se,
            luck_se=j.luck_se,
            result=j.result,
            given=j.regret,
            won=j.won,
            moves=moves,
            turning=sorted(m.number for m in sorted(moves, key=lambda m: -abs(m.win_after - m.win))[:TURNING]),
            first=self.first(moves),
            forecasts=forecasts(self.playing.statements, j),
            by_kind=self.by_kind(),
            by_name=sorted(gifts, key=lambda g: -abs(g.luck))[:8],
            bones=self.bones(moves),
            drift=self.drift(),
            premortem=foreseen(self.ready, self.playing, self.tell),
            sorted=self.swot(),
            compliance=self.compliance(moves),
            card=card,
            praise=advice.praise(moves, card),
            train=advice.train(card),
            next_action=advice.next_action(moves, card),
            questions=advice.questions(moves),
            cautions=cautions(j, self.say),
            plays=j.plays,
            milestones=self.milestones(),
            others={number: self.other(number, *pair) for number, pair in self.others.items()},
        )

    def other(self, number: int, better: Playing, own: Playing) -> str:
        """How it went with the same dice, the other way, beside one's own way."""
        j = self.judged.decisions[number - 1]
        stage = self.ids.stages.index(self.stage_of[number])
        ends = [self.ready.scenario.endings[play.result()["ending"]].kind for play in (better, own)]
        kind = self.say(f"kind.{ends[0]}")
        alike = ends[0] == ends[1] and abs(better.result()["points"] - own.result()["points"]) < ALIKE
        return self.say(
            "debrief.other.alike" if alike else "debrief.other.told",
            week=self.week_of[number],
            what=named(self.say, *self.teller.words(j.best, stage)),
            kind=kind,
            points=better.result()["points"],
            own=own.result()["points"],
        )

    def summary(self, moves: list[MoveReview]) -> str:
        """One sentence: the costliest decision, or that there was none."""
        worst = max(moves, key=lambda m: (m.total, m.regret), default=None)
        if worst is None or not worst.better:
            return self.say("debrief.clean")
        if worst.times > 1:
            values = {"week": worst.week, "what": worst.what, "n": worst.times, "better": worst.better}
            return self.say("debrief.worst_many", points=whole(worst.total), **values)
        return self.say(
            "debrief.worst",
            week=worst.week,
            what=named(self.say, worst.what, worst.who),
            points=whole(worst.regret),
            better=worst.better,
        )

    # ---- moves
    def moves(self) -> list[MoveReview]:
        self.booked = self.book()
        wins = [*(j.win for j in self.judged.decisions[1:]), float(self.judged.won)]
        decided = zip(walk(self.playing), self.judged.decisions, wins, strict=True)
        return grouped([self.move(j, m.before, after) for m, j, after in decided])

    def book(self) -> dict[int, list[LuckPart]]:
        """Luck by the decision it belongs to: an action's outcome to whoever started it, the rest to where it happened."""
        found: dict[int, list[LuckPart]] = defaultdict(list)
        under_way: dict[int, list[int]] = defaultdict(list)
        for j in self.judged.decisions:
            if starts(self.t, j.decision):
                under_way[j.decision - STARTS].append(j.number)
            for part in j.parts:
                own = under_way[part.what] if part.kind == "outcome" and part.what >= 0 else []
                found[own.pop(0) if own else j.number].append(part)
        return found

    def move(self, j: Judged, s: State, after: float) -> MoveReview:
        stage = s.x[STAGE]
        what, who = self.teller.words(j.decision, stage)
        better = named(self.say, *self.teller.words(j.best, stage)) if j.best != j.decision else ""
        leader = j.best if better else j.decision
        order = sorted(j.candidates, key=lambda c: (c.decision != leader, -c.value))
        shown = order[:SHOWN] + [c for c in order[SHOWN:] if c.decision == j.decision]
        options = [self.option(c, j, stage, order[0]) for c in shown]
        tag = tag_of(self.ready, j.decision)
        key = f"topic.{tag.replace(' ', '_')}"
        return MoveReview(
            number=j.number,
            week=s.x[WEEK],
            stage=self.ids.stages[min(stage, self.t.n_stage - 1)],
            what=what,
            who=who,
            grade=j.grade,
            grade_words=self.say(f"grade.{j.grade}"),
            regret=j.regret,
            se=j.se,
            advantage=j.advantage,
            luck=sum(part.luck for part in self.booked[j.number]),
            value=j.value,
            win=100 * j.win,
            win_after=100 * after,
            win_chosen=100 * j.chosen_win,
            better=better,
            options=options,
            why=self.why(j, s, better),
            coach=self.coach(j.best if better else j.decision),
            gifts=[self.gift(p) for p in self.booked[j.number]],
            topic=self.say(key) if tag and self.say.has(key) else "",
        )

    def why(self, j: Judged, s: State, better: str) -> list[str]:
        """Why the better option was better; and what of it could still follow."""
        last = j.number == len(self.judged.decisions)
        found = self.reasons.of(j, s, self.playing.state if last else None) if better else []
        if j.then is None or not self.could_follow(j):
            return found
        key = "debrief.then_less" if better else "debrief.then"
        what = named(self.say, *self.teller.words(j.then.decision, s.x[STAGE]))
        return [*found, self.say(key, what=what, points=whole(j.then.value))]

    def could_follow(self, j: Judged) -> bool:
        """Whether something notably better could still follow at once."""
        return j.then is not None and j.then.value - j.chosen >= NOTED

    def option(self, c: Candidate, j: Judged, stage: int, leader: Candidate) -> CandidateTold:
        what, who = self.teller.words(c.decision, stage)
        chance = 100 * c.win if c.win >= 0 else None
        chosen, best = c.decision == j.decision, c.decision == j.best
        near = abs(c.value - leader.value) <= 2 * hypot(c.se, leader.se)
        ahead = c.value > leader.value
        marks = {
            "chosen": chosen,
            "best": best,
            "beside": ahead and self.free(c.decision) and not self.free(leader.decision),
            "par": c.decision == j.par and not ahead,
            "near": near or ahead,
        }
        mark = next((self.say(f"debrief.option.{name}") for name, so in marks.items() if so), "")
        return CandidateTold(what=what, who=who, value=c.value, se=c.se, win=chance, chosen=chosen, best=best, mark=mark)

    def free(self, decision: int) -> bool:
        """Whether it takes nobody's time."""
        return starts(self.t, decision) and self.t.action_free[action_of(self.t, decision)] == 1

    def coach(self, decision: int) -> str:
        if not starts(self.t, decision):
            return ""
        return self.tell.text("actions", self.ids.actions[action_of(self.t, decision)], "coach")

    def gift(self, part: LuckPart) -> Gift:
        say, tell = self.say, self.tell
        name = ""
        if part.what < 0:
            pass
        elif part.kind == "outcome":
            name = named(self.say, tell.action(self.t.pair_action[self.t.arm_pair[part.what]]), tell.person(part.person))
        elif part.kind == "rival":
            name = named(self.say, tell.move(part.what), tell.rival(part.member))
        elif part.kind == "event":
            name = tell.event(part.what)
        elif part.kind == "customer":
            name = tell.phase(part.what)
        elif part.kind == "award":
            name = tell.bidder(part.result)
        return Gift(part.kind, say(f"luck.{part.kind}"), name, part.luck, 100 * part.win)

    # ---- what to look at first
    def first(self, moves: list[MoveReview]) -> list[int]:
        seen: set[tuple[str, str]] = set()
        wrong = []
        for m in sorted(moves, key=lambda m: (-m.total, -m.regret)):
            if m.better and (m.stage, m.what) not in seen:
                seen.add((m.stage, m.what))
                wrong.append(m)
        unmatched = {j.number for j in self.judged.decisions if not self.could_follow(j)}
        best = [m for m in moves if m.grade == "best" and m.advantage >= 0.5 and m.number in unmatched]
        right = sorted(best, key=lambda m: -m.advantage)
        order = [*wrong[:FIRST], *right[:2]] if self.judged.won else [*right[:2], *wrong[:FIRST]]
        return [m.number for m in order]

    def by_kind(self) -> list[tuple[str, float]]:
        sums: dict[str, float] = defaultdict(float)
        for j in self.judged.decisions:
            for part in j.parts:
                sums[part.kind] += part.luck
        return [(self.say(f"luck.{kind}"), sums[kind]) for kind in sorted(sums, key=lambda k: -abs(sums[k]))]

    def bones(self, moves: list[MoveReview]) -> list[Cause]:
        """Losses by cause: decisions by their topic's column, luck by its kind. What is too small to name is one item."""
        items: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for m, j in zip(moves, self.judged.decisions, strict=True):
            if m.better:
                column = tag_of(self.ready, j.decision).partition("/")[0] or "business"
                label = self.say("debrief.in_week", week=m.week, what=named(self.say, m.what, m.who))
                items[self.say(f"column.{column}")].append((label, -m.regret))
            for gift, part in zip(m.gifts, self.booked[m.number], strict=True):
                label = self.say("debrief.in_week", week=part.week, what=gift.name) if gift.name else ""
                items[gift.kind_words].append((label, gift.luck))
        found = [Cause(name, sum(points for _, points in rows), self.largest(rows)) for name, rows in items.items()]
        return sorted(found, key=lambda b: b.points)

    def largest(self, rows: list[tuple[str, float]]) -> list[tuple[str, float]]:
        """The largest items by name, and the rest in one."""
        named = sorted((r for r in rows if r[0] and abs(r[1]) >= 1), key=lambda r: -abs(r[1]))[:5]
        rest = sum(points for _, points in rows) - sum(points for _, points in named)
        return named + ([(self.say("debrief.others"), rest)] if abs(rest) >= 0.1 else [])

    def drift(self) -> list[str]:
        """The stretches of weeks in which we and the customer were two steps or more apart, and what they cost."""
        found: list[str] = []
        run: list[int] = []
        cycles = self.story.cycles
        for k in range(len(cycles)):
            apart = cycles[k].stage - cycles[k].phase
            if abs(apart) >= 2 and (not run or (cycles[run[-1]].stage - cycles[run[-1]].phase) * apart > 0):
                run.append(k)
                continue
            found += self.stretch(run)
            run = [k] if abs(apart) >= 2 else []
        return found + self.stretch(run)

    def stretch(self, run: list[int]) -> list[str]:
        if not run:
            return []
        cycles = self.story.cycles
        given = sum(self.judged.decisions[k].regret for k in run if k < len(self.judged.decisions))
        ahead = cycles[run[0]].stage > cycles[run[0]].phase
        first, last = cycles[run[0]].week, cycles[run[-1]].week
        return [self.say("debrief.ahead" if ahead else "debrief.behind", first=first, last=last, points=whole(given))]

    def swot(self) -> list[Sorted]:
        found = {}
        for said in all_of(self.playing.statements, SortingSaid):
            for fact, put in said.sorted.items():
                if fact in self.ready.scenario.facts:
                    f = self.ids.facts.index(fact)
                    right = self.ready.scenario.facts[fact].swot == put
                    true = bool(self.playing.state.x[self.t.truth0 + f])
                    found[fact] = Sorted(self.tell.fact(f), self.say(f"swot.{put}"), right, true)
        return list(found.values())

    def compliance(self, moves: list[MoveReview]) -> list[str]:
        """Every breach and every false claim, apart from the score."""
        found = []
        for one in outcomes.offences(self.playing):
            m = moves[one.number - 1]
            if one.action >= 0:
                found.append(self.say("debrief.breach", week=one.week, what=named(self.say, m.what, m.who)))
            else:
                found.append(self.say("debrief.false_claim", week=one.week, stage=self.tell.stage(one.stage)))
        return found

    def milestones(self) -> list[tuple[int, int]]:
        found = []
        stages = [*(m.before.x[STAGE] for m in walk(self.playing)), self.playing.state.x[STAGE]]
        for k, (before, after) in enumerate(pairwise(stages), 1):
            if after > before and after <= len(self.story.milestones):
                found.append((k, self.story.milestones[after - 1]))
        return found
