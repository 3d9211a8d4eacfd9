"""Texts of calendar files as dates, times, periods and lengths. All raise `ValueError` for what is none."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from clepsydra.exchange.calendar.lines import ContentLine

MOST_DATES = 10_000
"""So many dates of one event are read at most."""

_DATE = r"([0-9]{4})([0-9]{2})([0-9]{2})"
_MOMENT = re.compile(rf"{_DATE}(?:T([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})(Z?))?")
_LENGTH = re.compile(
    r"([+-]?)P(?:([0-9]{1,5})W)?(?:([0-9]{1,5})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,7})M)?(?:([0-9]{1,9})S)?)?"
)
_ESCAPED = re.compile(r"\\([nN,;\\:\"])")

Moment = datetime | date
Zones = Callable[[str], tzinfo | None]
"""The zone of a name in the file; None for a time of nobody's zone."""


class CalendarLength(NamedTuple):
    """Days of the wall clock and seconds on top of them."""

    days: int
    seconds: int


class Extra(NamedTuple):
    """A date of a list; a period brings its own end or length."""

    begin: Moment
    end: Moment | None = None
    length: CalendarLength | None = None


def moment(line: ContentLine, zones: Zones) -> Moment:
    """The date or time of a line: a time with its zone, or with none where it floats."""
    return _moment(line.value.strip(), line, zones)


def _moment(text: str, line: ContentLine, zones: Zones) -> Moment:
    match = _MOMENT.fullmatch(text.upper())
    if match is None:
        raise ValueError("no date or time")
    day = date(int(match[1]), int(match[2]), int(match[3]))
    if match[4] is None or line.parameters.get("VALUE", "").upper() == "DATE":
        return day
    hour, minute, second = int(match[4]), int(match[5]), min(59, int(match[6]))
    late = (hour, minute, second) == (24, 0, 0)
    found = datetime(day.year, day.month, day.day, 0 if late else hour, minute, second)  # noqa: DTZ001 (zone below)
    found += timedelta(days=int(late))
    if match[7]:
        return found.replace(tzinfo=UTC)
    name = line.parameters.get("TZID", "")
    return found.replace(tzinfo=zones(name) if name else None)


def length(text: str) -> CalendarLength:
    """A length such as "PT1H30M", "P1DT2H" or "P1W"; below zero is none. Raises ValueError for what is no length."""
    match = _LENGTH.fullmatch(text.strip().upper())
    if match is None or not any(match.groups()[1:]):
        raise ValueError("no length")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    found = CalendarLength(weeks * 7 + days, hours * 3600 + minutes * 60 + seconds)
    if match[1] == "-" and any(found):
        raise ValueError("it ends before it begins")
    return found


def dates_of(lines: Iterable[ContentLine], zones: Zones) -> Iterator[Extra]:
    """The dates, times and periods of one or several lines of dates. Raises ValueError where there are far too many."""
    count = 0
    for line in lines:
        for text in line.value.split(","):
            count += 1
            if count > MOST_DATES:
                raise ValueError("far too many dates")
            if text.strip():
                yield _extra(text.strip(), line, zones)


def _extra(text: str, line: ContentLine, zones: Zones) -> Extra:
    begin, slash, rest = text.partition("/")
    found = _moment(begin, line, zones)
    if not slash:
        return Extra(found)
    if rest[:1].upper() in ("P", "+"):
        return Extra(found, length=length(rest))
    return Extra(found, end=_moment(rest, line, zones))


def plain(value: str, longest: int) -> str:
    """The text of a value, without its escapes and not longer than that."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value[: 2 * longest])[:longest]
