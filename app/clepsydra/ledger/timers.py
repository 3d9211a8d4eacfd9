"""Timers: start, stop, switch, pause, resume. Each is one transaction."""

from dataclasses import dataclass, replace

from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Decision, Scope, Session, Source
from clepsydra.ledger.ids import new_id
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import interrupted, sessions


@dataclass(frozen=True)
class Work:
    """What a timer runs for."""

    client: str
    project: str = DEFAULT_PROJECT
    note: str = ""
    channel: Channel = Channel.WORK
    scope: Scope = Scope.IN
    decision: Decision | None = None

    @classmethod
    def of(cls, session: Session) -> "Work":
        """The same work as a session's."""
        return cls(
            session.client, session.project, session.note, session.channel, session.scope, session.decision
        )  # fmt: skip


def running(ledger: Ledger) -> list[Session]:
    """The sessions that have not ended, oldest first."""
    return sessions.running(ledger.db)


def start(ledger: Ledger, work: Work, at: int | None = None) -> Session:
    """Start a timer at `at` (default now); ends what runs first, unless parallel timers are wanted.

    Raises `Refused` when the client is unknown, when the same work already runs, or when `at` lies before the
    begin of what would have to end.
    """
    return _start(ledger, work, at, replace_running=not ledger.settings.parallel_timers)


def switch(ledger: Ledger, work: Work, at: int | None = None) -> Session:
    """End everything that runs and start other work at the same instant, in one transaction."""
    return _start(ledger, work, at, replace_running=True)


def _start(ledger: Ledger, work: Work, at: int | None, *, replace_running: bool) -> Session:
    ledger.place(work.client, work.project)
    when = ledger.now if at is None else at
    current = running(ledger)
    for session in current:
        if Work.of(session) == work:
            raise Refused("{client} is already running", client=_name(work))
    with ledger.change("start {client}", client=_name(work)):
        if replace_running:
            for session in current:
                _end(ledger, session, when)
        return _begin(ledger, work, when)


def stop(ledger: Ledger, at: int | None = None, client: str | None = None) -> Session:
    """End the running timer at `at` (default now): the one of `client`, or the last begun.

    Raises `Refused` when nothing runs or when `at` lies before its begin.
    """
    current = [s for s in running(ledger) if client is None or s.client == client]
    if not current:
        raise Refused("nothing is running")
    session = current[-1]
    with ledger.change("stop {client}", client=_name(session)):
        return _end(ledger, session, ledger.now if at is None else at, certain=at is not None)


def pause(ledger: Ledger, at: int | None = None) -> list[Session]:
    """End what runs and remember it, to be resumed; raises `Refused` when nothing runs."""
    current = running(ledger)
    if not current:
        raise Refused("nothing is running")
    when = ledger.now if at is None else at
    with ledger.change("pause {client}", client=_name(current[-1])):
        ended = [_end(ledger, session, when) for session in current]
        for session in ended:
            interrupted.push(ledger.db, session.id, interrupted.PAUSE)
    return ended


def resume(ledger: Ledger, at: int | None = None) -> Session:
    """Start again what was put aside last; without that, the last session. Raises `Refused` when there is none."""
    top = interrupted.top(ledger.db)
    before = sessions.by_id(ledger.db, top.session) if top else None
    if before is None:
        latest = sessions.page(ledger.db, sessions.Filter(), 1)
        if not latest:
            raise Refused("there is nothing to resume yet")
        before = latest[0]
    if before.running:
        raise Refused("{client} is already running", client=_name(before))
    ledger.place(before.client, before.project)
    when = ledger.now if at is None else at
    with ledger.change("resume {client}", client=_name(before)):
        if top:
            interrupted.drop(ledger.db, top.position)
        if not ledger.settings.parallel_timers:
            for session in running(ledger):
                _end(ledger, session, when)
        return _begin(ledger, Work.of(before), when)


def _name(work: Work | Session) -> str:
    return work.client if work.project == DEFAULT_PROJECT else f"{work.client}/{work.project}"


def _begin(ledger: Ledger, work: Work, when: int) -> Session:
    client = ledger.client(work.client)
    session = Session(
        id=new_id(ledger.now),
        client=work.client,
        project=work.project,
        channel=work.channel,
        started_at=when,
        ended_at=None,
        zone=ledger.zone.key,
        day=ledger.day_of(when, client),
        scope=work.scope,
        decision=work.decision,
        note=work.note,
        source=Source.TIMER,
        logged_at=ledger.now,
    )
    sessions.add(ledger.db, session)
    return session


def _end(ledger: Ledger, session: Session, when: int, *, certain: bool = False) -> Session:
    """End a session; a doubt about it stays open unless the person named the time and is `certain`."""
    if when < session.started_at:
        raise Refused("{client} began after that; choose a later time", client=_name(session))
    ended = replace(session, ended_at=when, doubtful_from=None if certain else session.doubtful_from)
    sessions.replace(ledger.db, ended)
    return ended
