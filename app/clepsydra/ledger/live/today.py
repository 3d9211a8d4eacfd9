"""Today as the person's day has it: work that began before it or goes on after it counts with the part that lies in it.

Billing has days of its own, the client's; what one came to is shared by time, so that the money of an hour is where the
hour is. A session from 23:00 to 01:00 is an hour of each day, and half its money each.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from clepsydra.domain.billing import Group, Treatment, counters, group_sessions, treatment
from clepsydra.domain.figures import Figures, line_figures
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import share
from clepsydra.domain.rounding import GroupScope
from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.statement_json import billed_sessions, thawed, was_overage
from clepsydra.store import billed_groups, sessions


def finished_today(ledger: Ledger, client: Client, bounds: Interval) -> int:
    """The seconds of a client's finished work that lie in a day."""
    found = sessions.within(ledger.db, bounds.started_at, bounds.ended_at)
    mine = (s.span(ledger.now).clip(bounds) for s in found if s.client == client.slug and not s.running)
    return sum(part.seconds for part in mine if part)


def misplaced(ledger: Ledger, client: Client, today: date, bounds: Interval) -> dict[str, Figures]:
    """What the figures since a billing day have too little or too much of today's, by currency."""
    sums: dict[str, Figures] = {}
    around = sessions.Filter(client.slug, first_day=today.toordinal() - 2, last_day=today.toordinal() + 1)
    near = {s.id: s for s in sessions.select(ledger.db, around)}
    near |= {s.id: s for s in sessions.within(ledger.db, bounds.started_at, bounds.ended_at) if s.client == client.slug}
    if not any(_crosses(session, today, bounds, ledger.now) for session in near.values()):
        return sums
    ready = [s for s in near.values() if s.statement is None and not s.running and s.doubtful_from is None]
    billable = [s for s in ready if treatment(s, client) is Treatment.BILLABLE and _moves(s, client)]
    counted = [s for s in billable if s.day >= today.toordinal()]
    whole, since = _groups(ledger, client, billable), _groups(ledger, client, counted)
    moved = {p.session.id for g in whole if _inside(g, bounds) != g.seconds.exact for p in g.pieces}
    for group in whole:
        if moved & _ids(group):
            _add(sums, group.currency, part_of(group, _inside(group, bounds)))
    for group in since:
        if moved & _ids(group):
            _add(sums, group.currency, Figures() - part_of(group, group.seconds.exact))
    for group in _frozen(ledger, client, today, near):
        inside, before = _inside(group, bounds), group.seconds.exact if group.day >= today else 0
        if inside != before and group.seconds.exact:
            _add(sums, group.currency, part_of(group, inside) - part_of(group, before))
    return sums


def _add(sums: dict[str, Figures], currency: str, more: Figures) -> None:
    sums[currency] = sums.get(currency, Figures()) + more


def _moves(session: Session, client: Client) -> bool:
    """Whether what a session bills can be told by its time: where lines or whole statements are rounded together, it
    cannot, and the billing day stands.
    """
    rule = client.rule(session.project, session.channel, date.fromordinal(session.day))
    return rule.scope in (GroupScope.ENTRY, GroupScope.DAY)


def _groups(ledger: Ledger, client: Client, found: list[Session]) -> list[Group]:
    return list(group_sessions(found, client, ledger.now, held=held_for(ledger, client, found)))


def _ids(group: Group) -> set[str]:
    return {piece.session.id for piece in group.pieces}


def _inside(group: Group, bounds: Interval) -> int:
    """The exact seconds of a group that lie in a day."""
    return sum(part.seconds for piece in group.pieces if (part := piece.span.clip(bounds)))


def _crosses(session: Session, today: date, bounds: Interval, now: int) -> bool:
    """Whether a session's billing day says otherwise than its time."""
    part = session.span(now).clip(bounds)
    inside, whole = part.seconds if part else 0, session.exact_seconds(now)
    return inside != (whole if session.day >= today.toordinal() else 0)


def _frozen(ledger: Ledger, client: Client, today: date, near: dict[str, Session]) -> Iterable[Group]:
    """The frozen groups of the days around today."""
    first, last = (today - timedelta(days=2)).toordinal(), (today + timedelta(days=1)).toordinal()
    for row in billed_groups.within(ledger.db, client.slug, first, last):
        if not was_overage(row):
            ids = billed_sessions([row])
            own = {ident: s for ident in ids if (s := near.get(ident) or sessions.by_id(ledger.db, ident)) is not None}
            group = thawed(row, own)
            if group is not None:
                yield group


def part_of(group: Group, seconds: int) -> Figures:
    """So many of a group's exact seconds with their part of what it bills."""
    whole = group.seconds.exact
    if not whole:
        return Figures()
    parts = (seconds, whole - seconds)
    rule, billed = (share(each, parts)[0] for each in (group.rule_seconds, group.seconds.billed))
    counted = counters(seconds, rule, billed, group.key.rule.sells_units)
    return line_figures(counted, group.key.hourly, group.currency)


def run_part(figures: Figures, session: Session, client: Client, bounds: Interval, now: int) -> Figures:
    """The part of what a running session earns that lies in a day."""
    inside, whole = session.span(now).clip(bounds), session.exact_seconds(now)
    seconds = inside.seconds if inside else 0
    if seconds == whole:
        return figures
    if not whole:
        return Figures()
    parts, earned = (seconds, whole - seconds), (figures.exact_seconds, figures.billed_seconds)
    exact, billed = (share(each, parts)[0] for each in earned)
    hourly = client.rate(session.project, session.channel, date.fromordinal(session.day))
    return line_figures(counters(exact, billed, billed), hourly, client.currency)
