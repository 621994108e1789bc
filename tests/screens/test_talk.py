"""At the negotiation table, and what is told before the desk goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from game.desk.views import TableView
from game.i18n import Say
from game.play.happenings import Came
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.scenario.tables import STAGE
from game.screens.desk import DeskScreen
from game.screens.layout import walk
from game.screens.messages import Back, LetSpeak, OpenTable, RaiseIssue, SceneAnswered, Speak, ToldOn
from game.screens.screen import Look, Pop, Push
from game.screens.talk import TalkScreen
from game.screens.told import MOST, MomentScreen, RecapScreen
from game.screens.widgets import Text
from game.session.session import Session


def look(language: str = "zh") -> Look:
    return Look(language=language, theme="dark", text_scale=1.0, room=(1280, 720), say=Say(language))


def words(screen: MomentScreen | RecapScreen | TalkScreen, language: str = "zh") -> list[str]:
    return [node.text for node in walk(screen.build(look(language))) if isinstance(node, Text)]


@pytest.fixture
def at_the_table(office: Ready) -> Session:
    for seed in range(200):
        play = Session(office, start_playing(office.compiled, seed), belief=False)
        while not play.playing.over and play.playing.state.x[STAGE] < 6:
            play.decide(POLICIES["greedy"](office.compiled.tables, play.playing.state, seed))
        if not play.playing.over and not play.desk("zh").scenes:
            return play
    raise LookupError("no deal comes to the table")


def table(play: Session, language: str = "zh") -> TableView:
    found = play.desk(language).table
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_they_raise_an_issue_we_answer_and_they_reply_to_just_that(at_the_table: Session, language: str) -> None:
    play = at_the_table
    talk = TalkScreen(play, play.desk(language))
    first = table(play, language)
    shown = words(talk, language)
    assert first.who in shown and first.issues[first.raised].asks in shown and first.opens[0] in shown
    give = next(m for m in first.moves if m.kind == "give" and m.issue == first.raised)
    assert give.about in shown
    talk.on(Speak(give.card.options[0].decision))
    after = table(play, language)
    names = list(play.ready.scenario.negotiation.issues)  # type: ignore[union-attr]
    reply = play.ready.texts.in_turn(f"negotiation.issues.{names[give.issue]}.on_give", language)[0]
    shown = words(talk, language)
    assert reply in shown and not after.opens and first.opens[0] not in shown
    assert after.issues[give.issue].conceded == 1 and after.turn == 1 and after.patience < first.patience
    assert isinstance(left := talk.on(Back()), Pop) and isinstance(left.message, SceneAnswered)


def test_who_sits_there_may_be_asked_to_talk_of_something_else_first_and_another_of_ours_may_speak(at_the_table: Session) -> None:
    play = at_the_table
    talk, view = TalkScreen(play, play.desk("zh")), table(at_the_table)
    words(talk)
    other = next(k for k in range(len(view.issues)) if k != view.raised)
    talk.on(RaiseIssue(other))
    assert view.issues[other].asks in words(talk) and view.issues[view.raised].asks not in words(talk)
    members = {o.member_at for m in view.moves for o in m.card.options}
    move = next(m for m in view.moves if m.kind == "trade" and m.issue == other)
    for member in members:
        talk.on(LetSpeak(member))
        assert talk.option(move, view).member_at == member


def test_what_is_said_at_the_table_is_no_card_on_the_desk_and_the_desk_leads_there(at_the_table: Session) -> None:
    desk = DeskScreen(at_the_table)
    desk.build(look())
    view = at_the_table.desk("zh")
    spoken = {m.card.action for m in table(at_the_table).moves}
    assert spoken and not spoken & {c.action for c in desk.offered(view, Say("zh"))}
    opened = desk.on(OpenTable())
    assert isinstance(opened, Push) and isinstance(opened.screen, TalkScreen)


def told(play: Session, desk: DeskScreen, seed: int) -> Iterator[MomentScreen | RecapScreen]:
    """What is told of a whole deal, as it comes."""
    while not play.playing.over:
        before = play.desk("zh")
        play.decide(POLICIES["greedy"](play.ready.compiled.tables, play.playing.state, seed))
        answer = desk.follow(before)
        while isinstance(answer, Push):
            if isinstance(answer.screen, (MomentScreen, RecapScreen)):
                yield answer.screen
            elif not desk.coming and answer.screen.__class__.__name__ == "SceneScreen":
                break
            answer = desk.on(ToldOn())


def test_each_moment_is_told_once_and_a_week_in_five_lines_at_most(factory: Ready) -> None:
    seen: set[str] = set()
    recaps = 0
    for seed in range(3):
        play = Session(factory, start_playing(factory.compiled, seed), belief=False)
        names = []
        for screen in told(play, DeskScreen(play), seed):
            if isinstance(screen, RecapScreen):
                recaps += 1
                lines = play.lines("zh", play.last)
                heaviest = max(lines, key=lambda line: line.weight)
                shown = words(screen)
                assert heaviest.text in shown and sum(line.text in shown for line in lines) <= MOST
            else:
                names.append(screen.name)
                moment = play.moment("zh", screen.name)
                assert moment.title in words(screen) and moment.lines[0] in words(screen)
        assert len(names) == len(set(names))
        seen.update(names)
    assert recaps > 10 and "first_top" in seen


def test_what_came_at_once_and_what_ended_the_deal_are_told(office: Ready) -> None:
    """Nothing that a decision brought is seen in the log alone."""
    at_once = ended = 0
    for seed in range(6):
        play = Session(office, start_playing(office.compiled, seed), belief=False)
        desk = DeskScreen(play)
        while not play.playing.over:
            before = play.desk("zh")
            play.decide(POLICIES["greedy"](office.compiled.tables, play.playing.state, seed))
            told_of = [s for s in [desk.follow(before), *desk.coming] if isinstance(s, (RecapScreen, Push))]
            pages = [getattr(s, "screen", s) for s in told_of]
            recap = next((p for p in pages if isinstance(p, RecapScreen)), None)
            if any(isinstance(h, Came) for h in play.last) and not play.ran and play.lines("zh", play.last):
                at_once += recap is not None
                assert recap or play.awarded
            if play.playing.over and play.lines("zh", play.last) and not play.awarded:
                ended += 1
                assert recap and recap.title(Say("zh")) == Say("zh")("recap.last")
    assert at_once and ended
