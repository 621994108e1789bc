"""The verb `play`: in a window, at a terminal, or by a policy."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from dataclasses import replace
from pathlib import Path

from game.belief.watched import Watched
from game.cli.previewing import leader
from game.cli.shown import print_result, progress_bar, show, shown_files, waiting_for_code
from game.errors import RecordError, ScenarioError, StorageError, UsageError
from game.i18n import Say
from game.judging.cache import judged_play, keep_play
from game.judging.warming import Warming
from game.judging.workers import case_of
from game.paths import SCENARIOS, user_data
from game.play.playing import Playing, goes_on, start_playing
from game.policies.par import par_policy
from game.policies.policies import POLICIES
from game.policies.rollout import Policy
from game.printable import printable
from game.report.read import read_play
from game.report.write import put_deal, put_report, stem_of, told, write_record
from game.scenario.load import Ready, find, load, load_ready, names
from game.session.entry import led_to
from game.session.saves import Saves
from game.session.session import Session
from game.session.shelf import Shelf
from game.terminal.console import Console
from game.terminal.debrief import debrief_lines
from game.terminal.printer import number_in


def run_play(options: argparse.Namespace, say: Say) -> int:
    if options.seed is not None and not 0 <= options.seed < 1 << 62:
        raise UsageError("error.seed")
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if (options.along and not options.at) or (options.at and (options.by or options.after or not options.scenario)):
        raise UsageError("error.from_alone")
    if options.by or not (options.text or options.at or _has_screen() or terminal):
        return _play_by(options, say)
    if options.text or not _has_screen():
        return _play_text(options, say)
    return _play_window(options, say)


def _has_screen() -> bool:
    """Whether a window can be opened at all: on Linux only beside a display."""
    driver = os.environ.get("SDL_VIDEODRIVER")
    if driver or sys.platform in ("win32", "darwin"):
        return driver != "dummy"
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _play_window(options: argparse.Namespace, say: Say) -> int:
    """The window. It is imported here: nothing else needs pygame."""
    from game.window.window import run_window

    saves, trouble = _saves_if_any()
    shelf = Shelf(SCENARIOS, saves, options.seed, judging=True, trouble=trouble)
    folder = options.out or user_data() / "records"

    def put(play: Session) -> tuple[list[Path], str]:
        try:
            found = play.judge()
            judged = (play.companion.case, found) if play.companion and found else None
            if judged:
                keep_play(judged[0], play.playing, judged[1], play.watched.shown)
            return put_deal(play.ready, play.watched, folder, say.language, judged, play.playing.who), ""
        except StorageError as error:
            return [], say(error.key, **error.values)

    start = _started(shelf, options) if options.scenario and find(options.scenario, SCENARIOS) else None
    try:
        run_window(shelf, say.language, user_data(), put, start, options.lang is not None, options.name)
    finally:
        shelf.close()
        if saves:
            saves.close()
    return 0


def _started(shelf: Shelf, options: argparse.Namespace) -> Session:
    """The deal that was asked for: from its beginning, in its midst, or after another one."""
    name = Path(options.scenario).name
    if options.at:
        ready = shelf.get(name)
        return shelf.attended(Session(ready, _led(ready, options, shelf.new_seed())))
    if options.after:
        ready, finished = read_play(options.after, {})
        return shelf.begin_after(name, Session(ready, finished))
    return shelf.begin(name)


def _saves_if_any() -> tuple[Saves | None, StorageError | None]:
    """The store, or why there is none: that is no reason not to play, but one must know."""
    try:
        return Saves(user_data()), None
    except StorageError as error:
        return None, error


def _play_by(options: argparse.Namespace, say: Say) -> int:
    """Let a policy play, and write the record."""
    name = options.scenario or _first_scenario()
    folder = find(name, SCENARIOS)
    ready = _opened(load_ready(folder, SCENARIOS), options.after)
    by = options.by or "greedy"
    playing = start_playing(ready.compiled, options.seed if options.seed is not None else 1)
    policy = policy_of(by, ready, folder)
    while not playing.over:
        playing.decide(policy(ready.compiled.tables, playing.state, playing.seed))
    folder = options.out or user_data() / "records"
    files = put_deal(ready, Watched(playing), folder, say.language, who=by)
    print_result(ready, playing, say)
    shown_files(files, say)
    return 0


def policy_of(name: str, ready: Ready, folder: Path) -> Policy:
    """A policy by its name on the command line."""
    return par_policy(ready.compiled, folder / "par.json") if name == "par" else POLICIES[name]


def _first_scenario() -> str:
    known = names(SCENARIOS)
    if not known:
        raise UsageError("error.no_scenario", name="—", known="—")
    return known[0]


def _play_text(options: argparse.Namespace, say: Say) -> int:
    """A deal at the terminal: an unfinished one is offered first."""
    saves, trouble = _saves_if_any()
    if trouble:
        show(say("saves.none", why=trouble.values.get("why", "")))
    elif saves and saves.set_aside:
        show(say("saves.aside", path=saves.set_aside))
    try:
        session = (_resumed(options, say, saves) if saves else None) or _new_deal(options, say, saves)
        Warming([session.ready.scenario.size]).begin()
        console = Console(session, say.language, input, print)
        if console.play():
            _debrief_text(session, console, options.out or user_data() / "records")
    finally:
        if saves:
            saves.close()
    return 0


def _debrief_text(session: Session, console: Console, folder: Path) -> None:
    """Judge a deal that is over, tell the debrief and write its files."""
    say, ready, playing = console.say, session.ready, session.playing
    stem = stem_of(playing.who, ready.name, playing.seed)
    shown_files([write_record(playing, folder, stem)], say)
    show(say("debrief.title"))
    case = case_of(ready, SCENARIOS / ready.name)
    waiting = waiting_for_code(ready.scenario.size, say)
    judged = judged_play(case, playing, progress_bar(say), while_judging=waiting).judgement
    keep_play(case, playing, judged, session.watched.shown)
    _, reviews = told(ready, session.watched, (case, judged), [say.language])
    console.print.all(debrief_lines(reviews[say.language], say))
    shown_files(put_report(ready, session.watched, folder, stem, say.language, (case, judged), playing.who), say)


def _resumed(options: argparse.Namespace, say: Say, saves: Saves) -> Session | None:
    if options.seed is not None or options.after or options.at:
        return None
    for saved in saves.open_deals():
        if options.scenario and saved.scenario != Path(options.scenario).name:
            continue
        try:
            ready = load_ready(find(saved.scenario, SCENARIOS), SCENARIOS)
            playing = saves.load(saved.id, ready.compiled)
        except (RecordError, ScenarioError, UsageError):
            show(say("con.resume_broken"))
            saves.give_up(saved.id)
            continue
        title = ready.texts.get("title", say.language)
        if input(printable(say("con.resume", title=title, week=playing.result()["week"]))).strip().lower() != "n":
            return Session(ready, playing, saves, saved.id)
        saves.give_up(saved.id)
    return None


def _opened(ready: Ready, record: Path | None) -> Ready:
    """The scenario as it starts after the deal of this record; as it is where there is none."""
    if record is None:
        return ready
    _, finished = read_play(record, {})
    return replace(ready, compiled=goes_on(ready.compiled, finished))


def _new_deal(options: argparse.Namespace, say: Say, saves: Saves | None) -> Session:
    ready = _opened(load_ready(find(options.scenario or _choose(say), SCENARIOS), SCENARIOS), options.after)
    seed = options.seed if options.seed is not None else secrets.randbelow(1 << 31)
    if options.at:
        return Session(ready, _led(ready, options, seed))
    return Session.begin(ready, seed, saves, who=options.name)


def _led(ready: Ready, options: argparse.Namespace, seed: int) -> Playing:
    """The deal as the reference, or who follows a route, has led it so far. It is not kept: an author looks, and looks again."""
    return led_to(ready, seed, options.at, leader(ready, SCENARIOS / ready.name, options.along))


def _choose(say: Say) -> str:
    """Ask which scenario; the only one is not asked about."""
    known = names(SCENARIOS)
    if len(known) < 2:
        return _first_scenario()
    show(say("con.scenarios"))
    for n, name in enumerate(known, 1):
        found = load(SCENARIOS / name, SCENARIOS)
        if found.scenario and found.texts:
            market = say(f"market.{found.scenario.market}")
            low, high = found.scenario.minutes
            show(say("con.scenario", n=n, title=found.texts.get("title", say.language), market=market, low=low, high=high))
            show(say("con.scenario_more", summary=found.texts.get("summary", say.language)))
    number = number_in(input(say("con.choose")))
    return known[number - 1] if number is not None and 1 <= number <= len(known) else known[0]
