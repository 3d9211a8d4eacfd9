"""What an hour of a day is worth: the rate at which its unowned time is priced."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.money import Hourly, half_up, price
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Session
from clepsydra.ledger.days import Day
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions

RECENT = 100
"""So many sessions before a day stand for it when it has no priced work of its own."""


@dataclass(frozen=True, slots=True)
class DayRate:
    """An hourly rate in major units; 0 where nothing tells what an hour is worth."""

    hourly: Decimal
    currency: str

    def worth(self, seconds: int) -> int:
        """Minor units of so many seconds."""
        return price(seconds, self.hourly, self.currency)


def day_rate(ledger: Ledger, day: Day) -> DayRate:
    """The mean rate of the day's priced work, in the currency it has most of; of the work before it where it has none.

    Rounded to the hundredth of a major unit: it is an estimate, not a price agreed with anybody.
    """
    found = mean_rate(ledger, day.sessions)
    if found is None:
        until = (day.bounds.ended_at, "")
        found = mean_rate(ledger, sessions.page(ledger.db, sessions.Filter(), RECENT, until))
    return found or DayRate(Decimal(0), ledger.settings.currency)


def mean_rate(ledger: Ledger, some: Sequence[Session]) -> DayRate | None:
    """The mean rate of the sessions that have one, weighted by their time; None when none has."""
    worked: dict[tuple[str, Hourly], int] = {}
    for session in some:
        client = ledger.catalogue.clients.get(session.client)
        if client is None or client.own:
            continue
        hourly = client.rate(session.project, session.channel, date.fromordinal(session.day))
        seconds = session.exact_seconds(ledger.now)
        if hourly and seconds:
            worked[client.currency, hourly] = worked.get((client.currency, hourly), 0) + seconds
    if not worked:
        return None
    weighed: dict[str, tuple[int, Fraction]] = {}
    for (currency, hourly), seconds in worked.items():
        before, value = weighed.get(currency, (0, Fraction(0)))
        weighed[currency] = (before + seconds, value + Fraction(hourly) * seconds)
    currency = max(weighed, key=lambda code: (weighed[code][0], code))
    seconds, value = weighed[currency]
    return DayRate(Decimal(half_up(100 * value / seconds)).scaleb(-2), currency)
