"""Gather what the leaks are found in: sessions and groups of each client, calls and gaps that are nobody's."""

from collections.abc import Iterator, Mapping, Set
from datetime import date
from functools import cache, partial

from clepsydra.domain.allocation import LET_GO
from clepsydra.domain.billing import Group, Treatment, group_sessions, treatment
from clepsydra.domain.civil import civil_day
from clepsydra.domain.figures import Figures
from clepsydra.domain.leaks import LeakEntry, LeakEvidence, Overdue, logged_late
from clepsydra.domain.overage import within_days
from clepsydra.domain.periods import calendar_period
from clepsydra.domain.rounding import cuts
from clepsydra.domain.session import Session, Source
from clepsydra.domain.statement_lines import bundles, priced, shared
from clepsydra.domain.term_changes import once_for_alike
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import counting
from clepsydra.ledger.agreements.fees import pays_beside_hours
from clepsydra.ledger.agreements.overage import stated_overage
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.leaks.beyond import OpenOverage, beyond_caps, beyond_fees, seconds_of
from clepsydra.ledger.leaks.put_off import put_off
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables import owing
from clepsydra.ledger.receivables.collecting import net_of
from clepsydra.ledger.reports import Days
from clepsydra.ledger.statement_json import (
    billed_sessions,
    frozen_lines,
    included_in,
    thawed,
    was_overage,
)
from clepsydra.store import (
    billed_groups,
    document_sums,
    documents,
    receipts,
    sessions,
    statements,
)


