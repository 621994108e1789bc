"""Reads a scenario's files and what they `use`, each once; later files go over earlier ones, key by key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from game.scenario.files import FILE, Home, is_file, leads_out, shown
from game.scenario.formats import renamed
from game.scenario.kept import Files
from game.scenario.overlay import overlay
from game.scenario.problems import MOST, Place, Problem, errors, nearest
from game.scenario.source import Budget, Source, read_text
from game.scenario.typo import NARROW, WIDE

MAX_FILES = 64
USE = re.compile(r"[\w\-]+(?:/[\w\-]+)*")
LANGUAGES = ("zh", "en")
Slip = tuple[str, dict[str, Any]]
"""A problem's code and the values of its sentence."""


class Reader:
    """Reads the files of one scenario within one budget."""

    def __init__(self, home: Home, budget: Budget, text: str | None = None, kept: Files | None = None) -> None:
        """`text` stands for the scenario's own file; `kept`: what was read before."""
        self.home, self.budget, self.text, self.kept = home, budget, text, kept or Files()
        self.files: list[Path] = []

    def whole(self) -> Source:
        """The scenario's file laid over all that it uses."""
        whole, path = Source(), self.home.folder / FILE
        if leads_out(path, self.home.root):
            linked = self.home.asked / FILE if leads_out(self.home.folder, self.home.root) else path
            whole.problems.append(link_problem(linked, self.home.root))
            return whole
        self.read(path, whole, ())
        if not errors(whole.problems) and not isinstance(whole.data, dict):
            whole.problems.append(whole.problem("E115", whole.place(())))
        return whole

    def read(self, path: Path, whole: Source, chain: tuple[Path, ...]) -> None:
        """Read one file after everything it uses, and lay it over what is there."""
        if path in self.files:
            return
        self.files.append(path)
        own = self.text is not None and path == self.home.folder / FILE
        part = self.kept.read(path, shown(path), self.budget) if not own else read_text(self.text or "", shown(path), self.budget)
        if own:
            renamed(part)
        whole.lines.update(part.lines)
        if path == self.home.folder / FILE and not part.problems:
            part.problems += part.silent(shown(path))
        whole.problems += part.problems
        if errors(part.problems):
            return
        if not isinstance(part.data, dict):
            whole.problems.append(part.problem("E115", part.place(())))
            return
        self.follow(part, path, whole, (*chain, path))
        overlay(whole, part)

    def follow(self, part: Source, path: Path, whole: Source, chain: tuple[Path, ...]) -> None:
        """Read all that a file uses, until nothing more may be read or enough is wrong."""
        uses = part.data.get("use") or []
        for k, use in enumerate(uses if isinstance(uses, list) else [uses]):
            if self.budget.spent or len(whole.problems) > MOST:
                return
            if slip := self.use(use, whole, chain):
                place = part.places.get(("use", k)) or part.place(("use",))
                whole.problems.append(part.problem(slip[0], place, **slip[1]))

    def use(self, use: Any, whole: Source, chain: tuple[Path, ...]) -> Slip | None:
        """Follow one `use`; the problem with it, if any."""
        if isinstance(use, str) and USE.fullmatch(use.translate(NARROW)) and (wide := next((c for c in use if c in WIDE), "")):
            return "E111", {"found": wide, "want": WIDE[wide]}
        if not isinstance(use, str) or not USE.fullmatch(use):
            return "E116", {"found": str(use)}
        homes = ((self.home.scenarios, self.home.scenarios), (self.home.folder, self.home.root))
        path, root = next(((base / f"{use}.yaml", root) for base, root in homes if is_file(base / f"{use}.yaml")), (None, None))
        if path is None or root is None:
            known = self.known()
            return "E117", {"found": use, "near": nearest(use, known), "known": ", ".join(known) or "—"}
        if leads_out(path, root):
            return "E122", {"name": shown(path), "root": shown(root)}
        if path in chain:
            return "E118", {"chain": " → ".join(map(shown, (*chain, path)))}
        if len(self.files) >= MAX_FILES:
            return "E119", {"most": MAX_FILES}
        self.read(path, whole, chain)
        return None

    def known(self) -> list[str]:
        """The files of the library, without their translations."""
        scenarios = self.home.scenarios
        found = (str(p.relative_to(scenarios).with_suffix("")) for p in (scenarios / "library").glob("*.yaml"))
        return sorted(k for k in found if USE.fullmatch(k) and not k.endswith(LANGUAGES))


def link_problem(path: Path, root: Path) -> Problem:
    """A link that leads out of its folder: nothing of it was read."""
    return Problem("E122", Place(shown(path)), {"name": shown(path), "root": shown(root)})
