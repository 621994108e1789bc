from __future__ import annotations

import pytest

from game.i18n import Say
from game.paths import ROOT
from game.scenario.examples import examples
from game.scenario.load import load
from game.scenario.problems import errors
from game.scenario.reference import MORE, example_deal, field_key, models, pages
from game.scenario.shape import fields_of

WORDS = [(model.__name__, word) for model in models() for word, _ in fields_of(model)]


def test_every_field_is_described_in_both_languages() -> None:
    said = {language: Say(language) for language in ("zh", "en")}
    assert not [(*word, language) for word in WORDS for language, say in said.items() if not say.has(field_key(*word))]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_has_an_example_that_stands_in_a_deal_one_can_play(language: str) -> None:
    folder = ROOT / "docs" / "example" / language
    found = load(folder, folder.parent)
    assert found.compiled and not errors(found.problems)
    shown = examples([example_deal(language)])
    assert {".".join(word) for word in WORDS if word not in shown} == set(MORE)


def test_the_pages_in_docs_are_the_generated_ones() -> None:
    """To renew them: python -c "from tests.scenario.test_reference import write; write()"."""
    for name, text in pages().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, name


def write() -> None:
    for name, text in pages().items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8", newline="\n")
