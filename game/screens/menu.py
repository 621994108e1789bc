"""The menu of a deal, the help and the log."""

from __future__ import annotations

from game.i18n import LANGUAGES
from game.scenario.tables import WAIT, WITHDRAW
from game.screens.frame import back_button, dialog
from game.screens.layout import Box, Node
from game.screens.messages import ChangeSetting, Decided, Leave, Message, OpenBrief, OpenHelp, ToggleTeam, Withdraw
from game.screens.pictures.news import news_line
from game.screens.screen import Adjust, Answer, Goto, Look, Pop, Push, Screen
from game.screens.theme import TEXT_SCALES
from game.screens.widgets import BODY, SMALL, Icon, Text, button, chip, column, key_cap, row
from game.session.session import Session

HELP = ("goal", "week", "card", "odds", "cycles", "claims", "gate", "award")
HELP_ICONS = ("trophy", "calendar", "play", "dice", "flag", "ear", "gate", "table")
KEYS = ("1–8", "Space", "Enter", "Tab", "G", "S", "U", "A", "N", "V", "B", "L", "F1", "F2", "F3", "Ctrl +/−", "PgUp PgDn", "Esc")


def settings_rows(look: Look) -> list[Node]:
    """Language, theme, size of text and sound: the same rows wherever they are offered."""
    say = look.say
    languages = [
        chip(say(f"language.{k}"), ChangeSetting("language", k), on=look.language == k, id=f"set:{k}") for k in LANGUAGES
    ]
    themes = [chip(say(f"theme.{k}"), ChangeSetting("theme", k), on=look.theme == k, id=f"set:{k}") for k in ("dark", "light")]
    sizes = [
        chip(f"{round(100 * k)}%", ChangeSetting("text_scale", k), on=look.text_scale == k, id=f"set:{k}") for k in TEXT_SCALES
    ]
    switch = (("on", True), ("off", False))
    sounds = [chip(say(f"sound.{k}"), ChangeSetting("sound", v), on=look.sound == v, id=f"set:sound:{k}") for k, v in switch]
    return [
        row(Icon("language", 18, "accent"), Text(say("set.language"), BODY, grow=1), *languages, gap=6),
        row(Icon("sun", 18, "accent"), Text(say("set.theme"), BODY, grow=1), *themes, gap=6),
        row(Icon("text", 18, "accent"), Text(say("set.text"), BODY, grow=1), Box("flow", *sizes, gap=6), gap=6),
        row(Icon("news", 18, "accent"), Text(say("set.sound"), BODY, grow=1), *sounds, gap=6),
    ]


class MenuScreen(Screen):
    """Settings, withdrawal, and the way out; everything is saved already."""

    modal = True

    def __init__(self, play: Session) -> None:
        self.play, self.sure = play, False
        self.first_focus = "back"

    def build(self, look: Look) -> Node:
        say = look.say
        rows = settings_rows(look)
        rows.append(chip(say("menu.team"), ToggleTeam(), on=self.play.team, icon="team", id="team", tip=say("tip.team")))
        rows.append(button(say("menu.help"), OpenHelp(), icon="question", id="help"))
        rows.append(button(say("menu.brief"), OpenBrief(), icon="account", id="brief"))
        if self.play.desk(say.language).may_withdraw:
            label = say("menu.withdraw_sure" if self.sure else "menu.withdraw")
            rows.append(button(label, Withdraw(), icon="flag", id="withdraw", tip=say("tip.withdraw")))
        rows.append(button(say("menu.leave"), Leave(), icon="save", id="leave", tip=say("tip.leave")))
        back = back_button(say)
        return dialog(
            look, say("menu.title"), column(*rows, gap=9), row(back, justify="end"), icon="menu", width=560, scroll="menu"
        )

    def on(self, message: Message) -> Answer:
        match message:
            case ChangeSetting(setting, value):
                return Adjust(setting, value)
            case ToggleTeam():
                self.play.play_as_team(not self.play.team)
                return None
            case OpenHelp():
                return Push(HelpScreen())
            case OpenBrief():
                return Push(BriefScreen(self.play))
            case Withdraw() if not self.sure:
                self.sure = True
                return None
            case Withdraw():
                return Pop(Decided(WITHDRAW))
            case Leave():
                return Goto("title")
        return Pop()


class HelpScreen(Screen):
    """How to play, and the keys."""

    modal = True
    first_focus = "back"

    def build(self, look: Look) -> Node:
        say = look.say
        rules = [
            row(Icon(icon, 20, "accent"), Text(say(f"help.rule.{k}"), BODY, grow=1), gap=10, align="start")
            for k, icon in zip(HELP, HELP_ICONS, strict=True)
        ]
        keys = [row(row(key_cap(k), width=96), Text(say(f"help.key.{k}"), SMALL + 1, grow=1), gap=8) for k in KEYS]
        body = column(
            *rules, Text(say("help.keys"), BODY, bold=True), Box("grid", *keys, columns=2 if look.wide else 1, gap=4), gap=10
        )
        back = back_button(say)
        return dialog(look, say("help.title"), body, row(back, justify="end"), icon="question", scroll="help")

    def on(self, message: Message) -> Answer:
        return Pop()


class BriefScreen(Screen):
    """The briefing again."""

    modal = True
    first_focus = "back"

    def __init__(self, play: Session) -> None:
        self.play = play

    def build(self, look: Look) -> Node:
        say = look.say
        tell = self.play.tell(say.language)
        back = back_button(say)
        return dialog(
            look,
            tell.text("title"),
            Text(tell.text("brief").strip(), BODY + 1),
            row(back, justify="end"),
            icon="account",
            scroll="brief",
        )

    def on(self, message: Message) -> Answer:
        return Pop()


class LogScreen(Screen):
    """Everything that happened, the latest first."""

    modal = True
    first_focus = "back"

    def __init__(self, play: Session) -> None:
        self.play = play

    def build(self, look: Look) -> Node:
        say = look.say
        lines = self.play.lines(say.language, self.play.public(self.play.playing.happenings))
        rows = [news_line(line, say) for line in reversed(lines)] or [Text(say("now.nothing"), BODY, "muted")]
        back = back_button(say, "l")
        return dialog(look, say("log.title"), column(*rows, gap=7), row(back, justify="end"), icon="log", scroll="log")

    def on(self, message: Message) -> Answer:
        return Pop()


class IdleScreen(Screen):
    """Asks before a week is wasted: nothing is under way, and something could be started."""

    modal = True
    first_focus = "back"

    def __init__(self, many: int) -> None:
        self.many = many

    def build(self, look: Look) -> Node:
        say = look.say
        back = back_button(say)
        go = button(say("idle.yes"), Decided(WAIT), icon="wait", strong=True, id="idle")
        text = Text(say("idle.text", n=self.many), BODY + 1)
        return dialog(look, say("idle.title"), text, row(back, go, justify="end", gap=8), icon="wait", width=520, scroll="idle")

    def on(self, message: Message) -> Answer:
        return Pop(message) if isinstance(message, Decided) else Pop()
