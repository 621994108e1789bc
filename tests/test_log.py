"""Lines of the log: what is told of one week does not contradict itself, and of a woman it is told as of a woman."""

from __future__ import annotations

from game.i18n import Say
from game.play.happenings import ClaimHeard, FactProved, RivalMoved
from game.play.playing import start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Ready
from game.words.log import Log
from game.words.names import Teller


def test_what_was_proved_in_a_week_is_not_denied_in_it(factory: Ready) -> None:
    log, both = Log(Teller(factory, Say("zh"))), 0
    for seed in range(12):
        playing = start_playing(factory.compiled, seed)
        while not playing.over:
            happened = playing.decide(POLICIES["greedy"](factory.compiled.tables, playing.state, seed))
            proved = {(h.week, h.fact) for h in happened if isinstance(h, FactProved)}
            heard = [h for h in happened if isinstance(h, ClaimHeard) and (h.week, h.fact) in proved]
            both += len(heard)
            told = [line.text for line in log.lines(happened)]
            for h in heard:
                fact = log.tell.fact(h.fact)
                assert sum(fact in text for text in told) == 1
    assert both


def test_of_a_woman_it_is_told_as_of_a_woman(factory: Ready) -> None:
    tell = Teller(factory, Say("zh"))
    t, ids = factory.compiled.tables, factory.compiled.ids
    she, he = ids.people.index("shen"), ids.people.index("gu")
    changed = 0
    for pair in range(t.n_pair):
        roll = t.action_roll[t.pair_action[pair]]
        for b in range(t.roll_branch[roll], t.roll_end[roll]):
            one, other = tell.spoken(b, 0, she), tell.spoken(b, 0, he)
            changed += one != other
            assert "他们" not in other or "她们" not in one
    assert changed


def test_nobody_is_met_twice(factory: Ready) -> None:
    """Whoever is known is not told as met again, however often one calls on them."""
    tell = Teller(factory, Say("zh"))
    for seed in range(8):
        playing = start_playing(factory.compiled, seed)
        while not playing.over:
            playing.decide(POLICIES["greedy"](factory.compiled.tables, playing.state, seed))
        told = " ".join(f"{line.text} {line.detail}；" for line in Log(tell, playing.happenings).lines(playing.happenings))
        for person in factory.compiled.ids.people:
            assert told.count(tell.said_of(f"{person}.met", 1)) <= 1


def test_a_rivals_failure_is_no_bad_news(factory: Ready) -> None:
    """What a rival tried in vain is at worst none of our concern."""
    t, log, seen = factory.compiled.tables, Log(Teller(factory, Say("zh"))), set[str]()
    for seed in range(6):
        playing = start_playing(factory.compiled, seed)
        while not playing.over:
            playing.decide(POLICIES["greedy"](t, playing.state, seed))
        for h in playing.happenings:
            if isinstance(h, RivalMoved) and h.branch != t.roll_branch[t.move_roll[h.move]]:
                seen |= {line.mood for line in log.lines([h])}
    assert seen and "bad" not in seen
