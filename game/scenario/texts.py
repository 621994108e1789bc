"""A scenario's texts in both languages: the author's own, and the translations that stand beside its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game.scenario.expand import aliases
from game.scenario.files import FILE, is_file, leads_out, shown
from game.scenario.problems import Place, Problem, TextKey, enough, nearest
from game.scenario.reader import LANGUAGES, Reader, link_problem
from game.scenario.schema import Scenario
from game.scenario.source import Source
from game.scenario.stamps import read_stamps, stale_in
from game.scenario.textids import first_of, numbered, texts_of


@dataclass
class Texts:
    """A scenario's texts by id and language. A text that is missing in a language falls back to the author's."""

    language: str
    by_language: dict[str, dict[str, str]] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)

    def get(self, text_id: str, language: str) -> str:
        """The text of an id; '' where the scenario has none."""
        text_id = self.alias.get(text_id, text_id)
        own = self.by_language.get(self.language, {})
        return self.by_language.get(language, {}).get(text_id) or own.get(text_id) or ""

    def in_turn(self, text_id: str, language: str) -> list[str]:
        """The texts that take turns under an id, as many as the language has of them; at least one, '' where there is none."""
        text_id = self.alias.get(text_id, text_id)
        for texts in (self.by_language.get(language, {}), self.by_language.get(self.language, {})):
            found = [texts[text_id]] if texts.get(text_id) else []
            while found and (more := texts.get(f"{text_id}.{len(found) + 1}")):
                found.append(more)
            if found:
                return found
        return [""]

    def missing(self, language: str) -> list[str]:
        """Ids that have no text of their own in a language. Of texts that take turns one is enough."""
        have = self.by_language.get(language, {})
        return [i for i in self.by_language.get(self.language, {}) if first_of(i) not in have]


def read_texts(sc: Scenario, source: Source, reader: Reader) -> tuple[Texts, list[Problem]]:
    """Texts in the author's language, and in the other from the `en.yaml` beside each file; and what is wrong with them.

    A text that a file writes anew needs a translation of its own: that of the library's text says something else.
    """
    found = list(texts_of(sc))
    own = {".".join(path): text for path, text in found}
    written = {".".join(path): source.place(path).file for path, _ in found}
    texts, problems = Texts(sc.language, {sc.language: own}, dict(aliases(sc))), list[Problem]()
    foreign, wrong = _of_other_language(own, written, sc.language, reader)
    problems += wrong
    for language in (other for other in LANGUAGES if other != sc.language):
        into = texts.by_language[language] = {}
        for path in reversed(reader.files):  # the scenario's own texts go over the library's
            file = shown(path)
            for text_id in [k for k in into if written.get(first_of(k)) == file]:
                del into[text_id]
            beside = path.parent / (f"{language}.yaml" if path.name == FILE else f"{path.stem}.{language}.yaml")
            if not reader.budget.spent and (is_file(beside) or beside.is_symlink()):
                problems += _translation(beside, own, into, reader)
        into |= {text_id: text for text_id, text in foreign.items() if first_of(text_id) not in into}
        if absent := texts.missing(language):
            values = {"count": len(absent), "of": len(own), "language": language, "first": absent[0]}
            problems.append(Problem("W301", Place(shown(reader.home.folder / FILE)), values))
        if stale := stale_in(own, into, read_stamps(reader.home.folder, language)):
            values = {"count": len(stale), "language": language, "first": stale[0]}
            problems.append(Problem("W303", Place(shown(reader.home.folder / FILE)), values))
    return texts, problems


def _of_other_language(
    own: dict[str, str], written: dict[str, str], language: str, reader: Reader
) -> tuple[dict[str, str], list[Problem]]:
    """What a library in another language wrote gives way to its translation that stands beside it, in `own`; the texts as the
    library has them, which are that other language's, and what is wrong with the translations."""
    foreign, problems = dict[str, str](), list[Problem]()
    for path in reader.files:
        beside = path.parent / f"{path.stem}.{language}.yaml"
        if path.name == FILE or reader.budget.spent or not (is_file(beside) or beside.is_symlink()):
            continue
        ids, into = [i for i in own if written.get(first_of(i)) == shown(path)], dict[str, str]()
        problems += _translation(beside, own, into, reader)
        foreign |= {i: own[i] for i in ids}
        firsts = {first_of(i) for i in ids}
        translated = {first_of(i) for i in into} & firsts
        for text_id in ids:
            if first_of(text_id) in translated:
                del own[text_id]
        own |= {i: text for i, text in into.items() if first_of(i) in translated}
    return foreign, problems


def _translation(path: Path, own: dict[str, str], into: dict[str, str], reader: Reader) -> list[Problem]:
    """Add a file's translations; what is wrong with them. Nothing is taken from a file that cannot be read properly."""
    if leads_out(path, reader.home.scenarios) and leads_out(path, reader.home.root):
        return [link_problem(path, reader.home.root)]
    if path.is_symlink():
        return [Problem("E123", Place(shown(path)))]
    part = reader.kept.read(path, shown(path), reader.budget)
    if part.problems:
        return part.problems
    data = part.data if isinstance(part.data, dict) else {}
    wrong, unknown = list[str](), list[str]()
    for text_id, text in data.items():
        if not _is_text(text_id, text):
            wrong.append(text_id)
        elif text_id not in own and path.stem in LANGUAGES:
            unknown.append(text_id)
        else:
            into |= {".".join(numbered((text_id,), k)): str(one) for k, one in enumerate(_turns(text_id, text))}
    want = TextKey("want.text")
    found = enough(part.problem("E204", part.place((text_id,)), want=want, like="…") for text_id in wrong)
    return found + enough(
        part.problem("W302", part.key_place((text_id,)), name=text_id, near=nearest(text_id, own)) for text_id in unknown
    )


def _turns(text_id: str, text: Any) -> list[Any]:
    """A text, or several that take turns."""
    return text if isinstance(text, list) and text and text_id.endswith(".say") else [text]


def _is_text(text_id: str, text: Any) -> bool:
    return not any(isinstance(one, (dict, list)) or one is None for one in _turns(text_id, text))
