"""What the insights screen shows: rates, a typical week, trends, and what is worth a look. Read in a thread, and kept.

The whole is a function of the log, the terms and the day, so it is worked out once for each of their states; what runs
counts up to the moment of the reading.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.due import read_uses
from clepsydra.ledger.insights.dormant import Dormant, dormant, unprofitable
from clepsydra.ledger.insights.earnings import Earned
from clepsydra.ledger.insights.least import Least, least
from clepsydra.ledger.insights.rates import DAYS_A_WEEK, RateRow, Rates, Slot, half_hours, rates_by, typical_week
from clepsydra.ledger.insights.scope import AgreementStanding, standings_by
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.reports import Period, chosen
from clepsydra.settings.model import Settings
from clepsydra.store import journal
from clepsydra.store.database import reading
from clepsydra.store.readers import paced, reader


@dataclass(frozen=True, slots=True)
class Insight:
    """Everything of some weeks up to today; `trends` are minor units earned or expected by week, oldest first."""

    weeks: int
    rates: Rates
    week: list[list[Slot]]
    trends: Mapping[str, tuple[int, ...]]
    poor: tuple[tuple[RateRow, Fraction], ...]
    dormant: tuple[Dormant, ...]
    least: tuple[Least, ...]
    standings: tuple[AgreementStanding, ...]

    def of_client(self, slug: str) -> list[str]:
        """A client's sessions, the latest first."""
        return [row.session.id for one, row in reversed(self.rates.sessions) if one.slug == slug]

    def in_slot(self, weekday: int, slot: int, ledger: Ledger) -> list[str]:
        """The sessions that touch a half hour of the week, the latest first."""
        now, zone, wanted = ledger.now, ledger.zone, (weekday, slot)
        return [
            row.session.id
            for _, row in reversed(self.rates.sessions)
            if any(touched[:2] == wanted for touched in half_hours(row.session.span(now), zone))
        ]


def insight(ledger: Ledger, weeks: int) -> Insight:
    """Read the log's last weeks; a reading of hundreds of thousands of sessions takes seconds."""
    today = ledger.today
    first, month_begins = today - timedelta(days=weeks * DAYS_A_WEEK - 1), today.replace(day=1).toordinal()
    with read_uses(ledger, list(chosen(ledger, None))) as used:
        report = rates_by(ledger, used, Period(first, today))
        by_week = trends(paced(ledger.db, report.sessions), first, weeks)
        month = [each for each in paced(ledger.db, report.sessions) if each[1].session.day >= month_begins]
        return Insight(
            weeks=weeks,
            rates=report,
            week=typical_week(ledger, paced(ledger.db, report.sessions)),
            trends=by_week,
            poor=tuple(unprofitable(_as_expected(report, by_week))),
            dormant=tuple(dormant(ledger)),
            least=tuple(least(ledger, month)),
            standings=tuple(standings_by(ledger, used.values())),
        )


def _as_expected(report: Rates, by_week: Mapping[str, tuple[int, ...]]) -> Rates:
    """The same with what waits to be stated taken as invoiced: a quarter is too short to judge by statements alone."""
    clients = (
        replace(row, earning=replace(row.earning, invoiced_minor=sum(by_week[row.client])))
        if row.client in by_week
        else row
        for row in report.clients
    )
    return replace(report, clients=tuple(clients))


def trends(found: Iterable[tuple[Client, Earned]], first: date, weeks: int) -> dict[str, tuple[int, ...]]:
    """What each client's work of every week earned or will earn."""
    sums: dict[str, list[int]] = {}
    for one, row in found:
        week = min(weeks - 1, (row.session.day - first.toordinal()) // DAYS_A_WEEK)
        sums.setdefault(one.slug, [0] * weeks)[week] += row.expected
    return {slug: tuple(values) for slug, values in sums.items()}


@dataclass(frozen=True, slots=True)
class _State:
    """What a reading rests on: the place the log has reached, the day, the settings and clients in force."""

    place: tuple[int, int]
    today: date
    clients: Mapping[str, Client]
    settings: Settings

    @classmethod
    def of(cls, ledger: Ledger) -> "_State":
        """The state as of now."""
        place = journal.restored(ledger.db), journal.latest_row(ledger.db, but="review")
        return cls(place, ledger.today, ledger.catalogue.clients, ledger.settings)

    def same(self, other: "_State") -> bool:
        """Whether nothing has changed; settings and clients are others once their files were read again."""
        same_terms = self.clients is other.clients and self.settings is other.settings
        return same_terms and (self.place, self.today) == (other.place, other.today)


KEPT = 2_000
"""Readings of up to so many sessions are remembered while nobody looks at them."""


class InsightReader:
    """Reads in another thread, beside the log's own connection, and remembers the last readings."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._kept: dict[int, tuple[_State, Insight]] = {}

    def known(self, weeks: int) -> Insight | None:
        """What is known already of the present state."""
        kept = self._kept.get(weeks)
        return kept[1] if kept is not None and kept[0].same(_State.of(self._ledger)) else None

    def read(self, weeks: int, wanted: Callable[[], bool]) -> Insight:
        """Work it out; to be called in a thread of its own. What nobody wants by then is let go at once."""
        beside = replace(self._ledger, db=reader(self._ledger.db))
        try:
            with reading(beside.db):  # the state and the figures are of one moment, whatever is written meanwhile
                found = insight(beside, weeks)
                self._kept[weeks] = _State.of(beside), found
        finally:
            beside.db.close()
        if not wanted():
            self.let_go()
        return found

    def let_go(self) -> None:
        """Forget readings of very many sessions, which take a kilobyte each; short ones are kept for the next look."""
        self._kept = {weeks: each for weeks, each in self._kept.items() if len(each[1].rates.sessions) <= KEPT}
