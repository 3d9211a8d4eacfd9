"""Timers: start, stop, switch, pause, resume. Each is one transaction, and reads what it rests on inside."""

from collections.abc import Collection

from clepsydra.domain.annotations import TYPE_CHECKING
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Decision, Scope, Session, Source, place_text
from clepsydra.language.plain import storable
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import interrupted, sessions
from clepsydra.store.ids import new_id

if TYPE_CHECKING:  # a timer needs little of it, and it costs more than starting one
    from clepsydra.domain.terms import Client


AHEAD = 60
"""Seconds by which a time given for a timer may lie ahead of the clock."""


@dataclass(frozen=True)
class Work:
    """What a timer runs for. Out of scope without a decision is pending; in scope or unsure has none to make."""

    client: str
    project: str = DEFAULT_PROJECT
    note: str = ""
    channel: Channel = Channel.WORK
    scope: Scope = Scope.IN
    decision: Decision | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "note", storable(self.note))
        object.__setattr__(self, "decision", settled(self.scope, self.decision))

    @classmethod
    def of(cls, session: Session) -> "Work":
        """The same work as a session's."""
        return cls(
            session.client, session.project, session.note, session.channel, session.scope, session.decision
        )  # fmt: skip


def settled(scope: Scope, decision: Decision | None) -> Decision | None:
    """The decision that goes with a scope: out of scope needs one, pending until it is made; else there is none."""
    if scope is Scope.OUT:
        return decision or Decision.PENDING
    return None


def running(ledger: Ledger) -> list[Session]:
    """The sessions that have not ended, oldest first."""
    return sessions.running(ledger.db)


def start(ledger: Ledger, work: Work, at: int | None = None) -> Session:
    """Start a timer at `at` (default now); ends what runs first, unless parallel timers are wanted.

    Raises `Refused` when the client is unknown, when the same work already runs, or when `at` lies ahead, or before
    the start of what would have to end.
    """
    return _start(ledger, work, at, replace_running=not ledger.settings.parallel_timers)


def switch(ledger: Ledger, work: Work, at: int | None = None) -> Session:
    """End everything that runs and start other work at the same instant, in one transaction."""
    return _start(ledger, work, at, replace_running=True)


def _start(ledger: Ledger, work: Work, at: int | None, *, replace_running: bool) -> Session:
    client = ledger.client_with(work.client, work.project)
    with ledger.change("start {client}", client=_name(work)):
        current = running(ledger)
        _refuse_running(ledger, work, current)
        when = _end_all(ledger, current if replace_running else [], at)
        for put_aside in interrupted.stack(ledger.db):
            before = sessions.by_id(ledger.db, put_aside.session)
            if before is None or Work.of(before) == work:
                interrupted.drop(ledger.db, put_aside.position)
        return _begin(ledger, client, work, when)


def _refuse_running(ledger: Ledger, work: Work, current: list[Session]) -> None:
    if any(Work.of(session) == work for session in current):
        raise Refused("{client} is already running", client=ledger.name_of(work.client))


def stop(ledger: Ledger, at: int | None = None, client: str | None = None) -> Session:
    """End the running timer at `at` (default now): the one of `client`, or the last begun.

    Raises `Refused` when nothing runs or when `at` lies ahead or before its start.
    """
    with ledger.change("stop {client}") as said:
        current = [s for s in running(ledger) if client is None or s.client == client]
        if not current:
            raise Refused("nothing is running")
        said["client"] = _name(current[-1])
        return _end(ledger, current[-1], at, ledger.now, certain=True)


def pause(ledger: Ledger, at: int | None = None) -> list[Session]:
    """End what runs and remember it, to be resumed; raises `Refused` when nothing runs."""
    with ledger.change("pause {client}") as said:
        current = running(ledger)
        if not current:
            raise Refused("nothing is running")
        said["client"] = _name(current[-1])
        now = ledger.now
        ended = [_end(ledger, session, at, now) for session in current]
        for session in ended:
            interrupted.push(ledger.db, session.id, interrupted.PAUSE)
    return ended


def resume(ledger: Ledger, at: int | None = None) -> Session:
    """Start again what was put aside last; without that, the last session. Raises `Refused` when there is none."""
    with ledger.change("resume {client}") as said:
        current = running(ledger)
        before = _put_aside(ledger, current) or next(iter(sessions.page(ledger.db, sessions.Filter(), 1)), None)
        if before is None:
            raise Refused("there is nothing to resume yet")
        said["client"] = _name(before)
        _refuse_running(ledger, Work.of(before), current)
        client = ledger.client_with(before.client, before.project)
        when = _end_all(ledger, [] if ledger.settings.parallel_timers else current, at)
        return _begin(ledger, client, Work.of(before), when)


def resumable(ledger: Ledger) -> bool:
    """Whether there is work to start again: put aside, or simply the last."""
    return bool(paused(ledger) or sessions.page(ledger.db, sessions.Filter(), 1))


