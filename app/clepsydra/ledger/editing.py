"""Change the log by hand: add, edit, split, join, remove, write off, agree.

Nothing here rounds or guesses; what overlaps or lies ahead is stored as typed, and the caller warns about it.
"""

from collections.abc import Sequence
from datetime import date

from clepsydra.domain.money import share
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.rounding import GroupScope
from clepsydra.domain.session import (
    DEFAULT_PROJECT,
    FREE_TOUCH,
    TOUCH_CHANNELS,
    Channel,
    Decision,
    Scope,
    Session,
    Source,
)
from clepsydra.language.message import Length
from clepsydra.language.plain import storable
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.timers import Work, made, refuse_ahead, settled
from clepsydra.ledger.touches import given_free
from clepsydra.ledger.touches import touch as touch
from clepsydra.store import call_sessions, sessions
from clepsydra.store.ids import new_id


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
        session = given_free(ledger, ledger.client(work.client), session)
        sessions.add(ledger.db, session)
    return session


def finished(ledger: Ledger, work: Work, started_at: int, ended_at: int, source: Source = Source.MANUAL) -> Session:
    """A finished session, not yet written; raises `Refused` when it would end before it begins."""
    client = ledger.client_with(work.client, work.project)
    if ended_at < started_at:
        raise Refused("the session would end before it begins; give its start and its end, each with its day")
    return made(ledger, client, work, started_at, ended_at, source)


def edit(ledger: Ledger, session_id: str, changes: Edit) -> Session:
    """Change fields of a session; raises `Refused` for what cannot be, and for sessions on a statement."""
    with ledger.change("edit {client}") as said:
        before = ledger.session(session_id)
        after = edited(ledger, before, changes)
        said["client"] = after.client
        sessions.replace(ledger.db, after)
    return after


def edited(ledger: Ledger, before: Session, changes: Edit) -> Session:
    """A session as changes would leave it, not yet written; raises `Refused` for what cannot be."""
    wanted = {name: value for name in Edit.__dataclass_fields__ if (value := getattr(changes, name)) is not None}
    wanted |= {name: storable(wanted[name]) for name in ("note", "request") if name in wanted}
    if "client" in wanted and "project" not in wanted and wanted["client"] != before.client:
        wanted["project"] = DEFAULT_PROJECT
    after = _coherent(replace(before, **wanted))
    client = ledger.client_with(after.client, after.project)
    if after.ended_at is not None and after.ended_at < after.started_at:
        raise Refused("the session would end before it begins; give its start and its end, each with its day")
    if after.running and "started_at" in wanted:
        refuse_ahead(after.started_at, ledger.now)
    if "ended_at" in wanted:
        after = replace(after, doubtful_from=None)
    if before.write_off == FREE_TOUCH and _no_gift(before, after):
        after = replace(after, write_off=None)
    if (after.client, after.started_at) != (before.client, before.started_at):
        after = replace(after, day=ledger.day_of(after.started_at, client))
    return after


def _no_gift(before: Session, after: Session) -> bool:
    """Whether a free exchange is work by now, or another client's, whose agreement gave it not."""
    moved = (after.client, after.project) != (before.client, before.project)
    return moved or after.channel not in TOUCH_CHANNELS


def _coherent(session: Session) -> Session:
    return replace(session, decision=settled(session.scope, session.decision))


def set_scope(
    ledger: Ledger, session_id: str, scope: Scope, decision: Decision | None = None, request: str | None = None
) -> Session:
    """Mark a session in scope, out of scope (with its decision) or unsure; `request` says who asked for it and when."""
    with ledger.change("scope of {client}") as said:
        before = ledger.session(session_id)
        said["client"] = before.client
        asked = before.request if request is None else storable(request)
        after = _coherent(replace(before, scope=scope, decision=decision, request=asked))
        sessions.replace(ledger.db, after)
    return after


def split(ledger: Ledger, session_id: str, at: int) -> tuple[Session, Session]:
    """Cut a session in two at an instant inside it; an agreed time is shared by length, to the second."""
    with ledger.change("split {client}") as said:
        whole = ledger.session(session_id)
        said["client"] = whole.client
        first, second = _halves(ledger, whole, at)
        sessions.replace(ledger.db, first)
        sessions.add(ledger.db, second)
        call_sessions.cut(ledger.db, first.id, second.id)
    return first, second


