"""Text play: the whole deal in a terminal, or for a screen reader. Plain lines, one question at a time."""

from __future__ import annotations

from collections.abc import Callable

from game.belief.watched import Watched
from game.desk.desk import Presenter
from game.desk.views import Card, Desk, Option
from game.errors import StorageError
from game.i18n import LANGUAGES, Say
from game.play.playing import Happening, Playing
from game.scenario.load import Ready
from game.scenario.tables import ENDED, PASS, WAIT, WINNER, WITHDRAW
from game.session.plans import MOST, Task, new_task, offered, statement
from game.session.saves import Saves
from game.terminal.plan import PlanTable
from game.words.log import Line, Log
from game.words.wrap import columns, padded, wrap

WIDTH = 78
NAME_WIDTH = 46
FORMS = ("strategy", "premortem")
"""Families of what is only noted: listed under headings of their own."""
SERVES = "◆"
"""Before a card that may bring an open point of the gate."""
FORECAST_STAGES = 6
GO_STAGES = (2, 4)


class Leave(Exception):
    """The player leaves; everything is saved."""


def by_family(cards: list[Card]) -> list[Card]:
    """Cards as they are listed: family by family as these first come up, what is only noted last."""
    order = list(dict.fromkeys(c.family for c in cards if c.family not in FORMS))
    return sorted(cards, key=lambda c: (c.family in FORMS, order.index(c.family) if c.family in order else FORMS.index(c.family)))


