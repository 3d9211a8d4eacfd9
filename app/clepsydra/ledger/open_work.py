"""Open work: what the sessions on no statement yet come to, in one lean pass over their rows.

Nothing of it is kept: what is billed was frozen on statements, and what is open is reckoned anew, as if a statement of
exactly the asked days were issued now. Rows stay plain tuples and integers, so that a million of them cost a second;
what they come to is the domain's own rounding and price. Billing groups that need more than lengths (the wall clock, a
day that statements may hold a part of, a rest carried on) are left to `group_sessions`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from clepsydra.domain.billing import Treatment, group_sessions, treatment
from clepsydra.domain.figures import Figures
from clepsydra.domain.money import per_second, price, prices
from clepsydra.domain.rounding import GroupScope, Midnight, RoundingRule
from clepsydra.domain.session import Session
from clepsydra.domain.statement_lines import line_id_of
from clepsydra.domain.statement_terms import LineKind
from clepsydra.domain.terms import Client
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.plain_work import AlikeWork, LineSums, WorkColumns, by_length, by_terms, columns, grouped_days
from clepsydra.store import billed_groups, sessions
from clepsydra.store.open_work import Which


class OpenWork(NamedTuple):
    """A client's billable work on no statement yet, and what waits for a decision beside it.

    Days are ordinals; `pending_minor` is the value at the sessions' own rates.
    """

    figures: Figures = Figures()
    sessions: int = 0
    oldest_day: int | None = None
    pending_seconds: int = 0
    pending_minor: int = 0
    unsure_seconds: int = 0


def worth(session: Session, client: Client, now: int) -> int:
    """Minor units a session's exact time is worth at its own rate."""
    hourly = client.rate(session.project, session.channel, date.fromordinal(session.day))
    return price(session.exact_seconds(now), hourly, client.currency)


def within_a_day(rule: RoundingRule, client: Client) -> bool:
    """Whether a rule's billing groups lie within one civil day each."""
    if rule.scope is GroupScope.DAY:
        return rule.midnight is Midnight.START
    if rule.scope is GroupScope.LINE:
        return client.statement.lines in (LineKind.DAY, LineKind.SESSION)
    return rule.scope is GroupScope.ENTRY


def by_time(session: Session, client: Client) -> bool:
    """Whether what a session bills can be told by its time: its billing group lies within a day, or nearly so."""
    rule = client.rule(session.project, session.channel, date.fromordinal(session.day))
    return rule.scope is GroupScope.DAY or within_a_day(rule, client)


def open_work(
    ledger: Ledger, client: Client, first: int | None = None, last: int | None = None, *, running: bool = False
) -> OpenWork:
    """What a client's open work of some days (ordinals, both included) comes to; with what runs, up to now, if asked.

    Work whose end is doubtful waits for its answer and is left out.
    """
    if client.own:
        return OpenWork()
    parts = by_terms(client, columns(ledger, client, first, last, Which.OPEN if running else Which.ENDED))
    billable = [part for part in parts if part.kind is Treatment.BILLABLE]
    free = _days_are_free(ledger, client, billable)
    lines = _line_sums(client, billable, days_are_free=free)
    if not all(by_length(part.rule, days_are_free=free) for part in billable):
        wanted = sessions.Filter(client.slug, first_day=first, last_day=last, awaiting=True)
        some = [s for s in sessions.select(ledger.db, wanted) if running or not s.running]
        spans = list(_by_span(client, some, days_are_free=free))
        for group in group_sessions(spans, client, ledger.now, held=held_for(ledger, client, spans)):
            lines.add_at(line_id_of(group, client), group.seconds)
    return _of_parts(client, parts, lines.figures())


def open_since(
    ledger: Ledger, client: Client, finished: Sequence[WorkColumns], firsts: Sequence[int]
) -> tuple[OpenWork, list[Figures]]:
    """What all of a client's `finished` open work comes to, and what that since each of some days (ordinals) does.

    Only where lines are no days more is read than that.
    """
    if client.own:
        return OpenWork(), [Figures() for _ in firsts]
    parts = by_terms(client, finished)
    billable = [part for part in parts if part.kind is Treatment.BILLABLE]
    free = _days_are_free(ledger, client, billable)
    plain = (within_a_day(part.rule, client) and by_length(part.rule, days_are_free=free) for part in billable)
    if client.statement.lines is not LineKind.DAY or not all(plain):
        return open_work(ledger, client), [open_work(ledger, client, first).figures for first in firsts]
    lines = _line_sums(client, billable, days_are_free=free)
    return _of_parts(client, parts, lines.figures()), [lines.figures_since(first) for first in firsts]


def _line_sums(client: Client, billable: Iterable[AlikeWork], *, days_are_free: bool) -> LineSums:
    """The lines of the work whose groups need nothing but lengths."""
    lines = LineSums(client)
    for part in billable:
        if by_length(part.rule, days_are_free=days_are_free):
            lines.add(part)
    return lines


def _of_parts(client: Client, parts: list[AlikeWork], figures: Figures) -> OpenWork:
    """Open work by its parts; `figures` are those of what is billable."""
    billable = [part for part in parts if part.kind is Treatment.BILLABLE]
    pending = [part for part in parts if part.kind is Treatment.PENDING]
    days = [work.days for part in billable for work in part.work]
    return OpenWork(
        figures=figures,
        sessions=sum(map(len, days)),
        oldest_day=min(map(min, days), default=None),
        pending_seconds=sum(length for part in pending for length in part.lengths),
        pending_minor=sum(sum(prices(list(p.lengths), per_second(p.hourly, client.currency))) for p in pending),
        unsure_seconds=sum(length for part in billable if part.unsure for length in part.lengths),
    )


def _days_are_free(ledger: Ledger, client: Client, parts: Iterable[AlikeWork]) -> bool:
    """Whether statements hold nothing of the days of open work whose groups are days."""
    days = grouped_days(parts)
    return not days or days.isdisjoint(billed_groups.days(ledger.db, client.slug, min(days), max(days)))


def _by_span(client: Client, found: Iterable[Session], *, days_are_free: bool) -> Iterator[Session]:
    """The billable sessions whose groups need more than lengths."""
    for session in found:
        rule = client.rule(session.project, session.channel, date.fromordinal(session.day))
        billable = session.doubtful_from is None and treatment(session, client) is Treatment.BILLABLE
        if billable and not by_length(rule, days_are_free=days_are_free):
            yield session
