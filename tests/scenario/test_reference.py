from __future__ import annotations

from game.i18n import Say
from game.paths import ROOT
from game.scenario.reference import field_key, models, pages


def test_every_field_is_described_in_both_languages() -> None:
    missing = [
        f"{model.__name__}.{info.alias or name}"
        for model in models()
        for name, info in model.model_fields.items()
        for language in ("zh", "en")
        if not Say(language).has(field_key(model.__name__, info.alias or name))
    ]
    assert not missing


def test_the_pages_in_docs_are_the_generated_ones() -> None:
    """To renew them: python -c "from tests.scenario.test_reference import write; write()"."""
    for name, text in pages().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, name


def write() -> None:
    for name, text in pages().items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8", newline="\n")
