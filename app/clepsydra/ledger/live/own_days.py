"""The person's own days: today, this week and this month hold the time that lies in them, with the money of that time.

Billing has days of its own, the client's, and what is open or billed is summed by those. What lies near either end of a
stretch of own days may be of another billing day: it is put where its time is, with its part of what its billing group
comes to. A session from 23:00 to 01:00 is an hour of each day, and half its money each. Work that is rounded over many
days together is reckoned as if a statement of exactly the stretch were issued.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from clepsydra.domain.billing import Group, Seconds, Treatment, counters, group_sessions, summed, treatment
from clepsydra.domain.civil import DAYS_APART, MIDNIGHT
from clepsydra.domain.figures import Figures, every, line_figures
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import Hourly, share
from clepsydra.domain.overage import beyond_alone, days_worked
from clepsydra.domain.periods import months_after
from clepsydra.domain.session import Session
from clepsydra.domain.statement_lines import cut, line_id_of
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.fees import FeesDue
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live.sums import Sums, add
from clepsydra.ledger.open_work import by_time
from clepsydra.ledger.runs import part_within
from clepsydra.ledger.statement_json import billed_sessions, content_of, thawed, was_overage
from clepsydra.store import billed_groups, sessions


class OwnDays(NamedTuple):
    """Some of the person's days: the ordinals of the first and the last, when they begin and end, and the sessions of
    anybody that reach over either end.
    """

    first: int
    last: int
    bounds: Interval
    across: tuple[Session, ...] = ()

    @property
    def ends(self) -> tuple[int, int, int]:
        """The billing days (ordinals) of which the time tells whether it lies in it: from the first of these to the
        second, and from the third on.
        """
        begin = self.first + DAYS_APART
        return self.first - DAYS_APART, begin, max(begin + 1, self.last - DAYS_APART)

    def inside(self, span: Interval) -> int:
        """The seconds of a span that lie in it."""
        part = span.clip(self.bounds)
        return part.seconds if part else 0

    def part_of(self, amount: int, span: Interval) -> int:
        """The part of an amount that a span has in it, by time."""
        inside = self.inside(span)
        return amount if inside == span.seconds else share(amount, (inside, span.seconds - inside))[0]


def stretches(ledger: Ledger, today: date) -> list[OwnDays]:
    """Today, this week and this month."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    ends = (today, monday + timedelta(days=6), months_after(first, 1) - timedelta(days=1))
    return [_stretch(ledger, *days) for days in zip((today, monday, first), ends, strict=True)]


def _stretch(ledger: Ledger, first: date, last: date) -> OwnDays:
    bounds = ledger.own_bounds(first, last)
    across = [s for at in (bounds.started_at, bounds.ended_at) for s in sessions.within(ledger.db, at, at + 1)]
    return OwnDays(first.toordinal(), last.toordinal(), bounds, tuple(across))


def misplaced(ledger: Ledger, client: Client, stretch: OwnDays, fees: FeesDue) -> Sums:
    """What a client's sums since the first billing day of a stretch lack of its finished work, or below zero have too
    much; `fees` are those that no statement has yet.
    """
    near = _near(ledger, client, stretch)
    moved = {s.id for s in near.values() if stretch.inside(span := s.span(ledger.now)) != _counted(stretch, s, span)}
    figures: dict[str, Figures] = {}
    parts = chain(_frozen_parts(ledger, client, stretch, near, moved), _overage_parts(stretch, fees.overage))
    for currency, line in _lines(parts):
        add(figures, currency, line)
    if not moved:
        return Sums(0, figures)
    for currency, line in _lines(_open_parts(ledger, client, stretch, near, moved)):
        add(figures, currency, line)
    seconds = 0
    by_day: dict[int, list[int]] = {}
    for session in near.values():
        span = session.span(ledger.now)
        seconds += stretch.inside(span) - _counted(stretch, session, span)
        sums = by_day.setdefault(session.day, [0, 0])
        sums[0] += stretch.inside(span)
        sums[1] += span.seconds
    return Sums(seconds, figures).beyond(client.currency, _off(stretch, by_day, fees))


