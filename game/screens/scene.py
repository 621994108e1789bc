"""A scene: who says what, where, and what we say to it; then what came of it."""

from __future__ import annotations

from game.debrief.figures import whole_signed
from game.desk.views import AnswerView, Desk, SceneView
from game.i18n import Say
from game.screens.frame import dialog
from game.screens.layout import Box, Node
from game.screens.messages import Back, Message, Onward, SceneAnswered, Speak
from game.screens.screen import NOWHERE, Answer, Look, Pop, Screen
from game.screens.told import PAPER, onward, setting, sound_of
from game.screens.widgets import BODY, SMALL, Icon, Text, button, column, row
from game.session.session import Session


class SceneScreen(Screen):
    """Lines come one by one; then the answers, by number. What came of it is told here, before the desk goes on."""

    modal = True

    def __init__(self, play: Session, scene: SceneView, before: Desk) -> None:
        self.play, self.name, self.before = play, scene.name, before
        self.shown = len(scene.lines) if scene.place == PAPER else 1
        self.said = ""
        self.scene = scene
        self.cue = "paper" if scene.place == PAPER else "voice"

    @property
    def first_focus(self) -> str:  # type: ignore[override]
        return "next" if self.said or self.shown < len(self.scene.lines) else NOWHERE

    # ---- building
    def build(self, look: Look) -> Node:
        say = look.say
        scene = self.scene = self.play.scene(say.language, self.name)
        body = column(
            *setting(scene, look, self.shown), *(self.reply(say) if self.said else self.answers(say)), gap=9,
        )  # fmt: skip
        return dialog(
            look,
            scene.title,
            body,
            self.foot(say),
            icon="study" if scene.place == PAPER else "person",
            scroll=f"scene:{scene.name}",
            width=760,
        )

    def answers(self, say: Say) -> list[Node]:
        """What may be said, once all has been heard."""
        scene = self.scene
        if self.shown < len(scene.lines):
            return []
        stake = Text(say("scene.stake", what=scene.stake), BODY, "warn", grow=1)
        rows: list[Node] = [row(Icon("flag", 15, "warn"), stake, gap=7)] if scene.stake else []
        rows += [self.choice(k, answer, say) for k, answer in enumerate(scene.answers, 1)]
        rows.append(Text(say("scene.left", n=scene.left) if scene.left else say("scene.now"), SMALL + 0.5, "muted"))
        return rows

    def choice(self, k: int, answer: AnswerView, say: Say) -> Box:
        """An answer, with how likely it works out."""
        numbers = self.play.mode.numbers
        sure = say("scene.sure_paper" if self.scene.place == PAPER else "scene.sure")
        odds = sure if answer.certain else say("scene.odds", odds=answer.option.odds) if numbers else ""
        tip = (
            "" if answer.certain or not numbers else "\n".join(f"{i.label} {whole_signed(i.points)}" for i in answer.option.items)
        )
        words = (say("scene.breach") if answer.breach else "") + answer.say
        return row(
            Text(str(k), BODY, "accent", bold=True, width=16),
            Text(words, BODY + 1, "bad" if answer.breach else "text", grow=1),
            Text(odds, SMALL + 0.5, "muted", width=92, align="end"),
            gap=8,
            pad=(12, 8),
            fill="raised",
            edge="line",
            message=Speak(answer.decision),
            keys=(str(k),),
            id=f"answer:{k}",
            name=words,
            tip=tip,
        )

    def reply(self, say: Say) -> list[Node]:
        """What we said, and what came of it."""
        rows: list[Node] = []
        for line in self.play.lines(say.language, self.play.last):
            color = {"good": "good", "bad": "bad"}.get(line.mood, "text")
            rows.append(Text(line.text, BODY + 1, color, bold=True))
            if line.detail:
                rows.append(Text(line.detail, SMALL + 0.5, "muted"))
        return rows

    def foot(self, say: Say) -> Box:
        if self.said or self.shown < len(self.scene.lines):
            return onward(say)
        if self.scene.left:
            return row(button(say("scene.later"), Back(), keys=("escape",), shown="Esc", id="back"), justify="end")
        return row(justify="end")

    # ---- answering
    def on(self, message: Message) -> Answer:
        match message:
            case Onward():
                if self.said:
                    return Pop(SceneAnswered(self.before))
                self.shown += 1
            case Back():
                return Pop() if self.scene.left and not self.said else None
            case Speak(decision):
                self.said = next(a.say for a in self.scene.answers if a.decision == decision)
                self.play.decide(decision)
                self.cue = sound_of(self.play.lines("zh", self.play.last))
        return None
