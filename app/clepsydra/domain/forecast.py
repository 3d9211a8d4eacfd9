"""Where fixed-fee work and any contract are heading: earned value, and the day the hours run out.

Earned value is honest for one person only when progress is what the client accepted, never the hours spent. Early on it
means little, and says so.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.agreement import Contract
from clepsydra.domain.contracts import budget
from clepsydra.domain.interval import HOUR
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass

EARLY_UNDER = Fraction(1, 5)
"""Below this share of accepted deliverables the cost index moves too much to rely on."""

HOPELESS_OVER = Fraction(11, 10)
"""Above this index the rest would have to go so much faster that it will not."""

WEEKS = 4
ACTIVE_WEEKS = 3

WORKING_DAYS = 5
"""Of any week, from Monday to Friday."""

FAR_OFF = 2600
"""Working days of about ten years: an end beyond is none."""


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """Earned value of a fixed fee, in seconds and ratios; a figure is None where it has no meaning yet.

    `baseline` is the budget at the start, `budget` adds the accepted change orders. `rate` and `own_rate` are the fee
    per hour at completion in major units, by the computed and by the person's own estimate of the hours at the end.
    `estimate` is that one as typed; what the work really took is the least that `own_at_completion` can be.
    """

    baseline: int
    budget: int
    actual: int
    progress: Fraction | None
    earned: int | None
    cpi: Fraction | None
    at_completion: int | None
    variance: int | None
    tcpi: Fraction | None
    rate: Fraction | None
    estimate: int | None
    own_at_completion: int | None
    own_rate: Fraction | None

    @property
    def early(self) -> bool:
        """Whether too little is accepted for the indices to mean much."""
        return self.progress is None or self.progress < EARLY_UNDER

    @property
    def beyond(self) -> int:
        """Seconds worked beyond the person's own estimate."""
        return 0 if self.estimate is None else max(0, self.actual - self.estimate)

    @property
    def recoverable(self) -> bool:
        """Whether the rest may still fit in the budget."""
        if self.progress == 1 or self.progress is None:
            return self.actual <= self.budget
        return self.tcpi is not None and self.tcpi <= HOPELESS_OVER


def progress(contract: Contract, day: date) -> Fraction | None:
    """The share of the deliverables, by the weights fixed at the start, accepted by that day; None without any."""
    whole = sum(Fraction(part.weight) for part in contract.deliverables)
    done = sum(Fraction(part.weight) for part in contract.deliverables if part.accepted and part.accepted <= day)
    return Fraction(done) / Fraction(whole) if whole else None


def fee(contract: Contract, day: date) -> Decimal:
    """The fee in major units with the change orders accepted by that day."""
    return contract.fee + sum((change.fee for change in contract.changes if change.accepted <= day), Decimal(0))


def earned_value(contract: Contract, actual: int, today: date) -> EarnedValue:
    """Earned value of fixed-fee work after `actual` seconds in scope."""
    hours, share = budget(contract, today), progress(contract, today)
    earned = None if share is None else share * hours
    cpi = earned / actual if earned is not None and actual else None
    at_completion = None
    if share == 1:
        at_completion = Fraction(actual)
    elif cpi:
        at_completion = hours / cpi
    own = None if contract.estimate is None else max(contract.estimate, actual)
    return EarnedValue(
        baseline=contract.included,
        budget=hours,
        actual=actual,
        progress=share,
        earned=None if earned is None else half_up(earned),
        cpi=cpi,
        at_completion=None if at_completion is None else half_up(at_completion),
        variance=None if at_completion is None else hours - half_up(at_completion),
        tcpi=(hours - earned) / (hours - actual) if earned is not None and actual < hours else None,
        rate=_per_hour(fee(contract, today), at_completion),
        estimate=contract.estimate,
        own_at_completion=own,
        own_rate=_per_hour(fee(contract, today), None if own is None else Fraction(own)),
    )


def _per_hour(amount: Decimal, seconds: Fraction | None) -> Fraction | None:
    return Fraction(amount) * HOUR / seconds if seconds else None


@dataclass(frozen=True, slots=True)
class Exhaustion:
    """The working day on which the remaining time runs out: at the fastest, the usual and the slowest pace of the last
    four weeks; the latest is None when a week went by without work.
    """

    earliest: date
    expected: date
    latest: date | None


def weekday(day: date) -> bool:
    """Whether it is a day from Monday to Friday."""
    return day.weekday() < 5


def exhaustion(
    remaining: int, used: Mapping[date, int], today: date, works: Callable[[date], bool] = weekday
) -> Exhaustion | None:
    """When `remaining` seconds run out, judged by the four weeks before `today`; None where that cannot be told.

    It cannot with fewer than three weeks with work, nor when the end is ten years off. `works` is the person's calendar
    of working days.
    """
    start = today - timedelta(weeks=WEEKS)
    weeks = [0] * WEEKS
    for day, seconds in used.items():
        if start <= day < today:
            weeks[(day - start).days // 7] += seconds
    working_days = sum(works(start + timedelta(days=n)) for n in range(7 * WEEKS))
    if sum(1 for week in weeks if week > 0) < ACTIVE_WEEKS or not working_days:
        return None

    def lasts(weekly: Fraction) -> int | None:
        days = max(remaining, 0) * Fraction(working_days, WEEKS) / weekly if weekly else FAR_OFF
        return int(days) if days < FAR_OFF else None

    fastest, usual = lasts(Fraction(max(weeks))), lasts(Fraction(sum(weeks), WEEKS))
    if fastest is None or usual is None:
        return None
    slowest = lasts(Fraction(min(weeks)))
    return Exhaustion(
        earliest=_after(today, fastest, works),
        expected=_after(today, usual, works),
        latest=None if slowest is None else _after(today, slowest, works),
    )


def _after(today: date, whole_days: int, works: Callable[[date], bool]) -> date:
    """The working day that follows that many whole ones, the first of which may be today."""
    weeks = whole_days // WORKING_DAYS if works is weekday else 0  # ten years need not be walked day by day
    day, left = today + timedelta(weeks=weeks), whole_days - weeks * WORKING_DAYS
    while left or not works(day):
        left -= works(day)
        day += timedelta(days=1)
    return day
