"""What a person makes of a detected call: a client's, several clients', personal, none at all, a part of another.

Each is one journalled change, and undo brings the call back to where it was. Nothing here decides by itself.
"""

import json
from collections.abc import Sequence

from clepsydra.calls.evidence import PHONE, ROOM
from clepsydra.domain.interval import subtract
from clepsydra.domain.merging import rank
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Precision, Session, Source
from clepsydra.ledger import absences, timers
from clepsydra.ledger.calls.inbox import find, inbox
from clepsydra.ledger.calls.interrupting import carve, give_back, interrupts, pop, push, stays
from clepsydra.ledger.calls.model import CallState, DetectedCall
from clepsydra.ledger.calls.never import LISTED, listed
from clepsydra.ledger.calls.titles import NEVER, mark_of
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.timers import Work
from clepsydra.settings.home import Home
from clepsydra.settings.model import Interrupt
from clepsydra.store import absences as away_rows
from clepsydra.store import calls, evidence, sessions
from clepsydra.store.calls import DecisionRow


@dataclass(frozen=True, slots=True)
class CallPart:
    """A part of a call and what it was for; None stands for the call's own begin or end."""

    work: Work
    started_at: int | None = None
    ended_at: int | None = None


def assign(ledger: Ledger, call_id: str, *parts: CallPart) -> list[Session]:
    """Make a call a client's, or several clients' in parts: sessions in the channel `call`.

    A call under way becomes a running session, which ends by itself with the call. Time of the call that no part covers
    stays without an owner. Timers give way to the call, so that no second is owned twice, unless calls are only noted.
    A call that was decided before is decided anew. Raises `Refused` for parts that lie outside the call or share time.
    """
    with ledger.change("call through {program}: {client}") as said:
        call = find(ledger, call_id)
        said["program"] = call.program_name
        said["client"] = ", ".join(dict.fromkeys(part.work.client for part in parts))
        said["interrupt"] = interrupts(ledger)  # for the proof: whether timers gave way
        clients = {ledger.client_with(part.work.client, part.work.project).slug for part in parts}
        _forget(ledger, call)
        left = _left_of_listed(ledger, call, parts)
        spans = _spans(call, left)
        made = _adopted(ledger, call, parts) or [
            _session(ledger, part, span, call) for part, span in zip(left, spans, strict=True)
        ]
        client = clients.pop() if len(clients) == 1 else None
        _decide(ledger, call, CallState.ASSIGNED, client, [session.id for session in made])
    return made


def _left_of_listed(ledger: Ledger, call: DetectedCall, parts: Sequence[CallPart]) -> Sequence[CallPart]:
    """Of a call that only lists tell, whole: what no session holds that keeps its seconds. It came long after, so a
    person may have written it down before. Raises `Refused` where nothing is left."""
    whole = len(parts) == 1 and parts[0].started_at is None and parts[0].ended_at is None
    if not (whole and call.listed and call.ended_at is not None):
        return parts
    work, span = parts[0].work, call.span(call.ended_at)
    held = [
        session.span(ledger.now) for session in sessions.within(ledger.db, span.started_at, span.ended_at)
        if stays(session, work.client, span.started_at)
    ]  # fmt: skip
    left = subtract([span], held)
    if not left:
        raise Refused("no second of that call is left: sessions of yours hold all of it; dismiss it instead")
    return parts if left == [span] else [CallPart(work, each.started_at, each.ended_at) for each in left]


def _spans(call: DetectedCall, parts: Sequence[CallPart]) -> list[tuple[int, int | None]]:
    if not parts:
        raise Refused("say whose the call was")
    if call.ended_at is None:
        if len(parts) > 1 or parts[0].ended_at is not None:
            raise Refused("the call is still under way; it can be cut when it has ended")
        begins = parts[0].started_at
        if begins is not None and begins < call.started_at:
            raise Refused("that time is not inside the call")
        return [(call.started_at if begins is None else begins, None)]
    spans = [
        (call.started_at if part.started_at is None else part.started_at,
         call.ended_at if part.ended_at is None else part.ended_at)
        for part in parts
    ]  # fmt: skip
    reached = call.started_at
    for begins, ends in sorted(spans):
        if not call.started_at <= begins <= ends <= call.ended_at:
            raise Refused("that time is not inside the call")
        if begins < reached:
            raise Refused("two parts of the call share time")
        reached = ends
    return [*spans]


