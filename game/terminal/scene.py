"""A scene at the terminal: what is said, then what we say."""

from __future__ import annotations

from game.desk.views import MomentView, SceneView
from game.i18n import Say
from game.terminal.printer import Printer, number_in


def show_moment(moment: MomentView, say: Say, show: Printer) -> None:
    """Tell a moment."""
    show.out(say("con.moment", title=moment.title, place=say(f"place.{moment.place}"), who=moment.who))
    show.out(moment.text)
    for line in moment.lines:
        show.out(line, "   ")


def ask_scene(scene: SceneView, say: Say, show: Printer) -> int:
    """Show a scene and ask until an answer is chosen; its decision, 0 for later where it can wait."""
    show.out(say("con.rule"))
    place = say(f"place.{scene.place}")
    show.out(say("scene.head", title=scene.title, place=place, who=scene.who, office=scene.office))
    show.out(scene.text)
    for line in scene.lines:
        show.out(line, "   ")
    if scene.stake:
        show.out(say("scene.stake", what=scene.stake))
    show.out(say("scene.left", n=scene.left) if scene.left else say("scene.now"))
    for n, answer in enumerate(scene.answers, 1):
        odds = say("scene.sure") if answer.certain else say("scene.odds", odds=answer.option.odds)
        mark = say("scene.breach") if answer.breach else ""
        show.out(f"{n:>3} {mark}{answer.say}  [{odds}]")
    if scene.left:
        show.out(f"  0 {say('scene.later')}")
    while True:
        number = number_in(show.ask(say("scene.answer", n=len(scene.answers))))
        if number is not None and 1 <= number <= len(scene.answers):
            return scene.answers[number - 1].decision
        if number == 0 and scene.left:
            return 0
        show.out(say("scene.number", n=len(scene.answers)))
