"""When an entry takes place within a stretch: its own time, its rule, its dates, without its exceptions, and moved."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from clepsydra.domain.interval import Interval
from clepsydra.exchange.calendar.entries import CalendarEntry, CalendarEvent, naive
from clepsydra.exchange.calendar.recurrence import occurrences
from clepsydra.exchange.calendar.values import CalendarLength, Extra, Moment

_FARTHEST = timedelta(days=400)
"""A series is not moved farther than this."""


def instances(
    entry: CalendarEntry, moved: list[CalendarEntry], span: Interval, zone: tzinfo
) -> Iterator[tuple[Interval, CalendarEvent]]:
    """The stretches of an entry that share time with `span`, each with what is said of it.

    `moved` are the entries that replace one of its instances, or one and all that follow; `zone` is that of times
    without one. Raises `ValueError` or `OverflowError` for what cannot be followed.
    """
    home = _zone_of(entry.start, zone)
    replaced = [other.instance for other in moved if other.instance and not other.ahead]
    skipped = _Moments([*entry.without, *replaced], home, whole=entry.event.all_day)
    series = sorted(
        ((_at_home(other.instance, home), other) for other in moved if other.ahead and other.instance),
        key=lambda pair: pair[0],
    )
    for extra in _begins(entry, series, span, home):
        begin = _at_home(extra.begin, home)
        if skipped.hold(begin):
            continue
        later = [pair for pair in series if pair[0] <= begin]
        if not later:
            part = _span(begin, extra, entry.length, home, whole=entry.event.all_day)
            event = entry.event
        elif later[-1][1].cancelled:
            continue
        else:
            part, event = _moved(begin, *later[-1], zone)
        if part.started_at < span.ended_at and part.ended_at > span.started_at:
            yield part, event


def _moved(begin: datetime, since: datetime, other: CalendarEntry, zone: tzinfo) -> tuple[Interval, CalendarEvent]:
    """An instance of a series that goes on otherwise since a certain one of them."""
    home = _zone_of(other.start, zone)
    at = naive(other.start) + (begin - since)
    return _span(at, Extra(at), other.length, home, whole=other.event.all_day), other.event


def _span(begin: datetime, extra: Extra, length: CalendarLength, home: tzinfo, *, whole: bool) -> Interval:
    """From a wall time on: days of the wall clock, then exact seconds; a period has its own end."""
    started_at = _instant(begin, home)
    if extra.end is not None:
        return Interval(started_at, max(started_at, _instant_of(extra.end, home)))
    days, seconds = extra.length or length
    if not isinstance(extra.begin, datetime) and not whole:
        seconds, days = 0, max(days, 1)
    after = _instant(begin + timedelta(days=days), home) if days else started_at
    return Interval(started_at, after + seconds)


class _Moments:
    """Begins that are left out: instants, or days, which leave out whatever begins on them by the event's own clock.

    A time of nobody's zone is one of the event's own clock; of an event of whole days a time means its day.
    """

    def __init__(self, moments: list[Moment], home: tzinfo, *, whole: bool) -> None:
        self._home = home
        self._days = {each for each in moments if not isinstance(each, datetime)}
        times = [each for each in moments if isinstance(each, datetime)]
        if whole:
            self._days |= {_day_meant(each, home) for each in times}
        self._instants = {_instant_of(each, home) for each in times}

    def hold(self, begin: datetime) -> bool:
        """Whether what begins at this wall time is left out."""
        if begin.date() in self._days:
            return True
        return bool(self._instants) and _instant(begin, self._home) in self._instants


def _day_meant(moment: datetime, home: tzinfo) -> date:
    """The day of a time that stands for a whole one: as written where it is midnight, else by the event's clock."""
    return moment.date() if moment.time() == time(0) else _at_home(moment, home).date()


def _begins(
    entry: CalendarEntry, series: list[tuple[datetime, CalendarEntry]], span: Interval, home: tzinfo
) -> Iterator[Extra]:
    """What begins so that it may share time with a stretch, in order."""
    first = naive(entry.start)
    if entry.instance is not None or not (entry.rules or entry.dates):
        yield Extra(entry.start if not isinstance(entry.start, datetime) else first)
        return
    longest = max([_rough(entry.length), *(_rough(other.length) for _, other in series)])
    shifts = [naive(other.start) - since for since, other in series if not other.cancelled]
    back = min(_FARTHEST, max([timedelta(0), *shifts]))
    ahead = min(_FARTHEST, max([timedelta(0), *(-shift for shift in shifts)]))
    since = _wall(span.started_at, home) - longest - back - timedelta(days=1)
    until = _wall(span.ended_at, home) + ahead + timedelta(days=1)
    found: dict[datetime, Extra] = {first: Extra(entry.start)}
    for rule in entry.rules:
        found |= {at: Extra(at if not entry.event.all_day else at.date())
                  for at in occurrences(rule, first, since, until, home)}  # fmt: skip
    for each in entry.dates:
        found[_at_home(each.begin, home)] = each
    for rule in entry.without_rules:
        for at in occurrences(rule, first, since, until, home):
            found.pop(at, None)
    for at, extra in sorted(found.items(), key=lambda pair: pair[0]):
        if at <= until and (since <= at or extra.end is not None or extra.length is not None):
            yield extra


def _rough(length: CalendarLength) -> timedelta:
    return timedelta(days=length.days, seconds=length.seconds)


def _zone_of(moment: Moment, zone: tzinfo) -> tzinfo:
    return (moment.tzinfo if isinstance(moment, datetime) else None) or zone


def _at_home(moment: Moment, home: tzinfo) -> datetime:
    """A date or time as the event's own clock shows it."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(home)
    return naive(moment)


def _wall(instant: int, home: tzinfo) -> datetime:
    return datetime.fromtimestamp(instant, home).replace(tzinfo=None)


def _instant_of(moment: Moment, home: tzinfo) -> int:
    return _instant(naive(moment), _zone_of(moment, home))


def _instant(wall_time: datetime, zone: tzinfo) -> int:
    """The epoch second of a wall time."""
    return int(wall_time.replace(tzinfo=zone).timestamp())
