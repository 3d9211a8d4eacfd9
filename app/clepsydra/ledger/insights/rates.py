"""The real hourly rate: revenue over all hours, per client, project and channel, and through a typical week.

Amounts of different currencies are never added; a business has one row for each, and the hours of own work, which earn
nothing, are in the rate of the whole.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import wall
from clepsydra.domain.contracts import LedgerPeriod, ledger_of_periods
from clepsydra.domain.earning import Earning, HourlyCost, hourly_cost, per_hour
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import exponent, share
from clepsydra.domain.overage import overage_rate
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import DEFAULT_PROJECT, Channel
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import Agreement
from clepsydra.ledger.agreements.due import Counted, read_uses
from clepsydra.ledger.insights.earnings import Earned, Invoiced, earned
from clepsydra.ledger.insights.work_sums import ClientWork, WorkSum, of_rows, of_sessions
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.reports import Period, chosen
from clepsydra.store import sessions

_Key = tuple[str, str | None, Channel | None]

SLOT = 1800
SLOTS = 86_400 // SLOT
DAYS_A_WEEK = 7
DAYS_A_YEAR = Fraction(1461, 4)


@dataclass(frozen=True, slots=True)
class RateRow:
    """One client, or one of its projects or channels."""

    client: str
    currency: str
    earning: Earning
    project: str | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Effective:
    """A retainer's effective rate: its fees over the used hours that they pay for, of the periods that ended in the
    days asked for; minor units, and seconds as the agreement counts them.
    """

    client: str
    project: str | None
    currency: str
    periods: int
    fee_minor: int
    seconds: int

    @property
    def rate(self) -> Fraction | None:
        """Minor units for an hour that the fee pays for."""
        return per_hour(self.fee_minor, self.seconds)


@dataclass(frozen=True, slots=True)
class Slot:
    """A half hour of a week: its seconds over all weeks, and the minor units they earned or will, by currency."""

    seconds: int
    minor: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rates:
    """The whole report of some days, both included; `available` is the time there was, in seconds."""

    first: date
    last: date
    clients: tuple[RateRow, ...]
    projects: tuple[RateRow, ...]
    channels: tuple[RateRow, ...]
    totals: Mapping[str, Earning]
    own_seconds: int
    available: int
    cost: HourlyCost | None
    cost_currency: str
    effective: tuple[Effective, ...]
    sessions: tuple[tuple[Client, Earned], ...]

    @property
    def worked(self) -> int:
        """All time that was logged, own work too."""
        return sum(total.seconds for total in self.totals.values()) + self.own_seconds

    @property
    def utilisation(self) -> Fraction | None:
        """The share of the available time that clients paid for."""
        billable = sum(total.billable for total in self.totals.values())
        return Fraction(billable, self.available) if self.available else None

    def business(self, currency: str) -> Fraction | None:
        """What was collected for each hour worked, own work included; only where all is of one currency."""
        return per_hour(self.totals[currency].collected_minor, self.worked) if len(self.totals) == 1 else None

    def margin(self, row: RateRow) -> Fraction | None:
        """What an hour leaves after its full cost, in minor units; None without a cost in that currency."""
        if self.cost is None or row.earning.real is None or row.currency != self.cost_currency:
            return None
        return row.earning.real - self.cost.worked


def rates(ledger: Ledger, period: Period, client: str | None = None) -> Rates:
    """The real hourly rates of a period, which ends today at the latest and begins with the log at the earliest."""
    with read_uses(ledger, list(chosen(ledger, client))) as used:
        return rates_by(ledger, used, period, own=client is None)


def rates_by(ledger: Ledger, used: Mapping[str, Counted], period: Period, *, own: bool = True) -> Rates:
    """The same of some clients by what their agreements used, with own work or without it."""
    found: list[tuple[Client, Earned]] = []
    work: dict[str, ClientWork] = {}
    idle: dict[str, Invoiced] = {}
    for slug, uses in used.items():
        one = ledger.client(slug)
        rows, idle[slug] = earned(ledger, one, uses, period)
        work[slug] = of_sessions(one, rows)
        found += [(one, row) for row in rows]
    return replace(_report(ledger, used, period, work, idle, own=own), sessions=tuple(found))


def rates_alone(ledger: Ledger, period: Period, client: str | None = None) -> Rates:
    """The same as `rates` without its sessions, which costs a fraction of it where a year is long."""
    work: dict[str, ClientWork] = {}
    idle: dict[str, Invoiced] = {}
    with read_uses(ledger, list(chosen(ledger, client))) as used:
        for slug in used:
            work[slug], idle[slug] = of_rows(ledger, ledger.client(slug), period)
        return _report(ledger, used, period, work, idle, own=client is None)


def _own_seconds(ledger: Ledger, period: Period) -> int:
    own = [slug for slug, each in ledger.catalogue.clients.items() if each.own]
    found = (session for slug in own for session in sessions.select(ledger.db, period.filter(slug)))
    return sum(session.exact_seconds(ledger.now) for session in found)


def _report(
    ledger: Ledger,
    used: Mapping[str, Counted],
    period: Period,
    work: Mapping[str, ClientWork],
    idle: Mapping[str, Invoiced],
    *,
    own: bool,
) -> Rates:
    begun = min((each.first for each in work.values() if each.first is not None), default=None)
    first = period.first or (date.fromordinal(begun) if begun is not None else ledger.today)
    last = min(period.last or ledger.today, ledger.today)
    shown = {slug: ledger.client(slug) for slug, each in work.items() if each.sums}
    mine = [(one, row) for slug, one in shown.items() for row in work[slug].sums]
    days = Period(first, last)
    clients = _rows(mine, lambda one, _: (one.slug, None, None))
    projects = _rows(mine, lambda one, row: (one.slug, row.project, None))
    channels = _rows(mine, lambda one, row: (one.currency, None, row.channel))
    with_idle = _with_idle(ledger, clients, idle, days)
    totals: dict[str, Earning] = {}
    for row in with_idle:
        totals[row.currency] = totals.get(row.currency, Earning()) + row.earning
    available = available_seconds(ledger, first, last)
    billable = sum(total.billable for total in totals.values())
    utilisation = Fraction(billable, available) if available and billable else None
    return Rates(
        first=first,
        last=last,
        clients=ranked(with_idle),
        projects=ranked(projects),
        channels=ranked(channels),
        totals=dict(sorted(totals.items())),
        own_seconds=_own_seconds(ledger, period) if own else 0,
        available=available,
        cost=cost_of(ledger, utilisation),
        cost_currency=ledger.settings.currency,
        effective=tuple(row for slug, one in shown.items() for row in effective(one, used[slug], first, last)),
        sessions=(),
    )


def ranked(rows: Iterable[RateRow]) -> tuple[RateRow, ...]:
    """The best real rate first; those with too few hours to tell come last."""
    return tuple(sorted(rows, key=lambda row: (not row.earning.ranked, -(row.earning.real or 0), row.client)))


def _rows(work: Iterable[tuple[Client, WorkSum]], key: Callable[[Client, WorkSum], _Key]) -> list[RateRow]:
    sums: dict[_Key, Earning] = {}
    codes: dict[_Key, str] = {}
    for one, row in work:
        place = key(one, row)
        sums[place] = sums.get(place, Earning()) + row.earning
        codes[place] = one.currency
    return [RateRow(place[0], codes[place], each, place[1], place[2]) for place, each in sums.items()]


def _with_idle(
    ledger: Ledger, clients: Iterable[RateRow], idle: Mapping[str, Invoiced], days: Period
) -> tuple[RateRow, ...]:
    """The clients' rows with the fees that no session stands behind, also of clients nobody worked for."""
    found = {row.client: row for row in clients}
    for slug, money in sorted(idle.items()):
        for day, _, minor, got in money.idle:
            if days.holds(day.toordinal()):
                row = found.get(slug, RateRow(slug, ledger.client(slug).currency, Earning()))
                found[slug] = replace(row, earning=row.earning + Earning(invoiced_minor=minor, collected_minor=got))
    return tuple(found.values())


