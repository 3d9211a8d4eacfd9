"""Durations as people type them."""

import re
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.interval import HOUR, MINUTE
from clepsydra.domain.money import half_up
from clepsydra.language.typed.errors import BeyondLongest, TypedKind, Unreadable
from clepsydra.language.typed.plain import plain
from clepsydra.language.typed.words import either

DAY = 24 * HOUR

_D, _H, _M, _S = map(either, ("days", "hours", "minutes", "seconds"))

_CLOCK = r"(?P<hours>[0-9]+):(?P<minutes>[0-9]{2})(?::(?P<seconds>[0-9]{2}))?"
_DECIMAL = rf"(?P<value>[0-9]+[.,][0-9]+) ?(?:(?P<d>{_D})|(?P<h>{_H})|{_M})"
# Minutes may go without their unit only at the end: "1h12", "45".
_PARTS = (
    rf"(?:(?P<days>[0-9]+) ?{_D} ?)?(?:(?P<hours>[0-9]+) ?{_H} ?)?(?:(?P<minutes>[0-9]+) ?(?:{_M} ?|$))?"
    rf"(?:(?P<seconds>[0-9]+) ?{_S})?"
)

LONGEST = 100_000 * HOUR
"""No duration is longer than this many seconds."""


def parse_duration(text: str, *, days: bool = False) -> int:
    """Seconds of "1h12", "1:12", "1:12:44", "72m", "1.2h", "1,2h", "90s", "2 h 15", "45" (minutes).

    Decimals of a unit round half up to the second. Under a larger unit, minutes and seconds stay below 60, hours below
    24. A bare decimal could be hours or minutes and is refused, like anything below zero and beyond `LONGEST`. Days of
    24 hours ("2 days", "1d12h") are read where `days` says that the calendar's are meant: one of work is shorter.
    Raises `Unreadable`, or `BeyondLongest`, which is one.
    """
    found = _read(plain(text, TypedKind.DURATION), days=days)
    if found is None:
        raise Unreadable(text, TypedKind.DURATION)
    if found > LONGEST:
        raise BeyondLongest(text, LONGEST)
    return found


def read_duration(found: str, *, days: bool = False) -> int | None:
    """Seconds of a text in its plain shape, or None when it is no duration."""
    seconds = _read(found, days=days)
    return seconds if seconds is None or seconds <= LONGEST else None


def _read(found: str, *, days: bool) -> int | None:
    if decimal := re.fullmatch(_DECIMAL, found):
        if decimal["d"] and not days:
            return None
        unit = DAY if decimal["d"] else HOUR if decimal["h"] else MINUTE
        return half_up(Fraction(Decimal(decimal["value"].replace(",", "."))) * unit)
    if clock := re.fullmatch(_CLOCK, found):
        return _sum(None, clock["hours"], clock["minutes"], clock["seconds"])
    parts = re.fullmatch(_PARTS, found) if found else None
    if parts is None or (parts["days"] and not days):
        return None
    return _sum(parts["days"], parts["hours"], parts["minutes"], parts["seconds"])


def _sum(*parts: str | None) -> int | None:
    """Days, hours, minutes and seconds added up; None when one below the first given reaches the one above it."""
    seconds, given = 0, False
    for part, unit, most in zip(parts, (DAY, HOUR, MINUTE, 1), (0, 24, 60, 60), strict=True):
        value = int(part or 0)
        if given and value >= most:
            return None
        given = given or part is not None
        seconds += value * unit
    return seconds