def _precision(ledger: Ledger, call: DetectedCall) -> Precision | None:
    """How exactly the times of a call are known that only lists tell: as finely as the one that tells them."""
    told = [row for row in evidence.listed(ledger.db, [call.id]) if row.ended_at is not None] if call.listed else []
    best = min(told, key=lambda row: (row.precision is not None, rank(row.source)), default=None)
    return Precision(best.precision) if best and best.precision else None


def _session(ledger: Ledger, part: CallPart, span: tuple[int, int | None], call: DetectedCall) -> Session:
    """A part of a call as a session; the timers under it give way."""
    begins, ends = span
    session = timers.made(
        ledger, ledger.client(part.work.client), replace(part.work, channel=Channel.CALL), begins, ends, Source.CALL
    )
    session = replace(session, precision=_precision(ledger, call))
    if interrupts(ledger) is not Interrupt.NOTE:
        if ends is None:
            push(ledger, begins)
        session = _inherit(session, carve(ledger, session))
    sessions.add(ledger.db, session)
    return session


def _inherit(session: Session, gone: Sequence[Session]) -> Session:
    """What was said of timers of the same client that lay inside the call is said of the call."""
    for other in gone:
        session = replace(
            session,
            project=other.project if session.project == DEFAULT_PROJECT else session.project,
            note=session.note or other.note,
            request=session.request or other.request,
            scope=other.scope,
            decision=other.decision,
        )
    return session


def _adopted(ledger: Ledger, call: DetectedCall, parts: Sequence[CallPart]) -> list[Session]:
    """The call that the person timed by hand while it was noticed: it stands, with its own begin and end."""
    span = call.span(ledger.now)
    if len(parts) != 1 or parts[0].started_at is not None or parts[0].ended_at is not None:
        return []
    return [
        session
        for session in sessions.within(ledger.db, span.started_at, max(span.ended_at, span.started_at + 1))
        if session.channel is Channel.CALL and session.source is Source.TIMER
        and session.client == parts[0].work.client and session.statement is None
        and (shared := session.span(ledger.now).clip(span)) is not None and 2 * shared.seconds >= span.seconds
    ][:1]  # fmt: skip


# -- no client's


def personal(ledger: Ledger, call_id: str) -> DetectedCall:
    """A call, but no work: its time is an absence; of a call under way, once it has ended."""
    with ledger.change("call through {program}: personal") as said:
        call = explained(ledger, call_id)
        said["program"] = call.program_name
        if call.ended_at is not None and call.ended_at > call.started_at:
            absences.written(ledger, call.span(call.ended_at), absences.AbsenceReason.PERSONAL)
    return call


def explained(ledger: Ledger, call_id: str) -> DetectedCall:
    """No client's: the caller says what its time was, so what the call interrupted does not get it back."""
    with ledger.change("call through {program}: personal") as said:
        call = find(ledger, call_id)
        said["program"] = call.program_name
        _forget(ledger, call)
        _decide(ledger, call, CallState.PERSONAL)
    return call


def ignore(ledger: Ledger, call_id: str) -> DetectedCall:
    """No call at all: what it interrupted goes on as if nothing had happened."""
    with ledger.change("call through {program}: no call") as said:
        call = find(ledger, call_id)
        said["program"] = call.program_name
        _ignore(ledger, call)
    return call


def unanswered(ledger: Ledger, call_id: str) -> DetectedCall:
    """Somebody was called and nobody answered: no client's time, and what it interrupted goes on as if nothing were."""
    with ledger.change("call through {program}: nobody answered") as said:
        call = find(ledger, call_id)
        said["program"] = call.program_name
        _ignore(ledger, call, CallState.UNANSWERED)
    return call


