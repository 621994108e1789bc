"""The command line: parse, call, print. Exit codes: 0 all is well, 1 the work found errors, 2 the call was wrong."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from game.belief.particles import is_kept
from game.belief.watched import Watched, belief_of
from game.cli.weighing import BY, mass_verbs, played_findings, progress_bar, reference_problems
from game.debrief.cohort import Entry
from game.errors import GameError, RecordError, ScenarioError, StorageError, UsageError
from game.i18n import LANGUAGES, Say, preferred_language
from game.judging.cache import judged_all, judged_play, keep_play
from game.judging.workers import case_of
from game.paths import ROOT, SCENARIOS, user_cache, user_data
from game.play.playing import LONGEST_NAME, Playing, goes_on, start_playing
from game.policies.par import par_policy
from game.policies.policies import POLICIES
from game.policies.rollout import Policy
from game.report.read import gather, name_of, read_play, when_of
from game.report.write import put_class, put_deal, put_names, put_report, stem_of, told, write_record
from game.scenario.load import Ready, find, load, load_ready, names
from game.scenario.problems import as_json, errors, render
from game.session.saves import Saves
from game.terminal.console import Console
from game.terminal.debrief import debrief_lines


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    args = list(sys.argv[1:] if argv is None else argv)
    say = Say(_language_in(args))
    parser = _parser(say)
    # The tests' own options are not ours to read.
    if args[:1] == ["test"] and not {"-h", "--help"} & set(args):
        return _test(args[1:])
    options = parser.parse_args(args)
    try:
        code = int(options.run(options, say))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Who read the output has seen enough, `head` for one.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ScenarioError as error:
        for problem in error.problems:
            print(render(problem, say))
        return _failed(error, say, 1)
    except UsageError as error:
        return _failed(error, say, 2)
    except GameError as error:
        return _failed(error, say, 1)
    except (KeyboardInterrupt, EOFError):
        print()
        return 130


def _failed(error: GameError, say: Say, code: int) -> int:
    print(say(error.key, **error.values), file=sys.stderr)
    return code


def _language_in(args: Sequence[str]) -> str:
    """--lang before anything is parsed, so that help and errors speak it too."""
    for k, word in enumerate(args):
        value = (
            word.partition("=")[2]
            if word.startswith("--lang=")
            else args[k + 1]
            if word == "--lang" and k + 1 < len(args)
            else ""
        )
        if value in LANGUAGES:
            return value
    return preferred_language()


def _parser(say: Say) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=LANGUAGES, help=say("help.lang"))
    parser = argparse.ArgumentParser(prog="run.py", description=say("help.about"), parents=[common])
    parser.set_defaults(run=_play, scenario=None, seed=None, text=False, by=None, out=None, name="", after=None)
    verbs = parser.add_subparsers(title=say("help.verbs"))
    play = verbs.add_parser("play", help=say("help.play"), description=say("help.play"), parents=[common])
    play.add_argument("scenario", nargs="?", help=say("help.scenario"))
    play.add_argument("--seed", type=int, help=say("help.seed"))
    play.add_argument("--after", type=Path, metavar="FILE", help=say("help.after"))
    play.add_argument("--name", type=name_given, default="", help=say("help.name"))
    play.add_argument("--text", action="store_true", help=say("help.text"))
    play.add_argument("--by", choices=BY, help=say("help.by"))
    play.add_argument("--out", type=Path, metavar="DIR", help=say("help.out"))
    play.set_defaults(run=_play)
    check = verbs.add_parser("check", help=say("help.check"), description=say("help.check"), parents=[common])
    check.add_argument("path", help=say("help.path"))
    check.add_argument("--plays", type=int, default=0, metavar="N", help=say("help.check_plays"))
    check.add_argument("--format", choices=("text", "json"), default="text", help=say("help.format"))
    check.set_defaults(run=_check)
    again = verbs.add_parser("replay", help=say("help.replay"), description=say("help.replay"), parents=[common])
    again.add_argument("file", type=Path, help=say("help.file"))
    again.set_defaults(run=_replay)
    report = verbs.add_parser("report", help=say("help.report"), description=say("help.report"), parents=[common])
    report.add_argument("file", type=Path, help=say("help.file"))
    report.add_argument("--out", type=Path, metavar="DIR", help=say("help.out_report"))
    report.add_argument("--anonymous", action="store_true", help=say("help.anonymous"))
    report.set_defaults(run=_report)
    mass_verbs(verbs, say, common)
    verbs.add_parser("test", help=say("help.test"), description=say("help.test"), parents=[common])
    return parser


def name_given(text: str) -> str:
    """A name as records take it."""
    return " ".join(text.split())[:LONGEST_NAME]


# ---- play
def _play(options: argparse.Namespace, say: Say) -> int:
    if options.seed is not None and not 0 <= options.seed < 1 << 62:
        raise UsageError("error.seed")
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if options.by or not (options.text or _has_screen() or terminal):
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
    from game.session.session import Session
    from game.session.shelf import Shelf
    from game.window.window import run_window

    saves = _saves_or_none()
    shelf = Shelf(SCENARIOS, saves, options.seed, judging=True)
    folder = options.out or user_data() / "records"

    def put(play: Session) -> tuple[list[Path], str]:
        try:
            found = play.judge()
            judged = (play.companion.case, found) if play.companion and found else None
            if judged:
                keep_play(judged[0], play.playing, judged[1])
            return put_deal(play.ready, play.watched, folder, say.language, judged, play.playing.who), ""
        except StorageError as error:
            return [], say(error.key, **error.values)

    start = shelf.begin(Path(options.scenario).name) if options.scenario and find(options.scenario, SCENARIOS) else None
    if start and options.after:
        ready, finished = read_play(options.after, {})
        start = shelf.begin_after(start.ready.name, Session(ready, finished))
    try:
        run_window(shelf, say.language, user_data(), put, start, options.lang is not None, options.name)
    finally:
        shelf.close()
        if saves:
            saves.close()
    return 0


def _saves_or_none() -> Saves | None:
    """The store; a disk that will not have it is no reason not to play."""
    try:
        return Saves(user_data())
    except StorageError:
        return None


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
    _print_result(ready, playing, say)
    for path in files:
        print(say("con.record" if path.name.endswith(".play.json") else "con.report", path=path))
    return 0


def policy_of(name: str, ready: Ready, folder: Path) -> Policy:
    """A policy by its name on the command line."""
    return par_policy(ready.compiled, folder / "par.json") if name == "par" else POLICIES[name]


def _first_scenario() -> str:
    known = names(SCENARIOS)
    if not known:
        raise UsageError("error.no_scenario", name="—", known="—")
    return known[0]


def _print_result(ready: Ready, playing: Playing, say: Say) -> None:
    result = playing.result()
    ending = ready.scenario.endings[result["ending"]]
    print(
        say(
            "con.ending",
            kind=say(f"kind.{ending.kind}"),
            reason=ready.texts.get(f"endings.{result['ending']}.reason", say.language),
        )
    )
    money = say("money", amount=f"{result['payoff']:,}", unit=ready.texts.get("deal.unit", say.language))
    weeks = min(result["week"], ready.scenario.deal.weeks)
    print(
        say(
            "con.result",
            points=result["points"],
            line=ready.scenario.deal.pass_,
            payoff=money,
            weeks=weeks,
            decisions=result["decisions"],
        )
    )


def _play_text(options: argparse.Namespace, say: Say) -> int:
    """A deal at the terminal: an unfinished one is offered first."""
    saves = Saves(user_data())
    try:
        ready, playing, deal = _resumed(options, say, saves) or _new_deal(options, say, saves)
        console = Console(ready, playing, say.language, input, print, saves, deal)
        if console.play():
            _debrief_text(ready, playing, console, options.out or user_data() / "records")
    finally:
        saves.close()
    return 0


def _debrief_text(ready: Ready, playing: Playing, console: Console, folder: Path) -> None:
    """Judge a deal that is over, tell the debrief and write its files."""
    say = console.say
    stem = stem_of(playing.who, ready.name, playing.seed)
    print(say("con.record", path=write_record(playing, folder, stem)))
    print(say("debrief.starting" if not is_kept(user_cache() / "compiled", ready.scenario.size) else "debrief.title"))
    case = case_of(ready, SCENARIOS / ready.name)
    judged = judged_play(case, playing, progress_bar(say))
    watched = Watched(playing, belief_of(ready.compiled.tables, ready.scenario.size))
    _, reviews = told(ready, watched, (case, judged), [say.language])
    for line in debrief_lines(reviews[say.language], say):
        console.out(line)
    for path in put_report(ready, watched, folder, stem, say.language, (case, judged), playing.who):
        print(say("con.report", path=path))


def _resumed(options: argparse.Namespace, say: Say, saves: Saves) -> tuple[Ready, Playing, int] | None:
    if options.seed is not None or options.after:
        return None
    for saved in saves.open_deals():
        if options.scenario and saved.scenario != Path(options.scenario).name:
            continue
        try:
            ready = load_ready(find(saved.scenario, SCENARIOS), SCENARIOS)
            playing = saves.load(saved.id, ready.compiled)
        except (RecordError, ScenarioError, UsageError):
            print(say("con.resume_broken"))
            saves.give_up(saved.id)
            continue
        title = ready.texts.get("title", say.language)
        if input(say("con.resume", title=title, week=playing.result()["week"])).strip().lower() != "n":
            return replace(ready, compiled=playing.compiled), playing, saved.id
        saves.give_up(saved.id)
    return None


def _opened(ready: Ready, record: Path | None) -> Ready:
    """The scenario as it starts after the deal of this record; as it is where there is none."""
    if record is None:
        return ready
    _, finished = read_play(record, {})
    return replace(ready, compiled=goes_on(ready.compiled, finished))


def _new_deal(options: argparse.Namespace, say: Say, saves: Saves) -> tuple[Ready, Playing, int]:
    ready = _opened(load_ready(find(options.scenario or _choose(say), SCENARIOS), SCENARIOS), options.after)
    playing = start_playing(ready.compiled, options.seed if options.seed is not None else secrets.randbelow(1 << 31))
    if options.name:
        playing.say({"kind": "name", "text": options.name})
    return ready, playing, saves.begin(playing)


def _choose(say: Say) -> str:
    """Ask which scenario; the only one is not asked about."""
    known = names(SCENARIOS)
    if len(known) < 2:
        return _first_scenario()
    print(say("con.scenarios"))
    for n, name in enumerate(known, 1):
        found = load(SCENARIOS / name, SCENARIOS)
        if found.scenario and found.texts:
            market = say(f"market.{found.scenario.market}")
            low, high = found.scenario.minutes
            print(say("con.scenario", n=n, title=found.texts.get("title", say.language), market=market, low=low, high=high))
            print(say("con.scenario_more", summary=found.texts.get("summary", say.language)))
    answer = input(say("con.choose")).strip()
    return known[int(answer) - 1] if answer.isdecimal() and 1 <= int(answer) <= len(known) else known[0]


# ---- check, replay, test
def _check(options: argparse.Namespace, say: Say) -> int:
    folder = find(options.path, SCENARIOS)
    found = load(folder, SCENARIOS)
    if found.compiled:
        found.problems += reference_problems(found.name, found.compiled, folder)
    if options.lang is None and isinstance(found.source.data, dict) and found.source.data.get("language") in LANGUAGES:
        say = Say(found.source.data["language"])
    wrong = errors(found.problems)
    if options.format == "json":
        print(json.dumps([as_json(p, say) for p in found.problems], ensure_ascii=False, indent=1))
    else:
        for problem in found.problems:
            print(render(problem, say))
        for line in played_findings(options.path, options.plays, say) if options.plays > 1 and not wrong else []:
            print(line)
        print(
            say(
                "check.bad" if wrong else "check.good",
                name=found.name,
                errors=len(wrong),
                others=len(found.problems) - len(wrong),
            )
        )
    return 1 if wrong else 0


def _replay(options: argparse.Namespace, say: Say) -> int:
    ready, playing = read_play(options.file, {})
    print(say("replay.good", decisions=len(playing.decisions)))
    if playing.over:
        _print_result(ready, playing, say)
    return 0


def _report(options: argparse.Namespace, say: Say) -> int:
    """A record as a report, or a folder of records as a class report."""
    if options.file.is_dir():
        return _report_class(options, say)
    ready, playing = read_play(options.file, {})
    if not playing.over:
        raise UsageError("error.unfinished", name=str(options.file))
    case = case_of(ready, SCENARIOS / ready.name)
    judged = judged_play(case, playing, progress_bar(say))
    _print_result(ready, playing, say)
    watched = Watched(playing, belief_of(ready.compiled.tables, ready.scenario.size))
    stem = options.file.name.removesuffix(".json").removesuffix(".play")
    out, when = options.out or options.file.parent, when_of(options.file)[:10]
    for path in put_report(ready, watched, out, stem, say.language, (case, judged), name_of(playing, options.file), when):
        print(say("con.report", path=path))
    return 0


def _report_class(options: argparse.Namespace, say: Say) -> int:
    """Every scenario of a folder gets files of its own."""
    out = options.out or options.file
    gathered = gather(options.file)
    for refused in gathered.refused:
        print(f"{refused.file}: {say(refused.key, **refused.values)}", file=sys.stderr)
    if not gathered.found:
        raise UsageError("error.no_records", name=str(options.file))
    generated = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    for name, found in sorted(gathered.found.items()):
        ready = gathered.groups[name]
        judged = judged_all(case_of(ready, SCENARIOS / ready.name), [f.playing for f in found], progress_bar(say))
        codes = [f"T{k:03}" for k in range(1, len(found) + 1)]
        labels = codes if options.anonymous else [f.name for f in found]
        entries = [Entry(label, f.playing, j, f.when) for label, f, j in zip(labels, found, judged, strict=True)]
        left_out = [] if options.anonymous else gathered.refused
        files = put_class(ready, entries, left_out, out, say.language, generated, name)
        if options.anonymous:
            files.append(put_names([(c, f.name) for c, f in zip(codes, found, strict=True)], out / f"names-{name}.csv"))
        title = ready.texts.get("title", say.language)
        print(say("class.done", scenario=title, n=len(found), bad=len(gathered.refused)))
        for path in files:
            print(say("con.report", path=path))
    return 0


def _test(args: Sequence[str]) -> int:
    """Lint, types, architecture, then the tests; all are run, the worst counts."""
    lint = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    commands = [[sys.executable, "-m", "ruff", "check", "."], [sys.executable, "-m", "mypy"], [sys.executable, "-c", lint]]
    if args:
        commands = []
    commands.append([sys.executable, "-m", "pytest", *args])
    worst = 0
    for command in commands:
        worst = max(worst, abs(subprocess.run(command, cwd=ROOT, check=False).returncode))
    return 1 if worst else 0
