"""The verbs `replay` and `report`: records verified, judged and put on paper."""

from __future__ import annotations

import argparse
import contextlib
import os
from datetime import datetime

from game.belief.watched import Watched, belief_of
from game.cli.shown import print_result, progress_bar, show, shown_files, waiting_for_code
from game.debrief.entries import Entry
from game.debrief.story import Seen, Shown
from game.engine import jit
from game.errors import GameError, UsageError
from game.i18n import Say
from game.judging.cache import Kept, judged_all, judged_play, keep_play
from game.judging.workers import Case, case_of, judge_of
from game.paths import SCENARIOS, code_folder
from game.play.playing import Playing
from game.report.read import gather, name_of, read_play, when_of
from game.report.signing import read_public
from game.report.write import put_class, put_names, put_report
from game.scenario.files import is_folder
from game.scenario.load import Ready, load_ready, names
from game.scenario.records import code_size


def run_replay(options: argparse.Namespace, say: Say) -> int:
    host = read_public(options.key) if options.key else ""
    ready, playing = read_play(options.file, {}, host)
    if host:
        show(say("replay.signed"))
    show(say("replay.good", decisions=len(playing.decisions)))
    if playing.over:
        print_result(ready, playing, say)
    return 0


def run_warm(options: argparse.Namespace, say: Say) -> int:
    """Make the machine code judging needs, one size class after the other, out of the way."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    made: set[str] = set()
    for name in names(SCENARIOS) if jit.available() else ():
        with contextlib.suppress(GameError):
            ready = load_ready(SCENARIOS / name, SCENARIOS)
            if (size := code_size(ready.scenario.size)) not in made:
                made.add(size)
                judge_of(case_of(ready, SCENARIOS / name), 0, code_folder())
    return 0


def seen_of(ready: Ready, case: Case, playing: Playing, kept: Kept) -> Seen:
    """The play with the odds that were shown: those kept with the judgement, else found anew, once."""
    if kept.shown is not None:
        return Shown(playing, kept.shown)
    watched = Watched(playing, belief_of(ready.compiled.tables, ready.scenario.size))
    keep_play(case, playing, kept.judgement, watched.shown)
    return watched


def run_report(options: argparse.Namespace, say: Say) -> int:
    """A record as a report, or a folder of records as a class report."""
    if is_folder(options.file):
        return _report_class(options, say)
    ready, playing = read_play(options.file, {})
    if not playing.over:
        raise UsageError("error.unfinished", name=str(options.file))
    case = case_of(ready, SCENARIOS / ready.name)
    kept = judged_play(case, playing, progress_bar(say), while_judging=waiting_for_code(ready.scenario.size, say))
    judged = kept.judgement
    print_result(ready, playing, say)
    watched = seen_of(ready, case, playing, kept)
    stem = options.file.name.removesuffix(".json").removesuffix(".play")
    out, when = options.out or options.file.parent, when_of(options.file)[:10]
    who = name_of(playing, options.file)
    shown_files(put_report(ready, watched, out, stem, say.language, (case, judged), who, when), say)
    return 0


def _report_class(options: argparse.Namespace, say: Say) -> int:
    """Every scenario of a folder gets files of its own."""
    out = options.out or options.file
    gathered = gather(options.file, host=read_public(options.key) if options.key else "")
    for refused in gathered.refused:
        show(f"{refused.file}: {say(refused.key, **refused.values)}", error=True)
    if not gathered.found:
        raise UsageError("error.no_records", name=str(options.file))
    generated = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    for name, found in sorted(gathered.found.items()):
        ready = gathered.groups[name]
        case, waiting = case_of(ready, SCENARIOS / ready.name), waiting_for_code(ready.scenario.size, say)
        judged = judged_all(case, [f.playing for f in found], progress_bar(say), while_judging=waiting)
        codes = [f"T{k:03}" for k in range(1, len(found) + 1)]
        labels = codes if options.anonymous else [f.name for f in found]
        entries = [Entry(label, f.playing, j, f.when) for label, f, j in zip(labels, found, judged, strict=True)]
        left_out = [] if options.anonymous else gathered.refused
        files = put_class(ready, entries, left_out, out, say.language, generated, name, options.seed)
        if options.anonymous:
            files.append(put_names([(c, f.name) for c, f in zip(codes, found, strict=True)], out / f"names-{name}.csv"))
        title = ready.texts.get("title", say.language)
        show(say("class.done", scenario=title, n=len(found), bad=len(gathered.refused)))
        shown_files(files, say)
    return 0
