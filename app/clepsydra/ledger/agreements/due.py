"""What each client's agreements used and what they bill beside hours as of today, reckoned when asked for.

Only finished work enters unless it is asked otherwise, so that no clock runs in it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from clepsydra.domain.records import dataclass, field
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import Agreement, Use, agreements
from clepsydra.ledger.agreements.fees import FeesDue, due_of, pays_beside_hours
from clepsydra.ledger.agreements.usage import CountedWork
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.plain_work import WorkColumns
from clepsydra.store.database import reading

Counted = tuple[tuple[Agreement, Use], ...]
"""The agreements of a client that count something, and what each used."""


@dataclass(frozen=True, slots=True)
class AgreementAccount:
    """What is due to a client beside hours, and what each of its agreements used."""

    due: FeesDue = field(default_factory=FeesDue)
    uses: Counted = ()


@contextmanager
def read_due(ledger: Ledger, clients: Collection[Client], *, running: bool = False) -> Iterator[Mapping[str, FeesDue]]:
    """What is due as of today, by client, in one state of the log with all that is read meanwhile; with what runs by
    the hour, if asked.
    """
    with reading(ledger.db):
        yield {client.slug: due_now(ledger, client, running=running) for client in clients}


@contextmanager
def read_uses(ledger: Ledger, clients: Collection[Client]) -> Iterator[Mapping[str, Counted]]:
    """The agreements that count something with what each used, by client, in one state of the log with all that is
    read meanwhile.
    """
    with reading(ledger.db):
        yield {client.slug: _uses(_works(ledger, client)) for client in clients}


def due_now(ledger: Ledger, client: Client, *, running: bool = False) -> FeesDue:
    """What is due to a client beside hours as of today; without reading any work where nothing can be."""
    works = _works(ledger, client, running=running)
    return due_of(ledger, client, works) if pays_beside_hours(client) else FeesDue()


def account_of(ledger: Ledger, client: Client, finished: Sequence[WorkColumns] | None = None) -> AgreementAccount:
    """A client's account as of today; `finished` is its finished open work, where it was read already."""
    works = list(_works(ledger, client, finished))
    return AgreementAccount(due_of(ledger, client, works) if pays_beside_hours(client) else FeesDue(), _uses(works))


def _uses(works: Iterable[CountedWork]) -> Counted:
    """What each agreement used, by its work."""
    return tuple((work.agreement, work.use()) for work in works)


def _works(
    ledger: Ledger, client: Client, finished: Sequence[WorkColumns] | None = None, *, running: bool = False
) -> Iterator[CountedWork]:
    return (CountedWork(ledger, agreement, finished, running=running) for agreement in agreements(ledger, client))