def available_seconds(ledger: Ledger, first: date, last: date) -> int:
    """The time there was: the working hours of the settings day by day, else the working days of the cost."""
    hours = ledger.settings.working_hours
    if hours:
        daily = {
            weekday: sum(_length(begin, end) for begin, end in ranges) for weekday, ranges in hours.items()
        }  # fmt: skip
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return sum(daily.get(day.weekday(), 0) for day in days)
    cost = ledger.settings.cost
    if cost is None:
        return 0
    return int(cost.working_days * cost.hours_per_day * ((last - first).days + 1) / DAYS_A_YEAR)


def _length(begin: time, end: time) -> int:
    seconds = (end.hour - begin.hour) * 3600 + (end.minute - begin.minute) * 60
    return seconds if seconds > 0 else seconds + 86_400


def cost_of(ledger: Ledger, utilisation: Fraction | None) -> HourlyCost | None:
    """What an hour must bring, from the settings; None where nobody typed what a year must pay."""
    cost = ledger.settings.cost
    if cost is None:
        return None
    yearly = cost.income + cost.charges + cost.overheads
    scale = 10 ** exponent(ledger.settings.currency)
    return hourly_cost(yearly, scale, cost.working_days * cost.hours_per_day, utilisation)


def effective(client: Client, used: Counted, first: date, last: date) -> list[Effective]:
    """The effective rates of a client's retainers over the periods that ended between two days."""
    rows = []
    for agreement, use in used:
        periods = [
            p
            for p in ledger_of_periods(agreement.contracts, use.seconds, last, agreement.begins)
            if first <= p.last <= last
        ]  # fmt: skip
        if periods:
            minor = sum(p.fee_minor(client.currency) for p in periods)
            seconds = sum(p.used - (p.over if _paid_apart(client, agreement, p) else 0) for p in periods)
            rows.append(Effective(client.slug, agreement.project, client.currency, len(periods), minor, seconds))
    return rows


