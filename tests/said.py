"""Statements for tests, as a record writes them."""

from __future__ import annotations

from typing import Any

from game.play.statements import Statement, read_statement


def said(kind: str, **fields: Any) -> Statement:
    """A statement of this kind; RecordError for what is none."""
    return read_statement({"kind": kind, "at": 0, **fields})
