"""What a trainer knows of a customer before a scenario is written: the deal, people, rivals and what can be found out; as rows
of a sheet or as answers, and as the frame of a scenario that can be played at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from game.errors import UsageError
from game.scenario.kinds import MANY
from game.scenario.names import HEADER_NAMES, WORDS
from game.scenario.spoken import number_meant
from game.scenario.typo import NARROW

KINDS = {
    "deal": ("deal", "单子", "项目"),
    "person": ("person", "people", "人物", "人"),
    "rival": ("rival", "rivals", "对手", "竞争对手"),
    "fact": ("fact", "facts", "情报", "事实"),
}
DEAL = {
    "title": ("title", "标题", "名称"),
    "summary": ("summary", "简介", "一句话"),
    "value": ("value", "amount", "金额"),
    "unit": ("unit", "currency", "单位"),
    "weeks": ("weeks", "周数", "几周"),
    "budget": ("budget", "费用", "经费"),
    "market": ("market", "市场", "市场类型"),
}
LEVELS = {
    "top": ("top", "senior", "高层", "高", "一把手"),
    "middle": ("middle", "中层", "中"),
    "staff": ("staff", "junior", "基层", "普通", "员工"),
}
ROLES = {
    "decider": ("decider", "decides", "拍板", "决策"),
    "approver": ("approver", "approves", "审批", "签字"),
    "influencer": ("influencer", "influences", "影响", "参谋"),
    "gatekeeper": ("gatekeeper", "把关", "守门"),
    "purchaser": ("purchaser", "buyer", "采购"),
    "user": ("user", "uses", "使用", "用户"),
    "coach": ("coach", "内线", "教练"),
}
USUAL = {"top": ("decider", "approver"), "middle": ("influencer", "gatekeeper"), "staff": ("user", "coach")}
"""Roles of whoever has none in the sheet."""
MARKETS = {
    "fast": ("fast", "快速", "快消"),
    "consultative": ("consultative", "顾问", "顾问式"),
    "professional": ("professional", "专业"),
    "solution": ("solution", "方案", "方案型", "大客户"),
}
STYLES = {
    "price": ("price", "cheap", "价", "便宜", "价低", "低价"),
    "relationship": ("relationship", "knows", "关系", "熟", "人情"),
    "technical": ("technical", "technology", "技术", "方案"),
}
FUNCTIONS = (
    ("audit", ("审计", "纪检", "纪委", "监察", "audit", "compliance")),
    ("legal", ("法务", "律师", "法律", "legal", "lawyer", "counsel", "attorney")),
    ("agency", ("招标代理", "代理机构", "咨询公司", "设计院", "tender agent", "agency", "consultant")),
    ("partner", ("合作伙伴", "集成商", "总包", "分包", "代理商", "partner", "integrator", "subcontractor")),
    ("clinical", ("临床", "医生", "医师", "护士", "护理", "科室", "nurse", "doctor", "physician", "surgeon", "ward", "clinical")),
    ("finance", ("财务", "会计", "finance", "account", "controller")),
    ("purchasing", ("采购", "供应", "purchas", "procure", "buyer")),
    ("production", ("生产", "制造", "车间", "设备", "plant", "production", "operation")),
    ("technical", ("技术", "信息", "工程", "研发", "it ", "technical", "engineer", "technology")),
    ("general", ("总经理", "主任", "院长", "董事", "局长", "校长", "director", "head of", "ceo", "president", "general")),
    ("business", ("销售", "市场", "业务", "sales", "market")),
)
"""What is in a title → the function; an office otherwise."""
POWER = {"top": 9, "middle": 6, "staff": 3}
AGE = {"top": 55, "middle": 44, "staff": 31}
STANCE = {"top": "{-1: 30%, 0: 60%, 1: 10%}", "middle": "{-1: 30%, 0: 50%, 1: 20%}", "staff": "{0: 45%, 1: 40%, 2: 15%}"}
SHE = ("女", "ms", "mrs", "she")
UNTOLD = {"fast": (200_000, 12), "consultative": (400_000, 20), "professional": (400_000, 16), "solution": (4_000_000, 36)}
"""What a deal of a market is worth, and its weeks, where nobody said."""
AWARD_AT = {"fast": 58, "consultative": 58, "professional": 58, "solution": 46}
"""How much of a deal's time is gone at the award, in percent: what is built at the customer's takes long to deliver."""
PHASES = 6
"""Phases of the customer's before the award."""
MOST_PEOPLE, MOST_RIVALS, MOST_FACTS = 20, 5, 30
WEEKS = (6, 60)
LONGEST = 300


@dataclass(kw_only=True)
class Interview:
    """The answers so far; `people`, `rivals` and `facts` as rows of a sheet: name, what is said of it, level, role, note."""

    language: str
    title: str = ""
    summary: str = ""
    value: int = 0
    unit: str = ""
    weeks: int = 0
    budget: int = 0
    market: str = ""
    people: list[dict[str, Any]] = field(default_factory=list)
    rivals: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)


