"""A class in real browsers: they join by code, one late, one crashes and comes back, the trainer stops them all, and it ends in a
class report. Then a walk to the end by touch on a phone, one by keys in English, and no page that a reader cannot read."""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from game.paths import ROOT
from tests.web.drawn import CHROMIUM, browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
LEADS = ("#next", "[id^='answer:']", "[id^='option:']", "#pass", "#idle", "#begin", "#enter", "[id='lead:skip']", "#back")
MANY = 12


@dataclass
class Hosted:
    """A room in a process of its own."""

    process: subprocess.Popen[str]
    base: str
    code: str
    link: str


def hosted(data: Path, *words: str) -> Hosted:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "BIG_ACCOUNT_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    args = [sys.executable, "-m", "game.cli", "host", *words, "--port", str(port), "--lang", "en"]
    process = subprocess.Popen(args, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = ""
    while "Ctrl+C" not in told:
        line = process.stdout.readline()
        assert line, told
        told += line
    code, link = re.search(r"room code  (\w+)", told), re.search(r"(http\S+/console\?key=\S+)", told)
    assert code and link
    return Hosted(process, f"http://127.0.0.1:{port}", code.group(1), link.group(1))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    found = hosted(tmp_path_factory.mktemp("room"), "office-supplies", "--seed", "7")
    yield found
    found.process.terminate()
    found.process.wait(20)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def console(room: Hosted, chromium: Any) -> Any:
    """The trainer's console; its link opens once."""
    page = chromium.new_context().new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(room.link)
    return page


def join(context: Any, room: Hosted, name: str) -> Any:
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{room.base}/?code={room.code}")
    page.fill("#name", name)
    page.click("form button")
    page.wait_for_selector("#enter")
    return page


def until(page: Any, words: str, seconds: float = 15) -> None:
    """Until something holds on the page. Its rules let no text be run as script, so it is asked again and again."""
    for _ in range(int(seconds * 40)):
        if page.evaluate(words):
            return
        page.wait_for_timeout(25)
    raise AssertionError(words)


def settled(page: Any) -> None:
    """Until the page has shown what its last press led to."""
    until(page, "document.getElementById('stage').ariaBusy !== 'true' && !document.querySelector('#stage:empty')")


def open_(page: Any, words: str) -> list[Any]:
    """What stands under a selector and can be pressed."""
    boxes = page.query_selector_all(f"#stage {words}:not(:disabled)")
    return [box for box in boxes if not box.evaluate("box => !!box.closest('[inert]')")]


def step(page: Any, lot: random.Random, touch: bool = False) -> None:
    """Press what leads on; else let time run, or do something."""
    found = next((boxes for words in LEADS if (boxes := open_(page, words))), [])
    if not found:
        found = open_(page, "[id^='card:']") if lot.random() < 0.5 else []
    one = lot.choice(found or open_(page, "#wait"))
    (one.tap if touch else one.click)(timeout=15_000)
    page.wait_for_timeout(30)
    settled(page)


def decide(page: Any, many: int, lot: random.Random) -> None:
    for _ in range(many):
        step(page, lot)


def leave(page: Any) -> None:
    """Withdraw from the deal: the shortest way to its end."""
    for _ in range(40):
        if page.query_selector("[id='tab:result']"):
            return
        if page.query_selector("#menu") and not page.query_selector("#stage .dialog"):
            page.click("#menu")
        elif page.query_selector("#withdraw"):
            page.click("#withdraw")
        else:
            step(page, random.Random(1))
        page.wait_for_timeout(60)
        settled(page)
    raise AssertionError("the deal did not end")


def came_back(chromium: Any, context: Any, room: Hosted) -> tuple[Any, Any]:
    """A browser that died, started again with what it had kept."""
    kept = context.storage_state()
    context.close()
    context = chromium.new_context(storage_state=kept)
    page = context.new_page()
    page.goto(f"{room.base}/play")
    page.wait_for_selector("#stage button")
    settled(page)
    return context, page


def stopped_and_told(trainer: Any, pages: list[Any]) -> None:
    """All stop within a second or two, go on, and hear something."""
    trainer.click("#pause")
    for page in pages:
        page.wait_for_selector("#sign:not([hidden])", timeout=3_000)
    assert trainer.inner_text("#pause") == "Go on"
    trainer.click("#pause")
    for page in pages:
        page.wait_for_selector("#sign", state="hidden", timeout=3_000)
    trainer.fill("#say input", "Five minutes left")
    trainer.click("#say button")
    pages[3].wait_for_selector("#note:not([hidden])")
    assert "Five minutes left" in pages[3].inner_text("#note")


def a_week_on(page: Any, words: str) -> None:
    """Let time run until this is told."""
    for _ in range(12):
        if words in page.inner_text("#stage"):
            return
        step(page, random.Random(4))
    raise AssertionError(words)


def debriefed(trainer: Any, wall: Any) -> None:
    """The wall shows what the console puts there: envelopes opened one by one, then the verdicts, then the track again."""
    trainer.click("[data-slide=award]")
    wall.wait_for_selector("#slide .closed")
    assert len(wall.query_selector_all("#slide .closed")) == 2 and "Trainee 1" not in wall.inner_text("#slide")
    trainer.click("#further")
    until(wall, "document.querySelectorAll('#slide .closed').length === 1")
    trainer.click("[data-slide=verdicts]")
    wall.wait_for_selector(".quadrants .chip")
    assert len(wall.query_selector_all(".quadrants .chip")) == 2
    trainer.click("[data-slide=live]")
    wall.wait_for_selector("#live:not([hidden])")


def test_a_class_from_the_door_to_the_report(room: Hosted, chromium: Any, console: Any) -> None:
    trainer = console
    contexts = [chromium.new_context() for _ in range(MANY)]
    pages = [join(contexts[k], room, f"Trainee {k}") for k in range(MANY - 1)]
    for k, page in enumerate(pages):
        decide(page, 3, random.Random(k))
    pages.append(join(contexts[-1], room, "Latecomer"))
    before = pages[0].inner_text("#stage")
    contexts[0], pages[0] = came_back(chromium, contexts[0], room)
    assert "Trainee 0" not in before and pages[0].query_selector("#stage button")
    assert len(trainer.query_selector_all("#seats tr")) == MANY
    stopped_and_told(trainer, pages)
    # What was read is not said again to a page that is loaded again, nor to who comes after it was said.
    pages[3].click("#note button")
    pages[3].reload()
    after = join(chromium.new_context(), room, "After all")
    for page in (pages[3], after):
        settled(page)
        page.wait_for_timeout(600)
        assert not page.is_visible("#note")
    # Something happens to all, at the end of each one's week.
    trainer.click("#injects summary")
    trainer.click("[data-inject=auditors]")
    until(trainer, f"document.getElementById('injected').textContent.includes('{MANY + 1} of {MANY + 1}')")
    a_week_on(pages[5], "audit office moves in")
    # To the end, and the class report.
    for page in pages[1:3]:
        leave(page)
    wall = trainer.context.new_page()
    wall.goto(f"{room.base}/wall")
    wall.wait_for_selector(".chip.over")
    assert len(wall.query_selector_all("#track .chip")) == MANY + 1 and "Trainee 1" not in wall.inner_text("#track")
    until(trainer, "document.getElementById('make').textContent.includes('judged 2')", 400)
    debriefed(trainer, wall)
    pages[1].wait_for_selector("[id='tab:review']")
    pages[1].click("[id='tab:review']")
    settled(pages[1])
    assert "Start with these" in pages[1].inner_text("#stage") or "decision" in pages[1].inner_text("#stage")
    trainer.click("#make")
    trainer.wait_for_selector("#report:not([hidden])", timeout=60_000)
    report = trainer.context.new_page()
    report.goto(f"{room.base}/class")
    assert "Trainee 1" in report.inner_text("body")


def test_a_page_hears_of_what_changed_while_it_waited_for_an_answer(room: Hosted, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    one = join(context, room, "Two tabs")
    for _ in range(20):
        if open_(one, "[id='tab:do']") and not one.query_selector("[id='lead:skip']"):
            break
        step(one, random.Random(1))
    two = context.new_page()
    two.goto(f"{room.base}/play")
    two.wait_for_selector("[id='tab:do']")
    held: list[Any] = []
    one.route("**/act", lambda route: route.continue_() if held else held.append((route, route.fetch())))
    one.click("[id='tab:now']")
    until(one, "document.getElementById('stage').ariaBusy === 'true'")
    one.wait_for_timeout(500)
    two.click("[id='tab:do']")
    one.wait_for_timeout(1_000)
    held[0][0].fulfill(response=held[0][1])
    one.wait_for_selector("[id^='card:']")


def to_the_end(page: Any, lot: random.Random, touch: bool) -> None:
    for _ in range(400):
        if page.query_selector("[id='tab:result']"):
            return
        step(page, lot, touch)
    raise AssertionError("the deal did not end")


def test_a_deal_by_touch_on_a_phone(room: Hosted, chromium: Any) -> None:
    phone = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, device_scale_factor=2)
    page = join(phone, room, "Phone")
    to_the_end(page, random.Random(3), touch=True)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide == 360


def by_key(page: Any, lot: random.Random) -> None:
    """Press what a player would by its key, else walk to it: what leads on, else time or something to do."""
    wanted = [*LEADS, "[id^='card:']", "#wait"] if lot.random() < 0.3 else [*LEADS, "#wait"]
    box = lot.choice(next((boxes for words in wanted if (boxes := open_(page, words))), page.query_selector_all("#stage button")))
    key = (box.get_attribute("data-keys") or "").split("|")[0]
    for _ in range(0 if key else 20):
        if box.evaluate("box => box === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press({"return": "Enter", "space": "Space", "escape": "Escape", "": "Enter"}.get(key, key))
    page.wait_for_timeout(25)
    settled(page)


def test_a_deal_by_keys_alone_in_english(room: Hosted, chromium: Any) -> None:
    page = join(chromium.new_context(viewport={"width": 1280, "height": 720}), room, "Keys")
    lot = random.Random(5)
    for _ in range(400):
        if page.query_selector("[id='tab:result']"):
            break
        by_key(page, lot)
    assert page.query_selector("[id='tab:result']")


def test_no_page_has_what_a_reader_cannot_read(room: Hosted, chromium: Any, console: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe, trainer = Axe(), console
    page = join(chromium.new_context(viewport={"width": 1280, "height": 720}), room, "Reader")
    door = chromium.new_context().new_page()
    door.goto(room.base)
    wall = trainer.context.new_page()
    wall.goto(f"{room.base}/wall")
    lot = random.Random(2)
    for one in (door, trainer, wall):
        assert serious(axe.run(one)) == [], one.url
    for _ in range(12):
        assert serious(axe.run(page)) == []
        step(page, lot)


def serious(found: Any) -> list[str]:
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
