"""Time taken out of a session: its head, its tail, its middle, or all of it; what is left stays what it was."""

from collections.abc import Sequence

from clepsydra.domain.interval import Interval, subtract
from clepsydra.domain.money import share
from clepsydra.domain.records import replace
from clepsydra.domain.session import Session
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.locks import ON_STATEMENT
from clepsydra.store import call_sessions, sessions
from clepsydra.store.ids import new_id


def take_out(ledger: Ledger, session: Session, taken: Interval, *, runs_on: bool) -> None:
    """Take a stretch out of a session; a timer goes on after it where `runs_on`.

    Raises `Refused` where the session is on an issued statement.
    """
    now = ledger.now
    if session.statement is not None:
        raise Refused(ON_STATEMENT)
    whole = session.span(now)
    left = subtract([whole], [taken])
    if session.running and runs_on and (not left or left[-1].ended_at < whole.ended_at):
        left = [*left, Interval(now, now)]  # what is taken has only just ended: the timer runs on from here
    if not left:
        sessions.remove(ledger.db, session.id)
        return
    agreed: Sequence[int | None] = [None] * len(left)
    if session.agreed_seconds is not None and any(span.seconds for span in left):
        agreed = share(session.agreed_seconds, [span.seconds for span in left])
    for number, (span, part) in enumerate(zip(left, agreed, strict=True)):
        piece = _piece(ledger, session, span, runs=session.running and span.ended_at == whole.ended_at)
        piece = replace(piece, agreed_seconds=part)
        if number:
            rest = replace(piece, id=new_id(now))
            sessions.add(ledger.db, rest)
            call_sessions.cut(ledger.db, session.id, rest.id)
        else:
            sessions.replace(ledger.db, piece)


def _piece(ledger: Ledger, session: Session, span: Interval, *, runs: bool) -> Session:
    """A part of a session; a doubt stays on every second it was about."""
    doubt = session.doubtful_from
    inside = doubt is not None and doubt < span.ended_at
    return replace(
        session,
        started_at=span.started_at,
        ended_at=None if runs else span.ended_at,
        day=ledger.day_of(span.started_at, ledger.client(session.client)),
        doubtful_from=max(doubt or 0, span.started_at) if inside else None,
    )
