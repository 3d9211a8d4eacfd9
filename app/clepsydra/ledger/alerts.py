"""Taking note of what an agreement warns of."""

from clepsydra.domain import alerts
from clepsydra.domain.contracts import BurnState
from clepsydra.ledger.contracts import agreements, state_of, use_of
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import alerts as rows


def acknowledge(ledger: Ledger, client: str, project: str | None, state: BurnState) -> None:
    """Take note of the level an agreement has reached in its period; raises `Refused` where it has reached none."""
    if state.level is None:
        raise Refused("{client} has nothing to take note of", client=client)
    with ledger.change("alert of {client} seen", client=client):
        rows.acknowledge(ledger.db, alerts.place(client, project, state), state.level, ledger.now)


def passing(ledger: Ledger, client: str, project: str) -> BurnState | None:
    """The agreement that an hour of work for a client's project would take past one of its levels, as it stands."""
    found = ledger.client(client)
    named = found.project(project)
    own = project if named and named.contracts else None
    for agreement in agreements(found):
        if agreement.project == own:
            state = state_of(agreement, use_of(ledger, agreement), ledger.today)
            if state is not None and alerts.passed_by(state) is not None:
                return state
    return None