class Console:
    """One deal at a terminal. `read` asks a line (EOFError at the end of input), `write` prints one."""

    def __init__(
        self,
        ready: Ready,
        playing: Playing,
        language: str,
        read: Callable[[str], str],
        write: Callable[[str], None],
        saves: Saves | None = None,
        deal: int = 0,
    ) -> None:
        self.ready, self.playing, self.saves, self.deal = ready, playing, saves, deal
        self.watched = Watched(playing)
        self.read, self.write = read, write
        self.coached: set[str] = set()
        self.changed = True
        self.speak(language)

    def speak(self, language: str) -> None:
        """Go on in this language."""
        self.changed = True
        self.say = Say(language)
        self.present = Presenter(self.ready, self.say)
        self.log = Log(self.present.tell)

    # ---- the loop
    def play(self) -> bool:
        """Play until the deal is over (True) or the player leaves (False)."""
        try:
            if not self.playing.decisions:
                self.brief()
            while not self.playing.over:
                desk = self.present.desk(self.watched)
                if self.changed:
                    self.show(desk)
                    self.changed = False
                self.command(desk)
            self.ending()
        except (Leave, EOFError, KeyboardInterrupt):
            self.out("")
            if not self.playing.over:
                self.out(self.say("con.saved", week=self.present.desk(self.watched).week))
            return self.playing.over
        return True

    def command(self, desk: Desk) -> None:
        """One line from the player."""
        text = self.ask(self.say("con.prompt")).strip()
        word = text.lower()
        boards: dict[str, Callable[[Desk], None]] = {
            "p": self.people,
            "n": self.net,
            "t": self.tree,
            "r": self.rivals,
            "l": self.whole_log,
            "x": self.locked,
            "b": lambda _: self.brief(),
            "?": lambda _: self.out(self.say("con.help")),
            "g": self.gate,
        }
        if word.isdecimal() and 1 <= int(word) <= len(desk.cards):
            self.choose(by_family(desk.cards)[int(word) - 1])
        elif word in boards:
            boards[word](desk)
        elif word == "w":
            self.out(self.say("con.waited"))
            self.decide(WAIT)
        elif word == "withdraw":
            self.withdraw(desk)
        elif word == "lang":
            self.speak(next(k for k in LANGUAGES if k != self.say.language))
            self.out(self.say("con.lang"))
        elif word == "q":
            raise Leave
        elif word:
            self.out(self.say("con.unknown", text=text[:40]))

    def decide(self, decision: int) -> None:
        """Take a decision, save it, and only then tell what came of it."""
        happenings = self.watched.decide(decision)
        self.changed = True
        self.save()
        self.tell(happenings)

    def save(self) -> None:
        if self.saves is None:
            return
        try:
            self.saves.sync(self.deal, self.playing)
        except StorageError as error:
            self.out(self.say("con.not_saved", why=error.values["why"]))

    def ask(self, text: str) -> str:
        """One answer, typed a space after the question."""
        return self.read(text.rstrip() + " ")

    # ---- output
    def out(self, text: str, indent: str = "") -> None:
        for line in wrap(text, WIDTH - len(indent)):
            self.write(indent + line if line else "")

    def bullet(self, text: str) -> None:
        for k, line in enumerate(wrap(text, WIDTH - 4)):
            self.write(("  · " if k == 0 else "    ") + line)

    def tell(self, happenings: list[Happening]) -> None:
        for line in self.log.lines(happenings):
            self.line(line)

    def line(self, line: Line) -> None:
        self.out(self.say("con.log_line", week=line.week, text=line.text))
        if line.detail:
            self.out(line.detail, "     ")

    def brief(self) -> None:
        tell = self.present.tell
        self.out(tell.text("title"))
        self.out(tell.text("brief"))
        for line in self.present.goal().values():
            self.bullet(line)
        self.out(self.say("brief.rule"))

    def show(self, desk: Desk) -> None:
        """Where things stand and what can be done."""
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
                self.bullet(line)
        self.coach(desk)
        if desk.award:
            out(say("con.award"))
            for name, odds in desk.award:
                out(say("con.award_row", name=name, odds=odds))
        if desk.issues:
            out(say("con.issues"))
            for name, level, levels in desk.issues:
                out(say("con.issue", name=name, level=level, levels=levels))
        out(say("con.cards") if desk.cards else say("con.no_cards"))
        family = ""
        for n, card in enumerate(by_family(desk.cards), 1):
            if card.family != family:
                self.write(self.heading(card.family))
            family = card.family
            self.card(n, card)
        out(say("con.commands"))

    def coach(self, desk: Desk) -> None:
        """Each note once."""
        for text in desk.coaching:
            if text not in self.coached:
                self.coached.add(text)
                self.out(self.say("con.coach", text=text))

    def heading(self, family: str) -> str:
        """What stands over the cards of a family."""
        if family in FORMS:
            return self.say(f"con.cards.{family}", n=self.present.sc.rules.foresee)
        name = self.present.boards.family(family or "other")
        return self.say("con.family", name=name[:1].upper() + name[1:])

    def card(self, n: int, card: Card) -> None:
        say = self.say
        weeks = say("con.weeks", n=card.weeks) if card.weeks else say("con.now")
        odds = say("con.sure") if card.best == 100 else say("con.odds", odds=card.best)
        name = (say("con.breach") if card.breach else "") + card.name
        mark = SERVES if card.serves else " "
        label, meta = f"{n:>3} {mark} {name}", padded(weeks, 8) + padded(card.money, 12) + odds
        if columns(label) >= NAME_WIDTH:
            self.write(label)
            label = ""
        line = padded(label, NAME_WIDTH) + meta
        self.write(line.rstrip())

    def choose(self, card: Card) -> None:
        """Who does it, with whom; with the sum behind the odds."""
        say = self.say
        self.out(say("con.chosen", name=card.name, about=card.about))
        serves = self.say("card.serves", points=self.say("list.semicolon").join(card.serves)) if card.serves else ""
        for text in (serves, card.window, card.coach):
            if text:
                self.out(text, "   ")
        for n, option in enumerate(card.options, 1):
            who = f"{option.member} → {option.person}" if option.person else option.member
            self.out(say("con.option", n=f"{n:>3}", who=who, odds=option.odds))
            if len(option.items) > 1:
                self.out(say("con.option_sum", items=self.sum(option)))
        answer = self.ask(say("con.pick") + " > ").strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(card.options):
            self.out(say("con.noted" if card.family in FORMS else "con.started", what=card.name))
            self.decide(card.options[int(answer) - 1].decision)
        else:
            self.out(say("con.cancelled"))

    def sum(self, option: Option) -> str:
        parts = []
        for item in option.items:
            mark = f"({self.say('odds.believed')})" if item.believed else ""
            parts.append(self.say("con.item", label=item.label + mark, points=f"{item.points:+.0f}"))
        return "  ".join(parts)

    # ---- boards
    def people(self, desk: Desk) -> None:
        say, out = self.say, self.out
        out(say("con.people"))
        for p in desk.people:
            out(say("con.person", name=p.name, title=p.title, level=p.level, power=p.power))
            key = "con.person_more" if p.met else "con.person_unmet"
            out(say(key, roles=say("list.and").join(p.roles), rapport=p.rapport, coverage=p.coverage, stance=p.stance))
            if p.about:
                out(p.about, "   ")
            if p.wins:
                out(say("con.person_wins", wins=p.wins))
            if p.personal:
                out(say("con.person_personal", wins=p.personal))
            if p.hears:
                out(say("con.person_hears", names=say("list.and").join(p.hears_names)))
            if p.holds:
                out(say("con.person_holds", names=p.holds_words))
            if p.reports_to:
                out(say("con.boss", name=p.reports_to))

    def net(self, desk: Desk) -> None:
        self.out(self.say("con.net") if desk.net else self.say("con.no_net"))
        for k in desk.net:
            bar = "#" * (k.strength // 10)
            self.out("   " + self.say("con.knot", member=k.member, person=k.person, strength=f"{k.strength:>3} {bar}"))

    def tree(self, desk: Desk) -> None:
        self.out(self.say("con.tree"))
        for branch in desk.tree:
            self.out(self.say("con.element", name=branch.element, gauge=branch.gauge))
            for leaf in branch.leaves:
                self.out(self.say("con.leaf", status=leaf.status_words, text=leaf.text))

    def rivals(self, desk: Desk) -> None:
        self.out(self.say("con.rivals"))
        for r in desk.rivals:
            self.out(self.say("con.rival", name=r.name, style=r.style, intel=r.intel))
            self.out(r.about, "   ")

    def whole_log(self, desk: Desk) -> None:
        self.out(self.say("con.log"))
        self.tell(self.playing.happenings)

    def locked(self, desk: Desk) -> None:
        self.out(self.say("con.locked"))
        for card in desk.locked:
            self.out(self.say("con.locked_line", name=card.name, why=self.say("list.semicolon").join(card.why_not)))

    # ---- gate, withdrawal, ending
    def gate(self, desk: Desk) -> None:
        """The gate's points; forecast, go or no-go, and through."""
        say, gate = self.say, desk.gate
        if gate is None:
            return
        self.out(say("con.gate", stage=gate.stage))
        for p in gate.points:
            missing = say("con.missing", what=say("list.semicolon").join(p.missing)) if p.missing else ""
            self.out(
                say(
                    "con.point",
                    mark=say("con.met" if p.met else "con.unmet"),
                    text=p.text,
                    must=say("con.must") if p.must else "",
                    missing=missing,
                )
            )
        if not gate.may_pass:
            self.out(say("con.gate_closed"))
            return
        if not gate.honest:
            self.out(say("con.gate_false"))
        if gate.debt:
            self.out(say("con.gate_debt", debt=gate.debt))
        if self.ask(say("con.gate_ask")).strip().lower() != "y":
            return
        stage = self.present.ids.stages.index(self.playing.result()["stage"])
        if stage < FORECAST_STAGES:
            self.forecast(desk, stage)
        if stage in GO_STAGES and not self.goes_on(desk):
            return
        self.plan(stage + 1)
        self.decide(PASS)

    def forecast(self, desk: Desk, stage: int) -> None:
        """State the odds of a win and the week of signature; the last ones are offered."""
        last = next((s for s in reversed(self.playing.statements) if s["kind"] == "forecast"), None)
        win = self.number("con.forecast", last["win"] if last else 50, 0, 100)
        week = self.number("con.forecast_week", last["week"] if last else desk.weeks, 1, desk.weeks)
        value = self.ready.scenario.deal.value
        self.playing.say(
            {
                "kind": "forecast",
                "stage": self.present.ids.stages[stage],
                "win": win,
                "value": value,
                "week": max(week, desk.week),
            }
        )

    def plan(self, stage: int) -> None:
        """Tasks for the next stage, each with its line, its owner and the week it is due."""
        say, tell = self.say, self.present.tell
        choices = offered(self.ready, stage, self.playing.state)
        if not choices:
            return
        self.out(say("con.plan", n=MOST))
        for k, a in enumerate(choices, 1):
            self.out(say("con.plan_choice", n=k, action=tell.action(a)))
        wanted = self.numbers("con.plan_ask", len(choices))
        tasks: list[Task] = []
        for k in wanted[:MOST]:
            tasks.append(new_task(self.ready, self.playing.state, stage, choices[k], len(tasks)))
        if tasks:
            self.playing.say(
                statement(
                    self.ready,
                    stage,
                    PlanTable(self.ready, self.present.tell, stage, self.playing.state, self.ask, self.out).settled(tasks),
                )
            )

    def numbers(self, key: str, high: int) -> list[int]:
        """Places in a list, from 0, each once; asked again until there are only numbers, or nothing."""
        while True:
            words = self.ask(self.say(key)).replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
            written = [w for w in words if w]
            if all(w.isdecimal() and 1 <= int(w) <= high for w in written):
                return list(dict.fromkeys(int(w) - 1 for w in written))
            self.out(self.say("con.only_numbers", most=high))

    def number(self, key: str, last: int, low: int, high: int) -> int:
        while True:
            answer = self.ask(self.say(key, last=last)).strip().rstrip("%％")
            if not answer:
                return last
            if answer.isdecimal() and low <= int(answer) <= high:
                return int(answer)
            self.out(self.say("con.number", low=low, high=high))

    def goes_on(self, desk: Desk) -> bool:
        """Go or no-go; no-go withdraws."""
        answer = ""
        while answer not in ("g", "n"):
            answer = self.ask(self.say("con.go")).strip().lower() or "g"
        go = answer == "g"
        stage = self.playing.result()["stage"]
        self.playing.say({"kind": "go", "stage": stage, "go": go})
        if not go and desk.may_withdraw:
            self.decide(WITHDRAW)
        return go

    def withdraw(self, desk: Desk) -> None:
        if not desk.may_withdraw:
            self.out(self.say("con.no_withdraw"))
        elif self.ask(self.say("con.withdraw")).strip().lower() == "y":
            self.decide(WITHDRAW)

    def ending(self) -> None:
        """How it ended, what it was worth, and what could not be seen."""
        say, tell, result = self.say, self.present.tell, self.playing.result()
        name = self.present.ids.endings[self.playing.state.x[ENDED] - 1]
        deal = self.ready.scenario.deal
        self.out(say("con.rule"))
        self.out(
            say(
                "con.ending",
                kind=say(f"kind.{self.ready.scenario.endings[name].kind}"),
                reason=tell.text("endings", name, "reason"),
            )
        )
        self.out(tell.text("endings", name, "text"))
        self.out(
            say(
                "con.result",
                points=result["points"],
                line=deal.pass_,
                payoff=tell.money(result["payoff"]),
                weeks=min(result["week"], deal.weeks),
                decisions=result["decisions"],
            )
        )
        self.out(say("con.pass" if result["points"] >= deal.pass_ else "con.fail"))
        forecasts = [s for s in self.playing.statements if s["kind"] == "forecast"]
        if forecasts:
            self.out(say("con.forecasts"))
            for s in forecasts:
                self.out(say("con.forecast_row", stage=s["stage"], win=s["win"], week=s["week"]))
        self.revealed()
        lesson = self.ask(say("con.lesson")).strip()
        if lesson:
            self.playing.say({"kind": "lesson", "text": lesson[:1000]})
            self.save()

    def revealed(self) -> None:
        say, tell, t, s = self.say, self.present.tell, self.present.t, self.playing.state
        self.out(say("con.revealed"))
        if s.x[WINNER]:
            chances = [(tell.bidder(b), (s.bid_odds[b] + 50) // 100) for b in range(t.n_bidder)]
            self.out(say("con.award_was"))
            for name, odds in chances:
                self.out(say("con.award_row", name=name, odds=odds))
        for p in (p for p in range(t.n_person) if s.x[t.here0 + p]):
            level = max(-2, min(2, round(s.x[t.stance0 + p] / 100)))
            self.out(say("con.revealed_stance", person=tell.person(p), level=say(f"stance.{level}")))
        for f in range(t.n_fact):
            self.out(say("con.revealed_fact", fact=tell.fact(f), truth=say("con.true" if s.x[t.truth0 + f] else "con.false")))
