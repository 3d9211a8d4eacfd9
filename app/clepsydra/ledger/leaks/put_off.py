"""Statements that were put off: until they are invoiced, their money waits as what is overdue does."""

from collections.abc import Collection, Iterator

from clepsydra.domain.leaks import Overdue
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import chasing, sessions, statements


def put_off(ledger: Ledger, client: str, first: int, last: int, known: Collection[str]) -> Iterator[Overdue]:
    """A client's statements that end from `first` to `last` and are put off, unless they are `known` to be overdue."""
    for row in chasing.deferrals(ledger.db):
        statement = statements.by_number(ledger.db, row.number) if row.client == client else None
        if statement and first <= statement.last_day <= last and statement.number not in known:
            held = tuple(s.id for s in sessions.select(ledger.db, sessions.Filter(statement=statement.id)))
            yield Overdue(statement.number, statement.total_minor - statement.paid_minor, statement.currency, held)