def of_client(ledger: Ledger, client: Client, days: Days, overage: OpenOverage) -> LeakEvidence:
    """A client's sessions of a period, with the groups they are billed in and what is at risk."""
    found = list(sessions.select(ledger.db, days.period.filter(client.slug)))
    shown = _included_ids(ledger, client, days.first) if pays_beside_hours(client) else frozenset[str]()
    beyond = overage.of(client, days)
    entries, billable = _entries(ledger, client, found, shown, seconds_of(beyond))
    mine = [part for group in beyond if (part := within_days(group, *days.period.ordinals)) is not None]
    paid = [piece.session for group in mine for piece in group.pieces]
    late_after, old = ledger.settings.late_after, cache(partial(_old, ledger, client))
    late = frozenset(s.id for s in (*found, *paid) if s.statement is None and logged_late(s, late_after))
    stale = frozenset(s.id for s in (*billable, *paid) if old(s.project, _waits_from(client, s)))
    overages = (*beyond_fees(ledger, client, days, shown), *beyond_caps(ledger, client, days))
    return LeakEvidence(
        entries=tuple(entries),
        groups=(
            *_open(ledger, client, billable, None if overages else late | stale),
            *((group, priced([group])) for group in mine),
            *_frozen(ledger, client, days, {session.id: session for session in found}),
        ),
        overages=overages,
        overdue=tuple(_overdue(ledger, client, days)),
        credits=tuple(_given_back(ledger, client, days)),
        not_collected=tuple(_not_collected(ledger, client, days)),
        late=late,
        stale=stale,
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


def _entries(
    ledger: Ledger, client: Client, found: list[Session], shown: Set[str], beyond: Mapping[str, int]
) -> tuple[list[LeakEntry], list[Session]]:
    """The sessions that nobody pays by the hour, and those of open work that somebody does; of included ones without
    the seconds `beyond` that a rate pays.
    """
    terms = once_for_alike(
        client, lambda s: (treatment(s, client), client.rate(s.project, s.channel, date.fromordinal(s.day)))
    )
    entries, billable = [], []
    for session in found:
        # What a statement holds was billed, whatever today's terms would make of it, unless it was shown as included.
        if session.statement is not None and session.id not in shown:
            continue
        kind, hourly = terms(session)
        if kind is not Treatment.BILLABLE:
            paid = beyond.get(session.id, 0) if kind is Treatment.INCLUDED else 0
            seconds = max(0, session.exact_seconds(ledger.now) - paid)
            entries.append(LeakEntry(session, kind, seconds, hourly, client.currency))
        elif session.statement is None:
            billable.append(session)
    return entries, billable


def _open(
    ledger: Ledger, client: Client, billable: list[Session], at_risk: Set[str] | None
) -> Iterator[tuple[Group, Figures]]:
    """The groups of open work with their parts of the lines they would be on; lines that lose nothing and have none of
    the sessions `at_risk` are left out, unless all are wanted.
    """
    held = held_for(ledger, client, billable)
    if at_risk is not None and not held and not _loses(client, billable) and at_risk.isdisjoint(s.id for s in billable):
        return
    for line in bundles(group_sessions(billable, client, ledger.now, held=held), client):
        if at_risk is None or any(_may_leak(group, at_risk) for group in line):
            yield from zip(line, shared(line), strict=True)


def _loses(client: Client, billable: list[Session]) -> bool:
    """Whether a rule may cut time off these sessions, or an agreed time does."""
    rule = once_for_alike(client, lambda s: client.rule(s.project, s.channel, date.fromordinal(s.day)))
    return any(s.agreed_seconds is not None or cuts(rule(s)) for s in billable)


def _may_leak(group: Group, at_risk: Set[str]) -> bool:
    lost = group.seconds.rule_loss or group.seconds.manual_loss
    return bool(lost) or any(piece.session.id in at_risk for piece in group.pieces)


def _frozen(ledger: Ledger, client: Client, days: Days, known: dict[str, Session]) -> Iterator[tuple[Group, Figures]]:
    """The groups that statements of the period froze, with their parts of the lines they were priced in; of overage
    what was worked in the period.
    """
    first, last = days.first.toordinal(), days.last.toordinal()
    rows = [row for row in billed_groups.within(ledger.db, client.slug, first, last) if not was_overage(row)]
    for line, _ in frozen_lines(rows):
        ids = billed_sessions(line)
        own = {ident: s for ident in ids if (s := known.get(ident) or sessions.by_id(ledger.db, ident)) is not None}
        groups = [group for row in line if (group := thawed(row, own)) is not None and group.pieces]
        if groups:
            yield from zip(groups, shared(groups), strict=True)
    for _, group in stated_overage(ledger, client.slug, first, last, known):
        part = within_days(group, first, last)
        if part is not None and part.pieces:
            yield part, priced([part])


def _waits_from(client: Client, session: Session) -> int:
    """The day (ordinal) since which open work waits: what was brought in waits here since it came."""
    came = civil_day(session.logged_at, client.zone).toordinal() if session.source is Source.IMPORT else 0
    return max(session.day, came)


def _old(ledger: Ledger, client: Client, project: str, since: int) -> bool:
    """Whether unbilled work waits too long: a retainer's once a whole period has passed since its own, else by age."""
    day = date.fromordinal(since)
    contract = client.contract(project, day)
    if contract and contract.periodic:
        _, ends = calendar_period(day, contract.period)
        _, next_ends = calendar_period(ends, contract.period)
        return ledger.today >= next_ends
    return (ledger.today - day).days * 86_400 > ledger.settings.warn.unbilled_over


def _overdue(ledger: Ledger, client: Client, days: Days) -> Iterator[Overdue]:
    """Invoices, and statements on none, that end in the period, past due and not paid in full, or put off."""
    today, first, last = today_of(ledger), days.first.toordinal(), days.last.toordinal()
    late = [debt for debt in owing.debts(ledger, client.slug, (days.first, days.last)) if debt.next_due < today]
    yield from put_off(ledger, client.slug, first, last, {debt.number for debt in late})
    for debt in late:
        yield Overdue(debt.number, debt.overdue_minor(today), debt.currency, _sessions_behind(ledger, debt.id))


def _sessions_behind(ledger: Ledger, debt: str) -> tuple[str, ...]:
    """The sessions on a statement, or on those that a document took."""
    claims = documents.claims_of(ledger.db, debt)
    stated = [claim.ref for claim in claims if claim.kind == "statement"] or [debt]
    return tuple(s.id for ref in stated for s in sessions.select(ledger.db, sessions.Filter(statement=ref)))


def _given_back(ledger: Ledger, client: Client, days: Days) -> Iterator[Overdue]:
    """What credit notes of the period took back of billed work that stays billed."""
    first, last = days.first.toordinal(), days.last.toordinal()
    for number, minor, currency, preceding in document_sums.given_back(ledger.db, client.slug, first, last):
        yield Overdue(number, minor, currency, _sessions_behind(ledger, preceding))


def _not_collected(ledger: Ledger, client: Client, days: Days) -> Iterator[Overdue]:
    """What the period's fees, discounts and write-offs kept of what was billed, before tax."""
    kept: dict[tuple[str, str, str], int] = {}
    rows = receipts.kept_back(ledger.db, client.slug, days.first.toordinal(), days.last.toordinal())
    net = _net_let_go(ledger, {row.debt for row in rows if row.kind in LET_GO})
    for row in rows:
        currency = row.currency if row.minor else ledger.settings.currency
        place = (row.number, row.debt, currency)
        kept[place] = kept.get(place, 0) + (net.get(row.id, row.minor) or -row.taken_minor)
    for (number, debt, currency), minor in kept.items():
        if minor > 0:
            yield Overdue(number, minor, currency, _sessions_behind(ledger, debt))


def _net_let_go(ledger: Ledger, debts: Set[str]) -> dict[str, int]:
    """What discounts and write-offs let go of some debts before tax, by allocation."""
    found: dict[str, int] = {}
    for debt in debts:
        rows = [row for row in receipts.of_debt(ledger.db, debt) if row.kind in LET_GO]
        found |= dict(zip([row.id for row in rows], net_of(ledger, rows), strict=True))
    return found
