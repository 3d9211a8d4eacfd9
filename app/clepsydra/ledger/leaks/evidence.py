"""Gather what the leaks are found in: sessions and groups of each client, calls and gaps that are nobody's."""

from collections.abc import Iterator, Set
from datetime import date
from fractions import Fraction

from clepsydra.domain.allocation import KEPT_BACK
from clepsydra.domain.billing import Group, Treatment, group_sessions, treatment
from clepsydra.domain.civil import civil_day
from clepsydra.domain.claims import ClaimKind
from clepsydra.domain.figures import Figures
from clepsydra.domain.interval import HOUR, Interval
from clepsydra.domain.leaks import LeakEntry, LeakEvidence, Overage, Overdue, Unowned, logged_late
from clepsydra.domain.money import Money
from clepsydra.domain.periods import calendar_period
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Session, Source
from clepsydra.domain.statement import LineSort
from clepsydra.domain.statement_lines import bundles, shared
from clepsydra.domain.terms import Client
from clepsydra.domain.timeline import missed
from clepsydra.ledger.agreements.contracts import Agreement, agreements, counting
from clepsydra.ledger.agreements.fees import fees_due, pays_beside_hours
from clepsydra.ledger.calls import suggesting
from clepsydra.ledger.calls.planned import plans
from clepsydra.ledger.day.worth import day_rate
from clepsydra.ledger.days import day_of
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.leaks.put_off import put_off
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables import owing
from clepsydra.ledger.reports import Period
from clepsydra.ledger.statement_json import (
    billed_sessions,
    frozen_lines,
    included_in,
    statement_from_body,
    thawed,
    was_overage,
)
from clepsydra.store import (
    billed_groups,
    day_closes,
    document_sums,
    documents,
    fees,
    receipts,
    sessions,
    statements,
)
from clepsydra.store.calls import lost_calls


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of civil days, both ends included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def period(self) -> Period:
        """The same as reports take it."""
        return Period(self.first, self.last)


def of_client(ledger: Ledger, client: Client, days: Days) -> LeakEvidence:
    """A client's sessions of a period, with the groups they are billed in and what is at risk."""
    found = list(sessions.select(ledger.db, days.period.filter(client.slug)))
    shown = _included_ids(ledger, client, days.first) if pays_beside_hours(client) else frozenset[str]()
    entries = tuple(_entry(ledger, session, client, shown) for session in found)
    billable = [e.session for e in entries if e.treatment is Treatment.BILLABLE and e.session.statement is None]
    known = {session.id: session for session in found}
    late_after = ledger.settings.late_after
    return LeakEvidence(
        entries=entries,
        groups=(*_open(ledger, client, billable), *_frozen(ledger, client, days, known)),
        overages=(*_overages(ledger, client, days, shown), *_beyond_caps(ledger, client, days)),
        overdue=tuple(_overdue(ledger, client, days)),
        credits=tuple(_given_back(ledger, client, days)),
        not_collected=tuple(_not_collected(ledger, client, days)),
        late=frozenset(s.id for s in found if s.statement is None and logged_late(s, late_after)),
        stale=frozenset(s.id for s in billable if _stale(ledger, client, s)),
    )


def _included_ids(ledger: Ledger, client: Client, first: date) -> frozenset[str]:
    """The sessions that live statements show as included in a fee, and bill nothing for: those of statements that reach
    to a day or beyond, or to the start of a fixed fee, which is used up from there on.
    """
    fixed = [min(c.since for c in found) for _, found in counting(client) if any(c.whole for c in found)]
    return frozenset(
        ident
        for row in statements.select(ledger.db, client.slug, min([first, *fixed]).toordinal())
        if row.state == "issued"
        for ident in included_in(row.body)
    )


def _entry(ledger: Ledger, session: Session, client: Client, shown: Set[str]) -> LeakEntry:
    # What a statement holds was billed, whatever today's terms would make of it, unless it was shown as included.
    billed = session.statement is not None and session.id not in shown
    return LeakEntry(
        session=session,
        treatment=Treatment.BILLABLE if billed else treatment(session, client),
        seconds=session.exact_seconds(ledger.now),
        hourly=client.rate(session.project, session.channel, date.fromordinal(session.day)),
        currency=client.currency,
    )


def _open(ledger: Ledger, client: Client, billable: list[Session]) -> Iterator[tuple[Group, Figures]]:
    """The groups of open work with their parts of the lines they would be on."""
    held = held_for(ledger, client, billable)
    for line in bundles(group_sessions(billable, client, ledger.now, held=held), client):
        yield from zip(line, shared(line), strict=True)


