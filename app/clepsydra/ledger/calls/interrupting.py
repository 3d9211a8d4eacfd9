"""A call over running work: what ran ends where the call begins, and begins again where the call ends.

Everything here is a part of a journalled change that somebody else has opened. Between a call's begin and its end the
work it put aside lies on the stack of interrupted work, marked as a call's. What is left there when no call is under
way any more is resumed, or stays to be resumed by hand if the person has gone on to something else.
"""

from clepsydra.calls.call import Rank
from clepsydra.domain.records import replace
from clepsydra.domain.session import Channel, Session, Source
from clepsydra.ledger import timers
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.timers import Work
from clepsydra.settings.model import Interrupt
from clepsydra.store import calls, interrupted, sessions
from clepsydra.store.ids import new_id

DAY = 86_400
"""Seconds: work that calls put aside for longer is not looked for."""


def interrupts(ledger: Ledger) -> Interrupt:
    """What a detected call does to running work, as the person has set it."""
    return Interrupt(ledger.settings.calls.interrupt)


# -- push and pop


def push(ledger: Ledger, at: int, *, by_hand: bool = False) -> list[Session]:
    """Put aside what runs since before `at`: it ends there. Calls are not put aside by calls.

    What a person began at the very second a call was noticed to begin is no part of it, unless they say so themselves.
    """
    if not _call_runs(ledger):  # left behind by a call that nobody saw the end of: for the person to resume
        leave_aside(ledger)
    ended_now = []
    for session in timers.running(ledger):
        if session.channel is Channel.CALL or session.started_at > at:
            continue
        before = _resumed_from(ledger, session) if session.started_at == at else None
        if before is not None:  # the call before ended in the second in which this one begins
            sessions.remove(ledger.db, session.id)
            interrupted.push(ledger.db, before.id, interrupted.CALL)
        elif session.started_at < at or by_hand:
            ended = replace(session, ended_at=at)
            sessions.replace(ledger.db, ended)
            interrupted.push(ledger.db, ended.id, interrupted.CALL)
            ended_now.append(ended)
    return ended_now


def _resumed_from(ledger: Ledger, session: Session) -> Session | None:
    """What a session goes on with, if it began by itself where a call ended; None for one that a person began."""
    at = session.started_at
    ended = (call for call in calls.calls_between(ledger.db, at - 1, at) if call.ended_at == at and not call.folded)
    if not any(call.rank == Rank.CERTAIN for call in ended):
        return None
    earlier = [each for each in sessions.within(ledger.db, at - DAY, at) if each.ended_at is not None]
    same = [each for each in earlier if Work.of(each) == Work.of(session) and each.source is session.source]
    return max(same, key=lambda each: each.ended_at or 0, default=None)


def pop(ledger: Ledger, at: int) -> list[Session]:
    """Resume at an instant what calls put aside, unless another call is under way; until that began, it ran."""
    under_way = _under_way(ledger)
    if not under_way:
        return _resume(ledger, at)
    _between(ledger, at, min(under_way))
    return []


def _between(ledger: Ledger, ended: int, began: int) -> None:
    """One call ended before the next began, though the next was known first: what both put aside ran meanwhile."""
    aside = list(filter(_is_calls, interrupted.stack(ledger.db)))
    for each in aside if ledger.settings.parallel_timers else aside[:1]:
        before = sessions.by_id(ledger.db, each.session)
        if before is None or before.ended_at is None or not _has_client(ledger, before):
            continue
        at = max(ended, before.ended_at)
        held = sessions.within(ledger.db, at, began) if at < began else []
        if at < began and (not held or ledger.settings.parallel_timers):
            ran = replace(_again(ledger, before, at), ended_at=began)
            sessions.replace(ledger.db, ran)
            interrupted.resume_with(ledger.db, each.position, ran.id)


