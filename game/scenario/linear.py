"""Conditions and odds as authors write them: read into a small tree, and into linear forms over named quantities.

    condition   a >= 40 and (b >= 30 or knows.budget) and not said.no
    form        45 + 0.4 * target.rapport - 10 * phase_gap

Everything is linear: a product has a number on at least one side. Nothing is evaluated by Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from game.scenario.spoken import WORDS as SPOKEN_WORDS
from game.scenario.spoken import spoken
from game.scenario.typo import WIDE

TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9][0-9_]*(?:\.[0-9]+)?%?)|(?P<name>[^\W\d][\w]*(?:\.[\w]+)*)|(?P<sign><=|>=|==|!=|[-+*()<>]))"
)
PLAIN = re.compile(r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)")
MAX_DIGITS = 15
MAX_LENGTH = 2_000
MAX_TOKENS = 400
MAX_NESTING = 20
COMPOSED = 2
"""What the program put together of several expressions may be so many times as long and deep as what an author writes."""
WORDS = ("and", "or", "not")


@dataclass(frozen=True)
class Slip(Exception):
    """What is wrong in an expression: a problem code, where (offset and length in the text), values of its sentence."""

    code: str
    at: int
    length: int
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Linear:
    """Sum of coefficient × quantity, plus a constant; in the author's units."""

    terms: tuple[tuple[str, Decimal], ...]
    constant: Decimal

    def plus(self, other: Linear, factor: Decimal = Decimal(1)) -> Linear:
        found = dict(self.terms)
        for name, coefficient in other.terms:
            found[name] = found.get(name, Decimal(0)) + factor * coefficient
        return Linear(tuple((n, c) for n, c in found.items() if c), self.constant + factor * other.constant)

    def times(self, factor: Decimal) -> Linear:
        return Linear((), Decimal(0)).plus(self, factor)


@dataclass(frozen=True)
class Atom:
    """One inequality: form >= 0, or form > 0 where `strict`."""

    form: Linear
    strict: bool = False


@dataclass(frozen=True)
class Both:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Either:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    part: Condition


