"""What leaks of nobody's time: calls that nobody took, and gaps of days that are over."""

from collections.abc import Iterator, Sequence
from datetime import date

from clepsydra.domain.civil import civil_day
from clepsydra.domain.interval import Interval, merged, near, subtract
from clepsydra.domain.leaks import LeakEvidence, Unowned
from clepsydra.domain.session import DEFAULT_PROJECT, Channel
from clepsydra.domain.timeline import missed
from clepsydra.ledger.calls import suggesting
from clepsydra.ledger.calls.planned import plans
from clepsydra.ledger.day.worth import day_rate
from clepsydra.ledger.days import day_of, working_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.reports import Days
from clepsydra.store import day_closes, sessions
from clepsydra.store.calls import lost_calls


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
    # A second earlier: a session of no length at the very begin shares no time with the days, and a gap may follow it.
    spans = sessions.spans(ledger.db, bounds.started_at - 1, bounds.ended_at)
    ends = [(since, max(ledger.now, since) if until is None else until) for since, until, _ in spans]
    presence = merged(ends)
    empty = [since for since, until in ends if since >= until]
    gaps = () if client is not None else tuple(_gaps(ledger, days, presence, empty))
    return LeakEvidence(calls=tuple(calls), gaps=gaps, presence=tuple(presence)), likely


def _unowned_call(ledger: Ledger, ident: str, span: Interval, hint: str) -> Unowned:
    day = civil_day(span.started_at, ledger.settings.time_zone, ledger.settings.day_starts_at)
    if hint:
        client = ledger.client(hint)
        return Unowned(span, client.rate(DEFAULT_PROJECT, Channel.CALL, day), client.currency, ident)
    rate = day_rate(ledger, day_of(ledger, day))
    return Unowned(span, rate.hourly, rate.currency, ident)


def _gaps(ledger: Ledger, days: Days, taken: Sequence[Interval], empty: Sequence[int]) -> Iterator[Unowned]:
    """The unexplained gaps of days that are over or closed, from the first day on which something was logged here, as
    far as they may have been work; `taken` is what work is known to fill, `empty` where sessions of no length stand,
    which may begin a gap.
    """
    earliest = day_closes.first_own_session(ledger.db)
    if earliest is None:
        return
    settings, today = ledger.settings, ledger.today
    begin = max(days.first, civil_day(earliest, settings.time_zone, settings.day_starts_at))
    for ordinal in range(begin.toordinal(), min(days.last, today).toordinal() + 1):
        if _has_no_gap(ledger, date.fromordinal(ordinal), taken, empty):
            continue
        day = day_of(ledger, date.fromordinal(ordinal))
        if (day.day < today or day.closed) and day.timeline.unexplained:
            rate = day_rate(ledger, day)
            hours = day.working if settings.working_hours else day.timeline.unexplained
            for gap in missed(day.timeline.unexplained, hours, settings.day.gap_under):
                yield Unowned(gap, rate.hourly, rate.currency, f"{gap.started_at}:{gap.ended_at}")


def _has_no_gap(ledger: Ledger, day: date, taken: Sequence[Interval], empty: Sequence[int]) -> bool:
    """Whether one stretch of work covers all of a day, so that nothing of it need be read."""
    bounds = ledger.own_bounds(day)
    if any(bounds.started_at <= since <= bounds.ended_at for since in empty):
        return False
    parts = [part for one in near(taken, bounds) if (part := one.clip(bounds))]
    working = (part for one in working_of(ledger, day) if (part := one.clip(bounds)))
    return len(parts) == 1 and not subtract(working, parts)
