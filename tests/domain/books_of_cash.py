"""Invented books to try the forecast on: clients who pay as people do, of whom the forecast knows only the past.

The clients are not drawn from what the forecast takes for usual: each book has a mood of its own, some clients pay on
fixed days of the month, and one payment in twenty-five is very late for no reason.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from clepsydra.domain.forecast_cash import CashForecast, ExpectedMoney, forecast


class Book(NamedTuple):
    """A day, what is open then with the day on which it was really paid, and the days late of the past by client."""

    today: date
    open: list[tuple[ExpectedMoney, date]]
    histories: dict[str, list[int]]


class Payer:
    """How one client pays."""

    def __init__(self, random: Random, mood: float) -> None:
        self._random = random
        kind = random.random()
        if kind < 0.35:
            level = random.gauss(1, 2)
        elif kind < 0.75:
            level = random.uniform(4, 22) * mood
        else:
            level = random.uniform(20, 55) * mood
        self._level, self._noise = level, 1.5 + 0.2 * abs(level)
        self._runs = random.random() < 0.3

    def pays(self, due: date) -> date:
        """The day on which it pays what is due that day."""
        random = self._random
        late = self._level + random.choice((-1, 1)) * random.expovariate(1 / self._noise)
        if random.random() < 0.04:
            late += random.uniform(15, 60)
        day = due + timedelta(days=round(late))
        while self._runs and day.day not in (5, 15, 25):
            day += timedelta(days=1)
        return day


def book(random: Random, past: int) -> Book:
    """One book whose clients have each paid so many invoices."""
    mood, today = random.uniform(0.6, 1.5), date(2026, 1, 1) + timedelta(days=random.randrange(365))
    open_, histories = [], {}
    for n in range(random.randint(4, 12)):
        payer, client = Payer(random, mood), f"client-{n}"
        dues = [today - timedelta(days=random.randint(90, 400)) for _ in range(past)]
        histories[client] = [(payer.pays(due) - due).days for due in dues]
        for _ in range(random.randint(1, 5)):
            due = today + timedelta(days=random.randint(-40, 50))
            paid = payer.pays(due)
            if paid >= today:
                minor = int(random.lognormvariate(12.3, 0.8))
                open_.append((ExpectedMoney(client, "EUR", minor, due, number=f"{client}-{len(open_)}"), paid))
    return Book(today, open_, histories)


class Cover(NamedTuple):
    """How many bands held of how many: of single weeks in which something was possible, of the sum to the end of each
    week, and of thirty days.
    """

    weeks: int
    weeks_of: int
    sums: int
    sums_of: int
    month: int
    month_of: int


def cover_of(books: Iterator[Book]) -> Cover:
    """How often the bands of the forecast held what was really paid."""
    found = Cover(0, 0, 0, 0, 0, 0)
    for each in books:
        if each.open:
            made = forecast([incoming for incoming, _ in each.open], each.histories, each.today)[0]
            found = Cover(*(a + b for a, b in zip(found, _held(each, made), strict=True)))
    return found


def _held(each: Book, made: CashForecast) -> Cover:
    weeks = weeks_of = sums = total = 0
    for week in made.weeks:
        end = week.begins + timedelta(days=7)
        came = sum(incoming.minor for incoming, paid in each.open if week.begins <= paid < end)
        total += came
        if week.band.p90 or came:
            weeks_of += 1
            weeks += week.band.holds(came)
            sums += week.total.holds(total)
    month = sum(incoming.minor for incoming, paid in each.open if (paid - each.today).days < 30)
    return Cover(weeks, weeks_of, sums, weeks_of, made.days_30.holds(month), 1)