def meant(words: Mapping[str, Sequence[str]], text: str) -> str:
    """Which of these is meant: by one of its words, else where only one of them stands in the text; '' for none."""
    text = text.strip().casefold()
    exact = [key for key, names in words.items() if text in names]
    inside = [key for key, names in words.items() if any(len(name) > 1 and name in text for name in names)]
    return exact[0] if exact else inside[0] if len(inside) == 1 else ""


def number(text: str) -> int | None:
    """A whole number as people write it, from 0; None for none."""
    value = number_meant(text.translate(NARROW))
    return int(value) if value is not None and value == int(value) and 0 <= value <= MANY else None


def set_deal(interview: Interview, key: str, text: str) -> bool:
    """Put an answer about the deal in; False where it cannot be understood."""
    text = " ".join(text.split())[:LONGEST]
    if key in ("value", "budget"):
        amount = number(text)
        if not amount:
            return False
        setattr(interview, key, amount)
    elif key == "weeks":
        weeks = number(text)
        if weeks is None or not WEEKS[0] <= weeks <= WEEKS[1]:
            return False
        interview.weeks = weeks
    elif key == "market":
        interview.market = meant(MARKETS, text) or {str(k): name for k, name in enumerate(MARKETS, 1)}.get(text, "")
        return bool(interview.market)
    else:
        setattr(interview, key, text)
        return bool(text)
    return True


def add_person(interview: Interview, cells: Sequence[str]) -> bool:
    """Somebody of the customer: name, title, level, role, note. False where name, level or role cannot be understood."""
    name, title, level, role, note = (*(" ".join(c.split())[:LONGEST] for c in cells), "", "", "", "", "")[:5]
    known = meant(LEVELS, level)
    if not name or not (known or not level):
        return False
    known = known or ("top" if not interview.people else "middle")
    she = any(word in note.casefold().split() or word in title for word in SHE)
    roles = [meant(ROLES, part) for part in re.split(r"[,，、/ ]+", role) if part]
    if not all(roles):
        return False
    note = re.sub(r"^(?:女|男|she|he)\b[\s,，]*", "", note)
    person: dict[str, Any] = {
        "name": name,
        "title": title or name,
        "level": known,
        "roles": roles or list(USUAL[known]),
        "note": note or title or name,
        "function": function_of(title),
        "she": she,
    }
    interview.people.append(person)
    return True


def function_of(title: str) -> str:
    low = title.casefold() + " "
    return next((function for function, words in FUNCTIONS if any(word in low for word in words)), "office")


class SheetRefused(UsageError):
    """Rows of a sheet that cannot be understood: (row, kind, name, what stands there)."""

    def __init__(self, rows: list[tuple[int, str, str, str]]) -> None:
        super().__init__("new.rows", many=len(rows))
        self.rows = rows


def of_rows(rows: Iterable[Sequence[str]], language: str) -> Interview:
    """An interview from the rows of a sheet: kind, name, value or title, level, role, note. SheetRefused where some cannot be."""
    interview, refused = Interview(language=language), list[tuple[int, str, str, str]]()
    for k, row in enumerate(rows, 1):
        kind, *cells = [*(str(cell).strip() for cell in row), "", "", "", "", ""][:6]
        what = meant(KINDS, kind)
        if not what or not cells[0]:
            continue  # a heading, an empty row
        if what == "deal":
            key = meant(DEAL, cells[0])
            good = bool(key) and set_deal(interview, key, cells[1])
        elif what == "person":
            good = add_person(interview, cells)
        else:
            (interview.rivals if what == "rival" else interview.facts).append(
                {"name": cells[0], "note": together(language, cells[1], cells[4])}
            )
            good = True
        if not good:
            refused.append((k, what, cells[0], " ".join(filter(None, cells[1:4]))))
    if refused:
        raise SheetRefused(refused)
    return interview


def together(language: str, *parts: str) -> str:
    """What was written in several cells, as one text."""
    return ("，" if language == "zh" else ", ").join(filter(None, parts))


