"""Periods as people type them, as first and last day, both included; weeks begin on Monday."""

import re
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import MIDNIGHT, civil_day
from clepsydra.language.typed.days import MONTHS, WEEKDAYS, DaySort, plausible, read_day
from clepsydra.language.typed.errors import TypedKind, Unreadable
from clepsydra.language.typed.plain import plain
from clepsydra.language.typed.words import either, joined, patterns

Span = tuple[date, date]

_UNITS = joined("units")
_THIS, _LAST, _RECENT = patterns("this_unit"), patterns("last_unit"), patterns("recent")
_YEAR = r"([0-9]{4})"
_MONTH = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})|(?P<month_first>[0-9]{1,2})/(?P<of>[0-9]{4})"
_Q = either("quarter")
_QUARTER = rf"([0-9]{{4}})[- ]?{_Q}([1-4])|{_Q}([1-4])[- ]([0-9]{{4}})"
_WEEK = rf"([0-9]{{4}})-?{either('week')}([0-9]{{2}})"
_NAMED_MONTH = r"([a-z]+)\.?(?: ([0-9]{4}))?"
_BETWEEN = rf"(?:{either('since')} )?(.+?)(?: ?\.\. ?| ?… ?| ?[–—] ?| - | {either('until')} )(.+)"


def parse_period(text: str, now: int, zone: ZoneInfo, day_starts_at: time = MIDNIGHT) -> Span:
    """First and last day of "today", "week", "mois dernier", "2026", "2026-11", "2026-Q4", "30 days", "2/11..15/11".

    "month" and the like are the whole current one, also what of it lies ahead; any day alone is its own period.

    Raises `Unreadable` for anything else.
    """
    try:
        found = _read(plain(text, TypedKind.PERIOD), civil_day(now, zone, day_starts_at))
        if found is not None:
            found = plausible(found[0]), plausible(found[1])
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Unreadable(text, TypedKind.PERIOD)
    return found


def _read(found: str, today: date) -> Span | None:
    return _relative(found, today) or _calendar(found, today) or _single(found, today) or _between(found, today)


def _single(found: str, today: date) -> Span | None:
    named = read_day(found, today)
    return (named.day, named.day) if named else None


def _relative(found: str, today: date) -> Span | None:
    if recent := _word(_RECENT, found):
        return (today - timedelta(days=int(recent) - 1), today) if int(recent) else None
    if (this := _word(_THIS, found)) in _UNITS:
        return _unit(this, today)
    if (last := _word(_LAST, found)) in _UNITS:
        return _unit(last, _unit(last, today)[0] - timedelta(days=1))
    return None


def _word(patterns: tuple[str, ...], found: str) -> str:
    """What the first of these patterns that fits has in its place; empty where none does."""
    return next((match[1] for each in patterns if (match := re.fullmatch(each, found))), "")


def _unit(unit: str, day: date) -> Span:
    """The week, month, quarter or year around a day."""
    months = _UNITS[unit]
    if not months:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return _months(day.year, (day.month - 1) // months * months + 1, months)


def _months(year: int, month: int, count: int = 1) -> Span:
    following = date(year + (month + count > 12), (month + count - 1) % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def _calendar(found: str, today: date) -> Span | None:
    if year := re.fullmatch(_YEAR, found):
        return _months(int(year[1]), 1, 12)
    if month := re.fullmatch(_MONTH, found):
        return _months(int(month["year"] or month["of"]), int(month["month"] or month["month_first"]))
    if quarter := re.fullmatch(_QUARTER, found):
        return _months(int(quarter[1] or quarter[4]), 3 * int(quarter[2] or quarter[3]) - 2, 3)
    if week := re.fullmatch(_WEEK, found):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return monday, monday + timedelta(days=6)
    return _named_month(found, today)


def _named_month(found: str, today: date) -> Span | None:
    """A month by its name, the last one begun when the year is left out; "mar" alone is a Tuesday."""
    match = re.fullmatch(_NAMED_MONTH, found)
    month = MONTHS.get(match[1]) if match else None
    if match is None or month is None:
        return None
    if match[2]:
        return _months(int(match[2]), month)
    return None if match[1] in WEEKDAYS else _months(today.year - (month > today.month), month)


def _between(found: str, today: date) -> Span | None:
    """From a day or period to another; a date without year on the left is the last one before the right."""
    match = re.fullmatch(_BETWEEN, found)
    last = _read(match[2], today) if match else None
    if match is None or last is None:
        return None
    named = read_day(match[1], last[1], ahead=0)
    first = named.day if named and named.sort is DaySort.DATE else (_read(match[1], today) or (date.max,))[0]
    return (first, last[1]) if first <= last[1] else None
