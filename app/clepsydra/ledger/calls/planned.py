"""What the person's calendars say about calls: planned events that name a client.

Files are read and the log is not, but for when the calls were: a screen does the reading in a thread, the command line
where it stands. A calendar that has not changed is not read twice.
"""

from collections.abc import Iterable

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.domain.terms import Client
from clepsydra.exchange.calendar import CalendarEvent, planned
from clepsydra.language.message import Message
from clepsydra.ledger.calls.model import CalendarHint
from clepsydra.ledger.calls.suggesting import EARLY
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.mentions import Mentions
from clepsydra.settings.model import Settings
from clepsydra.store import calls

AHEAD = 3_600
"""Seconds beyond now that are looked at for a call under way: it may reach into them."""


@dataclass(frozen=True, slots=True)
class Plans:
    """What calendars say of a stretch, and what could not be read of them."""

    hints: tuple[CalendarHint, ...] = ()
    problems: tuple[Message, ...] = ()


def plans(settings: Settings, clients: Iterable[Client], span: Interval) -> Plans:
    """The entries of the settings' calendars that name one of these clients and may be of calls in a stretch."""
    near = Interval(span.started_at, span.ended_at + EARLY)
    found = planned(settings.calendars, near, settings.time_zone, frozenset({settings.seller.email} - {""}))
    return Plans(named(found.events, Mentions(clients)) if found.events else (), found.problems)


def named(events: Iterable[CalendarEvent], mentions: Mentions) -> tuple[CalendarHint, ...]:
    """The events that name a client; one that fills whole days is no call, nor is what was kept as free time."""
    taken = [event for event in events if event.busy and not event.all_day]
    places = [(event, mentions.place(event.title, event.about)) for event in taken]
    return tuple(CalendarHint(event.span, place[0], event.title, place[1]) for event, place in places if place)


def plans_for_waiting(ledger: Ledger) -> Plans:
    """What calendars say of the calls that wait for a decision; without calendars or calls, nothing is read."""
    span = waiting_span(ledger) if ledger.settings.calendars else None
    return plans(ledger.settings, ledger.catalogue.clients.values(), span) if span else Plans()


def waiting_span(ledger: Ledger) -> Interval | None:
    """From the start of the first call that waits to the end of the last, and a little beyond one under way."""
    waiting = calls.undecided_calls(ledger.db)
    if not waiting:
        return None
    begin = min(call.started_at for call in waiting)
    ends = [ledger.now + AHEAD if call.ended_at is None else call.ended_at for call in waiting]
    return Interval(begin, max(begin, *ends))
