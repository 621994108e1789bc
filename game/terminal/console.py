"""Text play: the whole deal in a terminal, or for a screen reader. Plain lines, one question at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.debrief.story import tell_story
from game.desk.registry import BOARDS
from game.desk.views import Card, Desk, Option
from game.i18n import LANGUAGES, Say
from game.play.happenings import Happening
from game.scenario.tables import WAIT
from game.session.session import Session
from game.terminal.ending import ending_lines
from game.terminal.gate import GateTalk
from game.terminal.printer import Printer, number_in
from game.terminal.scene import ask_scene, show_moment
from game.words.wrap import columns, padded

NAME_WIDTH = 46
FORMS = ("strategy", "premortem")
"""Families of what is only noted: listed under headings of their own."""
SERVES = "◆"
"""Before a card that may bring an open point of the gate."""


class LeaveDeal(Exception):
    """The player leaves; everything is saved."""


def by_family(cards: list[Card]) -> list[Card]:
    """Cards as they are listed: family by family as these first come up, what is only noted last."""
    order = list(dict.fromkeys(c.family for c in cards if c.family not in FORMS))
    return sorted(cards, key=lambda c: (c.family in FORMS, order.index(c.family) if c.family in order else FORMS.index(c.family)))


class Console:
    """One deal at a terminal. `read` asks a line (EOFError at the end of input), `write` prints one."""

    def __init__(self, session: Session, language: str, read: Callable[[str], str], write: Callable[[str], None]) -> None:
        self.session = session
        self.print = Printer(read, write)
        self.out, self.ask = self.print.out, self.print.ask
        self.coached: set[str] = set()
        self.changed = True
        self.put_off: set[tuple[str, int]] = set()
        self.places: list[int] = []
        self.places_of = (-1, -1)
        self.speak(language)

    def speak(self, language: str) -> None:
        """Go on in this language."""
        self.changed = True
        self.say = Say(language)

    @property
    def desk(self) -> Desk:
        return self.session.desk(self.say.language)

    # ---- the loop
    def play(self) -> bool:
        """Play until the deal is over (True) or the player leaves (False)."""
        try:
            if not self.session.playing.decisions:
                self.brief()
            while not self.session.playing.over:  # another one after a decision was taken back
                if self.talk(self.desk):
                    continue
                if self.changed:
                    self.show(self.desk)
                    self.changed = False
                self.command(self.desk)
            self.ending()
        except (LeaveDeal, EOFError, KeyboardInterrupt):
            self.out("")
            if not self.session.playing.over:
                self.out(self.left_words())
        return self.session.playing.over

    def left_words(self) -> str:
        """Whether a deal that is left can be gone on with."""
        trouble = self.session.trouble_words(self.say.language)
        kept = self.say("con.saved", week=self.session.playing.week) if self.session.saves else self.say("con.not_saved")
        return trouble or kept

    def command(self, desk: Desk) -> None:
        """One line from the player."""
        text = self.ask(self.say("con.prompt"))
        word = text.lower()
        number, board = number_in(word), next((b for b in BOARDS.values() if b.letter and b.letter == word), None)
        card = next((card for n, card in self.numbered(desk) if n == number), None)
        if card is not None:
            self.choose(card)
        elif board and board.printed and board.opened(desk):
            self.print.all(board.printed(desk, self.say))
        elif word in COMMANDS:
            COMMANDS[word](self, desk)
        elif word:
            self.out(self.say("con.unknown", text=text[:40]))

    def talk(self, desk: Desk, again: bool = False) -> bool:
        """Answer who waits for it; who can wait is put off for the week. Whether a decision was taken."""
        for scene in desk.scenes:
            if scene.left and (scene.name, desk.week) in self.put_off and not again:
                continue
            decision = ask_scene(scene, self.say, self.print)
            if decision:
                self.decide(decision)
                return True
            self.put_off.add((scene.name, desk.week))
        return False

    def log(self) -> None:
        """Everything that happened."""
        self.out(self.say("con.log"))
        self.tell(self.session.playing.happenings)

    def leave(self) -> None:
        raise LeaveDeal

    def change_language(self) -> None:
        self.speak(next(k for k in LANGUAGES if k != self.say.language))
        self.out(self.say("con.lang"))

    def undo(self) -> None:
        """Take back what was just arranged, where nothing has come of it."""
        done = self.session.take_back()
        trouble = "" if done else self.session.trouble_words(self.say.language)
        self.out(trouble or self.say("con.undone" if done else "con.no_undo"))
        self.changed = True

    def wait(self) -> None:
        self.out(self.say("con.waited"))
        self.decide(WAIT)

    def decide(self, decision: int) -> None:
        """Take a decision, save it, and only then tell what came of it."""
        self.session.decide(decision)
        self.decided()

    def decided(self) -> None:
        """Tell what came of the last decision, and whether it is on the disk."""
        self.changed = True
        trouble = self.session.trouble_words(self.say.language)
        if trouble:
            self.out(trouble)
        self.tell(self.session.last)
        for name in self.session.moments:
            show_moment(self.session.moment(self.say.language, name), self.say, self.print)

    # ---- output
    def tell(self, happenings: Sequence[Happening]) -> None:
        for line in self.session.lines(self.say.language, happenings):
            self.out(self.say("con.log_line", week=line.week, text=line.text))
            if line.detail:
                self.out(line.detail, "     ")

    def brief(self) -> None:
        tell = self.session.tell(self.say.language)
        self.out(tell.text("title"))
        self.out(tell.text("brief"))
        for line in self.session.goal(self.say.language).values():
            self.print.bullet(line)
        self.out(self.say("brief.rule"))

    def show(self, desk: Desk) -> None:
        """Where things stand and what can be done."""
        self.head(desk)
        self.coach(desk)
        self.numbers(desk)
        self.out(self.say("con.cards") if desk.cards else self.say("con.no_cards"))
        family = ""
        for n, card in self.numbered(desk):
            if card.family != family:
                self.print.line(self.heading(card.family))
            family = card.family
            self.card(n, card)
        boards = [b for b in BOARDS.values() if b.letter and b.printed and b.opened(desk)]
        words = "   ".join(f"{b.letter} {self.say(f'tab.{b.key}')}" for b in boards)
        self.out(self.say("con.commands", boards=words))

    def numbered(self, desk: Desk) -> list[tuple[int, Card]]:
        """The cards by number. A card keeps its number while week and stage last."""
        if self.places_of != (desk.week, desk.stage_at):
            self.places_of, self.places = (desk.week, desk.stage_at), []
        cards = by_family(desk.cards)
        self.places += [c.action for c in cards if c.action not in self.places]
        return [(self.places.index(c.action) + 1, c) for c in cards]

    def head(self, desk: Desk) -> None:
        """The week, the three cycles, what is under way and what presses."""
        say, out = self.say, self.out
        out(say("con.rule"))
        out(say("con.head", week=desk.week, weeks=desk.weeks, money=desk.money, debt=desk.debt, free=desk.free_fronts))
        out(say("con.cycles", stage=desk.stage, milestone=desk.stage_milestone, phase=desk.phase, step=desk.step))
        for f in desk.fronts:
            who = f"{f.member} → {f.person}" if f.person else f.member
            out(say("con.running", action=f.action, who=who, weeks=f.weeks_left))
        if desk.attention:
            out(say("con.attention"))
            for line in desk.attention:
                self.print.bullet(line)

    def coach(self, desk: Desk) -> None:
        """Each note once."""
        for text in desk.coaching:
            if text not in self.coached:
                self.coached.add(text)
                self.out(self.say("con.coach", text=text))

    def numbers(self, desk: Desk) -> None:
        """The award as it looks, and the table where there is one."""
        if desk.award and self.session.mode.numbers:
            self.out(self.say("con.award_if" if desk.award_if else "con.award"))
            for name, odds in desk.award:
                self.out(self.say("con.award_row", name=name, odds=odds))
        if desk.table and desk.table.raised >= 0:
            words = [*desk.table.opens, desk.table.issues[desk.table.raised].asks]
            self.out(self.say("con.across", who=desk.table.who, words=" ".join(words)))
        if desk.issues:
            self.out(self.say("con.issues"))
            for name, level, levels in desk.issues:
                self.out(self.say("con.issue", name=name, level=level, levels=levels))

    def heading(self, family: str) -> str:
        """What stands over the cards of a family."""
        presenter = self.session.presenter(self.say.language)
        if family in FORMS:
            return self.say(f"con.cards.{family}", n=presenter.sc.rules.foresee)
        name = presenter.boards.family(family or "other")
        return self.say("con.family", name=name[:1].upper() + name[1:])

    def card(self, n: int, card: Card) -> None:
        say = self.say
        weeks = say("con.weeks", n=card.weeks) if card.weeks else say("con.now")
        odds = say("con.sure") if card.best == 100 else say("con.odds", odds=card.best)
        name = (say("con.breach") if card.breach else "") + card.name
        mark = SERVES if card.serves else " "
        label, meta = f"{n:>3} {mark} {name}", padded(weeks, 8) + padded(card.money, 12) + odds
        if columns(label) >= NAME_WIDTH:
            self.print.line(label)
            label = ""
        self.print.line(padded(label, NAME_WIDTH) + meta)

    def choose(self, card: Card) -> None:
        """Who does it, with whom; with the sum behind the odds."""
        say = self.say
        self.out(say("con.chosen", name=card.name, about=card.about))
        serves = say("card.serves", points=say("list.semicolon").join(card.serves)) if card.serves else ""
        bid = card.bid if self.session.mode.numbers else ""
        for text in (serves, bid, card.window, card.coach):
            if text:
                self.out(text, "   ")
        for n, option in enumerate(card.options, 1):
            who = f"{option.member} → {option.person}" if option.person else option.member
            self.out(say("con.option", n=f"{n:>3}", who=who, odds=option.odds))
            if len(option.items) > 1:
                self.out(say("con.option_sum", items=self.sum(option)))
        number = number_in(self.ask(say("con.pick") + " > "))
        if number is not None and 1 <= number <= len(card.options):
            self.out(say("con.noted" if card.family in FORMS else "con.started", what=card.name))
            self.decide(card.options[number - 1].decision)
        else:
            self.out(say("con.cancelled"))

    def sum(self, option: Option) -> str:
        parts = []
        for item in option.items:
            mark = f"({self.say('odds.believed')})" if item.believed else ""
            parts.append(self.say("con.item", label=item.label + mark, points=f"{item.points:+.0f}"))
        return "  ".join(parts)

    def locked(self, desk: Desk) -> None:
        self.out(self.say("con.locked"))
        for card in desk.locked:
            self.out(self.say("con.locked_line", name=card.name, why=self.say("list.semicolon").join(card.why_not)))

    # ---- gate, withdrawal, ending
    def gate(self) -> None:
        """The gate's points; forecast, go or no-go, and through."""
        if GateTalk(self.session, self.say, self.print).talk():
            self.decided()

    def withdraw(self, desk: Desk) -> None:
        if not desk.may_withdraw:
            self.out(self.say("con.no_withdraw"))
        elif self.ask(self.say("con.withdraw")).lower() == "y":
            self.session.withdraw()
            self.decided()

    def ending(self) -> None:
        """How it ended, what it was worth, and what could not be seen."""
        self.print.all(ending_lines(tell_story(self.session.ready, self.session.watched, self.say), self.say))
        self.session.learn(self.ask(self.say("con.lesson")))


COMMANDS: dict[str, Callable[[Console, Desk], object]] = {
    "l": lambda console, desk: console.log(),
    "x": lambda console, desk: console.locked(desk),
    "b": lambda console, desk: console.brief(),
    "?": lambda console, desk: console.out(console.say("con.help")),
    "g": lambda console, desk: console.gate(),
    "w": lambda console, desk: console.wait(),
    "u": lambda console, desk: console.undo(),
    "a": lambda console, desk: console.talk(desk, again=True),
    "withdraw": lambda console, desk: console.withdraw(desk),
    "lang": lambda console, desk: console.change_language(),
    "q": lambda console, desk: console.leave(),
}
"""What may be typed beside numbers and the letters of boards."""
