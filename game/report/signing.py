"""A host's signature on records (Ed25519): who has the host's public key can tell a record of the room from one made afterwards.

Replay finds damage and careless edits; only this refuses a record that was written by whoever knows the program.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from game.errors import RecordError, StorageError, UsageError

KEY, PUBLIC = "host.key", "host.pub"
LONG = 32
SIGNED = "signed"
"""Where a record carries it: {"key": public key, "mark": signature}, both in hex."""


class HostKey:
    """The key of this computer's rooms."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self.private = private

    @classmethod
    def of(cls, folder: Path) -> HostKey:
        """The folder's key, made where there is none; the public half lies beside it. StorageError where it cannot be kept."""
        path = folder / KEY
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
                os.write(made, Ed25519PrivateKey.generate().private_bytes_raw())
                os.close(made)
            raw = path.read_bytes()
            key = cls(Ed25519PrivateKey.from_private_bytes(raw))
            (folder / PUBLIC).write_text(key.public + "\n", encoding="ascii")
        except (OSError, ValueError) as error:
            raise StorageError("error.storage", why=str(error)) from error
        return key

    @property
    def public(self) -> str:
        """The public key, in hex: what others check with."""
        return self.private.public_key().public_bytes_raw().hex()

    def sign(self, record: dict[str, Any]) -> dict[str, Any]:
        """The record with the host's mark on all of it."""
        return {**record, SIGNED: {"key": self.public, "mark": self.private.sign(_bytes(record)).hex()}}


def split(raw: Any) -> tuple[Any, Any]:
    """A record file's content: the record without its signature, and the signature; None where there is none."""
    if not isinstance(raw, dict) or SIGNED not in raw:
        return raw, None
    return {name: value for name, value in raw.items() if name != SIGNED}, raw[SIGNED]


def check(record: Any, signed: Any, public: str) -> None:
    """RecordError where the record does not carry the mark of the host with this public key."""
    if not isinstance(signed, dict) or not isinstance(signed.get("mark"), str):
        raise RecordError("error.signature.none")
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signed["mark"]), _bytes(record))
    except (InvalidSignature, ValueError, TypeError, RecursionError):
        raise RecordError("error.signature.wrong") from None


def read_public(words: str) -> str:
    """A public key as it is given on the command line: in hex, or a file that holds it. UsageError for anything else."""
    text = words.strip()
    with contextlib.suppress(OSError, ValueError):
        path = Path(words)
        if path.is_file() and path.stat().st_size < 1_000:
            text = path.read_text(encoding="ascii").strip()
    try:
        if len(bytes.fromhex(text)) == LONG:
            return text
    except ValueError:
        pass
    raise UsageError("error.signature.key", text=words[:80])


def _bytes(record: Any) -> bytes:
    """What is signed: the record as JSON, the same however it is written down."""
    return json.dumps(record, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
