"""What must hold of detected calls, proven on the log: for `verify`.

Only what no person may bring about by editing is a breach: sessions of calls can be moved, overlapped and removed, and
that is theirs to do. What they have changed since they decided about a call is left out.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from clepsydra.calls.evidence import MILLISECONDS, PHONE, ROOM, EvidenceKind
from clepsydra.domain.session import Channel, Session, Source
from clepsydra.language.message import message
from clepsydra.ledger.breach import Breach
from clepsydra.ledger.calls.model import CallState
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.model import Interrupt
from clepsydra.store import calls, checks, evidence, interrupted, sessions
from clepsydra.store.calls import CallRow, DecisionRow
from clepsydra.store.evidence import ListedCallRow

_BETWEEN = MILLISECONDS
"""Evidence is in milliseconds and calls in seconds: an end may lie this far beyond its evidence."""


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Everything wrong with calls, their evidence and what was decided about them."""
    found = calls.calls_between(ledger.db, None, None)
    decided = calls.decisions(ledger.db)
    listed = evidence.listed_calls(ledger.db)
    yield from _boundaries([call for call in found if call.id not in listed])
    yield from _listed([call for call in found if call.id in listed], listed)
    yield from _decisions({call.id for call in found}, decided)
    yield from _owned_twice(ledger, decided)
    yield from _put_aside(ledger)
    yield from _evidence(ledger, [call for call in found if call.id not in listed])


def _listed(found: Iterable[CallRow], listed: dict[str, list[ListedCallRow]]) -> Iterator[Breach]:
    """A call that came in a list lies within what its lists tell; one that was heard here too is proven by that."""
    for call in found:
        told = [row for row in listed[call.id] if row.ended_at is not None]
        if call.ended_at is None or call.ended_at < call.started_at:
            yield Breach(1, message("call {id}: it ends before it begins", id=call.id))
        elif told and json.loads(call.evidence) == sorted({row.source for row in told}):
            begin, end = min(row.started_at for row in told), max(row.ended_at or 0 for row in told)
            if call.started_at < begin or call.ended_at > end:
                yield Breach(7, message("call {id} reaches beyond its evidence", id=call.id))


def _boundaries(found: Iterable[CallRow]) -> Iterator[Breach]:
    """A call ends after its start, and before the next of its program; on a telephone one may wait while another is
    held."""
    programs: dict[str, list[CallRow]] = {}
    for call in found:
        programs.setdefault(call.program, []).append(call)
        if call.ended_at is not None and call.ended_at < call.started_at:
            yield Breach(1, message("call {id}: it ends before it begins", id=call.id))
    programs.pop(PHONE.id, None)
    for mine in programs.values():
        for call, later in pairwise(mine):
            if call.ended_at is None or call.ended_at > later.started_at:
                yield Breach(2, message("call {id} begins before the one before it has ended", id=later.id))


# -- what was decided


def _decisions(known: set[str], decided: dict[str, DecisionRow]) -> Iterator[Breach]:
    """A decision is about a call, and what it says agrees with the sessions it names."""
    for decision in decided.values():
        named = json.loads(decision.sessions)
        if decision.call not in known:
            yield Breach(7, message("call {id} was decided about and is not in the log", id=decision.call))
        elif decision.state == CallState.MERGED:
            other = named[0] if named else None
            part_of_part = other in decided and decided[other].state == CallState.MERGED
            if other not in known or part_of_part:
                yield Breach(7, message("call {id} is a part of a call that is not in the log", id=decision.call))
        elif (decision.state == CallState.ASSIGNED) != bool(named):
            yield Breach(2, message("call {id}: its sessions are not what was decided about it", id=decision.call))


def _owned_twice(ledger: Ledger, decided: dict[str, DecisionRow]) -> Iterator[Breach]:
    """An assigned call has its sessions; they share no second with each other or with the timer that gave way."""
    for decision in decided.values():
        if decision.state != CallState.ASSIGNED:
            continue
        own = {id_: sessions.by_id(ledger.db, id_) for id_ in json.loads(decision.sessions)}
        for id_, session in own.items():
            if session is None:
                yield Breach(
                    7,
                    message(
                        "call {id} names session {session}, which is not in the log", id=decision.call, session=id_
                    ),
                )
        made = [session for session in own.values() if session is not None]
        pairs = [(one, other, True) for one, other in combinations(made, 2)]
        pairs += [(one, other, False) for one in made for other in _under(ledger, one)]
        for one, other, both_made in pairs:
            now = ledger.now
            if one.span(now).overlaps(other.span(now)) and _left_alone(ledger, decision.call, one, other, both_made):
                yield Breach(
                    2,
                    message(
                        "call {id}: sessions {one} and {other} own the same seconds",
                        id=decision.call,
                        one=one.id,
                        other=other.id,
                    ),
                )


