"""From what a person types to durations, dates, times of day, zones and days to pay."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from clepsydra.domain.terms import PaymentTerms
from clepsydra.language.nearest import nearest
from clepsydra.settings.problems import Expected
from clepsydra.settings.values import Wrong, decimal, quoted, wrong

DAY = 86_400
LONGEST = 100_000 * 3600
"""No duration is longer than this many seconds."""


_HOURS = r"([0-9]{1,5}) *h(?:ours?)?"
_DURATION = (
    rf"(?:([0-9]{{1,5}}) *d(?:ays?)?)? *(?:{_HOURS})? *"
    r"(?:([0-9]{1,9}) *m(?:in(?:utes?)?)?)? *(?:([0-9]{1,9}) *s(?:ec(?:onds?)?)?)?"
)


def _seconds(typed: str) -> int | None:
    short = re.fullmatch(rf"{_HOURS} *([0-9]{{2}})", typed)
    if short:
        return int(short[1]) * 3600 + int(short[2]) * 60
    long = re.fullmatch(_DURATION, typed)
    if not typed or not long:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in long.groups())
    return days * DAY + hours * 3600 + minutes * 60 + seconds


def duration(raw: object) -> int:
    """Seconds, from "90s", "15m", "1h30", "1h30m", "2 days" or a whole number of seconds."""
    seconds = raw if isinstance(raw, int) and not isinstance(raw, bool) else None
    if isinstance(raw, str):
        seconds = _seconds(raw.strip().casefold())
    if seconds is None or not 0 <= seconds <= LONGEST:
        raise wrong(Expected.DURATION, raw, _duration_meant(raw))
    return seconds


def _duration_meant(raw: object) -> str:
    """What a decimal number of hours or minutes, or a time with a colon, was meant to be."""
    typed = raw.strip().casefold() if isinstance(raw, str) else ""
    colon = re.fullmatch(r"([0-9]{1,3}):([0-5][0-9])", typed)
    if colon:
        return quoted(f"{int(colon[1])}h{colon[2]}")
    decimal = re.fullmatch(r"([0-9]{1,4})[.,]([0-9]{1,4}) *(h|m).*", typed)
    if not decimal:
        return ""
    seconds = int(Decimal(f"{decimal[1]}.{decimal[2]}") * (3600 if decimal[3] == "h" else 60))
    return quoted(spelled(seconds))


def spelled(seconds: int) -> str:
    """A duration as this module reads it: "1h30", "15m", "90s"."""
    hours, rest = divmod(seconds, 3600)
    if seconds % 60:
        return f"{seconds}s"
    if hours:
        return f"{hours}h{rest // 60:02}" if rest else f"{hours}h"
    return f"{seconds // 60}m"


def above_zero(raw: object) -> int:
    """A duration longer than nothing, in seconds."""
    seconds = duration(raw)
    if not seconds:
        raise wrong(Expected.DURATION, raw)
    return seconds


def step(raw: object) -> int:
    """A rounding step: above zero, at most a day, in seconds."""
    seconds = above_zero(raw)
    if seconds > DAY:
        raise wrong(Expected.DURATION, raw)
    return seconds


def hours_of_work(raw: object) -> int:
    """A time agreed in hours, in seconds; a bare number is refused: 20 would be twenty seconds."""
    if not isinstance(raw, str):
        bare = isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= 10_000
        raise wrong(Expected.HOURS_OF_WORK, raw, quoted(f"{raw}h") if bare else "")
    try:
        return duration(raw)
    except Wrong as refused:
        bare = re.fullmatch(r"[0-9]{1,5}", raw.strip()) is not None
        nearest = quoted(f"{raw.strip()}h") if bare else refused.faults[0].nearest
        raise wrong(Expected.HOURS_OF_WORK, raw, nearest) from None


def months(raw: object) -> int:
    """A number of months, from "1 month", "6 months" or "1 year"."""
    match = re.fullmatch(r"([0-9]{1,3}) *(month|year)s?", raw.strip().casefold()) if isinstance(raw, str) else None
    if not match:
        bare = isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= 999
        raise wrong(Expected.MONTHS, raw, quoted(f"{raw} months") if bare else "")
    return int(match[1]) * (12 if match[2] == "year" else 1)


def day(raw: object) -> date:
    """A civil day, as a TOML date or in quotes."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw.strip())
        except ValueError:
            french = re.fullmatch(r"([0-3]?[0-9])[/.]([01]?[0-9])[/.]([0-9]{4})", raw.strip())
            raise wrong(Expected.DATE, raw, f"{french[3]}-{french[2]:>02}-{french[1]:>02}" if french else "") from None
    raise wrong(Expected.DATE, raw, raw.date().isoformat() if isinstance(raw, datetime) else "")


def time_of_day(raw: object) -> time:
    """A wall-clock time to the minute, in quotes or as a TOML time."""
    if isinstance(raw, time) and not raw.second and not raw.microsecond:
        return raw
    typed = raw.strip().casefold() if isinstance(raw, str) else ""
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", typed)
    if match:
        return time(int(match[1]), int(match[2]))
    french = re.fullmatch(r"([01]?[0-9]|2[0-3])h([0-5][0-9])?", typed)
    raise wrong(Expected.TIME_OF_DAY, raw, quoted(f"{int(french[1]):02}:{french[2] or '00'}") if french else "")


def zone(raw: object) -> ZoneInfo:
    """An IANA time zone."""
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
    """Days to pay, from "30 days" or "45 days end of month" or a whole number of days."""
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= 999:
        return PaymentTerms(raw)
    typed = raw.strip().casefold() if isinstance(raw, str) else ""
    match = re.fullmatch(r"([0-9]{1,3}) *days?( +end +of +month)?", typed)
    if match:
        return PaymentTerms(int(match[1]), bool(match[2]))
    french = re.fullmatch(r"([0-9]{1,3}) *(?:j|jours?)( +fin +de +mois)?", typed)
    nearest = quoted(f"{french[1]} days{' end of month' if french[2] else ''}") if french else ""
    raise wrong(Expected.PAYMENT_TERMS, raw, nearest)


def constant(raw: object) -> float:
    """Seconds as a number or a duration in text, not negative."""
    if isinstance(raw, str):
        return float(duration(raw))
    return float(decimal(raw, 10**9, Expected.NUMBER))


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekdays(key: str) -> list[int]:
    """The weekdays of `mon`, `mon-fri` or `mon, wed`; none where a name is unknown."""
    days: list[int] = []
    for part in key.casefold().split(","):
        first, _, last = (name.strip() for name in part.partition("-"))
        if first not in _WEEKDAYS or (last or first) not in _WEEKDAYS:
            return []
        begin, end = _WEEKDAYS.index(first), _WEEKDAYS.index(last or first)
        days += [day % 7 for day in range(begin, (end if end >= begin else end + 7) + 1)]
    return days