def _resume(ledger: Ledger, at: int) -> list[Session]:
    """Resume what calls put aside, the last first.

    What is beside another timer where only one may run stays paused, and so does what has no place any more: a call
    ends all the same.
    """
    resumed: list[Session] = []
    for each in filter(_is_calls, interrupted.stack(ledger.db)):
        before = sessions.by_id(ledger.db, each.session)
        running = timers.running(ledger)
        alone = bool(running) and not ledger.settings.parallel_timers
        if before is not None and (alone or not _has_client(ledger, before)):
            interrupted.turn(ledger.db, each.position, interrupted.PAUSE)
            continue
        interrupted.drop(ledger.db, each.position)
        if before is not None and not any(Work.of(session) == Work.of(before) for session in running):
            resumed.append(_again(ledger, before, max(at, before.ended_at or at)))
    return resumed


def put_aside(ledger: Ledger) -> Session | None:
    """What the call that is under way will resume at its end; None without one."""
    top = next(filter(_is_calls, interrupted.stack(ledger.db)), None)
    return sessions.by_id(ledger.db, top.session) if top else None


def leave_aside(ledger: Ledger) -> None:
    """What calls put aside is no longer theirs to resume: the person has stopped, or the end is in doubt."""
    for each in interrupted.stack(ledger.db):
        if _is_calls(each):
            interrupted.turn(ledger.db, each.position, interrupted.PAUSE)


def give_back(ledger: Ledger, began: int, ended: int | None) -> None:
    """What was no call takes nothing: work that was put aside at its start runs on as if nothing had happened.

    Where it was resumed since, both parts become one session again; anything that a person changed meanwhile stands.
    """
    waiting = {each.session: each for each in interrupted.stack(ledger.db)}
    for before in sessions.within(ledger.db, began - 1, began):
        if before.ended_at != began or before.statement is not None:
            continue
        entry = waiting.get(before.id)
        if entry and _is_calls(entry) and (not timers.running(ledger) or ledger.settings.parallel_timers):
            interrupted.drop(ledger.db, entry.position)
            sessions.replace(ledger.db, replace(before, ended_at=None))
        elif ended is not None:
            _join_again(ledger, before, ended)


def _join_again(ledger: Ledger, before: Session, ended: int) -> None:
    for after in sessions.within(ledger.db, ended, ended + 1):
        same = Work.of(after) == Work.of(before) and after.source is before.source
        untouched = after.statement is None and after.agreed_seconds is None and after.write_off is None
        if after.started_at == ended and same and untouched and before.write_off is None:
            whole = replace(before, ended_at=after.ended_at, doubtful_from=after.doubtful_from)
            sessions.remove(ledger.db, after.id)
            sessions.replace(ledger.db, whole)
            return


def _has_client(ledger: Ledger, session: Session) -> bool:
    client = ledger.catalogue.clients.get(session.client)
    return client is not None and client.project(session.project) is not None


def _again(ledger: Ledger, before: Session, at: int) -> Session:
    client = ledger.client_with(before.client, before.project)
    session = timers.made(ledger, client, Work.of(before), at, None, before.source)
    session = replace(session, request=before.request)
    sessions.add(ledger.db, session)
    return session


def _is_calls(each: interrupted.Interrupted) -> bool:
    return each.why == interrupted.CALL


def _call_runs(ledger: Ledger) -> bool:
    return bool(_under_way(ledger))


def _under_way(ledger: Ledger) -> list[int]:
    """When the calls began that are under way: those of clients, and those that were noticed for certain and not said
    to be none."""
    of_clients = [session.started_at for session in timers.running(ledger) if session.channel is Channel.CALL]
    certain = [call for call in calls.calls_under_way(ledger.db) if call.rank == Rank.CERTAIN and not call.folded]
    decided = [(call.started_at, calls.decision_of(ledger.db, call.id)) for call in certain]
    return of_clients + [began for began, said in decided if said is None or said.state == "personal"]


# -- by hand


