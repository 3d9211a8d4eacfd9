"""What a month will have brought, in three lines: contracted, expected and hopeful.

Contracted is what was earned so far and what agreements bring whatever is worked. Expected adds the usual pace: for
each day left, the median of what the same weekday brought in the last eight weeks. Hopeful adds the third quartile
instead. Today counts with what its pace is above what it has brought already.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from clepsydra.domain.money import half_up
from clepsydra.domain.periods import add_months
from clepsydra.domain.records import dataclass

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Pace:
    """What one weekday brings in minor units: the median and the third quartile of `weeks` of them, `left` to come."""

    weekday: int
    median: Fraction
    quartile: Fraction
    left: int
    weeks: int

    @property
    def brings(self) -> bool:
        """Whether anything is to be hoped of it."""
        return bool(self.quartile)


@dataclass(frozen=True, slots=True)
class MonthRevenue:
    """One month in one currency, in minor units before tax: what was earned by client, what is contracted beside it by
    agreement (client, project or empty), and the pace of the weekdays left.
    """

    currency: str
    first: date
    earned: Mapping[str, int]
    fees: Mapping[tuple[str, str], int]
    paces: tuple[Pace, ...]
    expected_more: int
    hopeful_more: int

    @property
    def contracted(self) -> int:
        """Earned, and agreed beside it."""
        return sum(self.earned.values()) + sum(self.fees.values())

    @property
    def expected(self) -> int:
        """With the usual pace of the days left."""
        return self.contracted + self.expected_more

    @property
    def hopeful(self) -> int:
        """With a good pace of the days left."""
        return self.contracted + self.hopeful_more


def last_of_month(day: date) -> date:
    """The last day of a day's month."""
    return add_months(day, 1) - timedelta(days=1)


def inner_quantile(values: list[int], share: Fraction) -> Fraction:
    """A quantile between the two nearest values, exactly; 0 without any."""
    if not values:
        return Fraction(0)
    ranked, place = sorted(values), share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (ranked[above] - ranked[below]) * (place - below)


def month_revenue(
    currency: str, today: date, earned: Mapping[str, int], fees: Mapping[tuple[str, str], int],
    by_day: Mapping[date, int], since: date | None,
) -> MonthRevenue:  # fmt: skip
    """The three lines of today's month; `by_day` is what each day brought, `since` the first day of all work."""
    paces, expected, hopeful = [], Fraction(0), Fraction(0)
    last = last_of_month(today)
    for weekday in range(7):
        found = [today - timedelta(weeks=n, days=(today.weekday() - weekday) % 7) for n in range(WEEKS + 1)]
        past = [day for day in found if day < today and since is not None and day >= since][:WEEKS]
        values = [by_day.get(day, 0) for day in past]
        median, quartile = inner_quantile(values, Fraction(1, 2)), inner_quantile(values, Fraction(3, 4))
        left = sum((today + timedelta(days=n)).weekday() == weekday for n in range(1, (last - today).days + 1))
        expected, hopeful = expected + median * left, hopeful + quartile * left
        if weekday == today.weekday():
            so_far = by_day.get(today, 0)
            expected += max(median - so_far, Fraction(0))
            hopeful += max(quartile - so_far, Fraction(0))
            left += 1
        if left:
            paces.append(Pace(weekday, median, quartile, left, len(past)))
    first = today.replace(day=1)
    return MonthRevenue(currency, first, earned, fees, tuple(paces), half_up(expected), half_up(hopeful))
