"""Where a scenario's files are: found by name or by path, and never outside the folder they belong to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from game.errors import UsageError
from game.scenario.problems import nearest

FILE = "scenario.yaml"


@dataclass(frozen=True)
class Home:
    """Where a scenario lives; the links in the paths are followed, but for those in `asked`."""

    asked: Path
    folder: Path
    scenarios: Path
    """The shared folder, whose library any scenario may use."""
    root: Path
    """What none of the scenario's own files may lie outside of: the shared folder, or its own where it was asked for by a path
    elsewhere."""


def home_of(folder: Path, scenarios: Path) -> Home:
    """The home of the scenario in this folder."""
    shared, asked = followed(scenarios), Path(os.path.normpath(folder.absolute()))
    within = asked.is_relative_to(os.path.normpath(scenarios.absolute())) or followed(asked.parent).is_relative_to(shared)
    real = followed(folder)
    return Home(asked, real, shared, shared if within else real)


def followed(path: Path) -> Path:
    """The path with its links followed, as far as the system takes it."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):  # a name it cannot take, links that go round in a circle
        return path.absolute()


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path, its links followed, lies outside of a folder."""
    return not followed(path).is_relative_to(root)


def is_file(path: Path) -> bool:
    """Whether there is a plain file; no for a name that the system cannot even take."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder; no for a name that the system cannot even take."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def shown(path: Path) -> str:
    """How messages call a file: relative to where the user is, where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(path)


def find(name: str, scenarios: Path) -> Path:
    """The folder of a scenario given by name or by path; UsageError with the nearest name where there is none."""
    for path in (scenarios / name, Path(name)):
        if is_file(path / FILE):
            return path
        if path.name == FILE and is_file(path):
            return path.parent
    known = names(scenarios)
    near = nearest(name, known)
    raise UsageError(
        "error.no_scenario_near" if near else "error.no_scenario", name=name, near=near, known=", ".join(known) or "—"
    )


def names(scenarios: Path) -> list[str]:
    """The scenarios there are, by folder name."""
    return sorted(p.parent.name for p in scenarios.glob(f"*/{FILE}") if is_file(p)) if scenarios.is_dir() else []