Condition = Atom | Both | Either | Not
Lookup = Callable[[str, int], Linear]
"""(name, offset) → what the name stands for; raises Slip for an unknown one."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


@lru_cache(maxsize=8192)
def _tokens(text: str, times: int) -> tuple[_Token, ...]:
    """The words of an expression; each is read when it is checked and again when it is compiled."""
    if len(text) > MAX_LENGTH * times:
        raise Slip("E216", 0, 1, (("most", str(MAX_LENGTH)),))
    wide = next((k for k, sign in enumerate(text) if sign in WIDE), None)
    if wide is not None:
        raise Slip("E111", wide, 1, (("found", text[wide]), ("want", WIDE[text[wide]])))
    if said := spoken(text):
        raise Slip("E245", said[0], len(said[1]), (("found", said[1]), ("want", said[2].strip())))
    found: list[_Token] = []
    at = 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if not match:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise Slip("E206", at, 1, (("found", text[at]),))
        kind = match.lastgroup or ""
        word = match[kind]
        if word in SPOKEN_WORDS:
            raise Slip("E245", match.start(kind), len(word), (("found", word), ("want", SPOKEN_WORDS[word])))
        found.append(_Token("word" if word in WORDS else kind, word, match.start(kind)))
        at = match.end()
    if len(found) > MAX_TOKENS * times:
        raise Slip("E216", 0, 1, (("most", str(MAX_TOKENS)),))
    return (*found, _Token("end", "", len(text.rstrip())))


class _Parser:
    """Recursive descent; nesting is limited."""

    def __init__(self, text: str, lookup: Lookup, times: int = 1) -> None:
        self.tokens = _tokens(text, times)
        self.lookup = lookup
        self.deepest = MAX_NESTING * times
        self.k = 0
        self.nesting = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.k]

    def take(self, *texts: str) -> _Token | None:
        token = self.now
        if token.kind in ("word", "sign") and token.text in texts:
            self.k += 1
            return token
        return None

    def slip(self, code: str = "E206") -> Slip:
        token = self.now
        return Slip(code, token.at, max(1, len(token.text)), (("found", token.text or "…"),))

    def end(self) -> None:
        if self.now.kind != "end":
            raise self.slip()

    # ---- conditions
    def condition(self) -> Condition:
        parts = [self.conjunction()]
        while self.take("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def conjunction(self) -> Condition:
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def negation(self) -> Condition:
        self.deeper()
        if self.take("not"):
            found: Condition = Not(self.negation())
        elif self.now.text == "(" and self.is_condition():
            self.take("(")
            found = self.condition()
            self.close()
        else:
            found = self.comparison()
        self.nesting -= 1
        return found

    def is_condition(self) -> bool:
        """Whether the bracket here holds a condition: it has a comparison or a word inside, or stands alone as a flag."""
        depth = 0
        for k in range(self.k, len(self.tokens)):
            token = self.tokens[k]
            depth += (token.text == "(") - (token.text == ")")
            if token.kind == "word" or token.text in ("<", ">", "<=", ">=", "==", "!="):
                return True
            if depth == 0:
                after = self.tokens[k + 1] if k + 1 < len(self.tokens) else token
                return after.kind in ("end", "word") or after.text == ")"
        return False

    def comparison(self) -> Condition:
        left = self.form()
        sign = self.take("<=", ">=", "<", ">", "==", "!=")
        if not sign:
            return Atom(left.plus(Linear((), Decimal(-1))))  # a flag: at least 1
        right = self.form()
        if self.now.text in ("<=", ">=", "<", ">", "==", "!="):
            raise self.slip()
        less, more = right.plus(left, Decimal(-1)), left.plus(right, Decimal(-1))
        if sign.text in ("==", "!="):
            same = Both((Atom(less), Atom(more)))
            return same if sign.text == "==" else Not(same)
        return Atom(more if ">" in sign.text else less, strict="=" not in sign.text)

    # ---- forms
    def form(self) -> Linear:
        self.deeper()
        found = self.product()
        while sign := self.take("+", "-"):
            found = found.plus(self.product(), Decimal(1 if sign.text == "+" else -1))
        self.nesting -= 1
        return found

    def product(self) -> Linear:
        found, percent = self.factor(), self.tokens[self.k - 1]
        while star := self.take("*"):
            if percent.text.endswith("%") or self.now.text.endswith("%"):
                percent = percent if percent.text.endswith("%") else self.now
                raise Slip("E244", percent.at, len(percent.text), (("found", percent.text),))
            other = self.factor()
            if found.terms and other.terms:
                raise Slip("E207", star.at, 1)
            found = other.times(found.constant) if not found.terms else found.times(other.constant)
        return found

    def factor(self) -> Linear:
        self.deeper()
        if self.take("-"):
            found = self.factor().times(Decimal(-1))
        elif self.take("+"):
            found = self.factor()
        elif self.take("("):
            found = self.form()
            self.close()
        else:
            found = self.leaf()
        self.nesting -= 1
        return found

    def leaf(self) -> Linear:
        token = self.now
        if token.kind == "number":
            self.k += 1
            if len(token.text.rstrip("%").partition(".")[2]) > 4:
                raise Slip("E221", token.at, len(token.text), (("name", ""), ("value", token.text)))
            return Linear((), Decimal(token.text.rstrip("%").replace("_", "")))
        if token.kind != "name":
            raise self.slip()
        self.k += 1
        return self.lookup(token.text, token.at)

    def close(self) -> None:
        if not self.take(")"):
            raise self.slip("E217")

    def deeper(self) -> None:
        self.nesting += 1
        if self.nesting > self.deepest:
            raise self.slip("E216")


def read_form(text: str, lookup: Lookup) -> Linear:
    """Read odds, an amount, a score. Raises Slip."""
    parser = _Parser(text, lookup)
    percents = [token for token in parser.tokens if token.text.endswith("%")]
    if len(percents) > 1:
        raise Slip("E244", percents[1].at, len(percents[1].text), (("found", percents[1].text),))
    found = parser.form()
    parser.end()
    return found


def read_condition(text: str, lookup: Lookup, times: int = 1) -> Condition:
    """Read a condition. Raises Slip. `times`: COMPOSED for one that was put together of several."""
    parser = _Parser(text, lookup, times)
    found = parser.condition()
    parser.end()
    return found


def plain(text: str) -> Decimal | None:
    """A plain number as authors write it; None for anything else, and for one of more than MAX_DIGITS digits."""
    text = text.strip()
    if not PLAIN.fullmatch(text) or sum(map(str.isdigit, text)) > MAX_DIGITS:
        return None
    return Decimal(text.replace("_", ""))