def frame(interview: Interview, folder: str, name_of: Callable[[str], str]) -> dict[str, Any]:
    """Everything the frame of the scenario is made of. `name_of` gives the texts that stand in where nothing was answered."""
    people, rivals, facts = _people(interview, name_of), _rivals(interview, name_of), _facts(interview, name_of)
    market = interview.market or "professional"
    value, weeks = interview.value or UNTOLD[market][0], interview.weeks or UNTOLD[market][1]
    ids = names_for([p["name"] for p in people] + [r["name"] for r in rivals])
    for thing, id_ in zip([*people, *rivals], ids, strict=True):
        thing["id"] = id_
    _lines_of_command(people)
    for k, fact in enumerate(facts, 1):
        fact["id"] = f"fact_{k}"
        told_by = [p for p in people if p["level"] != "top"] or people
        fact["claimed_by"] = [told_by[(k - 1) % len(told_by)]["id"]]
    table = next((p for p in people if "purchaser" in p["roles"]), next((p for p in people if p["level"] == "middle"), people[0]))
    return {
        "folder": folder,
        "title": interview.title or folder,
        "summary": interview.summary or interview.title or folder,
        "market": market,
        "size": "S" if len(people) <= 6 and len(facts) <= 8 else "M" if len(people) <= 12 else "L",
        "value": value,
        "unit": interview.unit or name_of("new.unit"),
        "weeks": weeks,
        "pace": pace(market, weeks),
        "budget": interview.budget or max(1_000, value * 3 // 100),
        "best": max(1_000, value * 18 // 100),
        "people": people,
        "rivals": rivals,
        "facts": facts,
        "table": table["id"],
    }


def pace(market: str, weeks: int) -> tuple[int, int]:
    """How many weeks, at least and at most, each of the customer's phases takes: what comes after the award needs time too."""
    mean = weeks * AWARD_AT[market] / 100 / PHASES
    return max(1, int(mean * 0.8)), max(1, -(-int(mean * 130) // 100))


def _people(interview: Interview, name_of: Callable[[str], str]) -> list[dict[str, Any]]:
    """Those who were named, and whoever is needed beside them: somebody who decides and somebody who uses it."""
    people = [dict(p) for p in interview.people[:MOST_PEOPLE]]
    for level, role in (("top", "decider"), ("middle", "influencer"), ("staff", "user")):
        if not any(role in p["roles"] or p["level"] == level for p in people):
            name = name_of(f"new.person.{level}")
            roles, note = list(USUAL[level]), name_of("new.todo")
            people.append(
                {"name": name, "title": name, "level": level, "roles": roles, "note": note, "function": "office", "she": False}
            )
    if not any("decider" in p["roles"] for p in people):
        next(p for p in people if p["level"] == "top")["roles"].insert(0, "decider")
    if not any("user" in p["roles"] for p in people):
        people[-1]["roles"].append("user")
    for p in people:
        p |= {"power": POWER[p["level"]], "age": AGE[p["level"]], "stance": STANCE[p["level"]]}
    return people


def _lines_of_command(people: list[dict[str, Any]]) -> None:
    """Everybody reports to the first of the next level, and listens to them and to the next of their own."""
    above = {"staff": ("middle", "top"), "middle": ("top",), "top": ()}
    for k, p in enumerate(people):
        boss = next((q for level in above[p["level"]] for q in people if q["level"] == level), None)
        first = next(q for q in people if q["level"] == "top")
        p["reports_to"] = boss["id"] if boss else (first["id"] if first is not p else "")
        beside = next((q for q in [*people[k + 1 :], *people[:k]] if q["level"] == p["level"] and q is not p), None)
        p["hears"] = list(dict.fromkeys(q["id"] for q in (boss, beside) if q is not None)) or [people[-1]["id"]]


def _rivals(interview: Interview, name_of: Callable[[str], str]) -> list[dict[str, Any]]:
    rows = interview.rivals[:MOST_RIVALS] or [{"name": name_of("new.rival"), "note": ""}]
    return [
        {"name": r["name"], "note": r["note"] or name_of("new.todo"), "style": meant(STYLES, r["note"]) or "relationship"}
        for r in rows
    ]


def _facts(interview: Interview, name_of: Callable[[str], str]) -> list[dict[str, Any]]:
    rows = interview.facts[:MOST_FACTS] or [{"name": name_of("new.fact")}]
    elements, quadrants = ("need", "decision", "rivals", "worth"), ("opportunity", "threat", "weakness", "strength")
    return [
        {"text": together(interview.language, r["name"], r.get("note", "")), "element": elements[k % 4], "swot": quadrants[k % 4]}
        for k, r in enumerate(rows)
    ]


def names_for(names: Sequence[str]) -> list[str]:
    """An id for each name: the name itself where it is Chinese, the last word of an English one, numbered where they meet."""
    found: list[str] = []
    for k, name in enumerate(names):
        words = re.findall(r"[^\W\d_]+", re.sub(r"[（(].*?[)）]", "", name))
        base = (words[-1].lower() if name.isascii() else "".join(words)) if words else ""
        base = base if base and base not in RESERVED else f"x{k + 1}"
        found.append(base if base not in found else f"{base}{k + 1}")
    return found


RESERVED = WORDS | {*HEADER_NAMES, "price", "service", "trust", "need", "fit", "urgency", "ae", "se", "boss"}
"""Names that mean something else in a scenario."""


def scalar(text: str) -> str:
    """A text as YAML takes it inside braces: bare where nothing in it means anything, else in quotes."""
    plain = re.fullmatch(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~0-9=<+.][^,\[\]{}#:\"'\n]*", text)
    words = text.strip().casefold() in ("true", "false", "null", "yes", "no", "on", "off")
    return text if plain and text == text.strip() and not words else json.dumps(text, ensure_ascii=False)


def amount(value: int) -> str:
    """A number as authors write it."""
    return f"{value:_}"
