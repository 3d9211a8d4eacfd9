"""After a crash, a sleep or a clock jump: never invent worked time, never lose any; ask.

An open instance leaves a sign of life every half minute. A timer that nobody saw for longer gets a doubt from the last
sign on; it is not billed until the person has kept, cut, split or discarded it. Each answer is one journalled change.
"""

import os
from collections.abc import Callable
from contextlib import suppress

from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import Scope, Session
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.processes import process_alive, this_host
from clepsydra.store import sessions, watchers
from clepsydra.store.ids import new_id
from clepsydra.store.watchers import Watcher

BEAT_SECONDS = 30
"""How often an instance leaves a sign of life: at most so much is doubtful without need."""

UNSEEN_SECONDS = 120
"""Unseen for longer than this is asked about; shorter is a busy machine, not an absence."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A session whose end is doubtful: seen until `seen_until`, unseen until `until` (UTC seconds)."""

    session: Session
    seen_until: int
    until: int


def enter(ledger: Ledger) -> Watcher:
    """Register this instance; call `beat` every `BEAT_SECONDS` from then on, and `leave` at the end."""
    now = ledger.now
    watcher = Watcher(new_id(now), os.getpid(), this_host(), now, now)
    watchers.beat(ledger.db, watcher)
    return watcher


def beat(ledger: Ledger, watcher: Watcher) -> None:
    """Leave a sign of life."""
    watchers.beat(ledger.db, replace(watcher, seen_at=ledger.now))


def leave(ledger: Ledger, watcher: Watcher) -> None:
    """This instance closes in order."""
    watchers.leave(ledger.db, watcher.instance)


def booted_at(stat: str = "/proc/stat") -> int:
    """When this machine was started (UTC seconds); 0 where the system does not say."""
    with suppress(OSError, ValueError), open(stat) as file:
        for line in file:
            if line.startswith("btime "):
                return int(line.split()[1])
    return 0


def look_back(
    ledger: Ledger, alive: Callable[[int], bool] = process_alive, boot: Callable[[], int] = booted_at
) -> list[Doubt]:
    """Find what ran while nobody watched, mark it doubtful, and return every open doubt.

    A timer is seen while some watcher lives and beats. One that died without leaving, or fell silent, vouches until its
    last sign of life; a machine started since a timer was, for the log's last change before it. Timers of the command
    line alone that nobody ever watched are not doubted.
    """
    if watchers.all_watchers(ledger.db) or sessions.running(ledger.db):
        booted = boot()
        if _unseen(ledger, alive, booted) or _silent(ledger, alive):
            with ledger.change("unseen: {client}") as said:
                unseen = _unseen(ledger, alive, booted)
                said["client"] = ", ".join(session.client for session, _ in unseen)
                for session, seen in unseen:
                    sessions.replace(ledger.db, replace(session, doubtful_from=seen))
                for watcher in _silent(ledger, alive):
                    watchers.leave(ledger.db, watcher.instance)
    return doubts(ledger)


def suspected(
    ledger: Ledger, alive: Callable[[int], bool] = process_alive, boot: Callable[[], int] = booted_at
) -> list[Doubt]:
    """The open doubts, and those that looking back would find now; nothing is stored."""
    found = doubts(ledger)
    if sessions.running(ledger.db):
        found += [
            Doubt(replace(session, doubtful_from=seen), seen, session.span(ledger.now).ended_at)
            for session, seen in _unseen(ledger, alive, boot())
        ]
    return sorted(found, key=lambda doubt: doubt.session.started_at)


def _silent(ledger: Ledger, alive: Callable[[int], bool]) -> list[Watcher]:
    """The watchers that do not watch now: dead, asleep, or on another machine and not heard of."""
    now, host = ledger.now, this_host()
    return [
        w
        for w in watchers.all_watchers(ledger.db)
        if now - w.seen_at > UNSEEN_SECONDS or (w.host == host and not alive(w.pid))
    ]


