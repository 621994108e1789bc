"""The verbs that play many times: tune, balance, bench, and what `check --plays` adds."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from game.cli.authors import add_misses, author_data, author_findings, author_lines, happened_line, happening
from game.cli.shown import progress_bar, show
from game.errors import UsageError
from game.i18n import Say
from game.judging.workers import case_of
from game.paths import SCENARIOS
from game.policies.par import read_par, tuning
from game.policies.processes import Progress
from game.policies.simulation import simulation_of
from game.report.weighed import balance_html, whole
from game.report.write import put_page
from game.scenario.compiled import Compiled
from game.scenario.load import Loaded, find, load, load_ready
from game.scenario.problems import Place, Problem
from game.weighing.balance import FOUR, balance
from game.weighing.batches import workers
from game.weighing.bench import bench
from game.weighing.cache import keeping, ledger_of
from game.weighing.cluster import cluster
from game.weighing.compare import compare, systems
from game.weighing.knowing import WORTH_KNOWING, facts_worth
from game.weighing.survey import survey
from game.weighing.tune import search_par, write_par

BY = ("random", "cautious", "greedy", "par")
SYSTEM_PLAYERS = ("greedy", "par")
SYSTEM_PLAYS = 4_096
ESTIMATED_AT = 12
"""After so many steps of a search the rest takes about as long for each."""


def mass_verbs(verbs: Any, say: Say, common: argparse.ArgumentParser) -> None:
    """Add the verbs to the parser."""
    tune = verbs.add_parser("tune", help=say("help.tune"), description=say("help.tune"), parents=[common])
    tune.add_argument("scenario", help=say("help.scenario"))
    tune.add_argument("--go-on", action="store_true", help=say("help.go_on"))
    tune.add_argument("--seed", type=int, default=1, help=say("help.tune_seed"))
    tune.add_argument("--out", type=Path, metavar="FILE", help=say("help.out_par"))
    tune.set_defaults(run=_tune)
    weigh = verbs.add_parser("balance", help=say("help.balance"), description=say("help.balance"), parents=[common])
    weigh.add_argument("scenario", help=say("help.scenario"))
    weigh.add_argument("other", nargs="?", help=say("help.other"))
    weigh.add_argument("--plays", type=int, default=2_500, help=say("help.plays"))
    weigh.add_argument("--policy", choices=BY, help=say("help.policy"))
    weigh.add_argument("--survey", type=int, default=0, metavar="N", help=say("help.survey"))
    weigh.add_argument("--systems", action="store_true", help=say("help.systems"))
    weigh.add_argument("--facts", action="store_true", help=say("help.facts"))
    weigh.add_argument("--again", action="store_true", help=say("help.again"))
    weigh.add_argument("--cluster", metavar="ADDRESS", help=say("help.cluster"))
    weigh.add_argument("--format", choices=("text", "json", "html"), default="text", help=say("help.format_balance"))
    weigh.add_argument("--out", type=Path, metavar="FILE", help=say("help.out_balance"))
    weigh.set_defaults(run=_balance)
    speed = verbs.add_parser("bench", help=say("help.bench"), description=say("help.bench"), parents=[common])
    speed.add_argument("--format", choices=("text", "json"), default="text", help=say("help.format"))
    speed.set_defaults(run=_bench)


def _tune(options: argparse.Namespace, say: Say) -> int:
    """Search par's table and put it into the scenario's folder."""
    folder = find(options.scenario, SCENARIOS)
    ready = load_ready(folder, SCENARIOS)
    before = read_par(folder / "par.json") if options.go_on else None
    found = search_par(ready, options.seed, progress=with_estimate(progress_bar(say), say), before=before)
    path = options.out or folder / "par.json"
    write_par(found.par, path)
    points = f"{100 * found.payoff / ready.compiled.best:.1f}"
    unit = ready.texts.get("deal.unit", say.language)
    show(say("tune.done", path=path, payoff=f"{found.payoff:,.0f}", unit=unit, points=points))
    return 0


def with_estimate(bar: Progress, say: Say) -> Progress:
    """The bar, and once, where there is no terminal for one too, about how long it will take."""
    begun = time.monotonic()

    def step(done: int, many: int) -> None:
        if done == ESTIMATED_AT:
            minutes = max(1, round((time.monotonic() - begun) * many / done / 60))
            show(say("tune.takes", minutes=minutes), error=True)
        bar(done, many)

    return step


# ---- balance
def _balance(options: argparse.Namespace, say: Say) -> int:
    """Weigh a scenario by many plays, or two versions of it under the same dice."""
    if options.plays < 2:
        raise UsageError("error.plays")
    names = (options.policy,) if options.policy else FOUR
    if options.other:
        return _compare(options, names, say)
    found = weighed(options.scenario, options.plays, names, say, options.survey, options.cluster, options.again)
    if options.systems:
        folder = find(options.scenario, SCENARIOS)
        found["systems"] = systems(load_ready(folder, SCENARIOS), folder, SYSTEM_PLAYS, SYSTEM_PLAYERS, progress_bar(say))
        found["findings"] += idle_systems(found["systems"], found["file"], say)
    if options.facts:
        folder = find(options.scenario, SCENARIOS)
        found["facts"] = facts_worth(load_ready(folder, SCENARIOS), folder, SYSTEM_PLAYS, progress_bar(say))
        found["findings"] += idle_facts(found["facts"], load(folder, SCENARIOS), say)
    if options.format == "html":
        page = balance_html(found, say)
        path = options.out or Path(f"balance-{found['scenario']}.html")
        show(say("con.report", path=put_page(page, path)))
        return 0
    text = json.dumps(found, ensure_ascii=False, indent=1) if options.format == "json" else "\n".join(balance_lines(found, say))
    if options.out:
        show(say("con.report", path=put_page(text + "\n", options.out)))
    else:
        show(text)
    return 0


def weighed(
    name: str, plays: int, names: tuple[str, ...], say: Say, sampled: int = 0, address: str | None = None, again: bool = False
) -> dict[str, Any]:
    """The balance data of a scenario, its findings in words. Only what was not played before is played, unless `again`."""
    folder = find(name, SCENARIOS)
    ready, loaded = load_ready(folder, SCENARIOS), load(folder, SCENARIOS)
    found_survey = survey(case_of(ready, folder), sampled, progress=progress_bar(say)) if sampled else None
    deal = simulation_of(ready)
    ledger = ledger_of(deal)
    with keeping(ledger, cluster(deal, address) if address else workers(deal), again) as answer:
        found = balance(loaded, ready, folder, plays, names, progress=progress_bar(say), survey=found_survey, play=answer)
    if ledger.differing:
        show(say("mass.differs", count=ledger.differing), error=True)
    found["tuned"] = tuning(ready.compiled, folder) == "tuned"
    found["title"] = ready.texts.get("title", say.language)
    found["names"] = {a: ready.texts.get(f"actions.{a}.name", say.language) for a in ready.compiled.ids.actions}
    found["file"] = loaded.source.key_place(("title",)).file
    for finding in found["findings"]:
        values = {k: finding[k] for k in ("name", "plays") if k in finding}
        values["what"] = found["names"].get(finding["name"], finding["name"])
        values["stage"] = finding.get("stage", "")
        values["other"] = found["names"].get(finding.get("other", ""), "")
        finding["statement"] = say(f"finding.{finding['code']}", **values)
        if finding["proved"]:
            finding["statement"] += say("finding.proved")
    add_misses(found["findings"], ready, folder, say)
    found |= author_data(ready, folder)
    found["findings"] += author_findings(found, loaded, ready, say)
    found["author"] = author_lines(found, ready, say)
    found["happened_line"] = happened_line(found, ready, say)
    found["happening"] = {path: happening(path, ready, say) for path in found["happened"]}
    return found


def idle_systems(rows: dict[str, Any], file: str, say: Say) -> list[dict[str, Any]]:
    """Findings for the systems that change nothing beyond chance, for no policy."""
    found = []
    for name, by in rows.items():
        if not any(data["sure"] for data in by.values()):
            place = {"file": file, "line": 1, "column": 1}
            row = {"code": "idle_system", "place": place, "name": name, "plays": SYSTEM_PLAYS, "proved": False, "replay": None}
            found.append({**row, "statement": say("finding.idle_system", name=name, plays=SYSTEM_PLAYS)})
    return found


def idle_facts(rows: dict[str, Any], loaded: Loaded, say: Say) -> list[dict[str, Any]]:
    """Findings for the facts that are not worth finding out."""
    found = []
    for name, data in rows.items():
        if data["hi"] < WORTH_KNOWING:
            at = loaded.source.key_place(("facts", name))
            place = {"file": str(at.file), "line": at.line, "column": at.column}
            code = "misled" if data["hi"] < 0 else "idle_fact"
            row = {"code": code, "place": place, "name": name, "plays": SYSTEM_PLAYS, "proved": False, "replay": None}
            values = {"least": WORTH_KNOWING, "points": f"{data['mean']:+.1f}"}
            found.append({**row, "statement": say(f"finding.{code}", name=name, plays=SYSTEM_PLAYS, **values)})
    return found


def balance_lines(found: dict[str, Any], say: Say) -> list[str]:
    """The balance as text."""
    lines = [] if found.get("tuned", True) else [say("balance.untuned", name=found["scenario"])]
    course = {"coursebook": found["course"]["policy"]} if found["course"] else {}
    for name, p in (found["policies"] | course).items():
        win, points = p["win"], p["points"]
        shares = {k: f"{100 * win[k]:.1f}" for k in ("share", "lo", "hi")}
        numbers = {k: f"{points[k]:.1f}" for k in ("mean", "sd")}
        low, high = (f"{points[k]:.1f}" for k in ("lo", "hi"))
        lines.append(say("balance.policy", name=name, **shares, **numbers, low=low, high=high, **p["decisions"]))
    lines += [say("balance.probe", name=name, mean=f"{p['points']['mean']:.1f}") for name, p in found["probes"].items()]
    if found["skill_gap"]:
        gap = {k: f"{found['skill_gap'][k]:.1f}" for k in ("mean", "lo", "hi")}
        lines.append(say("balance.skill", **gap, luck=f"{100 * found['luck_share']:.0f}"))
    if found["course"]:
        lines += course_lines(found["course"], found["names"], say)
    for row in found["milestones"]:
        pooled = row["pooled"]
        share = whole(pooled)
        milestone = f"{100 * row['milestone']:.0f}"
        lines.append(say("balance.milestone", stage=row["stage"], milestone=milestone, share=share, n=pooled["n"]))
    for name, by in found.get("systems", {}).items():
        cells = say("list.semicolon").join(f"{p} {d['mean']:+.1f} ({d['lo']:+.1f} … {d['hi']:+.1f})" for p, d in by.items())
        lines.append(say("balance.system", name=name, cells=cells))
    for name, data in found.get("facts", {}).items():
        numbers = {k: f"{data[k]:+.1f}" for k in ("mean", "lo", "hi")}
        lines.append(say("balance.fact", name=name, **numbers))
    return [*lines, *found["author"], found["happened_line"], *finding_lines(found["findings"], say)]


def course_lines(course: dict[str, Any], names: dict[str, str], say: Say) -> list[str]:
    """Whether the deal pays for the method."""
    lines = [say("balance.book", behind=f"{course['behind']:+.1f}")]
    for row in course["steps"]:
        values = {k: signed(row[k]) for k in ("mean", "lo", "hi")}
        words = told_sure(row, say)
        worth = {name: signed(row["worth"][k]) for name, k in (("worth", "mean"), ("from", "lo"), ("to", "hi"))}
        values |= worth | {"sure": told_sure(row["worth"], say)}
        lines.append(
            say("balance.step", step=names.get(row["step"].partition(".")[0], ""), id=row["step"], words=words, **values)
        )
    for name in ("reference", "book"):
        how = course[name]
        shares = {k: whole(how[k]) for k in ("met_all", "coach", "in_step")}
        settled = "—" if how["settled"] is None else f"{how['settled']:.1f}"
        lines.append(say(f"balance.habits_{name}", n=how["wins"], settled=settled, facts=how["facts"], **shares))
    return lines


def told_sure(row: dict[str, Any], say: Say) -> str:
    """Whether a difference is beyond chance; one that shows as 0.0 is nothing to speak of."""
    return say("compare.sure" if row["sure"] and abs(row["mean"]) >= 0.05 else "compare.unsure")


def signed(points: float | None) -> str:
    """Points with their sign, or a dash where too few plays tell nothing."""
    return "—" if points is None else f"{points:+.1f}"


def finding_lines(findings: list[dict[str, Any]], say: Say) -> list[str]:
    """Findings with their place and what to turn, as `check` tells its problems."""
    lines = []
    for f in findings:
        at, replay = f["place"], f.get("replay")
        way = f"  [{' '.join(str(v) for v in replay.values())}]" if replay else ""
        lines.append(f"{at['file']}:{at['line']}:{at['column']}  {f['code']}  {f['statement']}{way}")
        if say.has(f"finding.turn.{f['code']}"):
            lines.append("       " + say("problem.hint", hint=say(f"finding.turn.{f['code']}")))
    return lines


def _compare(options: argparse.Namespace, names: tuple[str, ...], say: Say) -> int:
    """Two versions under the same dice."""
    pairs = [
        (load_ready(folder, SCENARIOS), folder) for folder in (find(n, SCENARIOS) for n in (options.scenario, options.other))
    ]
    found = compare(
        pairs[0], pairs[1], options.plays, names, progress_bar(say),
        lambda deal: keeping(ledger_of(deal), workers(deal), options.again),
    )  # fmt: skip
    if options.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for name, rows in found["policies"].items():
        for measure, data in rows.items():
            scale = 100 if measure == "won" else 1
            values = {k: f"{scale * data[k]:.1f}" for k in ("before", "after")}
            values |= {k: f"{scale * data[k]:+.1f}" for k in ("mean", "lo", "hi")}
            words = say("compare.sure" if data["sure"] else "compare.unsure")
            show(say("compare.row", name=name, measure=say(f"compare.{measure}"), words=words, **values))
    return 0


def reference_problems(name: str, compiled: Compiled, folder: Path, typed: str) -> list[Problem]:
    """What stands against judging by the folder's par: none yet, or one of other rules. `typed`: the scenario as it was named."""
    code = {"tuned": "", "old": "W501", "none": "W502"}[tuning(compiled, folder)]
    return [Problem(code, Place(f"{name}/par.json"), {"name": typed})] if code else []


