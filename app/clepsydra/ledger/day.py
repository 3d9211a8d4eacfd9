"""One civil day of the person, as the log has it: its sessions and how they fill it."""

from dataclasses import dataclass
from datetime import date

from clepsydra.domain.civil import day_bounds
from clepsydra.domain.interval import Interval
from clepsydra.domain.session import Session
from clepsydra.domain.timeline import DayTimeline, Stay, day_timeline, working_intervals
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions


@dataclass(frozen=True, slots=True)
class Day:
    """A civil day in the person's zone; sessions that reach over its ends are listed whole."""

    day: date
    bounds: Interval
    sessions: tuple[Session, ...]
    timeline: DayTimeline


def day_of(ledger: Ledger, day: date) -> Day:
    """Read one civil day; the present one ends now, so that hours to come are not missed yet."""
    settings = ledger.settings
    now = ledger.now
    bounds = day_bounds(day, settings.time_zone, settings.day_starts_at)
    found = sessions.within(ledger.db, bounds.started_at, bounds.ended_at)
    hours = settings.working_hours.get(day.weekday(), ())
    working = working_intervals(hours, day, settings.time_zone, settings.day_starts_at)
    window = Interval(bounds.started_at, max(bounds.started_at, min(bounds.ended_at, now)))
    stays = [Stay(s.id, s.span(now)) for s in found]
    return Day(day, bounds, tuple(found), day_timeline(window, stays, (), working))
