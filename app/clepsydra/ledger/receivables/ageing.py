"""What is owed and how late, and what is not even billed and how old.

Receivables age from their due date by what is still to be paid, a plan part by part; work in progress by the day of the
oldest of it. Money that clients have with us stands in a column of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from clepsydra.domain.ageing import buckets
from clepsydra.domain.receivables import Debt, DebtKind
from clepsydra.domain.records import dataclass
from clepsydra.ledger.documents import reading
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live.unbilled import unbilled
from clepsydra.ledger.receivables import owing
from clepsydra.store import chasing, receipts


@dataclass(frozen=True, slots=True)
class OwedRow:
    """An invoice, a part of its plan, or a statement on none, with a balance: minor units, and days past due (below
    zero: not due yet). `disputed` says why its client disputes it, `promised` the day it is promised for.
    """

    number: str
    client: str
    currency: str
    due_on: date
    minor: int
    late_days: int
    kind: DebtKind = DebtKind.INVOICE
    disputed: str = ""
    promised: date | None = None


@dataclass(frozen=True, slots=True)
class ClientAging:
    """What one client owes by age, and what of its money is in no document, in minor units."""

    client: str
    buckets: tuple[int, ...]
    credit_minor: int


@dataclass(frozen=True, slots=True)
class Aging:
    """What one currency is owed by age, and its unbilled work with the age of the oldest in days."""

    currency: str
    buckets: tuple[int, ...]
    owed: tuple[OwedRow, ...]
    unbilled_minor: int
    unbilled_days: int
    clients: tuple[ClientAging, ...] = ()

    @property
    def owed_minor(self) -> int:
        """All that is owed."""
        return sum(self.buckets)

    @property
    def overdue_minor(self) -> int:
        """What of it is past its due day."""
        return sum(self.buckets[1:])

    @property
    def credit_minor(self) -> int:
        """The clients' money that is in no document."""
        return sum(each.credit_minor for each in self.clients)


def aging(ledger: Ledger, client: str | None = None) -> list[Aging]:
    """Receivables and work in progress per currency, the latest first."""
    today = reading.today_of(ledger)
    debts = owing.debts(ledger, client)
    credits = {key: minor for key, minor in receipts.credits(ledger.db).items() if client in (None, key[0])}
    waiting = [row for slug, row in unbilled(ledger).items() if client in (None, slug) and row.minor]
    currencies = {debt.currency for debt in debts} | {row.currency for row in waiting} | {code for _, code in credits}
    disputed = {row.debt: row.why for row in chasing.disputes(ledger.db)}
    promised = {row.debt: date.fromordinal(row.until_day) for row in chasing.promises(ledger.db)}
    rows = []
    for currency in sorted(currencies):
        mine = [debt for debt in debts if debt.currency == currency]
        owed = sorted(_owed(mine, today, disputed, promised), key=lambda row: -row.late_days)
        open_ = [row for row in waiting if row.currency == currency]
        oldest = max((row.age_days(today) for row in open_), default=0)
        own = {slug: minor for (slug, code), minor in credits.items() if code == currency}
        rows.append(
            Aging(currency, buckets(mine, today), tuple(owed), sum(row.minor for row in open_), oldest,
                  _by_client(mine, own, today))
        )  # fmt: skip
    return rows


def _owed(
    debts: Sequence[Debt], today: date, disputed: Mapping[str, str], promised: Mapping[str, date]
) -> Iterator[OwedRow]:
    for debt in debts:
        for part in debt.by_day():
            yield OwedRow(
                debt.number, debt.client, debt.currency, part.due, part.open_minor, (today - part.due).days, debt.kind,
                disputed.get(debt.id, ""), promised.get(debt.id),
            )  # fmt: skip


def _by_client(debts: Sequence[Debt], credits: dict[str, int], today: date) -> tuple[ClientAging, ...]:
    """The clients of one currency, by their slug."""
    slugs = sorted({debt.client for debt in debts} | credits.keys())
    return tuple(
        ClientAging(slug, buckets((debt for debt in debts if debt.client == slug), today), credits.get(slug, 0))
        for slug in slugs
    )
