"""Amounts of time in cells: `01:12:44`, `26:00`, `72:44 min`, `1h 12m`, `1.3h`, `2,25` hours.

Decimals round half up to seconds.
"""

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from clepsydra.domain.money import half_up
from clepsydra.language.typed.durations import read_duration

HOUR = 3600
LONGEST = 10 * 366 * 24 * HOUR
"""Seconds beyond which an amount of time is a mistake: ten years."""

_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d+)?)?", re.ASCII)
_CLASSIC = re.compile(r"(?:(\d{1,5}):([0-5]\d) ?min|([0-5]?\d) ?sec)", re.ASCII)
_NUMBER = re.compile(r"[0-9][0-9 .,'\u00a0\u202f]*", re.ASCII)


@lru_cache(maxsize=16_384)
def duration(cell: str) -> tuple[int, int] | None:
    """Seconds and the step they are told in (1, 60, or 36 for hundredths of an hour); None where it is no duration."""
    cell = cell.strip()
    if clock := _CLOCK.fullmatch(cell):
        seconds = int(clock[1]) * HOUR + int(clock[2]) * 60 + int(clock[3] or 0)
        return _bounded(seconds, 1 if clock[3] else 60)
    found = hours(cell)
    if found is not None:
        return _bounded(found, 36)
    if not 0 < len(cell) <= 40:
        return None
    if classic := _CLASSIC.fullmatch(cell):
        return _bounded(int(classic[1] or 0) * 60 + int(classic[2] or classic[3]), 1)
    words = " ".join(cell.lower().replace(",", ".").split())
    spoken = read_duration(words)
    return None if spoken is None else _bounded(spoken, 1 if "s" in words else 360 if "." in words else 60)


def _bounded(seconds: int, step: int) -> tuple[int, int] | None:
    return (seconds, step) if seconds <= LONGEST else None


def by_the_clock(cell: str, length: tuple[int, int], shown: int, *, rounded: bool = False) -> tuple[int, int]:
    """A length beside clock times that show another one: a bare number may be of minutes or of seconds, and one that is
    `rounded` gives way to the clock, unless by an hour or more, as on the days when clocks are changed.
    """
    if cell.isascii() and cell.isdecimal() and len(cell) < 8:
        fitting = (unit for unit in (HOUR, 60, 1) if abs(int(cell) * unit % (24 * HOUR) - shown) < 60)
        unit = next(fitting, HOUR)
        length = length if unit == HOUR else (int(cell) * unit, unit)
    return (shown, 60) if rounded and abs(length[0] - shown) < HOUR - 60 else length


def hours(cell: str) -> int | None:
    """The seconds of a bare number of hours, `1.21` or `2,25`; None where the cell is none."""
    number = decimal(cell)
    return None if number is None else half_up(Fraction(number) * HOUR)


def whole(count: Decimal) -> int:
    """A count, rounded half up."""
    return half_up(Fraction(count))


def decimal(cell: str) -> Decimal | None:
    """A number with a decimal point or comma and perhaps marks between thousands; None where it is none.

    The last mark is the decimal one, unless it comes more than once: `2.250,0` is 2250, `1.21` and `1,21` are the same.
    """
    cell = cell.strip()
    if not _NUMBER.fullmatch(cell) or len(cell) > 24:
        return None
    text = re.sub(r"[ '\u00a0\u202f]", "", cell)
    mark = max(text.rfind("."), text.rfind(","))
    if mark >= 0 and text.count(text[mark]) == 1:
        text = re.sub(r"[.,]", "", text[:mark]) + "." + text[mark + 1 :]
    else:
        text = re.sub(r"[.,]", "", text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def minor(cell: str) -> int | None:
    """An amount of money in hundredths, whatever signs of a currency stand around it."""
    if not cell:
        return None
    number = decimal(re.sub(r"^[^0-9-]+|[^0-9]+$", "", cell))
    return None if number is None else half_up(Fraction(number) * 100)
