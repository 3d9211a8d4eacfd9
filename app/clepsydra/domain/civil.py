"""Civil days: where the wall clock and the log's UTC seconds meet.

A civil day belongs to a zone and begins at a settable wall time, so that a night's work can belong to the
evening it began. It lasts 23 or 25 hours when the clocks change. Wall times that do not exist, or exist
twice, are reported and never guessed.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from clepsydra.domain.interval import Interval

MIDNIGHT = time(0)

DAYS_APART = 3
"""So far apart at most are two civil days of one instant: by two for their zones, by one for the hour they begin at."""


def day_within(day: int, first: int | None, last: int | None) -> bool:
    """Whether a day (ordinal) is one of some, both ends included; None leaves an end open."""
    return (first is None or first <= day) and (last is None or day <= last)


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name; raises `ZoneInfoNotFoundError` (a `KeyError`) when there is none."""
    return ZoneInfo(name)


def utc(instant: int) -> datetime:
    """The aware UTC datetime of an instant in epoch seconds."""
    return datetime.fromtimestamp(instant, UTC)


def wall(instant: int, zone: ZoneInfo) -> datetime:
    """The aware local datetime of an instant in epoch seconds."""
    return datetime.fromtimestamp(instant, zone)


def instants_of(wall_time: datetime, zone: ZoneInfo) -> tuple[int, ...]:
    """Every instant (epoch seconds) at which the clocks of `zone` show the naive `wall_time`.

    None when the clocks jumped over it, two when they were set back over it, else one. Parts of a second are dropped.
    """
    shown = wall_time.replace(microsecond=0, fold=0)
    readings = {int(shown.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1)}
    return tuple(sorted(i for i in readings if wall(i, zone).replace(tzinfo=None, fold=0) == shown))


def clock_change(low: int, high: int, zone: ZoneInfo) -> int | None:
    """The first instant in `(low, high]` with another UTC offset than `low`'s; None when both ends have the same.

    The two ends must be near enough for one change at most to lie between them.
    """
    offset = wall(low, zone).utcoffset()
    if wall(high, zone).utcoffset() == offset:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if wall(middle, zone).utcoffset() == offset else (low, middle)
    return high


def first_instant_from(wall_time: datetime, zone: ZoneInfo) -> int:
    """The first instant at or after the naive `wall_time`, also when the clocks jump over it."""
    instants = instants_of(wall_time, zone)
    if instants:
        return instants[0]
    # In a jump the two readings straddle it: the first instant after it is the change itself.
    low, high = sorted(int(wall_time.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    change = clock_change(low, high, zone)
    return high if change is None else change


@lru_cache(maxsize=4096)
def day_bounds(day: date, zone: ZoneInfo, starts_at: time = MIDNIGHT) -> Interval:
    """The instants at which a civil day begins and ends; 23, 24 or 25 hours apart."""
    begin = first_instant_from(datetime.combine(day, starts_at), zone)
    end = first_instant_from(datetime.combine(day + timedelta(days=1), starts_at), zone)
    return Interval(begin, end)


def civil_day(instant: int, zone: ZoneInfo, starts_at: time = MIDNIGHT) -> date:
    """The civil day that owns an instant, in `zone`, when days begin at `starts_at`."""
    local = datetime.fromtimestamp(instant, zone)
    day = local.date()
    if starts_at == MIDNIGHT and local.fold == 0:
        return day
    # A day start inside a repeated or missing hour makes wall comparison unsafe: ask the bounds.
    for candidate in (day, day - timedelta(days=1), day + timedelta(days=1)):
        bounds = day_bounds(candidate, zone, starts_at)
        if bounds.started_at <= instant < bounds.ended_at:
            return candidate
    raise AssertionError("civil days cover all instants")


def split_by_day(interval: Interval, zone: ZoneInfo, starts_at: time = MIDNIGHT) -> list[tuple[date, Interval]]:
    """Cut an interval at the civil day boundaries it crosses; lengths sum to its own."""
    day = civil_day(interval.started_at, zone, starts_at)
    pieces = []
    cursor = interval.started_at
    while cursor < interval.ended_at:
        end = min(interval.ended_at, day_bounds(day, zone, starts_at).ended_at)
        if end > cursor:  # a zone that moved across the date line has a day without a second
            pieces.append((day, Interval(cursor, end)))
        cursor, day = end, day + timedelta(days=1)
    return pieces or [(day, interval)]
