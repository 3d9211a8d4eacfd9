"""The month's revenue before tax in three lines, from the log: what was earned, what agreements bring, the usual pace.

What was earned is the month as `report totals` and the main screen tell it. What each day brought, by which the pace is
told, is what its work is billed for, frozen on statements or as a statement of that day alone would: days may sum to a
little more or less than their month, which is priced and rounded together.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.agreement import for_the_whole
from clepsydra.domain.fee_parts import parts_of
from clepsydra.domain.money import half_up, minor_units, share
from clepsydra.domain.month_revenue import WEEKS, MonthRevenue, last_of_month, month_revenue
from clepsydra.domain.overage import beyond_of_each, overage_by_day
from clepsydra.domain.periods import add_months, frames
from clepsydra.domain.records import dataclass
from clepsydra.domain.statement_lines import priced
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import Agreement, agreements
from clepsydra.ledger.agreements.due import due_now
from clepsydra.ledger.forecast.work_to_come import has_fees
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.open_work import open_work
from clepsydra.ledger.reports import Period, totals
from clepsydra.ledger.statement_json import content_of
from clepsydra.store import billed_groups, daily_sums, sessions

ByDay = Mapping[date, int]


@dataclass(frozen=True, slots=True)
class DailyRevenue:
    """What each day brought in minor units before tax: by currency, client and day; and the first day of all work."""

    minor: Mapping[str, Mapping[str, ByDay]]
    since: date | None

    def whole(self, currency: str) -> dict[date, int]:
        """All clients together."""
        sums: dict[date, int] = {}
        for by_day in self.minor.get(currency, {}).values():
            for day, minor in by_day.items():
                sums[day] = sums.get(day, 0) + minor
        return sums

    def earned(self, currency: str, first: date, last: date) -> dict[str, int]:
        """What each client brought in some days, both included; those who brought nothing are left out."""
        sums = {
            client: sum(minor for day, minor in by_day.items() if first <= day <= last)
            for client, by_day in self.minor.get(currency, {}).items()
        }
        return {client: minor for client, minor in sums.items() if minor}


def revenue(ledger: Ledger) -> list[MonthRevenue]:
    """This month in three lines, by currency; the person's own currency first."""
    today = ledger.today
    daily = daily_revenue(ledger, min(today - timedelta(weeks=WEEKS), today.replace(day=1)), today)
    mine = ledger.settings.currency
    codes = {mine, *daily.minor, *(c.currency for c in ledger.catalogue.clients.values() if has_fees(c))}
    earned = {code: dict[str, int]() for code in codes}
    for row in totals(ledger, Period(today.replace(day=1))):
        if row.minor:
            earned.setdefault(row.currency, {})[row.client] = row.minor
    in_order = sorted(earned, key=lambda code: (code != mine, code))
    return [_of_month(ledger, daily, code, today, earned[code]) for code in in_order]


def as_of(ledger: Ledger, daily: DailyRevenue, currency: str, today: date) -> MonthRevenue:
    """The month of a day as it looked in the evening of that day."""
    return _of_month(ledger, daily, currency, today, daily.earned(currency, today.replace(day=1), today))


def _of_month(
    ledger: Ledger, daily: DailyRevenue, currency: str, today: date, earned: Mapping[str, int]
) -> MonthRevenue:
    by_day = {day: minor for day, minor in daily.whole(currency).items() if day <= today}
    return month_revenue(currency, today, earned, fees_of_month(ledger, currency, today), by_day, daily.since)


def daily_revenue(ledger: Ledger, first: date, last: date) -> DailyRevenue:
    """What each day of some brought, both included."""
    found: dict[str, dict[str, dict[date, int]]] = {}
    for client in ledger.catalogue.clients.values():
        if not client.own:
            for currency, day, minor in _days_of(ledger, client, first.toordinal(), last.toordinal()):
                mine = found.setdefault(currency, {}).setdefault(client.slug, {})
                mine[day] = mine.get(day, 0) + minor
    begun = sessions.first_day(ledger.db)
    return DailyRevenue(found, date.fromordinal(begun) if begun else None)


def _days_of(ledger: Ledger, client: Client, first: int, last: int) -> Iterator[tuple[str, date, int]]:
    for currency, day, minor in daily_sums.billed(ledger.db, client.slug, first, last):
        yield currency, date.fromordinal(day), minor
    due, moved = due_now(ledger, client), list(_overage_moved(ledger, client, first, last))
    moved += [
        (group.currency, day, priced([part]).billed_minor)
        for group in due.overage
        for day, part in overage_by_day(group)
    ]
    yield from ((code, date.fromordinal(day), minor) for code, day, minor in moved if first <= day <= last)
    for day in daily_sums.open_days(ledger.db, client.slug, first, last):
        yield client.currency, date.fromordinal(day), open_work(ledger, client, day, day).figures.billed_minor
    for day in {*due.capped, *due.capped_before}:
        if first <= day <= last:
            yield client.currency, date.fromordinal(day), -due.off(day, day)


def _overage_moved(ledger: Ledger, client: Client, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """The overage that statements hold, off the first day of each group, where it is summed, to the days it was worked
    on.
    """
    for row, *_ in billed_groups.overage(ledger.db, client.slug, first, last):
        pieces = content_of(row.body)["pieces"]
        parts = beyond_of_each(row.exact_seconds, [end - begin for _, begin, end, _ in pieces])
        for (*_, day), minor in zip(pieces, share(row.billed_minor, parts) if pieces else (), strict=True):
            yield row.currency, row.day, -minor
            yield row.currency, day, minor


def fees_of_month(ledger: Ledger, currency: str, day: date) -> dict[tuple[str, str], int]:
    """What agreements bring in the month of a day whatever is worked, by client and project (empty: the client's own).

    Retainers by the days of the month that they hold, fixed fees by what falls due in it.
    """
    first, last = day.replace(day=1), last_of_month(day)
    sums: dict[tuple[str, str], int] = {}
    for client in ledger.catalogue.clients.values():
        if client.own or client.currency != currency or not has_fees(client):
            continue
        for agreement in agreements(ledger, client):
            minor = _retained(agreement, currency, first, last) + _fell_due(agreement, currency, first, last)
            key = client.slug, agreement.project or ""
            if minor:
                sums[key] = sums.get(key, 0) + minor
    return sums


def _retained(agreement: Agreement, currency: str, first: date, last: date) -> int:
    """The fees of retainers by the days they hold in some days."""
    whole = Fraction(0)
    for frame in frames(agreement.contracts):
        if frame.begins > last:
            break
        length = (frame.ends - frame.begins).days
        for part in frame.shares:
            days = (min(part.last, last) - max(part.first, first)).days + 1
            if days > 0:
                whole += Fraction(part.contract.fee) * Fraction(days, length)
    return half_up(whole * minor_units(Decimal(1), currency))


def _fell_due(agreement: Agreement, currency: str, first: date, last: date) -> int:
    """What of fixed fees falls due in some days."""
    following = [contract.since for contract in agreement.contracts[1:]]
    found = 0
    for contract, until in zip(agreement.contracts, [*following, None], strict=True):
        if for_the_whole(contract):
            found += sum(part.minor for part in parts_of(contract, currency, until) if first <= part.day <= last)
    return found


def months_before(today: date, count: int) -> list[date]:
    """The first days of the closed months before a day, the latest first."""
    return [add_months(today, -n) for n in range(1, count + 1)]
