"""What the work of a client earned in sums: by project, channel and rate, of which every row of the report is made."""

import json
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.earning import Earning
from clepsydra.domain.money import Hourly, unrounded
from clepsydra.domain.records import replace
from clepsydra.domain.session import Channel
from clepsydra.domain.terms import Client
from clepsydra.ledger.insights.earnings import Earned, Invoiced, invoiced
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.plain_work import epochs, session_like
from clepsydra.ledger.reports import Period
from clepsydra.store import statements
from clepsydra.store.earned import worked

_RateKey = tuple[str, Channel, bool, Hourly]
"""Project, channel, whether a client pays for it, and the rate it was billed with or would be."""


class WorkSum(NamedTuple):
    """Work of one client alike in project, channel and rate; seconds and minor units."""

    project: str
    channel: Channel
    earning: Earning


class ClientWork(NamedTuple):
    """All of a client's work of a period; `first` is its first day (ordinal), None without any."""

    sums: tuple[WorkSum, ...]
    first: int | None


def of_sessions(client: Client, found: Iterable[Earned]) -> ClientWork:
    """The sums of sessions that were read one by one."""
    sums: dict[_RateKey, list[int]] = {}
    first: int | None = None
    for row in found:
        session = row.session
        first = min(first or session.day, session.day)
        _add(
            sums, (session.project, session.channel, row.billable, row.hourly), row.seconds, row.invoiced, row.collected
        )
    return _summed(client, sums, first)


def of_rows(ledger: Ledger, client: Client, period: Period) -> tuple[ClientWork, Invoiced]:
    """The sums of a client's period in one lean pass, and what its statements billed."""
    before = statements.elsewhere(ledger.db, client.slug)
    money = invoiced(ledger, client, period)
    sums: dict[_RateKey, list[int]] = {}
    days: list[int] = []
    for since, until in epochs(client, *period.ordinals):
        found = worked(ledger.db, client.slug, since, until, ledger.now, before)
        for project, channel, scope, decision, written, day, ids, lengths in found:
            like = session_like(client, since, project, channel, scope, decision)
            like = replace(like, write_off="") if written else like
            billable = treatment(like, client) in (Treatment.BILLABLE, Treatment.INCLUDED)
            today, at = client.rate(like.project, like.channel, date.fromordinal(since)), None
            days.append(day)
            for ident, seconds in zip(json.loads(ids), json.loads(lengths), strict=True):
                hourly = money.rates.get(ident, today)
                if hourly is not at:  # the same for nearly all: no rate need be looked up twice
                    at, key = hourly, (like.project, like.channel, billable, hourly)
                    one = sums.setdefault(key, [0, 0, 0])
                one[0] += seconds
                one[1] += money.by_session.get(ident, 0)
                one[2] += money.collected.get(ident, 0)
    return _summed(client, sums, min(days, default=None)), money


def _add(sums: dict[_RateKey, list[int]], key: _RateKey, seconds: int, minor: int, got: int) -> None:
    one = sums.get(key)
    if one is None:
        one = sums[key] = [0, 0, 0]
    one[0] += seconds
    one[1] += minor
    one[2] += got


def _summed(client: Client, sums: dict[_RateKey, list[int]], first: int | None) -> ClientWork:
    found = []
    for (project, channel, billable, hourly), (seconds, minor, got) in sums.items():
        worth = unrounded(seconds, hourly, client.currency) if billable else Fraction(0)
        earning = Earning(seconds, seconds if billable else 0, worth, minor, got)
        found.append(WorkSum(project, channel, earning))
    return ClientWork(tuple(found), first)
