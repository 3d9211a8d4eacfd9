"""Write down what the watcher of calls tells: evidence and calls as they are, and what a call does to running work.

Rows of evidence and calls are the machine's and unjournalled; a timer that is paused or resumed is a journalled change
that can be undone. The same news told twice change nothing the second time.
"""

import json
from collections.abc import Iterable

from clepsydra.calls.call import Call, CallBegan, CallEnded, Event, Rank
from clepsydra.calls.constants import Constants
from clepsydra.calls.evidence import MILLISECONDS, PHONE, EvidenceKind, EvidenceSpan
from clepsydra.calls.past import Past
from clepsydra.calls.runner import MonitorUpdate
from clepsydra.calls.spans import derive, interrupted
from clepsydra.domain.interval import Interval
from clepsydra.domain.records import replace
from clepsydra.ledger import absences
from clepsydra.ledger.calls.ended_by_hand import closed_by_hand, program_of
from clepsydra.ledger.calls.evidence import call_row, span_of, span_row
from clepsydra.ledger.calls.interrupting import give_back, interrupts, leave_aside, pop, push
from clepsydra.ledger.calls.line_numbers import hint_of, numbered, unwritten, unwritten_span
from clepsydra.ledger.calls.model import CallState
from clepsydra.ledger.calls.suggesting import titled, too_short, too_short_by_now
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.model import Interrupt
from clepsydra.store import calls, journal, sessions
from clepsydra.store.calls import CallRow
from clepsydra.store.database import transaction

HISTORY = 3_600 * MILLISECONDS
"""How far back evidence is read when watching begins, so that a call goes on over a change of watcher."""


_NOTICED = {calls.NOTICED: True}


def record(ledger: Ledger, news: MonitorUpdate) -> list[CallRow]:
    """Write news of the watcher; returns the calls that people are to be told of now."""
    keep_spans(ledger, news.spans)
    told = [row for event in news.events if (row := record_event(ledger, event)) is not None]
    return told + ripen(ledger)


def keep_spans(ledger: Ledger, spans: Iterable[EvidenceSpan]) -> None:
    """Write stretches of evidence; a title stays only where a client wants it."""
    spans = [span for span in spans if not unwritten_span(ledger, span)]
    rows = [span_row(replace(span, title=_kept_title(ledger, span))) for span in spans]
    if rows:
        with transaction(ledger.db):
            for row in rows:
                calls.keep_span(ledger.db, row)


def _kept_title(ledger: Ledger, span: EvidenceSpan) -> str:
    """A title, where its client wants it; of a line it is a number, which is never kept."""
    found = titled(ledger, span.title) if span.title and span.kind is not EvidenceKind.LINE else None
    return span.title if found and found[1] else ""


def record_event(ledger: Ledger, event: Event) -> CallRow | None:
    """Write one thing that the detector has decided; returns the call if people are to be told that it began."""
    if unwritten(ledger, event.call, begins=isinstance(event, CallBegan)):
        return None
    if isinstance(event, CallBegan):
        return _began(ledger, event.call)
    if isinstance(event, CallEnded):
        return _ended(ledger, event.call)
    return _changed(ledger, event.call)


def ripen(ledger: Ledger) -> list[CallRow]:
    """Calls under way that have lasted long enough by now to be told of; returns them."""
    ripe = [row for row in calls.calls_under_way(ledger.db) if row.folded and not too_short_by_now(ledger, row)]
    return [_told(ledger, row) for row in ripe]


def _began(ledger: Ledger, call: Call) -> CallRow | None:
    """It is a call. It is told, and what runs gives way, once it has lasted long enough to be kept in the inbox."""
    if calls.call_by_id(ledger.db, call.id):
        return None
    row = _row(ledger, call, None)
    if too_short_by_now(ledger, row):
        with transaction(ledger.db):
            calls.keep_call(ledger.db, replace(row, folded=1))
        return None
    return _told(ledger, row)


