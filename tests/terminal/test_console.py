"""Whole deals at the terminal, in both languages, without a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.belief.belief import AtFirst
from game.belief.watched import Watched
from game.desk.desk import Presenter
from game.desk.registry import BOARDS
from game.engine.step import is_legal
from game.i18n import Say
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.scenario.tables import WAIT, WITHDRAW
from game.session.saves import Saves
from game.session.session import Session
from game.terminal.console import SERVES, Console, by_family
from game.terminal.gate import GateTalk
from game.terminal.printer import WIDTH
from game.words.conditions import Conditions
from game.words.names import Teller
from game.words.wrap import NOT_FIRST, columns, wrap


def script() -> Iterator[str]:
    yield from ("?", "p", "n", "t", "r", "x", "l", "b", "g", "", "hello", "99", "lang", "lang")
    while True:
        yield from ("g", "y", "60", "", "8", "1，3", "", "g", "1", "1", "2", "2", "w")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_deal_is_played_to_its_end_in_80_columns(office: Ready, language: str, seed: int) -> None:
    lines: list[str] = []
    answers = script()
    console = Console(
        Session(office, start_playing(office.compiled, seed), belief=False), language, lambda _: next(answers), lines.append
    )
    assert console.play()
    assert max(columns(line) for line in lines) <= WIDTH + 2
    assert not any("{" in line for line in lines)


@pytest.mark.parametrize("kept", [True, False])
def test_the_end_of_input_leaves_and_says_whether_it_is_saved(office: Ready, data: Path, kept: bool) -> None:
    def read(_: str) -> str:
        raise EOFError

    lines: list[str] = []
    session = Session.begin(office, 1, Saves(data) if kept else None, belief=False)
    assert not Console(session, "zh", read, lines.append).play()
    assert ("存好了" in lines[-1]) == kept and ("没有存盘" in lines[-1]) != kept


def test_after_something_was_taken_back_the_deal_goes_on_to_its_end(office: Ready) -> None:
    """What is played is another play from then on; the one before it is nobody's any more."""
    session = Session.begin(office, 3, None, belief=False)
    t, lines, asked = office.compiled.tables, list[str](), [0]

    def read(_: str) -> str:
        asked[0] += 1
        if session.playing.over or asked[0] > 60:
            raise EOFError
        if asked[0] > 3:
            while not session.playing.over:
                session.decide(WITHDRAW if is_legal(t, session.playing.state, WITHDRAW) else WAIT)
            return "q"
        return "u"

    while not session.may_undo:
        session.decide(POLICIES["greedy"](t, session.playing.state, 3))
    assert Console(session, "zh", read, lines.append).play() and asked[0] < 60