def _frozen(ledger: Ledger, client: Client, days: Days, known: dict[str, Session]) -> Iterator[tuple[Group, Figures]]:
    """The groups that statements of the period froze, with their parts of the lines they were priced in."""
    first, last = days.first.toordinal(), days.last.toordinal()
    rows = (r for r in billed_groups.within(ledger.db, client.slug, first, last) if not was_overage(r))
    for line, _ in frozen_lines(rows):
        ids = billed_sessions(line)
        own = {ident: s for ident in ids if (s := known.get(ident) or sessions.by_id(ledger.db, ident)) is not None}
        groups = [group for row in line if (group := thawed(row, own)) is not None]
        if groups:
            yield from zip(groups, shared(groups), strict=True)


def _stale(ledger: Ledger, client: Client, session: Session) -> bool:
    """Whether unbilled work waits too long: a retainer's once a whole period has passed since its own, else by age.

    What was brought in waits here since it came.
    """
    day = date.fromordinal(session.day)
    if session.source is Source.IMPORT:
        day = max(day, civil_day(session.logged_at, client.zone))
    contract = client.contract(session.project, day)
    if contract and contract.periodic:
        _, ends = calendar_period(day, contract.period)
        _, next_ends = calendar_period(ends, contract.period)
        return ledger.today >= next_ends
    return (ledger.today - day).days * 86_400 > ledger.settings.warn.unbilled_over


def _overages(ledger: Ledger, client: Client, days: Days, shown: Set[str]) -> Iterator[Overage]:
    """Work beyond the budget of a fixed fee, by each session's exact time, in the order it was done."""
    for agreement in agreements(ledger, client):
        for contract in agreement.contracts:
            if contract.whole and contract.included:
                changes = sum(change.seconds for change in contract.changes)
                yield from _beyond(ledger, agreement, contract.included + changes, days, shown)
                break


def _beyond(ledger: Ledger, agreement: Agreement, budget: int, days: Days, shown: Set[str]) -> Iterator[Overage]:
    client = agreement.client
    since = min(contract.since for contract in agreement.contracts)
    wanted = sessions.Filter(
        client=client.slug, project=agreement.project, first_day=since.toordinal(), last_day=days.last.toordinal()
    )
    used = 0
    for session in sessions.select(ledger.db, wanted):
        included = session.id in shown or (
            session.statement is None and treatment(session, client) is Treatment.INCLUDED
        )
        if not included or not agreement.holds(session):
            continue
        seconds = session.exact_seconds(ledger.now)
        beyond = min(seconds, max(0, used + seconds - budget))
        used += seconds
        if beyond and session.day >= days.first.toordinal():
            hourly = client.rate(session.project, session.channel, date.fromordinal(session.day))
            yield Overage(beyond, hourly, client.currency, (session.id,))


def _beyond_caps(ledger: Ledger, client: Client, days: Days) -> Iterator[Overage]:
    """What caps took off statements that end in the period, and would take off one of it; in billed time."""
    if not any(contract.cap is not None for _, contracts in counting(client) for contract in contracts):
        return
    first, last = days.first.toordinal(), days.last.toordinal()
    due = fees_due(ledger, client, days.first, days.last)
    stated = [
        (tuple(fees.of_statement(ledger.db, row.id)), statement_from_body(row.body).lines)
        for row in statements.select(ledger.db, client.slug, first)
        if row.state == "issued" and row.last_day <= last
    ]
    for claims, lines in [(due.claims, due.lines), *stated]:
        ids = tuple(ident for line in lines if line.sort is LineSort.CAP for ident in line.sessions)
        for claim in claims:
            if claim.kind is ClaimKind.CAP and claim.seconds:
                hourly = Fraction(Money(-claim.minor, client.currency).major) * HOUR / claim.seconds
                yield Overage(claim.seconds, hourly, client.currency, ids)


def _overdue(ledger: Ledger, client: Client, days: Days) -> Iterator[Overdue]:
    """Invoices, and statements on none, that end in the period, past due and not paid in full, or put off."""
    today, first, last = today_of(ledger), days.first.toordinal(), days.last.toordinal()
    late = [debt for debt in owing.debts(ledger, client.slug, (days.first, days.last)) if debt.next_due < today]
    yield from put_off(ledger, client.slug, first, last, {debt.number for debt in late})
    for debt in late:
        claims = documents.claims_of(ledger.db, debt.id)
        stated = [claim.ref for claim in claims if claim.kind == "statement"] if not debt.is_statement else [debt.id]
        held = tuple(s.id for ref in stated for s in sessions.select(ledger.db, sessions.Filter(statement=ref)))
        yield Overdue(debt.number, debt.overdue_minor(today), debt.currency, held)