def _told(ledger: Ledger, row: CallRow) -> CallRow:
    """A call that is long enough: if it is certain, by the settings, what runs ends where the call began. One in
    another takes nothing more."""
    row = replace(row, folded=0)
    if row.rank != Rank.CERTAIN:
        with transaction(ledger.db):
            calls.keep_call(ledger.db, row)
        return row
    with ledger.change("a call through {program} begins", program=row.program_name, **_NOTICED):
        if interrupts(ledger) is Interrupt.PAUSE and not _in_another(ledger, row):
            push(ledger, row.started_at)
        calls.keep_call(ledger.db, row)
    return row


def _in_another(ledger: Ledger, row: CallRow) -> bool:
    """Whether a certain call was under way when this one began, and nobody said that it is none."""
    others = [each for each in calls.calls_under_way(ledger.db) if each.id != row.id and not each.folded]
    certain = [each for each in others if each.rank == Rank.CERTAIN and each.started_at < row.started_at]
    decided = [calls.decision_of(ledger.db, each.id) for each in certain]
    return any(said is None or said.state in _CALLS for said in decided)


_CALLS = frozenset({CallState.ASSIGNED, CallState.PERSONAL})


def _changed(ledger: Ledger, call: Call) -> CallRow | None:
    before = calls.call_by_id(ledger.db, call.id)
    if before is not None and before.ended_at is not None:
        return None
    row = _row(ledger, call, before)
    surer = before is not None and before.rank != row.rank and row.rank == Rank.CERTAIN and not before.folded
    if surer and calls.decision_of(ledger.db, call.id) is None:
        return _told(ledger, row)
    with transaction(ledger.db):
        calls.keep_call(ledger.db, row)
    return None


def _ended(ledger: Ledger, call: Call) -> CallRow | None:
    """A call is over: its session ends with it and what it interrupted runs again, unless the end is in doubt."""
    before = calls.call_by_id(ledger.db, call.id)
    if before is not None and before.ended_at is not None:
        return None
    row = _row(ledger, call, before)
    decision = calls.decision_of(ledger.db, call.id)
    short = decision is None and too_short(ledger, row) and not _spoken_of(ledger, row)
    with ledger.change("a call through {program} ends", program=call.program.name, **_NOTICED):
        told = None
        if (before is None or before.folded) and not short:
            told = row = _told(ledger, replace(row, ended_at=None))
            row = replace(row, ended_at=_row(ledger, call, before).ended_at)
        calls.keep_call(ledger.db, replace(row, folded=int(short)))
        if short:
            give_back(ledger, row.started_at, row.ended_at)
        elif decision is None and row.rank != Rank.CERTAIN:
            return told
        elif decision is None or decision.state == CallState.PERSONAL:
            _go_on(ledger, row, certain=not call.doubtful_end)
            if decision is not None and row.ended_at is not None and row.ended_at > row.started_at:
                absences.written(ledger, Interval(row.started_at, row.ended_at), absences.AbsenceReason.PERSONAL)
        elif decision.state == CallState.ASSIGNED:
            _end_session(ledger, row, certain=not call.doubtful_end)
    return told


def _go_on(ledger: Ledger, row: CallRow, *, certain: bool) -> None:
    assert row.ended_at is not None
    if certain:
        pop(ledger, row.ended_at)
    else:
        leave_aside(ledger)


def _end_session(ledger: Ledger, row: CallRow, *, certain: bool) -> None:
    """The running session of an assigned call ends where the call does; if that is in doubt, the person is asked."""
    assert row.ended_at is not None
    running = [session for session in sessions.running(ledger.db) if session.id in _made_of(ledger, row.id)]
    for session in running:
        end = max(row.ended_at, session.started_at)
        after = replace(session, ended_at=end) if certain else replace(session, doubtful_from=end)
        sessions.replace(ledger.db, after)
    # A session that was ended by hand before the sound system noticed: the person meant to stop.
    _go_on(ledger, row, certain=certain and bool(running))


