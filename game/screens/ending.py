"""The ending: how it came out, and the record of every decision, gate and forecast, with what was hidden."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.debrief.figures import whole
from game.debrief.records import Review
from game.debrief.review import Others, other_ways, tell_review
from game.debrief.story import Story, tell_story
from game.i18n import Say
from game.judging.counterfactual import other_way
from game.play.statements import LONGEST_LESSON
from game.screens import record
from game.screens.debrief import card, causes, chances, verdict, walk
from game.screens.frame import page
from game.screens.layout import Box, Node
from game.screens.line import TextLine
from game.screens.messages import (
    AgainOf,
    BeginNext,
    BranchAt,
    BranchOf,
    KeepLesson,
    Leave,
    Message,
    NextAfter,
    OpenReport,
    PlayAgain,
    Rewrite,
    ShowMove,
    ShowTab,
    TryOther,
    Write,
    WriteReport,
)
from game.screens.pictures.face import portrait
from game.screens.pictures.news import news_line
from game.screens.pictures.time import cycles_chart
from game.screens.screen import Answer, Goto, Look, Screen
from game.screens.widgets import BODY, HUGE, LARGE, SMALL, Bar, Text, button, chip, column, grid, panel, row
from game.session.session import Session

TABS = ("result", "review", "card", "causes", "forecasts", "hidden", "steps")
TAB_ICONS = {
    "result": "trophy",
    "review": "study",
    "card": "star",
    "causes": "tree",
    "forecasts": "gate",
    "hidden": "intelligence",
    "steps": "log",
}
JUDGED = ("review", "card", "causes")
"""Tabs that need the judgement."""


class EndingScreen(Screen):
    """Shown when the deal is over. `put` writes record and report, and says where."""

    first_focus = "tab:review"

    def __init__(self, play: Session, put: Any, following: Any = None) -> None:
        self.play, self.put = play, put
        self.following: Callable[[str], list[tuple[str, str]]] = following or (lambda language: [])
        """A language → (name, title) of the scenarios that go on from here."""
        self.tab = "result"
        self.line: TextLine = TextLine(LONGEST_LESSON)
        self.kept = bool(play.lesson)
        self.files: list[Path] = []
        self.failed = ""
        self._stories: dict[tuple[str, int], Story] = {}
        self.judged = play.judge()
        self.at = -1
        """The decision under review, from 0; -1: the first worth a look."""
        self._others: Others = {}
        self._reviews: dict[tuple[str, int], Review] = {}
        self._left = -1

    def story(self, say: Say) -> Story:
        key = (say.language, len(self.play.playing.statements))
        if key not in self._stories:
            self._stories[key] = tell_story(self.play.ready, self.play.watched, say)
        return self._stories[key]

    def review(self, say: Say) -> Review | None:
        """The debrief, once the companion has judged every decision."""
        companion = self.play.companion
        if self.judged is None or companion is None:
            return None
        if not self._others:
            self._others = other_ways(companion.case, self.play.playing, self.judged)
        key = (say.language, len(self.play.playing.statements))
        if key not in self._reviews:
            story = self.story(say)
            self._reviews[key] = tell_review(self.play.ready, self.play.watched, self.judged, story, self._others, say)
        return self._reviews[key]

    def waiting(self) -> bool:
        return self.judged is None and self.play.companion is not None and not self.play.companion.failed

    def arrived(self) -> bool:
        self.judged = self.play.judge()
        left = self.left()
        changed = self.judged is not None or left != self._left or not self.waiting()
        self._left = left
        return changed

    def left(self) -> int:
        """Decisions that the companion has still to judge."""
        return self.play.companion.left(self.play.playing) if self.play.companion else 0

    # ---- building
    def build(self, look: Look) -> Node:
        say, story = look.say, self.story(look.say)
        keys = "1234567"
        tabs_shown = [t for t in TABS if t not in JUDGED or self.play.companion]
        tabs = [
            chip(say(f"end.tab.{t}"), ShowTab(t), on=t == self.tab, icon=TAB_ICONS[t], id=f"tab:{t}", keys=(keys[k],))
            for k, t in enumerate(tabs_shown)
        ]
        body = self.judgement_tab(look) if self.tab in JUDGED else self.record_tab(story, look)
        foot = Box(
            "flow",
            button(say("end.report"), WriteReport(), icon="report", id="report", tip=say("tip.report")),
            button(say("end.same"), PlayAgain(True), icon="dice", id="same", tip=say("tip.same")),
            button(say("end.new"), PlayAgain(False), icon="again", id="new", tip=say("tip.new")),
            *(
                button(
                    say("end.next", title=title),
                    BeginNext(name),
                    icon="right",
                    strong=True,
                    id=f"next:{name}",
                    tip=say("tip.next"),
                )
                for name, title in self.following(look.language)
            ),
            button(say("end.title"), Leave(), icon="leave", keys=("escape",), shown="Esc", id="title"),
            gap=8,
        )
        bar = Box("flow", *tabs, gap=6)
        return page(look, story.title, body, foot, icon="flag", scroll=f"end:{self.tab}", bar=bar)

    def record_tab(self, story: Story, look: Look) -> Node:
        if self.tab == "steps":
            return record.steps(story, look)
        if self.tab == "forecasts":
            return record.forecasts(story, self.review(look.say), look)
        return record.hidden(story, look) if self.tab == "hidden" else self.result(story, look)

    def judgement_tab(self, look: Look) -> Node:
        review = self.review(look.say)
        if review is None:
            return self.progress(look.say)
        if self.tab == "card":
            return card(review, look)
        if self.tab == "causes":
            return causes(review, look)
        if not review.moves:
            return Text(look.say("debrief.clean"), BODY)
        if self.at < 0:
            self.at = review.first[0] - 1 if review.first else 0
        other = review.others.get(self.at + 1, "")
        return walk(review, self.at, other, look, self.play.companion is not None)

    def progress(self, say: Say) -> Node:
        """How far the companion has come."""
        companion = self.play.companion
        if companion is None:
            return Text("", BODY)
        if companion.failed:
            return Text(say("debrief.failed"), BODY + 1, "bad")
        many = max(1, len(self.play.playing.decisions))
        words = say("debrief.waiting", n=self.left()) if companion.ready else say("debrief.starting")
        return panel(say("debrief.title"), Text(words, BODY + 1), Bar(1 - self.left() / many, height=10), icon="study")

    def result(self, story: Story, look: Look) -> Node:
        say = look.say
        review = self.review(say)
        color = {"won": "good", "lost": "bad", "excluded": "bad"}.get(story.kind, "warn")
        head = row(
            column(
                Text(say("end.kind", kind=story.kind_words, reason=story.reason), 24, color, bold=True),
                Text(story.text, BODY + 1),
                gap=4,
                grow=1,
            ),
            column(
                Text(whole(story.points), HUGE, "good" if story.passed else "bad", bold=True, align="center"),
                Text(say("end.points"), BODY, "muted", align="center"),
                Text(say("con.pass" if story.passed else "con.fail"), BODY, "good" if story.passed else "bad", align="center"),
                gap=0,
                width=130,
            ),
            gap=16,
        )
        last = [news_line(line, say) for line in self.play.lines(say.language, self.play.last)]
        facts = grid(
            5 if look.wide and story.debt else 4 if look.wide else 2,
            _figure(story.payoff, say("end.payoff")),
            _figure(say("end.weeks_of", n=story.weeks, of=story.last_week), say("end.weeks")),
            _figure(str(story.decisions), say("end.decisions")),
            _figure(str(story.pass_mark), say("end.mark")),
            _figure(str(story.debt), say("end.debt")) if story.debt else None,
            gap=8,
        )
        return column(
            row(*(_written(self.files, say)), gap=8) if self.files else None,
            head,
            Text(_verdict(story, say), BODY + 1, bold=True) if story.award and not review else None,
            verdict(review, look) if review else self.progress(say) if self.play.companion else None,
            chances(review, look) if review else None,
            Bar(max(0, story.points) / 100, color, height=12, tick=story.pass_mark / 100),
            facts,
            panel(say("end.last"), *last, icon="news") if last else None,
            self.afterwards(story, say),
            panel(say("end.cycles"), cycles_chart(story, say), icon="chart"),
            self.lesson_panel(say),
            Text(self.failed, SMALL + 1, "bad") if self.failed else None,
            gap=10,
        )

    def afterwards(self, story: Story, say: Say) -> Box | None:
        """What became of people."""
        rows = [
            row(
                portrait(self.play.face(b.key), 40),
                column(Text(b.who, BODY, bold=True), Text(b.text, BODY), gap=0, grow=1),
                gap=10,
            )
            for b in story.epilogue
        ]
        return panel(say("end.epilogue"), *rows, icon="person") if rows else None

    def lesson_panel(self, say: Say) -> Box:
        """One sentence of the trainee's own."""
        if self.kept:
            text = self.play.lesson
            change = button(say("end.rewrite"), Rewrite(), icon="again", id="rewrite")
            return panel(say("end.lesson"), row(Text(text, BODY + 1, grow=1), change, gap=8), icon="coach")
        box = self.line.box(say("end.lesson_hint"), "lesson", say("end.lesson"))
        keep = button(say("end.keep"), KeepLesson(), icon="save", id="keep", enabled=bool(self.line.text.strip()))
        return panel(say("end.lesson"), row(box, keep, gap=8), icon="coach")

    # ---- answering
    def on(self, message: Message) -> Answer:
        match message:
            case Leave():
                return Goto("title")
            case PlayAgain(same):
                return Goto("desk", AgainOf(self.play, same))
            case BeginNext(scenario):
                return Goto("briefing", NextAfter(self.play, scenario))
            case BranchAt(at):
                return Goto("desk", BranchOf(self.play, at))
            case ShowTab(name):
                self.tab, self.line.on = name, False
            case ShowMove(at):
                self.at = at
            case TryOther(at):
                self.try_other(at)
            case Write():
                self.line.on = True
            case Rewrite():
                self.kept, self.line.on, self.line.text = False, True, self.play.lesson
            case OpenReport():
                webbrowser.open(next(p for p in self.files if p.suffix == ".html").as_uri())
            case KeepLesson():
                self.keep()
            case WriteReport():
                self.files, self.failed = self.put(self.play)
                self.tab = "result"
        return None

    def try_other(self, at: int) -> None:
        """The same dice, the other way, for a decision that has not been tried yet."""
        companion = self.play.companion
        if self.judged is not None and companion is not None:
            j = self.judged.decisions[at]
            pair = [other_way(companion.case, self.play.playing, at, d) for d in (j.best, j.decision)]
            self._others = {**self._others, j.number: (pair[0], pair[1])}
            self._reviews = {}

    def written(self) -> None:
        self.keep()

    def keep(self) -> None:
        if self.line.text.strip():
            self.play.learn(self.line.text)
            self.kept, self.line.on = True, False


def _written(files: list[Path], say: Say) -> list[Node]:
    """Where record and report are, and a way to open it."""
    paths = column(*(Text(say("end.written", path=str(p)), SMALL + 1, "good") for p in files), gap=0, grow=1)
    return [paths, button(say("end.open"), OpenReport(), icon="report", id="open")]


def _verdict(story: Story, say: Say) -> str:
    """How much of the award was luck: our true chance beside the winner's."""
    ours = story.award[0][1]
    name, odds = next((name, odds) for name, odds, won in story.award if won)
    if story.award[0][2] and story.kind != "won":
        return say("verdict.lost_after", ours=ours)
    if story.award[0][2]:
        return say("verdict.won_likely" if ours >= 50 else "verdict.won_unlikely", ours=ours)
    return say("verdict.lost_unlucky" if ours > odds else "verdict.lost_behind", ours=ours, winner=name, odds=odds)


def _figure(value: str, label: str) -> Box:
    return column(
        Text(value, LARGE, "accent", bold=True, align="center"),
        Text(label, SMALL + 0.5, "muted", align="center"),
        gap=1,
        pad=(8, 8),
        fill="panel",
        edge="line",
    )
