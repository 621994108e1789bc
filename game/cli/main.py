"""The command line: parse, call, print. Exit codes: 0 all is well, 1 the work found errors, 2 the call was wrong."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from game.cli.checking import run_check, run_schema
from game.cli.host import host_verb
from game.cli.mapping import map_verb
from game.cli.new import new_verb
from game.cli.play import run_play
from game.cli.reports import run_replay, run_report, run_warm
from game.cli.shown import show
from game.cli.testing import run_tests
from game.cli.translating import texts_verb
from game.cli.upgrading import upgrade_verb
from game.cli.watching import watch_verb
from game.cli.weighing import BY, mass_verbs
from game.errors import GameError, ScenarioError, UsageError
from game.i18n import LANGUAGES, Say, preferred_language
from game.play.statements import LONGEST_NAME
from game.printable import printable
from game.scenario.problems import render


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    args = list(sys.argv[1:] if argv is None else argv)
    say = Say(_language_in(args))
    parser = _parser(say)
    # The tests' own options are not ours to read.
    if args[:1] == ["test"] and not {"-h", "--help"} & set(args):
        return run_tests(args[1:])
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
            show(render(problem, say))
        return _failed(error, say, 1)
    except UsageError as error:
        return _failed(error, say, 2)
    except GameError as error:
        return _failed(error, say, 1)
    except (KeyboardInterrupt, EOFError):
        print()
        return 130


def _failed(error: GameError, say: Say, code: int) -> int:
    show(say(error.key, **error.values), error=True)
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


class Parser(argparse.ArgumentParser):
    """Repeats what it was given only as far as a terminal takes it for text."""

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(printable(message), file)


def _parser(say: Say) -> argparse.ArgumentParser:
    common = Parser(add_help=False)
    common.add_argument("--lang", choices=LANGUAGES, help=say("help.lang"))
    parser = Parser(prog="run.py", description=say("help.about"), parents=[common])
    parser.set_defaults(
        run=run_play, scenario=None, seed=None, text=False, by=None, out=None, name="", after=None, at=None, along=None
    )
    verbs = parser.add_subparsers(title=say("help.verbs"))
    _play_verb(verbs, say, common)
    check = verbs.add_parser("check", help=say("help.check"), description=say("help.check"), parents=[common])
    check.add_argument("path", help=say("help.path"))
    check.add_argument("--plays", type=whole_number(say), default=0, metavar="N", help=say("help.check_plays"))
    check.add_argument("--format", choices=("text", "json"), default="text", help=say("help.format"))
    check.add_argument("--fix", action="store_true", help=say("help.fix"))
    check.set_defaults(run=run_check)
    schema = verbs.add_parser("schema", help=say("help.schema"), description=say("help.schema"), parents=[common])
    schema.add_argument("--out", type=Path, metavar="FILE", help=say("help.out_schema"))
    schema.set_defaults(run=run_schema)
    new_verb(verbs, say, common)
    texts_verb(verbs, say, common)
    map_verb(verbs, say, common)
    upgrade_verb(verbs, say, common)
    watch_verb(verbs, say, common)
    again = verbs.add_parser("replay", help=say("help.replay"), description=say("help.replay"), parents=[common])
    again.add_argument("file", type=Path, help=say("help.file"))
    again.add_argument("--key", metavar="KEY", help=say("help.key"))
    again.set_defaults(run=run_replay)
    report = verbs.add_parser("report", help=say("help.report"), description=say("help.report"), parents=[common])
    report.add_argument("file", type=Path, help=say("help.file"))
    report.add_argument("--out", type=Path, metavar="DIR", help=say("help.out_report"))
    report.add_argument("--seed", type=whole_number(say), help=say("help.report_seed"))
    report.add_argument("--key", metavar="KEY", help=say("help.key"))
    report.add_argument("--anonymous", action="store_true", help=say("help.anonymous"))
    report.set_defaults(run=run_report)
    host_verb(verbs, say, common, whole_number(say))
    mass_verbs(verbs, say, common)
    # What runs in the background from the first start on; nobody has to know it.
    warm = verbs.add_parser("warm", parents=[common])
    warm.set_defaults(run=run_warm)
    verbs.add_parser("test", help=say("help.test"), description=say("help.test"), parents=[common])
    return parser


def _play_verb(verbs: Any, say: Say, common: argparse.ArgumentParser) -> None:
    play = verbs.add_parser("play", help=say("help.play"), description=say("help.play"), parents=[common])
    play.add_argument("scenario", nargs="?", help=say("help.scenario"))
    play.add_argument("--seed", type=whole_number(say), help=say("help.seed"))
    play.add_argument("--after", type=Path, metavar="FILE", help=say("help.after"))
    play.add_argument("--from", dest="at", metavar="WEEK|STAGE", help=say("help.from"))
    play.add_argument("--along", metavar="ROUTE", help=say("help.along"))
    play.add_argument("--name", type=name_given(say), default="", help=say("help.name"))
    play.add_argument("--text", action="store_true", help=say("help.text"))
    play.add_argument("--by", choices=BY, help=say("help.by"))
    play.add_argument("--out", type=Path, metavar="DIR", help=say("help.out"))
    play.set_defaults(run=run_play)


def name_given(say: Say) -> Callable[[str], str]:
    """Reads a name as records take it; one in another encoding than the terminal's is refused in a sentence."""

    def read(text: str) -> str:
        if any("\ud800" <= c <= "\udfff" for c in text):
            raise argparse.ArgumentTypeError(say("error.name_bytes"))
        return " ".join(printable(text).split())[:LONGEST_NAME]

    return read


def whole_number(say: Say) -> Callable[[str], int]:
    """Reads a whole number; anything else, and what is longer than any seed, is refused in a sentence."""

    def read(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise argparse.ArgumentTypeError(say("error.whole_number", text=printable(text)[:20]))
        return int(text)

    return read
