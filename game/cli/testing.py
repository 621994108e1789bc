"""`run.py test`: everything that must hold, or in under a minute what breaks most easily."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from game.paths import ROOT

LINT = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
CHECKS = (("-m", "ruff", "check", "."), ("-m", "mypy"), ("-c", LINT))
WORKERS = ("-n", "auto", "--dist", "worksteal")
QUICK = "--quick"
QUICKLY = (
    "tests/scenario",
    "tests/engine",
    "tests/play",
    "tests/test_texts.py",
    "tests/test_doors.py",
)
"""The language, the laws over generated deals (fewer of them), and one deal told at every door."""


def run_tests(args: Sequence[str]) -> int:
    """Lint, types, architecture, then the tests; all are run, the worst counts, and what was skipped is listed at the end.

    With `--quick` a part of the tests and no lint; with other words only pytest, which reads them.
    """
    env = dict(os.environ)
    if QUICK in args:
        env.setdefault("BIG_ACCOUNT_DEALS", "100")
        commands = [("-m", "pytest", "-q", *WORKERS, *QUICKLY, *(word for word in args if word != QUICK))]
    elif args:
        commands = [("-m", "pytest", *args)]
    else:
        commands = [*CHECKS, ("-m", "pytest", "-q", "-rs", *WORKERS)]
    results = [subprocess.run([sys.executable, *words], cwd=ROOT, env=env, check=False).returncode for words in commands]
    return 1 if any(results) else 0