def _unseen(ledger: Ledger, alive: Callable[[int], bool], booted: int) -> list[tuple[Session, int]]:
    """What runs unseen, and the last second somebody vouched for it."""
    silent = _silent(ledger, alive)
    watching = [w.since for w in watchers.all_watchers(ledger.db) if w not in silent]
    unseen = []
    for session in _undoubted(ledger):
        # A watcher whose last sign is just older than the timer was there when it began.
        signs = [w.seen_at for w in silent if w.seen_at + UNSEEN_SECONDS >= _known_from(session)]
        if not signs and session.started_at < booted:
            from clepsydra.store import journal

            before = journal.last_before(ledger.db, booted)
            changed = journal.touched_since(ledger.db, "session", session.id, booted)
            signs = [before] if before is not None and not changed else []
        if signs and not any(since <= max(signs) + UNSEEN_SECONDS for since in watching):
            unseen += _if_long(session, max(signs), ledger.now)
    return unseen


def _known_from(session: Session) -> int:
    """When the timer was there to be seen: a begin that was typed afterwards was seen by nobody."""
    return max(session.started_at, session.logged_at)


def _undoubted(ledger: Ledger) -> list[Session]:
    return [s for s in sessions.running(ledger.db) if s.doubtful_from is None]


def _if_long(session: Session, last_seen: int, now: int) -> list[tuple[Session, int]]:
    """The session with the last second it was seen, unless it was unseen for a moment only."""
    seen = max(_known_from(session), last_seen)
    return [(session, seen)] if abs(now - last_seen) > UNSEEN_SECONDS and abs(now - seen) > UNSEEN_SECONDS else []


def unseen_since(ledger: Ledger, last_seen: int) -> list[Doubt]:
    """Mark what runs as unseen since an instant: the machine slept, or the clock jumped. Returns every open doubt."""
    with ledger.change("unseen: {client}") as said:
        unseen = [each for s in _undoubted(ledger) for each in _if_long(s, last_seen, ledger.now)]
        said["client"] = ", ".join(session.client for session, _ in unseen)
        for session, seen in unseen:
            sessions.replace(ledger.db, replace(session, doubtful_from=seen))
    return doubts(ledger)


def doubts(ledger: Ledger) -> list[Doubt]:
    """The sessions that wait for an answer, oldest first."""
    return [
        Doubt(s, s.doubtful_from, s.span(ledger.now).ended_at)
        for s in sessions.doubtful(ledger.db)
        if s.doubtful_from is not None
    ]


def _doubtful(ledger: Ledger, session_id: str) -> tuple[Session, int]:
    session = ledger.session(session_id)
    if session.doubtful_from is None:
        raise Refused("nothing is doubtful about that session")
    return session, max(session.doubtful_from, session.started_at)


def keep(ledger: Ledger, session_id: str) -> Session:
    """All of it was work: the session stands as it is, and goes on if it was running."""
    with ledger.change("keep {client}") as said:
        session, _ = _doubtful(ledger, session_id)
        said["client"] = session.client
        kept = replace(session, doubtful_from=None)
        sessions.replace(ledger.db, kept)
    return kept


def cut(ledger: Ledger, session_id: str) -> Session:
    """It ended when it was last seen."""
    with ledger.change("cut {client}") as said:
        session, seen = _doubtful(ledger, session_id)
        said["client"] = session.client
        ended = replace(session, ended_at=seen, doubtful_from=None)
        sessions.replace(ledger.db, ended)
    return ended


def split(ledger: Ledger, session_id: str) -> tuple[Session, Session]:
    """The seen part stands; the unseen one becomes a session of its own, of unsure scope, to be moved or removed."""
    with ledger.change("split {client}") as said:
        session, seen = _doubtful(ledger, session_id)
        said["client"] = session.client
        client = ledger.client(session.client)
        end = session.span(ledger.now).ended_at
        first = replace(session, ended_at=seen, doubtful_from=None)
        second = replace(
            session,
            id=new_id(ledger.now),
            started_at=seen,
            ended_at=max(end, seen),
            day=ledger.day_of(seen, client),
            scope=Scope.UNSURE,
            decision=None,
            agreed_seconds=None,
            doubtful_from=None,
            logged_at=ledger.now,
        )
        sessions.replace(ledger.db, first)
        sessions.add(ledger.db, second)
        from clepsydra.store import call_sessions

        call_sessions.cut(ledger.db, first.id, second.id)
    return first, second


def discard(ledger: Ledger, session_id: str) -> Session:
    """None of it was work: the session leaves the log; the journal keeps it, and undo brings it back."""
    with ledger.change("discard {client}") as said:
        session, _ = _doubtful(ledger, session_id)
        said["client"] = session.client
        sessions.remove(ledger.db, session.id)
    return session