def begin_by_hand(ledger: Ledger, work: Work, at: int | None = None) -> Session:
    """A call that nothing could notice begins: what runs is put aside until it ends.

    Raises `Refused` when the client is unknown, when a call already runs, or when what runs began after `at`.
    """
    client = ledger.client_with(work.client, work.project)
    with ledger.change("call with {client}", client=work.client):
        when = ledger.now if at is None else at
        current = timers.running(ledger)
        if any(session.channel is Channel.CALL for session in current):
            raise Refused("a call is already running; end it first")
        if any(session.started_at > when for session in current):
            raise Refused("{client} began after that; choose a later time", client=ledger.name_of(current[-1].client))
        push(ledger, when, by_hand=True)
        session = timers.made(ledger, client, replace(work, channel=Channel.CALL), when, None, Source.TIMER)
        sessions.add(ledger.db, session)
    return session


def end_by_hand(ledger: Ledger, at: int | None = None) -> tuple[Session, list[Session]]:
    """The running call ends, and what it had put aside runs again; returns both. Raises `Refused` without a call."""
    with ledger.change("end of the call with {client}") as said:
        running = [session for session in timers.running(ledger) if session.channel is Channel.CALL]
        if not running:
            raise Refused("no call is running")
        call = running[-1]
        said["client"] = call.client
        when = max(ledger.now, call.started_at) if at is None else at
        if when < call.started_at:
            raise Refused("{client} began after that; choose a later time", client=ledger.name_of(call.client))
        ended = replace(call, ended_at=when, doubtful_from=call.doubtful_from if at is None else None)
        sessions.replace(ledger.db, ended)
        # The sound system may not have noticed the end yet; the person has.
        resumed = [] if len(running) > 1 else _resume(ledger, when)
    return ended, resumed


# -- taking seconds


def carve(ledger: Ledger, call: Session) -> list[Session]:
    """Take a call's seconds out of the timers that own them, so that no second is owned twice.

    What a person typed, agreed on, wrote off or billed stands, and so does another client's timer that they started
    during the call: those overlaps are warned about. Returns the sessions that lay wholly inside, which are gone.
    """
    began, ended = call.started_at, call.ended_at
    gone = []
    for session in sessions.within(ledger.db, began, _FOR_EVER if ended is None else ended):
        if not _gives_way(session, call):
            continue
        before = session.started_at < began
        after = ended is not None and (session.ended_at is None or session.ended_at > ended)
        if before:
            doubt = session.doubtful_from
            doubt = doubt if doubt is not None and doubt < began else None
            sessions.replace(ledger.db, replace(session, ended_at=began, doubtful_from=doubt))
        if after and ended is not None:
            rest = _rest(ledger, replace(session, id=new_id(ledger.now)) if before else session, ended)
            (sessions.add if before else sessions.replace)(ledger.db, rest)
        elif not before:
            sessions.remove(ledger.db, session.id)
            gone.append(session)
    return gone


_FOR_EVER = 1 << 40


def _gives_way(session: Session, call: Session) -> bool:
    return gives_way(session, call.started_at) or (_is_timer(session) and session.client == call.client)


def gives_way(session: Session, began: int) -> bool:
    """Whether a session is a timer of before an instant that nobody has settled since: what began then may cut it."""
    return _is_timer(session) and session.started_at < began


def stays(session: Session, client: str, began: int) -> bool:
    """Whether a session keeps its seconds from a client's call that began at an instant."""
    return session.placed and not gives_way(session, began) and not (_is_timer(session) and session.client == client)


def _is_timer(session: Session) -> bool:
    typed = session.agreed_seconds is not None or session.write_off is not None or session.statement is not None
    return session.source is Source.TIMER and session.channel is not Channel.CALL and not typed


def _rest(ledger: Ledger, session: Session, begins: int) -> Session:
    """A session from a later begin on; a doubt stays on every second it was about."""
    day = ledger.day_of(begins, ledger.client(session.client))
    doubt = session.doubtful_from
    return replace(session, started_at=begins, day=day, doubtful_from=None if doubt is None else max(doubt, begins))
