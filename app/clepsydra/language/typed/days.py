"""Days as people type them.

Figures read day first (2/11 is the second of November) unless the year leads. A date without its year is the last one
that has come, or one of the coming week; a weekday is the last one, today included.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import MIDNIGHT, civil_day
from clepsydra.language.typed.errors import TypedKind, Unreadable
from clepsydra.language.typed.plain import plain
from clepsydra.language.typed.words import ALL, either, joined, numbered, patterns

_AHEAD = 7
_FIRST_YEAR, _LAST_YEAR = 1000, 9000

_WORDS = joined("relative_days")
WEEKDAYS = numbered("weekdays", 0)
MONTHS = numbered("months", 1)

_ISO = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_FIGURES = r"([0-9]{1,2})(?:/([0-9]{1,2})|([/.-])([0-9]{1,2})\3((?:[0-9]{2})?[0-9]{2}))"
_NAMED = rf"(?:([a-z]+)\.?,? )?([0-9]{{1,2}}){either('ordinals')}? ([a-z]+)\.?(?: ([0-9]{{4}}))?"
_LAST = patterns("last_weekday")
_ON = tuple(lead for words in ALL for lead in words.on)


class DaySort(Enum):
    """How a day was named: by a word or weekday, which count from today, or by a date of the calendar."""

    WORD = "word"
    WEEKDAY = "weekday"
    DATE = "date"


class Named(NamedTuple):
    """A day and how it was named."""

    day: date
    sort: DaySort


def parse_day(text: str, now: int, zone: ZoneInfo, day_starts_at: time = MIDNIGHT) -> date:
    """The civil day of "today", "hier", "mon", "lundi dernier", "2026-11-02", "2/11", "2 nov. 2026", "-1".

    Raises `Unreadable` for anything else.
    """
    today = civil_day(now, zone, day_starts_at)
    found = plain(text, TypedKind.DAY)
    try:
        if re.fullmatch(r"[+-][0-9]{1,4}", found):
            return today + timedelta(days=int(found))
        named = read_day(found, today)
        if named:
            return plausible(named.day)
        # A day has no time of its own; with midnight said, nothing is left to be filled in.
        dated = None if ":" in found else last_resort(f"{found} 00:00")
    except (ValueError, OverflowError):
        dated = None
    if dated is None or dated.tzinfo or dated.time() != MIDNIGHT or not _FIRST_YEAR <= dated.year <= _LAST_YEAR:
        raise Unreadable(text, TypedKind.DAY)
    return dated.date()


def parse_day_ahead(text: str, now: int, zone: ZoneInfo, day_starts_at: time = MIDNIGHT) -> date:
    """The same for a day that is to come: a weekday is the next one, a date without its year the next, today included.

    Raises `Unreadable`.
    """
    today = civil_day(now, zone, day_starts_at)
    try:
        named = read_day(plain(text, TypedKind.DAY), today, ahead=364)
        if named and named.sort is DaySort.WEEKDAY:
            return named.day if named.day >= today else named.day + timedelta(days=7)
        if named and named.sort is DaySort.DATE:
            return plausible(named.day)
    except (ValueError, OverflowError):
        raise Unreadable(text, TypedKind.DAY) from None
    return parse_day(text, now, zone, day_starts_at)


def plausible(day: date) -> date:
    """The day itself; raises `ValueError` for one that no log can hold, and beside which the calendar ends."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError("a day of another age")
    return day


def read_day(found: str, today: date, ahead: int = _AHEAD) -> Named | None:
    """The day that a text in its plain shape names, or None; impossible dates raise ValueError."""
    found = next((found.removeprefix(lead) for lead in _ON if found.startswith(lead)), found)
    if found in _WORDS:
        return Named(today + timedelta(days=_WORDS[found]), DaySort.WORD)
    weekday = WEEKDAYS.get(found.removesuffix("."))
    if weekday is not None:
        return Named(today - timedelta(days=(today.weekday() - weekday) % 7), DaySort.WEEKDAY)
    last = next((match for each in _LAST if (match := re.fullmatch(each, found))), None)
    if last and (weekday := WEEKDAYS.get(last[1])) is not None:
        return Named(today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1), DaySort.WORD)
    for pattern, read in _DATES:
        if match := re.fullmatch(pattern, found):
            dated = read(match, today + timedelta(days=ahead))
            return Named(dated, DaySort.DATE) if dated else None
    return None


def parse_date(text: str) -> date | None:
    """The day of the calendar that a text names with its year, as "2026-01-31", "31/01/2026", "31 janvier 2026"."""
    try:
        found = plain(text, TypedKind.DAY)
        for pattern, read in _DATES:
            match = re.fullmatch(pattern, found)
            # Read at both ends of the calendar, only a date that brings its year is the same.
            if match and read(match, date.min + timedelta(days=400)) == (named := read(match, date.max)):
                return named
    except (ValueError, OverflowError):
        pass
    return None


def _iso(match: re.Match[str], _latest: date) -> date | None:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _figures(match: re.Match[str], latest: date) -> date | None:
    if match[2]:
        return _without_year(int(match[1]), int(match[2]), latest)
    year = int(match[5])
    return date(year if year > 99 else 2000 + year, int(match[4]), int(match[1]))


def _named(match: re.Match[str], latest: date) -> date | None:
    month, day = MONTHS.get(match[3]), int(match[2])
    if month is None:
        return None
    found = date(int(match[4]), month, day) if match[4] else _without_year(day, month, latest)
    if match[1] and (found is None or WEEKDAYS.get(match[1]) != found.weekday()):
        raise ValueError("the weekday is another one")
    return found


_DATES: tuple[tuple[str, Callable[[re.Match[str], date], date | None]], ...] = (
    (_ISO, _iso),
    (_FIGURES, _figures),
    (_NAMED, _named),
)


def _without_year(day: int, month: int, latest: date) -> date | None:
    """The last such date until `latest`; 29 February may lie up to eight years back."""
    for year in range(latest.year, latest.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= latest:
            return found
    return None


def last_resort(found: str) -> datetime | None:
    """What python-dateutil reads, when the text alone decides it: no field filled in, no order of figures assumed."""
    import warnings

    from dateutil import parser, tz

    readings = set()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for default in (datetime(2000, 1, 1, 1, 1, 1), datetime(2004, 2, 2, 2, 2, 2)):  # noqa: DTZ001
            for day_first in (False, True):
                try:
                    # Seconds may go unsaid; every other field must agree under both defaults.
                    readings.add(parser.parse(found, default=default.replace(second=0), dayfirst=day_first))
                except (ValueError, OverflowError, Warning):
                    return None
    if len(readings) != 1:
        return None
    reading = readings.pop()
    if isinstance(reading.tzinfo, tz.tzlocal):
        return None
    names = [WEEKDAYS[word] for word in re.findall("[a-z]+", found) if word in WEEKDAYS and word not in MONTHS]
    return reading if all(name == reading.weekday() for name in names) else None