def _under(ledger: Ledger, call: Session) -> Iterator[Session]:
    """The timers that ran when a call's session began, which had to give way to it."""
    for session in sessions.within(ledger.db, call.started_at, call.started_at + 1):
        typed = session.agreed_seconds is not None or session.write_off is not None or session.statement is not None
        timed = session.source is Source.TIMER and session.channel is not Channel.CALL
        if timed and not typed and session.started_at < call.started_at:
            yield session


def _left_alone(ledger: Ledger, call: str, one: Session, other: Session, both_made: bool) -> bool:
    """Whether both are as the decision left them; where calls are only noted, a timer under one is as it should be."""
    made = checks.entry_of(ledger.db, "call_decision", call)
    if (
        made is None
        or made.carried
        or not (both_made or made.values.get("interrupt") in (Interrupt.PAUSE, Interrupt.INSIDE))
    ):
        return False
    last = [checks.entry_of(ledger.db, "session", session.id) for session in (one, other)]
    return all(each is not None and (each.id <= made.id or each.by_a_call) for each in last)


def _put_aside(ledger: Ledger) -> Iterator[Breach]:
    """What a call put aside to be resumed does not run meanwhile."""
    for each in interrupted.stack(ledger.db):
        session = sessions.by_id(ledger.db, each.session)
        if session is not None and session.running:
            yield Breach(2, message("session {id} is put aside and runs", id=session.id))


# -- evidence

_Stretches = list[tuple[int, float]]
"""Begin and end of spans that lie one after the other; the end of one that lasts is infinite."""


def _evidence(ledger: Ledger, found: Iterable[CallRow]) -> Iterator[Breach]:
    """A call lies within the evidence of its program, as far back as evidence is kept."""
    keep = ledger.settings.calls.keep_evidence
    kept_since = (ledger.now - keep) * MILLISECONDS if keep else 0
    oldest = max(kept_since, calls.forgotten(ledger.db))  # less may have been kept before than now
    seen = _stretches(ledger)
    for call in found:
        if call.started_at * MILLISECONDS > oldest and not _covered(call, seen):
            yield Breach(7, message("call {id} reaches beyond its evidence", id=call.id))


def _stretches(ledger: Ledger) -> dict[tuple[str, str], _Stretches]:
    seen: dict[tuple[str, str], _Stretches] = {}
    for span in calls.spans_since(ledger.db, 0):
        of = ROOM.id if span.kind == EvidenceKind.VOICE else span.program or ""
        if span.kind in (EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK, EvidenceKind.VOICE, EvidenceKind.LINE):
            # Only calls on a line may go on beside others of their program, each under a name of its own.
            kind = span.stream if span.kind == EvidenceKind.LINE else span.kind
            seen.setdefault((of, kind), []).append((span.began, span.ended or float("inf")))
    return seen


def _covered(call: CallRow, seen: dict[tuple[str, str], _Stretches]) -> bool:
    begin, end = call.started_at * MILLISECONDS, (call.ended_at or call.started_at) * MILLISECONDS
    kinds = [spans for (program, _), spans in seen.items() if program == call.program]
    mine = [span for spans in kinds for span in _touching(spans, begin - _BETWEEN, end + _BETWEEN)]
    if not mine:
        return False
    return min(began for began, _ in mine) <= begin + _BETWEEN and max(ended for _, ended in mine) >= end - _BETWEEN


def _touching(spans: _Stretches, since: int, until: int) -> Iterator[tuple[int, float]]:
    """Those that share time with a stretch; they are in order and do not overlap."""
    for place in range(bisect_right(spans, (until, float("inf"))) - 1, -1, -1):
        if spans[place][1] < since:
            return
        yield spans[place]
