"""Calendar files (iCalendar, RFC 5545): what was planned in a stretch of time, to remember what a gap was.

The way of a file: `lines` (bytes to components), `zones` and `values` (texts to instants), `entries` (a component to
an entry), `recurrence` (when it comes again), `planned` (entries of several files to the events of a stretch).
"""

from clepsydra.exchange.calendar.entries import CalendarEvent
from clepsydra.exchange.calendar.planned import LARGEST, Planned, events_of, planned

__all__ = ["LARGEST", "CalendarEvent", "Planned", "events_of", "planned"]
