"""Several texts for what may come more than once: they take turns, in every language by itself."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from game.i18n import Say
from game.paths import SCENARIOS
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.scenario.load import Loaded, Ready, load, load_ready
from game.scenario.problems import errors
from game.words.log import Log
from game.words.names import Teller
from tests.scenario import small

TURNS = ["甲甲。", "乙乙。", "丙丙。"]


def edited(tmp_path: Path, say: str, english: str = "", name: str = "visit") -> Loaded:
    """The tutorial deal with its own words for a visit that went well."""
    folder = tmp_path / "deal"
    shutil.copytree(SCENARIOS / "office-supplies", folder)
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    visit = "  visit:\n"
    assert text.count(visit) == 1
    own = f"    outcomes: {{success: {{say: {say}}}}}\n"
    path.write_text(text.replace(visit, visit + own, 1), encoding="utf-8")
    if english:
        with (folder / "en.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\n{english}\n")
    return load(folder, SCENARIOS)


VISIT = "actions.visit.outcomes.success.say"


def test_each_language_has_as_many_as_it_likes(tmp_path: Path) -> None:
    found = edited(tmp_path, "[甲甲。, 乙乙。, 丙丙。]", f"{VISIT}: [One., Two.]")
    assert not errors(found.problems) and found.texts
    assert found.texts.in_turn(VISIT, "zh") == TURNS
    assert found.texts.in_turn(VISIT, "en") == ["One.", "Two."]
    assert not found.texts.missing("en")


def test_words_written_anew_leave_nothing_of_the_library_behind(tmp_path: Path) -> None:
    """The library has three for a visit, in both languages; the scenario one, in its own."""
    found = edited(tmp_path, "甲甲。")
    assert found.texts and found.texts.in_turn(VISIT, "zh") == ["甲甲。"]
    assert found.texts.in_turn(VISIT, "en") == ["甲甲。"], "what has no translation falls back"
    assert found.texts.missing("en") == [VISIT]


@pytest.mark.parametrize("say", ["[]", "[甲, {乙: 丙}]", "{甲: 乙}"])
def test_a_list_that_is_none_is_an_error_with_its_place(tmp_path: Path, say: str) -> None:
    found = errors(edited(tmp_path, say).problems)
    assert found and found[0].place.line > 1


def test_a_translation_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    assert [p.code for p in errors(edited(tmp_path, "甲", f"{VISIT}: [One., [Two.]]").problems)] == ["E204"]


def as_of_a_man(text: str) -> str:
    """Without the difference that whom it is about makes."""
    return text.replace("她", "他")


def told(ready: Ready, playing: Playing) -> list[str]:
    return [line.text for line in Log(Teller(ready, Say("zh"))).lines(playing.happenings)]


def test_what_comes_again_is_told_in_other_words(factory: Ready) -> None:
    t = factory.compiled.tables
    again = 0
    for seed in range(12):
        playing = start_playing(factory.compiled, seed)
        while not playing.over:
            playing.decide(POLICIES["greedy"](t, playing.state, seed))
        lines = told(factory, playing)
        for path, times in Counter({p: n for p, n in playing.told.items() if p}).items():
            turns = factory.texts.in_turn(f"{path}.say", "zh")
            if len(turns) < 2:
                continue
            seen = [sum(as_of_a_man(text) in as_of_a_man(line) for line in lines) for text in turns]
            assert sum(seen) == times and max(seen) - min(seen) <= 1, path
            again += times > 1
        assert playing.told.keys() <= set(factory.compiled.words)
    assert again > 10


def test_concessions_answer_in_their_own_words_and_else_share_one_say_and_its_turns(tmp_path: Path) -> None:
    """Of the small deal's two issues one has an answer of its own; what it has none for is told as it is for any."""
    words = load_ready(small.write(tmp_path), tmp_path).compiled.words
    assert words.count("negotiation.give") == 1
    assert words.count("negotiation.issues.pay.on_give") == 1
