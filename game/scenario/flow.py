"""What stands in braces and brackets, read sign by sign: where a piece ends, and what was mistyped in it."""

from __future__ import annotations

import re
from typing import Any

from game.scenario.typo import KEY, WIDE, Typo, is_reference, opens_wide, quoted_until

CLOSES = {"{": "}", "[": "]"}
KEYISH = re.compile(rf"\s*({KEY})\s*")
WORD = re.compile(r"[A-Za-z0-9_.%+\-]+")
KEY_LINE = re.compile(r" *[A-Za-z_]\w*: ")
RUN = re.compile(rf"[^\[\]{{}},:#\"'{re.escape(''.join(WIDE))}]+")
"""Signs in the middle of a piece that mean nothing to YAML."""
NEXT_KEY = re.compile(r"\s*[A-Za-z_][\w.]*\s*[:：]")
SPOKEN = re.compile(r"“[^“”]*”")
NEXT_SPOKEN = re.compile(r"“[^“”]*”\s*(?:[,，、\]】]|$)")
LAST_KEY = re.compile(rf"[，、]\s*{KEY}\s*$")
"""A full-width comma and a key behind it."""
NEXT_WORD = re.compile(r"\s*[A-Za-z0-9_.%+\-]+\s*(?:[,，、\]】]|$)")


