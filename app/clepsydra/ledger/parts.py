"""Unbilled work by day: the parts that a client's total is made of.

Where no billing group reaches over a day's end, each day can be summed by itself, and a change of one day costs the
work of that day and not of years.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from clepsydra.domain.billing import Figures, Treatment, group_sessions, total, treatment
from clepsydra.domain.money import price
from clepsydra.domain.rounding import GroupScope, Midnight, RoundingRule
from clepsydra.domain.session import Scope, Session
from clepsydra.domain.terms import Client, LineKind
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions

MANY_DAYS = 40
"""More changed days than this are not worth asking for one by one."""


def worth(session: Session, client: Client, now: int) -> int:
    """Minor units a session's exact time is worth at its own rate."""
    hourly = client.rate(session.project, session.channel, date.fromordinal(session.day))
    return price(session.exact_seconds(now), hourly, client.currency)


@dataclass(frozen=True, slots=True)
class Part:
    """Finished work on no statement yet: what is billable, and what waits for a decision beside it."""

    figures: Figures = field(default_factory=Figures)
    sessions: int = 0
    pending_seconds: int = 0
    pending_minor: int = 0
    unsure_seconds: int = 0


def part_of(ledger: Ledger, client: Client, found: Iterable[Session]) -> Part:
    """What some sessions of a client come to; running and doubtful ones are left out."""
    by_treatment: dict[Treatment, list[Session]] = {}
    for session in found:
        if not session.running and session.doubtful_from is None:
            by_treatment.setdefault(treatment(session, client), []).append(session)
    billable = by_treatment.get(Treatment.BILLABLE, [])
    pending = by_treatment.get(Treatment.PENDING, [])
    return Part(
        figures=total(group_sessions(billable, client, ledger.now)),
        sessions=len(billable),
        pending_seconds=sum(s.exact_seconds(ledger.now) for s in pending),
        pending_minor=sum(worth(s, client, ledger.now) for s in pending),
        unsure_seconds=sum(s.exact_seconds(ledger.now) for s in billable if s.scope is Scope.UNSURE),
    )


def one_by_one(client: Client, days: Collection[int]) -> bool:
    """Whether days that changed can be summed again by themselves: few enough, and no group reaches over their ends."""
    return len(days) <= MANY_DAYS and local(client)


def local(client: Client) -> bool:
    """Whether every billing group of a client lies within one civil day."""
    every = (client.rounding, *(project.rounding for project in client.projects))
    return all(within_a_day(dated.rule, client) for rounding in every for dated in rounding)


def within_a_day(rule: RoundingRule, client: Client) -> bool:
    """Whether a rule's billing groups lie within one civil day each."""
    if rule.scope is GroupScope.DAY:
        return rule.midnight is Midnight.START
    if rule.scope is GroupScope.LINE:
        return client.statement.lines in (LineKind.DAY, LineKind.SESSION)
    return rule.scope is GroupScope.ENTRY


def of_days(ledger: Ledger, wanted: sessions.Filter, days: Iterable[int] | None) -> Iterator[Session]:
    """The sessions a filter lets through, of some days only (ordinals), or of all."""
    if days is None:
        yield from sessions.select(ledger.db, wanted)
        return
    for day in sorted(days):
        yield from sessions.select(ledger.db, wanted.on(day))


def unbilled_parts(ledger: Ledger, client: Client, days: Iterable[int] | None = None) -> dict[int, Part]:
    """A client's unbilled work by the ordinal of its day; of all days, or of some where its groups are `local`.

    Where groups reach over days it is one part, under its oldest billable day.
    """
    found = list(of_days(ledger, sessions.Filter(client=client.slug, unbilled=True), days))
    if not local(client):
        part = part_of(ledger, client, found)
        return {_oldest(found, client): part} if part != Part() else {}
    by_day: dict[int, list[Session]] = {}
    for session in found:
        by_day.setdefault(session.day, []).append(session)
    parts = {day: part_of(ledger, client, some) for day, some in by_day.items()}
    return {day: part for day, part in parts.items() if part != Part()}


def _oldest(found: Iterable[Session], client: Client) -> int:
    ready = (s for s in found if not s.running and s.doubtful_from is None)
    return min((s.day for s in ready if treatment(s, client) is Treatment.BILLABLE), default=0)
