"""Evidence is kept for as long as calls may have to be derived again from it, and not for ever."""

from clepsydra.calls.evidence import MILLISECONDS
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import calls
from clepsydra.store.database import transaction

_AROUND = 120 * MILLISECONDS
"""Evidence this near to a call that waits for a decision is kept with it: it says where the call begins and ends."""


def forget_old_evidence(ledger: Ledger) -> int:
    """Forget evidence older than the settings say; returns how many stretches went. Calls and decisions stay, and so
    does whatever lies under a call that nobody has decided about."""
    keep = ledger.settings.calls.keep_evidence
    if not keep:
        return 0
    with transaction(ledger.db):
        return calls.drop_spans(ledger.db, (ledger.now - keep) * MILLISECONDS, _AROUND)