def never(ledger: Ledger, home: Home, call_id: str, *, title: bool = False) -> list[DetectedCall]:
    """Never this program again, or never a page of this title: it joins the ignore list of the settings, and its
    waiting calls were none. Of a title the list holds the mark alone.

    Undo brings the calls and the entry back. Raises `OSError` when the disk refuses, `EditRefused` when the
    settings file cannot be changed, `Refused` where the call was heard in the room, went through the telephone or told
    no title.
    """
    call = find(ledger, call_id)
    if call.program == PHONE.id:
        raise Refused("the telephone is no program that could be left out: its line is switched off in the settings")
    if call.program == ROOM.id:
        raise Refused("the room is no program that could be left out: choose in the settings how calls are noticed")
    mark = mark_of(ledger, call) if title else ""
    if title and not mark:
        raise Refused("that call told no title")
    entry = NEVER + mark if title else call.program
    with listed(home, entry) as fresh, ledger.change("never calls: {program}") as said:
        said["program"] = call.program_name
        if fresh:
            said[LISTED] = entry
        same = [each for each in inbox(ledger) if each.program == call.program
                and (not title or mark_of(ledger, each) == mark)]  # fmt: skip
        waiting = {each.id: each for each in same} | {call.id: call}
        for each in waiting.values():
            _ignore(ledger, each)
    return list(waiting.values())


def _ignore(ledger: Ledger, call: DetectedCall, state: CallState = CallState.IGNORED) -> None:
    _forget(ledger, call)
    _decide(ledger, call, state)
    give_back(ledger, call.started_at, call.ended_at)
    if call.ended_at is None:
        pop(ledger, ledger.now)


def reopen(ledger: Ledger, call_id: str) -> DetectedCall:
    """Back to the inbox: what was decided about a call is forgotten, with the sessions made of it.

    Raises `Refused` where nothing was decided.
    """
    with ledger.change("call through {program}: back to the inbox") as said:
        call = find(ledger, call_id)
        said["program"] = call.program_name
        if call.state is CallState.INBOX:
            raise Refused("nothing was decided about that call yet")
        _forget(ledger, call)
        calls.undecide(ledger.db, call.id)
    return call


# -- two that were one


def merge(ledger: Ledger, first_id: str, second_id: str) -> DetectedCall:
    """Make one call of two that wait: from the start of the first to the end of the last.

    Raises `Refused` for calls that do not wait, or are one already.
    """
    with ledger.change("calls through {program}: one call") as said:
        first, second = sorted((find(ledger, first_id), find(ledger, second_id)), key=lambda each: each.started_at)
        said["program"] = first.program_name
        if first.id == second.id:
            raise Refused("these are parts of one call already")
        if first.state is not CallState.INBOX or second.state is not CallState.INBOX:
            raise Refused("only calls that wait for a decision can be made one")
        if first.ended_at is None:
            raise Refused("the earlier call is still under way")
        for call, decision in calls.decisions(ledger.db).items():
            if decision.state == CallState.MERGED and json.loads(decision.sessions)[0] == second.id:
                calls.decide(ledger.db, replace(decision, call=call, sessions=json.dumps([first.id])))
        _decide(ledger, second, CallState.MERGED, None, [first.id])
    return find(ledger, first.id)


# -- rows


def _forget(ledger: Ledger, call: DetectedCall) -> None:
    """Remove what was made of a call; a session that the person timed by hand is theirs."""
    for session_id in call.sessions:
        session = sessions.by_id(ledger.db, session_id)
        if session is not None and session.source in (Source.CALL, Source.RULE):
            sessions.remove(ledger.db, session_id)
    if call.state is CallState.PERSONAL and call.ended_at is not None:
        for away in absences.within(ledger, call.span(call.ended_at)):
            if away.span == call.span(call.ended_at) and away.reason == absences.AbsenceReason.PERSONAL:
                away_rows.remove(ledger.db, away.id)


def _decide(
    ledger: Ledger, call: DetectedCall, state: CallState, client: str | None = None, made: Sequence[str] = ()
) -> None:
    calls.decide(ledger.db, DecisionRow(call.id, state, client, json.dumps(list(made)), ledger.now))
