"""The ending: how it came out, and the record of every decision, gate and forecast, with what was hidden."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.debrief.records import Review
from game.debrief.review import Others, other_ways, tell_review
from game.debrief.story import Planned, Revealed, StepTold, Story, tell_story
from game.i18n import Say
from game.judging.counterfactual import other_way
from game.screens.debrief import card, causes, chances, graded, verdict, walk
from game.screens.frame import page
from game.screens.layout import Box, Node
from game.screens.line import TextLine
from game.screens.pictures.news import news_line
from game.screens.pictures.people import STANCE_ICONS
from game.screens.pictures.time import cycles_chart
from game.screens.screen import Answer, Goto, Look, Screen
from game.screens.widgets import BODY, HUGE, LARGE, SMALL, Bar, Icon, Text, button, chip, column, grid, panel, row
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
GRADES = {
    "success": ("check", "good"),
    "sure": ("check", "good"),
    "partly": ("minus", "warn"),
    "failure": ("cross", "bad"),
    "open": ("wait", "muted"),
    "": ("right", "muted"),
}
LONGEST_LESSON = 1000


class EndingScreen(Screen):
    """Shown when the deal is over. `put` writes record and report, and says where."""

    first_focus = "tab:review"

    def __init__(self, play: Session, put: Any, following: Any = None) -> None:
        self.play, self.put = play, put
        self.following: Callable[[str], list[tuple[str, str]]] = following or (lambda language: [])
        """A language → (name, title) of the scenarios that go on from here."""
        self.tab = "result"
        self.line: TextLine = TextLine(LONGEST_LESSON)
        self.kept = any(s["kind"] == "lesson" for s in play.playing.statements)
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
        left = self.play.companion.left if self.play.companion else 0
        changed = self.judged is not None or left != self._left or not self.waiting()
        self._left = left
        return changed

    # ---- building
    def build(self, look: Look) -> Node:
        say, story = look.say, self.story(look.say)
        keys = "1234567"
        tabs_shown = [t for t in TABS if t not in JUDGED or self.play.companion]
        tabs = [
            chip(say(f"end.tab.{t}"), ("tab", t), on=t == self.tab, icon=TAB_ICONS[t], id=f"tab:{t}", keys=(keys[k],))
            for k, t in enumerate(tabs_shown)
        ]
        makers = {"result": self.result, "steps": self.steps, "forecasts": self.forecasts, "hidden": self.hidden}
        body = self.judgement_tab(look) if self.tab in JUDGED else makers[self.tab](story, look)
        foot = Box(
            "flow",
            button(say("end.report"), ("report",), icon="report", id="report", tip=say("tip.report")),
            button(say("end.same"), ("again", True), icon="dice", id="same", tip=say("tip.same")),
            button(say("end.new"), ("again", False), icon="again", id="new", tip=say("tip.new")),
            *(
                button(
                    say("end.next", title=title),
                    ("next", name),
                    icon="right",
                    strong=True,
                    id=f"next:{name}",
                    tip=say("tip.next"),
                )
                for name, title in self.following(look.language)
            ),
            button(say("end.title"), ("title",), icon="leave", keys=("escape",), shown="Esc", id="title"),
            gap=8,
        )
        bar = Box("flow", *tabs, gap=6)
        return page(look, story.title, body, foot, icon="flag", scroll=f"end:{self.tab}", bar=bar)

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
        words = say("debrief.waiting", n=companion.left) if companion.ready else say("debrief.starting")
        return panel(say("debrief.title"), Text(words, BODY + 1), Bar(1 - companion.left / many, height=10), icon="study")

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
                Text(f"{story.points}", HUGE, "good" if story.passed else "bad", bold=True, align="center"),
                Text(say("end.points"), BODY, "muted", align="center"),
                Text(say("con.pass" if story.passed else "con.fail"), BODY, "good" if story.passed else "bad", align="center"),
                gap=0,
                width=130,
            ),
            gap=16,
        )
        last = [news_line(line, say) for line in self.play.lines(say, self.play.last)]
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
            panel(say("end.cycles"), cycles_chart(story, say), icon="chart"),
            self.lesson_panel(say),
            Text(self.failed, SMALL + 1, "bad") if self.failed else None,
            gap=10,
        )

    def lesson_panel(self, say: Say) -> Box:
        """One sentence of the trainee's own."""
        if self.kept:
            text = next(s["text"] for s in reversed(self.play.playing.statements) if s["kind"] == "lesson")
            change = button(say("end.rewrite"), ("rewrite",), icon="again", id="rewrite")
            return panel(say("end.lesson"), row(Text(text, BODY + 1, grow=1), change, gap=8), icon="coach")
        box = self.line.box(say("end.lesson_hint"), "lesson", say("end.lesson"))
        keep = button(say("end.keep"), ("keep",), icon="save", id="keep", enabled=bool(self.line.text.strip()))
        return panel(say("end.lesson"), row(box, keep, gap=8), icon="coach")

    def steps(self, story: Story, look: Look) -> Node:
        return column(
            Text(look.say("end.steps_about"), SMALL + 1, "muted"), *(_step(s, look.say, look.wide) for s in story.steps), gap=6
        )

    def forecasts(self, story: Story, look: Look) -> Node:
        say = look.say
        rows: list[Node] = [
            row(
                Text(f["stage"], BODY, bold=True, width=44),
                Bar(f["win"] / 100, "accent", grow=1, height=12),
                Text(f"{f['win']}%", BODY, bold=True),
                Text(say("gate.week_value", n=f["week"]), BODY, "muted", width=110),
                gap=10,
            )
            for f in story.forecasts
        ]
        review = self.review(say)
        rows = graded(review, look) if review and review.forecasts else rows
        parts: list[Node] = [panel(say("end.forecasts"), *(rows or [Text(say("end.no_forecast"), BODY, "muted")]), icon="gate")]
        for stage, tasks in story.plans:
            done = [_planned(task, say) for task in tasks]
            parts.append(panel(say("end.plan", stage=stage), *done, icon="plan"))
        if story.award:
            bidders: list[Node] = [
                row(
                    Icon("trophy" if won else "minus", 16, "good" if won else "muted"),
                    Text(name, BODY, bold=won, width=220),
                    Bar(odds / 100, "accent" if k == 0 else "rival", grow=1, height=12),
                    Text(f"{odds}%", BODY, bold=True),
                    gap=10,
                )
                for k, (name, odds, won) in enumerate(story.award)
            ]
            parts.append(panel(say("end.award"), Text(say("end.award_about"), SMALL + 1, "muted"), *bidders, icon="trophy"))
        return column(*parts, gap=10)

    def hidden(self, story: Story, look: Look) -> Node:
        say = look.say
        people = [_person(p, look) for p in story.people]
        facts = [
            row(
                Icon("check" if f.true else "cross", 15, "good" if f.true else "muted"),
                Text(f.text, BODY, grow=1),
                Text(say("con.true" if f.true else "con.false"), SMALL + 1, "text" if f.true else "muted", bold=True),
                Text(say("end.knew", status=say(f"leaf.{f.status}")), SMALL + 1, "muted"),
                gap=8,
            )
            for f in story.facts
        ]
        kept: list[Node] = [
            row(
                Text(p.text, BODY, grow=1),
                Text(say(f"promise.{p.became}"), SMALL + 1, {"kept": "good", "broken": "bad", "open": "muted"}[p.became]),
                gap=8,
            )
            for p in story.promises
        ]
        moves: list[Node] = [
            row(
                Icon("rivals", 14, "rival"),
                Text(
                    say("end.move", week=m.week, rival=m.rival, move=m.move, person=m.person or say("end.nobody")), BODY, grow=1
                ),
                Text(say("end.worked" if m.worked else "end.failed"), SMALL + 1, "bad" if m.worked else "good"),
                gap=8,
            )
            for m in story.moves
        ]
        return column(
            panel(say("end.people"), Text(say("end.people_about"), SMALL + 1, "muted"), *people, icon="chart"),
            panel(say("end.facts"), *facts, icon="tree"),
            panel(say("end.promises"), *(kept or [Text(say("end.no_promises"), BODY, "muted")]), icon="promise"),
            panel(say("end.moves"), *(moves or [Text(say("end.no_moves"), BODY, "muted")]), icon="rivals"),
            gap=10,
        )

    # ---- answering
    def on(self, message: Any) -> Answer:
        kind, *rest = message
        if kind == "title":
            return Goto("title")
        if kind == "again":
            return Goto("again", (self.play, rest[0]))
        if kind == "next":
            return Goto("next", (self.play, rest[0]))
        if kind == "tab":
            self.tab, self.line.on = rest[0], False
        elif kind == "move":
            self.at = rest[0]
        elif kind == "branch":
            return Goto("branch", (self.play, rest[0]))
        elif kind == "other":
            self.try_other(rest[0])
        elif kind == "write":
            self.line.on = True
        elif kind == "rewrite":
            self.kept, self.line.on = False, True
            self.line.text = next(s["text"] for s in reversed(self.play.playing.statements) if s["kind"] == "lesson")
        elif kind == "open":
            webbrowser.open(next(p for p in self.files if p.suffix == ".html").as_uri())
        elif kind == "keep":
            self.keep()
        elif kind == "report":
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
            self.play.state({"kind": "lesson", "text": self.line.text.strip()})
            self.kept, self.line.on = True, False


