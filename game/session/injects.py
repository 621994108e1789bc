"""What the trainer of a room may let happen in a deal that somebody else plays."""

from __future__ import annotations

from game.errors import IllegalAction
from game.play.decisions import inject_decision
from game.session.session import Session


def let_happen(session: Session, inject: str) -> bool:
    """Put it on record: it comes at the end of the week, or once its condition holds. False where it has been let happen already,
    where the deal is over, and where there is no such inject."""
    ids, t = session.ready.compiled.ids, session.ready.compiled.tables
    if inject not in ids.injects or session.playing.over:
        return False
    before = session.last, session.news
    try:
        session.take(inject_decision(t, ids.injects.index(inject)))
    except IllegalAction:
        return False
    # What is being read of the last decision stays as it is.
    session.last, session.news = before
    return True
