"""The schema that editors use: it is the present one, takes the shipped files as they are, and refuses what is plainly wrong."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

from game.paths import SCENARIOS, SCHEMA
from game.scenario.json_schema import scenario_schema, written_schema
from game.scenario.source import read_text
from tests.scenario.slips import EN


@pytest.fixture(scope="module")
def check() -> Any:
    return fastjsonschema.compile(scenario_schema())


def as_an_editor_reads(value: Any) -> Any:
    """As YAML 1.2 has it: 380_000 is text, 0.5 a number."""
    if isinstance(value, dict):
        return {key: as_an_editor_reads(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_an_editor_reads(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value


FILES = sorted(
    path
    for path in (*SCENARIOS.glob("*/scenario.yaml"), *SCENARIOS.glob("library/*.yaml"), EN / "scenario.yaml")
    if not path.stem.endswith((".en", ".zh"))
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_takes_the_shipped_files(path: Path, check: Any) -> None:
    check(as_an_editor_reads(read_text(path.read_text(encoding="utf-8"), "x").data))


def test_the_file_beside_the_scenarios_is_the_present_one() -> None:
    """If not: python run.py schema."""
    assert SCHEMA.read_text(encoding="utf-8") == written_schema()


def test_every_shipped_scenario_names_it() -> None:
    for path in SCENARIOS.glob("*/scenario.yaml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first == "# yaml-language-server: $schema=../../assets/scenario.schema.json"
        assert (path.parent / first.partition("=")[2]).resolve() == SCHEMA


@pytest.mark.parametrize(
    "text",
    [
        "market: slow\n",
        "actions: {visit: {nmae: x}}\n",
        "deal: {weeks: soon}\n",
        "facts: {a: {prior: 0.6}}\n",
        "actions: {visit: {with: {level: high}}}\n",
        "rivals: {r: {style: cheap}}\n",
        "stage: P0\n",
    ],
)
def test_what_is_plainly_wrong_is_refused(text: str, check: Any) -> None:
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        check(as_an_editor_reads(read_text(text, "x").data))


def test_every_key_is_explained_in_both_languages() -> None:
    definitions = json.loads(written_schema())["definitions"]
    for name, model in definitions.items():
        for key, value in model["properties"].items():
            assert " / " in value["description"], (name, key)
