"""What is owed and how late, and what is not even billed and how old.

Receivables age from their due date by what is still to be paid; work in progress by the day of the oldest of it.
"""

from collections.abc import Iterator
from datetime import date

from clepsydra.domain.records import dataclass
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live.unbilled import unbilled
from clepsydra.store import debts, documents

BOUNDS = (0, 30, 60, 90)
"""Days past due: not due, up to 30, 60, 90, beyond."""


@dataclass(frozen=True, slots=True)
class OwedRow:
    """An invoice, or a statement on none, with a balance: minor units, and days past due (below zero: not due yet)."""

    number: str
    client: str
    currency: str
    due_on: date
    minor: int
    late_days: int

    @property
    def bucket(self) -> int:
        """Which stretch of lateness it is in: 0 not due, then up to 30, 60, 90 days, and beyond."""
        return sum(self.late_days > bound for bound in BOUNDS)


@dataclass(frozen=True, slots=True)
class Aging:
    """What one currency is owed by age, and its unbilled work with the age of the oldest in days."""

    currency: str
    buckets: tuple[int, ...]
    owed: tuple[OwedRow, ...]
    unbilled_minor: int
    unbilled_days: int


def _owed(ledger: Ledger, client: str | None, today: date) -> Iterator[OwedRow]:
    """What is open of invoices, and of statements that are on none: nothing is counted twice."""
    for head in debts.unpaid(ledger.db, client):
        balance, late = head.total_minor - head.paid_minor, today.toordinal() - head.due_on
        yield OwedRow(head.number, head.client, head.currency, date.fromordinal(head.due_on), balance, late)
    for each in documents.page(ledger.db, client=client):
        if each.open_minor:
            late = today.toordinal() - each.due_day
            due = date.fromordinal(each.due_day)
            yield OwedRow(each.number, each.client, each.currency, due, each.open_minor, late)


def aging(ledger: Ledger, client: str | None = None) -> list[Aging]:
    """Receivables and work in progress per currency, the latest statements first."""
    today = ledger.today
    owed = list(_owed(ledger, client, today))
    waiting = [row for slug, row in unbilled(ledger).items() if client in (None, slug) and row.minor]
    rows = []
    for currency in sorted({each.currency for each in owed} | {row.currency for row in waiting}):
        mine = sorted((each for each in owed if each.currency == currency), key=lambda each: -each.late_days)
        buckets = [sum(each.minor for each in mine if each.bucket == n) for n in range(len(BOUNDS) + 1)]
        open_ = [row for row in waiting if row.currency == currency]
        oldest = max((row.age_days(today) for row in open_), default=0)
        rows.append(Aging(currency, tuple(buckets), tuple(mine), sum(row.minor for row in open_), oldest))
    return rows
