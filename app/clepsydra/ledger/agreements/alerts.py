"""Taking note of what an agreement warns of."""

from collections.abc import Iterable

from clepsydra.domain import alerts
from clepsydra.domain.contracts import BurnState
from clepsydra.ledger.agreements.contracts import agreements, state_of
from clepsydra.ledger.agreements.usage import use_of
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import alerts as rows


def acknowledge(ledger: Ledger, reached: Iterable[tuple[str, str | None, BurnState]]) -> None:
    """Take note, in one change, of the levels that agreements (client, project, state) have reached in their periods.

    Raises `Refused` where none has reached any.
    """
    found = [(alerts.subject(slug, project, state), state.level) for slug, project, state in reached]
    with ledger.change("what the agreements warn of, seen"):
        for subject, level in found:
            if level is not None:
                rows.acknowledge(ledger.db, subject, level, ledger.now)
    if all(level is None for _, level in found):
        raise Refused("no agreement warns of anything new")


def passing(ledger: Ledger, client: str, project: str) -> BurnState | None:
    """The agreement that an hour of work for a client's project would take past one of its levels, as it stands."""
    found = ledger.client(client)
    for agreement in agreements(ledger, found):
        if agreement.covers(project, ledger.today):
            state = state_of(agreement, use_of(ledger, agreement), ledger.today)
            if state is not None and alerts.passed_by(state) is not None:
                return state
    return None