def _written(files: list[Path], say: Say) -> list[Node]:
    """Where record and report are, and a way to open it."""
    paths = column(*(Text(say("end.written", path=str(p)), SMALL + 1, "good") for p in files), gap=0, grow=1)
    return [paths, button(say("end.open"), ("open",), icon="report", id="open")]


def _verdict(story: Story, say: Say) -> str:
    """How much of the award was luck: our true chance beside the winner's."""
    ours = story.award[0][1]
    name, odds = next((name, odds) for name, odds, won in story.award if won)
    if story.award[0][2] and story.kind != "won":
        return say("verdict.lost_after", ours=ours)
    if story.award[0][2]:
        return say("verdict.won_likely" if ours >= 50 else "verdict.won_unlikely", ours=ours)
    return say("verdict.lost_unlucky" if ours > odds else "verdict.lost_behind", ours=ours, winner=name, odds=odds)


PLANNED = {"done": ("check", "good"), "tried": ("minus", "warn"), "open": ("cross", "bad")}


def _planned(task: Planned, say: Say) -> Box:
    icon, color = PLANNED[task.became]
    due = say("plan.due", owner=task.owner, week=task.week)
    became = say(f"plan.{task.became}") + (say("list.comma") + task.note if task.note else "")
    proof = say("plan.proven" if task.proven else "plan.unproven", text=task.proof)
    shown = Text(proof, SMALL + 0.5, "muted") if task.proof else None
    return row(
        Icon(icon, 15, color),
        Text(task.line, SMALL + 1, "accent", width=64),
        column(Text(task.action, BODY), shown, gap=0, grow=1),
        Text(due, SMALL + 1, "muted"),
        Text(became, SMALL + 1, color),
        gap=8,
        align="start",
    )


