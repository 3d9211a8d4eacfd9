"""From what a person types to durations, dates, times of day, zones and days to pay.

Every parser returns the value or raises `Wrong` with what is allowed.
"""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from clepsydra.domain.statement_terms import PaymentTerms
from clepsydra.language.nearest import nearest
from clepsydra.language.typed.days import WEEKDAYS, last_resort, parse_date
from clepsydra.language.typed.durations import DAY, LONGEST, parse_duration
from clepsydra.language.typed.errors import BeyondLongest, NotUnderstood, TypedKind
from clepsydra.language.typed.instants import parse_clock
from clepsydra.language.typed.plain import plain
from clepsydra.language.typed.words import either
from clepsydra.settings.problems import Expected
from clepsydra.settings.values import Wrong, decimal, quoted, wrong


def duration(raw: object) -> int:
    """Seconds, from "90s", "15m", "0:15", "1h30", "1,5h", "2 days" or a whole number of seconds.

    Figures alone in quotes are refused: on the command line they are minutes, in this file a number is seconds.
    Raises `Wrong` for anything else.
    """
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        if raw > LONGEST:
            raise wrong(Expected.DURATION_NOT_TOO_LONG, raw)
        return raw
    typed = raw.strip() if isinstance(raw, str) else ""
    bare = re.fullmatch("[0-9]{1,6}", typed) is not None
    try:
        if typed and not bare:
            return parse_duration(typed, days=True)
    except BeyondLongest:
        raise wrong(Expected.DURATION_NOT_TOO_LONG, raw) from None
    except NotUnderstood:
        pass
    raise wrong(Expected.DURATION, raw, quoted(f"{typed}m") if bare else "")


def spelled(seconds: int) -> str:
    """A duration as this module reads it: "1h30", "15m", "90s"."""
    hours, rest = divmod(seconds, 3600)
    if seconds % 60:
        return f"{seconds}s"
    if hours:
        return f"{hours}h{rest // 60:02}" if rest else f"{hours}h"
    return f"{seconds // 60}m"


def above_zero(raw: object) -> int:
    """A duration longer than nothing, in seconds. Raises `Wrong` for anything else."""
    seconds = duration(raw)
    if not seconds:
        raise wrong(Expected.DURATION_ABOVE_ZERO, raw)
    return seconds


def step(raw: object) -> int:
    """A rounding step: above zero, at most a day, in seconds. Raises `Wrong` for anything else."""
    seconds = duration(raw)
    if not 0 < seconds <= DAY:
        raise wrong(Expected.STEP, raw)
    return seconds


def hours_of_work(raw: object) -> int:
    """A time agreed in hours, in seconds; a bare number is refused: 20 would be twenty seconds."""
    if not isinstance(raw, str):
        bare = isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= 10_000
        raise wrong(Expected.HOURS_OF_WORK, raw, quoted(f"{raw}h") if bare else "")
    try:
        return duration(raw)
    except Wrong:
        bare = re.fullmatch(r"[0-9]{1,5}", raw.strip()) is not None
        raise wrong(Expected.HOURS_OF_WORK, raw, quoted(f"{raw.strip()}h") if bare else "") from None


def months(raw: object) -> int:
    """A number of months, from "1 month", "6 months" or "1 year". Raises `Wrong` for anything else."""
    pattern = rf"([0-9]{{1,3}}) ?(?:{either('months_unit')}|({either('years_unit')}))"
    match = re.fullmatch(pattern, _plain(raw))
    if not match:
        bare = isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= 999
        raise wrong(Expected.MONTHS, raw, quoted(f"{raw} months") if bare else "")
    return int(match[1]) * (12 if match[2] else 1)


def _plain(raw: object) -> str:
    """A text as the readers of typed text take it; empty for what is none."""
    try:
        return plain(raw, TypedKind.DURATION) if isinstance(raw, str) else ""
    except NotUnderstood:
        return ""


def day(raw: object) -> date:
    """A civil day, as a TOML date or in quotes. Raises `Wrong` for anything else, and for an instant."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    found = parse_date(raw) or _spelled_out(raw) if isinstance(raw, str) else None
    if found is not None:
        return found
    raise wrong(Expected.DATE, raw, raw.date().isoformat() if isinstance(raw, datetime) else "")


def _spelled_out(raw: str) -> date | None:
    """A day in an order of its own that leaves nothing open, as "Nov 2, 2026"; as a typed day is read too."""
    found = last_resort(f"{raw} 00:00") if ":" not in raw else None
    return found.date() if found else None


def time_of_day(raw: object) -> time:
    """A wall-clock time to the minute, in quotes or as a TOML time. Raises `Wrong` for anything else."""
    if isinstance(raw, time) and not raw.second and not raw.microsecond:
        return raw
    found = parse_clock(raw) if isinstance(raw, str) else None
    if found is not None and not found.second:
        return found
    raise wrong(Expected.TIME_OF_DAY, raw)


def zone(raw: object) -> ZoneInfo:
    """An IANA time zone. Raises `Wrong` for a name that no zone has."""
    name = raw.strip() if isinstance(raw, str) else ""
    try:
        if name:
            return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        pass
    raise wrong(Expected.ZONE, raw, _nearest_zone(name) if name else "")


def _nearest_zone(name: str) -> str:
    from zoneinfo import available_timezones

    zones = sorted(available_timezones())
    by_city = {each.rpartition("/")[2]: each for each in zones if "/" in each}
    near = nearest(name.replace(" ", "_"), zones)
    city = nearest(name.rpartition("/")[2].replace(" ", "_"), by_city)
    exact = by_city.get(name.replace(" ", "_").title())
    found = exact or (by_city[city] if city and "/" not in name else near)
    return quoted(found) if found else ""


def payment_terms(raw: object) -> PaymentTerms:
    """Days to pay, from "30 days" or "45 days end of month" or a whole number of days.

    Raises `Wrong` for anything else.
    """
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= 999:
        return PaymentTerms(raw)
    match = re.fullmatch(rf"([0-9]{{1,3}}) ?{either('days')}( {either('end_of_month')})?", _plain(raw))
    if match:
        return PaymentTerms(int(match[1]), bool(match[2]))
    raise wrong(Expected.PAYMENT_TERMS, raw)


def constant(raw: object) -> float:
    """Seconds as a number or a duration in text, not negative. Raises `Wrong` for anything else."""
    if isinstance(raw, str):
        return float(duration(raw))
    return float(decimal(raw, 10**9, Expected.NUMBER))


def weekdays(key: str) -> list[int]:
    """The weekdays of `mon`, `mon-fri` or `lun, mer`; none where a name is unknown."""
    days: list[int] = []
    for part in _plain(key).split(","):
        first, _, last = (name.strip() for name in part.partition("-"))
        begin, end = WEEKDAYS.get(first), WEEKDAYS.get(last or first)
        if begin is None or end is None:
            return []
        days += [day % 7 for day in range(begin, (end if end >= begin else end + 7) + 1)]
    return days