def _near(ledger: Ledger, client: Client, stretch: OwnDays) -> dict[str, Session]:
    """A client's finished sessions of which the billing day alone does not tell whether they lie in a stretch."""
    found = [s for s in stretch.across if s.client == client.slug]
    since, begin, end = stretch.ends
    if not found and client.zone == ledger.zone and ledger.settings.day_starts_at == MIDNIGHT:  # as most are
        end = stretch.last + 1
    else:
        around = sessions.Filter(client.slug, first_day=since, last_day=begin)
        found += sessions.select(ledger.db, around)
    found += sessions.select(ledger.db, sessions.Filter(client.slug, first_day=end))
    return {s.id: s for s in found if not s.running}


def _counted(stretch: OwnDays, session: Session, span: Interval) -> int:
    """The seconds of a session that count by its billing day."""
    return span.seconds if session.day >= stretch.first else 0


class _Part(NamedTuple):
    """Seconds of a line that a stretch has and the sum by billing days has not; or the other way round, `taken`."""

    currency: str
    line: object
    hourly: Hourly
    seconds: Seconds
    taken: bool


def _lines(parts: Iterable[_Part]) -> Iterator[tuple[str, Figures]]:
    """The figures of parts: what belongs to one line is priced together."""
    lines: dict[_Part, list[Seconds]] = {}
    for part in parts:
        lines.setdefault(part._replace(seconds=Seconds()), []).append(part.seconds)
    for line, seconds in lines.items():
        figures = line_figures(summed(seconds), line.hourly, line.currency)
        yield line.currency, Figures() - figures if line.taken else figures


def _part(group: Group, line: object, seconds: Sequence[int], *, taken: bool = False) -> _Part:
    """So many exact seconds of each of a group's pieces with their part of what it bills."""
    return _Part(group.currency, line, group.key.hourly, cut(group, seconds), taken)


def _open_parts(
    ledger: Ledger, client: Client, stretch: OwnDays, near: Mapping[str, Session], moved: set[str]
) -> Iterator[_Part]:
    """The lines of open work that a stretch has otherwise than its billing days."""
    whole_days, together = list[Session](), False
    for session in _billable(near.values(), client):
        if by_time(session, client):
            whole_days.append(session)
        else:
            together |= session.id in moved
    counted = [s for s in whole_days if s.day >= stretch.first]
    whole, since = _groups(ledger, client, whole_days), _groups(ledger, client, counted)
    touched = set[str]().union(*(ids for group in whole if moved & (ids := _ids(group))))
    for group in whole:
        if touched & _ids(group):
            yield _part(group, line_id_of(group, client), _inside(group, stretch))
    for group in since:
        if touched & _ids(group):
            yield _part(group, line_id_of(group, client), _lengths(group), taken=True)
    if together:
        yield from _together(ledger, client, stretch)


def _together(ledger: Ledger, client: Client, stretch: OwnDays) -> Iterator[_Part]:
    """The lines of open work that is rounded over many days, as a statement of the stretch would have them."""
    wanted = sessions.Filter(client.slug, first_day=stretch.first - DAYS_APART, awaiting=True)
    read = {s.id: s for s in (*sessions.select(ledger.db, wanted), *stretch.across) if s.client == client.slug}
    work = [s for s in _billable(read.values(), client) if not s.running and not by_time(s, client)]
    cuts = [part for s in work if (part := part_within(s, stretch.bounds)) is not None]
    for some, taken in ((cuts, False), ([s for s in work if s.day >= stretch.first], True)):
        for group in _groups(ledger, client, some):
            yield _part(group, line_id_of(group, client), _lengths(group), taken=taken)


def _billable(found: Iterable[Session], client: Client) -> Iterator[Session]:
    ready = (s for s in found if s.statement is None and s.doubtful_from is None)
    return (s for s in ready if treatment(s, client) is Treatment.BILLABLE)


def _groups(ledger: Ledger, client: Client, found: list[Session]) -> list[Group]:
    return list(group_sessions(found, client, ledger.now, held=held_for(ledger, client, found)))


