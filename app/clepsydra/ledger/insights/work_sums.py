"""What the work of a client earned in sums: by project, channel and rate, of which every row of the report is made."""

import json
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.earning import Earning
from clepsydra.domain.money import Hourly, rate_from, unrounded
from clepsydra.domain.records import replace
from clepsydra.domain.session import Channel
from clepsydra.domain.terms import Client
from clepsydra.ledger.insights.earnings import Earned, Invoiced, billed_by, realised
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.plain_work import epochs, session_like
from clepsydra.ledger.reports import Period
from clepsydra.store import earned as store
from clepsydra.store import statements
from clepsydra.store.earned import Stated

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
    """The sums of a client's period, and what was billed by the statements that had to be read session by session.

    Most are plain: what they billed by channel is summed by SQL, and their sessions are not read.
    """
    sums: dict[_RateKey, list[int]] = {}
    days: list[int] = []
    every = store.stated(ledger.db, client.slug, period.first.toordinal() if period.first else 0)
    plain = _plain(ledger, every, period)
    found = store.billed_sums(ledger.db, plain)
    for billed in found:
        days.append(billed.first_day)
        # Whatever today's terms would make of it, what a statement bills by the hour is billable.
        key = (billed.project, Channel(billed.channel), True, rate_from(billed.hourly))
        _add(sums, key, billed.seconds, billed.minor, plain[billed.statement] * billed.minor)
    summed = {billed.statement for billed in found}
    others = [each for each in every if each.id not in summed]
    money = billed_by(ledger, others)
    on = {each.id for each in others} - statements.elsewhere(ledger.db, client.slug)
    days += _add_sessions(ledger, client, period, on, money, sums)
    in_order = dict(sorted(sums.items(), key=lambda pair: pair[0][:2]))
    return _summed(client, in_order, min(days, default=None)), money


def _plain(ledger: Ledger, some: Iterable[Stated], period: Period) -> dict[str, int]:
    """The statements that lie in a period, bill hours alone and are paid in full (1) or not at all (0)."""
    found = {}
    for each in some:
        within = each.first_day >= (period.first or date.min).toordinal()
        if within and each.last_day <= (period.last or date.max).toordinal() and not each.beside:
            kept, paid = realised(ledger, each)
            if kept == 1 and paid in (0, 1):
                found[each.id] = int(paid)
    return found


def _add_sessions(
    ledger: Ledger, client: Client, period: Period, on: Iterable[str], money: Invoiced, sums: dict[_RateKey, list[int]]
) -> list[int]:
    """Take in the work that is on no statement, or `on` one of some, with its money; returns the first days of it."""
    days: list[int] = []
    for since, until in epochs(client, *period.ordinals):
        found = store.worked(ledger.db, client.slug, since, until, ledger.now, on)
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
    return days


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
