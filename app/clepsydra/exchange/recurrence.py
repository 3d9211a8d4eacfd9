"""When a recurring event begins: the rules of RFC 5545 (`RRULE`), through dateutil, and never a search without an end.

dateutil follows a rule that never matches, such as one for 30 February, up to the last year a date can have. The
Gregorian calendar repeats itself every 400 years, to the weekday: so the question is asked of the same days as late as
they can lie, where the answer is the same and that last year is near.
"""

from collections.abc import Mapping
from datetime import MAXYEAR, UTC, datetime, tzinfo
from typing import Any

_CYCLE = 400
"""Years after which the calendar is the same again."""

_EARLIEST = 1900
"""The first year in which an event may begin to recur: from there a rule of every day is followed in an instant."""

_TOO_FAST = {"SECONDLY", "MINUTELY", "HOURLY"}
_MOST_A_DAY = 24
"""So many times of the day at most in one rule."""


def refuse_endless(rule: Mapping[str, Any], first: datetime) -> None:
    """Raise `ValueError` for a rule that no calendar needs and that would keep the reader busy."""
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(rule.get(name, [0]))
    if rule.get("FREQ", ["?"])[0] in _TOO_FAST or times > _MOST_A_DAY or first.year < _EARLIEST:
        raise ValueError("a rule that no calendar needs")


def occurrences(rule: str, first: datetime, since: datetime, until: datetime, home: tzinfo) -> set[datetime]:
    """The wall times from `since` to `until` at which something recurs that began at `first`; `home` is their zone.

    Raises `ValueError` for a rule that cannot be read.
    """
    from dateutil.rrule import rrulestr

    if first > until:
        return set()
    years = (MAXYEAR - until.year) // _CYCLE * _CYCLE
    late = rrulestr(_with_local_end(rule, home, years), dtstart=_later(first, years))
    return {_later(at, -years) for at in late.between(_later(since, years), _later(until, years), inc=True)}


def _later(moment: datetime, years: int) -> datetime:
    """The same day of the calendar, a number of whole cycles later."""
    return moment.replace(year=moment.year + years)


def _with_local_end(rule: str, home: tzinfo, years: int) -> str:
    """A rule whose UNTIL, which is written in UTC, is a wall time like the begin it is compared with."""
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
