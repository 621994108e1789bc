"""A team at several browsers: each sees with their own eyes, all propose, the captain decides, and it is on record."""

from __future__ import annotations

from pathlib import Path

from game.i18n import Say
from game.play.record import replay
from game.play.statements import ProposalsSaid, all_of
from game.scenario.load import Ready
from game.scenario.tables import WEEK
from game.web.seat import Seat
from tests.web.test_room import ASK, Browser, Open

TEAM = "Blue"


def joined(room: Open, name: str, team: str = TEAM) -> Browser:
    web = room.browser()
    answer = web.post("/join", data={"name": name, "team": team, "code": room.room.code})
    assert answer.status_code == 303, answer.text
    found = Browser(web)
    for id in ("", "enter", "begin", "lead:skip"):
        found.press(id)
    return found


def seat(room: Open) -> Seat:
    return next(iter(room.room.seats.values()))


def start_something(browser: Browser) -> dict[str, object]:
    """Open the first card and take its first option."""
    card = next(i for i in browser.ids() if i.startswith("card:"))
    found = browser.press(card)
    option = next((i for i in browser.ids() if i.startswith("option:")), None)
    return browser.press(option) if option else found


def test_who_gives_a_teams_name_sits_at_its_deal_with_a_part_of_their_own(room: Open) -> None:
    for name in ("Li", "Sun", "Wu"):
        joined(room, name)
    assert len(room.room.seats) == 1 and seat(room).title == TEAM and seat(room).session.playing.who == TEAM
    assert [place.member for place in (seat(room), *seat(room).mates.values())] == [0, 1, 2]
    again = room.browser().post("/join", data={"name": "sun", "team": TEAM, "code": room.room.code})
    alone = room.browser().post("/join", data={"name": TEAM, "team": "", "code": room.room.code})
    assert again.status_code == alone.status_code == 409


def test_a_mate_proposes_and_nothing_happens_until_the_captain_decides(room: Open) -> None:
    captain, mate = joined(room, "Li"), joined(room, "Sun")
    playing = seat(room).session.playing
    told = start_something(mate)
    assert told["told"] == Say("en")("table.proposed") and not playing.decisions
    signs = captain.act()["team"]
    assert [one["who"] for one in signs["proposed"]] == ["Sun"] and not signs["missing"]
    captain.press("wait")
    if "idle" in captain.ids():
        captain.press("idle")
    assert len(playing.decisions) == 1
    said = all_of(playing.statements, ProposalsSaid)
    assert len(said) == 1 and set(said[0].by) == {"Sun"} and said[0].by["Sun"].startswith("start ") and said[0].at == 0
    assert replay(playing.compiled, playing.record()).chain == playing.chain
    assert captain.act()["team"]["proposed"] == []


def test_the_captain_hears_whose_proposal_is_missing_and_may_go_on_without(room: Open) -> None:
    captain = joined(room, "Li")
    joined(room, "Sun")
    playing = seat(room).session.playing
    first = start_something(captain)
    assert first["told"] == Say("en")("table.waits", names="Sun") and not playing.decisions
    second = start_something(captain)
    assert second["told"] == "" and len(playing.decisions) == 1


def test_who_has_closed_the_browser_is_not_waited_for(room: Open) -> None:
    captain = joined(room, "Li")
    joined(room, "Sun")
    next(iter(seat(room).mates.values())).seen_at = -100.0
    assert start_something(captain)["told"] == "" and len(seat(room).session.playing.decisions) == 1


def test_the_others_see_what_came_of_it_and_only_the_captain_takes_back(room: Open) -> None:
    captain, mate = joined(room, "Li"), joined(room, "Sun")
    session = seat(room).session
    week = session.playing.state.x[WEEK]
    for _ in range(2):
        captain.press("wait")
        if "idle" in captain.ids():
            captain.press("idle")
    assert session.playing.state.x[WEEK] > week
    page = "".join(mate.act()["html"])
    assert "next" in mate.ids() or f"Week {session.playing.state.x[WEEK]}" in page
    start_something(captain)
    start_something(captain)
    decisions = len(session.playing.decisions)
    assert mate.act(key="u")["told"] in ("", Say("en")("table.captains")) and len(session.playing.decisions) == decisions


def test_a_team_is_there_again_after_a_restart(room: Open, tmp_path: Path, ready: Ready) -> None:
    captain, mate = joined(room, "Li"), joined(room, "Sun")
    start_something(captain)
    start_something(captain)
    decisions = list(seat(room).session.playing.decisions)
    room.close()
    again = Open(tmp_path, ready)
    assert decisions and seat(again).session.playing.decisions == decisions
    assert [one.name for one in seat(again).mates.values()] == ["Sun"] and seat(again).session.table is not None
    cookie = mate.web.cookies[f"seat-{room.room.code}"]
    place = again.room.place_of(cookie)
    assert place is not None and place.name == "Sun" and place.seat is seat(again)
    again.close()


def test_everybody_in_a_team_votes_once_and_loses_the_browser_alone(room: Open) -> None:
    captain, mate, trainer = joined(room, "Li"), joined(room, "Sun"), room.trainer()
    assert room.room.ask("Whom first?\nThe director\nThe clerk")
    for browser, answer in ((captain, 0), (mate, 1), (mate, 0)):
        assert browser.web.post("/vote", json={"number": 1, "answer": answer}, headers=ASK).json()["ok"]
    room.room.close_poll()
    assert room.room.poll is not None and room.room.poll.for_room()["counts"] == [2, 0]
    at, number = seat(room).id, next(iter(seat(room).mates))
    told = trainer.post("/console/do", json={"do": "browser", "seat": at, "number": number}, headers=ASK).json()
    other = room.browser()
    assert other.get(told["answer"]["link"]).status_code == 303 and other.get("/play").status_code == 200
    assert mate.web.get("/play").status_code == 303 and captain.web.get("/play").status_code == 200
