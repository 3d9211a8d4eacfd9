"""When a recurring event begins: the rules of RFC 5545 (`RRULE`), through dateutil, and never a search without an end.

dateutil follows a rule from its first day, and one that never matches, such as one for 30 February, up to the last year
a date can have. So a rule without a count is followed from near the days asked about, and the question is asked as
late as dates can lie, in years with the same calendar: it repeats itself every 400 years, to the weekday, and mostly
sooner.
"""

import re
from calendar import isleap, weekday
from datetime import MAXYEAR, UTC, datetime, timedelta, tzinfo
from functools import lru_cache

_CYCLE = 400
"""Years after which the calendar is the same again."""

_EARLIEST = 1900
"""The first year in which an event may begin to recur: from there a rule of every day is followed in an instant."""

_FREQUENCIES = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 0, "YEARLY": 0}
"""Days in one step; those of months and years differ."""
_MOST_A_DAY = 24
"""So many times of the day at most in one rule."""
_LONGEST = 1_000
_WIDEST = 10_000
_MOST_TIMES = 100_000

_NUMBERS = r"[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3})*"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[0-9]{1,6}",
    "COUNT": "[0-9]{1,9}",
    "UNTIL": "[0-9]{8}(?:T[0-9]{6}Z?)?",
    "WKST": "MO|TU|WE|TH|FR|SA|SU",
    "BYDAY": r"(?:[+-]?[0-9]{0,2}(?:MO|TU|WE|TH|FR|SA|SU)(?:,|$))+",
    **dict.fromkeys(
        ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS"), _NUMBERS
    ),
}


def checked(rule: str, first: datetime, earliest: int = _EARLIEST) -> str:
    """The rule in its plain spelling, parts of a program's own (X-...) left out.

    Raises `ValueError` for what is no rule, and for one that no calendar needs and that would keep the reader busy.
    """
    if len(rule) > _LONGEST:
        raise ValueError("a rule without an end")
    parts: dict[str, str] = {}
    for part in rule.upper().strip().split(";"):
        name, _, value = part.strip().partition("=")
        if not name or name.startswith("X-"):
            continue
        if not re.fullmatch(_PARTS.get(name, "(?!)"), value):
            raise ValueError("no rule")
        parts.setdefault(name, value.rstrip(","))
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= parts.get(name, "").count(",") + 1
    step, count = int(parts.get("INTERVAL", 1)), int(parts.get("COUNT", 1))
    if "FREQ" not in parts or times > _MOST_A_DAY or first.year < earliest:
        raise ValueError("a rule that no calendar needs")
    if not 0 < step <= _WIDEST or not 0 < count <= _MOST_TIMES:
        raise ValueError("a rule that no calendar needs")
    return ";".join(f"{name}={value}" for name, value in parts.items())


def occurrences(rule: str, first: datetime, since: datetime, until: datetime, home: tzinfo) -> set[datetime]:
    """The wall times from `since` to `until` at which something recurs that began at `first`; `home` is their zone.

    The rule is one that `checked` gave. Raises `ValueError` where it still cannot be followed.
    """
    from dateutil.rrule import rrulestr

    if first > until:
        return set()
    first = _nearer(rule, first, since)
    years = _alike(first.year, until.year)
    late = rrulestr(_with_local_end(rule, home, years), dtstart=_later(first, years))
    return {_later(at, -years) for at in late.between(_later(since, years), _later(until, years), inc=True)}


@lru_cache(maxsize=256)
def _alike(first: int, last: int) -> int:
    """How many years later the same calendar comes again, as late as dates can lie: near enough to their end that a
    rule without a day is soon followed to it.
    """
    if last - first < _CYCLE // 4:
        for years in range(MAXYEAR - 1 - last, 0, -1):
            if all(_same_calendar(year, year + years) for year in range(first - 1, last + 2)):
                return years
    return (MAXYEAR - last) // _CYCLE * _CYCLE


def _same_calendar(year: int, other: int) -> bool:
    return isleap(year) == isleap(other) and weekday(year, 1, 1) == weekday(other, 1, 1)


def _nearer(rule: str, first: datetime, since: datetime) -> datetime:
    """A begin of the same rule shortly before `since`, where steps of whole days lead there and nothing is counted."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    days = _FREQUENCIES[parts["FREQ"]] * int(parts.get("INTERVAL", 1))
    ahead = (since - first).days
    # Two steps early: a week's days may lie before its first day, and so may those of a set.
    return first + timedelta(days=days * max(0, ahead // days - 2)) if days and "COUNT" not in parts else first


def _later(moment: datetime, years: int) -> datetime:
    """The same day of the calendar, a number of whole cycles later."""
    return moment.replace(year=moment.year + years)


def _with_local_end(rule: str, home: tzinfo, years: int) -> str:
    """A rule whose UNTIL, which is written in UTC, is a wall time like the start it is compared with."""
    parts = []
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name == "UNTIL":
            end = _end(value, home)
            if end.year + years > MAXYEAR:
                continue  # beyond all that is asked about
            value = _later(end, years).strftime("%Y%m%dT%H%M%S")
        parts.append(f"{name}={value}")
    return ";".join(parts)


def _end(value: str, home: tzinfo) -> datetime:
    if value.endswith("Z"):
        moment = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return moment.astimezone(home).replace(tzinfo=None)
    if len(value) == len("20260101"):
        value += "T235959"
    return datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 (a wall time has no zone)
