"""A client's unbilled total worked out a second way: from whole sessions and their billing groups."""

from clepsydra.domain.billing import Treatment, group_sessions, treatment
from clepsydra.domain.session import Scope
from clepsydra.domain.statement_lines import total
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.due import account_of
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live.unbilled import Unbilled, with_fees
from clepsydra.ledger.open_work import OpenWork, worth
from clepsydra.store import sessions


def open_work_of(ledger: Ledger, client: Client, first: int | None = None, *, running: bool = False) -> OpenWork:
    """What `open_work` says, by the domain's own groups."""
    wanted = sessions.Filter(client=client.slug, first_day=first, unbilled=True)
    found = [
        s for s in sessions.select(ledger.db, wanted) if s.doubtful_from is None and (running or s.ended_at is not None)
    ]
    billable = [s for s in found if treatment(s, client) is Treatment.BILLABLE]
    pending = [s for s in found if treatment(s, client) is Treatment.PENDING]
    return OpenWork(
        figures=total(group_sessions(billable, client, ledger.now, held=held_for(ledger, client, billable)), client),
        sessions=len(billable),
        oldest_day=min((s.day for s in billable), default=None),
        pending_seconds=sum(s.exact_seconds(ledger.now) for s in pending),
        pending_minor=sum(worth(s, client, ledger.now) for s in pending),
        unsure_seconds=sum(s.exact_seconds(ledger.now) for s in billable if s.scope is Scope.UNSURE),
    )


def unbilled_of(ledger: Ledger, client: Client) -> Unbilled:
    """What the live total of a client must be."""
    return with_fees(client, open_work_of(ledger, client), account_of(ledger, client).due)
