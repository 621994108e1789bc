"""The screens on top of each other, and what becomes of their answers. A window and a page show them, each in its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.i18n import Say
from game.screens.screen import Adjust, Answer, Goto, Look, Pop, Push, Quit, Screen
from game.screens.settings import Settings

Navigate = Callable[[str, Any], Screen]
"""Makes a screen by its name."""


class Stack:
    """What is shown by `seen`, from the back to the front. Whoever shows it overrides what follows from an answer."""

    def __init__(self, settings: Settings, navigate: Navigate, first: Screen | None = None) -> None:
        self.settings, self.navigate = settings, navigate
        self.screens: list[Screen] = [first or navigate("title", None)]
        self.running = True

    @property
    def top(self) -> Screen:
        return self.screens[-1]

    def seen(self) -> list[Screen]:
        """The screen on top, and behind a modal one those that it stands before."""
        found = [self.screens[-1]]
        while found[0].modal and len(found) < len(self.screens):
            found.insert(0, self.screens[-1 - len(found)])
        return found

    def look_in(self, room: tuple[float, float]) -> Look:
        """How this user sees things in so much room, in units."""
        s = self.settings
        return Look(
            language=s.language,
            theme=s.theme,
            text_scale=s.text_scale,
            room=room,
            say=Say(s.language),
            name=s.name,
            sound=s.sound,
            led=s.led,
        )

    def act(self, answer: Answer) -> None:
        """Do what a screen answered."""
        if isinstance(answer, Push):
            self.screens.append(answer.screen)
            self.came(anew=False)
        elif isinstance(answer, Pop):
            if len(self.screens) > 1:
                self.screens.pop()
                if answer.message is not None:
                    self.act(self.told(answer.message))
        elif isinstance(answer, Goto):
            if answer.setting:
                self.adjust(*answer.setting)
            self.screens = [self.navigate(answer.name, answer.thing)]
            self.came(anew=True)
        elif isinstance(answer, Adjust):
            self.adjust(answer.setting, answer.value)
        elif isinstance(answer, Quit):
            self.running = False

    def adjust(self, setting: str, value: Any) -> None:
        """Change a setting."""
        setattr(self.settings, setting, value)

    def told(self, message: Any) -> Answer:
        """What the screen on top answers."""
        return self.top.on(message)

    def came(self, anew: bool) -> None:
        """Another screen is on top; `anew`: instead of all others."""