def _halves(ledger: Ledger, whole: Session, at: int) -> tuple[Session, Session]:
    end = whole.span(ledger.now).ended_at
    if not whole.started_at < at < end:
        raise Refused("that time is not inside the session")
    agreed: Sequence[int | None] = (None, None)
    if whole.agreed_seconds is not None:
        agreed = share(whole.agreed_seconds, [at - whole.started_at, end - at])
    doubt = whole.doubtful_from
    # A doubt stays on every second it was about.
    first = replace(
        whole, ended_at=at, agreed_seconds=agreed[0], doubtful_from=doubt if doubt is not None and doubt < at else None
    )
    second = replace(
        whole,
        id=new_id(ledger.now),
        started_at=at,
        day=ledger.day_of(at, ledger.client(whole.client)),
        agreed_seconds=agreed[1],
        doubtful_from=None if doubt is None else max(at, doubt),
    )
    return first, second


def join(ledger: Ledger, first_id: str, second_id: str, *, fill: bool = False) -> Session:
    """Make one session of two of the same work; `fill` also takes the time between them, which is asked for.

    Raises `Refused` when they differ in what is billed, or when there is time between them and `fill` is not set.
    """
    with ledger.change("join {client}") as said:
        first, second = sorted(
            (ledger.session(first_id), ledger.session(second_id)), key=lambda s: (s.started_at, s.id)
        )  # fmt: skip
        said["client"] = first.client
        _refuse_join(first, second, fill=fill)
        _refuse_half_agreed(ledger, first, second)
        whole = _joined(first, second)
        call_sessions.joined(ledger.db, first.id, second.id)
        sessions.remove(ledger.db, second.id)
        sessions.replace(ledger.db, whole)
    return whole


def _refuse_join(first: Session, second: Session, *, fill: bool) -> None:
    if first.id == second.id:
        raise Refused("a session cannot be joined with itself")
    if replace(Work.of(first), note="") != replace(Work.of(second), note="") or first.write_off != second.write_off:
        raise Refused("these two differ in client, project, channel or scope")
    if first.ended_at is None:
        raise Refused("the earlier session is still running; stop it first")
    between = second.started_at - first.ended_at
    if between > 0 and not fill:
        raise Refused(
            "there are {time} between these sessions that nobody worked; fill them on purpose, "
            "or edit the end of the first",
            time=Length(between),
        )


def _refuse_half_agreed(ledger: Ledger, first: Session, second: Session) -> None:
    """Two billing groups of which one has an agreed time: its total would swallow what the other is billed."""
    rule = ledger.client(first.client).rule(first.project, first.channel, date.fromordinal(first.day))
    apart = rule.scope in (GroupScope.ENTRY, GroupScope.CUMULATIVE) or first.day != second.day
    if apart and (first.agreed_seconds is None) != (second.agreed_seconds is None):
        raise Refused("one of these has an agreed time and the other has none; agree on both, or on neither, first")


def _joined(first: Session, second: Session) -> Session:
    ends = [s.ended_at for s in (first, second) if s.ended_at is not None]
    agreed = [s.agreed_seconds for s in (first, second) if s.agreed_seconds is not None]
    doubts = [s.doubtful_from for s in (first, second) if s.doubtful_from is not None]
    notes = dict.fromkeys(n for n in (first.note, second.note) if n)
    return replace(
        first,
        ended_at=None if second.ended_at is None else max(ends),
        note=" · ".join(notes),
        agreed_seconds=sum(agreed) if agreed else None,
        doubtful_from=min(doubts, default=None),
    )


def remove(ledger: Ledger, session_id: str) -> Session:
    """Take a session out of the log; the journal keeps it, and undo brings it back."""
    with ledger.change("remove {client}") as said:
        session = ledger.session(session_id)
        said["client"] = session.client
        sessions.remove(ledger.db, session.id)
    return session


def write_off(ledger: Ledger, session_id: str, reason: str) -> Session:
    """Decide that a session is not billed, and why; an empty reason takes the decision back.

    Raises `Refused` while it runs.
    """
    with ledger.change("write off {client}") as said:
        session = ledger.session(session_id)
        said["client"] = session.client
        if session.running:
            raise Refused("the session is still running; stop it first")
        after = replace(session, write_off=storable(reason.strip()) or None)
        sessions.replace(ledger.db, after)
    return after
