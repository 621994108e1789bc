"""Opens a room and serves it until it is closed."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from game.errors import UsageError
from game.fonts import Type
from game.judging.workers import Case
from game.report.signing import HostKey
from game.scenario.load import Ready
from game.web.classroom import Classroom
from game.web.rehearsal import Rehearsal
from game.web.room import Room, RoomPlan
from game.web.server import Server

HERE, EVERYWHERE = "127.0.0.1", "0.0.0.0"
MOST_OPEN = 4_000
"""Open connections at once; who comes on top is told to come later."""


@dataclass(frozen=True, kw_only=True)
class Hosting:
    """Where a room is served: `lan` lets other devices in; `address`, where a proxy stands before it, is where trainees find it.
    `rehearse` make-believe trainees, one decision each `pace` seconds."""

    port: int
    lan: bool
    address: str = ""
    rehearse: int = 0
    pace: float = 6.0


def address_of(hosting: Hosting) -> str:
    """Under which address trainees find the room."""
    host = own_address() if hosting.lan else HERE
    return hosting.address.rstrip("/") or f"http://{host}:{hosting.port}"


def own_address() -> str:
    """This computer's address in its network: the one it would reach others from. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return HERE


def allow_many() -> None:
    """As many open connections as the system lets this program have."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 4 * MOST_OPEN) if hard != resource.RLIM_INFINITY else 4 * MOST_OPEN
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def bound(hosting: Hosting) -> socket.socket:
    """The socket the room listens on. UsageError where the port cannot be had."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((EVERYWHERE if hosting.lan else HERE, hosting.port))
        # Whoever opens the address as soon as it is told waits a moment instead of being refused.
        sock.listen(256)
    except (OSError, OverflowError) as error:
        sock.close()
        raise UsageError("error.port", port=hosting.port, why=str(error)) from error
    return sock


def serve(
    folder: Path,
    ready: Ready,
    plan: RoomPlan,
    case: Case | None,
    hosting: Hosting,
    opened: Callable[[Room, str], None],
    host: HostKey | None = None,
) -> None:
    """A room in this folder, until Ctrl+C. `opened` is told the room and the console's link; `host` signs the records."""
    allow_many()
    with bound(hosting) as sock:
        room = Room(folder, ready, plan, Type())
        classroom = Classroom(room, case, host=host)
        server = Server(room, classroom, hosting.address)
        rehearsal = Rehearsal(room, hosting.rehearse, hosting.pace) if hosting.rehearse else None
        opened(room, f"{address_of(hosting)}/console?key={server.key}")
        config = uvicorn.Config(
            server.app,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=2,
            server_header=False,
            limit_concurrency=MOST_OPEN,
        )
        web = _Web(config, server)
        try:
            web.run(sockets=[sock])
        finally:
            server.stopping = True
            if rehearsal:
                rehearsal.close()
            classroom.close()
            room.close()


class _Web(uvicorn.Server):
    """Lets go of open lines as soon as it is to stop, and leaves it to us to end: uvicorn would raise the signal once more, and
    whoever judges would be left behind."""

    def __init__(self, config: uvicorn.Config, server: Server) -> None:
        super().__init__(config)
        self.server_ = server

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        signals = [signal.SIGINT, signal.SIGTERM] if threading.current_thread() is threading.main_thread() else []
        before = {sig: signal.signal(sig, self.handle_exit) for sig in signals}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)

    def handle_exit(self, sig: int, frame: object) -> None:
        self.server_.stopping = True
        super().handle_exit(sig, frame)  # type: ignore[arg-type]