def _ids(group: Group) -> set[str]:
    return {piece.session.id for piece in group.pieces}


def _inside(group: Group, stretch: OwnDays) -> list[int]:
    """The exact seconds of each piece of a group that lie in a stretch."""
    return [stretch.inside(piece.span) for piece in group.pieces]


def _lengths(group: Group) -> list[int]:
    return [piece.span.seconds for piece in group.pieces]


def _overage_counted(group: Group, stretch: OwnDays) -> list[int]:
    """The exact seconds of each piece of some overage that count since the first billing day of a stretch."""
    return [
        seconds if day >= stretch.first else 0 for seconds, day in zip(_lengths(group), days_worked(group), strict=True)
    ]


def _frozen_parts(
    ledger: Ledger, client: Client, stretch: OwnDays, near: Mapping[str, Session], moved: set[str]
) -> Iterator[_Part]:
    """The lines of statements that a stretch has otherwise than their billing days."""
    since, begin, end = stretch.ends
    rows = list(billed_groups.reaching(ledger.db, client.slug, stretch.first, since))
    if moved:
        rows += billed_groups.within(ledger.db, client.slug, since, begin)
        rows += billed_groups.within(ledger.db, client.slug, end, None)
    for row in dict.fromkeys(rows):
        ids = billed_sessions([row])
        known = {ident: s for ident in ids if (s := near.get(ident) or sessions.by_id(ledger.db, ident)) is not None}
        group = thawed(row, known)
        if group is None or not group.pieces or not group.seconds.exact:
            continue
        if was_overage(row):  # a part of the time of its sessions
            group = beyond_alone(group)
            before = _overage_counted(group, stretch)
        else:
            before = _lengths(group) if row.day >= stretch.first else [0] * len(group.pieces)
        yield from _otherwise(group, (row.statement, content_of(row.body)["line"]), stretch, before)


def _overage_parts(stretch: OwnDays, overage: Iterable[Group]) -> Iterator[_Part]:
    """The lines of open overage that a stretch has otherwise than its billing days."""
    for number, group in enumerate(overage):
        if group.pieces:
            yield from _otherwise(group, number, stretch, _overage_counted(group, stretch))


def _otherwise(group: Group, line: object, stretch: OwnDays, before: list[int]) -> Iterator[_Part]:
    """A group that counted `before` and that a stretch has otherwise."""
    inside = _inside(group, stretch)
    if inside != before:
        yield _part(group, line, inside)
        yield _part(group, line, before, taken=True)


def _off(stretch: OwnDays, by_day: Mapping[int, list[int]], fees: FeesDue) -> int:
    """What caps take off the days near the ends, by time: of each the seconds in the stretch, and all of them."""
    off = 0
    for day, (inside, whole) in by_day.items():
        counted = day >= stretch.first
        if whole and inside != (whole if counted else 0):
            capped = fees.off(day, day)
            off += share(capped, (inside, whole - inside))[0] - (capped if counted else 0)
    return off


def run_part(figures: Figures, session: Session, client: Client, stretch: OwnDays, now: int) -> Figures:
    """The part of what a running session earns that lies in a stretch."""
    span = session.span(now)
    if stretch.inside(span) == figures.exact_seconds:
        return figures
    exact, billed = (stretch.part_of(each, span) for each in (figures.exact_seconds, figures.billed_seconds))
    hourly = client.rate(session.project, session.channel, date.fromordinal(session.day))
    return line_figures(counters(exact, billed, billed), hourly, client.currency)


def beside_part(overage: Figures, capped: int, currency: str, stretch: OwnDays, span: Interval) -> Sums:
    """The part in a stretch of what a client's running timers, which take up a span, add beside their hours.

    What lies beyond a retainer is the end of it; what a cap takes off in minor units it takes off all of it alike.
    """
    begun = max(span.started_at, span.ended_at - overage.exact_seconds)
    beyond = Interval(begun, span.ended_at)
    part = Figures(*(stretch.part_of(each, beyond) for each in every(overage)))
    figures = {currency: part} if part != Figures() else {}
    return Sums(0, figures).beyond(currency, stretch.part_of(capped, span))