def test_lines_break_where_chinese_allows() -> None:
    text = "他说：“这件事，可以往下走。”price position 40% 就行（先这样）。" * 8
    lines = wrap(text, 30)
    assert all(columns(line) <= 32 for line in lines)
    assert not any(line[0] in NOT_FIRST for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(("language", "heading"), [("zh", "开打之前，先想它怎么死"), ("en", "how could this deal die?")])
def test_what_is_only_noted_stands_apart_from_work(factory: Ready, language: str, heading: str) -> None:
    def read(_: str) -> str:
        raise EOFError

    lines: list[str] = []
    Console(Session(factory, start_playing(factory.compiled, 1), belief=False), language, read, lines.append).play()
    text = "\n".join(lines)
    work, noted = text.split(heading)
    name = Teller(factory, Say(language)).text("bones", next(iter(factory.scenario.bones)), "name")
    assert name in noted and name not in work


@pytest.mark.parametrize(("language", "mark"), [("zh", "{} 分达标"), ("en", "{} points to pass")])
def test_the_pass_mark_is_known_before_the_first_decision(office: Ready, language: str, mark: str) -> None:
    lines: list[str] = []
    Console(Session(office, start_playing(office.compiled, 1), belief=False), language, lambda _: "q", lines.append).play()
    assert mark.format(office.scenario.deal.pass_) in "\n".join(lines)


def test_what_counts_at_the_gate_is_marked(office: Ready) -> None:
    """The first gate asks for a meeting and a position: the call and the plan bring them."""
    lines: list[str] = []
    answers = iter(("1", "", "q"))
    Console(Session(office, start_playing(office.compiled, 1), belief=False), "zh", lambda _: next(answers), lines.append).play()
    marked = [line for line in lines if SERVES in line and "（" not in line]
    tell = Teller(office, Say("zh"))
    names = [tell.text("actions", a, "name") for a in ("account_plan", "call")]
    assert [name for name in names if any(name in line for line in marked)] == names and len(marked) == 2
    assert any(line.strip().startswith("对这一关有用：") for line in lines)


def test_cards_are_listed_family_by_family(factory: Ready) -> None:
    watched = Watched(start_playing(factory.compiled, 1), AtFirst(factory.compiled.tables))
    cards = by_family(Presenter(factory, Say("zh")).desk(watched).cards)
    families = [c.family for c in cards]
    runs = [f for k, f in enumerate(families) if k == 0 or families[k - 1] != f]
    assert len(runs) == len(set(runs)) and runs[-2:] == ["strategy", "premortem"]


def test_an_attitude_asked_for_is_told_by_its_name(factory: Ready) -> None:
    state = start_playing(factory.compiled, 1).state
    gate = next(k for k, point in enumerate(factory.scenario.gates["P3"]) if point.id == "gate")
    words = Conditions(Teller(factory, Say("zh"))).words(state, factory.conditions["gates", "P3", gate, "when"], -1)
    assert "罗志刚的态度要读到“倾向我们”或更好（现在：还没摸清）" in words


def test_a_point_of_attention_that_fills_two_lines_has_one_mark(office: Ready) -> None:
    lines: list[str] = []
    Console(Session(office, start_playing(office.compiled, 1), belief=False), "en", lambda _: "q", lines.append).print.bullet(
        "a long point to remember " * 8
    )
    assert [line[:4] for line in lines] == ["  · ", *["    "] * (len(lines) - 1)] and len(lines) > 2


def test_a_plan_is_asked_for_again_until_there_are_only_numbers(office: Ready) -> None:
    lines: list[str] = []
    answers = iter(["a, b", "0", "2，2 1"])
    console = Console(
        Session(office, start_playing(office.compiled, 1), belief=False), "zh", lambda _: next(answers), lines.append
    )
    assert GateTalk(console.session, console.say, console.print).numbers("con.plan_ask", 3) == [1, 0] and len(lines) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whoever_speaks_is_answered_before_anything_else(office: Ready, language: str) -> None:
    """Lines, stake and answers are printed; a number answers, anything else is asked again; what came of it is told."""
    say = Say(language)
    for seed in range(40):
        session = Session(office, start_playing(office.compiled, seed), belief=False)
        while not session.playing.over and not session.desk(language).scenes:
            session.decide(POLICIES["greedy"](office.compiled.tables, session.playing.state, seed))
        scenes = session.desk(language).scenes
        if scenes and not scenes[0].left:
            break
    lines: list[str] = []
    asked = iter(["x", "9", "1"])

    def read(_: str) -> str:
        try:
            return next(asked)
        except StopIteration:
            raise EOFError from None

    Console(session, language, read, lines.append).play()
    told = "\n".join(lines)
    scene = scenes[0]
    for words in (scene.title, scene.who, scene.lines[0], scene.answers[0].say):
        assert words[:12] in told
    assert told.count(say("scene.number", n=len(scene.answers))) == 2
    assert session.playing.decisions[-1][0] == "start" and "answer_" in session.playing.decisions[-1][1]
    assert max(columns(line) for line in lines) <= WIDTH + 2


def test_who_can_wait_is_put_off_for_the_week_and_asked_again(office: Ready) -> None:
    for seed in range(80):
        session = Session(office, start_playing(office.compiled, seed), belief=False)
        while not session.playing.over and not any(s.left for s in session.desk("zh").scenes):
            session.decide(POLICIES["greedy"](office.compiled.tables, session.playing.state, seed))
        if not session.playing.over:
            break
    lines: list[str] = []
    asked = iter(["0", "l", "a", "1"])

    def read(_: str) -> str:
        try:
            return next(asked)
        except StopIteration:
            raise EOFError from None

    before = len(session.playing.decisions)
    Console(session, "zh", read, lines.append).play()
    title = "陈会计要一张纸"
    assert sum(title in line and "陈淑芬" in line for line in lines) == 2
    assert len(session.playing.decisions) == before + 1


def test_a_card_keeps_its_number_while_the_week_lasts(office: Ready) -> None:
    console = Console(Session(office, start_playing(office.compiled, 3), belief=False), "zh", lambda _: "", lambda _: None)
    before = {card.action: n for n, card in console.numbered(console.desk)}
    week = console.desk.week
    free = next(c for c in console.desk.cards if c.family == "premortem")
    console.session.decide(free.options[0].decision)
    assert console.desk.week == week
    after = {card.action: n for n, card in console.numbered(console.desk)}
    assert free.action not in after or after[free.action] == before[free.action]
    assert all(after[a] == n for a, n in before.items() if a in after)


def test_only_boards_that_open_are_in_the_footer(office: Ready) -> None:
    lines: list[str] = []
    console = Console(Session(office, start_playing(office.compiled, 3), belief=False), "en", lambda _: "", lines.append)
    console.show(console.desk)
    footer = next(line for line in lines if "save and quit" in line or "number do it" in line)
    for board in BOARDS.values():
        if board.letter:
            assert (f"{board.letter} {console.say(f'tab.{board.key}')}" in footer) == bool(board.opened(console.desk))
