"""What follows from a judged play, for the trainee, the manager and the room: praise, training, the next step, questions."""

from __future__ import annotations

from game.debrief.figures import whole
from game.debrief.records import MoveReview, named
from game.debrief.scorecard import ScoreCard, Topic, forecasts
from game.debrief.verdict import FELT
from game.i18n import Say
from game.judging.judgement import Judgement
from game.play.playing import Playing
from game.scenario.load import Ready
from game.words.names import Teller


class Adviser:
    """Reads the moves and the score card of one play."""

    def __init__(self, ready: Ready, playing: Playing, judged: Judgement, tell: Teller, say: Say) -> None:
        self.ready, self.playing, self.judged, self.tell, self.say = ready, playing, judged, tell, say

    def praise(self, moves: list[MoveReview], card: ScoreCard) -> list[str]:
        found = [
            self.say("debrief.praise_metric", what=m.name, value=m.value)
            for p in card.pillars
            for m in p.metrics
            if m.points is not None and m.points >= 80
        ]
        best = max(moves, key=lambda m: m.advantage, default=None)
        if best is not None and best.advantage >= 1 and best.grade == "best":
            points = whole(best.advantage)
            found.append(
                self.say("debrief.praise_move", week=best.week, what=named(self.say, best.what, best.who), points=points)
            )
        return found[:4]

    def train(self, card: ScoreCard) -> list[str]:
        topics = sorted((t for c in card.columns for t in c.topics if t.given >= 1), key=lambda t: -t.given)
        found = [self.say("debrief.train_topic", what=t.name, points=whole(t.given), course=t.course) for t in topics[:2]]
        for p in card.pillars:
            for m in p.metrics:
                if m.points is not None and m.points < 50:
                    found.append(self.say("debrief.train_metric", what=m.name, value=m.value))
        return found[:4]

    def next_action(self, moves: list[MoveReview], card: ScoreCard) -> str:
        """One thing to do next: the course of the topic that cost most, and the decision to play again."""
        worst = max(moves, key=lambda m: (m.total, m.regret), default=None)
        topics: list[Topic] = sorted((t for c in card.columns for t in c.topics), key=lambda t: -t.given)
        if worst is None or not worst.better or not topics:
            return self.say("debrief.next_clean")
        return self.say("debrief.next", week=worst.week, better=worst.better, topic=topics[0].name, course=topics[0].course)

    def questions(self, moves: list[MoveReview]) -> list[str]:
        found = []
        for m in sorted(moves, key=lambda m: -m.regret)[:3]:
            if m.better:
                found.append(self.say("debrief.ask_move", week=m.week, what=named(self.say, m.what, m.who)))
        unlucky = max((m for m in moves), key=lambda m: abs(m.luck), default=None)
        if unlucky is not None and abs(unlucky.luck) >= FELT:
            found.append(self.say("debrief.ask_luck", week=unlucky.week, what=named(self.say, unlucky.what, unlucky.who)))
        graded = [f for f in forecasts(self.playing.statements, self.judged) if not f.early]
        far = max(graded, key=lambda f: abs(f.stated - f.true), default=None)
        if far is not None and abs(far.stated - far.true) >= 15:
            found.append(self.say("debrief.ask_forecast", stage=far.stage, stated=far.stated, true=round(far.true)))
        own = self.ready.scenario.debrief.questions
        return found + [self.tell.text("debrief", "questions", name, "text") for name in own]
