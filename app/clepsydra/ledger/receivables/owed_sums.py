"""What is owed at a glance: by currency, how much, what of it is overdue, how late the oldest is."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import NamedTuple

from clepsydra.domain.ageing import buckets
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import replace
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables.owing import debts
from clepsydra.store import readers


class OwedSum(NamedTuple):
    """What one currency is owed, what of it is overdue, in minor units, and by how many days the oldest is late."""

    currency: str
    buckets: tuple[int, ...]
    late_days: int

    @property
    def owed_minor(self) -> int:
        """All of it."""
        return sum(self.buckets)

    @property
    def overdue_minor(self) -> int:
        """What is past its due day."""
        return sum(self.buckets[1:])


def owed_aside(ledger: Ledger) -> list[OwedSum]:
    """What is owed, read on a connection of its own so that a thread may do it; raises what reading the log raises."""
    with closing(readers.reader(ledger.db)) as connection:
        return owed_sums(replace(ledger.standing, db=connection))


def owed_sums(ledger: Ledger) -> list[OwedSum]:
    """What is owed, by currency; nothing where nothing is."""
    return sums_of(debts(ledger), today_of(ledger))


def sums_of(found: Sequence[Debt], today: date) -> list[OwedSum]:
    """The same of debts that were read."""
    rows = []
    for currency in sorted({debt.currency for debt in found}):
        mine = [debt for debt in found if debt.currency == currency]
        late = max((today - debt.next_due).days for debt in mine)
        rows.append(OwedSum(currency, buckets(mine, today), max(0, late)))
    return rows
