"""What is odd about sessions that a file brings: the same warnings as for one that is typed, in one pass over all."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.checks import Check, Finding, Limits, check_session
from clepsydra.domain.money import Hourly
from clepsydra.ledger.imports.billed_elsewhere import number_of
from clepsydra.ledger.imports.plan import Plan, PlannedEntry
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions

MOST = 1_000
"""So many overlaps are looked for: a file in which everything overlaps has more than anybody can read."""

_APART = 7 * 86_400
"""Days of the log that lie between two entries of a file are read only where fewer than so many seconds part them."""

Oddity = tuple[int, Finding]
"""A line of the file and what is odd about its session."""


def oddities(ledger: Ledger, plan: Plan) -> list[Oddity]:
    """What is odd about new entries beside each other and beside the log, in the order of their lines.

    Works before and after they are written. An hour that two of them share is told once, of the later one; hours
    without times share none. That a new client has no price is said of the client.
    """
    fresh = sorted(plan.new, key=lambda entry: (entry.session.started_at, entry.session.id))
    lines = {entry.session.id: entry.line for entry in fresh}
    now, limits = ledger.now, Limits(session_over=ledger.settings.warn.session_over)
    found: list[Oddity] = []
    for entry in fresh:
        hourly, to_bill = _price(ledger, plan, entry)
        found += [(entry.line, each) for each in check_session(entry.session, (), now, limits, hourly, to_bill)]
    found += [(lines[each.session], each) for each in islice(_shared(ledger, fresh), MOST)]
    return sorted(found, key=lambda each: (each[0], each[1].check))


def _price(ledger: Ledger, plan: Plan, entry: PlannedEntry) -> tuple[Hourly | None, bool]:
    session = entry.session
    client = ledger.catalogue.clients.get(session.client)
    if client is None or session.client in plan.newcomers.added:
        return None, False
    if number_of(entry, plan.door, plan.billed):  # billed elsewhere: no rate of ours is asked for
        return None, False
    hourly = client.rate(session.project, session.channel, date.fromordinal(session.day))
    return hourly, hourly == 0 and treatment(session, client) in (Treatment.BILLABLE, Treatment.PENDING)


def _shared(ledger: Ledger, fresh: list[PlannedEntry]) -> Iterator[Finding]:
    """The time that new sessions share with others, by one sweep through the days that they lie in."""
    fresh = [entry for entry in fresh if entry.session.placed]
    new = {entry.session.id for entry in fresh}
    spans = [(e.session.started_at, e.session.ended_at or e.session.started_at, e.session.id) for e in fresh]
    for since, until in _windows(spans):
        held = [(a, ledger.now if b is None else b, id_) for a, b, id_ in sessions.spans(ledger.db, since, until)]
        mine = [span for span in spans if since <= span[0] < until]
        open_: list[tuple[int, int, str]] = []
        for begin, end, id_ in sorted({*held, *mine}):
            open_ = [other for other in open_ if other[1] > begin]
            for _, other_end, other_id in open_:
                seconds = min(end, other_end) - begin
                if seconds > 0 and id_ in new:
                    yield Finding(Check.OVERLAP, id_, seconds, other_id)
                elif seconds > 0 and other_id in new:
                    yield Finding(Check.OVERLAP, other_id, seconds, id_)
            if end > begin:
                open_.append((begin, end, id_))


def _windows(spans: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Stretches that cover all spans and leave out the long times without any."""
    since = until = None
    for begin, end, _ in spans:
        if since is None or until is None or begin > until + _APART:
            if since is not None and until is not None:
                yield since, until + 1
            since, until = begin, end
        until = max(until, end)
    if since is not None and until is not None:
        yield since, until + 1