def _given_back(ledger: Ledger, client: Client, days: Days) -> Iterator[Overdue]:
    """What credit notes of the period took back of billed work that stays billed."""
    first, last = days.first.toordinal(), days.last.toordinal()
    for number, minor, currency, preceding in document_sums.given_back(ledger.db, client.slug, first, last):
        stated = [claim.ref for claim in documents.claims_of(ledger.db, preceding) if claim.kind == "statement"]
        held = tuple(s.id for ref in stated for s in sessions.select(ledger.db, sessions.Filter(statement=ref)))
        yield Overdue(number, minor, currency, held)


def _not_collected(ledger: Ledger, client: Client, days: Days) -> Iterator[Overdue]:
    """What the period's fees, discounts and write-offs kept of what was billed."""
    kept: dict[tuple[str, str, str], int] = {}
    for row in receipts.allocations(ledger.db, client.slug, days.first.toordinal(), days.last.toordinal()):
        if row.kind in KEPT_BACK:
            currency = row.currency if row.minor else ledger.settings.currency
            place = (row.number, row.debt, currency)
            kept[place] = kept.get(place, 0) + (row.minor or -row.taken_minor)
    for (number, debt, currency), minor in kept.items():
        claims = documents.claims_of(ledger.db, debt)
        stated = [claim.ref for claim in claims if claim.kind == "statement"] or [debt]
        held = tuple(s.id for ref in stated for s in sessions.select(ledger.db, sessions.Filter(statement=ref)))
        if minor > 0:
            yield Overdue(number, minor, currency, held)


def of_nobody(ledger: Ledger, days: Days, client: str | None = None) -> tuple[LeakEvidence, dict[str, str]]:
    """Calls that nobody took and gaps of closed or past days, and the client each call was likely for.

    Of one client only the calls that were likely for it; a gap is nobody's.
    """
    bounds = ledger.own_bounds(days.first, days.last)
    likely: dict[str, str] = {}
    calls = []
    lost = lost_calls(ledger.db, bounds.started_at, bounds.ended_at)
    calendar = plans(ledger.settings, ledger.catalogue.clients.values(), bounds).hints if lost else ()
    for call in lost:
        found = suggesting.likely(ledger, call.id, calendar)
        hint = found.client if found else ""
        span = call.span.clip(bounds)
        if span and client in (None, hint):
            likely[call.id] = hint
            calls.append(_unowned_call(ledger, call.id, span, hint))
    gaps = () if client is not None else tuple(_gaps(ledger, days))
    spans = sessions.spans(ledger.db, bounds.started_at, bounds.ended_at)
    presence = tuple(Interval(since, max(ledger.now, since) if until is None else until) for since, until, _ in spans)
    return LeakEvidence(calls=tuple(calls), gaps=gaps, presence=presence), likely


def _unowned_call(ledger: Ledger, ident: str, span: Interval, hint: str) -> Unowned:
    day = civil_day(span.started_at, ledger.settings.time_zone, ledger.settings.day_starts_at)
    if hint:
        client = ledger.client(hint)
        return Unowned(span, client.rate(DEFAULT_PROJECT, Channel.CALL, day), client.currency, ident)
    rate = day_rate(ledger, day_of(ledger, day))
    return Unowned(span, rate.hourly, rate.currency, ident)


def _gaps(ledger: Ledger, days: Days) -> Iterator[Unowned]:
    """The unexplained gaps of days that are over or closed, from the first day on which something was logged here, as
    far as they may have been work.
    """
    earliest = day_closes.first_own_session(ledger.db)
    if earliest is None:
        return
    settings, today = ledger.settings, ledger.today
    begin = max(days.first, civil_day(earliest, settings.time_zone, settings.day_starts_at))
    for ordinal in range(begin.toordinal(), min(days.last, today).toordinal() + 1):
        day = day_of(ledger, date.fromordinal(ordinal))
        if (day.day < today or day.closed) and day.timeline.unexplained:
            rate = day_rate(ledger, day)
            hours = day.working if settings.working_hours else day.timeline.unexplained
            for gap in missed(day.timeline.unexplained, hours, settings.day.gap_under):
                yield Unowned(gap, rate.hourly, rate.currency, f"{gap.started_at}:{gap.ended_at}")
