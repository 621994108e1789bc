"""The room's addresses. Nothing is decided here: a request is checked, handed to the room, and its answer sent."""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from game.errors import StorageError
from game.i18n import LANGUAGES, Say
from game.paths import WEB
from game.web.answers import answers_page
from game.web.classroom import Classroom
from game.web.guard import GRACE, JOINS, MOST_OF_TRAINER, Act, Headers, Order, Tries, Vote, own, read_as, read_body
from game.web.pages import code_picture, console_page, join_page, look_page, play_page, wall_page
from game.web.room import LIVE, Room
from game.web.seat import Place
from game.web.seating import NotJoined
from game.web.sheets import sheets_page
from game.web.slides import SLIDES
from game.web.style import characters, style_sheet, subset

SEAT, TRAINER, TONGUE = "seat", "trainer", "lang"
"""Cookies; the first two with the room's code: rooms at other ports of the same computer have their own."""
BEAT = 0.25
"""Seconds between looks at what has changed."""
SILENT = 5.0
"""Seconds after which a line is kept open by a word."""
LINES = 8
"""Open lines a seat may have: one for each tab."""
FACES = ("zh", "latin", "latin_bold")


class Server:
    """The web door of one room."""

    def __init__(self, room: Room, classroom: Classroom, address: str = "") -> None:
        """`address`: where trainees find the room, where that is not where the request went."""
        self.room, self.classroom, self.address = room, classroom, address
        self.tries, self.joins = Tries(), Tries(JOINS)
        self.key = secrets.token_urlsafe(12)
        """Opens the console once."""
        self.stopping = False
        shown = characters(room.ready)
        self.fonts = {face: subset(face, shown) for face in FACES}
        self.app = Starlette(routes=self.routes(), middleware=[Middleware(Headers)])

    def routes(self) -> list[Route]:
        return [
            Route("/", self.door),
            Route("/join", self.join, methods=["POST"]),
            Route("/back/{token}", self.back),
            Route("/play", self.play),
            Route("/act", self.act, methods=["POST"]),
            Route("/vote", self.vote, methods=["POST"]),
            Route("/events", self.events),
            Route("/console", self.console),
            Route("/console/events", self.console_events),
            Route("/console/do", self.order, methods=["POST"]),
            Route("/look/{seat:int}", self.look),
            Route("/wall", self.wall),
            Route("/wall/slide", self.slide),
            Route("/class", self.report),
            Route("/sheets", self.sheets),
            Route("/answers", self.answers),
            Route("/sheets.css", self.sheet_style),
            Route("/style.css", self.style),
            Route("/script/{name}.js", self.script),
            Route("/font/{face}.woff", self.font),
        ]

    # ---- who asks
    def place(self, request: Request) -> Place | None:
        return self.room.place_of(request.cookies.get(f"{SEAT}-{self.room.code}", ""))

    def is_trainer(self, request: Request) -> bool:
        return self.room.is_trainer(request.cookies.get(f"{TRAINER}-{self.room.code}", ""))

    def base(self, request: Request) -> str:
        """Where trainees find the room."""
        return self.address or str(request.base_url)

    def say(self, request: Request) -> Say:
        """The language asked for, else the room's."""
        wanted = request.query_params.get("lang") or request.cookies.get(TONGUE, "")
        return Say(wanted if wanted in LANGUAGES else self.room.plan.language)

    # ---- coming in
    async def door(self, request: Request) -> Response:
        if self.place(request):
            return RedirectResponse("/play", 303)
        why = self.say(request)("join.gone") if request.query_params.get("gone") == "1" else ""
        return self._door(request, why, "", request.query_params.get("code", ""))

    def _door(self, request: Request, why: str, name: str, code: str, team: str = "", status: int = 200) -> Response:
        say = self.say(request)
        answer = HTMLResponse(join_page(say, why, name, code, team), status)
        answer.set_cookie(TONGUE, say.language, samesite="strict")
        return answer

    async def join(self, request: Request) -> Response:
        address = request.client.host if request.client else ""
        say, form = self.say(request), _form(await read_body(request))
        name, team, code = form.get("name", ""), form.get("team", ""), form.get("code", "").strip().upper()
        # From here to the answer nothing else runs: nobody guesses more often than is counted. Who knows the code comes in even
        # where somebody else at the same address guessed too often.
        right = hmac.compare_digest(code.encode(), self.room.code.encode())
        if self.tries.too_many(address, GRACE if right else 1) or self.joins.too_many(address):
            return self._door(request, say("join.wait"), "", "", status=429)
        origin = request.headers.get("origin")
        if origin and origin.partition("://")[2] != request.headers.get("host"):
            return self._door(request, say("join.elsewhere"), name, "", team, 403)
        if not right:
            self.tries.count(address)
            return self._door(request, say("join.wrong_code"), name, code, team, 403)
        self.joins.count(address)
        try:
            _, token = await run_in_threadpool(self.room.join, name, team)
        except NotJoined as error:
            return self._door(request, say(error.key, **error.values), name, code, team, 409)
        except StorageError as error:
            return self._door(request, say(error.key, **error.values), name, code, team, 503)
        return self._seated(request, token)

    async def back(self, request: Request) -> Response:
        """Another browser for a seat, by the link the trainer gave."""
        token = request.path_params["token"]
        if self.room.place_of(token) is None:
            return RedirectResponse("/", 303)
        return self._seated(request, token)

    def _seated(self, request: Request, token: str) -> Response:
        """On to the game, with what makes this browser the seat's. It comes along from a link in a message, too."""
        answer = RedirectResponse("/play", 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(f"{SEAT}-{self.room.code}", token, max_age=7 * 86_400, httponly=True, samesite="lax", secure=secure)
        return answer

    # ---- playing
    async def play(self, request: Request) -> Response:
        place = self.place(request)
        if place is None:
            return RedirectResponse("/", 303)
        return HTMLResponse(play_page(Say(place.view.settings.language), place))

    async def act(self, request: Request) -> Response:
        place = self.place(request)
        if place is None:
            return PlainTextResponse("", 401)
        act = await read_as(request, Act) if own(request) else None
        if act is None:
            return PlainTextResponse("", 400)
        place.seen_at = time.monotonic()
        return JSONResponse(await run_in_threadpool(self.room.act, place, act.model_dump()))

    async def vote(self, request: Request) -> Response:
        place = self.place(request)
        if place is None:
            return PlainTextResponse("", 401)
        vote = await read_as(request, Vote) if own(request) else None
        if vote is None:
            return PlainTextResponse("", 400)
        return JSONResponse({"ok": await run_in_threadpool(self.room.vote, place, vote.number, vote.answer)})

    async def events(self, request: Request) -> Response:
        place = self.place(request)
        if place is None:
            return PlainTextResponse("", 401)
        if place.lines >= LINES:
            return PlainTextResponse("", 429)
        place.lines += 1
        after = request.headers.get("last-event-id") or request.query_params.get("after", "0")
        first = int(after) if after.isdecimal() and len(after) < 12 else 0
        return _stream(self._seat_events(request, place, first))

    async def _seat_events(self, request: Request, place: Place, after: int) -> AsyncIterator[str]:
        try:
            async for words in self._news(request, place, after):
                yield words
        finally:
            place.lines -= 1

    async def _news(self, request: Request, place: Place, after: int) -> AsyncIterator[str]:
        before, said_at, at = "", 0.0, -1
        while not self.stopping and not await request.is_disconnected():
            place.seen_at = time.monotonic()
            gone = self.place(request) is not place
            # The store is asked only where the room has changed.
            notes = self.room.store.notes(place.seat.id, after) if at != self.room.version else []
            at, after = self.room.version, notes[-1][0] if notes else after
            state = {**self.room.signs(place), "gone": gone, "v": place.view.version}
            now = json.dumps(state)
            if now != before or notes:
                before, said_at = now, time.monotonic()
                yield f"id: {after}\ndata: {json.dumps({**state, 'notes': notes})}\n\n"
            elif time.monotonic() - said_at > SILENT:
                said_at = time.monotonic()
                yield ": here\n\n"
            if gone:
                return
            await asyncio.sleep(BEAT)

    # ---- the trainer
    async def console(self, request: Request) -> Response:
        key = request.query_params.get("key", "")
        if request.method == "GET" and key and self.key and hmac.compare_digest(key.encode(), self.key.encode()):
            self.key, token = "", secrets.token_urlsafe(24)
            self.room.let_run(token)
            answer: Response = RedirectResponse("/console", 303)
            answer.set_cookie(
                f"{TRAINER}-{self.room.code}", token, httponly=True, samesite="strict", secure=request.url.scheme == "https"
            )
            return answer
        if not self.is_trainer(request):
            return PlainTextResponse(self.say(request)("room.no_console"), 403)
        return HTMLResponse(console_page(self.say(request), self.room, self.base(request), (LIVE, *SLIDES)))

    async def console_events(self, request: Request) -> Response:
        if not self.is_trainer(request):
            return PlainTextResponse("", 403)
        return _stream(self._room_events(request))

    async def _room_events(self, request: Request) -> AsyncIterator[str]:
        before = ""
        while not self.stopping and not await request.is_disconnected():
            now = json.dumps(self._state(), ensure_ascii=False)
            if now != before:
                before = now
                yield f"data: {now}\n\n"
            await asyncio.sleep(2 * BEAT)

    def _state(self) -> dict[str, Any]:
        """All that the console and the wall show."""
        return {**self.room.state(), **self.classroom.state()}

    async def order(self, request: Request) -> Response:
        if not self.is_trainer(request):
            return PlainTextResponse("", 403)
        order = await read_as(request, Order, MOST_OF_TRAINER) if own(request) else None
        if order is None:
            return PlainTextResponse("", 400)
        answer = await run_in_threadpool(self.classroom.order, order)
        if order.do == "browser" and answer:
            link = f"{self.base(request).rstrip('/')}/back/{answer}"
            answer = {"link": link, "qr": code_picture(link)}
        return JSONResponse({"ok": answer is not None, "answer": answer, "state": self._state()})

    async def look(self, request: Request) -> Response:
        """Over a trainee's shoulder."""
        seat = self.room.seats.get(request.path_params["seat"])
        if not self.is_trainer(request) or seat is None:
            return PlainTextResponse("", 403)
        return HTMLResponse(await run_in_threadpool(look_page, self.say(request), seat))

    async def wall(self, request: Request) -> Response:
        if not self.is_trainer(request):
            return PlainTextResponse(self.say(request)("room.no_console"), 403)
        return HTMLResponse(wall_page(self.say(request), self.room, self.base(request)))

    async def slide(self, request: Request) -> Response:
        """What the wall shows in place of the track."""
        if not self.is_trainer(request):
            return PlainTextResponse("", 403)
        named = request.query_params.get("named") == "1"
        return HTMLResponse(await run_in_threadpool(self.classroom.slide, self.say(request).language, named))

    async def report(self, request: Request) -> Response:
        """The class report, once it was made."""
        page = self.classroom.page() if self.is_trainer(request) else None
        if page is None:
            return PlainTextResponse("", 404)
        # A report is a file that stands by itself: its own style and script are in it.
        rules = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
        return HTMLResponse(page, headers={"content-security-policy": rules})

    async def sheets(self, request: Request) -> Response:
        """Worksheets to print."""
        if not self.is_trainer(request):
            return PlainTextResponse(self.say(request)("room.no_console"), 403)
        return HTMLResponse(sheets_page(self.say(request), self.room.ready))

    async def answers(self, request: Request) -> Response:
        """What stands on good worksheets: the trainer's alone."""
        if not self.is_trainer(request):
            return PlainTextResponse(self.say(request)("room.no_console"), 403)
        return HTMLResponse(answers_page(self.say(request), self.room.ready))

    # ---- what pages are made of
    async def sheet_style(self, request: Request) -> Response:
        return _kept((WEB / "sheets.css").read_bytes(), "text/css")

    async def style(self, request: Request) -> Response:
        return _kept(style_sheet().encode(), "text/css")

    async def script(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ("play", "room", "console", "wall"):
            return PlainTextResponse("", 404)
        return _kept((WEB / f"{name}.js").read_bytes(), "text/javascript")

    async def font(self, request: Request) -> Response:
        data = self.fonts.get(request.path_params["face"])
        return PlainTextResponse("", 404) if data is None else _kept(data, "font/woff")


def _kept(data: bytes, kind: str) -> Response:
    """What a browser may keep for an hour."""
    return Response(data, media_type=kind, headers={"cache-control": "private, max-age=3600"})


def _stream(words: AsyncIterator[str]) -> StreamingResponse:
    return StreamingResponse(words, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


def _form(body: bytes | None) -> dict[str, Any]:
    """A small form; empty for anything else."""
    from urllib.parse import parse_qsl

    try:
        return dict(parse_qsl((body or b"").decode("utf-8"), max_num_fields=8))
    except ValueError:
        return {}
