"""What will come in, week by week, with a band that is meant to hold eight times in ten.

Two hundred seeded draws. In each, every client has one habit for all that it owes: its own history of days late drawn
again with replacement and, under six payments, filled up with draws around its median that share one shift: who pays
one invoice later than before pays the others later too. Without a history, one lateness of what is usual holds for all
its invoices. What is late already is only drawn later. Drawing each invoice by itself would make far too narrow a band.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from clepsydra.domain.records import dataclass

DRAWS = 200
WEEKS = 13
FULL = 6
"""From so many payments on a client's own history stands alone."""

TRIES = 6
FAR = 3650
"""Days: nothing is expected later than ten years after today."""

USUAL = (-3, -1, 0, 0, 0, 1, 1, 2, 3, 4, 5, 7, 9, 11, 14, 17, 21, 26, 33, 44, 60)
"""Days late from client to client where nothing is known of any: a judgement, wide on purpose."""

SPREAD = (-60, -45, -32, -22, -14, -8, -4, 0, 0, 4, 8, 14, 22, 34, 50, 75, 120)
"""How far one client's payments lie from its own median, in hundredths of `scale`."""


class IncomingSort(StrEnum):
    """Where expected money comes from; the last four are not invoiced yet."""

    INVOICE = "invoice"
    PLAN = "plan"
    STATEMENT = "statement"
    UNBILLED = "unbilled"
    RETAINER = "retainer"

    @property
    def invoiced(self) -> bool:
        """Whether the client has been asked for it."""
        return self in (IncomingSort.INVOICE, IncomingSort.PLAN)


@dataclass(frozen=True, slots=True)
class ExpectedMoney:
    """Money to come: from whom, how much of which currency, when it is due; `number` of what was issued, or empty."""

    client: str
    currency: str
    minor: int
    due: date
    sort: IncomingSort = IncomingSort.INVOICE
    number: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """When one incoming is expected: the day in the middle, and the days that four in five draws lie between."""

    incoming: ExpectedMoney
    early: date
    middle: date
    late: date
    by_week: tuple[int, ...]

    @property
    def margin(self) -> int:
        """Half of the days that four in five draws lie between."""
        return ((self.late - self.early).days + 1) // 2


@dataclass(frozen=True, slots=True)
class Band:
    """The tenth, the half and nine tenths of what comes in, in minor units."""

    p10: int
    p50: int
    p90: int

    def holds(self, minor: int) -> bool:
        """Whether an amount lies in it."""
        return self.p10 <= minor <= self.p90


@dataclass(frozen=True, slots=True)
class WeekOfCash:
    """What comes in during the week from a Monday on; `invoiced` is the middle of what was asked for already."""

    begins: date
    band: Band
    invoiced: Band
    total: Band
    """What has come in from today to the end of that week."""


@dataclass(frozen=True, slots=True)
class CashForecast:
    """One currency's weeks, what comes in within thirty days, and when each part of it is expected."""

    currency: str
    weeks: tuple[WeekOfCash, ...]
    days_30: Band
    parts: tuple[Expectation, ...]
    draws: int

    def of_week(self, week: int) -> list[Expectation]:
        """What comes in that week in one draw of ten at least, the likeliest money first."""
        found = [part for part in self.parts if part.by_week[week] * 10 >= self.draws]
        return sorted(found, key=lambda part: (-part.by_week[week] * part.incoming.minor, part.incoming.number))


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def scale(median: int) -> int:
    """How many days one client's payments spread by: more for who pays late."""
    return 6 + abs(median) // 2