def _made_of(ledger: Ledger, call: str) -> list[str]:
    decision = calls.decision_of(ledger.db, call)
    return json.loads(decision.sessions) if decision else []


def _spoken_of(ledger: Ledger, row: CallRow) -> bool:
    """Whether a person has decided about a call, though they took it back: redo may come to it again."""
    return journal.touched_since(ledger.db, "call_decision", row.id, row.started_at)


def _row(ledger: Ledger, call: Call, before: CallRow | None) -> CallRow:
    """A call with what its title says of its client; the title itself is kept only where that client wants it."""
    title, hint = (before.title, before.client_hint) if before else ("", "")
    folded = before.folded if before else 0
    if call.title and numbered(call):
        hint = hint_of(ledger, call.title) or hint
    elif call.title and (found := titled(ledger, call.title)):
        hint, wanted = found
        title = call.title if wanted else ""
    return replace(call_row(call, title, hint), folded=folded)


# -- after a death


def history(ledger: Ledger) -> list[EvidenceSpan]:
    """The recent evidence, back to before the first call that is under way."""
    began = [row.started_at * MILLISECONDS - 60_000 for row in calls.calls_under_way(ledger.db)]
    since = min([ledger.now * MILLISECONDS - HISTORY, *began])
    return [span_of(row) for row in calls.spans_since(ledger.db, since)]


def mend(ledger: Ledger, seen_at: int, constants: Constants | None, ignored: Iterable[str]) -> list[EvidenceSpan]:
    """Close what a watcher left open that was last seen at `seen_at` (UTC seconds); returns the evidence to go on with.

    A call that may still be under way goes on, also one that was taken for over while its program was ignored; any
    other gets a doubtful end at its last evidence.
    """
    spans = history(ledger)
    if not spans:
        return []
    spans = interrupted([*spans, *_cuts(ledger, spans)], seen_at * MILLISECONDS)
    keep_spans(ledger, spans)
    found = {call.id: call for call in derive(spans, constants, ignored, until=ledger.now * MILLISECONDS)}
    for row in calls.calls_under_way(ledger.db):
        call = found.get(row.id)
        if call is None:
            _close(ledger, row, spans)
        elif call.ended is not None:
            _ended(ledger, call)
    for call in found.values():
        known = calls.call_by_id(ledger.db, call.id)
        if known is None and call.ended is not None and not _overlaps_known(ledger, call):
            _ended(ledger, call)
        elif known is not None and call.ended is None and calls.decision_of(ledger.db, call.id) is None:
            with transaction(ledger.db):
                calls.keep_call(ledger.db, replace(known, ended_at=None))
    return spans


def _cuts(ledger: Ledger, spans: Iterable[EvidenceSpan]) -> list[EvidenceSpan]:
    """Sessions of calls that a person ended while nobody watched."""
    past = Past(spans)
    return [past.cut(program_of(ledger, row), at * MILLISECONDS) for row, at in closed_by_hand(ledger)]


def _close(ledger: Ledger, row: CallRow, spans: Iterable[EvidenceSpan]) -> None:
    """End a call that its evidence no longer makes, as it does when a constant was changed meanwhile."""
    last = max(
        (span.ended for span in spans if span.program and span.program.id == row.program and span.ended is not None),
        default=0,
    )
    ended_at = max(row.started_at, last // MILLISECONDS)
    with ledger.change("a call through {program} ends", program=row.program_name, **_NOTICED):
        calls.keep_call(ledger.db, replace(row, ended_at=ended_at, doubtful=row.doubtful | calls.END_DOUBTFUL))
        _end_session(ledger, replace(row, ended_at=ended_at), certain=False)


def _overlaps_known(ledger: Ledger, call: Call) -> bool:
    """Whether its program's time is a call's already; a telephone may have two, and each has its own id."""
    if call.program == PHONE:
        return False
    near = calls.calls_between(ledger.db, call.began_at, call.ended_at)
    return any(row.program == call.program.id for row in near)
