"""Time away from the desk while a timer ran: taken out of the work, with a reason, in one change; the timer goes on."""

from collections.abc import Sequence

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import replace
from clepsydra.domain.session import Session
from clepsydra.ledger.absences import AbsenceReason, written
from clepsydra.ledger.day.answers import DayAnswer, DayPart, Item, ItemKind, Verb
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.solving import solve
from clepsydra.ledger.days import day_of
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import call_sessions, calls, sessions
from clepsydra.store.ids import new_id


def may_have_been_away(ledger: Ledger, since: int) -> bool:
    """Whether the time since an instant may have been an absence: a timer ran, and nobody was on a call."""
    running = [s for s in sessions.running(ledger.db) if s.doubtful_from is None]
    return bool(running) and not calls.on_the_line(ledger.db, since, ledger.now)


def was_away(ledger: Ledger, since: int, parts: Sequence[DayPart] = ()) -> None:
    """Take the time from `since` until now out of what runs; it was `parts`, or else an absence.

    Raises `Refused` when nothing runs.
    """
    with ledger.change("away from {client}") as said:
        running = [s for s in sessions.running(ledger.db) if s.doubtful_from is None]
        if not running or since >= ledger.now:
            raise Refused("nothing is running")
        said["client"] = ", ".join(session.client for session in running)
        span = Interval(since, ledger.now)
        for session in running:
            _take_out(ledger, session, span)
        _explain(ledger, span, parts)


def was_here(ledger: Ledger, since: int) -> None:
    """The time from `since` until now was work: what presence would still ask about it is settled."""
    day = day_of(ledger, ledger.today)
    asked = [item for item in open_items(ledger, day) if item.kind is ItemKind.AWAY and item.span.ended_at > since]
    for item in asked:
        solve(ledger, item, DayAnswer(Verb.KEEP))


def was_asleep(ledger: Ledger, session_id: str) -> None:
    """What was not seen of a doubtful session was an absence; if it was running, it goes on from now.

    Raises `Refused` where nothing about the session is doubtful.
    """
    with ledger.change("away from {client}") as said:
        session = ledger.session(session_id)
        if session.doubtful_from is None:
            raise Refused("nothing is doubtful about that session")
        said["client"] = session.client
        seen = max(session.doubtful_from, session.started_at)
        span = Interval(seen, max(seen, session.span(ledger.now).ended_at))
        _take_out(ledger, replace(session, doubtful_from=None), span)
        if span.seconds:
            written(ledger, span, AbsenceReason.ASLEEP)


def _take_out(ledger: Ledger, session: Session, span: Interval) -> None:
    """Cut a stretch off the end of a session; one that runs begins anew after it."""
    now = ledger.now
    later = replace(
        session,
        id=new_id(now),
        started_at=span.ended_at,
        day=ledger.day_of(span.ended_at, ledger.client(session.client)),
        agreed_seconds=None,
        logged_at=now,
    )
    if session.running:
        sessions.add(ledger.db, later)
        call_sessions.cut(ledger.db, session.id, later.id)
    if session.started_at >= span.started_at:
        sessions.remove(ledger.db, session.id)
    else:
        sessions.replace(ledger.db, replace(session, ended_at=span.started_at))


def _explain(ledger: Ledger, span: Interval, parts: Sequence[DayPart]) -> None:
    if parts:
        solve(ledger, Item(ItemKind.GAP, span, 0, ""), DayAnswer(Verb.FILL, tuple(parts)))
    else:
        written(ledger, span, AbsenceReason.AWAY)
