"""Durations as people type them."""

import re
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.interval import HOUR, MINUTE
from clepsydra.domain.money import half_up
from clepsydra.language.typed.errors import Kind, Unreadable
from clepsydra.language.typed.plain import plain

_H = "(?:h|hrs?|hours?|heures?)"
_M = "(?:m|mn|mins?|minutes?)"
_S = "(?:s|secs?|seconds?|secondes?)"

_CLOCK = r"(?P<hours>[0-9]+):(?P<minutes>[0-9]{2})(?::(?P<seconds>[0-9]{2}))?"
_DECIMAL = rf"(?P<value>[0-9]+[.,][0-9]+) ?(?:(?P<h>{_H})|{_M})"
# Minutes may go without their unit only at the end: "1h12", "45".
_PARTS = rf"(?:(?P<hours>[0-9]+) ?{_H} ?)?(?:(?P<minutes>[0-9]+) ?(?:{_M} ?|$))?(?:(?P<seconds>[0-9]+) ?{_S})?"


def parse_duration(text: str) -> int:
    """Seconds of "1h12", "1:12", "1:12:44", "72m", "1.2h", "1,2h", "90s", "2 h 15", "45" (minutes).

    Decimals of an hour or a minute round half up to the second. Under a larger unit, minutes and seconds stay below 60.
    A bare decimal could be hours or minutes and is refused, like anything below zero.
    """
    found = read_duration(plain(text, Kind.DURATION))
    if found is None:
        raise Unreadable(text, Kind.DURATION)
    return found


def read_duration(found: str) -> int | None:
    """Seconds of a text in its plain shape, or None when it is no duration."""
    if decimal := re.fullmatch(_DECIMAL, found):
        unit = HOUR if decimal["h"] else MINUTE
        return half_up(Fraction(Decimal(decimal["value"].replace(",", "."))) * unit)
    match = re.fullmatch(_CLOCK, found) or re.fullmatch(_PARTS, found)
    if not match:
        return None
    return _sum(match["hours"], match["minutes"], match["seconds"])


def _sum(*parts: str | None) -> int | None:
    """Hours, minutes and seconds added up; None when one below the first given reaches sixty."""
    seconds, given = 0, False
    for part, unit in zip(parts, (HOUR, MINUTE, 1), strict=True):
        value = int(part or 0)
        if given and value >= 60:
            return None
        given = given or part is not None
        seconds += value * unit
    return seconds