def usual(histories: Mapping[str, Sequence[int]]) -> list[int]:
    """Days late from client to client: what is usual anywhere, and three times over each client's own median."""
    medians = [middle(found) for found in histories.values() if found]
    return sorted([*USUAL, *(median for median in medians for _ in range(FULL // 2))])


def middle(values: Sequence[int]) -> int:
    """The median, the lower of two."""
    return sorted(values)[(len(values) - 1) // 2]


def quantile(values: Sequence[int], tenths: int) -> int:
    """The nearest-rank quantile of sorted values."""
    return values[max(0, -(-len(values) * tenths // 10) - 1)]


def band(values: Sequence[int]) -> Band:
    """The band of the values of all draws."""
    ranked = sorted(values)
    return Band(quantile(ranked, 1), quantile(ranked, 5), quantile(ranked, 9))


class _Habits:
    """The habit of one client, draw by draw."""

    def __init__(self, history: Sequence[int], others: Sequence[int], random: Random) -> None:
        self._history, self._others, self._random = list(history), others, random
        self._median = middle(self._history) if self._history else 0

    def draw(self, least: int) -> list[int]:
        """The days late that one draw lets the client have; `least` is how late its latest open invoice is already: a
        habit that would have paid it by now is drawn again, a few times.
        """
        if not self._history:
            possible = [days for days in self._others if days >= least] or [beyond(least, self._random)]
            return [self._random.choice(possible)]
        habit: list[int] = []
        for _ in range(TRIES):
            habit = self._one()
            if max(habit) >= least:
                break
        return habit

    def _one(self) -> list[int]:
        """The history drawn again; what so few payments leave in doubt moves all of it, and most of all what fills it
        up.
        """
        paid, doubt = len(self._history), self._residual()
        habit = [days + 2 * doubt // (paid + 1) for days in self._random.choices(self._history, k=paid)]
        if paid < FULL:
            shift = doubt * (3 * FULL - 2 * paid) // FULL
            habit += [self._median + shift + self._residual() for _ in range(FULL - paid)]
        return habit

    def _residual(self) -> int:
        return self._random.choice(SPREAD) * scale(self._median) // 100


def beyond(late: int, random: Random) -> int:
    """A lateness beyond what no habit reaches: the longer it is late, the longer it takes."""
    return late + int(random.expovariate(1 / (7 + max(0, late) / 2)))


def _days(
    incoming: Sequence[ExpectedMoney], habits: _Habits, today: date, draws: int, random: Random
) -> list[list[int]]:
    """For each incoming of one client, the day (counted from today) that each draw gives it."""
    late = [(today - each.due).days for each in incoming]
    least = max(late)
    days: list[list[int]] = [[] for _ in incoming]
    for _ in range(draws):
        habit = habits.draw(least)
        for index, already in enumerate(late):
            drawn = habit[int(random.random() * len(habit))]
            if drawn < already:
                later = [each for each in habit if each >= already]
                drawn = random.choice(later) if later else beyond(already, random)
            days[index].append(min(drawn - already, FAR))
    return days


def forecast(
    incoming: Sequence[ExpectedMoney], histories: Mapping[str, Sequence[int]], today: date,
    weeks: int = WEEKS, draws: int = DRAWS, seed: int = 0,
) -> list[CashForecast]:  # fmt: skip
    """What will come in of `incoming`, by currency, given each client's days late; the same for the same seed.

    Each client has its own stream of chance, so that what one owes moves no figure of another.
    """
    others = usual(histories)
    drawn: dict[str, list[tuple[ExpectedMoney, list[int]]]] = {}
    for client in sorted({each.client for each in incoming}):
        mine = [each for each in incoming if each.client == client]
        random = Random(f"{seed} {client}")
        days = _days(mine, _Habits(histories.get(client, ()), others, random), today, draws, random)
        for each, some in zip(mine, days, strict=True):
            drawn.setdefault(each.currency, []).append((each, some))
    return [_of_currency(code, found, today, weeks, draws) for code, found in sorted(drawn.items())]


def _of_currency(
    currency: str, drawn: Sequence[tuple[ExpectedMoney, list[int]]], today: date, weeks: int, draws: int
) -> CashForecast:
    first = monday(today)
    gone = (today - first).days
    sums = [[0] * draws for _ in range(weeks)]
    asked = [[0] * draws for _ in range(weeks)]
    month = [0] * draws
    parts = []
    for each, days in drawn:
        by_week = [0] * weeks
        for draw, day in enumerate(days):
            week = (day + gone) // 7
            if week < weeks:
                sums[week][draw] += each.minor
                by_week[week] += 1
                if each.sort.invoiced:
                    asked[week][draw] += each.minor
            if day < 30:
                month[draw] += each.minor
        ranked = sorted(days)
        early, mid, late = (today + timedelta(days=quantile(ranked, tenths)) for tenths in (1, 5, 9))
        parts.append(Expectation(each, early, mid, late, tuple(by_week)))
    total = [0] * draws
    found = []
    for week in range(weeks):
        total = [before + more for before, more in zip(total, sums[week], strict=True)]
        begins = first + timedelta(weeks=week)
        found.append(WeekOfCash(begins, band(sums[week]), band(asked[week]), band(total)))
    return CashForecast(currency, tuple(found), band(month), tuple(parts), draws)
