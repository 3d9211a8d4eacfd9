"""What will come in: everything that is owed or will be, and when each client's habit lets it come.

Open invoices and plans, statements that are on no invoice, open work at the end of its period, fees of agreements to
come. What clients have with us pays the earliest of it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from clepsydra.domain.forecast_cash import Band, CashForecast, ExpectedMoney, IncomingSort, forecast, monday
from clepsydra.domain.habits import PayingHabit, habits, histories
from clepsydra.domain.money import half_up, minor_units
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import dataclass, replace
from clepsydra.ledger.chasing.reading import awaits_invoice
from clepsydra.ledger.documents import reading
from clepsydra.ledger.forecast.outstanding import year_before
from clepsydra.ledger.forecast.work_to_come import USUAL_DELAY, due_after, fees_to_come, usual_delays, waiting_with_tax
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables import owing
from clepsydra.store import bank_lines, chasing, receipts
from clepsydra.store import debts as stated

MONTHS_IN_DAYS = (12, 365)
"""So many months in so many days: what goes out in a month, by the day."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What the account holds at the end of each week, in minor units of the person's currency: tenth, half and nine
    tenths of the draws. It begins with what the settings say, else with what the last bank files told up to `told_on`.
    """

    begins: int
    told_on: date
    weeks: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class CashOutlook:
    """The forecast of each currency, the habits it goes by, and the account where its balance was told."""

    today: date
    currencies: tuple[CashForecast, ...]
    habits: dict[str, PayingHabit]
    balance: Balance | None

    def of(self, currency: str) -> CashForecast | None:
        """The forecast of one currency; None where nothing of it is to come."""
        return next((each for each in self.currencies if each.currency == currency), None)


def expected(ledger: Ledger, client: str | None = None) -> CashOutlook:
    """What will come in, of all clients or one."""
    today = reading.today_of(ledger)
    paid = owing.payments(ledger, since=year_before(today))
    weeks = ledger.settings.cash.weeks
    found = incoming(ledger, monday(today) + timedelta(weeks=weeks), client)
    made = tuple(forecast(found, histories(paid), today, weeks))
    return CashOutlook(today, made, habits(paid), None if client else _balance(ledger, made, today))


def incoming(ledger: Ledger, until: date, client: str | None = None) -> list[ExpectedMoney]:
    """Everything that is owed, and what will be of work and agreements up to a day."""
    delays = usual_delays(ledger)
    last_days = {head.number: head.last_day for head in stated.unpaid(ledger.db, client)}
    invoiced = chasing.with_documents(ledger.db)
    found = []
    for debt in owing.debts(ledger, client):
        if awaits_invoice(ledger, debt, invoiced):
            last = date.fromordinal(last_days[debt.number])
            due = due_after(ledger, ledger.client(debt.client), last, delays.get(debt.client, USUAL_DELAY))
            sort = IncomingSort.STATEMENT
            found.append(ExpectedMoney(debt.client, debt.currency, debt.open_minor, due, sort, debt.number))
        else:
            found += _asked(debt)
    works = waiting_with_tax(ledger, client)
    works += [fee for fee in fees_to_come(ledger, until) if client in (None, fee.client)]
    for work in works:
        due = due_after(ledger, ledger.client(work.client), work.last, delays.get(work.client, USUAL_DELAY))
        sort = IncomingSort.RETAINER if work.fee else IncomingSort.UNBILLED
        found.append(ExpectedMoney(work.client, work.currency, work.minor, due, sort, project=work.project))
    return _less(found, receipts.credits(ledger.db))


def _asked(debt: Debt) -> Iterable[ExpectedMoney]:
    """What a debt asks for, a plan part by part."""
    sort = IncomingSort.PLAN if debt.parts else IncomingSort.INVOICE
    for part in debt.by_day():
        yield ExpectedMoney(debt.client, debt.currency, part.open_minor, part.due, sort, debt.number)


def _less(found: list[ExpectedMoney], credits: dict[tuple[str, str], int]) -> list[ExpectedMoney]:
    """The same less what clients have with us already, which pays the earliest first."""
    left = {key: minor for key, minor in credits.items() if minor > 0}
    kept = []
    for each in sorted(found, key=lambda each: (each.due, each.number)):
        key = each.client, each.currency
        taken = min(left.get(key, 0), each.minor)
        if taken:
            left[key] -= taken
        if each.minor > taken:
            kept.append(replace(each, minor=each.minor - taken) if taken else each)
    return kept


def _balance(ledger: Ledger, made: Iterable[CashForecast], today: date) -> Balance | None:
    """The account of the person's currency, less what goes out day by day; None where it was not told."""
    cash, currency = ledger.settings.cash, ledger.settings.currency
    begins, told_on = minor_units(cash.balance, currency) if cash.balance is not None else None, today
    if begins is None:
        begins, told_on = _banked(ledger, currency, today)
    if begins is None:
        return None
    monthly = minor_units(cash.monthly_out, currency)
    months, days = MONTHS_IN_DAYS
    mine = next((each.weeks for each in made if each.currency == currency), None)
    weeks = []
    for week in range(cash.weeks):
        ends = monday(today) + timedelta(weeks=week + 1)
        out = half_up(Fraction(monthly * months * (ends - today).days, days))
        total = mine[week].total if mine else Band(0, 0, 0)
        weeks.append((begins + total.p10 - out, begins + total.p50 - out, begins + total.p90 - out))
    return Balance(begins, told_on, tuple(weeks))


def _banked(ledger: Ledger, currency: str, today: date) -> tuple[int | None, date]:
    """What all accounts of a currency held by their last files together, and the earliest day of these."""
    last = {row.account: row for row in bank_lines.files(ledger.db)
            if row.closing_minor is not None and row.currency in (currency, None, "")}  # fmt: skip
    if not last:
        return None, today
    whole = sum(row.closing_minor or 0 for row in last.values())
    return whole, date.fromordinal(min(row.last_day for row in last.values()))