def _paid_apart(client: Client, agreement: Agreement, period: LedgerPeriod) -> bool:
    """Whether a rate pays for the hours beyond a period's: those at nothing are the fee's to pay."""
    normal = client.rate(agreement.project or DEFAULT_PROJECT, Channel.WORK, period.last)
    return overage_rate(period.contract, normal) > 0


def half_hours(span: Interval, zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """The half hours of the week that a stretch touches by a clock: weekday, number in the day, seconds in it."""
    at = span.started_at
    while at < span.ended_at:
        local = wall(at, zone)
        of_day = local.hour * 3600 + local.minute * 60 + local.second
        until = min(span.ended_at, at + SLOT - of_day % SLOT)
        yield local.weekday(), of_day // SLOT, until - at
        at = until


def typical_week(ledger: Ledger, found: Iterable[tuple[Client, Earned]]) -> list[list[Slot]]:
    """Seven days of half hours by the person's clock: the time in each, and what it earned or will.

    What a session earned is shared between its half hours by their seconds, without losing a cent.
    """
    seconds = [[0] * SLOTS for _ in range(DAYS_A_WEEK)]
    minor: list[list[dict[str, int]]] = [[{} for _ in range(SLOTS)] for _ in range(DAYS_A_WEEK)]
    now, zone = ledger.now, ledger.zone
    for one, row in found:
        parts = list(half_hours(row.session.span(now), zone))
        money = share(row.expected, [length for _, _, length in parts]) if parts else ()
        for (day, slot, length), earned_here in zip(parts, money, strict=True):
            seconds[day][slot] += length
            sums = minor[day][slot]
            sums[one.currency] = sums.get(one.currency, 0) + earned_here
    return [[Slot(seconds[day][n], minor[day][n]) for n in range(SLOTS)] for day in range(DAYS_A_WEEK)]
