"""What hands do to scenario files: a text, what it becomes, and what must be said of it at which line.

A slip is written as (what it is, found, typed instead, code of the message). The line is that of the first character that
differs, further down by `down`. Found once, else the first time.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from game.paths import ROOT, SCENARIOS

ZH, EN = SCENARIOS / "office-supplies", ROOT / "tests" / "scenario" / "clinic"


@dataclass(frozen=True)
class Slip:
    """One mistake in one file."""

    name: str
    folder: Path
    found: str
    typed: str
    code: str
    down: int = 0

    @property
    def before(self) -> str:
        return (self.folder / "scenario.yaml").read_text(encoding="utf-8")

    @property
    def after(self) -> str:
        assert self.found in self.before, self.found
        return self.before.replace(self.found, self.typed, 1)

    @property
    def line(self) -> int:
        """Where it went wrong, from 1."""
        before, after = self.before, self.after
        if self.down == HEAD:
            return next(k for k, line in enumerate(after.splitlines(), 1) if line and line[0] != "#")
        at = next((k for k, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
        return after.count("\n", 0, at) + 1 + self.down


def zh(name: str, found: str, typed: str, code: str, down: int = 0) -> Slip:
    return Slip(f"zh: {name}", ZH, found, typed, code, down)


def en(name: str, found: str, typed: str, code: str, down: int = 0) -> Slip:
    return Slip(f"en: {name}", EN, found, typed, code, down)


HEAD = -1000
"""As `down`: at the first key of the file."""

TYPING = (
    # ---- punctuation of a Chinese keyboard, in structure
    zh("full-width colon after a key", "title: 县机关", "title：县机关", "E111"),
    zh("full-width colon, nothing after it", "facts:\n", "facts：\n", "E111"),
    zh("full-width colon after a key in depth", "    style: relationship", "    style：relationship", "E111"),
    zh("full-width colon in braces", "weight: 45, us:", "weight：45, us:", "E111"),
    zh("full-width colon in the first of braces", "{kind: inquiry", "{kind：inquiry", "E111"),
    zh("full-width comma in braces", "value: 380_000, unit", "value: 380_000，unit", "E111"),
    zh("full-width comma in brackets", "[decider, approver]", "[decider，approver]", "E111"),
    zh("ideographic comma in brackets", "[decider, approver]", "[decider、approver]", "E111"),
    zh("full-width brackets", "[decider, approver]", "【decider, approver】", "E111"),
    zh(
        "full-width braces",
        "with: {people: [liu, chen], met: true}\n    when: tender",
        "with: ｛people: [liu, chen], met: true｝\n    when: tender",
        "E111",
    ),
    zh(
        "full-width dash of a list",
        "[“询价得有三家来报，我一家家打电话，打到哪年去。”, “你在这行人头熟，帮我再找两家，凑个数就行。”]",
        "\n      － 询价得有三家来报\n      － 帮我再找两家",
        "E111",
        1,
    ),
    zh("full-width hash of a comment", "# ---- 一年以后", "＃ ---- 一年以后", "E111"),
    zh("full-width hash behind a value", "times: 1\n    phase: [decide", "times: 1 ＃ 只此一回\n    phase: [decide", "E111"),
    zh("full-width percent", "prior: 60%, claimed_by: [zhao, chen]", "prior: 60％, claimed_by: [zhao, chen]", "E111"),
    zh("full-width digits", "times: 1\n    phase: [decide", "times: １\n    phase: [decide", "E111"),
    zh("full-width digits in a sum", "chance: 52 + 0.3 * value_case", "chance: ５２ + 0.3 * value_case", "E111"),
    zh(
        "full-width parentheses in a condition",
        "(tender.open or tender.closes <= 0)",
        "（tender.open or tender.closes <= 0）",
        "E111",
    ),
    zh("full-width plus", "chance: 52 + 0.3 * value_case", "chance: 52 ＋ 0.3 * value_case", "E111"),
    zh("full-width greater", "when: target.rapport >= 20", "when: target.rapport ＞= 20", "E111"),
    zh("full-width equals in quotes", 'liu.rapport: "=0"', 'liu.rapport: "＝0"', "E111"),
    zh("curly quotes of an amount", 'liu.rapport: "=0"', "liu.rapport: “=0”", "E111"),
    zh("full-width minus", "trust: -10, say: 她把信封", "trust: －10, say: 她把信封", "E111"),
    zh("full-width dot", "0.3 * value_case + 12", "0．3 * value_case + 12", "E111"),
    zh("full-width slash", "use: [library/professional]", "use: [library／professional]", "E111"),
    zh("full-width tilde in a range", "minutes: [20, 35]", "minutes: 20～35", "E204"),
    # ---- spaces
    zh("full-width space before a key", "  liu:  {name: 刘海燕", "　liu:  {name: 刘海燕", "E112"),
    zh("tab before a key", "    style: relationship", "\tstyle: relationship", "E112"),
    zh(
        "space that does not break, before a key",
        "    style: relationship",
        "\u00a0\u00a0\u00a0\u00a0style: relationship",
        "E112",
    ),
    zh(
        "tab between dash and text",
        "    lines: [“清江那单，月底我要往上报。”",
        "    lines:\n\t- [“清江那单，月底我要往上报。”",
        "E112",
        1,
    ),
    zh("no space after a colon", "    style: relationship", "    style:relationship", "E124"),
    zh("no space after a colon, a number", "        weeks: 2\n        hidden", "        weeks:2\n        hidden", "E124"),
    zh("no space after a colon at the left", "size: S", "size:S", "E124"),
    zh("no space after a colon in braces", "{kind: inquiry", "{kind:inquiry", "E124"),
    zh(
        "no space after a dash",
        "lines: [“清江那单，月底我要往上报。”, “你跟我说实话，有几成？”]",
        "lines:\n    -清江那单\n    -有几成",
        "E125",
        1,
    ),
    zh("one space too few", "  hongda:\n    name: 宏达文印（老马）\n", "  hongda:\n   name: 宏达文印（老马）\n", "E126"),
    zh("one space too many", "    about: 街对面开了十二年", "     about: 街对面开了十二年", "E126"),
    zh("one space too few in the brief", "  这单十来年", " 这单十来年", "E126"),
    zh(
        "the first key out of line", "  hongda:\n    name: 宏达文印（老马）\n", "  hongda:\n     name: 宏达文印（老马）\n", "E126"
    ),
    zh("the first person out of line", "people:\n  wang:", "people:\n     wang:", "E126"),
    zh(
        "full-width comma before a key, in a text",
        "about: 快退了，怕出事，最烦科室打电话来骂没粉了。, level: top",
        "about: 快退了，怕出事，最烦科室打电话来骂没粉了， level: top",
        "E111",
    ),
    zh("full-width comma between two lines said", "要往上报。”, “你跟", "要往上报。”，“你跟", "W103"),
    zh("a key moved to the left", "    weeks: 2\n        hidden: true", "   weeks: 2\n        hidden: true", "E126"),
    zh("brief not moved in", "  清江县机关事务中心", "清江县机关事务中心", "E126"),
    # ---- marks that YAML takes for its own
    zh("star before a text", "text: 断粉", "text: *断粉*", "E127"),
    zh("exclamation mark before a text", "text: 断粉", "text: !断粉", "E127"),
    zh("at sign before a text", "text: 断粉", "text: @断粉", "E127"),
    zh("and sign before a text", "text: 断粉", "text: &断粉", "E127"),
    zh("percent sign before a text", "text: 断粉", "text: %断粉", "E127"),
    zh("back tick before a text", "text: 断粉", "text: `断粉`", "E127"),
    zh("bar before a text", "text: 断粉", "text: | 断粉", "E127"),
    zh("bracket before a text", "text: 断粉", "text: [急] 断粉", "E127"),
    zh("brace before a text", "text: 断粉", "text: {急} 断粉", "E127"),
    zh("quotes around the first word", "text: 断粉", "text: '断粉'了", "E127"),
    zh("double quotes around the first word", "text: 断粉", 'text: "断粉"了', "E127"),
    zh("quotes not closed", 'liu.rapport: "=0", liu', 'liu.rapport: "=0, liu', "E128"),
    zh("single quotes not closed", "summary: 一张三十八万", "summary: '一张三十八万", "E128"),
    zh("brace not closed", "judging: 1}", "judging: 1", "E129"),
    zh("bracket not closed", "[20, 35]", "[20, 35", "E129"),
    zh("a brace too many", "judging: 1}", "judging: 1}}", "E129"),
    zh("bracket closed by a brace", "[20, 35]", "[20, 35}", "E129"),
    zh("a colon in a text", "text: 断粉", "text: 断粉: 全楼停了", "E130"),
    zh("a colon in a summary", "summary: 一张", "summary: 客户说: 一张", "E130"),
    zh("a hash cuts a text", "text: 断粉", "text: 断粉 #二号楼", "W102"),
    zh("a hash cuts a text in braces", "text: 现在的供货价比市场价高两成", "text: 方案 #1 的供货价比市场价高两成", "E131"),
    zh("comma in a text in braces", "say: 卡收下了，没说话。", "say: 卡收下了,没说话。", "E229"),
    zh(
        "comma in a text in braces, a number behind",
        "about: 一分一厘都对得上，价格和手续",
        "about: 一分一厘都对得上,2 次价格和手续",
        "E229",
    ),
    zh("question mark before a key", "size: S", "? size: S", "E114"),
    zh("three dashes", "team:\n", "---\nteam:\n", "E108"),
    zh("anchor and alias", "  call:\n    name: 打电话约见", "  call: &call\n    name: 打电话约见", "E106"),
    zh("a key twice", "size: S\n", "size: S\nsize: M\n", "E109", 0),
    zh("a key twice in depth", "    style: relationship\n", "    style: relationship\n    style: price\n", "E109", 0),
    en("tab before a key", "    style: relationship", "\tstyle: relationship", "E112"),
    en("no space after a colon", "    style: relationship", "    style:relationship", "E124"),
    en("a colon in a text", "about: Fixes pumps with tape.", "about: Fixes pumps: with tape.", "E130"),
    en("a colon in a summary", "summary: Forty pumps", "summary: The deal: forty pumps", "E130"),
    en("an apostrophe begins a text", "title: Infusion pumps", "title: 'tis infusion pumps", "E128"),
    en("quotes around the first word", "summary: Forty pumps", 'summary: "Forty" pumps', "E127"),
    en("a hash cuts a text", "about: A week on the ward", "about: Ward #3, a week on the ward", "W102"),
    en("comma in a text in braces", "about: Wants no headlines.", "about: Wants no headlines, ever.", "E229"),
    en(
        "comma in a text in braces, a number behind",
        "about: Wants no headlines.",
        "about: Wants no headlines, 3 years to go.",
        "E229",
    ),
    en("star before a text", "text: A pump fails at night", "text: *A pump* fails at night", "E127"),
    en("at sign before a text", "text: A pump fails at night", "text: @night a pump fails", "E127"),
    en("one space too many", "    about: Twelve years", "     about: Twelve years", "E126"),
    en("one space too few", "    name: Meditrend\n", "   name: Meditrend\n", "E126"),
    en("brace not closed", "met: true}\n    cost: {weeks: 1, money: 300}", "met: true\n    cost: {weeks: 1, money: 300}", "E129"),
    en(
        "quotes not closed", 'say: "Half a week, then the ward was full."}', 'say: "Half a week, then the ward was full.}', "E128"
    ),
    en(
        "curly quotes round a text with a comma",
        'about: "opens doors, three times a quarter"',
        "about: “opens doors, three times a quarter”",
        "E229",
    ),
    en("a key moved to the left", "      lunch:\n        name:", "      lunch:\n      name:", "E126", 0),
    en(
        "a list's dash without a space", "    about: A week on the ward with a clipboard.", "    about:\n      -A week", "E125", 1
    ),
)
"""What a keyboard does."""

MEANING = (
    # ---- numbers
    zh("a number with wan", "value: 380_000", "value: 38万", "E243"),
    zh("a number with a comma", "budget: 12_000", "budget: 12,000", "E243"),
    zh("a number with a unit", "weeks: 14, fronts", "weeks: 14周, fronts", "E243"),
    zh("a number in quotes", "pass: 40}", "pass: '40'}", "E243"),
    zh("a number in Chinese", "pass: 40}", "pass: 四十}", "E243"),
    zh("a share as a fraction", "prior: 60%, claimed_by: [zhao, chen]", "prior: 0.6, claimed_by: [zhao, chen]", "E227"),
    zh("a share without percent", "prior: 60%, claimed_by: [zhao, chen]", "prior: 60, claimed_by: [zhao, chen]", "E227"),
    zh("a chance as a fraction", "    chance: 8\n", "    chance: 0.8\n", "W409"),
    zh("a chance as a percentage of a sum", "chance: 7 + 10 * truth.outages", "chance: 7% + 10% * truth.outages", "E244"),
    zh("an effect as a percentage", "urgency: 25, need: 8, say: 赶上", "urgency: +25%, need: 8, say: 赶上", "E244"),
    zh("shares that do not sum", "{-1: 40%, 0: 50%, 1: 10%}, hears: {liu", "{-1: 40%, 0: 50%, 1: 20%}, hears: {liu", "E226"),
    zh("a number too large", "power: 9, looks: {age: 59}", "power: 90, looks: {age: 59}", "E228"),
    zh("whole number wanted", "times: 2\n    when: target.rapport >= 10", "times: 1.5\n    when: target.rapport >= 10", "E204"),
    zh("yes in words", "breach: true\n    tags", "breach: 是\n    tags", "E204"),
    zh("yes as in old YAML", "hidden: true", "hidden: yes", "E204"),
    zh("a list where one is wanted", "by: liu\n    at: criteria", "by: [liu]\n    at: criteria", "E204"),
    zh("words where keys are wanted", "cost: {weeks: 1}\n    times: 1\n    phase", "cost: 一周\n    times: 1\n    phase", "E204"),
    zh("a sum in place of two numbers", "minutes: [20, 35]", "minutes: 20-35", "E204"),
    # ---- sums and conditions
    zh("greater or equal as one mark", "when: target.rapport >= 20", "when: target.rapport ≥ 20", "E245"),
    zh(
        "times as one mark",
        "chance: 60 + 0.2 * target.rapport\n    outcomes:\n      success: {said: gift",
        "chance: 60 + 0.2 × target.rapport\n    outcomes:\n      success: {said: gift",
        "E245",
    ),
    zh("and as two marks", "when: said.gift or said.stand_ins", "when: said.gift && said.stand_ins", "E245"),
    zh("or as two marks", "when: said.gift or said.stand_ins", "when: said.gift || said.stand_ins", "E245"),
    zh("and in Chinese", "when: said.gift or said.stand_ins", "when: said.gift 且 said.stand_ins", "E245"),
    zh("or in Chinese", "when: said.gift or said.stand_ins", "when: said.gift 或 said.stand_ins", "E245"),
    zh("not in Chinese", "when: not said.spec_confirmed", "when: 没有 said.spec_confirmed", "E245"),
    zh("one equals sign", "when: week <= 1,", "when: week = 1,", "E245"),
    zh("not equal in another way", "when: week <= 1,", "when: week <> 1,", "E245"),
    zh("not as a mark", "when: not said.spec_confirmed", "when: '!said.spec_confirmed'", "E245"),
    zh("signs the wrong way round", "when: week <= 1,", "when: week =< 1,", "E245"),
    zh(
        "a sign missing",
        "chance: 52 + 0.3 * value_case + 12 * knows.overpay",
        "chance: 52 + 0.3 value_case + 12 * knows.overpay",
        "E206",
    ),
    zh("a sum that breaks off", "chance: 52 + 0.3 * value_case + 12 * knows.overpay", "chance: 52 + 0.3 * value_case +", "E206"),
    zh("a parenthesis not closed", "(tender.open or tender.closes <= 0)", "(tender.open or tender.closes <= 0", "E217"),
    zh("a product of two quantities", "chance: 52 + 0.3 * value_case + 12", "chance: 52 + trust * value_case + 12", "E207"),
    zh("a quotient", "chance: 52 + 0.3 * value_case + 12", "chance: 52 + value_case / 3 + 12", "E206"),
    zh("a power", "chance: 52 + 0.3 * value_case + 12", "chance: 52 + value_case ^ 2 + 12", "E206"),
    zh("a question in place of a condition", "when: target.rapport >= 20", "when: 关系够好", "E201"),
    zh("a condition twice compared", "when: week >= 4 and week <= 9", "when: 4 <= week <= 9", "E206"),
    zh("what is hidden is read", "when: target.rapport >= 20", "when: target.stance >= 1", "E208"),
    zh("the target where there is none", "chance: 7 + 10 * truth.outages", "chance: 7 + target.rapport", "E211"),
    # ---- names
    zh("a person misspelt", "hears: {liu: 0.5, chen: 0.3}", "hears: {lui: 0.5, chen: 0.3}", "E201"),
    zh("a person by their Chinese name", "claimed_by: [zhao, chen], sure: 85%", "claimed_by: [赵小磊, chen], sure: 85%", "E201"),
    zh("a quantity misspelt", "success: {need: 16", "success: {neeed: 16", "E225"),
    zh("a quantity in a sum misspelt", "0.3 * value_case + 12", "0.3 * value_cse + 12", "E201"),
    zh("a fact misspelt", "verifies: overpay", "verifies: overpaid", "E201"),
    zh("a stage misspelt", "stage: [P2, P3, P4, P5]\n    by: [ae, boss]", "stage: [P2, P3, P4, P9]\n    by: [ae, boss]", "E201"),
    zh(
        "a stage by its name",
        "stage: [P2, P3, P4, P5]\n    by: [ae, boss]",
        "stage: [需求, P3, P4, P5]\n    by: [ae, boss]",
        "E201",
    ),
    zh(
        "a phase misspelt",
        "phase: [decide, measurement]\n    when: not won",
        "phase: [decide, mesurement]\n    when: not won",
        "E201",
    ),
    zh("a role misspelt", "roles: [decider, approver]", "roles: [decidor, approver]", "E210"),
    zh("a role in Chinese", "roles: [decider, approver]", "roles: [决策者, approver]", "E210"),
    zh("a level in Chinese", "level: top, function: general", "level: 高层, function: general", "E210"),
    zh("a function misspelt", "function: general", "function: generel", "E210"),
    zh("a market misspelt", "market: professional", "market: profesional", "E210"),
    zh("a member misspelt", "by: [ae, boss]\n    cost", "by: [ae, bos]\n    cost", "E201"),
    zh("a promise misspelt", "promises: four_hours, fit", "promises: four_hour, fit", "E201"),
    zh(
        "a scene that is not there",
        "said: proposal_asked, asks: true",
        "said: proposal_asked, opens: two_mor, asks: true",
        "E201",
    ),
    zh("an action of the library misspelt", "  first_proposal:\n", "  first_propsal:\n", "E246"),
    zh("a gate of the library misspelt", "gates:\n  P4:", "gates:\n  P44:", "E201"),
    zh("the library is not used", "use: [library/professional]\n", "", "E247", HEAD),
    zh("the library misspelt", "use: [library/professional]", "use: [library/profesional]", "E117"),
    zh("the library with its ending", "use: [library/professional]", "use: [library/professional.yaml]", "E116"),
    zh("a word said that nobody says", "when: said.gift or said.stand_ins", "when: said.gifts or said.stand_ins", "E214"),
    zh("a bone that is not there", "7 - 4 * bone.person_leaves", "7 - 4 * bone.person_left", "E201"),
    # ---- keys
    zh("a key misspelt", "    style: relationship", "    stlye: relationship", "E203"),
    zh(
        "a key misspelt in braces",
        "swot: opportunity, prior: 60%, claimed_by: [zhao",
        "swto: opportunity, prior: 60%, claimed_by: [zhao",
        "E203",
    ),
    zh("a key in Chinese", "    style: relationship", "    打法: relationship", "E203"),
    zh("a section misspelt", "negotiation:\n", "negociation:\n", "E203"),
    zh("a section in Chinese", "epilogue:\n", "尾声:\n", "E203"),
    zh("a key of another thing", "text: 断粉\n", "name: 断粉\n", "E203"),
    zh("a key missing", "kind: inquiry, ", "", "E202"),
    zh("a text missing", "    text: 断粉\n", "", "E202", -1),
    zh("the endings are missing", "endings:\n", "ending:\n", "E203"),
    zh("no last ending", ", last: true}", "}", "E224"),
    zh("a percentage in the first outcome", "success: {need: 16", "success: {share: 20%, need: 16", "E222"),
    zh("shares beyond the whole", "partly:  {share: 60%, need: 6", "partly:  {share: 160%, need: 6", "E227"),
    en("a number with a comma", "budget: 12_000", "budget: 12,000", "E243"),
    en("a number with a unit", "weeks: 14, fronts", "weeks: 14 weeks, fronts", "E243"),
    en("a number with k", "value: 240_000", "value: 240k", "E243"),
    en("a number with a currency", "value: 240_000", "value: $240_000", "E243"),
    en("a share as a fraction", "prior: 60%, claimed_by: [diaz, meyer]", "prior: 0.6, claimed_by: [diaz, meyer]", "E227"),
    en("a chance as a fraction", "chance: 65 + 0.2 * target.rapport", "chance: 0.65", "W409"),
    en("an effect as a percentage", "urgency: 20, need: 8", "urgency: 20%, need: 8", "E244"),
    en("greater or equal as one mark", "when: target.rapport >= 5", "when: target.rapport ≥ 5", "E245"),
    en("and as two marks", "when: phase <= decide and week >= 3", "when: phase <= decide && week >= 3", "E245"),
    en("AND in capitals", "when: phase <= decide and week >= 3", "when: phase <= decide AND week >= 3", "E245"),
    en("one equals sign", "when: phase <= decide and week >= 3", "when: phase <= decide and week = 3", "E245"),
    en("is greater in words", "when: target.rapport >= 5", "when: target.rapport is at least 5", "E206"),
    en("a times sign missing", "0.3 * target.rapport - 8", "0.3target.rapport - 8", "E206"),
    en("a person misspelt", "claimed_by: [diaz, meyer]", "claimed_by: [dias, meyer]", "E201"),
    en("a person in capitals", "claimed_by: [diaz, meyer]", "claimed_by: [Diaz, meyer]", "E201"),
    en("a quantity misspelt", "success: {need: 12, value_case", "success: {need: 12, valuecase", "E225"),
    en("a role misspelt", "roles: [decider, approver]", "roles: [decision maker, approver]", "E210"),
    en("a level by another word", "level: top, function", "level: senior, function", "E210"),
    en("a key misspelt", "    style: relationship", "    stile: relationship", "E203"),
    en("a key of another thing", "    text: A pump fails at night\n", "    name: A pump fails at night\n", "E203"),
    en("yes as in old YAML", "hidden: true", "hidden: yes", "E204"),
    en("True in capitals", "hidden: true", "hidden: True", "E204"),
    en("the library is not used", "use: [library/professional]\n", "", "E247", HEAD),
    en("the library's name alone", "use: [library/professional]", "use: [professional]", "E117"),
    en("a stage in words", "stage: [P1, P2]", "stage: [P1, proposal]", "E201"),
    en("shares that do not sum", "{42: 40%, 50: 40%, 60: 20%}", "{42: 40%, 50: 40%, 60: 30%}", "E226"),
    en("an award without a criterion's weight", "weight: 45, us:", "us:", "E202"),
    en("no ending is the last", ", last: true}", "}", "E224"),
)
"""What an author means and the language does not say so."""

SLIPS = (*TYPING, *MEANING)
