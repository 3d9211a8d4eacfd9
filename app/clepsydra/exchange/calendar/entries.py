"""One VEVENT as an entry: when it is, when it comes again, whose word replaces whose."""

import re
from datetime import date, datetime, time, timedelta

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.exchange.calendar.lines import Component, ContentLine
from clepsydra.exchange.calendar.recurrence import checked
from clepsydra.exchange.calendar.values import CalendarLength, Extra, Moment, Zones, dates_of, length, moment, plain

_TITLE, _ABOUT = 500, 10_000
"""Characters kept of a title, and of everything else an event says."""

_CALLED_OFF = re.compile(
    r"\W*(?:cancel?led|annul[ée]{1,2}e?|abgesagt|cancelad[oa]|annullat[oa]|geannuleerd)\s*:", re.IGNORECASE
)
"""What programs put before the title of a meeting that was called off, in the language of who wrote it."""

_TOLD = ("DESCRIPTION", "LOCATION", "CATEGORIES", "ORGANIZER", "ATTENDEE")
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class CalendarEvent:
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
class CalendarEntry:
    """One VEVENT with what its expansion needs; `instance` is the start it replaces of a recurring event, and those
    that follow where `ahead`.
    """

    uid: str
    rank: tuple[int, str]
    """Sequence and stamp: the higher replaces the lower."""
    start: Moment
    length: CalendarLength
    event: CalendarEvent
    rules: tuple[str, ...]
    dates: tuple[Extra, ...]
    without: tuple[Moment, ...]
    without_rules: tuple[str, ...]
    instance: Moment | None
    ahead: bool
    cancelled: bool
    declined: frozenset[str]
    """Addresses of who said no."""


def entry_of(component: Component, zones: Zones, cancelled: bool = False) -> CalendarEntry:
    """The entry of a VEVENT; `cancelled` where the whole file calls off. Raises `ValueError` for a broken one."""
    begin = component.first("DTSTART")
    instance = component.first("RECURRENCE-ID")
    off = cancelled or component.text("STATUS").upper() == "CANCELLED"
    if begin is None and not (off and component.text("UID")):
        raise ValueError("nobody knows when")
    start = date.min if begin is None else _start(component, moment(begin, zones))
    title = _title(component)
    return CalendarEntry(
        uid=component.text("UID")[:_TITLE],
        rank=(_whole(component.text("SEQUENCE")), component.text("DTSTAMP")[:20]),
        start=start,
        length=CalendarLength(0, 0) if begin is None else _length(component, start, zones),
        event=CalendarEvent(
            Interval(0, 0),
            title,
            _about(component),
            not isinstance(start, datetime),
            _busy(component),
            recurs=instance is not None or bool(component.all("RRULE")),
            categories=_categories(component),
        ),
        rules=_rules(component, "RRULE", start),
        dates=tuple(dates_of(component.all("RDATE"), zones)),
        without=tuple(each.begin for each in dates_of(component.all("EXDATE"), zones)),
        without_rules=_rules(component, "EXRULE", start),
        instance=moment(instance, zones) if instance is not None else None,
        ahead=instance is not None and instance.parameters.get("RANGE", "").upper() == "THISANDFUTURE",
        cancelled=off or _CALLED_OFF.match(title) is not None,
        declined=frozenset(map(_address, filter(_says_no, component.all("ATTENDEE")))),
    )


def naive(at: Moment) -> datetime:
    """A wall time as its own clock shows it; a date is its midnight."""
    return at.replace(tzinfo=None) if isinstance(at, datetime) else datetime.combine(at, time(0))


def _start(component: Component, start: Moment) -> Moment:
    """The begin; Outlook writes a whole day as one from midnight to midnight, and says so."""
    whole = component.text("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    return start.date() if whole and isinstance(start, datetime) and naive(start).time() == time(0) else start


def _length(component: Component, start: Moment, zones: Zones) -> CalendarLength:
    """How long it lasts: whole days, at least one, where it has no times; to its end exactly where it names that."""
    end = component.first("DTEND")
    found = CalendarLength(0, 0)
    if end is not None:
        found = _until(start, moment(end, zones))
    elif component.text("DURATION"):
        found = length(component.text("DURATION"))
    if isinstance(start, datetime):
        return found
    days = found.days + -(-found.seconds // _DAY)
    return CalendarLength(max(1, days), 0)


def _until(start: Moment, end: Moment) -> CalendarLength:
    if (
        not isinstance(start, datetime)
        or not isinstance(end, datetime)
        or (start.tzinfo is None) != (end.tzinfo is None)
    ):
        gap = naive(end) - naive(start)
    else:
        gap = _exact(end) - _exact(start)
    if gap < timedelta(0):
        raise ValueError("it ends before it begins")
    return CalendarLength(0, int(gap.total_seconds()))


def _exact(at: datetime) -> timedelta:
    """The time since the epoch; of a floating time, by its own clock."""
    return naive(at) - datetime(1970, 1, 1) - (at.utcoffset() or timedelta(0))  # noqa: DTZ001 (clocks compared)


def _rules(component: Component, name: str, start: Moment) -> tuple[str, ...]:
    return tuple(checked(line.value, naive(start)) for line in component.all(name)[:20])


def _busy(component: Component) -> bool:
    """Whether its time was taken: neither the standard nor Outlook says that it was free."""
    free = component.text("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE"
    return not free and component.text("TRANSP").upper() != "TRANSPARENT"


def _title(component: Component) -> str:
    line = component.first("SUMMARY")
    return " ".join(plain(line.value, _TITLE).split()) if line else ""


def _about(component: Component) -> str:
    lines = [line for name in _TOLD for line in component.all(name)[:200]]
    said = [f"{line.parameters.get('CN', '')} {plain(line.value, _ABOUT)}".strip() for line in lines]
    return "\n".join(said)[:_ABOUT]


def _categories(component: Component) -> tuple[str, ...]:
    found = (each.strip() for line in component.all("CATEGORIES")[:20] for each in plain(line.value, _TITLE).split(","))
    return tuple(filter(None, found))


def _says_no(attendee: ContentLine) -> bool:
    return attendee.parameters.get("PARTSTAT", "").upper() == "DECLINED"


def _address(attendee: ContentLine) -> str:
    """The mail address of a person invited; some programs write it as a parameter beside another value."""
    found = attendee.parameters.get("EMAIL") or attendee.value
    return found.strip().casefold().removeprefix("mailto:")


def _whole(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,9}", text.strip()) else 0
