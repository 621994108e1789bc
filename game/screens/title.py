"""The title: which deal to play, or where to go on; language and settings."""

from __future__ import annotations

from game.i18n import Say
from game.screens.frame import back_button, dialog, page
from game.screens.layout import Box, Node
from game.screens.menu import HelpScreen, settings_rows
from game.screens.messages import (
    BeginDeal,
    ChangeSetting,
    ChooseMode,
    Message,
    OpenHelp,
    OpenPipeline,
    OpenSettings,
    QuitGame,
    ReopenDeal,
    ResumeDeal,
)
from game.screens.pictures.wheels import wheels
from game.screens.pipeline import PipelineScreen
from game.screens.screen import Adjust, Answer, Goto, Look, Pop, Push, Quit, Screen
from game.screens.widgets import BODY, HUGE, LARGE, SMALL, Icon, Spacer, Text, button, chip, column, grid, row
from game.session.modes import MODES
from game.session.saves import Saved
from game.session.shelf import Offer, Shelf


class TitleScreen(Screen):
    """Scenarios as cards. They are read one by one after the first frame, so that the window opens at once."""

    first_focus = "offer:0"

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.warmed = -1

    def build(self, look: Look) -> Node:
        say = look.say
        head = column(
            Text(say("app.name"), HUGE if look.wide else 24, bold=True, align="center"),
            Text(say("app.motto"), LARGE if look.wide else BODY, "muted", align="center"),
            gap=2,
        )
        offers = [self.offer(o, k, look) for k, o in enumerate(self.shelf.offers(say.language))]
        if not self.shelf.complete:
            offers.append(
                row(
                    Icon("wait", 18, "muted"),
                    Text(say("title.reading"), BODY, "muted"),
                    pad=(16, 14),
                    gap=8,
                    fill="panel",
                    edge="line",
                )
            )
        going = [self.going_on(k, saved, say) for k, saved in enumerate(self.shelf.open_deals())]
        over = [self.finished(saved, say) for saved in self.shelf.finished_deals()]
        body = column(
            head,
            *(row(Icon("alert", 16, "bad"), Text(text, BODY, "bad", grow=1), gap=8) for text in self.shelf.troubles(say)),
            column(Text(say("title.continue"), LARGE, bold=True), *going, gap=6) if going else None,
            Text(say("title.choose"), LARGE, bold=True),
            column(
                Box("flow", *(self.mode_chip(m, say) for m in MODES), gap=6),
                Text(say(f"mode.{self.shelf.mode}.about"), SMALL + 1, "muted"),
            ),
            grid(min(3, max(2, len(offers))) if look.wide else 1, *offers, gap=10),
            self.preparing(say),
            column(Text(say("title.finished"), LARGE, bold=True), *over, gap=6) if over else None,
            wheels(say) if look.wide else None,
            gap=14,
        )
        return page(look, "", body, self.foot(look, bool(going)), scroll="title", width=980)

    def foot(self, look: Look, more: bool) -> Box:
        """What else there is; `more`: deals are under way."""
        say = look.say
        foot = row(
            button(say("title.help"), OpenHelp(), icon="question", keys=("f1", "?"), shown="F1", id="help"),
            button(say("title.settings"), OpenSettings(), icon="text", id="settings"),
            button(say("title.pipeline"), OpenPipeline(), icon="money", keys=("p",), shown="P", id="pipeline") if more else None,
            button(
                say("title.language"),
                ChangeSetting("language", "en" if look.language == "zh" else "zh"),
                icon="language",
                keys=(),
                shown="F2",
                id="language",
            ),
            Spacer(grow=1),
            button(say("title.quit"), QuitGame(), icon="leave", id="quit"),
            gap=8,
        )
        if not look.wide:
            foot = Box("flow", *(c for c in foot.children if not isinstance(c, Spacer)), gap=6)
        return foot

    def waiting(self) -> bool:
        return self.shelf.warming is not None and self.shelf.warming.under_way

    def arrived(self) -> bool:
        """Whether more of what is prepared in the background is there, or all of it."""
        done = self.shelf.warming.done if self.shelf.warming else 0
        before, self.warmed = self.warmed, done
        return done != before or not self.waiting()

    def preparing(self, say: Say) -> Text | None:
        """What goes on in the background the first time on a computer."""
        warming = self.shelf.warming
        if warming is None or not warming.under_way:
            return None
        return Text(say("title.preparing", n=warming.done, of=warming.many), SMALL + 1, "muted")

    def mode_chip(self, mode: str, say: Say) -> Box:
        return chip(
            say(f"mode.{mode}"), ChooseMode(mode), on=mode == self.shelf.mode, id=f"mode:{mode}", tip=say(f"mode.{mode}.about")
        )

    def offer(self, o: Offer, k: int, look: Look) -> Box:
        say = look.say
        facts = [
            say(f"market.{o.market}"),
            say("title.minutes", low=o.minutes[0], high=o.minutes[1]),
            say("title.weeks", n=o.weeks),
            say(f"title.size.{o.size}"),
        ]
        best = say("title.best", points=o.best) if o.best is not None else say("title.new")
        return column(
            row(Icon("account", 20, "accent"), Text(o.title, LARGE, bold=True, grow=1), gap=8),
            Text(o.summary, BODY, "muted"),
            Spacer(grow=1),
            Text(say("title.follows", title=o.follows), SMALL + 0.5, "muted") if o.follows else None,
            Text(say("list.dot").join(facts), SMALL + 0.5, "accent"),
            row(Icon("star", 15, "warn" if o.best is not None else "muted"), Text(best, SMALL + 1, grow=1), gap=6),
            gap=6,
            pad=(16, 12),
            fill="panel",
            edge="line",
            radius=8,
            message=BeginDeal(o.name),
            keys=(str(k + 1),),
            id=f"offer:{k}",
            name=o.title,
        )

    def going_on(self, k: int, saved: Saved, say: Say) -> Box:
        return row(
            Icon("play", 18, "good"),
            Text(
                say("title.going_on", title=self.shelf.title_of(saved.scenario, say.language), n=saved.decisions),
                BODY + 1,
                bold=True,
                grow=1,
            ),
            Text(say("title.resume"), BODY, "accent"),
            gap=10,
            pad=(14, 9),
            fill="panel",
            edge="line",
            message=ResumeDeal(saved.id),
            id=f"resume:{k}",
            keys=("c",) if k == 0 else (),
        )

    def finished(self, saved: Saved, say: Say) -> Box:
        """A deal that is over: its debrief."""
        title = self.shelf.title_of(saved.scenario, say.language)
        return row(
            Icon("report", 16, "muted"),
            Text(say("title.over", title=title, points=saved.points), BODY, grow=1),
            Text(say("title.reopen"), BODY, "accent"),
            gap=10,
            pad=(14, 6),
            fill="panel",
            edge="line",
            message=ReopenDeal(saved.id),
            id=f"over:{saved.id}",
            name=title,
        )

    def on(self, message: Message) -> Answer:
        match message:
            case BeginDeal(scenario):
                return Goto("briefing", self.shelf.begin(scenario, self.shelf.mode))
            case ResumeDeal(deal):
                play = self.shelf.resume(deal)
                return Goto("desk", play) if play else None
            case ReopenDeal(deal):
                play = self.shelf.reopen(deal)
                return Goto("ending", play) if play else None
            case ChooseMode(mode):
                self.shelf.mode = mode
            case OpenHelp():
                return Push(HelpScreen())
            case OpenSettings():
                return Push(SettingsScreen())
            case OpenPipeline():
                return Push(PipelineScreen(self.shelf.pipeline))
            case ChangeSetting(setting, value):
                return Adjust(setting, value)
            case QuitGame():
                return Quit()
        return None


class SettingsScreen(Screen):
    """Language, theme and size of text."""

    modal = True
    first_focus = "back"

    def build(self, look: Look) -> Node:
        back = back_button(look.say)
        return dialog(
            look,
            look.say("title.settings"),
            column(*settings_rows(look), gap=12),
            row(back, justify="end"),
            icon="text",
            width=560,
        )

    def on(self, message: Message) -> Answer:
        return Adjust(message.setting, message.value) if isinstance(message, ChangeSetting) else Pop()
