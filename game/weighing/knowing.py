"""What it is worth to know a fact: the reference told of it in the first week, against the reference as it is."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

from game.policies.par import player_named
from game.policies.processes import Progress
from game.policies.simulation import simulation_of
from game.scenario.load import Ready
from game.scenario.tables import CERTAIN, FALSE, ONE, TRUE, VERIFY, Tables
from game.statistics import Data
from game.weighing.compare import block_numbers, difference

WORTH_KNOWING = 0.3
"""Points below which a fact is not worth finding out."""


def knowing(tables: Tables, fact: int) -> Tables:
    """The tables with one event more: at the end of the first week the fact is proved or refuted."""
    t = copy.copy(tables)
    for name, value in vars(tables).items():
        if isinstance(value, list):
            setattr(t, name, list(value))
    always = len(t.form_c)
    t.form_c.append(100 * ONE)
    t.form_off.append(t.form_off[-1])
    t.form_mid.append(t.form_off[-1])
    branch = len(t.branch_share)
    t.branch_share.append(0)
    t.branch_told.append(1)
    t.branch_effect.append(t.branch_effect[-1])
    t.branch_read.append(t.branch_read[-1] + 1)
    for row, value in ((t.read_kind, VERIFY), (t.read_what, fact), (t.read_sure, CERTAIN)):
        row.append(value)
    for row, value in ((t.roll_odds, always), (t.roll_lo, CERTAIN), (t.roll_hi, CERTAIN)):
        row.append(value)
    t.roll_branch.append(branch)
    t.roll_end.append(branch + 1)
    t.event_cond.append(TRUE)
    t.event_guard.append(FALSE)
    t.event_roll.append(len(t.roll_odds) - 1)
    t.event_times.append(1)
    t.n_event += 1
    return t


def facts_worth(ready: Ready, folder: Path, plays: int, progress: Progress | None = None) -> dict[str, Data]:
    """Of every fact: the points that knowing it from the first week on brings the reference."""
    deal, best = simulation_of(ready), ready.compiled.best
    player = player_named(ready.compiled, "par", folder)
    base = block_numbers(deal, best, player, plays)
    found = {}
    for k, name in enumerate(ready.compiled.ids.facts):
        told = replace(deal, tables=knowing(ready.compiled.tables, k))
        found[name] = difference(base, block_numbers(told, best, player, plays))["points"]
        if progress:
            progress(k + 1, len(ready.compiled.ids.facts))
    return found