def _figure(value: str, label: str) -> Box:
    return column(
        Text(value, LARGE, "accent", bold=True, align="center"),
        Text(label, SMALL + 0.5, "muted", align="center"),
        gap=1,
        pad=(8, 8),
        fill="panel",
        edge="line",
    )


def _person(p: Revealed, look: Look) -> Box:
    """A person as last read and as they were; how firm the contact was at the end, or which rival got there first."""
    say = look.say
    if not p.here:
        return row(
            Text(p.name, BODY, bold=True, width=130),
            Text(p.title, SMALL + 1, "muted", grow=1),
            Text(say("end.gone"), SMALL + 1, "muted"),
            gap=8,
        )
    read = _stance(p.read, say) if p.met or p.read is not None else Text(say("stance.short_unmet"), SMALL + 1, "muted")
    words = say("list.semicolon").join(w for w in (p.reached, p.held) if w) or say("end.cover", n=p.coverage)
    more = Text(words, SMALL, "bad" if p.reached or p.held else "muted", width=190 if look.wide else 0)
    wanted = Text(say("end.personal", what=p.personal), SMALL, "muted") if p.personal else None
    liar = None if p.honest else Text(say("end.dishonest"), SMALL, "bad")
    line = row(
        Text(p.name, BODY, bold=True, width=130),
        Text(p.title, SMALL + 1, "muted", grow=1),
        read,
        Icon("right", 13, "muted"),
        _stance(p.true, say),
        more if look.wide else None,
        gap=8,
    )
    return column(line, wanted, liar, None if look.wide else more, gap=1)


def _stance(level: int | None, say: Say) -> Box:
    color = "muted" if level is None else f"s{level}"
    word = say("stance.short_unread") if level is None else say(f"stance.{level}")
    return row(Icon(STANCE_ICONS[level], 14, color), Text(word, SMALL + 1, color), gap=4, width=112)


def _step(s: StepTold, say: Say, wide: bool) -> Box:
    icon, color = GRADES[s.came]
    odds: Node | None = None
    if s.true is not None and s.roll is not None:
        odds = column(
            Text(say("end.odds", believed=s.believed, true=s.true), SMALL + 0.5, bold=True, align="end" if wide else "start"),
            _roll(s.true, s.roll, color),
            Text(say("end.roll", roll=s.roll), SMALL, color, align="end" if wide else "start"),
            gap=2,
            width=210,
        )
    what = s.what + (say("list.dot") + s.who if s.who else "")
    return row(
        Text(f"{s.number}", BODY, "muted", bold=True, width=26),
        Icon(icon, 18, color),
        column(
            row(Text(what, BODY, bold=True, grow=1), Text(say("end.when", week=s.week, stage=s.stage), SMALL, "muted"), gap=8),
            None if wide else odds,
            *(news_line(line, say) for line in s.lines),
            gap=2,
            grow=1,
        ),
        odds if wide else None,
        gap=9,
        pad=(10, 6),
        fill="panel",
        edge="line",
        align="start",
    )


def _roll(true: int, roll: int, color: str) -> Bar:
    """The chance as a bar, the roll as a mark on it: a mark within the bar is a success."""
    return Bar(true / 100, color, height=8, tick=(roll - 0.5) / 100)
