"""Sessions of calls under way that a person has ended: their calls are over, whatever their programs go on to do."""

import json

from clepsydra.calls.evidence import Family, Program
from clepsydra.ledger.calls.model import CallState
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import calls, sessions
from clepsydra.store.calls import CallRow


def closed_by_hand(ledger: Ledger) -> list[tuple[CallRow, int]]:
    """Calls under way whose sessions all have ended, each with the end of the last one, UTC seconds."""
    found = []
    for row in calls.calls_under_way(ledger.db):
        decision = calls.decision_of(ledger.db, row.id)
        if decision is None or decision.state != CallState.ASSIGNED:
            continue
        own = [sessions.by_id(ledger.db, each) for each in json.loads(decision.sessions)]
        ends = [session.ended_at for session in own if session is not None]
        closed = [end for end in ends if end is not None]
        if closed and len(closed) == len(ends):
            found.append((row, min(max(*closed, row.started_at), ledger.now)))
    return found


def program_of(ledger: Ledger, row: CallRow) -> Program:
    """The program of a call, as the detector knows it."""
    family = calls.family_of(ledger.db, row.program)
    return Program(row.program, row.program_name, Family(family) if family else Family.UNKNOWN)