def _put_aside(ledger: Ledger, current: list[Session]) -> Session | None:
    """Take off the stack what was put aside last; what was removed since or already runs again is passed over."""
    runs = [Work.of(session) for session in current]
    for put_aside in interrupted.stack(ledger.db):
        interrupted.drop(ledger.db, put_aside.position)
        session = sessions.by_id(ledger.db, put_aside.session)
        if session is not None and Work.of(session) not in runs:
            return session
    return None


@dataclass(frozen=True, slots=True)
class BackDated:
    """A running session with its earlier start, and the sessions, as they were, that gave it their time."""

    session: Session
    shortened: tuple[Session, ...] = ()
    removed: tuple[Session, ...] = ()


def giving_way(ledger: Ledger, session: Session, begins: int) -> BackDated:
    """What an earlier start of a running session takes: earlier timers end where it begins.

    Calls, what a person typed, agreed on, wrote off or billed stand, and so does everything where timers may run side
    by side: those overlaps are warned about.
    """
    if ledger.settings.parallel_timers:
        return BackDated(session)
    found = [s for s in sessions.within(ledger.db, begins, session.started_at) if _gives_way(s, session)]
    return BackDated(
        session,
        shortened=tuple(s for s in found if s.started_at < begins),
        removed=tuple(s for s in found if s.started_at >= begins),
    )


def _gives_way(other: Session, session: Session) -> bool:
    timed = other.source is Source.TIMER and other.channel is not Channel.CALL
    typed = other.agreed_seconds is not None or other.write_off is not None or other.statement is not None
    ended_before = other.ended_at is not None and other.started_at < other.ended_at <= session.started_at
    return timed and not typed and ended_before


def back_date(ledger: Ledger, session_id: str, begins: int, *, over: Collection[str] = ()) -> BackDated:
    """Move the start of a running session; what ran before ends there, so that no second is owned twice.

    Raises `Refused` when it lies ahead, when the session no longer runs, and when another lies wholly inside the time
    that is taken, unless it may be written `over`: the ids of those that a person has agreed to lose.
    """
    with ledger.change("start of {client}") as said:
        before = ledger.session(session_id)
        said["client"] = _name(before)
        if not before.running:
            raise Refused("nothing is running")
        refuse_ahead(begins, ledger.now)
        taken = giving_way(ledger, before, begins)
        for other in taken.removed:
            if other.id not in over:
                raise Refused("{client} would be gone; start after it", client=ledger.name_of(other.client))
            sessions.remove(ledger.db, other.id)
        for other in taken.shortened:
            doubt = other.doubtful_from
            kept = doubt if doubt is not None and doubt < begins else None
            sessions.replace(ledger.db, replace(other, ended_at=begins, doubtful_from=kept))
        day = ledger.day_of(begins, ledger.client(before.client))
        after = replace(before, started_at=begins, day=day)
        sessions.replace(ledger.db, after)
    return replace(taken, session=after)


def paused(ledger: Ledger) -> int:
    """How many pieces of work are put aside, to be resumed."""
    return len(interrupted.stack(ledger.db))


def _name(work: Work | Session) -> str:
    return place_text(work.client, work.project)


def made(
    ledger: Ledger, client: "Client", work: Work, started_at: int, ended_at: int | None, source: Source
) -> Session:  # fmt: skip
    """A new session of some work, not yet written; it is running when it has no end."""
    now = ledger.now
    return Session(
        id=new_id(now),
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
        logged_at=now,
    )


def _begin(ledger: Ledger, client: "Client", work: Work, when: int) -> Session:
    session = made(ledger, client, work, when, None, Source.TIMER)
    sessions.add(ledger.db, session)
    return session


def refuse_ahead(at: int | None, now: int) -> None:
    """A clock that is a little off is no mistake; a timer that runs since tomorrow is one.

    Raises `Refused` for an instant that has not come.
    """
    if at is not None and at > now + AHEAD:
        raise Refused(
            "that lies ahead: a timer cannot begin or end before its time; name the day where it was another one"
        )


def _end_all(ledger: Ledger, current: list[Session], at: int | None) -> int:
    """End sessions at one instant, and return it: what follows begins there."""
    now = ledger.now
    refuse_ahead(at, now)
    for session in current:
        _end(ledger, session, at, now)
    return now if at is None else at


def _end(ledger: Ledger, session: Session, at: int | None, now: int, *, certain: bool = False) -> Session:
    """End a session at `at`, or now but not before it began: a clock set back must not keep a timer from ending.

    A doubt about it stays open unless the person named the time and is `certain`.
    """
    refuse_ahead(at, now)
    when = max(now, session.started_at) if at is None else at
    if when < session.started_at:
        raise Refused("{client} began after that; choose a later time", client=ledger.name_of(session.client))
    answered = certain and at is not None
    ended = replace(session, ended_at=when, doubtful_from=None if answered else session.doubtful_from)
    sessions.replace(ledger.db, ended)
    return ended
