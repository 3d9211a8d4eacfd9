"""Late charges: interest to the day at dated rates, and the fixed sum where the law gives one.

Interest = sum of balance x rate x days / 365, half up once, split at half-years and at each payment: 2 300.40 at
12.15 % for 23 days is 17.61; with 1 000.00 paid on day 10 it is 13.28. The rate of a half-year is that of its first
day, and the last one known holds on: a figure that leans on it says of which half-year it is.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass

YEAR = 365
"""Days of the year that interest is reckoned by."""

_FORMULA = re.compile(r"(?:([a-z_]+)\s*(?:([+*])\s*([0-9]{1,3}(?:\.[0-9]{1,4})?))?|([0-9]{1,3}(?:\.[0-9]{1,4})?))\s*%?")


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """A published rate in percent, and the first day of the half-year it is for."""

    since: date
    percent: Decimal


RateTable = Mapping[str, Sequence[PublishedRate]]
"""Published rates by name, in the order of their days."""


@dataclass(frozen=True, slots=True)
class LateRate:
    """A yearly rate in percent; `borrowed` is the half-year (its first day) it is of, where its own is unknown."""

    percent: Decimal
    borrowed: date | None = None


@dataclass(frozen=True, slots=True)
class InterestSpan:
    """So many days, `first` to `last` inclusive, at one balance and one rate."""

    first: date
    last: date
    balance_minor: int
    rate: LateRate

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Interest:
    """What a debt bears for being late, in minor units, and how it was reckoned."""

    minor: int
    spans: tuple[InterestSpan, ...] = ()

    @property
    def days(self) -> int:
        """For how many days."""
        return sum(span.days for span in self.spans)

    @property
    def borrowed(self) -> date | None:
        """The half-year whose rate had to serve for a later or an earlier one; None where all are known."""
        return next((span.rate.borrowed for span in self.spans if span.rate.borrowed), None)


def half_year(day: date) -> date:
    """The first day of the half-year around a day."""
    return date(day.year, 1 if day.month < 7 else 7, 1)


def is_formula(text: str, names: Sequence[str] = ("ecb", "legal", "trade")) -> bool:
    """Whether a text is a rate: "12.15", "ecb+10", "legal*3"."""
    match = _FORMULA.fullmatch(text.strip().casefold())
    return bool(match) and (match[1] is None or match[1] in names) if match else False


def late_rate(formula: str, table: RateTable, day: date) -> LateRate | None:
    """The rate that a formula gives for the half-year of a day: "ecb+10" is 12.15 where the ECB's is 2.15.

    None where it names a rate of which nothing is known, or is no formula.
    """
    match = _FORMULA.fullmatch(formula.strip().casefold())
    if not match:
        return None
    if match[4]:
        return LateRate(Decimal(match[4]))
    rows = table.get(match[1], ())
    if not rows:
        return None
    begun = half_year(day)
    row = next((row for row in reversed(rows) if row.since <= begun), rows[0])
    factor = Decimal(match[3] or 0)
    percent = row.percent * factor if match[2] == "*" else row.percent + factor
    return LateRate(percent, None if half_year(row.since) == begun else half_year(row.since))


def interest(
    minor: int, due: date, until: date, formula: str, table: RateTable, paid: Sequence[tuple[date, int]] = ()
) -> Interest | None:
    """What minor units due on a day bear up to a day, given what was paid of them and when; None without a rate.

    A payment bears fruit until its own day, inclusive.
    """
    if late_rate(formula, table, until) is None:
        return None
    cuts = {day for day, _ in paid if due < day < until} | {until}
    cuts |= {first - timedelta(1) for first in _half_years(due, until)}
    spans, first = [], due + timedelta(1)
    for last in sorted(cuts):
        balance = minor - sum(each for day, each in paid if day < first)
        rate = late_rate(formula, table, first)
        if first <= last and balance > 0 and rate is not None:
            spans.append(InterestSpan(first, last, balance, rate))
        first = max(first, last + timedelta(1))
    total = sum((Fraction(s.balance_minor) * Fraction(s.rate.percent) * s.days for s in spans), Fraction(0))
    return Interest(half_up(total / (100 * YEAR)), tuple(spans))


def _half_years(after: date, until: date) -> list[date]:
    """The first days of half-years after a day, up to another."""
    years = range(after.year, until.year + 1)
    return [day for year in years for day in (date(year, 1, 1), date(year, 7, 1)) if after < day <= until]