class Flow:
    """Braces or brackets that were opened at a column (from 0) of a line, behind a key that stands `indent` in."""

    def __init__(self, number: int, column: int, indent: int) -> None:
        self.number, self.column, self.indent = number, column, indent
        self.opened = ""
        self.stack: list[tuple[str, int, int]] = []
        """What is open: which, on which line and column."""
        self.found: list[Typo] = []
        self.quote = ""
        self.piece = ""
        """What has been read of the present key or value."""
        self.in_value = False
        self.done = False
        """Whether the present piece was quoted or in brackets: only a separator may follow."""
        self.closed = (0, 0, "")
        """The last quoted text: line, column, and the text with its quotes."""
        self.quiet = False
        """Whether something was told of the present piece already."""

    def told(self, code: str, number: int, column: int, length: int = 1, instead: str | None = None, **values: Any) -> None:
        if not self.quiet:
            self.found.append(Typo(code, number, column + 1, length, values, instead))
        self.quiet = True

    def unclosed(self) -> Typo:
        """That the innermost of those that are open is never closed."""
        sign, number, column = self.stack[-1] if self.stack else (self.opened or "{", self.number, self.column)
        if self.quote:
            return Typo("E128", number, column + 1, 1, {"found": self.quote})
        return Typo("E129", number, column + 1, 1, {"found": CLOSES.get(sign, "}")})

    def read(self, number: int, line: str, at: int) -> int:
        """Go on reading on this line; the column behind the last bracket, -1 where it is still open."""
        if at == 0 and self.stack and self.stack[-1][0] == "[" and len(self.stack) > 1 and KEY_LINE.match(line):
            self.found.append(self.unclosed())
            self.stack.pop()
            self.next()
        if self.quote:
            at = quoted_until(line, at, self.quote) + 1
            if not at:
                return -1
            self.quote, self.done = "", True
        while at < len(line):
            run = RUN.match(line, at) if self.piece.strip() and not self.done else None
            if run:
                self.piece += run[0]
                at = run.end()
                continue
            at = self.sign(number, line, at)
            if not self.stack:
                return at
        if self.piece:
            self.piece += " "
        return -1

    def sign(self, number: int, line: str, at: int) -> int:
        """Take in one sign, or a quoted text; where to go on."""
        sign = line[at]
        fresh = not self.piece.strip() and not self.done
        if sign in "\"'" and fresh:
            return self.quoted(number, line, at)
        if sign in "[{":
            self.open(number, sign, at, fresh)
        elif sign in "]}":
            self.ended(number, line, at)
            self.close(number, sign, at)
        elif sign == ",":
            self.ended(number, line, at)
            self.next()
        elif sign == "#" and (at == 0 or line[at - 1] == " "):
            return self.hash(number, line, at)
        elif sign in WIDE and self.wide(number, line, at, sign, fresh):
            pass
        elif sign == ":":
            self.colon(number, line, at)
        elif sign.strip() and self.done:
            self.behind_quotes(number, at, sign)
        else:
            if fresh and sign in "*&!@%`|>" and not is_reference(line[at:]):
                self.told("E127", number, at, 1, found=sign)
            self.piece += sign
        return at + 1

    def quoted(self, number: int, line: str, at: int) -> int:
        end = quoted_until(line, at + 1, line[at])
        if end < 0:
            self.quote = line[at]
            return self.left_open(number, line, at)
        self.done, self.closed = True, (number, at, line[at : end + 1])
        return end + 1

    def behind_quotes(self, number: int, at: int, sign: str) -> None:
        """Something goes on behind a quoted text: only its beginning is in quotes, or they were closed by the next pair."""
        where, column, text = self.closed
        if where == number and text:
            self.told("E128" if re.search(r"[:,] ", text) else "E127", where, column, 1, found=text[0])
        else:
            self.told("E127", number, at, 1, found=sign)

    def left_open(self, number: int, line: str, at: int) -> int:
        """A quote that does not end on its line: it is forgotten where the brackets end on that line as well."""
        if line.rstrip().endswith(("}", "]")):
            self.told("E128", number, at, 1, found=line[at])
            self.quote = ""
            self.stack.clear()
        return len(line)

    def open(self, number: int, sign: str, at: int, fresh: bool) -> None:
        if self.stack and not fresh:
            self.told("E127", number, at, 1, found=sign)
        self.opened = self.opened or sign
        self.stack.append((sign, number, at))
        self.next()

    def close(self, number: int, sign: str, at: int) -> None:
        if CLOSES[self.stack[-1][0]] != sign:
            self.quiet = False
            self.told("E129", number, at, 1, found=CLOSES[self.stack[-1][0]])
        self.stack.pop()
        self.piece, self.in_value, self.done, self.quiet = "", True, True, False

    def ended(self, number: int, line: str, at: int) -> None:
        """A piece ends here: one that ends with a quote and does not begin with one lost it."""
        text = self.piece.strip()
        if text.endswith('"') and text.count('"') == 1 and line[:at].rstrip().endswith('"'):
            self.told("E128", number, len(line[:at].rstrip()) - 1, 1, found='"')

    def next(self) -> None:
        """A new piece begins."""
        self.piece, self.in_value, self.done, self.quiet = "", False, False, False

    def hash(self, number: int, line: str, at: int) -> int:
        """A remark, or a text that is cut off here."""
        if self.piece.strip() and line[at + 1 : at + 2].strip():
            self.told("E131", number, at, 1)
        return len(line)

    def wide(self, number: int, line: str, at: int, sign: str, fresh: bool) -> bool:
        """Whether a full-width mark stands where YAML wants its own."""
        in_braces, rest = self.stack[-1][0] == "{", line[at + 1 :]
        wanted = False
        if sign == "：":
            wanted = in_braces and not self.in_value and bool(KEYISH.fullmatch(self.piece))
        elif sign in "，、":
            plain = bool(WORD.fullmatch(self.piece.strip())) or self.done
            spoken = bool(SPOKEN.fullmatch(self.piece.strip())) and bool(rest[:1] == " " or NEXT_SPOKEN.match(rest))
            follows = NEXT_KEY if in_braces and self.in_value else NEXT_WORD
            wanted = (plain and bool(follows.match(rest))) or (spoken and (not in_braces or bool(NEXT_KEY.match(rest))))
        elif sign in "【［｛":
            wanted = fresh and opens_wide(line[at:])
        elif sign in "】］｝":
            ends = not rest.strip() or rest.lstrip()[0] in ",，]}】"
            wanted = ends and WIDE[sign] == CLOSES[self.stack[-1][0]] and not re.search(r"[【［｛]", self.piece)
        if wanted and sign in "】］｝":
            self.told("E111", number, at, 1, WIDE[sign], found=sign, want=WIDE[sign])
            self.close(number, WIDE[sign], at)
        elif wanted:
            space = " " if sign in "：，、" and rest[:1].strip() else ""
            one = sign in "，、" and not in_braces and bool(SPOKEN.fullmatch(self.piece.strip()))
            self.told("W103" if one else "E111", number, at, 1, WIDE[sign] + space, found=sign, want=WIDE[sign])
            if sign == "：":
                self.begin_value()
            elif sign in "，、":
                self.next()
            else:
                self.open(number, WIDE[sign], at, True)
        return wanted

    def colon(self, number: int, line: str, at: int) -> None:
        ends = not line[at + 1 : at + 2].strip() or line[at + 1] in ",]}"
        if not ends and not self.done:
            name = KEYISH.fullmatch(self.piece)
            if self.stack[-1][0] == "{" and not self.in_value and name and name[1].isascii() and not name[1][0].isdigit():
                self.told("E124", number, at, 1, ": ", name=name[1])
                self.begin_value()
            else:
                self.piece += ":"
        elif self.in_value and (comma := LAST_KEY.search(line, 0, at)) and self.stack[-1][0] == "{":
            space = "" if line[comma.start() + 1] == " " else " "
            self.told("E111", number, comma.start(), 1, "," + space, found=line[comma.start()], want=",")
            self.next()
            self.begin_value()
        elif self.in_value:
            self.told("E130", number, at, 1)
        else:
            self.begin_value()

    def begin_value(self) -> None:
        self.piece, self.in_value, self.done = "", True, False
