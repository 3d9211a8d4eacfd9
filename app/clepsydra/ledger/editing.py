"""Change the log by hand: add, edit, split, join, remove, write off, agree, touch.

Nothing here rounds or guesses; what overlaps or lies ahead is stored as typed, and the caller warns about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clepsydra.domain.civil import civil_day
from clepsydra.domain.money import share
from clepsydra.domain.session import DEFAULT_PROJECT, TOUCH_CHANNELS, Channel, Decision, Scope, Session, Source
from clepsydra.domain.terms import Client
from clepsydra.ledger.ids import new_id
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.timers import Work
from clepsydra.store import sessions

FREE_TOUCH = "free allowance"
"""The reason written on touches that an agreement gives free each month."""


@dataclass(frozen=True)
class Edit:
    """What to change of a session; None leaves a field as it is."""

    client: str | None = None
    project: str | None = None
    channel: Channel | None = None
    started_at: int | None = None
    ended_at: int | None = None
    note: str | None = None
    scope: Scope | None = None
    decision: Decision | None = None
    request: str | None = None


def add(ledger: Ledger, work: Work, started_at: int, ended_at: int, source: Source = Source.MANUAL) -> Session:
    """Add a finished session; raises `Refused` when it would end before it begins."""
    session = finished(ledger, work, started_at, ended_at, source)
    with ledger.change("add {client}", client=work.client):
        sessions.add(ledger.db, session)
    return session


def finished(ledger: Ledger, work: Work, started_at: int, ended_at: int, source: Source = Source.MANUAL) -> Session:
    """A finished session as `add` would write it; raises `Refused` when it would end before it begins."""
    client = ledger.place(work.client, work.project)
    if ended_at < started_at:
        raise Refused("the session would end before it begins")
    return _finished(ledger, client, work, started_at, ended_at, source)


def _finished(ledger: Ledger, client: Client, work: Work, started_at: int, ended_at: int, source: Source) -> Session:
    return Session(
        id=new_id(ledger.now),
        client=work.client,
        project=work.project,
        channel=work.channel,
        started_at=started_at,
        ended_at=ended_at,
        zone=ledger.zone.key,
        day=ledger.day_of(started_at, client),
        scope=work.scope,
        decision=work.decision,
        note=work.note,
        source=source,
        logged_at=ledger.now,
    )


def touch(ledger: Ledger, work: Work, seconds: int | None = None) -> Session:
    """Log a short exchange that has just ended; `seconds` defaults to the client's own length of a touch.

    Several in a row lie one before the other, so that no second is owned twice. The agreement's free touches of the
    month come first and are written off as given.
    """
    client = ledger.place(work.client, work.project)
    if work.channel not in TOUCH_CHANNELS:
        raise Refused("a touch is a message or a fix")
    length = client.touches_of(work.project).default if seconds is None else seconds
    if length <= 0:
        raise Refused("a touch lasts at least a minute")
    ended_at = _free_end(ledger, length)
    session = _finished(ledger, client, work, ended_at - length, ended_at, Source.TOUCH)
    if _free_left(ledger, client, session):
        session = replace(session, write_off=FREE_TOUCH)
    with ledger.change("touch {client}", client=work.client):
        sessions.add(ledger.db, session)
    return session


def _free_end(ledger: Ledger, length: int) -> int:
    """The latest end, not after now, of a stretch of `length` seconds that no other touch covers."""
    end = ledger.now
    taken = sessions.within(ledger.db, end - 86_400, end)
    for other in sorted((s for s in taken if s.source is Source.TOUCH), key=lambda s: s.started_at, reverse=True):
        if other.ended_at is not None and other.ended_at > end - length and other.started_at < end:
            end = other.started_at
    return end


def _free_left(ledger: Ledger, client: Client, session: Session) -> bool:
    allowance = client.touches_of(session.project).free_per_month
    if not allowance:
        return False
    day = civil_day(session.started_at, client.zone, client.day_starts_at)
    month = sessions.Filter(client=client.slug, first_day=day.replace(day=1).toordinal(), last_day=day.toordinal())
    given = sum(1 for s in sessions.select(ledger.db, month) if s.write_off == FREE_TOUCH)
    return given < allowance


def edit(ledger: Ledger, session_id: str, changes: Edit) -> Session:
    """Change fields of a session; raises `Refused` for what cannot be, and for sessions on a statement."""
    after = edited(ledger, ledger.session(session_id), changes)
    with ledger.change("edit {client}", client=after.client):
        sessions.replace(ledger.db, after)
    return after


def edited(ledger: Ledger, before: Session, changes: Edit) -> Session:
    """A session as changes would leave it; writes nothing, raises `Refused` for what cannot be."""
    wanted = {name: value for name in Edit.__dataclass_fields__ if (value := getattr(changes, name)) is not None}
    if "client" in wanted and "project" not in wanted and wanted["client"] != before.client:
        wanted["project"] = DEFAULT_PROJECT
    after = _coherent(replace(before, **wanted))
    client = ledger.place(after.client, after.project)
    if after.ended_at is not None and after.ended_at < after.started_at:
        raise Refused("the session would end before it begins")
    if "ended_at" in wanted:
        after = replace(after, doubtful_from=None)
    if (after.client, after.started_at) != (before.client, before.started_at):
        after = replace(after, day=ledger.day_of(after.started_at, client))
    return after


def _coherent(session: Session) -> Session:
    """Out of scope needs a decision, pending until one is made; in scope or unsure has none."""
    if session.scope is Scope.OUT:
        return session if session.decision else replace(session, decision=Decision.PENDING)
    return replace(session, decision=None)


def set_scope(ledger: Ledger, session_id: str, scope: Scope, decision: Decision | None = None) -> Session:
    """Mark a session in scope, out of scope (with its decision) or unsure."""
    before = ledger.session(session_id)
    after = _coherent(replace(before, scope=scope, decision=decision))
    with ledger.change("scope of {client}", client=before.client):
        sessions.replace(ledger.db, after)
    return after


def split(ledger: Ledger, session_id: str, at: int) -> tuple[Session, Session]:
    """Cut a session in two at an instant inside it; an agreed time is shared by length, to the second."""
    whole = ledger.session(session_id)
    end = whole.span(ledger.now).ended_at
    if not whole.started_at < at < end:
        raise Refused("that time is not inside the session")
    agreed: Sequence[int | None] = (None, None)
    if whole.agreed_seconds is not None:
        agreed = share(whole.agreed_seconds, [at - whole.started_at, end - at])
    client = ledger.client(whole.client)
    first = replace(whole, ended_at=at, agreed_seconds=agreed[0], doubtful_from=None)
    second = replace(
        whole, id=new_id(ledger.now), started_at=at, day=ledger.day_of(at, client), agreed_seconds=agreed[1]
    )
    with ledger.change("split {client}", client=whole.client):
        sessions.replace(ledger.db, first)
        sessions.add(ledger.db, second)
    return first, second


def join(ledger: Ledger, first_id: str, second_id: str, *, fill: bool = False) -> Session:
    """Make one session of two of the same work; `fill` also takes the time between them, which is asked for.

    Raises `Refused` when they differ in what is billed, or when there is time between them and `fill` is not set.
    """
    first, second = sorted(
        (ledger.session(first_id), ledger.session(second_id)), key=lambda s: (s.started_at, s.id)
    )  # fmt: skip
    if first.id == second.id:
        raise Refused("a session cannot be joined with itself")
    if replace(Work.of(first), note="") != replace(Work.of(second), note="") or first.write_off != second.write_off:
        raise Refused("these two differ in client, project, channel or scope")
    if first.ended_at is None:
        raise Refused("the earlier session is still running; stop it first")
    between = second.started_at - first.ended_at
    if between > 0 and not fill:
        raise Refused(
            "there are {seconds} seconds between these sessions that nobody worked; fill them on purpose, "
            "or edit the end of the first",
            seconds=between,
        )
    agreed = [s.agreed_seconds for s in (first, second) if s.agreed_seconds is not None]
    ended_at = None if second.ended_at is None else max(first.ended_at, second.ended_at)
    notes = dict.fromkeys(n for n in (first.note, second.note) if n)
    whole = replace(
        first,
        ended_at=ended_at,
        note=" · ".join(notes),
        agreed_seconds=sum(agreed) if agreed else None,
        doubtful_from=second.doubtful_from,
    )
    with ledger.change("join {client}", client=first.client):
        sessions.remove(ledger.db, second.id)
        sessions.replace(ledger.db, whole)
    return whole


def remove(ledger: Ledger, session_id: str) -> Session:
    """Take a session out of the log; the journal keeps it, and undo brings it back."""
    session = ledger.session(session_id)
    with ledger.change("remove {client}", client=session.client):
        sessions.remove(ledger.db, session.id)
    return session


def write_off(ledger: Ledger, session_id: str, reason: str) -> Session:
    """Decide that a session is not billed, and why; an empty reason takes the decision back."""
    session = ledger.session(session_id)
    if session.running:
        raise Refused("the session is still running; stop it first")
    with ledger.change("write off {client}", client=session.client):
        after = replace(session, write_off=reason.strip() or None)
        sessions.replace(ledger.db, after)
    return after
