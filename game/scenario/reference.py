"""The reference of the language, generated: a table per model from the models themselves, and the list of names and codes.

What a field means stands in assets/text/reference.{zh,en}.yaml under `field.Model.name`, or `field.any.name` where it means
the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game.i18n import Say, texts
from game.paths import ROOT
from game.scenario.examples import examples
from game.scenario.files import FILE
from game.scenario.kinds import percent_written
from game.scenario.library_reference import library_pages
from game.scenario.schema import Scenario
from game.scenario.shape import fields_of
from game.scenario.source import Source, read_file
from game.scenario.tables import CERTAIN

DERIVED = (
    "stage",
    "week",
    "weeks_left",
    "freed",
    "phase",
    "step",
    "money",
    "spent",
    "debt",
    "false_claims",
    "won",
    "lost",
    "undecided",
    "phase_weeks",
    "tender.closes",
    "tender.open",
    "tender.left",
    "award_week",
    "award_stage",
    "withdrawn",
    "phase_gap",
    "support",
    "support.LEVEL",
    "coverage",
    "coverage.PERSON",
    "claims",
    "knows.FACT",
    "heard.FACT",
    "denied.FACT",
    "refuted.FACT",
    "truth.FACT",
    "said.WORD",
    "promised.PROMISE",
    "criterion.CRITERION",
    "issue.ISSUE",
    "patience",
    "conceded",
    "their_gain",
    "intel.RIVAL",
    "uses.MEMBER",
    "tired.MEMBER",
    "held.STRATEGY",
    "bend.FAMILY",
    "carried",
    "positions",
    "bone.BONE",
    "foreseen",
    "scene.SCENE",
    "answered.SCENE",
    "inject.INJECT",
    "oversold",
    "PERSON.rapport",
    "PERSON.met",
    "PERSON.found",
    "PERSON.here",
    "PERSON.wins",
    "PERSON.power",
    "PERSON.coverage",
    "PERSON.level",
    "PERSON.stance",
    "PERSON.honest",
    "RIVAL.CRITERION",
    "net.RIVAL",
    "net.RIVAL.PERSON",
    "target.…",
    "knot",
)
HIDDEN = (
    "support",
    "support.LEVEL",
    "truth.FACT",
    "their_gain",
    "PERSON.stance",
    "RIVAL.CRITERION",
    "net.RIVAL",
    "net.RIVAL.PERSON",
)


FINDINGS = (
    "no_actions",
    "no_endings",
    "no_events",
    "no_facts",
    "no_gates",
    "no_moves",
    "dominated",
    "breach_pays",
    "never_worth",
    "probe_pays",
    "never_best",
    "always_best",
    "one_choice",
    "parting",
    "idle_system",
    "idle_fact",
    "misled",
    "stuck",
    "no_bid",
    "early_award",
    "behind",
)
"""What `balance` and `check --plays` may find, by the codes that they print."""


def models() -> list[type[BaseModel]]:
    """Every model of the language, Scenario first, each after the one that uses it."""
    found: list[type[BaseModel]] = []

    def visit(model: type[BaseModel]) -> None:
        if model not in found:
            found.append(model)
            for info in model.model_fields.values():
                for inner in _models_in(info.annotation):
                    visit(inner)

    visit(Scenario)
    return found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for arg in get_args(annotation):
        yield from _models_in(arg)


def field_key(model: str, field: str, language: str = "zh") -> str:
    """The text key of a field's description."""
    own = f"field.{model}.{field}"
    return own if own in texts(language) else f"field.any.{field}"


def _options(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(a) for a in get_args(annotation)]
    return [o for arg in get_args(annotation) for o in _options(arg)]


def _default(info: FieldInfo, say: Say) -> str:
    if info.is_required():
        return say("ref.required")
    value = info.default
    if type(value) is int and any(getattr(m, "func", None) is percent_written for m in info.metadata):
        value = f"{Decimal(value) / 100:f}%"
    if isinstance(value, dict) and value:
        value = ", ".join(f"{k}: {Decimal(share) / 100:f}%" if share != CERTAIN else f"{k}" for k, share in value.items())
    return "" if value is None or value in ([], {}) or isinstance(value, BaseModel) else f"`{value}`"


MORE = {
    "Scenario.use": "use: [library/solution]",
    "Start.after": "after: {smart-factory: {done: {stage: P1, phase: acknowledge, then: {debt: 5}}}}",
    "Opening.stage": "stage: P1",
    "Opening.phase": "phase: acknowledge",
    "Opening.then": "then: {debt: 5}",
}
"""Examples of words that need another file."""


def example_deal(language: str) -> Source:
    """The deal in which every word of the language stands once."""
    return read_file(ROOT / "docs" / "example" / language / FILE, FILE)


def language_reference(say: Say) -> str:
    """The whole reference as Markdown."""
    lines = [f"# {say('ref.title')}", "", say("ref.intro"), ""]
    shown = examples([example_deal(say.language)])
    for model in models():
        lines += [
            f"## {model.__name__}",
            "",
            f"| {say('ref.key')} | {say('ref.default')} | {say('ref.meaning')} | {say('ref.example')} |",
            "|---|---|---|---|",
        ]
        for key, info in fields_of(model):
            options = _options(info.annotation)
            kinds = f" `{' | '.join(dict.fromkeys(options))}`".replace("|", "\\|") if options else ""
            example = (shown.get((model.__name__, key)) or MORE.get(f"{model.__name__}.{key}", "")).replace("|", "\\|")
            meaning = f"{say(field_key(model.__name__, key))}{kinds}"
            lines.append(f"| `{key}` | {_default(info, say)} | {meaning} | {f'`{example}`' if example else ''} |")
        lines.append("")
    lines += [f"## {say('ref.names')}", "", f"| {say('ref.name')} | {say('ref.seen')} | {say('ref.meaning')} |", "|---|---|---|"]
    for name in DERIVED:
        seen = say("ref.hidden" if name in HIDDEN else "ref.visible")
        lines.append(f"| `{name}` | {seen} | {say(f'name.{name}')} |")
    return "\n".join([*lines, ""])


def problem_reference(say: Say) -> str:
    """A section for each problem code."""
    lines = [f"# {say('ref.problems')}", ""]
    for key in sorted(k for k in texts(say.language) if re.fullmatch(r"problem\.[EW]\d{3}", k)):
        code = key.partition(".")[2]
        lines += [f"## {code}", "", texts(say.language)[key].replace("{maybe}", "").strip(), ""]
        hint = texts(say.language).get(f"hint.{code}")
        lines += [hint.replace("{{", "{").replace("}}", "}"), ""] if hint else []
    lines += [f"# {say('ref.findings')}", "", say("ref.findings_about"), ""]
    for code in FINDINGS:
        turn = texts(say.language).get(f"finding.turn.{code}")
        lines += [f"## {code}", "", texts(say.language)[f"finding.{code}"].strip(), "", *([turn, ""] if turn else [])]
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """File name in docs/ → text."""
    found = {}
    for language in ("zh", "en"):
        say = Say(language)
        found[f"language.{language}.md"] = language_reference(say)
        found[f"problems.{language}.md"] = problem_reference(say)
    return found | library_pages()
