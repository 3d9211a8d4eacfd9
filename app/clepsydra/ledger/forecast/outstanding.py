"""How long money stays out: days of sales outstanding, what they could be at best, each client's days late, lockup.

What is owed is what ageing says. What of it was paid in a client's name is no sale and holds up no days of sales. The
last twelve months are read, and no more.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from clepsydra.domain.ageing import YEAR, count_back, lockup, months_back
from clepsydra.domain.civil import civil_day
from clepsydra.domain.habits import PayingHabit, habits
from clepsydra.domain.money import half_up
from clepsydra.domain.periods import add_months
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import dataclass
from clepsydra.ledger.documents import reading
from clepsydra.ledger.forecast.work_to_come import waiting_with_tax
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.numbering import seller_zone
from clepsydra.ledger.receivables import owing
from clepsydra.store import receivable_sums

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is owed, what of it is not due, and what of it was paid in the client's name, in minor units with tax; days
    of sales that the first two hold up without the last, None where sales of twelve months do not reach.
    """

    owed_minor: int
    current_minor: int
    laid_out_minor: int
    days: Fraction | None
    best: Fraction | None

    @property
    def delinquent(self) -> Fraction | None:
        """Days that lateness costs."""
        return None if self.days is None or self.best is None else self.days - self.best


@dataclass(frozen=True, slots=True)
class CurrencyDays:
    """One currency: its days, what is not billed yet with its tax, what a year collected, and the days of lockup (of
    work, of debtors), None where nothing was collected.
    """

    currency: str
    outstanding: Outstanding
    unbilled_minor: int
    collected_minor: int
    lockup: tuple[Fraction, Fraction] | None


@dataclass(frozen=True, slots=True)
class ClientDays:
    """One client in one currency, and how late it pays in any; None where it paid nothing in twelve months."""

    client: str
    currency: str
    outstanding: Outstanding
    habit: PayingHabit | None


@dataclass(frozen=True, slots=True)
class SalesOutstanding:
    """All currencies, and all clients with something owed, sold or paid."""

    currencies: tuple[CurrencyDays, ...]
    clients: tuple[ClientDays, ...]


def year_before(today: date) -> date:
    """The day from which payments tell a habit: twelve months before."""
    return today - timedelta(days=YEAR)


def client_habits(ledger: Ledger) -> Mapping[str, PayingHabit]:
    """How late each client paid in the last twelve months."""
    return habits(owing.payments(ledger, since=year_before(reading.today_of(ledger))))


def outstanding(ledger: Ledger, client: str | None = None) -> SalesOutstanding:
    """The days of all currencies and clients, or of one client."""
    today = reading.today_of(ledger)
    sales = [each for each in _sales(ledger, today) if client in (None, each[0])]
    debts = [(debt, _own_share(ledger, debt)) for debt in owing.debts(ledger, client)]
    known = {slug: habit for slug, habit in client_habits(ledger).items() if client in (None, slug)}
    collected = receivable_sums.collected(ledger.db, year_before(today).toordinal())
    waiting = waiting_with_tax(ledger, client)
    pairs = {(debt.client, debt.currency) for debt, _ in debts} | {(slug, code) for slug, code, _, _ in sales}
    pairs |= {(slug, ledger.client(slug).currency) for slug in known if slug in ledger.catalogue.clients}
    codes = {code for _, code in pairs} | {each.currency for each in waiting} | (set() if client else collected.keys())
    rows = []
    for code in sorted(codes):
        found = _days(debts, sales, today, code)
        work = sum(each.minor for each in waiting if each.currency == code)
        got = collected.get(code, 0)
        rows.append(CurrencyDays(code, found, work, got, None if client else lockup(work, found.owed_minor, got)))
    clients = [ClientDays(slug, code, _days(debts, sales, today, code, slug), known.get(slug))
               for slug, code in sorted(pairs)]  # fmt: skip
    return SalesOutstanding(tuple(rows), tuple(clients))


_Sale = tuple[str, str, date, int]


def _sales(ledger: Ledger, today: date) -> list[_Sale]:
    """What was sold since the first of the month twelve months before: client, currency, day, minor units with tax."""
    since, zone = add_months(today, -MONTHS), seller_zone(ledger)
    found = [
        (each.client, each.currency, date.fromordinal(each.at), each.minor)
        for each in receivable_sums.sold(ledger.db, since.toordinal())
    ]
    instant = int(datetime.combine(since, time(0), zone).timestamp())
    alone = receivable_sums.sold_alone(ledger.db, instant)
    return found + [(each.client, each.currency, civil_day(each.at, zone), each.minor) for each in alone]


def _own_share(ledger: Ledger, debt: Debt) -> Fraction:
    """The share of a debt that is the seller's own: without what was paid in the client's name."""
    if debt.is_statement or debt.total_minor <= 0:
        return Fraction(1)
    outside = receivable_sums.outside(ledger.db, debt.id)
    return Fraction(max(0, debt.total_minor - outside), debt.total_minor) if outside > 0 else Fraction(1)


def _days(
    debts: Iterable[tuple[Debt, Fraction]], sales: Iterable[_Sale], today: date, currency: str, client: str = ""
) -> Outstanding:
    """The days of one currency, of all clients or one."""
    owed = current = own = own_current = 0
    for debt, share in debts:
        if debt.currency == currency and client in ("", debt.client):
            still = [part.open_minor for part in debt.by_day() if part.due >= today]
            owed, current = owed + debt.open_minor, current + sum(still)
            own += half_up(debt.open_minor * share)
            own_current += sum(half_up(minor * share) for minor in still)
    sold = ((day, minor) for slug, code, day, minor in sales if code == currency and client in ("", slug))
    months = months_back(sold, today, MONTHS)
    best = count_back(min(own_current, own), months)
    return Outstanding(owed, current, owed - own, count_back(own, months), best)
