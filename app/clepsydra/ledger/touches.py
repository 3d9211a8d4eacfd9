"""Touches: short exchanges logged with one key, where they lie, and which of them the agreement gives free.

One inside a timer of its own client is part of that work: it makes no session and cuts none. Its note joins the
timer's, and a mark counts it for the allowance: 30 minutes with a message in them stay one entry of 30.
"""

from datetime import date
from typing import TYPE_CHECKING

from clepsydra.domain.records import replace
from clepsydra.domain.session import FREE_TOUCH, TOUCH_CHANNELS, Session, Source
from clepsydra.language.plain import storable
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.timers import Work, made
from clepsydra.store import sessions, touched
from clepsydra.store.ids import new_id

if TYPE_CHECKING:
    from clepsydra.domain.terms import Client


def touch(ledger: Ledger, work: Work, seconds: int | None = None) -> Session:
    """Log a short exchange that has just ended; `seconds` defaults to the client's own length of a touch.

    Returns its session, or that of the client's own timer which it lies in. Several in a row lie one before the other,
    so that no second is owned twice. The agreement's free touches of the month come first and are written off as given.
    Raises `Refused` for another channel or no length.
    """
    client = ledger.client_with(work.client, work.project)
    if work.channel not in TOUCH_CHANNELS:
        raise Refused("a touch is a message or a fix")
    length = client.touches_of(work.project).default if seconds is None else seconds
    if length <= 0:
        raise Refused("a touch lasts at least a minute")
    with ledger.change("touch {client}", client=work.client):
        around = _around(ledger, work, length)
        if around is not None:
            return _joined(ledger, around, work, length)
        ended_at = _free_end(ledger, length)
        session = made(ledger, client, work, ended_at - length, ended_at, Source.TOUCH)
        session = given_free(ledger, client, session)
        sessions.add(ledger.db, session)
    return session


def given_free(ledger: Ledger, client: "Client", session: Session) -> Session:
    """A new session as the agreement has it: an exchange is free while the month's allowance has a place."""
    if session.channel in TOUCH_CHANNELS and session.write_off is None and _free_left(ledger, client, session):
        return replace(session, write_off=FREE_TOUCH)
    return session


def _around(ledger: Ledger, work: Work, length: int) -> Session | None:
    """The work of the same client and project that runs now, or that holds the whole stretch of a touch."""
    now, begin = ledger.now, ledger.now - length
    for other in sessions.within(ledger.db, begin, now + 1):
        mine = (other.client, other.project) == (work.client, work.project) and other.channel not in TOUCH_CHANNELS
        whole = other.started_at <= begin and other.ended_at is not None and other.ended_at >= now
        if mine and other.write_off is None and ((other.running and other.doubtful_from is None) or whole):
            return other
    return None


def _joined(ledger: Ledger, around: Session, work: Work, length: int) -> Session:
    """The note joins that of the work; what a statement holds already keeps its own."""
    note = storable(work.note)
    if note and note not in around.note and around.statement is None:
        around = replace(around, note=f"{around.note} · {note}" if around.note else note)
        sessions.replace(ledger.db, around)
    touched.add(ledger.db, new_id(ledger.now), around.id, work.channel, ledger.now, length)
    return around


def _free_end(ledger: Ledger, length: int) -> int:
    """The latest end, not after now, of a stretch of `length` seconds that no other touch covers."""
    end = ledger.now
    taken = sessions.within(ledger.db, end - 86_400, end)
    for other in sorted((s for s in taken if s.source is Source.TOUCH), key=lambda s: s.started_at, reverse=True):
        if other.ended_at is not None and other.ended_at > end - length and other.started_at < end:
            end = other.started_at
    return end


def _free_left(ledger: Ledger, client: "Client", session: Session) -> bool:
    """Whether the month's allowance has a place: a project's own is for its touches, the client's for all others'.

    Every exchange of the month up to the day counts, however it was entered, those inside a timer too.
    """
    allowance = client.touches_of(session.project).free_per_month
    if not allowance:
        return False
    own = _counts_touches(client, session.project)
    day = date.fromordinal(session.day)
    first, last = day.replace(day=1).toordinal(), day.toordinal()
    month = sessions.Filter(client=client.slug, first_day=first, last_day=last)
    places = [s.project for s in sessions.select(ledger.db, month) if s.channel in TOUCH_CHANNELS]
    places += touched.projects(ledger.db, client.slug, first, last)
    alike = [place for place in places if (place == session.project if own else not _counts_touches(client, place))]
    return len(alike) < allowance


def _counts_touches(client: "Client", project: str) -> bool:
    """Whether a project has an allowance of free touches of its own."""
    found = client.project(project)
    return found is not None and found.touches is not None and not found.touches.shared
