"""Calls that lists tell, put into the log: begin, end, who tells them and the client's slug, and nothing else.

No number, no name and no title is written; a stranger's call is not written at all. The row of a call has an id made
of what is written, so the same call is the same row in every log, whatever was imported first.
"""

import json

from clepsydra.calls.evidence import PHONE
from clepsydra.calls.programs import name_of
from clepsydra.domain.interval import Interval
from clepsydra.domain.merging import Merged
from clepsydra.domain.session import place_text
from clepsydra.ledger.evidence.marks import call_id, mark
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.timers import Work
from clepsydra.store import calls, evidence
from clepsydra.store.calls import CallRow
from clepsydra.store.evidence import ListedCallRow


def keep_call(ledger: Ledger, merged: Merged, work: Work, whole: Interval) -> str:
    """Write a call that only lists tell, inside the caller's transaction; returns the id of its row."""
    best = merged.best
    hint = place_text(work.client, work.project)
    program = merged.app or PHONE.id
    name = PHONE.name if program == PHONE.id else name_of(program)
    row = CallRow(
        call_id(best, work.client), program, name, whole.started_at, whole.ended_at,
        json.dumps(list(merged.sources)), client_hint=hint,
        doubtful=(calls.BEGIN_DOUBTFUL | calls.END_DOUBTFUL) * best.doubtful,
    )  # fmt: skip
    list_members(ledger, merged, row.id)
    calls.keep_call(ledger.db, row)
    return row.id


def list_members(ledger: Ledger, merged: Merged, call: str) -> None:
    """Write who tells a call, so that their next copy is known; before the call, which is journalled for them."""
    secret = evidence.secrets(ledger.db)[0]
    told = [each for each in merged.members if each.key]
    evidence.list_calls(
        ledger.db,
        [ListedCallRow(mark(each, secret), call, each.source, each.began, each.ended, each.precision) for each in told],
    )
