"""How often the forecasts would have held for this person's own past.

Cash: on each Monday of the last year, what was open then, forecast from what had been paid by then, against the money
that came for it within thirty days. Month: on the fifteenth of each closed month of the last year, whether the month
ended between its contracted and its hopeful line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from clepsydra.domain.ageing import YEAR
from clepsydra.domain.forecast_cash import ExpectedMoney, IncomingSort, forecast, monday
from clepsydra.domain.habits import histories
from clepsydra.domain.month_revenue import WEEKS, last_of_month
from clepsydra.domain.receivables import Payment, parts_of
from clepsydra.domain.records import dataclass
from clepsydra.ledger.documents import reading
from clepsydra.ledger.forecast.month_lines import as_of, daily_revenue, months_before
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables import owing
from clepsydra.store import debts, documents, receipts

AHEAD = 30
"""Days within which what came in is looked at."""


@dataclass(frozen=True, slots=True)
class TimesHeld:
    """In how many of how many cases what came lay in the band, and in how many it was less, or more."""

    held: int = 0
    of: int = 0
    less: int = 0
    more: int = 0

    def __add__(self, other: "TimesHeld") -> "TimesHeld":
        return TimesHeld(self.held + other.held, self.of + other.of, self.less + other.less, self.more + other.more)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something that was asked for, less what was never to come, and the money that came for it."""

    number: str
    client: str
    currency: str
    issued: date
    due: date
    minor: int
    planned: tuple[tuple[date, int], ...]
    paid: tuple[Payment, ...]

    def open_on(self, day: date) -> int:
        """What was to come of it in the morning of a day."""
        return self.minor - sum(payment.minor for payment in self.paid if payment.paid < day)

    def came(self, first: date, until: date) -> int:
        """What came of it from a day on, up to and without another."""
        return sum(payment.minor for payment in self.paid if first <= payment.paid < until)


def cash_held(ledger: Ledger) -> TimesHeld:
    """How often the band of thirty days held, Monday by Monday and currency by currency."""
    today, paid = reading.today_of(ledger), owing.payments(ledger)
    asked = list(_asked(ledger, paid))
    first, found = monday(today - timedelta(days=YEAR)), TimesHeld()
    for week in range(YEAR // 7):
        day = first + timedelta(weeks=week)
        if day + timedelta(days=AHEAD) <= today:
            found += _on(day, asked, paid)
    return found


def _asked(ledger: Ledger, paid: Iterable[Payment]) -> Iterator[_Asked]:
    by_number = {number: tuple(rows) for number, rows in groupby(sorted(paid, key=_number), _number)}
    plans = receipts.plans(ledger.db)
    for each in documents.page(ledger.db):
        if each.kind != "credit" and each.state == "issued":
            never = each.credited_minor + each.paid_minor - each.money_minor
            yield _Asked(each.number, each.client, each.currency, date.fromordinal(each.issued_day),
                         date.fromordinal(each.due_day), each.payable_minor - never, _planned(plans, each.id),
                         by_number.get(each.number, ()))  # fmt: skip
    for alone in debts.asked(ledger.db):
        yield _Asked(alone.number, alone.client, alone.currency, date.fromordinal(alone.last_day),
                     date.fromordinal(alone.due_on), alone.total_minor, _planned(plans, alone.id),
                     by_number.get(alone.number, ()))  # fmt: skip


def _planned(plans: Mapping[str, Sequence[tuple[int, int]]], debt: str) -> tuple[tuple[date, int], ...]:
    return tuple((date.fromordinal(day), minor) for day, minor in plans.get(debt, ()))


def _number(payment: Payment) -> str:
    return payment.number


def _on(day: date, asked: Iterable[_Asked], paid: Iterable[Payment]) -> TimesHeld:
    """Whether the bands of one day held."""
    known = [payment for payment in paid if day - timedelta(days=YEAR) <= payment.paid < day]
    open_ = [each for each in asked if each.issued <= day and each.open_on(day) > 0]
    incoming = [
        ExpectedMoney(each.client, each.currency, part_minor, due, IncomingSort.INVOICE, each.number)
        for each in open_
        for due, part_minor in _parts(each, each.open_on(day))
    ]
    found, until = TimesHeld(), day + timedelta(days=AHEAD)
    for made in forecast(incoming, histories(known), day):
        came = sum(each.came(day, until) for each in open_ if each.currency == made.currency)
        band = made.days_30
        found += TimesHeld(band.holds(came), 1, came < band.p10, came > band.p90)
    return found


def _parts(each: _Asked, open_minor: int) -> Iterator[tuple[date, int]]:
    if not each.planned:
        yield each.due, open_minor
    for part in parts_of(each.planned, open_minor, each.due):
        if part.open_minor:
            yield part.due, part.open_minor


def month_held(ledger: Ledger) -> TimesHeld:
    """How often a closed month of the last year ended between the lines it had on its fifteenth."""
    today = ledger.today
    months = months_before(today, 12)
    daily = daily_revenue(ledger, months[-1] - timedelta(weeks=WEEKS), today)
    found = TimesHeld()
    for first in months:
        if daily.since is None or first - timedelta(weeks=2) < daily.since:
            continue  # there is no pace yet to go by
        last, middle = last_of_month(first), first.replace(day=15)
        for currency in daily.minor:
            made = as_of(ledger, daily, currency, middle)
            ended = sum(daily.earned(currency, first, last).values()) + sum(made.fees.values())
            if ended or made.hopeful:
                found += TimesHeld(made.contracted <= ended <= made.hopeful, 1, ended < made.contracted,
                              ended > made.hopeful)  # fmt: skip
    return found
