"""Overage session by session: what of a retainer's work lies beyond its fee and is paid by a rate, open and stated."""

from collections.abc import Iterator

from clepsydra.domain.billing import Group
from clepsydra.domain.overage import beyond_alone
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import counting
from clepsydra.ledger.agreements.fees import open_overage_groups
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.statement_json import billed_sessions, thawed
from clepsydra.store import billed_groups, sessions


def has_overage(client: Client) -> bool:
    """Whether any of a client's agreements includes hours beyond which a rate pays."""
    return any(contract.periodic for _, contracts in counting(client) for contract in contracts)


def open_overage(ledger: Ledger, client: Client) -> tuple[Group, ...]:
    """The groups of overage that are on no statement yet, of each session the part that lies beyond; what is owed where
    no open work is left has none.
    """
    return tuple(map(beyond_alone, open_overage_groups(ledger, client))) if has_overage(client) else ()


def overage_between(ledger: Ledger, client: Client, first: int, last: int) -> Iterator[Group]:
    """What is on no statement yet, and what live statements of some days (ordinals) hold."""
    yield from open_overage(ledger, client)
    for row in billed_groups.overage(ledger.db, client.slug, first, last):
        known = {ident: s for ident in billed_sessions([row]) if (s := sessions.by_id(ledger.db, ident)) is not None}
        group = thawed(row, known)
        if group is not None:
            yield beyond_alone(group)
