"""Calendar files (iCalendar, RFC 5545): what was planned in a stretch of time, to remember what a gap was.

A file is read as programs write it: recurrence with exceptions and moved instances, all-day events, zones of its own
(`VTIMEZONE`) and times without a zone, which are those of the person. What cannot be read is one clear line; the rest
of the file still counts. Nothing is fetched: an address in a file stays a text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any

from clepsydra.domain.interval import Interval
from clepsydra.exchange.recurrence import occurrences, refuse_endless
from clepsydra.language.message import Message, message

LARGEST = 32 * 1024 * 1024
"""Files beyond so many bytes are not read: no calendar of one person is that large."""


@dataclass(frozen=True, slots=True)
class Event:
    """One planned stretch; `about` is everything else it says, `busy` whether its time was taken.

    `key` lasts: the event's own id and, of one that recurs, the day of the instance.
    """

    span: Interval
    title: str
    about: str = ""
    all_day: bool = False
    busy: bool = True
    key: str = ""
    recurs: bool = False
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """The events of a stretch in order of time, and what could not be read."""

    events: tuple[Event, ...] = ()
    problems: tuple[Message, ...] = ()


def planned(path: Path, span: Interval, zone: tzinfo) -> Planned:
    """What a calendar file, or every `.ics` file of a folder, has in a stretch; `zone` is that of floating times."""
    if path.is_dir():
        files = sorted(path.glob("*.ics"))
    elif path.exists():
        files = [path]
    else:
        return Planned(problems=(message("{file}: there is no such calendar", file=path.name),))
    events: list[Event] = []
    problems: list[Message] = []
    for file in files:
        found = _of_file(file, span, zone)
        events += found.events
        problems += found.problems
    return Planned(tuple(sorted(events, key=lambda e: (e.span, e.title))), tuple(problems))


def _of_file(file: Path, span: Interval, zone: tzinfo) -> Planned:
    try:
        stamp = file.stat()
        if stamp.st_size > LARGEST:
            return Planned(problems=(message("{file}: too large for a calendar", file=file.name),))
        components, broken = _read(file, stamp.st_mtime_ns, stamp.st_size)
    except OSError as error:
        return Planned(problems=(message("{file}: {why}", file=file.name, why=error.strerror or str(error)),))
    except ValueError:
        return Planned(problems=(message("{file}: this is not a calendar file (iCalendar)", file=file.name),))
    events, bad = _expanded(components, span, zone)
    if not broken + bad:
        return Planned(tuple(events))
    return Planned(
        tuple(events),
        (message("{file}: {count} events could not be read", file=file.name, count=broken + bad),),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """One VEVENT with what its expansion needs; `instance` is the begin it replaces, of a recurring event."""

    uid: str
    start: datetime | date
    length: timedelta
    event: Event
    rule: str
    dates: tuple[datetime | date, ...]
    without: tuple[datetime | date, ...]
    instance: datetime | date | None
    cancelled: bool


@lru_cache(maxsize=8192)
def _read(file: Path, changed: int, size: int) -> tuple[tuple[_Entry, ...], int]:  # noqa: ARG001 (they are the key)
    """The events of a file and how many are broken; read again only when its stamp has changed."""
    return _entries(file.read_bytes())


def events_of(content: bytes, span: Interval, zone: tzinfo) -> tuple[list[Event], int]:
    """The events of a calendar's bytes that share time with a stretch, or lie in it without length, and how many could
    not be read.

    Raises ValueError when the bytes are no calendar.
    """
    components, broken = _entries(content)
    events, bad = _expanded(components, span, zone)
    return sorted(events, key=lambda event: (event.span, event.title)), broken + bad


def _entries(content: bytes) -> tuple[tuple[_Entry, ...], int]:
    from icalendar import Calendar

    calendars = Calendar.from_ical(content, multiple=True)
    if not any(each.name == "VCALENDAR" for each in calendars):
        raise ValueError("no calendar")
    entries, broken = [], 0
    for component in (event for each in calendars for event in each.walk("VEVENT")):
        try:
            entries.append(_entry(component))
        except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
            broken += 1
    return tuple(entries), broken


def _entry(component: Any) -> _Entry:
    start = component["DTSTART"].dt
    rule = component.get("RRULE")
    if isinstance(rule, list):
        raise ValueError("several rules")
    if rule is not None:
        refuse_endless(rule, _naive(start))
    instance = component.get("RECURRENCE-ID")
    titles = ("DESCRIPTION", "LOCATION", "CATEGORIES", "ORGANIZER", "ATTENDEE")
    all_day = not isinstance(start, datetime)
    event = Event(
        span=Interval(0, 0),
        title=str(component.get("SUMMARY", "")),
        about="\n".join(_text(component.get(name)) for name in titles if name in component),
        all_day=all_day,
        busy=str(component.get("TRANSP", "OPAQUE")).upper() != "TRANSPARENT",
        key=str(component.get("UID", "")),
        recurs=rule is not None or instance is not None,
        categories=tuple(_text(component.get("CATEGORIES")).split("\n")) if "CATEGORIES" in component else (),
    )
    return _Entry(
        uid=str(component.get("UID", "")),
        start=start,
        length=_length(component, start),
        event=event,
        rule=rule.to_ical().decode() if rule is not None else "",
        dates=tuple(_dates(component.get("RDATE"))),
        without=tuple(_dates(component.get("EXDATE"))),
        instance=instance.dt if instance is not None else None,
        cancelled=str(component.get("STATUS", "")).upper() == "CANCELLED",
    )


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    if hasattr(value, "cats"):
        return "\n".join(map(str, value.cats))
    name = getattr(value, "params", {}).get("CN", "")
    return f"{name} {value}".strip()


def _length(component: Any, start: datetime | date) -> timedelta:
    if "DTEND" in component:
        end = component["DTEND"].dt
        length: timedelta = _naive(end) - _naive(start)
    elif "DURATION" in component:
        length = component["DURATION"].dt
    else:
        length = timedelta(0) if isinstance(start, datetime) else timedelta(days=1)
    if length < timedelta(0):
        raise ValueError("it ends before it begins")
    return length


def _dates(value: Any) -> Iterator[datetime | date]:
    """The instants of one or several EXDATE or RDATE lines; a period counts by its begin."""
    for line in value if isinstance(value, list) else [value] if value is not None else []:
        for each in line.dts:
            yield each.dt[0] if isinstance(each.dt, tuple) else each.dt


def _naive(moment: datetime | date) -> datetime:
    """A wall time as its own clock shows it; a date is its midnight."""
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else datetime.combine(moment, time(0))


def _expanded(entries: tuple[_Entry, ...], span: Interval, zone: tzinfo) -> tuple[list[Event], int]:
    """The instances of every event that share time with a stretch, and how many events could not be expanded."""
    moved: dict[str, list[_Entry]] = {}
    for entry in entries:
        if entry.instance is not None:
            moved.setdefault(entry.uid, []).append(entry)
    events: list[Event] = []
    bad = 0
    for entry in entries:
        if entry.cancelled:
            continue
        try:
            away = moved.get(entry.uid, []) if entry.instance is None else []
            events += _instances(entry, away, span, zone)
        except (ValueError, TypeError, OverflowError):
            bad += 1
    return events, bad


def _instances(entry: _Entry, moved: list[_Entry], span: Interval, zone: tzinfo) -> Iterator[Event]:
    home = _zone_of(entry.start, zone)
    skipped = {_instant(each, zone) for each in entry.without}
    skipped |= {_instant(other.instance, zone) for other in moved if other.instance is not None}
    days_off = {each for each in entry.without if not isinstance(each, datetime)}
    for begin in _begins(entry, span, home):
        started_at = _instant(begin.replace(tzinfo=home), zone)
        if started_at in skipped or begin.date() in days_off:
            continue
        # An all-day event lasts whole days of the wall clock, one with times its exact length.
        end = begin + entry.length
        ended_at = _instant(end.replace(tzinfo=home), zone) if entry.event.all_day else started_at + _seconds(entry)
        if started_at < span.ended_at and (ended_at > span.started_at or started_at == ended_at >= span.started_at):
            day = _naive(entry.instance or begin).date()
            key = f"{entry.event.key}/{day}" if entry.event.recurs else entry.event.key
            yield replace(entry.event, span=Interval(started_at, ended_at), key=key)


def _seconds(entry: _Entry) -> int:
    return int(entry.length.total_seconds())


def _begins(entry: _Entry, span: Interval, home: tzinfo) -> Iterator[datetime]:
    """The wall times at which an event begins and may share time with a stretch."""
    first = _naive(entry.start)
    if entry.instance is not None or not (entry.rule or entry.dates):
        yield first
        return
    margin = entry.length + timedelta(days=1)
    since = datetime.fromtimestamp(span.started_at, home).replace(tzinfo=None) - margin
    until = datetime.fromtimestamp(span.ended_at, home).replace(tzinfo=None) + timedelta(days=1)
    found = {first} | {_naive(_at_home(each, home)) for each in entry.dates}
    if entry.rule:
        found |= occurrences(entry.rule, first, since, until, home)
    yield from sorted(begin for begin in found if since <= begin <= until)


def _zone_of(moment: datetime | date, zone: tzinfo) -> tzinfo:
    return (moment.tzinfo if isinstance(moment, datetime) else None) or zone


def _at_home(moment: datetime | date, home: tzinfo) -> datetime | date:
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(home)
    return moment


def _instant(moment: datetime | date, zone: tzinfo) -> int:
    """The epoch second of a date or time; one without a zone is of `zone`."""
    return int(_naive(moment).replace(tzinfo=_zone_of(moment, zone)).timestamp())
