"""A class as xAPI 1.0.3 statements, one JSON object a line, in the order in which things happened.

initialized, answered for every decision, completed, passed or failed by the scenario's mark, terminated; scores as cmi5 asks:
only with passed and failed, scaled 0 … 1. Ids are made from the record, so the same record gives the same statements.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from game.debrief.entries import Entry
from game.play.decisions import decision_words
from game.report.tables import clean
from game.scenario.load import Ready

ADL = "http://adlnet.gov/expapi/verbs/"
TERMINATED = "https://w3id.org/xapi/adl/verbs/terminated"
HOME = "https://big-account.invalid"
"""A home page is required; this one, by RFC 2606, is nobody's."""
CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, HOME)
VERBS = {
    "initialized": (f"{ADL}initialized", "initialized", "开始"),
    "answered": (f"{ADL}answered", "answered", "作答"),
    "completed": (f"{ADL}completed", "completed", "完成"),
    "passed": (f"{ADL}passed", "passed", "通过"),
    "failed": (f"{ADL}failed", "failed", "未通过"),
    "terminated": (TERMINATED, "terminated", "结束"),
}
Data = dict[str, Any]


def statements(ready: Ready, entries: Sequence[Entry]) -> Iterator[Data]:
    """All statements of these plays."""
    for entry in entries:
        yield from _of_play(ready, entry)


def jsonl(ready: Ready, entries: Sequence[Entry]) -> str:
    """One statement a line."""
    return "".join(json.dumps(s, ensure_ascii=False, sort_keys=True) + "\n" for s in statements(ready, entries))


def _of_play(ready: Ready, entry: Entry) -> Iterator[Data]:
    play, mark = entry.playing, ready.scenario.deal.pass_
    points = play.result()["points"]
    session = uuid.uuid5(SPACE, f"{clean(entry.name)}/{play.chain[-1]}/{play.seed}")

    def statement(verb: str, number: int = 0, result: Data | None = None, categories: tuple[str, ...] = (CMI5,)) -> Data:
        made: Data = {
            "id": str(uuid.uuid5(session, f"{verb}/{number}")),
            "version": "1.0.3",
            "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": clean(entry.name) or "?"}},
            "verb": {"id": VERBS[verb][0], "display": {"en-US": VERBS[verb][1], "zh-CN": VERBS[verb][2]}},
            "object": _activity(ready, number),
            "timestamp": entry.when,
            "context": {
                "registration": str(session),
                "contextActivities": {"category": [{"id": c, "objectType": "Activity"} for c in categories]},
                "extensions": {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": str(session)},
            },
        }
        if not categories:
            del made["context"]["contextActivities"]
        if number:
            made["context"]["contextActivities"] = {"parent": [_activity(ready, 0)]}
        if result is not None:
            made["result"] = result
        return made

    yield statement("initialized")
    for j in (j for j in entry.judged.decisions if j.world < 0):
        words = " ".join(decision_words(ready.compiled, j.decision))
        answer = {"response": words, "extensions": {f"{HOME}/points-given-away": round(j.regret, 3), f"{HOME}/grade": j.grade}}
        yield statement("answered", j.number, {**answer, "success": j.grade == "best"})
    yield statement("completed", result={"completion": True}, categories=(CMI5, MOVE_ON))
    score = {"raw": points, "min": min(0, points), "max": max(100, points), "scaled": max(0.0, min(1.0, points / 100))}
    judged = statement(
        "passed" if points >= mark else "failed", result={"score": score, "success": points >= mark}, categories=(CMI5, MOVE_ON)
    )
    judged["context"]["extensions"][MASTERY] = mark / 100
    yield judged
    yield statement("terminated")


def _activity(ready: Ready, number: int) -> Data:
    title = {"zh-CN": ready.texts.get("title", "zh"), "en-US": ready.texts.get("title", "en")}
    base = f"{HOME}/scenarios/{ready.name}/{ready.compiled.hash[:12]}"
    if not number:
        kind = "http://adlnet.gov/expapi/activities/simulation"
        return {"id": base, "objectType": "Activity", "definition": {"type": kind, "name": title}}
    definition: Data = {
        "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
        "interactionType": "other",
        "name": {"zh-CN": f"第 {number} 个决定", "en-US": f"Decision {number}"},
    }
    return {"id": f"{base}/decisions/{number}", "objectType": "Activity", "definition": definition}
