"""One civil day of the person, as the log has it: its sessions, absences and gaps, and whether it is closed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.civil import civil_day
from clepsydra.domain.interval import Interval
from clepsydra.domain.memory import Lateness, Logged, seconds_by_lateness
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import Session
from clepsydra.domain.timeline import Absence, DayTimeline, Stay, day_timeline, working_intervals
from clepsydra.store import absences, day_closes, sessions
from clepsydra.store.absences import AbsenceRow
from clepsydra.store.day_closes import DayClose, Moved

if TYPE_CHECKING:
    from clepsydra.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Day:
    """A civil day in the person's zone; what reaches over its ends is listed whole.

    `working` are its hours of work by the settings, `close` is how it was closed, `as_of` when it was looked at.
    """

    day: date
    bounds: Interval
    sessions: tuple[Session, ...]
    timeline: DayTimeline
    absences: tuple[AbsenceRow, ...] = ()
    working: tuple[Interval, ...] = ()
    close: DayClose | None = None
    as_of: int = 0

    @property
    def closed(self) -> bool:
        """Whether the person affirmed that it is complete."""
        return self.close is not None

    @property
    def empty(self) -> bool:
        """Whether nothing happened and nothing was to happen."""
        return self.timeline.span is None and not self.sessions


def day_of(ledger: "Ledger", day: date) -> Day:
    """Read one civil day; the present one ends now, so that hours to come are not missed yet."""
    now = ledger.now
    bounds = ledger.own_bounds(day)
    found = sessions.within(ledger.db, bounds.started_at, bounds.ended_at)
    away = absences.within(ledger.db, bounds.started_at, bounds.ended_at)
    working = working_of(ledger, day)
    return Day(
        day=day,
        bounds=bounds,
        sessions=tuple(found),
        timeline=_timeline(bounds, _stays(found, now), _away(away), working, now, _unplaced(found, bounds)),
        absences=tuple(away),
        working=tuple(working),
        close=day_closes.of(ledger.db, day.toordinal()),
        as_of=now,
    )


def working_of(ledger: "Ledger", day: date) -> list[Interval]:
    """The hours of a civil day in which the person means to work."""
    settings = ledger.settings
    hours = settings.working_hours.get(day.weekday(), ())
    return working_intervals(hours, day, settings.time_zone, settings.day_starts_at)


def grown(day: Day, now: int) -> Day:
    """The same day as it stands at a later instant; reads nothing."""
    hours = _unplaced(day.sessions, day.bounds)
    timeline = _timeline(day.bounds, _stays(day.sessions, now), _away(day.absences), day.working, now, hours)
    return replace(day, timeline=timeline, as_of=now)


def before(day: Day, moved: Iterable[Moved]) -> Day:
    """The same day with its time laid out as it was before something was moved; reads nothing."""
    former = {each.id: each for each in moved}
    stays = _stays((s for s in day.sessions if s.id not in former), day.as_of)
    away = _away(row for row in day.absences if row.id not in former)
    hours = _unplaced((s for s in day.sessions if s.id not in former), day.bounds)
    for each in former.values():
        if each.before is not None:
            began, ended = each.before
            span = Interval(began, max(began, day.as_of if ended is None else ended))
            if each.absence:
                away.append(Absence(span, ""))
            else:
                stays.append(Stay(each.id, span))
    return replace(day, timeline=_timeline(day.bounds, stays, away, day.working, day.as_of, hours))


def _stays(found: Iterable[Session], now: int) -> list[Stay]:
    return [Stay(session.id, session.span(now)) for session in found if session.placed]


def _unplaced(found: Iterable[Session], bounds: Interval) -> int:
    """Seconds of work of which only the hours are known: no presence, and nothing to overlap."""
    parts = (session.span(session.started_at).clip(bounds) for session in found if not session.placed)
    return sum(part.seconds for part in parts if part)


def _away(rows: Iterable[AbsenceRow]) -> list[Absence]:
    return [Absence(row.span, row.reason) for row in rows]


def _timeline(
    bounds: Interval, stays: Sequence[Stay], away: Sequence[Absence], working: Iterable[Interval], now: int, hours: int
) -> DayTimeline:
    window = Interval(bounds.started_at, max(bounds.started_at, min(bounds.ended_at, now)))
    return day_timeline(window, stays, away, working, hours)


def billable_seconds(ledger: "Ledger", day: Day) -> int:
    """The exact time of the day's billable sessions within it; work side by side counts for each client."""
    clients = ledger.catalogue.clients
    total = 0
    for session in day.sessions:
        client = clients.get(session.client)
        part = session.span(day.as_of).clip(day.bounds)
        if client and part and treatment(session, client) is Treatment.BILLABLE:
            total += part.seconds
    return total


def lateness_of(ledger: "Ledger", day: Day) -> dict[Lateness, int]:
    """The seconds of the sessions that ended on a day, by how long after the fact they were logged."""
    ended = [
        Logged(s.started_at, s.ended_at, s.logged_at, s.source)
        for s in day.sessions
        if s.ended_at is not None and s.ended_at <= day.bounds.ended_at
    ]
    return seconds_by_lateness(ended, ledger.settings.late_after)


def lateness_between(ledger: "Ledger", first: date, last: date) -> dict[Lateness, int]:
    """The same for the sessions that began on the civil days from `first` to `last`, both included."""
    ended = map(Logged._make, sessions.logged(ledger.db, first.toordinal(), last.toordinal()))
    return seconds_by_lateness(ended, ledger.settings.late_after)


def days_to_close(ledger: "Ledger", first: date | None = None, last: date | None = None) -> Iterator[date]:
    """The civil days that have work or were to have some and are not closed, oldest first, up to today.

    Days before the first session are nobody's business; today counts once something was logged.
    """
    settings, today = ledger.settings, ledger.today
    earliest = day_closes.first_own_session(ledger.db)
    if earliest is None:
        return
    day = civil_day(earliest, settings.time_zone, settings.day_starts_at)
    day = max(day, first) if first else day
    end = min(last or today, today)
    closed = {c.day for c in day_closes.between(ledger.db, day.toordinal(), end.toordinal())}
    while day <= end:
        due = bool(settings.working_hours.get(day.weekday())) and day < today
        if day.toordinal() not in closed and (due or _worked(ledger, day)):
            yield day
        day += timedelta(days=1)


def _worked(ledger: "Ledger", day: date) -> bool:
    bounds = ledger.own_bounds(day)
    return bool(sessions.within(ledger.db, bounds.started_at, min(bounds.ended_at, ledger.now)))
