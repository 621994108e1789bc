"""The scene that waits for an answer: who says what, where, and what may be said to it."""

from __future__ import annotations

from typing import Any

from game.belief.watched import Observation
from game.desk.cards import Cards
from game.desk.faces import face_of
from game.desk.views import AnswerView, Face, MomentView, SceneView
from game.engine.step import asked, is_legal
from game.scenario.scenes import Highlight, Scene
from game.scenario.tables import STARTS
from game.words.names import Teller


class Scenes:
    """Makes views of open scenes in a teller's language."""

    def __init__(self, tell: Teller, cards: Cards) -> None:
        self.tell, self.cards = tell, cards
        self.sc, self.t, self.ids, self.names = tell.sc, tell.t, tell.ids, tell.ready.compiled.scenes

    def open(self, playing: Observation) -> list[SceneView]:
        """The open scenes; one that cannot wait stands alone."""
        t, s = self.t, playing.state
        urgent = asked(t, s)
        return [self.view(playing, k) for k in range(t.n_scene) if s.x[t.scene0 + k] and urgent in (-1, k)]

    def named(self, playing: Observation, name: str) -> SceneView:
        """A scene by its name, open or over."""
        return self.view(playing, self.names.index(name))

    def view(self, playing: Observation, k: int) -> SceneView:
        """One scene."""
        t, name = self.t, self.names[k]
        answers = [self.answer(playing, a) for a in t.scene_action[t.scene_off[k] : t.scene_off[k + 1]]]
        return SceneView(
            **self.told(playing, "scenes", name, self.sc.scenes[name]),
            stake=self.tell.text("scenes", name, "stake"),
            left=max(0, t.scene_limit[k] + 1 - playing.state.x[t.scene0 + k]) if t.scene_limit[k] else 0,
            answers=[a for a in answers if a is not None],
        )

    def moment(self, playing: Observation, name: str) -> MomentView:
        """A moment by its name."""
        return MomentView(**self.told(playing, "moments", name, self.sc.moments[name]))

    def told(self, playing: Observation, group: str, name: str, part: Scene | Highlight) -> dict[str, Any]:
        """What scenes and moments have in common: who says what, where."""
        tell = self.tell
        who, office, face = self.speaker(playing, part.who)
        return {
            "name": name,
            "title": tell.text(group, name, "title"),
            "place": part.place,
            "who": who,
            "office": office,
            "face": face,
            "text": tell.text(group, name, "text"),
            "lines": tell.ready.texts.in_turn(f"{group}.{name}.lines", tell.say.language),
        }

    def answer(self, playing: Observation, a: int) -> AnswerView | None:
        """An answer that can be given now."""
        arm = self.t.pair_arm[self.t.action_pair[a]]
        if not is_legal(self.t, playing.state, STARTS + arm):
            return None
        option = self.cards.option(playing, arm)
        return AnswerView(STARTS + arm, self.tell.action(a), self.t.action_breach[a] == 1, option)

    def speaker(self, playing: Observation, who: str) -> tuple[str, str, Face]:
        """Name, office and face of who speaks: one of the customer's, one of ours, or a rival."""
        tell = self.tell
        face = face_of(self.sc, self.ids, self.t, playing.seen, who)
        if who in self.sc.people:
            return tell.speaker(who), tell.text("people", who, "title"), face
        return tell.speaker(who), tell.say("scene.ours" if who in self.sc.team else "scene.rival"), face
