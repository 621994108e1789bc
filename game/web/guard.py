"""What comes from outside: bounded, typed, and not believed. Headers that keep a page to itself."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Form = TypeVar("Form", bound=BaseModel)
MAX_BODY, MOST_OF_TRAINER = 4_096, 16_384
"""Bytes of what a browser sends."""
GRACE = 10
"""So many times oftener than wrong codes are taken from an address, the right one still is."""
TRIES, JOINS, SPAN = 40, 240, 60.0
"""So many wrong codes, and so many new seats, from one address within so many seconds; then it has to wait. A whole class may
come from one address."""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


class Act(BaseModel):
    """What a browser says was done on its page."""

    model_config = ConfigDict(extra="forbid", strict=True)

    n: int = Field(ge=0, lt=1 << 53)
    have: int = Field(ge=-1, lt=1 << 53)
    size: tuple[int, int]
    press: str = Field(max_length=200)
    key: str = Field(max_length=20)
    text: str | None = Field(max_length=400)
    enter: bool
    outside: bool


class Order(BaseModel):
    """What the console asks for."""

    model_config = ConfigDict(extra="forbid", strict=True)

    do: str = Field(max_length=20)
    seat: int = Field(default=0, ge=0, lt=1 << 31)
    text: str = Field(default="", max_length=1_500)
    number: int = Field(default=0, ge=-1, lt=100_000)


class Vote(BaseModel):
    """What a seat answers to a question."""

    model_config = ConfigDict(extra="forbid", strict=True)

    number: int = Field(ge=0, lt=1 << 31)
    answer: int = Field(ge=0, lt=100)


async def read_body(request: Request, most: int = MAX_BODY) -> bytes | None:
    """The body, if it is no longer than it may be."""
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > most:
            return None
    return found


async def read_as(request: Request, form: type[Form], most: int = MAX_BODY) -> Form | None:
    """A well-formed body of this form; None for anything else."""
    body = await read_body(request, most)
    try:
        return form.model_validate_json(body or b"", strict=True)
    except ValidationError:
        return None


def own(request: Request) -> bool:
    """Whether a request that changes something comes from our own page: other sites cannot set this header, and a browser names
    where a request comes from."""
    origin = request.headers.get("origin")
    there = origin.partition("://")[2] if origin else None
    return request.headers.get("x-room") == "1" and there in (None, request.headers.get("host"))


class Tries:
    """What is done too often from one address: `most` times within `SPAN` seconds, then it has to wait."""

    def __init__(self, most: int = TRIES) -> None:
        self.most = most
        self.at: dict[str, deque[float]] = defaultdict(deque)

    def too_many(self, address: str, times: int = 1) -> bool:
        """Whether it is so many times too often."""
        before, now = self.at[address], time.monotonic()
        while before and now - before[0] > SPAN:
            before.popleft()
        return len(before) >= times * self.most

    def count(self, address: str) -> None:
        if len(self.at) > 10_000:
            self.at.clear()
        self.at[address].append(time.monotonic())


class Headers:
    """Puts our headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                had = {name.lower() for name, _ in message["headers"]}
                more = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in had]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self.app(scope, receive, with_headers)
