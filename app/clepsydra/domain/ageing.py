"""How old receivables are, and how many days of sales they hold up.

Count-back: the balance is what the latest sales left open, so months are peeled from the latest until it is used up.
With 9 000 owed, 5 000 sold in November (30 d) and 8 000 in October (31 d) that is 30 + 4 000 / 8 000 x 31 = 45.5 days.
The best possible peels only what is not due yet: what lies between the two is lateness.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from clepsydra.domain.periods import add_months
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import dataclass

BOUNDS = (0, 30, 60, 90)
"""Days past due: not due, up to 30, 60, 90, beyond."""

YEAR = 365


def bucket(late_days: int) -> int:
    """Which stretch of lateness: 0 not due, then up to 30, 60, 90 days, and beyond; due today is not late."""
    return sum(late_days > bound for bound in BOUNDS)


def buckets(debts: Iterable[Debt], today: date) -> tuple[int, ...]:
    """The open minor units of debts of one currency by how late each part of them is."""
    sums = [0] * (len(BOUNDS) + 1)
    for debt in debts:
        for part in debt.by_day():
            sums[bucket((today - part.due).days)] += part.open_minor
    return tuple(sums)


@dataclass(frozen=True, slots=True)
class MonthOfSales:
    """What was sold in some days of one month: minor units with tax."""

    days: int
    minor: int


def months_back(sold: Iterable[tuple[date, int]], today: date, count: int) -> list[MonthOfSales]:
    """Dated sales by month, this month up to today first, then `count` whole ones."""
    sums: dict[tuple[int, int], int] = {}
    for day, minor in sold:
        sums[day.year, day.month] = sums.get((day.year, day.month), 0) + minor
    found, last = [], today
    for _ in range(count + 1):
        found.append(MonthOfSales(last.day, sums.get((last.year, last.month), 0)))
        last = add_months(last, 0) - timedelta(days=1)
    return found


def count_back(balance: int, months: Sequence[MonthOfSales]) -> Fraction | None:
    """Days of sales that a balance holds up, months from the latest back; None where they never used it up.

    A month without sales passes with all its days. Nothing owed is 0 days.
    """
    days = Fraction(0)
    for month in months:
        if balance <= 0:
            break
        used = min(balance, max(0, month.minor))
        days += Fraction(used * month.days, month.minor) if used == balance else month.days
        balance -= used
    return days if balance <= 0 else None


def lockup(unbilled: int, owed: int, collected: int) -> tuple[Fraction, Fraction] | None:
    """Days of work in progress and days of debtors, by what a year collected; None where it collected nothing."""
    if collected <= 0:
        return None
    return Fraction(unbilled * YEAR, collected), Fraction(owed * YEAR, collected)