def played_findings(name: str, plays: int, say: Say) -> list[str]:
    """What `check --plays N` adds to the proved problems."""
    found = weighed(name, plays, FOUR, say)
    return finding_lines([f for f in found["findings"] if not f["proved"]], say)


# ---- bench
def _bench(options: argparse.Namespace, say: Say) -> int:
    """Measure the rules' speed."""
    found = bench()
    if options.format == "json":
        print(json.dumps(found, indent=1))
        return 0
    for row in found["cases"]:
        slow = row["plain"]
        values = {k: f"{row[k]:,.0f}" if k in row else "—" for k in ("plays_per_cpu_s", "ns_per_decision", "peak_mb")}
        times = {k: f"{row[k]:.1f}" if k in row else "—" for k in ("compile_s", "load_s")}
        plain = {"plain": f"{slow['plays_per_cpu_s']:,.0f}", "step_ms": f"{slow['step_ms']:.2f}"}
        show(say("bench.case", name=row["scenario"], policy=row["policy"], **values, **times, **plain))
    for row in found["growth"]:
        show(say("bench.growth", name=row["scenario"], plays=f"{row['plays_per_cpu_s']:,.0f}", times=f"{row['times']:.2f}"))
    show(say("bench.special", plays=f"{found['special_loop']['plays_per_cpu_s']:,.0f}"))
    return 0
