"""`run.py test`: everything that must hold, or in under a minute what breaks most easily."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from game.paths import ROOT

LINT = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
CHECKS: tuple[tuple[str, ...], ...] = (
    ("-m", "ruff", "check", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy"),
    ("-c", LINT),
)
WORKERS = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal")
"""One more than processors: some tests wait for other programs."""
QUICK = "--quick"
QUICKLY = (
    "tests/scenario",
    "tests/engine",
    "tests/play",
    "tests/test_texts.py",
    "tests/test_doors.py",
    "tests/test_house.py",
)
"""The language, the laws over generated deals (fewer of them), and one deal told at every door."""
AT_LENGTH = (
    "tests/scenario/test_bounds.py",
    "tests/scenario/test_budget.py",
    "tests/scenario/test_mutated.py",
    "tests/scenario/test_numbers.py",
    "tests/scenario/test_procurement.py",
    "tests/engine/test_machine_code.py",
)
"""What of these goes through hundreds of files, and is left to the whole test."""


def run_tests(args: Sequence[str]) -> int:
    """Lint, types, architecture, and the tests; all are run, the worst counts, and what was skipped is listed at the end.

    With `--quick` a part of the tests and no lint; with other words only pytest, which reads them.
    """
    env = dict(os.environ)
    checks: list[subprocess.Popen[str]] = []
    if QUICK in args:
        env.setdefault("BIG_ACCOUNT_DEALS", "50")
        left_out = [f"--ignore={path}" for path in AT_LENGTH]
        words: tuple[str, ...] = ("-q", *WORKERS, *QUICKLY, *left_out, *(word for word in args if word != QUICK))
    elif args:
        words = tuple(args)
    else:
        checks, words = [_beside(check, env) for check in CHECKS], ("-q", "-rs", *WORKERS)
    tests = subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT, env=env, check=False).returncode
    return 1 if any([tests, *(_told(check) for check in checks)]) else 0


def _beside(words: Sequence[str], env: Mapping[str, str]) -> subprocess.Popen[str]:
    """Begin a check beside the tests."""
    command = [sys.executable, *words]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _told(check: subprocess.Popen[str]) -> int:
    """What it said, and how it ended."""
    said, _ = check.communicate()
    print(said, end="", flush=True)
    return check.returncode
