"""Evidence is kept for as long as calls may have to be derived again from it, and not for ever."""

from clepsydra.calls.evidence import MILLISECONDS
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import calls
from clepsydra.store.calls import CallRow, SpanRow
from clepsydra.store.database import transaction

_AROUND = 120 * MILLISECONDS
"""Evidence this near to a call that waits for a decision is kept with it: it says where the call begins and ends."""

_BATCH = 500
"""So many stretches are looked at in one change: whoever else writes need not wait for all of a long log."""


def forget_old_evidence(ledger: Ledger) -> int:
    """Forget evidence older than the settings say; returns how many stretches went. Calls and decisions stay, and so
    does whatever lies under a call that nobody has decided about."""
    keep = ledger.settings.calls.keep_evidence
    if not keep:
        return 0
    before = (ledger.now - keep) * MILLISECONDS
    gone, place = 0, (-1, "")
    while found := calls.spans_before(ledger.db, before, place, _BATCH):
        place = (found[-1].began, found[-1].id)
        with transaction(ledger.db):
            waiting = [_around(call) for call in calls.undecided_calls(ledger.db)]
            old = [span.id for span in found if not any(_touches(span, stretch) for stretch in waiting)]
            if old:
                calls.forgot(ledger.db, before)
                calls.drop_spans(ledger.db, old)
        gone += len(old)
    return gone


def _around(call: CallRow) -> tuple[int, float]:
    end = float("inf") if call.ended_at is None else call.ended_at * MILLISECONDS + _AROUND
    return call.started_at * MILLISECONDS - _AROUND, end


def _touches(span: SpanRow, stretch: tuple[int, float]) -> bool:
    assert span.ended is not None
    return stretch[0] <= span.ended and span.began <= stretch[1]
