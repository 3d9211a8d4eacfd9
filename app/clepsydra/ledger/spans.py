"""What was worked and what it is worth, day by day or month by month: the bars of a calendar."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date, timedelta

from clepsydra.domain.billing import Group, Treatment, pieces_of, treatment
from clepsydra.domain.civil import DAYS_APART
from clepsydra.domain.money import share
from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.session import Scope, Session
from clepsydra.domain.statement_lines import priced
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import has_cap
from clepsydra.ledger.agreements.due import due_now
from clepsydra.ledger.agreements.fees import FeesDue
from clepsydra.ledger.agreements.overage import has_overage, overage_between
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.open_work import worth
from clepsydra.store import day_closes, readers, sessions
from clepsydra.store.database import reading


@dataclass(slots=True)
class SpanTotals:
    """A stretch of civil days, both ends included; `billable` seconds are part of `seconds`.

    `minor` is what billable time is worth at its own rates, by currency; what lies beyond a retainer is billable,
    what is above a cap worth nothing. `closed` counts the days that are closed.
    """

    first: date
    last: date
    seconds: int = 0
    billable: int = 0
    closed: int = 0
    minor: dict[str, int] = field(default_factory=dict)


def by_day(ledger: Ledger, first: date, last: date) -> list[SpanTotals]:
    """Every day of a stretch."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    spans = [SpanTotals(day, day) for day in days]
    _fill(ledger, spans)
    for span in spans:
        span.closed = int(day_closes.of(ledger.db, span.first.toordinal()) is not None)
    return spans


def days_aside(ledger: Ledger, first: date, last: date) -> list[SpanTotals]:
    """The same, read on a connection of its own, so that a thread may do it while the screen goes on."""
    with closing(readers.reader(ledger.db)) as connection:
        return by_day(replace(ledger, db=connection), first, last)


def by_month(ledger: Ledger, last: date, months: int = 12) -> list[SpanTotals]:
    """So many months up to that of a day, oldest first."""
    spans = []
    for back in reversed(range(months)):
        number = last.year * 12 + last.month - 1 - back
        first = date(number // 12, number % 12 + 1, 1)
        end = date((number + 1) // 12, (number + 1) % 12 + 1, 1) - timedelta(days=1)
        spans.append(SpanTotals(first, end))
    _fill(ledger, spans)
    return spans


def months_aside(ledger: Ledger, last: date) -> list[SpanTotals]:
    """The twelve months up to that of a day, read like `days_aside`."""
    with closing(readers.reader(ledger.db)) as connection:
        return by_month(replace(ledger, db=connection), last)


def _fill(ledger: Ledger, spans: list[SpanTotals]) -> None:
    """Add each session to the stretch its begin falls in, by the person's own days."""
    now = ledger.now
    of_day = {day: span for span in spans for day in _days(span)}
    # Sessions are found by their client's day.
    first, last = spans[0].first.toordinal() - DAYS_APART, spans[-1].last.toordinal() + DAYS_APART
    with reading(ledger.db):
        clients = ledger.catalogue.clients
        capped = {slug: list[_Worth]() for slug, client in clients.items() if has_cap(client)}
        for session in sessions.select(ledger.db, sessions.Filter(first_day=first, last_day=last)):
            span = of_day.get(ledger.own_day(session.started_at))
            if span is not None:
                minor = _add(ledger, span, session, now)
                if session.client in capped and _under_cap(session, clients[session.client]):
                    parts = _on_its_days(session, clients[session.client], minor, now)
                    capped[session.client] += [(day, span, part) for day, part in parts]
        for client in clients.values():
            for group in overage_between(ledger, client, first, last) if has_overage(client) else ():
                _add_beyond(ledger, of_day, group)
            if capped.get(client.slug):
                _take_off(client.currency, due_now(ledger, client, running=True), capped[client.slug])


_Worth = tuple[int, SpanTotals, int]
"""A day that a session is billed on (ordinal), the stretch it was added to, and the minor units that were."""


def _on_its_days(session: Session, client: Client, minor: int, now: int) -> list[tuple[int, int]]:
    """What a session is worth by the days (ordinals) it is billed on: midnight may cut it."""
    rule = client.rule(session.project, session.channel, date.fromordinal(session.day))
    pieces = pieces_of(session, rule, client, now)
    parts = share(minor, [piece.span.seconds for piece in pieces]) if len(pieces) > 1 else [minor]
    return [(piece.day.toordinal(), part) for piece, part in zip(pieces, parts, strict=True)]


def _under_cap(session: Session, client: Client) -> bool:
    """Whether a cap may take something off a session's worth."""
    contract = client.contract(session.project, date.fromordinal(session.day))
    return session.scope is not Scope.OUT and contract is not None and contract.capped


def _take_off(currency: str, due: FeesDue, some: Iterable[_Worth]) -> None:
    """Take what caps take off the work of each day off what it is worth, the latest first, and no more than that."""
    left: dict[int, int] = {}
    for day, span, minor in reversed(list(some)):
        off = min(minor, left.setdefault(day, due.off(day, day)))
        if off:
            left[day] -= off
            span.minor[currency] -= off


def _add_beyond(ledger: Ledger, of_day: Mapping[date, SpanTotals], group: Group) -> None:
    """Add overage to the stretches of its sessions, by the time of each; what no session is left of to its own day."""
    days = [ledger.own_day(piece.session.started_at) for piece in group.pieces] or [group.day]
    lengths = [piece.span.seconds for piece in group.pieces] or [group.seconds.exact]
    for day, seconds, minor in zip(days, lengths, share(priced([group]).exact_minor, lengths), strict=True):
        if (span := of_day.get(day)) is not None:
            span.billable += seconds
            span.minor[group.currency] = span.minor.get(group.currency, 0) + minor


def _days(span: SpanTotals) -> Iterable[date]:
    return (span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1))


def _add(ledger: Ledger, span: SpanTotals, session: Session, now: int) -> int:
    """Add a session to its stretch; returns the minor units that it is worth by the hour."""
    seconds = session.exact_seconds(now)
    span.seconds += seconds
    client = ledger.catalogue.clients.get(session.client)
    if client is None or treatment(session, client) is not Treatment.BILLABLE:
        return 0
    span.billable += seconds
    minor = worth(session, client, now)
    span.minor[client.currency] = span.minor.get(client.currency, 0) + minor
    return minor
