"""The library, generated for authors: what each of its files brings and what each action does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from game.i18n import Say
from game.paths import SCENARIOS
from game.scenario.formats import renamed
from game.scenario.overlay import overlay
from game.scenario.source import Source, read_file

LIBRARY = SCENARIOS / "library"
FILES = ("core", "fast", "consultative", "professional", "solution")
NAMED = re.compile(r"\bsaid\.(\w+)")
Data = dict[str, Any]


def library_reference(say: Say) -> str:
    """The whole page as Markdown."""
    core = part_of("core")
    lines = [f"# {say('lib.title')}", "", say("lib.intro"), ""]
    for name in FILES:
        own, whole = part_of(name), Source()
        overlay(whole, core)
        if name != "core":
            overlay(whole, own)
        lines += _Page(own.data, whole.data, texts_of(name), say).lines(name)
    return "\n".join([*lines, ""])


def part_of(name: str) -> Source:
    """A file of the library, as it is written."""
    source = read_file(LIBRARY / f"{name}.yaml", f"library/{name}.yaml")
    renamed(source)
    return source


def texts_of(name: str) -> dict[str, str]:
    """The English texts that stand beside a file and beside what it uses."""
    found: dict[str, str] = {}
    for part in dict.fromkeys(("core", name)):
        path = LIBRARY / f"{part}.en.yaml"
        data = read_file(path, path.name).data if path.is_file() else {}
        found |= {key: str(value[0] if isinstance(value, list) else value) for key, value in data.items()}
    return found


class _Page:
    """A file of the library in one language."""

    def __init__(self, own: Data, whole: Data, english: dict[str, str], say: Say) -> None:
        self.own, self.whole, self.english, self.say = own, whole, english, say

    def text(self, value: Any, *path: str) -> str:
        """A text in the reader's language."""
        own = value[0] if isinstance(value, list) else value
        return str(self.english.get(".".join(path)) or own) if self.say.language == "en" else str(own)

    def lines(self, name: str) -> Iterator[str]:
        say = self.say
        yield from (f"## library/{name}", "", say(f"lib.about.{name}"), "")
        if rules := self.own.get("rules"):
            yield from (say("lib.rules", rules=", ".join(f"`{k}: {_flat(v)}`" for k, v in rules.items())), "")
        yield from self.frame()
        for action, data in self.own.get("actions", {}).items():
            yield from self.action(action, data, self.whole["actions"][action])
        yield from self.course()
        yield from self.said()

    def frame(self) -> Iterator[str]:
        """Stages with their gates, the customer's phases, steps, meters."""
        own, say = self.own, self.say
        for stage, data in own.get("stages", {}).items():
            yield f"- `{stage}` {self.text(data['name'], 'stages', stage, 'name')}{say('lib.milestone', share=data['milestone'])}"
            for point in self.whole.get("gates", {}).get(stage, []):
                text = self.text(point["text"], "gates", stage, point["id"], "text")
                must = say("lib.must") if point.get("must") else ""
                yield f"  - {say('lib.point')} `{point['id']}` {text}{must}{say('lib.colon')}`{point['when']}`"
        for group, path in (("phases", ("buyer", "phases")), ("steps", ("buyer", "steps")), ("meters", ("meters",))):
            data = own
            for step in path:
                data = data.get(step, {})
            if data:
                named = (f"`{k}` {self.text(v.get('name', k), *path, k, 'name')}" for k, v in data.items())
                yield from ("", f"{say(f'lib.{group}')}{say('lib.colon')}{say('lib.comma').join(named)}")
        yield ""

    def action(self, name: str, own: Data, whole: Data) -> Iterator[str]:
        say, title = self.say, self.text(whole["name"], "actions", name, "name")
        changed = "" if "name" in own or "outcomes" in own else say("lib.changed")
        yield from (f"### `{name}` {title}{changed}", "")
        if whole.get("about"):
            yield from (self.text(whole["about"], "actions", name, "about"), "")
        cost = whole.get("cost", {})
        facts = [
            say("lib.stage", stages=_listed(whole["stage"])),
            say("lib.by", by=_listed(whole["by"])),
            *([say("lib.with", on=_flat(whole["with"]))] if "with" in whole else []),
            say("lib.cost", weeks=cost.get("weeks", 1), money=cost.get("money", 0)),
            *([say("lib.times", times=whole["times"])] if "times" in whole else []),
            *([say("lib.family", family=whole["family"])] if "family" in whole else []),
        ]
        yield "- " + say("lib.semicolon").join(facts)
        for word in ("when", "phase", "chance"):
            if word in whole:
                yield f"- {say(f'lib.{word}')}{say('lib.colon')}`{_flat(whole[word])}`"
        for outcome, data in whole["outcomes"].items():
            effects = {k: v for k, v in data.items() if k not in ("say", "share")}
            share = say("lib.share", share=data["share"]) if "share" in data else ""
            words = ", ".join(f"{k}: {_flat(v)}" for k, v in effects.items())
            yield f"- {outcome}{share}{say('lib.colon')}{f'`{words}`' if words else say('lib.nothing')}"
        if tags := whole.get("tags"):
            yield f"- {say('lib.tags')}{say('lib.colon')}{_listed(tags)}"
        yield ""

    def course(self) -> Iterator[str]:
        order = self.own.get("course", {}).get("order", {})
        if order:
            yield from (f"### {self.say('lib.course')}", "")
            yield from (f"- {stage}{self.say('lib.colon')}{_listed(steps)}" for stage, steps in order.items())
            yield ""

    def said(self) -> Iterator[str]:
        """The words this file's actions say, who says them and what in the library reads them."""
        says, reads = defaultdict(list), defaultdict(list)
        for name, data in self.whole["actions"].items():
            for outcome in data["outcomes"].values():
                for word in _many(outcome.get("said", [])):
                    says[word].append(name)
        for where, text in _strings(self.whole):
            for word in NAMED.findall(text):
                reads[word].append(where)
        own = [w for w, names in says.items() if any(n in self.own.get("actions", {}) for n in names)]
        if own:
            yield from (f"### {self.say('lib.said')}", "")
            for word in own:
                by, read = (", ".join(f"`{n}`" for n in dict.fromkeys(names)) for names in (says[word], reads[word]))
                told = self.say("lib.said_by" if read else "lib.unread", by=by, read=read)
                yield f"- `said.{word}`{self.say('lib.colon')}{told}"
            yield ""


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _listed(value: Any) -> str:
    return ", ".join(f"`{v}`" for v in _many(value))


def _flat(value: Any) -> str:
    """A value as it is written on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_flat(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flat, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _strings(data: Data) -> Iterator[tuple[str, str]]:
    """(what it belongs to, text) of everything in which a quantity may be read."""
    for group, things in data.items():
        if isinstance(things, dict):
            for name, thing in things.items():
                yield from ((f"{group}.{name}", text) for text in _texts(thing))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def library_pages() -> dict[str, str]:
    """File name in docs/ → text."""
    return {f"library.{language}.md": library_reference(Say(language)) for language in ("zh", "en")}
